from functools import partial

from django.urls import path

from samspil.web.authority import views_goals
from samspil.web.authority.frame import case_frame
from samspil.web.goals import views, views_plans
from samspil.web.goals.pages import Room

ROOM = {"room": Room("authority/case_base.html", partial(case_frame, tab="goals"))}
urlpatterns = [
    path("borgere/<uuid:case_id>/maal/", views.page, ROOM, name="goals"),
    path("borgere/<uuid:case_id>/maal/nyt/", views_goals.goal_new, name="goal_new"),
    path("borgere/<uuid:case_id>/formaal/", views_goals.purpose, name="purpose"),
    path("borgere/<uuid:case_id>/planer/", views_plans.plans, ROOM, name="plans"),
    path("borgere/<uuid:case_id>/planer/ny/", views_plans.plan_new, name="plan_new"),
    path("borgere/<uuid:case_id>/planer/sammenlign/", views_plans.compare, name="plan_compare"),
    path("plan/<uuid:plan_id>/", views_plans.plan, name="plan"),
    path("plan/<uuid:plan_id>/pdf/", views_plans.plan_paper, name="plan_pdf"),
    path("maal/<uuid:goal_id>/ret/", views_goals.goal_change, name="goal_change"),
    path("maal/<uuid:goal_id>/svar/", views_goals.goal_answer, name="goal_answer"),
    path("maal/<uuid:goal_id>/hvor-langt/", views.rate, name="goal_rate"),
    path("maal/<uuid:goal_id>/delmaal/", views.sub_goal_new, name="sub_goal_new"),
    path("maal/<uuid:goal_id>/flyt/<slug:move>/", views_goals.goal_move, name="goal_move"),
    path("delmaal/<uuid:goal_id>/ret/", views.sub_goal_change, name="sub_goal_change"),
    path("delmaal/<uuid:goal_id>/flyt/", views.sub_goal_move, name="sub_goal_move"),
]
