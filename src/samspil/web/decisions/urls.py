from django.urls import path, register_converter

from samspil.contexts.decisions.api import Step
from samspil.web.decisions import views_complaints, views_decisions, views_hearings, views_needs, views_preparing


class FunnelStep:
    regex = "|".join(Step.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FunnelStep, "funnel_step")

app_name = "decisions"
urlpatterns = [
    path("sag/<uuid:case_id>/", views_needs.case_decisions, name="case"),
    path("sag/<uuid:case_id>/behov/nyt/", views_needs.need_new, name="need_new"),
    path("sag/<uuid:case_id>/lov/", views_needs.coverage, name="coverage"),
    path("sag/<uuid:case_id>/ny/", views_preparing.draft, name="draft"),
    path("behov/<uuid:need_id>/", views_needs.need, name="need"),
    path("behov/<uuid:need_id>/tragt/<funnel_step:step>/", views_needs.step, name="step"),
    path("behov/<uuid:need_id>/paragraf/", views_needs.basis, name="basis"),
    path("behov/<uuid:need_id>/krav/<slug:criterion>/", views_needs.criterion, name="criterion"),
    path("behov/<uuid:need_id>/afgraensning/", views_needs.neighbours, name="neighbours"),
    path("behov/<uuid:need_id>/ikke-aktuelt/", views_needs.withdraw, name="withdraw_need"),
    path("behov/<uuid:need_id>/tag-op-igen/", views_needs.reopen, name="reopen_need"),
    path("<uuid:decision_id>/", views_decisions.decision, name="decision"),
    path("<uuid:decision_id>/svar/<uuid:need_id>/", views_preparing.answer, name="answer"),
    path("<uuid:decision_id>/hjaelp/<uuid:need_id>/", views_preparing.plan, name="plan"),
    path("<uuid:decision_id>/ret-hjaelp/<uuid:planned_id>/", views_preparing.change_plan, name="change_plan"),
    path("<uuid:decision_id>/fjern-hjaelp/<uuid:planned_id>/", views_preparing.drop_plan, name="drop_plan"),
    path("<uuid:decision_id>/om/", views_preparing.describe, name="describe"),
    path("<uuid:decision_id>/opgiv/", views_preparing.drop, name="drop"),
    path("<uuid:decision_id>/hoering/", views_hearings.hearing, name="hearing"),
    path("<uuid:decision_id>/hoering/oplysning/", views_hearings.add_fact, name="add_fact"),
    path("<uuid:decision_id>/hoering/oplysning/<uuid:fact_id>/fjern/", views_hearings.drop_fact, name="drop_fact"),
    path("<uuid:decision_id>/hoering/spoerg/", views_hearings.ask, name="ask_hearing"),
    path("<uuid:decision_id>/hoering/svar/", views_hearings.answer, name="answer_hearing"),
    path("<uuid:decision_id>/hoering/udsaet/", views_hearings.postpone, name="postpone_hearing"),
    path("<uuid:decision_id>/hoering/uden/", views_hearings.skip, name="skip_hearing"),
    path("<uuid:decision_id>/tilsidesaet/<path:gap_key>/", views_decisions.set_aside, name="set_aside"),
    path("<uuid:decision_id>/traef/", views_decisions.decide, name="decide"),
    path("<uuid:decision_id>/sig/", views_decisions.decide_at_once, name="decide_at_once"),
    path("<uuid:decision_id>/modtaget/", views_decisions.told, name="told"),
    path("<uuid:decision_id>/begrundelse/", views_decisions.ask_reasons, name="ask_reasons"),
    path("<uuid:decision_id>/begrundelse/sendt/", views_decisions.reasons_given, name="reasons_given"),
    path("<uuid:decision_id>/igen/", views_complaints.decide_again, name="decide_again"),
    path("<uuid:decision_id>/klage/ny/", views_complaints.complaint_new, name="complaint_new"),
    path("bevilling/<uuid:given_id>/juster/", views_decisions.adjust, name="adjust"),
    path("klage/<uuid:complaint_id>/", views_complaints.complaint, name="complaint"),
    path("klage/<uuid:complaint_id>/vurder/", views_complaints.reassess, name="reassess"),
    path("klage/<uuid:complaint_id>/senere/", views_complaints.delay, name="delay"),
    path("klage/<uuid:complaint_id>/borgerens-svar/", views_complaints.partial_answer, name="partial_answer"),
    path("klage/<uuid:complaint_id>/send-videre/", views_complaints.forward, name="forward"),
    path("klage/<uuid:complaint_id>/pakke.pdf", views_complaints.package, name="complaint_package"),
    path("klage/<uuid:complaint_id>/traek-tilbage/", views_complaints.withdraw, name="withdraw_complaint"),
    path("klage/<uuid:complaint_id>/ankestyrelsen/", views_complaints.outcome, name="board_outcome"),
    path("klage/<uuid:complaint_id>/punkt/<uuid:point_id>/", views_complaints.point, name="point"),
    path("klage/<uuid:complaint_id>/afslut/", views_complaints.settle, name="settle"),
]
