"""The life of a request, what is covered in a text, and what an answer amounts to."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from samspil.contexts.disclosure.enums import Outcome, RequestStatus
from samspil.kernel import cpr
from samspil.kernel.machine import Machine

FILE_REQUEST = Machine(
    name="file_request",
    start=RequestStatus.WAITING.value,
    turn={
        RequestStatus.WAITING.value: "authority",
        RequestStatus.ANSWERED.value: "nobody",
        RequestStatus.WITHDRAWN.value: "nobody",
    },
    moves={
        RequestStatus.WAITING.value: {
            "gather": RequestStatus.WAITING.value,
            "postpone": RequestStatus.WAITING.value,
            "answer": RequestStatus.ANSWERED.value,
            "withdraw": RequestStatus.WITHDRAWN.value,
        },
        RequestStatus.ANSWERED.value: {"complain": RequestStatus.ANSWERED.value},
        RequestStatus.WITHDRAWN.value: {},
    },
)
OUT_OF_SCOPE = "not_asked"
"""The key of the one reason that keeps nothing back: nobody asked for it."""
_CPR = re.compile(r"(?<!\d)\d{6}[\s\-\u2010-\u2015]?\d{4}(?!\d)")
CPR_GONE = "[CPR-nummer fjernet]"


@dataclass(frozen=True, slots=True)
class Cover:
    """What is not to be read. Without a document it holds in all of them, without words for all of the part, and
    without either part or words for the whole document. `says` stands in its place."""

    document: str
    part: str
    words: str
    reason: str
    says: str = ""

    @property
    def is_of_document(self) -> bool:
        return bool(self.document) and not self.part and not self.words

    def reaches(self, document: str, part: str) -> bool:
        return self.document in {"", document} and self.part in {"", part}


def covered(text: str, covers: Iterable[Cover]) -> str:
    """The text as it may be read: what a cover names is taken out, and what overlaps is taken out as one."""
    spans: list[tuple[int, int, str]] = []
    for cover in covers:
        if not cover.words:
            return mark(cover.says) if text else ""
        spans += [(*span, cover.says) for span in _found(cover.words, text)]
    return without_cpr(_cut_out(text, spans))


def is_in(words: str, text: str) -> bool:
    return any(_found(words, text))


def without_cpr(text: str) -> str:
    """No person's number is ever handed out, whoever's it is."""
    return _CPR.sub(lambda found: CPR_GONE if cpr.is_valid(found.group()) else found.group(), text)


def mark(says: str) -> str:
    return f"[dækket: {says}]"


def _found(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, however they are spaced and whether or not they begin a sentence."""
    flat, at = _flat(text)
    wanted = _flat(words)[0].strip()
    begins = flat.find(wanted) if wanted else -1
    while begins >= 0:
        ends = begins + len(wanted)
        yield at[begins], at[ends - 1] + 1
        begins = flat.find(wanted, ends)


def _flat(text: str) -> tuple[str, list[int]]:
    """In small letters with one space for any gap, and where in the text each of the characters stands."""
    letters: list[str] = []
    at: list[int] = []
    for place, letter in enumerate(text):
        if letter.isspace() and letters and letters[-1] == " ":
            continue
        small = letter.lower()
        letters.append(" " if letter.isspace() else small if len(small) == 1 else letter)
        at.append(place)
    return "".join(letters), at


def _cut_out(text: str, spans: list[tuple[int, int, str]]) -> str:
    pieces, at = [], 0
    for begins, ends, says in sorted(spans):
        if begins >= at:
            pieces += [text[at:begins], mark(says)]
        at = max(at, ends)
    return "".join([*pieces, text[at:]])


def outcome(*, given: Collection[str], covers: Iterable[Cover]) -> Outcome:
    """What was kept back makes the answer less than full; what nobody asked for does not."""
    kept_back = [cover for cover in covers if cover.reason != OUT_OF_SCOPE]
    if not given:
        return Outcome.REFUSED
    return Outcome.PARTIAL if kept_back else Outcome.FULL


def complain_by(*, was: dt.date, stopped_on: dt.date, goes_on: dt.date, at_least: dt.date) -> dt.date:
    """A stopped deadline goes on with the days it had left, and never with fewer than the law leaves."""
    return max(goes_on + (was - stopped_on), at_least)
