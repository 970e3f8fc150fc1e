from django.urls import path

from samspil.web.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.front, name="front"),
    path("visning/", views.display, name="display"),
    path("udvikler/komponenter/", views.gallery, name="gallery"),
    path("sund/", views.healthy, name="healthy"),
]
