from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samspil.web.notes import views, views_correcting, views_drafts


class DraftKey(StringConverter):
    """What a draft is of: the form, and the case or thing it is about. See `drafts.draft_key`."""

    regex = "[a-z-]{1,40}:[0-9a-f-]{36}"


register_converter(DraftKey, "draft_key")

app_name = "notes"
urlpatterns = [
    path("maerk/", views.mark, name="mark"),
    path("kladde/<draft_key:key>/", views_drafts.draft, name="draft"),
    path("kladde/<draft_key:key>/smid-vaek/", views_drafts.drop_draft, name="drop_draft"),
    path("kladde/<draft_key:key>/hent/", views_drafts.restore_draft, name="restore_draft"),
    path("afsnit/<uuid:segment_id>/ret/", views_correcting.correct, name="correct"),
    path("afsnit/<uuid:segment_id>/", views_correcting.wording, name="wording"),
    path("et/<uuid:note_id>/", views_correcting.own, name="own"),
    path("<uuid:case_id>/", views.stream, name="stream"),
    path("<uuid:case_id>/skriv/", views.write, name="write"),
    path("<uuid:case_id>/laes/", views.read, name="read"),
]
