from django.urls import path

from samspil.web.wording import views

app_name = "wording"
urlpatterns = [
    path("tjek/", views.check_wording, name="check"),
]
