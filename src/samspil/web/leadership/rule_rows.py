"""A row of the law as somebody who checks it reads it, whatever its kind."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.catalogue.api import Gap, Guidance, Law, ProvisionKind, Read
from samspil.kernel import clock
from samspil.kernel.day_counting import Length, Unit, Whose

KINDS: Mapping[ProvisionKind, Any] = {
    ProvisionKind.BASIS: gettext_lazy("Bestemmelser"),
    ProvisionKind.DEADLINE: gettext_lazy("Frister"),
    ProvisionKind.DECISION_RULE: gettext_lazy("Krav til en afgørelse"),
    ProvisionKind.REMITTAL_CAUSE: gettext_lazy("Grunde til hjemvisning"),
    ProvisionKind.SCOPE_QUESTION: gettext_lazy("Serviceloven eller ældreloven"),
    ProvisionKind.TRANSITION: gettext_lazy("Overgange"),
    ProvisionKind.PENSION_AGE: gettext_lazy("Folkepensionsalder"),
    ProvisionKind.EXEMPTION: gettext_lazy("Det må holdes tilbage ved aktindsigt"),
    ProvisionKind.ACCESS_COMPLAINT: gettext_lazy("Klage over aktindsigt"),
}
READ: Mapping[Read, Any] = {
    Read.TEXT: gettext_lazy("læst i loven"),
    Read.EXCERPT: gettext_lazy("læst i et uddrag"),
    Read.KNOWLEDGE: gettext_lazy("almindelig viden, ikke efterprøvet"),
    Read.LOCAL: gettext_lazy("står ikke i loven, kommunen sætter den selv"),
}
GUIDANCE: Mapping[Guidance, Any] = {
    Guidance.TO_BOARD: gettext_lazy("Man kan klage til Ankestyrelsen, via kommunen, inden 4 uger."),
    Guidance.NOT_APPEALABLE: gettext_lazy("Man kan ikke klage."),
    Guidance.NO_DECISION: gettext_lazy("Kommunen giver den uden en afgørelse."),
}
GAPS: Mapping[Gap, Any] = {
    Gap.BLOCKS: gettext_lazy("Spærrer"),
    Gap.WARNS: gettext_lazy("Advarer"),
    Gap.NOTHING: gettext_lazy("Skrives ned"),
}


@dataclass(frozen=True, slots=True)
class RuleRow:
    """`label` is the section or number, `lines` what the row says, `questions` what must be established."""

    id: UUID
    key: str
    label: str
    name: str
    lines: tuple[str, ...]
    questions: tuple[str, ...]
    valid_from: dt.date
    valid_until: dt.date | None
    source: str
    read_words: str
    is_doubtful: bool
    verified_by: str
    verified_on: dt.date | None
    words: str
    is_ours: bool
    """The mark is the municipality's own, and can be taken back."""


Marks = Mapping[UUID, catalogue.VerificationView]


def is_verified(about: catalogue.About, marks: Marks) -> bool:
    """By whoever made the row, or by the municipality's own jurist."""
    return about.is_verified or about.id in marks


def is_doubtful(about: catalogue.About, marks: Marks) -> bool:
    """Neither read in the act itself nor verified by anybody."""
    return about.read != Read.TEXT and not is_verified(about, marks)


def row_of(row: Any, marks: Marks) -> RuleRow:
    """In the reader's language; words that the municipality has written itself stay as they are."""
    label, name, lines, questions = _SAID[type(row)](row)
    about: catalogue.About = row.about
    mark = marks.get(about.id)
    shipped = about.verified_by if about.is_verified else ""
    return RuleRow(
        id=about.id,
        key=about.key,
        label=label,
        name=_(name),
        lines=tuple(line for line in lines if line),
        questions=tuple(questions),
        valid_from=about.valid_from,
        valid_until=about.valid_until,
        source=about.source,
        read_words=str(READ[about.read]),
        is_doubtful=is_doubtful(about, marks),
        verified_by=mark.jurist if mark else shipped,
        verified_on=clock.day_of(mark.at) if mark else about.verified_on,
        words=mark.words if mark else "",
        is_ours=mark is not None,
    )


Said = tuple[str, str, Iterator[str] | tuple[str, ...], Iterator[str] | tuple[str, ...]]


def _basis(row: catalogue.LegalBasis) -> Said:
    questions = (*(_(one.ask) for one in row.criteria), *(f"{one.key}: {_(one.ask)}" for one in row.neighbours))
    return f"{row.cited[:1].upper()}{row.cited[1:]}:", row.name, _of_basis(row), questions


def _of_basis(row: catalogue.LegalBasis) -> Iterator[str]:
    yield _(row.gives)
    yield str(GUIDANCE[row.guidance])
    if row.is_switched:
        yield _("Kun for den, der hører under den lov.")
    if row.longest:
        yield _("Varer højst %(length)s.") % {"length": length_words(row.longest)}
    if row.notice:
        whose = _("Loven siger det.") if row.notice_is_law else _("Kommunen har sat det.")
        yield f"{_('Varsel: %(length)s.') % {'length': length_words(row.notice)}} {whose}"


def _deadline(row: catalogue.DeadlineRule) -> Said:
    return row.key, row.name, _of_deadline(row), ()


def _of_deadline(row: catalogue.DeadlineRule) -> Iterator[str]:
    long = length_words(row.length) if row.length else _("en fast dag")
    if row.follows:
        long = _("lige så længe som kommunens frist for at svare")
    yield _("%(length)s fra %(words)s.") % {"length": long.capitalize(), "words": _(row.counts_from)}
    if row.fixed_on:
        yield _("Sidste dag: %(day)s.") % {"day": f"{row.fixed_on:%d.%m.%Y}"}
    yield _("Borgerens frist.") if row.whose == Whose.CITIZEN else _("Kommunens frist.")
    yield _(row.then)
    if row.may_be_extended:
        yield _("Kommunen kan forlænge den med en grund.")


def _decision_rule(row: catalogue.DecisionRule) -> Said:
    may = _("Kan fraviges med en grund.") if row.may_be_overridden else ""
    return row.key, row.demand, (f"{GAPS[row.gap]}. {_(row.staff_text)}", may, _(row.citizen_text)), ()


def _cause(row: catalogue.RemittalCause) -> Said:
    return "", row.name, (_(row.ask), _(row.remedy), _(row.share)), ()


def _transition(row: catalogue.Transition) -> Said:
    days = {"before": f"{row.decided_before:%d.%m.%Y}", "last": f"{row.last_on:%d.%m.%Y}"}
    when = _("Afgørelser fra før %(before)s skal være afgjort igen senest %(last)s.") % days
    return "", row.name, (when, _(row.letter_text)), ()


def _pension_age(row: Any) -> Said:
    years, months = divmod(row.months, 12)
    said = _("%(years)s år og %(months)s måneder") if months else _("%(years)s år")
    words = said % {"years": years, "months": months}
    until = f"{row.born_until:%d.%m.%Y}" if row.born_until else ""
    born = _("Født fra %(first)s") % {"first": f"{row.born_from:%d.%m.%Y}"}
    return "", words, (f"{born} {_('til før %(last)s') % {'last': until} if until else ''}".strip(),), ()


def _scope_question(row: catalogue.ScopeQuestion) -> Said:
    law = _("ældreloven") if row.leads_to == Law.AEL else _("serviceloven")
    return str(row.order), row.ask, (_("Ja fører til %(law)s.") % {"law": law},), ()


def _exemption(row: catalogue.Exemption) -> Said:
    return "", row.name, (_(row.citizen_text),), (_(row.ask),) if row.ask else ()


def _access_complaint(row: catalogue.AccessComplaint) -> Said:
    return "", row.name, (row.goes_to, _(row.citizen_text)), ()


def length_words(length: Length) -> str:
    """As in "4 uger", "7 arbejdsdage", "6 måneder før"."""
    count = abs(length.count)
    match length.unit:
        case Unit.WORKDAYS:
            words = ngettext("%(count)s arbejdsdag", "%(count)s arbejdsdage", count)
        case Unit.WEEKS:
            words = ngettext("%(count)s uge", "%(count)s uger", count)
        case Unit.MONTHS:
            words = ngettext("%(count)s måned", "%(count)s måneder", count)
        case Unit.MONTH_ENDS:
            words = ngettext("månedens slutning og %(count)s måned", "månedens slutning og %(count)s måneder", count)
        case _:
            words = ngettext("%(count)s dag", "%(count)s dage", count)
    said = words % {"count": count}
    return _("%(length)s før") % {"length": said} if length.count < 0 else said


_SAID: Mapping[type[Any], Callable[[Any], Said]] = {
    catalogue.LegalBasis: _basis,
    catalogue.DeadlineRule: _deadline,
    catalogue.DecisionRule: _decision_rule,
    catalogue.RemittalCause: _cause,
    catalogue.Transition: _transition,
    catalogue.PensionAge: _pension_age,
    catalogue.ScopeQuestion: _scope_question,
    catalogue.Exemption: _exemption,
    catalogue.AccessComplaint: _access_complaint,
}
