"""The one editor, ready for a page: `editor_for` for a case page, `Editor` for what was sent in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.goals import api as goals
from samspil.contexts.notes import api as notes
from samspil.contexts.notes.api import NewSegment, NoteKind, SegmentKind
from samspil.contexts.orders import api as orders
from samspil.kernel import clock
from samspil.kernel.text import first_name
from samspil.kernel.verdict import Verdict
from samspil.web.components.tags.case import SEGMENTS
from samspil.web.notes.chips import MOST, NONE, Chips, chips_of
from samspil.web.notes.forms import NoteForm
from samspil.web.notes.reading import Around, read
from samspil.web.notes.themes import Themes, themes_on
from samspil.web.shell.drafting import DraftNotice, draft_key, draft_notice, draft_url

_EXAMPLES = {
    SegmentKind.CITIZEN_WORDS: _("“Jeg turde godt.”"),
    SegmentKind.OBSERVATION: _("Karla kørte tre stop."),
    SegmentKind.ASSESSMENT: _("= Hun er klar til næste trin."),
    SegmentKind.AGREEMENT: _("> Jonas kører med torsdag den 26."),
    SegmentKind.WISH: _("* Vil gerne have besøg senere."),
    SegmentKind.RESOURCE: _("+ Hun fandt selv rejseplanen."),
    SegmentKind.GOAL_STATUS: _("#bus 6/10 Det går fremad."),
    SegmentKind.CHANGE: _("! Karla har fået nye naboer."),
}


_MOST_NAMES = 40


@dataclass(frozen=True, slots=True)
class Key:
    """One of the eight kinds: its number key, its mark, and how it is written."""

    number: int
    kind: str
    words: str
    mark: str
    example: str


@dataclass(frozen=True, slots=True)
class EditorView:
    """For `notes/editor.html`. `is_review` stands for the page where the note is looked through before it is saved."""

    case_id: UUID
    citizen: str
    may_write: Verdict
    form: NoteForm
    chips: Chips
    themes: Themes
    people: tuple[str, ...]
    notice: DraftNotice | None
    next_url: str
    is_authority: bool
    is_review: bool = False

    @property
    def keys(self) -> tuple[Key, ...]:
        return _keys()

    @property
    def draft_url(self) -> str:
        return draft_url(draft_key("note", self.case_id))


def editor_for(
    actor: Actor,
    case_id: UUID,
    *,
    next_url: str = "",
    citizen: str = "",
    people: Sequence[cases.PersonOfCase] | None = None,
    running: Sequence[goals.RunningGoal] | None = None,
) -> EditorView:
    """The editor for a case page, with the draft that waits there. Raises Case.DoesNotExist for strangers.

    A page that already has the case's `people`, its `running` goals and the `citizen`'s first name hands them over
    and saves queries.
    """
    people = _people(actor, case_id) if people is None else people
    names = tuple(person.name for person in people)
    around, themes = surroundings(actor, case_id, names, running=running)
    notice = draft_notice(actor, draft_key("note", case_id))
    data = notice.fields if notice else {}
    citizen = citizen or first_name(next((p.name for p in people if p.side == Side.CITIZEN), ""))
    text = str(data.get("text", ""))
    return EditorView(
        case_id=case_id,
        citizen=citizen,
        may_write=notes.may_write(actor),
        form=NoteForm(initial=_initial(actor) | {k: v for k, v in data.items() if k in NoteForm.base_fields}),
        chips=chips_of(text, data, around, themes, citizen=citizen, opened=()) if text.strip() else NONE,
        themes=themes,
        people=names,
        notice=notice,
        next_url=next_url,
        is_authority=actor.side == Side.AUTHORITY,
    )


def _people(actor: Actor, case_id: UUID) -> Sequence[cases.PersonOfCase]:
    """Those around the case whom the writer knows of: a provider of relatives only when it was told with an order."""
    people = cases.people_of_case(actor, case_id)
    if actor.side != Side.PROVIDER or any(
        orders.Handover.PEOPLE in one.told for one in orders.orders_of(actor, case_id)
    ):
        return people
    return tuple(person for person in people if person.side != Side.RELATIVE)


def submitted(actor: Actor, case_id: UUID, data: Mapping[str, Any], *, next_url: str, citizen: str) -> EditorView:
    """The editor with what was sent in, its errors at their fields. The names around the case come with it."""
    names = named(data)
    around, themes = surroundings(actor, case_id, names)
    form = NoteForm(data)
    text = form.cleaned_data["text"] if form.is_valid() else str(data.get("text", ""))
    return EditorView(
        case_id=case_id,
        citizen=citizen,
        may_write=notes.may_write(actor),
        form=form,
        chips=chips_of(text, data, around, themes, citizen=citizen, check=True),
        themes=themes,
        people=names,
        notice=None,
        next_url=next_url,
        is_authority=actor.side == Side.AUTHORITY,
        is_review=True,
    )


def segments_of(editor: EditorView, actor: Actor) -> list[NewSegment]:
    """What the valid editor says; pieces beyond those shown are taken as the text says them."""
    said = editor.chips.segments()
    if editor.chips.rest:
        around = Around(actor.name, (), (), clock.today())
        text = editor.form.cleaned_data["text"]
        said += [NewSegment(_plain(p.kind), p.text) for p in read(text, around).pieces[MOST:]]
    return said


def _plain(kind: str) -> str:
    """A promise or a mark beyond what is shown has nobody to ask: it stays an observation."""
    needs_more = {SegmentKind.AGREEMENT, SegmentKind.GOAL_STATUS}
    return SegmentKind.OBSERVATION if kind in needs_more else kind


def named(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The names that the editor was shown with; they only help to read the text."""
    return tuple(name[:120] for name in str(data.get("people", "")).split("|")[:_MOST_NAMES] if name)


def surroundings(
    actor: Actor, case_id: UUID, names: Sequence[str], *, running: Sequence[goals.RunningGoal] | None = None
) -> tuple[Around, Themes]:
    """What the text can be about. At most two queries; no goals for those without business in the case."""
    running = goals.running_goals(actor, case_id) if running is None else tuple(running)
    themes = themes_on(actor.on, likely={goal.theme_id for goal in running if goal.theme_id})
    firsts = tuple(dict.fromkeys(map(first_name, names)))
    return Around(actor.name, firsts, running, actor.on), themes


def _initial(actor: Actor) -> dict[str, Any]:
    now = clock.now()
    kind = NoteKind.VISIT if actor.side == Side.PROVIDER else NoteKind.OTHER
    return {"kind": kind, "day": now.date(), "clock": now.time()}


def _keys() -> tuple[Key, ...]:
    return tuple(
        Key(number, kind, str(words), mark, str(_EXAMPLES[SegmentKind(kind)]))
        for number, (kind, (mark, words)) in enumerate(SEGMENTS.items(), 1)
    )
