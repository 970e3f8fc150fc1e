from functools import partial

from django.urls import path

from samspil.web.goals import views, views_plans
from samspil.web.goals.pages import Room
from samspil.web.provider import views_goals
from samspil.web.provider.frame import provider_frame

ROOM = {"room": Room("provider/case_base.html", partial(provider_frame, tab="goals"))}
urlpatterns = [
    path("sag/<uuid:case_id>/maal/", views.page, ROOM, name="goals"),
    path("sag/<uuid:case_id>/maal/nyt/", views_goals.goal_new, name="goal_new"),
    path("sag/<uuid:case_id>/planer/", views_plans.plans, ROOM, name="plans"),
    path("sag/<uuid:case_id>/planer/sammenlign/", views_plans.compare, name="plan_compare"),
    path("plan/<uuid:plan_id>/", views_plans.plan, name="plan"),
    path("plan/<uuid:plan_id>/pdf/", views_plans.plan_paper, name="plan_pdf"),
    path("maal/<uuid:goal_id>/foreslaa/<slug:move>/", views_goals.goal_propose, name="goal_propose"),
    path("maal/<uuid:goal_id>/hvor-langt/", views.rate, name="goal_rate"),
    path("maal/<uuid:goal_id>/delmaal/", views.sub_goal_new, name="sub_goal_new"),
    path("delmaal/<uuid:goal_id>/ret/", views.sub_goal_change, name="sub_goal_change"),
    path("delmaal/<uuid:goal_id>/flyt/", views.sub_goal_move, name="sub_goal_move"),
]
