"""Who may see what, as the pages show it: each person with what that person may, in plain words with a picture."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.contexts.citizens import api as citizens
from samspil.contexts.citizens.api import GrantKind, GrantSource, Scope
from samspil.kernel.text import first_name
from samspil.web.components.forms import CleanText, DayField, TickTiles, Tiles
from samspil.web.shell.refusal_texts import text_of

PICTURES = {
    Scope.PLAN: "goal",
    Scope.MEETINGS: "meeting",
    Scope.PREPARE: "question",
    Scope.AGREEMENTS: "done",
    Scope.HELPERS: "helper",
    Scope.NOTES: "books",
    Scope.LETTERS: "letter",
    Scope.DECISIONS: "yes",
    Scope.COMPLAIN: "speak",
    Scope.LOOKS: "thinking",
    Scope.WRITE: "write",
}
SAID = (GrantSource.MEETING, GrantSource.CALL, GrantSource.LETTER, GrantSource.REGISTER)


@dataclass(frozen=True, slots=True)
class Ability:
    pictogram: str
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """One grant; `ground` says in a sentence what it rests on."""

    grant: citizens.GrantView
    may: tuple[Ability, ...]
    ground: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """`has_choice` says whether the citizen has chosen for this person already."""

    person: citizens.PersonWithAccess
    first_name: str
    lines: tuple[Line, ...]
    over: tuple[Line, ...]
    has_choice: bool


def abilities(scopes: Iterable[str]) -> tuple[Ability, ...]:
    held = frozenset(scopes)
    return tuple(Ability(PICTURES[scope], str(scope.label)) for scope in Scope if scope in held)


def cards(people: Iterable[citizens.PersonWithAccess]) -> tuple[PersonCard, ...]:
    return tuple(
        PersonCard(
            person=person,
            first_name=first_name(person.name),
            lines=tuple(map(_line, person.grants)),
            over=tuple(map(_line, person.over)),
            has_choice=any(grant.kind == GrantKind.RELATIVE for grant in person.grants),
        )
        for person in people
    )


def _line(grant: citizens.GrantView) -> Line:
    return Line(grant=grant, may=abilities(grant.scopes), ground=_ground(grant))


def _ground(grant: citizens.GrantView) -> str:
    """As in "Et værgemål om økonomi. Papir: …" or "Karla Holm valgte det, mundtligt på et møde"."""
    if grant.kind == GrantKind.RELATIVE:
        return _("%(name)s skrev det. Det blev sagt %(how)s.") % {
            "name": grant.chosen_by_name,
            "how": grant.source_words,
        }
    kind = grant.kind_words[:1].upper() + grant.kind_words[1:]
    about = f" ({', '.join(grant.matter_words)})" if grant.matter_words else ""
    return _("%(kind)s. Papir: %(document)s.") % {"kind": f"{kind}{about}", "document": grant.document}


class ChoiceForm(forms.Form):
    """What somebody may see and do, ticked by the citizen. `widest` are the scopes that can be ticked at all."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Sæt hak ved det, du siger ja til"),
        choices=Scope.choices,
        widget=TickTiles,
        error_messages={"required": gettext_lazy("Sæt mindst ét hak. Vil du ikke, så gå tilbage.")},
    )
    last_day = DayField(
        label=gettext_lazy("Hvilken dag skal det slutte?"),
        help_text=gettext_lazy("Skriv ikke noget, hvis det gælder, til du stopper det."),
        required=False,
    )

    def __init__(self, *args: Any, widest: Iterable[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if widest is not None:
            allowed = frozenset(widest)
            self.fields["scopes"].choices = [row for row in Scope.choices if row[0] in allowed]  # type: ignore[attr-defined]


class SpokenChoiceForm(ChoiceForm):
    """The same, written down by the caseworker for a citizen who said it."""

    source = forms.ChoiceField(
        label=gettext_lazy("Hvordan blev det sagt?"),
        choices=[(one.value, one.label) for one in SAID],
        widget=Tiles,
        error_messages={"required": gettext_lazy("Vælg, hvordan det blev sagt.")},
    )


class NewGrantForm(SpokenChoiceForm):
    """A new grant of any kind. What the law gives is about matters and names its paper."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Hvad hviler adgangen på?"), choices=GrantKind.choices, widget=Tiles, initial="relative"
    )
    matters = forms.MultipleChoiceField(
        label=gettext_lazy("Hvad handler værgemålet eller fremtidsfuldmagten om?"),
        choices=citizens.Matter.choices,
        widget=TickTiles,
        required=False,
    )
    document = CleanText(
        label=gettext_lazy("Hvilket papir?"),
        help_text=gettext_lazy("Fx «Fuldmagt af 3.11.2026, journal 26-118»."),
        limit=120,
        widget=forms.TextInput(),
        required=False,
    )
    field_order = ("kind", "matters", "document", "scopes", "source", "last_day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].label = _("Hvad må de?")


_FIELD_OF: dict[Enum, str] = {
    citizens.CitizenRefusal.NOTHING_CHOSEN: "scopes",
    citizens.CitizenRefusal.PREPARING_NEEDS_MEETINGS: "scopes",
    citizens.CitizenRefusal.COMPLAINING_NEEDS_DECISIONS: "scopes",
    citizens.CitizenRefusal.BEYOND_THE_LAW: "scopes",
    citizens.CitizenRefusal.MATTER_MISSING: "matters",
    citizens.CitizenRefusal.DOCUMENT_MISSING: "document",
    citizens.CitizenRefusal.TOO_LONG: "document",
    citizens.CitizenRefusal.END_IS_PAST: "last_day",
    citizens.CitizenRefusal.WROTE_HOW_MISSING: "source",
}


def refuse(form: forms.Form, reason: Enum) -> None:
    """The refusal at its field, or on top when the form has no such field."""
    field = _FIELD_OF.get(reason)
    form.add_error(field if field in form.fields else None, text_of(reason))
