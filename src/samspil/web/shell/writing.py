"""The one base of every form that writes: `@writes` on the view, `form_for` where its form is made.

What a form gets by that, and no view has to think of:
- Its key: sent again, however often, it has one effect and leads to the same page (`once`).
- Its draft: what is typed is kept on the server, and is there when the form is opened again, with its age and with what
  it has otherwise than what stands. It is gone when the form has been carried out.
- Its state, with `changes=True`: a form that was opened before somebody else saved is not carried out; both texts are
  shown, to choose from and to write together. Views that change the same thing name it alike in `@writes(of=…)` and
  take turns, so that no one can save between the comparison and the change.
- Its log-in: a form sent after the log-in ran out is parked and comes back (`parked`), since `@access` stands outside.
"""

import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor
from samspil.contexts.notes import api as notes
from samspil.kernel import clock
from samspil.kernel.verdict import ConcurrentChange
from samspil.web.shell import drafting
from samspil.web.shell.drafting import Both, DraftNotice
from samspil.web.shell.once import FIELD as KEY
from samspil.web.shell.once import once

STATE = "form_state"
WRITERS = frozenset({access.Capability.NOTE_WRITE, access.Capability.STATUS_WRITE, access.Capability.MEETING_CALL})
"""Whose words klartjek reads along with. Nobody's own words about their own life are corrected."""
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", KEY, STATE})
View = Callable[..., HttpResponseBase]
F = TypeVar("F", bound=forms.BaseForm)


class Written:
    """A form of the page, by the address it is sent to: what `ui_form` puts around it."""

    def __init__(self, form: forms.BaseForm, *, key: str, state: str, stands: Mapping[str, Any]) -> None:
        self.form, self.key, self.stands = form, key, stands
        self.state_now = self.state = state
        self.notice: DraftNotice | None = None
        self.is_behind = False

    @property
    def draft_url(self) -> str:
        return drafting.draft_url(self.key) if self.key and _has_text(self.form) else ""

    @property
    def wording(self) -> str:
        """Its texts that klartjek reads, as `ui_wording` writes them."""
        kinds = ((getattr(field.field.widget, "wording", ""), field.html_name) for field in self.form)
        return " ".join(f"{kind}:{name}" for kind, name in kinds if kind)


class Writing:
    """The forms of one request."""

    def __init__(self, request: Any) -> None:
        self.request = request
        self.forms: dict[str, Written] = {}
        self.held = ""
        self._kept: dict[str, notes.DraftView] | None = None

    def kept(self, key: str) -> notes.DraftView | None:
        """What the actor was writing there. One query for all forms of a page."""
        if self._kept is None:
            found = notes.kept_drafts(self.request.actor, at=clock.now())
            self._kept = {one.key: one for one in found}
        return self._kept.get(key)


def writing_of(request: Any) -> Writing:
    found: Writing | None = getattr(request, "writing", None)
    if found is None:
        found = request.writing = Writing(request)
    return found


def written_to(request: Any, address: str) -> Written | None:
    """The form of this request that is sent to an address; its own when none is given."""
    writing: Writing | None = getattr(request, "writing", None)
    return writing.forms.get(address or request.path) if writing else None


def writes(view: View | None = None, *, of: str = "") -> Any:
    """For every view that changes something. `of` names the argument in the address of the thing that is changed."""

    def decorate(view: View) -> View:
        @once
        def carried_out(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return _carry_out(view, f"{of}:{kwargs[of]}" if of else "", request, *args, **kwargs)

        @wraps(view)
        def written(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            try:
                return carried_out(request, *args, **kwargs)
            except ConcurrentChange:
                if not of:
                    raise
            try:  # it was one who does not take turns, such as the board: now what stands can be seen
                return carried_out(request, *args, **kwargs)
            except ConcurrentChange:
                sent = request.writing.forms.get(request.path)
                if sent is None:
                    raise
                return _conflict(request, sent)

        written.writes = of or True  # type: ignore[attr-defined]
        return written

    return decorate(view) if view else decorate


def _carry_out(view: View, thing: str, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """In one transaction; when the answer is no redirect, nothing of it stays (`once`)."""
    request.writing = writing = Writing(request)
    if thing:
        writing.held = thing
        access.take_turn(actor=request.actor, at=clock.now(), thing=thing)
    response = view(request, *args, **kwargs)
    sent = writing.forms.get(request.path)
    if sent is None or not isinstance(response, HttpResponseRedirect):
        return response
    if sent.is_behind:
        return _conflict(request, sent)
    if sent.draft_url:
        access.take_turn(actor=request.actor, at=clock.now(), thing=sent.key)
        notes.finish_draft(actor=request.actor, at=clock.now(), key=sent.key)
    return response


def form_for(
    request: Any,
    kind: Callable[..., F],
    *,
    to: str = "",
    initial: Mapping[str, Any] | None = None,
    changes: bool = False,
    **given: Any,
) -> F:
    """The form as it was sent, or as it stands with what the actor was writing in it.

    `to` is the address it is sent to, when that is another than the page's. `changes` is for the form of a thing that
    is there already; `initial` is then how the thing stands.
    """
    stands = dict(initial or {})
    path = to or request.path
    writing = writing_of(request)
    is_sent = request.method == "POST" and path == request.path
    form = kind(request.POST if is_sent else None, initial=stands, **given)
    state = _state_of(form) if changes else ""
    key = drafting.place_key(request.actor, path) if request.actor else ""
    written = writing.forms[path] = Written(form, key=key, state=state, stands=stands)
    if is_sent and changes:
        if not writing.held:
            raise ValueError("a form that changes something needs @writes(of=…), or two may save at once")
        written.state = request.POST.get(STATE, state)  # shown again with an error it is as old as it was
        written.is_behind = written.state != state
    elif not is_sent and written.draft_url:
        _restore(written, writing.kept(key))
    form.is_open = is_sent or written.notice is not None  # type: ignore[attr-defined]  # where it is folded away
    return form


def _has_text(form: forms.BaseForm) -> bool:
    return any(isinstance(field.widget, forms.Textarea | forms.TextInput) for field in form.fields.values())


def _state_of(form: forms.BaseForm) -> str:
    """A short mark of what stands in the form before anybody writes in it."""
    stands = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return salted_hmac("samspil.form-state", json.dumps(stands, default=str)).hexdigest()[:32]


def _restore(written: Written, kept: notes.DraftView | None) -> None:
    """Put the draft into the form, beside what it is otherwise. A draft of nothing new is none."""
    if kept is None:
        return
    form, state = written.form, written.state
    typed = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in kept.fields.items()})
    found = {
        name: field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
        for name, field in form.fields.items()
        if not field.widget.is_hidden and name not in drafting.NOT_KEPT
    }
    changes = tuple(_both(form, written.stands, found))
    is_behind = bool(state) and kept.fields.get(STATE, state) != state
    if not changes:
        return
    written.notice = drafting.notice_of(kept, clock.now(), changes, is_behind)
    if kept.dropped_at is None:
        form.initial = {**written.stands, **found}
        written.state = str(kept.fields.get(STATE, state)) if state else ""


def _both(form: forms.BaseForm, stands: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Both]:
    """The fields of which somebody has typed something else than what stands."""
    rows = []
    for name, field in form.fields.items():
        if name in typed:
            theirs = _words(form[name], stands.get(name, field.initial))
            yours = _words(form[name], typed[name])
            if theirs != yours:
                rows.append(Both(str(form[name].label), theirs, yours))
    return rows


def _words(field: forms.BoundField, value: Any) -> str:
    """What a reader sees of a value: a choice by its words."""
    shown = field.field.prepare_value(value() if callable(value) else value)
    choices = getattr(field.field, "choices", None)
    if choices is not None:
        words = {str(code): str(label) for code, label in choices}
        several = shown if isinstance(shown, list | tuple | set | frozenset) else [shown]
        return ", ".join(words.get(str(one), str(one)) for one in several if one not in (None, ""))
    if isinstance(field.field, forms.BooleanField):
        return "✓" if shown else ""
    shown = field.field.widget.format_value(shown)
    return str(shown or "").replace("\r\n", "\n").strip()


def _conflict(request: Any, sent: Written) -> HttpResponse:
    """Both texts side by side, with one's own in fields to write on in; to send it again is to save it knowingly."""
    form, sent.state = sent.form, sent.state_now
    typed = {name: form[name].value() for name, field in form.fields.items() if not field.widget.is_hidden}
    rows = [(row, form[name]) for name in typed for row in _both(form, sent.stands, {name: typed[name]})]
    shown = {field.html_name for _, field in rows}
    hidden = {form[name].html_name: sent.stands.get(name) for name in form.fields if form.fields[name].widget.is_hidden}
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_TYPED | shown | hidden.keys()
    ]
    context = {
        "rows": [{"row": row, "field": field} for row, field in rows],
        "kept": [*kept, *((name, value) for name, value in hidden.items() if value is not None)],
        "drop_url": drafting.drop_url(sent.key) if sent.key else "",
        "here": request.get_full_path(),
    }
    return render(request, "shell/form_conflict.html", context, status=409)


def drafted(request: Any, *, to: str = "") -> tuple[DraftNotice | None, dict[str, Any], str]:
    """For a page that makes its fields by hand: the notice, what was being written there, and where it is kept."""
    actor: Actor | None = request.actor
    if actor is None:
        return None, {}, ""
    key = drafting.place_key(actor, to or request.path)
    kept = None if request.method == "POST" else writing_of(request).kept(key)
    notice = drafting.notice_of(kept, clock.now()) if kept else None
    return notice, dict(notice.fields) if notice else {}, drafting.draft_url(key)
