from django.urls import path

from samspil.web.notes import views, views_correcting

app_name = "notes"
urlpatterns = [
    path("maerk/", views.mark, name="mark"),
    path("afsnit/<uuid:segment_id>/ret/", views_correcting.correct, name="correct"),
    path("afsnit/<uuid:segment_id>/", views_correcting.wording, name="wording"),
    path("et/<uuid:note_id>/", views_correcting.own, name="own"),
    path("<uuid:case_id>/", views.stream, name="stream"),
    path("<uuid:case_id>/skriv/", views.write, name="write"),
    path("<uuid:case_id>/laes/", views.read, name="read"),
]
