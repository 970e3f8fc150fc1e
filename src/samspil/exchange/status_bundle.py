"""A sent status note as a FHIR document, for systems that cannot open Samspil.

No standard message carries a provider's status to the authority (kl-ffb-messaging 1.0.0 knows the order alone), so
this is a document of our own making, built of KL Core 1.2.0 profiles where there is one that fits: the assessment of
a goal is its `outcomeCode` with the provider as informer, a change is a matter of interest under its FFB theme. For
an imported order the citizen, the goals and the order keep the names they had in the message, so that the receiver
can put the answers where the questions came from. The CPR number is not repeated.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.utils.html import escape

from samspil.contexts.access.api import Actor
from samspil.contexts.goals.api import GoalView
from samspil.contexts.orders import api as orders
from samspil.contexts.orders.api import PartKind, PartView, StatusNoteView

CORE = "http://fhir.kl.dk/core/StructureDefinition/"
TERM = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes"
FFB = "urn:oid:1.2.208.176.2.22"
_INFORMER = {
    "url": f"{CORE}MatterOfInterestInformer",
    "valueCodeableConcept": {
        "coding": [{"system": TERM, "code": "f00a6844-1005-401d-965d-1c5859df7beb", "display": "Udfører"}]
    },
}
_GOAL = {"system": TERM, "code": "0bb3daef-538d-45dc-b444-abdbcb63f6bc", "display": "FFB indsatsmål"}
_LIFE = {"proposed": "proposed", "active": "active", "paused": "on-hold", "reached": "completed", "ended": "cancelled"}
Resource = dict[str, Any]


def status_bundle(actor: Actor, status_note_id: UUID) -> Resource:
    """The document of a status note that has been sent. Raises StatusNote.DoesNotExist, also for a draft."""
    note = orders.status_note(actor, status_note_id)
    if note.line.sent_at is None:
        raise orders.StatusNote.DoesNotExist
    names = _Names(orders.source_ids(actor, note.line.order_id), note)
    goals = [_goal(part.goal, part.text, names) for part in note.parts if part.goal is not None]
    goals += [_goal(goal, "", names) for goal in note.proposals if goal.id not in names.told]
    observations = [_observation(part, names, note.line.sent_at) for part in note.parts if _is_told(part)]
    observations.append(_recommendation(note, names, note.line.sent_at))
    resources = [_composition(note, names, goals, observations), _patient(note, names), _organisation(note, names)]
    return {
        "resourceType": "Bundle",
        "id": str(status_note_id),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{status_note_id}"},
        "type": "document",
        "timestamp": note.line.sent_at.isoformat(),
        "entry": [
            {"fullUrl": _address(resource["id"]), "resource": resource}
            for resource in [*resources, *goals, *observations]
        ],
    }


def _address(name: str) -> str:
    """An absolute address, also for an id of a message that is no UUID."""
    try:
        return UUID(name).urn
    except ValueError:
        return f"urn:samspil:{name}"


class _Names:
    """What things are called: as in the order message when there was one, otherwise by our own ids."""

    def __init__(self, source: dict[str, Any], note: StatusNoteView) -> None:
        self.message = str(source.get("bundle", ""))
        self._patient = str(source.get("patient", "")).rpartition("/")[2]
        self._goals = {UUID(ours): str(theirs) for ours, theirs in source.get("goals", {}).items()}
        self.note_id, self.citizen_id = note.line.id, note.line.citizen_id
        self.told = {part.goal.id for part in note.parts if part.goal is not None}

    @property
    def patient(self) -> str:
        return self._patient or str(self.citizen_id)

    def goal(self, goal: GoalView) -> str:
        for one in (goal.id, *goal.earlier_ids):
            if one in self._goals:
                return self._goals[one].rpartition("/")[2]
        return str(goal.id)

    def of(self, number: int) -> str:
        """An id for something that has none: the note's own, counted on."""
        return str(UUID(int=(self.note_id.int + number) % (1 << 128)))

    @property
    def organisation(self) -> str:
        return self.of(2)

    def refer(self, name: str) -> dict[str, str]:
        return {"reference": _address(name)}


def _composition(note: StatusNoteView, names: _Names, goals: list[Resource], observations: list[Resource]) -> Resource:
    sent_at = note.line.sent_at
    assert sent_at is not None  # noqa: S101 (checked by the caller)
    told = {goal["id"]: goal for goal in goals}
    sections = [
        _section(goal["description"]["text"], [outcome["text"] for outcome in goal.get("outcomeCode", [])], goal, names)
        for goal in told.values()
    ]
    sections += [
        _section(one["code"].get("text") or one["code"]["coding"][0]["display"], [_said(one)], one, names)
        for one in observations
    ]
    composition: Resource = {
        "resourceType": "Composition",
        "id": names.of(1),
        "status": "final",
        "type": {"text": "Statusnotat"},
        "subject": names.refer(names.patient),
        "date": sent_at.isoformat(),
        "author": [names.refer(names.organisation)],
        "title": f"Statusnotat fra {note.line.provider_name}",
        "section": sections,
    }
    if names.message:
        answered = {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{names.message}"}
        composition["relatesTo"] = [{"code": "appends", "targetIdentifier": answered}]
    return composition


def _section(title: str, lines: list[str], resource: Resource, names: _Names) -> Resource:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for text in lines for line in text.split("\n")) or "<p>-</p>"
    return {
        "title": title,
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs}</div>'},
        "entry": [names.refer(resource["id"])],
    }


def _patient(note: StatusNoteView, names: _Names) -> Resource:
    given, _, family = note.line.citizen_name.rpartition(" ")
    return {"resourceType": "Patient", "id": names.patient, "name": [{"family": family, "given": given.split()}]}


def _organisation(note: StatusNoteView, names: _Names) -> Resource:
    return {
        "resourceType": "Organization",
        "id": names.organisation,
        "meta": {"profile": [f"{CORE}KLCommonOrganization"]},
        "name": note.line.provider_name,
    }


def _goal(goal: GoalView, assessment: str, names: _Names) -> Resource:
    made: Resource = {
        "resourceType": "Goal",
        "id": names.goal(goal),
        "meta": {"profile": [f"{CORE}KLCommonCareSocialFFBGoal"]},
        "lifecycleStatus": _LIFE[goal.status],
        "category": [{"coding": [_GOAL]}],
        "description": {"text": goal.wording or goal.title},
        "subject": names.refer(names.patient),
    }
    targets = [
        _target("90c48f03-f194-4b2f-ad7d-6cba1069ae48", goal.goal_type, goal.goal_type_words),
        _target("66959f77-6e2a-4574-8423-3ff097f8b9fa", goal.expected_level, goal.expected_level_words),
    ]
    if any(targets):
        made["target"] = [target for target in targets if target]
    if goal.latest:
        made["note"] = [
            {"time": mark.at.isoformat(), "text": f"{mark.by_name}: {mark.value} af 10. {mark.words}".strip()}
            for mark in goal.latest
        ]
    if assessment:
        made["outcomeCode"] = [{"extension": [_INFORMER], "text": assessment}]
    return made


def _target(measure: str, code: str, display: str) -> Resource | None:
    if not code:
        return None
    return {
        "measure": {"coding": [{"system": TERM, "code": measure}]},
        "detailCodeableConcept": {"coding": [{"system": FFB, "code": code, "display": display}]},
    }


def _is_told(part: PartView) -> bool:
    return part.kind != PartKind.GOAL and bool(part.text.strip())


def _observation(part: PartView, names: _Names, at: dt.datetime) -> Resource:
    """A change under its FFB theme; what lies under none has only words for a code, and so no profile."""
    heading = {PartKind.REMARKS: "Bemærkninger fra udfører"}.get(PartKind(part.kind), "Andre ændringer")
    made = _said_by_provider(str(part.id), part.text, names, at)
    if not part.theme_code:
        return made | {"code": {"text": heading}}
    return made | {
        "meta": {"profile": [f"{CORE}KLCommonCareSocialMatterOfInterest"]},
        "extension": [_INFORMER],
        "code": {"coding": [{"system": FFB, "code": part.theme_code, "display": part.heading}]},
    }


def _recommendation(note: StatusNoteView, names: _Names, at: dt.datetime) -> Resource:
    said = ". ".join(filter(None, [note.line.recommended, note.recommendation_words]))
    return _said_by_provider(names.of(3), said, names, at) | {"code": {"text": "Udførers anbefaling"}}


def _said_by_provider(name: str, text: str, names: _Names, at: dt.datetime) -> Resource:
    return {
        "resourceType": "Observation",
        "id": name,
        "status": "final",
        "subject": names.refer(names.patient),
        "effectiveDateTime": at.isoformat(),
        "performer": [names.refer(names.organisation)],
        "valueCodeableConcept": {"text": text},
    }


def _said(observation: Resource) -> str:
    return str(observation["valueCodeableConcept"]["text"])
