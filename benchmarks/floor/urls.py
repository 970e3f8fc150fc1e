from django.urls import path

from benchmarks.floor import views

urlpatterns = [
    path("hello/", views.hello),
    path("page/", views.page),
    path("write/", views.write),
]
