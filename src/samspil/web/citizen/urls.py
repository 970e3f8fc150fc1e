from django.urls import path

from samspil.web.citizen import (
    views,
    views_access,
    views_decisions,
    views_letters,
    views_looks,
    views_standing,
)

app_name = "citizen"
urlpatterns = [
    path("", views.home, name="home"),
    path("plan/", views.plan, name="plan"),
    path("plan/<uuid:goal_id>/tal/", views.rate, name="rate"),
    path("plan/aendr/", views.change, name="change"),
    path("moede/", views.meeting, name="meeting"),
    path("aftaler/", views.agreements, name="agreements"),
    path("aftaler/<uuid:task_id>/", views.tick, name="tick"),
    path("breve/", views_letters.overview, name="letters"),
    path("breve/<uuid:letter_id>/", views_letters.letter, name="letter"),
    path("breve/<uuid:letter_id>/svar/", views_letters.told, name="letter_told"),
    path("breve/<uuid:letter_id>/<slug:document>.pdf", views_letters.paper, name="letter_pdf"),
    path("hjaelpere/", views.helpers, name="helpers"),
    path("hvem-har-set/", views_looks.looks, name="looks"),
    path("hvem-har-set/<str:day>/<uuid:user_id>/", views_looks.ask, name="ask_about_look"),
    path("adgang/", views_access.overview, name="access"),
    path("adgang/<uuid:relation_id>/", views_access.choose, name="access_choose"),
    path("adgang/<uuid:grant_id>/stop/", views_access.stop, name="access_stop"),
    path("adgang/<uuid:grant_id>/fortryd/", views_access.undo, name="access_undo"),
    path("afgoerelser/", views_decisions.mine, name="decisions"),
    path("afgoerelser/<uuid:decision_id>/", views_decisions.decision, name="decision"),
    path("afgoerelser/<uuid:decision_id>/uenig/", views_decisions.complain, name="complain"),
    path("klage/<uuid:complaint_id>/svar/", views_decisions.answer_partial, name="answer_partial"),
    path("klage/<uuid:complaint_id>/fortryd/", views_decisions.withdraw, name="withdraw_complaint"),
    path("person/", views_standing.standing, name="standing"),
    path("person/<uuid:citizen_id>/", views_standing.act_for, name="act_for"),
]
