from django.urls import include, path

urlpatterns = [
    path("", include("samspil.web.shell.urls")),
    path("", include("samspil.web.identity.urls")),
    path("min/", include("samspil.web.citizen.urls")),
    path("myndighed/", include("samspil.web.authority.urls")),
    path("afgoerelser/", include("samspil.web.decisions.urls")),
    path("aktindsigt/", include("samspil.web.disclosure.urls")),
    path("udfoerer/", include("samspil.web.provider.urls")),
    path("moede/", include("samspil.web.meetings.urls")),
    path("tavle/", include("samspil.web.board.urls")),
    path("tur/", include("samspil.web.process.urls")),
    path("sprog/", include("samspil.web.wording.urls")),
    path("notat/", include("samspil.web.notes.urls")),
    path("ledelse/noedadgang/", include("samspil.web.leadership.urls_emergencies")),
    path("ledelse/", include("samspil.web.leadership.urls")),
    path("frister/", include("samspil.web.leadership.urls_published")),
    path("udveksling/", include("samspil.config.urls_exchange")),
]

handler400 = "samspil.web.shell.errors.bad_request"
handler404 = "samspil.web.shell.errors.not_found"
handler500 = "samspil.web.shell.errors.server_error"
