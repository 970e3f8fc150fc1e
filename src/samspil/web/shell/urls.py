from django.conf import settings
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samspil.web.shell import views, views_drafts


class DraftKey(StringConverter):
    """What a draft is of: the form, and the case or thing it is about. See `drafting.draft_key`."""

    regex = "[a-z-]{1,40}:[0-9a-f-]{36}"


register_converter(DraftKey, "draft_key")

app_name = "shell"
urlpatterns = [
    path("", views.front, name="front"),
    path("visning/", views.display, name="display"),
    path("kladde/<draft_key:key>/", views_drafts.draft, name="draft"),
    path("kladde/<draft_key:key>/smid-vaek/", views_drafts.drop_draft, name="drop_draft"),
    path("kladde/<draft_key:key>/hent/", views_drafts.restore_draft, name="restore_draft"),
    path("sund/", views.healthy, name="healthy"),
]
if not settings.PRODUCTION:  # for those who build Samspil
    urlpatterns.append(path("udvikler/komponenter/", views.gallery, name="gallery"))
