"""Letters that some of the townspeople have had: read, answered, waiting for an envelope, or still being written."""

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.cases import api as cases
from samspil.contexts.catalogue import api as catalogue
from samspil.contexts.decisions import api as decisions
from samspil.contexts.feedback import api as feedback
from samspil.contexts.letters import api as letters
from samspil.contexts.letters.api import Answered, Drawn, LetterFacts, Sender, Step
from samspil.jobs.demo.life import Life
from samspil.jobs.demo.moments import Moments, workday_from
from samspil.jobs.demo.town import actor_of
from samspil.kernel import clock
from samspil.kernel.ids import new_id

ANSWERS = (
    "Vi kan godt forstå dig. Derfor har vi set på det sammen med dem, der hjælper dig.",
    "Det har vi talt med dig om. Vi tror, du kan klare det med den hjælp, du har.",
    "Tak, fordi du sagde det. Vi har lagt vægt på det, der virker for dig.",
    "",
    "Vi er enige i, at det er svært. Vi følger med i, hvordan det går.",
)
"""What we answer to what the citizen has said; empty where nobody has answered yet."""

AFTER_DECIDING = dt.timedelta(minutes=25)
A_ROUND = dt.timedelta(minutes=5)
_DATA = Path(__file__).parent / "letters.toml"
Row = Mapping[str, Any]


def write_letters(lives: Sequence[Life]) -> None:
    rows = tomllib.loads(_DATA.read_text("utf-8"))["letter"]
    running = [life for life in lives if life.stage == "running" and life.case_id and not life.story.cast.name]
    ours = [life for life in running if life.home.organisation == "fjordby"]
    named = {life.story.key: life for life in lives if life.case_id}
    for row in rows:
        life = _whose(row["story"], named, ours)
        if life is not None:
            _write(life, row)
    fjordby = [life for life in lives if life.case_id and life.home.organisation == "fjordby"]
    for number, life in enumerate(fjordby):
        _tell_decisions(life, ANSWERS[number % len(ANSWERS)])


def _tell_decisions(life: Life, answer: str) -> None:
    """The letters of what has been told. The citizen's words are answered after a first try that was stopped; a few
    letters wait as drafts, as they do."""
    case_id = _case_of(life)
    written = set(letters.Letter.objects.filter(case_id=case_id).values_list("decision_id", flat=True))
    for line in decisions.decisions_of(life.as_caseworker(life.moments.now), case_id):
        if line.status != decisions.DecisionStatus.TOLD or line.decided_at is None:
            continue
        if line.id not in written:
            tell_decision(life, line.id, line.decided_at + AFTER_DECIDING, answer)


def tell_decision(life: Life, decision_id: UUID, at: dt.datetime, answer: str) -> None:
    """By letter; without an answer to what the citizen has said, where the law wants one, it stays a draft."""
    actor = life.as_caseworker(at)
    letter_id = letters.draft_for_decision(actor=actor, at=at, decision_id=decision_id)
    found = letters.letter(actor, letter_id)
    if found.missing and not answer:
        return
    said = next(part.text for part in found.parts if part.kind == letters.PartKind.SAID)
    if letters.MISSING in said:
        version = _first_try(life, found, at)
        mended = {letters.PartKind.SAID.value: said.replace(letters.MISSING, answer)}
        letters.edit_letter(actor=actor, at=at, letter_id=letter_id, texts=mended, seen=version)
        found = letters.letter(actor, letter_id)
    if not found.missing and not any(one.stops for one in found.advice):
        letters.send_letter(actor=actor, at=at, letter_id=letter_id, channel="portal", seen=found.version)


def deliver_letters(lives: Sequence[Life], moments: Moments) -> None:
    """As the days passed: what waited for Digital Post, which is not connected here, became paper within minutes, and
    paper was posted on the next workday. What came to the pile since then waits for its envelope."""
    waiting = letters.Dispatch.objects.filter(status=letters.DispatchStatus.WAITING)
    for began in sorted(set(waiting.values_list("next_try_at", flat=True))):
        at = began + A_ROUND
        letters.deliver_waiting(actor=access.system_actor(at.date()), at=at, channel=letters.NotConnected())
    whose = {life.case_id: life for life in lives}
    pile = letters.Dispatch.objects.filter(status=letters.DispatchStatus.TO_POST).order_by("status_since", "id")
    for row in pile:
        on = workday_from(clock.day_of(row.status_since) + dt.timedelta(days=1))
        at = moments.past((moments.today - on).days, "9.10")
        if on < moments.today:
            actor = whose[row.case_id].as_caseworker(at)
            letters.post_letter(actor=actor, at=at, dispatch_id=row.id, posted_on=on)
    letters.tell_received(actor=access.system_actor(moments.today), at=moments.now)


def _first_try(life: Life, found: letters.LetterView, at: dt.datetime) -> int:
    """Somebody begins with words that say nothing, is stopped, and puts back what was proposed. Gives the version."""
    proposed = {part.kind: part.text for part in found.parts if part.kind == letters.PartKind.GETS}
    actor, version = life.as_caseworker(at), found.version
    for texts in ({letters.PartKind.GETS.value: "Noget hjælp."}, proposed):
        letters.edit_letter(actor=actor, at=at, letter_id=found.id, texts=texts, seen=version)
        version += 1
    return version


def _whose(story: str, named: Mapping[str, Life], ours: Sequence[Life]) -> Life | None:
    """Nobody, where the town is filled with fewer stories."""
    if story.isdigit():
        return ours[int(story)] if int(story) < len(ours) else None
    return named.get(story)


def _write(life: Life, row: Row) -> None:
    at = life.moments.past(row["ago"], "13.20")
    actor = life.as_caseworker(at)
    facts = _facts(row, cases.case_facts(actor, _case_of(life)), at)
    letter_id = letters.draft_letter(actor=actor, at=at, case_id=_case_of(life), facts=facts)
    if "channel" not in row:
        return
    letters.send_letter(actor=actor, at=at, letter_id=letter_id, channel=row["channel"], seen=1)
    if "told" in row and life.user_id is not None:
        answered_at = life.moments.past(row["ago"] - 1, "18.05", any_day=True)
        feedback.answer_letter(
            actor=actor_of(life.user_id, on=answered_at.date(), now=answered_at),
            at=answered_at,
            case_id=_case_of(life),
            letter_id=letter_id,
            template=letters.letter(actor, letter_id).template,
            told=row["told"],
            in_own_words=row["in_own_words"],
        )


def _facts(row: Row, case: cases.CaseFacts, at: dt.datetime) -> LetterFacts:
    basis = catalogue.legal_basis(row["basis"], at=at)
    home = access.Organisation.objects.get(municipality_code=case.municipality)
    phone, hours = case.coordinator_phone, case.coordinator_hours
    return LetterFacts(
        decision_id=new_id(),
        bases=(letters.basis_of(basis, about=row["asked_for"]),),
        result=row["result"],
        decided_on=at.date(),
        citizen_name=case.name,
        case_number=case.number,
        sender=Sender(case.coordinator_name, case.coordinator_title, phone, hours, home.name),
        help=row.get("help", ""),
        asked_for=row["asked_for"],
        starts_on=_day(at, row, "starts_in"),
        follow_up_on=_day(at, row, "follow_up_in"),
        provider=row.get("provider", ""),
        purposes=_drawn(row, "purposes"),
        gets=_drawn(row, "gets"),
        facts=_drawn(row, "facts"),
        considerations=_drawn(row, "considerations"),
        said=tuple(Answered(words, answer) for words, answer in row["said"]),
        steps=tuple(Step(text) for text in row.get("steps", [])),
    )


def _drawn(row: Row, name: str) -> tuple[Drawn, ...]:
    return tuple(Drawn(text) for text in row.get(name, []))


def _day(at: dt.datetime, row: Row, name: str) -> dt.date | None:
    return at.date() + dt.timedelta(days=row[name]) if name in row else None


def _case_of(life: Life) -> UUID:
    if life.case_id is None:
        raise LookupError(f"{life.story.key} has no case")
    return life.case_id
