"""A letter from a decision: seven parts filled from the case, and a short version. No database, no clock."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from samspil.contexts.letters.enums import Appeal, Origin, PartKind, Result
from samspil.contexts.letters.facts import Answered, Drawn, LetterFacts, Step
from samspil.contexts.letters.filling import Filler, Line, Part, day_in_words
from samspil.contexts.letters.rules import MISSING
from samspil.contexts.letters.wording import Both, Fixed, Template, fixed, rules_in_english
from samspil.kernel.text import Language, and_list

ITEM, QUOTE = "- ", "> "
EASY_WORDS = 10
EASY_LINES, EASY_LETTERS = 8, 900


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the short version; `title` is empty for the first."""

    title: Both
    lines: tuple[Both, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """`missing` are values that the case lacks and the letter cannot be without: the name, and the part it is for."""

    headline: Both
    parts: tuple[Part, ...]
    contact: tuple[Line, ...]
    easy: tuple[Section, ...]
    missing: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Writer(Filler):
    facts: LetterFacts


def compose(facts: LetterFacts, template: Template, *, complaint_by: dt.date) -> Composed:
    """The letter as it is proposed. The same facts, template and day give the same letter."""
    words = fixed()
    writer = _Writer(values=_values(facts, template, complaint_by), facts=facts)
    headline = writer.sentence(words.headline[facts.result])
    if headline is None:
        raise ValueError("a headline is never optional")
    writing: dict[str, Callable[[], list[Line]]] = {
        PartKind.DECISION: lambda: writer.lines(words.decision[facts.result]),
        PartKind.GETS: lambda: _gets(writer, words),
        PartKind.BECAUSE: lambda: _because(writer, words, template),
        PartKind.DO_NOW: lambda: _do_now(writer, words),
        PartKind.SAID: lambda: _said(writer, words),
        PartKind.RULES: lambda: _rules(words, facts),
        PartKind.COMPLAIN: lambda: writer.lines(words.complain[facts.appeal]),
    }
    parts = tuple(writer.write(kind, lines) for kind, lines in writing.items())
    writer.part = ""
    contact = tuple(writer.lines(words.contact))
    return Composed(headline, parts, contact, _easy(writer, words, headline), tuple(writer.missing))


def _values(facts: LetterFacts, template: Template, complaint_by: dt.date) -> dict[Language, dict[str, str]]:
    def shared(language: Language) -> dict[str, str]:
        return {
            "asked_for": facts.asked_for,
            "starts_on": day_in_words(facts.starts_on, language),
            "ends_on": day_in_words(facts.ends_on, language),
            "follow_up_on": day_in_words(facts.follow_up_on, language),
            "provider": facts.provider,
            "complaint_by": day_in_words(complaint_by, language),
            "authority": facts.sender.authority,
            "contact_name": facts.sender.name,
            "contact_title": facts.sender.title.lower(),
            "contact_phone": facts.sender.phone,
            "contact_hours": facts.sender.hours,
            "notice_weeks": str(facts.notice_weeks or ""),
            "can_complain": and_list([one.about for one in facts.bases if one.is_appealable], language),
            "cannot_complain": and_list([one.about for one in facts.bases if not one.is_appealable], language),
        }

    return {
        "da": shared("da") | {"help": facts.help or template.help.da, "yours": template.yours.da},
        "en": shared("en") | {"help": template.help.en, "yours": template.yours.en},
    }


def _gets(writer: _Writer, words: Fixed) -> list[Line]:
    """What was granted comes first; after a no, what can be used instead comes last."""
    facts = writer.facts
    granted = [_case(row, ITEM) for row in facts.gets]
    said = writer.lines(words.gets[facts.result])
    if facts.before:
        said += [*writer.lines([words.say["before"]]), *(_case(row, ITEM) for row in facts.before)]
    if facts.result in {Result.REFUSAL, Result.END}:
        return said + (writer.lines([words.say["instead"]]) + granted if granted else [])
    writer.needs("gets", granted)
    if any(basis.needs_purpose for basis in facts.bases):
        writer.needs("purpose", facts.purposes)
    if not facts.provider:
        said += writer.lines([words.say["first_contact"]])
    if not facts.purposes:
        return granted + said
    return [*granted, *said, *writer.lines([words.say["purpose"]]), *(_case(row, ITEM) for row in facts.purposes)]


def _because(writer: _Writer, words: Fixed, template: Template) -> list[Line]:
    facts = writer.facts
    lines = writer.lines([words.say["granted_all"]]) if facts.result == Result.FULL else []
    if facts.result != Result.FULL:
        writer.needs("facts", facts.facts)
    lines += writer.lines(template.because)
    for name, rows in (("weighed", facts.facts), ("considered", facts.considerations)):
        if rows:
            lines += [*writer.lines([words.say[name]]), *(_case(row, ITEM) for row in rows)]
    return lines + (writer.lines([words.say["reopen"]]) if facts.reopens else [])


def _do_now(writer: _Writer, words: Fixed) -> list[Line]:
    facts, say = writer.facts, words.say
    is_less = facts.result in {Result.CHANGE, Result.END}
    lines = [_step(writer, words, number, step) for number, step in enumerate(facts.steps, 1)] or writer.lines(
        [say["nothing_to_do"]]
    )
    if is_less and facts.notice_weeks:
        lines += writer.lines([say["notice"]])
    if facts.happens:
        lines += [*writer.lines([say["happens_now"]]), *(_case(row, ITEM) for row in facts.happens)]
    if facts.result in {Result.FULL, Result.PARTIAL, Result.CHANGE}:
        is_delivered = any(basis.needs_contact for basis in facts.bases)
        lines += writer.lines([say["tell_changes"], *([say["if_not_delivered"]] if is_delivered else [])])
    return lines


def _step(writer: _Writer, words: Fixed, number: int, step: Step) -> Line:
    text = step.text.rstrip(".")
    if step.by is None:
        return Line(f"{number}. {text}.", "", Origin.CASE)
    by = words.say["by"]
    day = {"da": day_in_words(step.by, "da"), "en": day_in_words(step.by, "en")}
    english = f"{number}. {text}, {by.en.format(by=day['en'])}."
    return Line(f"{number}. {text}, {by.da.format(by=day['da'])}.", english, Origin.CASE)


def _said(writer: _Writer, words: Fixed) -> list[Line]:
    """Each thing said stands with its answer. After a no there must be something said, and an answer to it: the places
    for both are shown until somebody writes them."""
    facts = writer.facts
    if facts.result != Result.FULL:
        writer.needs("said", facts.said)
        writer.needs("answer", all(row.answer for row in facts.said))
    lines: list[Line] = []
    for row in facts.said:
        lines += _answered(writer, words, row)
    if not lines and facts.result != Result.FULL:
        return _answered(writer, words, Answered(MISSING, ""))
    return lines or writer.lines([words.say["agreed"]])


def _answered(writer: _Writer, words: Fixed, row: Answered) -> list[Line]:
    """After a no the answer must be there."""
    quote = Line(f"{QUOTE}{row.words}", "", Origin.CASE, row.source)
    if not row.answer and writer.facts.result == Result.FULL:
        return [quote, *writer.lines([words.say["agreed"]])]
    ours, answer = words.say["our_answer"], row.answer or MISSING
    return [quote, Line(f"{ours.da} {answer}", f"{ours.en} {answer}", Origin.CASE, row.source)]


def _rules(words: Fixed, facts: LetterFacts) -> list[Line]:
    english = rules_in_english()
    used = words.say["rules_used"]
    lines = [Line(used.da, used.en)]
    for basis in facts.bases:
        told = english.get(basis.key)
        lines.append(Line(ITEM + basis.rule, ITEM + told if told else "", Origin.CASE))
    beside = ["tell_changes"] if facts.result in {Result.FULL, Result.PARTIAL, Result.CHANGE} else []
    beside += ["complain"] if facts.appeal != Appeal.NO else []
    return lines + [Line(ITEM + words.beside[name].da, ITEM + words.beside[name].en) for name in beside]


def _case(row: Drawn, mark: str) -> Line:
    return Line(f"{mark}{row.text}", "", Origin.CASE, row.source)


def _easy(writer: _Writer, words: Fixed, headline: Both) -> tuple[Section, ...]:
    """From the decision itself: what, from when, what to do, whom to call. Never from the prose."""
    easy, facts = words.easy, writer.facts

    def said(*keys: str) -> tuple[Both, ...]:
        return tuple(both for key in keys if (both := writer.sentence(easy[key])) is not None)

    whole = Both(f"{headline.da.split(', ')[0]}.", f"{headline.en.split(', ')[0]}.")
    first = Section(Both("", ""), (whole, *(said("partly") if facts.result == Result.PARTIAL else ())))
    gives_nothing = facts.result in {Result.REFUSAL, Result.END}
    granted = () if gives_nothing else _shortened([row.text for row in facts.gets], easy["more"])
    gets = Section(easy["gets"], (*granted, *said("starts", "ends")))
    steps = _shortened([step.text for step in facts.steps], easy["more"]) or said("nothing")
    complain = said("talk") if facts.appeal == Appeal.NO else said("complain", "complain_by")
    do_now = Section(easy["do_now"], (*steps, *complain))
    contact = Section(easy["contact"], said("call", "phone", "read"))
    return tuple(section for section in (first, gets, do_now, contact) if section.lines)


def _shortened(texts: Sequence[str], more: Both) -> tuple[Both, ...]:
    """As many lines as leave the short version on its one page; the long letter has them all."""
    room = [sum(map(len, texts[:number])) <= EASY_LETTERS for number in range(1, len(texts) + 1)]
    shown = min(sum(room), EASY_LINES)
    lines = tuple(Both(_ended(text), "") for text in texts[:shown])
    return lines if shown == len(texts) else (*lines, more)


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
