"""Dense lists of the authority's pages: promises and cases, a typed function a row."""

import datetime as dt
from collections.abc import Iterable

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from samspil.contexts.cases.api import TaskView
from samspil.kernel import clock
from samspil.web.authority.caselist import CaseLine
from samspil.web.authority.deadline_list import DeadlineLine
from samspil.web.authority.words import due
from samspil.web.components.markup import html, joined
from samspil.web.components.tags.actions import NOTHING, hidden_keys
from samspil.web.components.tags.days import ui_date
from samspil.web.shell.addresses import address_of
from samspil.web.shell.language import long_words

register = template.Library()
SPOKEN = 60
"""Characters of a promise that a screen reader says with its button."""
_LATE = mark_safe(" is-late")
_LATE_ROW = mark_safe(' class="is-late"')
_NO_CELL = mark_safe("<td></td>")


@register.simple_tag
def due_in_short(day: dt.date) -> SafeString:
    """As in "i morgen" or "2 dage over tiden"; the whole date shows when one points at it."""
    words = due(day, clock.today())
    return html('<time datetime="{}" title="{}">{}</time>', day.isoformat(), long_words(day), words)


@register.simple_tag(takes_context=True)
def task_list(
    context: RequestContext, tasks: Iterable[TaskView], *, here: str = "", owner: bool = False, citizen: bool = False
) -> SafeString:
    """Promises, each with a button of its own in one form. `here` is where one comes back to.

    `owner` says who promised, `citizen` whose case it is.
    """
    rows = joined(_task(task, owner=owner, citizen=citizen) for task in tasks)
    return html(
        '<form method="post" data-samspil-once>{}<input type="hidden" name="next" value="{}">'
        '<ul class="task-list">{}</ul></form>',
        hidden_keys(context),
        here,
        rows,
    )


def _task(task: TaskView, *, owner: bool, citizen: bool) -> SafeString:
    is_open = task.status == "open"
    whose = (
        html('<a href="{}">{}</a>: ', address_of("authority:case", task.case_id), task.citizen_name)
        if citizen
        else NOTHING
    )
    return html(
        '<li class="task{}"><span class="task-words">{}{}{}{}</span>{}</li>',
        _LATE if task.when == "overdue" and is_open else NOTHING,
        whose,
        task.text,
        html(' <span class="quiet">{}</span>', task.owner_name) if owner else NOTHING,
        _task_day(task),
        _task_button(task),
    )


@register.simple_tag(takes_context=True)
def deadline_list(
    context: RequestContext, lines: Iterable[DeadlineLine], *, here: str = "", citizen: bool = False
) -> SafeString:
    """Deadlines, each with whose turn it is; a button where they are ticked by hand. Otherwise as `task_list`."""
    rows = joined(_deadline(line, citizen=citizen) for line in lines)
    return html(
        '<form method="post" data-samspil-once>{}<input type="hidden" name="next" value="{}">'
        '<ul class="task-list">{}</ul></form>',
        hidden_keys(context),
        here,
        rows,
    )


def _deadline(line: DeadlineLine, *, citizen: bool) -> SafeString:
    view = line.view
    whose = html('<a href="{}">{}</a>: ', address_of("authority:case", view.case_id), view.citizen_name)
    tick = html(
        '<button class="button-tick" formaction="{}">{}<span class="sr-only">: {}</span></button>',
        address_of("authority:tick_deadline", view.id),
        gettext("Gjort"),
        view.name,
    )
    return html(
        '<li class="task{}"><span class="task-words">{}<a href="{}">{}</a> <span class="quiet">{}</span> '
        '<span class="step-when">{}</span></span>{}</li>',
        _LATE if line.is_late else NOTHING,
        whose if citizen else NOTHING,
        address_of("authority:case_deadlines", view.case_id),
        view.name,
        line.turn_words,
        due_in_short(view.due_on),
        tick if view.may_tick else NOTHING,
    )


def _task_day(task: TaskView) -> SafeString:
    if task.status == "open":
        return html(' <span class="step-when">{}</span>', due_in_short(task.due_on)) if task.due_on else NOTHING
    if task.done_at is None:
        return NOTHING
    return html(' <span class="quiet small">{}</span>', ui_date(task.done_at, style="long"))


def _task_button(task: TaskView) -> SafeString:
    if task.status == "open" and task.may_finish:
        move, label = "gjort", gettext("Gjort")
    elif task.may_reopen:
        move, label = "fortryd", gettext("Fortryd")
    else:
        return NOTHING
    return html(
        '<button class="button-tick" formaction="{}">{}<span class="sr-only">: {}</span></button>',
        address_of("authority:tick", task.id, move),
        label,
        task.text if len(task.text) <= SPOKEN else f"{task.text[: SPOKEN - 1]}…",
    )


@register.simple_tag
def case_rows(lines: Iterable[CaseLine], *, is_mine: bool = False) -> SafeString:
    """The rows of the list of cases; without the caseworker where all are one's own."""
    return joined(_case(line, is_mine=is_mine) for line in lines)


def _case(line: CaseLine, *, is_mine: bool) -> SafeString:
    row = line.row
    return html(
        '<tr{}><th scope="row"><a href="{}">{}</a> <span class="quiet">{}</span></th> <td>{}</td> {} {} {} {}</tr>',
        _LATE_ROW if row.is_contact_late else NOTHING,
        address_of("authority:case", row.case_id),
        row.name,
        gettext("%(age)s år") % {"age": row.age},
        row.status_words,
        _turn(line),
        _contact(line),
        _meeting(line),
        NOTHING if is_mine else _caseworker(line),
    )


def _cell(head: str, *, first: object, second: SafeString = NOTHING) -> SafeString:
    """On a phone each cell is a line of its own and says itself what it is."""
    return html('<td><span class="cell-head">{} </span>{}{}</td>', head, first, second)


def _turn(line: CaseLine) -> SafeString:
    if not line.turn:
        return _NO_CELL
    return _cell(gettext("Tur:"), first=html("<b>{}</b>", line.turn) if line.is_ours else line.turn)


def _contact(line: CaseLine) -> SafeString:
    late = "contact-late" if line.row.is_contact_late else "quiet"
    wish = html(' <span class="{}">{}</span>', late, line.wish) if line.wish else NOTHING
    return _cell(gettext("Kontakt:"), first=line.contact, second=wish)


def _meeting(line: CaseLine) -> SafeString:
    if line.meeting is None:
        return _NO_CELL
    address = address_of("meetings:meeting", line.meeting.id)
    when = html('<a href="{}">{}</a>', address, ui_date(line.meeting.starts_at))
    return _cell(gettext("Møde:"), first=when)


def _caseworker(line: CaseLine) -> SafeString:
    row = line.row
    return html(
        "<td>{}{}</td>",
        gettext("Dig") if row.is_mine else row.coordinator_name,
        html(' <span class="quiet">{}</span>', row.district) if row.district else NOTHING,
    )
