"""What a municipality must publish: how long its answers take."""

from django.urls import path

from samspil.web.leadership import views_own_deadlines

app_name = "published"
urlpatterns = [
    path("<int:municipality>/", views_own_deadlines.published, name="deadlines"),
    path("<int:municipality>/frister.json", views_own_deadlines.published_json, name="deadlines_json"),
]
