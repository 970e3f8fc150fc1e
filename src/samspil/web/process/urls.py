from django.urls import path

from samspil.web.process import views

app_name = "process"
urlpatterns = [path("<uuid:case_id>/", views.picture, name="picture")]
