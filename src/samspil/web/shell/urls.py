from django.conf import settings
from django.urls import path

from samspil.web.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.front, name="front"),
    path("visning/", views.display, name="display"),
    path("sund/", views.healthy, name="healthy"),
]
if not settings.PRODUCTION:  # for those who build Samspil
    urlpatterns.append(path("udvikler/komponenter/", views.gallery, name="gallery"))
