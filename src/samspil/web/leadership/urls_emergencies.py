"""The leader's review of what was opened in an emergency."""

from django.urls import path

from samspil.web.leadership import views_emergencies

app_name = "emergencies"
urlpatterns = [
    path("", views_emergencies.emergencies, name="list"),
    path("<uuid:emergency_id>/", views_emergencies.emergency, name="review"),
]
