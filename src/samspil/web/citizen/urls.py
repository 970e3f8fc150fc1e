from django.urls import path

from samspil.web.citizen import views

app_name = "citizen"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("plan/<uuid:goal_id>/tal/", views.rate, name="rate"),
    path("plan/aendr/", views.change, name="change"),
    path("moede/", views.meeting, name="meeting"),
    path("aftaler/", views.agreements, name="agreements"),
    path("aftaler/<uuid:task_id>/", views.tick, name="tick"),
    path("hjaelpere/", views.helpers, name="helpers"),
    path("hvem-har-set/", views.looks, name="looks"),
]
