"""Rules, words and verbs as data: read once, chosen by date, extended by a municipality.

Raises `BadOverlay` when a municipality's file cannot be understood.
"""

import csv
import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from samspil.klartjek.inflection import Verb, irregular, weak
from samspil.klartjek.phrases import Phrase, Phrases
from samspil.klartjek.report import Severity


class BadOverlay(ValueError):
    """The message says in Danish what to mend."""


@dataclass(frozen=True, slots=True)
class Rule:
    code: str
    title: str
    severity: Severity
    kinds: frozenset[str]
    quiet_in: frozenset[str]
    weight: int
    limits: Mapping[str, int]
    reason: str
    suggestion: str
    source: str
    valid_from: dt.date = dt.date.min
    valid_to: dt.date = dt.date.max

    def is_valid(self, on: dt.date) -> bool:
        return self.valid_from <= on < self.valid_to


@dataclass(frozen=True, slots=True)
class Word:
    """A row of words.csv: what to say instead, or how to explain it. `near` are beginnings of words.

    `rule` is another than R11 where a municipality adds to another rule's list.
    """

    term: str
    plain: str
    action: str
    source: str
    forms: str = ""
    near: tuple[str, ...] = ()
    exact: bool = False
    note: str = ""
    register: str = ""
    place: str = ""
    rule: str = "R11"
    valid_from: dt.date = dt.date.min
    valid_to: dt.date = dt.date.max

    def is_valid(self, on: dt.date) -> bool:
        return self.valid_from <= on < self.valid_to


@dataclass(frozen=True, slots=True)
class Overlay:
    """A municipality's own words and rules. `silent` are terms and rules it does not want to hear of."""

    name: str
    words: tuple[Word, ...] = ()
    silent: frozenset[str] = frozenset()
    limits: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Rulebook:
    """All that holds on one day in one municipality."""

    rules: Mapping[str, Rule]
    phrases: Phrases
    protected: Phrases
    verbs: Mapping[str, Verb]
    participles: Mapping[str, Verb]
    abbreviations: frozenset[str]
    language: Mapping[str, Any]
    letter: Mapping[str, Any]
    headings: Mapping[str, str]
    lists: Mapping[str, frozenset[str]] = field(repr=False)


ACTIONS = ("swap", "rewrite", "explain", "expand", "remove", "keep")
EXTENSIBLE = ("R10", "R11", "R12", "R13", "R16", "R17", "B14")
_DATA = files("samspil.klartjek") / "data"


def rulebook(on: dt.date, overlays: tuple[Overlay, ...] = ()) -> Rulebook:
    """The rules of a day. Validity changes on few days, so that the books of most days are one and the same."""
    dated: list[Word | Rule] = [*_all_words(overlays), *_rules(overlays).values()]
    changes = [day for one in dated for day in (one.valid_from, one.valid_to)]
    return _rulebook(max((day for day in changes if day <= on), default=dt.date.min), overlays)


@lru_cache(maxsize=32)
def _rulebook(on: dt.date, overlays: tuple[Overlay, ...]) -> Rulebook:
    language, letter, verbs = _toml("language"), _toml("letter"), _toml("verbs")
    words = [word for word in _all_words(overlays) if word.is_valid(on)]
    silent = frozenset(term for overlay in overlays for term in overlay.silent)
    by_term = {word.term: word for word in words if word.term not in silent}  # what comes later, stands
    written_out = dict(language["abbreviations"]) | {
        word.term: word.plain.split(" -> ")[-1] for word in by_term.values() if word.action == "expand"
    }
    abbreviations = frozenset(written_out) | frozenset(language["abbreviations_kept"].split())
    known = list(_all_verbs(verbs))
    never = frozenset(verbs["never_passive"].split())
    return Rulebook(
        rules={code: rule for code, rule in _rules(overlays).items() if code not in silent and rule.is_valid(on)},
        phrases=Phrases(_phrases(by_term.values(), written_out, language), abbreviations),
        protected=Phrases(_protected(on), abbreviations),
        verbs={passive: verb for verb in known for passive in verb.passives if passive not in never},
        participles={verb.participle: verb for verb in known if verb.participle},
        abbreviations=abbreviations,
        language=language,
        letter=letter,
        headings={name.lower(): part for part, names in letter["headings"].items() for name in names},
        lists=_lists(language, verbs),
    )


def read_overlay(path: Path) -> Overlay:
    """A municipality's TOML file: `[[words]]` with term, plain, action and source, `silent = […]`, `[limits.R01]`."""
    try:
        return overlay_of(tomllib.loads(path.read_text(encoding="utf-8")), name=path.stem)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOverlay(f"{path.name} kan ikke læses: {error}") from error


def overlay_of(data: Mapping[str, Any], *, name: str) -> Overlay:
    rules = _toml("rules")
    limits = data.get("limits", {})
    for code, values in limits.items():
        for key, value in values.items():
            if key not in rules.get(code, {}).get("limits", {}) or type(value) is not int or value < 0:
                raise BadOverlay(f"{name}: grænsen {key} for {code} findes ikke eller er ikke et tal.")
    return Overlay(
        name,
        tuple(_own_word(row, name) for row in data.get("words", ())),
        frozenset(data.get("silent", ())),
        tuple((code, key, value) for code, values in limits.items() for key, value in values.items()),
    )


def _own_word(row: Mapping[str, Any], name: str) -> Word:
    missing = [key for key in ("term", "plain", "source") if not str(row.get(key, "")).strip()]
    if missing:
        raise BadOverlay(f"{name}: et ord mangler {', '.join(missing)}.")
    if row.get("action", "swap") not in ACTIONS:
        raise BadOverlay(f"{name}: »{row['term']}« har en handling, som ikke findes: {row['action']}.")
    if row.get("rule", "R11") not in EXTENSIBLE:
        raise BadOverlay(f"{name}: »{row['term']}« hører til en regel, som ikke har ord: {row['rule']}.")
    return _word({**{key: str(value) for key, value in row.items()}})


def _word(row: Mapping[str, str]) -> Word:
    return Word(
        term=row["term"],
        plain=row["plain"],
        action=row.get("action") or "swap",
        source=row["source"],
        forms=row.get("forms", ""),
        near=tuple(row.get("near", "").split()),
        exact=bool(row.get("case", "")),
        note=row.get("note", ""),
        register=row.get("register", ""),
        place=row.get("place", ""),
        rule=row.get("rule") or "R11",
        valid_from=dt.date.fromisoformat(row["valid_from"]) if row.get("valid_from") else dt.date.min,
        valid_to=dt.date.fromisoformat(row["valid_to"]) if row.get("valid_to") else dt.date.max,
    )


def _all_words(overlays: tuple[Overlay, ...]) -> list[Word]:
    return [*_own_list(), *(word for overlay in overlays for word in overlay.words)]


@lru_cache(maxsize=1)
def _own_list() -> tuple[Word, ...]:
    return tuple(_word(row) for row in _csv("words"))


def title_of(code: str) -> str:
    """What a rule is called; the code itself when there is no such rule any more."""
    return str(_toml("rules").get(code, {}).get("title", code))


@lru_cache(maxsize=32)
def _rules(overlays: tuple[Overlay, ...]) -> Mapping[str, Rule]:
    rules = {
        code: Rule(
            code,
            row["title"],
            Severity(row.get("severity", "suggestion")),
            frozenset(row["kinds"]),
            frozenset(row.get("quiet_in", ())),
            row["weight"],
            row.get("limits", {}),
            row["reason"],
            row["suggestion"],
            row["source"],
            row.get("valid_from", dt.date.min),
            row.get("valid_to", dt.date.max),
        )
        for code, row in _toml("rules").items()
    }
    for overlay in overlays:
        for code, key, value in overlay.limits:
            rules[code] = replace(rules[code], limits={**rules[code].limits, key: value})
    return rules


def _phrases(words: Iterable[Word], written_out: Mapping[str, str], language: Mapping[str, Any]) -> list[Phrase]:
    """Phrases of the language rules first: of two of the same length the first wins."""
    sources = {code: row["source"] for code, row in _toml("rules").items()}
    own = [
        Phrase("R13", term, "Skriv »du«.", note=note, source=sources["R13"])
        for term, note in language["addressee"].items()
    ]
    own += [Phrase("R16", term, "", source=sources["R16"]) for term in language["fog"]["phrases"]]
    own += [Phrase("R17", term, "", source=sources["R17"]) for term in language["vague_time"]["phrases"]]
    own += [
        Phrase("B14", tone["term"], tone["plain"], pattern=tone.get("forms", ""), source=tone["source"])
        for tone in _toml("tone")["phrases"]
    ]
    own += [
        Phrase("R10", term, "", source=sources["R10"])
        for kind in ("words", "phrases")
        for term in language["legal"][kind]
    ]
    own += [Phrase("R12", term, plain, source=sources["R12"]) for term, plain in written_out.items()]
    return own + [
        Phrase(
            word.rule,
            word.term,
            word.plain,
            word.action,
            note=word.note,
            source=word.source,
            near=word.near,
            pattern=word.forms,
            exact=word.exact,
            register=word.register,
            place=word.place,
        )
        for word in words
        if word.action not in ("keep", "expand")
    ]


def _protected(on: dt.date) -> list[Phrase]:
    words = [_word({**row, "plain": row["explanation"]}) for row in _csv("protected")]
    return [
        Phrase("R11", word.term, word.plain, "explain", source=word.source, pattern=word.forms)
        for word in words
        if word.is_valid(on)
    ]


def _all_verbs(verbs: Mapping[str, str]) -> Iterable[Verb]:
    yield from (weak(verb, "ede") for verb in verbs["ede"].split())
    yield from (weak(verb, "te") for verb in verbs["te"].split())
    yield from (irregular(line) for line in verbs["irregular"].strip().splitlines())


def _lists(language: Mapping[str, Any], verbs: Mapping[str, str]) -> dict[str, frozenset[str]]:
    nouns, learned = language["nouns"], language["learned"]
    tails = nouns["tails"]
    return {
        "plain nouns": frozenset(noun + tail for noun in nouns["plain"].split() for tail in tails)
        | frozenset(
            noun[:-1] + tail for noun in nouns["plain"].split() if noun.endswith("e") for tail in ("er", "erne")
        ),
        "light verbs": frozenset(language["buried"]["verbs"].split()),
        "harmless": frozenset(learned["harmless"]),
        "capitals": frozenset(learned["capitals_known"]),
        "not participles": frozenset(verbs["not_participles"].split()),
        "done by the reader": frozenset(verbs["done_by_the_reader"].split()),
        "known long": frozenset(language["long_words"]["known"]),
    }


@lru_cache(maxsize=8)
def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _csv(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
