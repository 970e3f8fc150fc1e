"""What must never be wrong in a letter that leaves: its order, its reasons, its guidance, and its days."""

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from samspil.contexts.letters.enums import Appeal, Channel, DispatchStatus, LetterRefusal, NoticePart, PartKind, Result
from samspil.kernel.danish_dates import long_date_year
from samspil.kernel.day_counting import Length, Unit, Whose, effective_from, last_day, presumed_received
from samspil.kernel.machine import Machine
from samspil.kernel.verdict import ALLOWED, Verdict

ORDER = tuple(PartKind)
EDITABLE = frozenset({PartKind.GETS, PartKind.BECAUSE, PartKind.DO_NOW, PartKind.SAID})
LONGEST_PART = 6_000
COMPLAINT_TIME = Length(4, Unit.WEEKS)
RETRIES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""How long to wait after each failed try. After the last one the letter goes on paper."""
CLAIM_LASTS = dt.timedelta(minutes=10)
"""A try that has said nothing for so long belongs to a process that was killed."""

MISSING = "[…]"
"""Where a value is to stand that the case does not know."""

_APPEALS_BOARD = "Ankestyrelsen"
_SIGNS = Path(__file__).parent / "data" / "citation.toml"
_OPENING = "(“”»«\"'[-"
_CANNOT = "Du kan ikke klage"
_OLD_HELP = "den gamle hjælp stopper"
_TIME = "4 uger"


def received_on(channel: str, *, sent_on: dt.date, available_on: dt.date | None = None) -> dt.date:
    """When the letter counts as received: the day it is available, or when paper is presumed to be there. Of Digital
    Post that is not available yet, the day of the paper that it becomes where it cannot arrive: what the letter says of
    days must hold then too."""
    if channel == Channel.PRINT or (channel == Channel.DIGITAL_POST and available_on is None):
        return presumed_received(available_on or sent_on)
    return available_on or sent_on


def complaint_by(received: dt.date) -> dt.date:
    """The last day to complain: four weeks from receipt, rolled to a working day."""
    return last_day(received, COMPLAINT_TIME, Whose.CITIZEN)


def cites_a_rule(text: str) -> bool:
    """Whether a citation of the law stands there: one of its signs, or a word that begins like one of its words."""
    known, lowered = _signs(), text.lower()
    begun = tuple(known["words"])
    return any(sign in lowered for sign in known["signs"]) or any(
        word.lstrip(_OPENING).startswith(begun) for word in lowered.split()
    )


@cache
def _signs() -> dict[str, list[str]]:
    found = tomllib.loads(_SIGNS.read_text("utf-8"))
    return {kind: found[kind] for kind in ("signs", "words")}


def guidance_faults(parts: Mapping[str, str], *, appeal: str, last_day: dt.date) -> tuple[str, ...]:
    """What is wrong with the complaint guidance, for whoever may complain or may not. () when it is right.

    `parts` is the Danish text of each part. Where one cannot complain, no part may lead anybody to the appeals board.
    """
    guidance = parts.get(PartKind.COMPLAIN, "")
    wanted = {_CANNOT: appeal != Appeal.YES, _OLD_HELP: appeal == Appeal.SPLIT}
    for words in (_APPEALS_BOARD, _TIME, long_date_year(last_day), "Send klagen til os"):
        wanted[words] = appeal != Appeal.NO
    faults = [("mangler: " if is_wanted else "skal ikke stå: ") + words
              for words, is_wanted in wanted.items() if (words in guidance) != is_wanted]  # fmt: skip
    if appeal == Appeal.NO:
        elsewhere = (kind for kind, text in parts.items() if kind != PartKind.COMPLAIN and _APPEALS_BOARD in text)
        faults += [f"skal ikke stå: {_APPEALS_BOARD} i {kind}" for kind in elsewhere]
    return tuple(faults)


def may_leave(
    parts: Mapping[str, str], *, result: str, appeal: str, last_day: dt.date, missing: Iterable[str]
) -> Verdict:
    """Whether the letter has what the law demands. The first thing that is wrong, in the order of the letter."""
    whole = _is_whole(parts, ORDER, missing)
    if not whole:
        return whole
    if guidance_faults(parts, appeal=appeal, last_day=last_day):
        return Verdict(LetterRefusal.WRONG_GUIDANCE)
    if result != Result.FULL and not cites_a_rule(parts[PartKind.RULES]):
        return Verdict(LetterRefusal.NO_REASONS)
    return ALLOWED


def notice_may_leave(parts: Mapping[str, str], *, missing: Iterable[str]) -> Verdict:
    """Whether a notice has all its parts and values."""
    return _is_whole(parts, tuple(NoticePart), missing)


def _is_whole(parts: Mapping[str, str], order: tuple[str, ...], missing: Iterable[str]) -> Verdict:
    if tuple(parts) != order or any(not text.strip() for text in parts.values()):
        return Verdict(LetterRefusal.PART_EMPTY)
    if any(missing) or any(MISSING in text for text in parts.values()):
        return Verdict(LetterRefusal.VALUE_MISSING)
    if any(cites_a_rule(text) for kind, text in parts.items() if kind != PartKind.RULES):
        return Verdict(LetterRefusal.RULE_IN_PROSE)
    return ALLOWED


def may_cut(*, notice_weeks: int, received: dt.date, starts_on: dt.date | None, ends_on: dt.date | None) -> Verdict:
    """Where the law gives notice, help is not less before it has run from receipt. For a change or an end."""
    if not notice_weeks:
        return ALLOWED
    cut = starts_on or (ends_on + dt.timedelta(days=1) if ends_on else None)
    first = effective_from(received, Length(notice_weeks, Unit.WEEKS))
    return ALLOWED if cut is not None and cut >= first else Verdict(LetterRefusal.TOO_SOON)


def next_try(attempts: int, *, now: dt.datetime) -> dt.datetime | None:
    """When to try again after so many failed tries; None when it is time for paper."""
    return now + RETRIES[attempts - 1] if attempts <= len(RETRIES) else None


DISPATCH = Machine(
    name="dispatch",
    start=DispatchStatus.WAITING.value,
    turn={
        DispatchStatus.WAITING.value: "system",
        DispatchStatus.SENDING.value: "system",
        DispatchStatus.TO_POST.value: "authority",
        DispatchStatus.ARRIVED.value: "nobody",
        DispatchStatus.REPLACED.value: "nobody",
    },
    moves={
        DispatchStatus.WAITING.value: {
            "claim": DispatchStatus.SENDING.value,
            "print": DispatchStatus.TO_POST.value,
            "show": DispatchStatus.ARRIVED.value,
        },
        DispatchStatus.SENDING.value: {
            "arrive": DispatchStatus.ARRIVED.value,
            "retry": DispatchStatus.WAITING.value,
            "give_up": DispatchStatus.REPLACED.value,
        },
        DispatchStatus.TO_POST.value: {"post": DispatchStatus.ARRIVED.value},
    },
)
