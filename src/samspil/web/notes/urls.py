from django.urls import path

from samspil.web.notes import views, views_correcting, views_drafts

app_name = "notes"
urlpatterns = [
    path("maerk/", views.mark, name="mark"),
    path("kladde/<str:key>/", views_drafts.draft, name="draft"),
    path("kladde/<str:key>/smid-vaek/", views_drafts.drop_draft, name="drop_draft"),
    path("kladde/<str:key>/hent/", views_drafts.restore_draft, name="restore_draft"),
    path("afsnit/<uuid:segment_id>/ret/", views_correcting.correct, name="correct"),
    path("et/<uuid:note_id>/", views_correcting.own, name="own"),
    path("<uuid:case_id>/", views.stream, name="stream"),
    path("<uuid:case_id>/skriv/", views.write, name="write"),
    path("<uuid:case_id>/laes/", views.read, name="read"),
]
