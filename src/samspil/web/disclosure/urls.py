from django.urls import path

from samspil.web.disclosure import views_gathering, views_requests

app_name = "disclosure"
urlpatterns = [
    path("sag/<uuid:case_id>/", views_requests.case_requests, name="case"),
    path("<uuid:file_request_id>/", views_requests.file_request, name="request"),
    path("<uuid:file_request_id>/papirer/", views_gathering.papers, name="papers"),
    path("<uuid:file_request_id>/papirer/<str:paper_key>/", views_gathering.document, name="document"),
    path("<uuid:file_request_id>/daek/", views_gathering.cover_words, name="cover_words"),
    path("daekning/<uuid:mask_id>/fjern/", views_gathering.lift, name="lift"),
    path("<uuid:file_request_id>/svar/", views_requests.answer, name="answer"),
    path("<uuid:file_request_id>/senere/", views_requests.postpone, name="postpone"),
    path("<uuid:file_request_id>/traek/", views_requests.withdraw, name="withdraw"),
    path("<uuid:file_request_id>/klagefrist/", views_requests.stop_clock, name="stop_clock"),
    path("<uuid:file_request_id>/klage/", views_requests.complaint, name="complaint"),
    path("<uuid:file_request_id>/klage/sendt/", views_requests.forwarded, name="forwarded"),
    path("<uuid:file_request_id>/hent/<slug:handed>/", views_requests.download, name="download"),
]
