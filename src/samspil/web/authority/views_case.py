"""A case: its overview and its tasks, its course, its meetings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samspil.contexts.access.api import Capability
from samspil.contexts.cases import api as cases
from samspil.contexts.meetings import api as meetings
from samspil.kernel import clock
from samspil.kernel.verdict import Refused
from samspil.web.authority.forms_cases import TaskForm
from samspil.web.authority.frame import case_frame, sent_from
from samspil.web.authority.overview import overview_for, owners
from samspil.web.authority.timeline import timeline_for
from samspil.web.shell.access import ActorRequest, access
from samspil.web.shell.going_back import next_of
from samspil.web.shell.refusal_texts import text_of
from samspil.web.shell.writing import form_for, writes


@access(Capability.CASE_EDIT)
@require_GET
def case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    return _overview(request, case_id)


@access(Capability.CASE_EDIT)
@sent_from("authority:case")
@writes
def add_task(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """A promise with a person and a day. With an error the page comes back as it was, with what was typed."""
    people = owners(request.actor, cases.people_of_case(request.actor, case_id))
    form = form_for(request, TaskForm, people=people)
    if form.is_valid():
        owner = form.promised_by
        try:
            cases.add_task(
                actor=request.actor,
                at=clock.now(),
                case_id=case_id,
                text=form.cleaned_data["text"],
                owner_name=owner.name,
                owner_id=owner.user_id,
                owner_side=owner.side,
                due_on=form.cleaned_data["due_on"],
            )
        except Refused as refusal:
            at_field = "due_on" if refusal.reason is cases.CaseRefusal.DAY_IS_PAST else None
            form.add_error(at_field, text_of(refusal.reason))
        else:
            messages.success(request, _("Opgaven er skrevet ned."))
            return redirect(f"{reverse('authority:case', args=[case_id])}#opgaver")
    return _overview(request, case_id, task_form=form)


def _overview(request: ActorRequest, case_id: UUID, *, task_form: TaskForm | None = None) -> HttpResponse:
    page = overview_for(request.actor, case_id, now=clock.now())
    if task_form and not page.frame.case.is_open:
        raise Refused(cases.CaseRefusal.CASE_CLOSED)
    request.look(citizen_id=page.frame.case.citizen_id, case_id=case_id, what="case")
    people = owners(request.actor, page.people)
    if task_form is None and page.frame.case.is_open:
        add_url = reverse("authority:add_task", args=[case_id])
        task_form = form_for(request, TaskForm, to=add_url, people=people, initial={"owner": f"0-{people[0].name}"})
    context = {
        "page": page,
        "frame": page.frame,
        "task_form": task_form,
        "may_add_task": page.frame.case.is_open,
    }
    return render(request, "authority/case.html", context, status=422 if request.method == "POST" else 200)


@access(Capability.CASE_EDIT)
@require_GET
def tasks(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """All that was promised: open, done and called off."""
    frame = case_frame(request.actor, case_id, tab="")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="tasks")
    found = cases.tasks_of(request.actor, case_id, statuses=("open", "done", "cancelled"), limit=300)
    context = {
        "frame": frame,
        "here": request.path,
        "open": [task for task in found if task.status == "open"],
        "done": sorted((t for t in found if t.status == "done"), key=lambda t: t.done_at or t.created_at, reverse=True),
        "cancelled": [task for task in found if task.status == "cancelled"],
    }
    return render(request, "authority/tasks.html", context)


@access(Capability.CASE_EDIT)
@sent_from("authority:my_day")
@writes
def tick(request: ActorRequest, task_id: UUID, move: str) -> HttpResponse:
    """Done, taken up again, or called off."""
    task = cases.task(request.actor, task_id)
    commands = {"gjort": cases.finish_task, "fortryd": cases.reopen_task, "aflys": cases.cancel_task}
    said = {
        "gjort": _("Gjort: %(text)s"),
        "fortryd": _("Opgaven er åben igen: %(text)s"),
        "aflys": _("Aflyst: %(text)s"),
    }
    commands[move](actor=request.actor, at=clock.now(), task_id=task_id)
    messages.success(request, said[move] % {"text": task.text[:120]})
    return redirect(next_of(request, reverse("authority:case", args=[task.case_id])))


@access(Capability.CASE_EDIT)
@require_GET
def timeline(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="timeline")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="timeline")
    page = timeline_for(request.actor, case_id, before=request.GET.get("foer", ""))
    return render(request, "authority/timeline.html", {"frame": frame, "page": page})


@access(Capability.CASE_EDIT)
@require_GET
def case_meetings(request: ActorRequest, case_id: UUID) -> HttpResponse:
    frame = case_frame(request.actor, case_id, tab="meetings")
    request.look(citizen_id=frame.case.citizen_id, case_id=case_id, what="meetings")
    now = clock.now()
    found = meetings.meetings_of(request.actor, case_id)
    ahead = [line for line in found if line.ends_at >= now and line.status not in {"closed", "cancelled"}]
    context = {
        "frame": frame,
        "ahead": list(reversed(ahead)),
        "behind": [line for line in found if line not in ahead],
    }
    return render(request, "authority/case_meetings.html", context)
