"""What the words of the demo municipality are: the schema of `stories/*.toml` and its frozen read models.

`reading.py` reads and checks the files: stories(), municipality(), names(), incoming(), questions().

A *story* is a template for `copies` citizens. Copy 0 is the story exactly as written (with the people of
`[cast]`, if any); the others take other wordings (` || `), other `[vary]` values and the stage
`stages[copy]`. All text is `Words`: call `.tell(copy, names)` with the dict from `placeholders(...)`.
In the files “…” stands around what the citizen said; in the read models those marks are gone.

Time is counted in whole days *before the day the demo is filled*: `ago = 30` is thirty days ago; `in_days`
points forward; an agreement's `days` count from the day it was made. Ratings count in months before today.

Schema of a story (* = may be left out)
  area adult|elder · title · gender f|m · age [from, to] · origin* danish|abroad|any · district*
  copies · stages [one for each copy] · target_group* (FFB målgruppe) · about (who the person is)
  important (the citizen's most important sentence)
  [cast]* name, relative, caseworker, worker: fixed for copy 0; the last two are keys in people.toml
  [vary]* placeholder = [values]: copy n takes value n modulo length; usable as {placeholder} everywhere
  [relative]* relation, gender, role relative|guardian|friend, may_see [plan, meetings, notes, looks, write];
    [[relative.access]]* kind, document, matters*, scopes*, days*: a power or guardianship from the first day on;
    gives {relative}
  [referral] ago, source (Source), who, wants, tried, worked, did_not_work, words
  [contact] form (Form), place, time_of_day (TimeOfDay), medium (Medium), every_days, words
  [purpose] professional, words
  [[goals]] 1–3: key, title, words, professional, theme, subtheme, related* (FFB names),
    kind develop|maintain|limit_loss, pictogram, if_reached, if_not_reached,
    ratings [[months ago, citizen, provider, authority]] 0–10, -1 = did not rate,
    steps [{state not_begun|in_progress|reached|paused, ago* (when reached), pictogram, text}]
  [order] ago, provider (key in people.toml), service (FFB ydelse or plain words), words, often
  [[notes]] ago, kind visit|phone|meeting|text, by caseworker|worker, text: one segment a line:
      “…” citizen's words · plain observation · = assessment · + resource · * wish
      > who, days[, kept|open|dropped]: agreement · # goal 0-10: goal status
      ! change => consequence
      ` @Theme` ends a line with an FFB theme or sub-theme, and then ` ~~ reason` hides it from the citizen
  [draft]* by, text: an unfinished note
  [[meetings]] ago, kind first|follow_up|status, title, layout (marks.COLUMNS), place, form, at "10.00",
      who [citizen|relative|caseworker|worker], scale* 0–10 ("Hvor er du i dag?"),
      cards: one card a line, `column [who]: mark text`; marks “…” citizen's words · + works · * wish
      ! worry · ~ idea · ? question · > who, days[, state]: agreement
    [meetings.preparation]* with alone|relative|provider, hopes, wishes, dreams, pictograms, points,
      brings, how (Form), needs*
    [meetings.feedback]* ok, dreams: yes|some|no, different, changed* (what was changed because of it)
  [upcoming]* in_days, kind, title, place, form, at, who, about
  [closing]* ago, reason, words, after: how a closed case ended; only when stages[0] is "closed"
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from samspil.jobs.demo.marks import NOTHING, Card, Segment, Words

Stage = Literal["enquiry", "clarification", "running", "status_due", "follow_up", "closed"]
Source = Literal["street", "job_centre", "hospital", "relatives", "self", "gp"]
Form = Literal["home", "office", "walk", "video", "phone", "elsewhere"]
TimeOfDay = Literal["morning", "midday", "afternoon", "evening", "any"]
Medium = Literal["sms", "phone", "letter", "video", "email", "in_person", "relative"]
Author = Literal["caseworker", "worker"]
Party = Literal["citizen", "relative", "caseworker", "worker"]
Scale = Literal["yes", "some", "no"]


@dataclass(frozen=True, slots=True)
class Cast:
    """People fixed for copy 0."""

    name: str = ""
    relative: str = ""
    caseworker: str = ""
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Access:
    """A power or guardianship; without scopes what the law gives or a yes usually opens, without days for good."""

    kind: Literal["digital_power", "paper_power", "future_power", "guardian"]
    document: Words
    matters: tuple[Literal["personal", "financial"], ...] = ()
    scopes: tuple[Literal["plan", "meetings", "prepare", "agreements", "helpers", "notes", "looks", "write"], ...] = ()
    days: int = 0


@dataclass(frozen=True, slots=True)
class Relative:
    relation: str
    gender: Literal["f", "m"]
    role: Literal["relative", "guardian", "friend"]
    may_see: tuple[Literal["plan", "meetings", "notes", "looks", "write"], ...]
    access: tuple[Access, ...] = ()


@dataclass(frozen=True, slots=True)
class Referral:
    ago: int
    source: Source
    who: Words
    wants: Words
    tried: Words
    worked: Words
    did_not_work: Words
    words: Words


@dataclass(frozen=True, slots=True)
class Contact:
    form: Form
    place: Words
    time_of_day: TimeOfDay
    medium: Medium
    every_days: int
    words: Words


@dataclass(frozen=True, slots=True)
class Purpose:
    professional: Words
    words: Words


@dataclass(frozen=True, slots=True)
class Rating:
    """0–10 as three voices saw it, so many months ago; None where one did not rate."""

    months_ago: int
    citizen: int | None
    provider: int | None
    authority: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A sub-goal; `ago` is when it was reached."""

    state: Literal["not_begun", "in_progress", "reached", "paused"]
    pictogram: str
    text: Words
    ago: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    key: str
    title: Words
    words: Words
    professional: Words
    theme: str
    subtheme: str
    kind: Literal["develop", "maintain", "limit_loss"]
    pictogram: str
    if_reached: Words
    if_not_reached: Words
    ratings: tuple[Rating, ...]
    steps: tuple[Step, ...]
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    ago: int
    provider: str
    service: str
    words: Words
    often: Words


@dataclass(frozen=True, slots=True)
class Note:
    ago: int
    kind: Literal["visit", "phone", "meeting", "text"]
    by: Author
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    by: Author
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Preparation:
    together_with: Literal["alone", "relative", "provider"]
    hopes: Words
    wishes: Words
    dreams: Words
    pictograms: tuple[str, ...]
    points: tuple[Words, ...]
    brings: Words
    how: Form
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feedback:
    ok: Scale
    dreams: Scale
    different: Words
    changed: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Meeting:
    ago: int
    kind: Literal["first", "follow_up", "status"]
    title: Words
    layout: str
    place: Words
    form: Form
    at: str
    who: tuple[Party, ...]
    cards: tuple[Card, ...]
    scale: int | None = None
    preparation: Preparation | None = None
    feedback: Feedback | None = None


@dataclass(frozen=True, slots=True)
class Upcoming:
    in_days: int
    kind: Literal["first", "follow_up", "status"]
    title: Words
    place: Words
    form: Form
    at: str
    who: tuple[Party, ...]
    about: Words


@dataclass(frozen=True, slots=True)
class Closing:
    """How a case ended: why, in the citizen's words, and where to turn afterwards."""

    ago: int
    reason: Words
    words: Words
    after: Words


@dataclass(frozen=True, slots=True)
class Story:
    """A template for some citizens; `key` is the name of its file."""

    key: str
    area: Literal["adult", "elder"]
    title: str
    gender: Literal["f", "m"]
    age: tuple[int, int]
    copies: int
    stages: tuple[Stage, ...]
    about: Words
    important: Words
    referral: Referral
    contact: Contact
    purpose: Purpose
    goals: tuple[Goal, ...]
    order: Order
    notes: tuple[Note, ...]
    meetings: tuple[Meeting, ...]
    cast: Cast = Cast()
    vary: Mapping[str, tuple[str, ...]] | None = None
    relative: Relative | None = None
    origin: Literal["danish", "abroad", "any"] = "danish"
    district: str = ""
    target_group: str = ""
    draft: Draft | None = None
    upcoming: Upcoming | None = None
    closing: Closing | None = None

    def stage(self, copy: int) -> Stage:
        """Return how far the case of this copy has come."""
        return self.stages[copy % len(self.stages)]

    def told(self, copy: int) -> "Story":
        """Return the story cut off where the case of this copy has come to.

        An enquiry has its referral and nothing else yet (leave out purpose, goals and order); in clarification
        the order has not been made (order.ago is 0) and no worker is known. An open copy of a closed story
        ends six weeks before the closing.
        """
        stage = self.stage(copy)
        if stage == "enquiry":
            return replace(self.until(self.referral.ago), notes=(), meetings=())
        if stage == "clarification":
            return self.until(self.order.ago)
        if self.closing and stage != "closed":
            return self.until(self.closing.ago + 42)
        return self

    def until(self, ago: int) -> "Story":
        """Return the story as it stood `ago` days before today, moved so that that day is today.

        What came later is gone; for copies in an earlier stage, e.g. `until(order.ago)` for clarification.
        """

        def moved(items: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(replace(item, ago=item.ago - ago) for item in items if item.ago >= ago)

        months = ago / 30.4
        goals = tuple(
            replace(
                goal,
                ratings=tuple(
                    replace(rating, months_ago=round(rating.months_ago - months))
                    for rating in goal.ratings
                    if rating.months_ago >= months
                ),
                steps=tuple(_step_before(step, ago) for step in goal.steps),
            )
            for goal in self.goals
        )
        return replace(
            self,
            referral=replace(self.referral, ago=self.referral.ago - ago),
            order=replace(self.order, ago=self.order.ago - ago),
            goals=goals,
            notes=moved(self.notes),
            meetings=moved(self.meetings),
            draft=None,
            upcoming=None,
            closing=None,
        )


def placeholders(
    story: Story, copy: int, *, name: str, caseworker: str, worker: str, provider: str, relative: str = ""
) -> dict[str, str]:
    """Return what fills the story's placeholders for this copy; the people are given by full name."""
    names = {
        "name": name,
        "first": name.split()[0],
        "relative": relative.split()[0] if relative else "",
        "caseworker": caseworker.split()[0],
        "worker": worker.split()[0],
        "provider": provider,
    }
    return names | {key: values[copy % len(values)] for key, values in (story.vary or {}).items()}


def texts(value: object) -> Iterator[Words]:
    """Yield every text inside a part of the content."""
    if isinstance(value, Words):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


def _step_before(step: Step, ago: int) -> Step:
    if step.state == "reached" and step.ago is not None and step.ago >= ago:
        return replace(step, ago=step.ago - ago)
    return replace(step, state="not_begun", ago=None)
