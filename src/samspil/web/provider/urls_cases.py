from django.urls import path

from samspil.web.provider import views_cases

urlpatterns = [
    path("min-dag/", views_cases.home, name="home"),
    path("borgere/", views_cases.citizens, name="citizens"),
    path("sag/<uuid:case_id>/", views_cases.case, name="case"),
    path("sag/<uuid:case_id>/status/", views_cases.case_status, name="case_status"),
    path("aftale/<uuid:task_id>/gjort/", views_cases.tick, {"move": "gjort"}, name="task_done"),
    path("aftale/<uuid:task_id>/fortryd/", views_cases.tick, {"move": "fortryd"}, name="task_reopen"),
    path("beskeder/", views_cases.messages, name="messages"),
]
