"""The authority's own pages: the day, the citizens, first contacts, and a case."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from samspil.web.authority import (
    views_access,
    views_case,
    views_caseload,
    views_day,
    views_deadlines,
    views_disputes,
    views_emergency,
    views_people,
    views_referrals,
    views_sight,
)


class TaskMove(StringConverter):
    regex = "gjort|fortryd|aflys"


class CaseMove(StringConverter):
    regex = "afslut|genaabn"


register_converter(TaskMove, "task_move")
register_converter(CaseMove, "case_move")

urlpatterns = [
    path("min-dag/", views_day.my_day, name="my_day"),
    path("borgere/", views_caseload.caseload, name="caseload"),
    path("borgere/soeg/", views_caseload.search, name="search"),
    path("borgere/<uuid:case_id>/", views_case.case, name="case"),
    path("borgere/<uuid:case_id>/opgave/", views_case.add_task, name="add_task"),
    path("borgere/<uuid:case_id>/opgaver/", views_case.tasks, name="tasks"),
    path("borgere/<uuid:case_id>/forloeb/", views_case.timeline, name="timeline"),
    path("borgere/<uuid:case_id>/moeder/", views_case.case_meetings, name="case_meetings"),
    path("borgere/<uuid:case_id>/hvem/", views_people.people, name="people"),
    path("borgere/<uuid:case_id>/hvem/cpr/", views_people.show_cpr, name="show_cpr"),
    path("borgere/<uuid:case_id>/hvem/adresse/", views_people.show_address, name="show_address"),
    path("borgere/<uuid:case_id>/hvem/kontakt/", views_people.contact, name="contact"),
    path("borgere/<uuid:case_id>/hvem/telefon/", views_people.reach, name="reach"),
    path("borgere/<uuid:case_id>/hvem/ny/", views_people.relation, name="relation"),
    path("borgere/<uuid:case_id>/hvem/<uuid:relation_id>/adgang/", views_access.give, name="access_give"),
    path("borgere/<uuid:case_id>/adgang/<uuid:grant_id>/", views_access.change, name="access_change"),
    path("borgere/<uuid:case_id>/adgang/<uuid:grant_id>/stop/", views_access.stop, name="access_stop"),
    path("borgere/<uuid:case_id>/adgang/<uuid:grant_id>/fortryd/", views_access.undo, name="access_undo"),
    path("borgere/<uuid:case_id>/rammer/", views_people.hand_over, name="hand_over"),
    path("borgere/<uuid:case_id>/adgang/", views_sight.sight, name="sight"),
    path("noedadgang/<uuid:case_id>/", views_emergency.open_case, name="emergency"),
    path("noedadgang/slut/", views_emergency.end, name="end_emergency"),
    path("borgere/<uuid:case_id>/kender/", views_sight.conflict, name="conflict"),
    path("borgere/<uuid:case_id>/<case_move:move>/", views_people.move, name="move"),
    path("opgaver/<uuid:task_id>/<task_move:move>/", views_case.tick, name="tick"),
    path("borgere/<uuid:case_id>/frister/", views_deadlines.case_deadlines, name="case_deadlines"),
    path("frister/<uuid:deadline_id>/gjort/", views_deadlines.tick_deadline, name="tick_deadline"),
    path("frister/<uuid:deadline_id>/ny-dag/", views_deadlines.move_deadline, name="move_deadline"),
    path("frister/<uuid:deadline_id>/regn-igen/", views_deadlines.recount_deadline, name="recount_deadline"),
    path("borgere/<uuid:case_id>/konflikter/", views_disputes.case_disputes, name="disputes"),
    path("konflikter/<uuid:dispute_id>/", views_disputes.dispute, name="dispute"),
    path("konflikter/<uuid:dispute_id>/plan/", views_disputes.plan, name="dispute_plan"),
    path("konflikter/<uuid:dispute_id>/opfoelgning/", views_disputes.follow_up, name="dispute_follow_up"),
    path("konflikter/<uuid:dispute_id>/loest/", views_disputes.settle, name="dispute_settle"),
    path("henvendelser/", views_referrals.referrals, name="referrals"),
    path("henvendelser/ny/", views_referrals.new_referral, name="new_referral"),
    path("henvendelser/<uuid:referral_id>/", views_referrals.referral, name="referral"),
    path("henvendelser/<uuid:referral_id>/aabn/", views_referrals.open_case, name="open_case"),
    path("henvendelser/<uuid:referral_id>/raad/", views_referrals.advise, name="advise"),
]
