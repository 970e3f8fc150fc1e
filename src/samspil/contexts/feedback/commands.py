"""Invite to the three questions, take the answers once, and say what was changed because of them."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.feedback import rules
from samspil.contexts.feedback.enums import Answer, Channel, FeedbackRefusal
from samspil.contexts.feedback.models import ChangeMade, Invitation, LetterFeedback, MeetingFeedback
from samspil.kernel.verdict import ALLOWED, Verdict

TOKEN_SIGNS = 40


@dataclass(frozen=True, slots=True)
class Answers:
    """One `enums.Answer` for each question, and words of one's own."""

    was_ok: str
    talked_enough: str
    something_different: str
    words: str = ""


@transaction.atomic
def invite(*, actor: Actor, at: dt.datetime, case_id: UUID, meeting_id: UUID, key: UUID) -> str:
    """Make a one-time link for the citizen's own phone; returns the token, of which only the hash is kept.

    The same `key` of the same person makes the same link, so a form that is sent again makes no second one.
    """
    actor.may(Capability.MEETING_CLOSE).or_raise()
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    told = f"{actor.user_id}:{meeting_id}:{key}"
    token = salted_hmac("samspil.feedback-link", told, algorithm="sha256").hexdigest()[:TOKEN_SIGNS]
    _, is_new = Invitation.objects.get_or_create(
        token_sha256=_hash(token),
        defaults={
            "municipality": case.municipality,
            "case": case,
            "meeting_id": meeting_id,
            "made_at": at,
            "expires_at": at + rules.LINK_LASTS,
        },
    )
    if is_new:
        access.record(
            actor=actor, at=at, kind="feedback.invited", case_id=case.id, subject="meeting", subject_id=meeting_id
        )
    return token


@transaction.atomic
def answer(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    meeting_id: UUID,
    meeting_on: dt.date,
    answers: Answers,
    channel: str,
) -> UUID:
    """Keep the answers given on the tablet, in the citizen's room or typed from paper. One set per meeting."""
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    held = ALLOWED if meeting_on <= at.date() else Verdict(FeedbackRefusal.MEETING_NOT_HELD)
    (actor.may(Capability.FEEDBACK_GIVE) & held).or_raise()
    return _keep(actor, at, case, meeting_id, meeting_on, answers, channel)


@transaction.atomic
def answer_by_token(*, actor: Actor, at: dt.datetime, token: str, meeting_on: dt.date, answers: Answers) -> UUID:
    """Keep the answers that came through the one-time link. Raises Invitation.DoesNotExist for a made-up token and
    Refused for one that is used or too old."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("case")
    invitation = rows.get(token_sha256=_hash(token))
    rules.may_use_link(used_at=invitation.used_at, expires_at=invitation.expires_at, now=at).or_raise()
    Invitation.objects.filter(id=invitation.id).update(used_at=at)
    return _keep(actor, at, invitation.case, invitation.meeting_id, meeting_on, answers, Channel.LINK)


def _keep(
    actor: Actor,
    at: dt.datetime,
    case: cases.Case,
    meeting_id: UUID,
    meeting_on: dt.date,
    answers: Answers,
    channel: str,
) -> UUID:
    feedback, is_new = MeetingFeedback.objects.get_or_create(
        meeting_id=meeting_id,
        defaults={
            "municipality": case.municipality,
            "case": case,
            "meeting_on": meeting_on,
            "was_ok": answers.was_ok,
            "talked_enough": answers.talked_enough,
            "something_different": answers.something_different,
            "words": answers.words,
            "channel": channel,
            "typed_by_name": actor.name if actor.side == Side.AUTHORITY and channel == Channel.PAPER else "",
            "at": at,
        },
    )
    if not is_new:
        Verdict(FeedbackRefusal.ALREADY_ANSWERED).or_raise()
    if rules.talk_about_it(was_ok=answers.was_ok, talked_enough=answers.talked_enough):
        _promise_to_talk(actor, at, case, feedback)
    access.record(
        actor=actor,
        at=at,
        kind="feedback.given",
        case_id=case.id,
        subject="meeting",
        subject_id=meeting_id,
        municipality=case.municipality,
    )
    return feedback.id


def _promise_to_talk(actor: Actor, at: dt.datetime, case: cases.Case, feedback: MeetingFeedback) -> None:
    text = f"Tal med {case.citizen.first_name} om mødet. Der blev svaret nej."
    _promise(actor, at, case, text, source_id=feedback.id)


def _promise(actor: Actor, at: dt.datetime, case: cases.Case, text: str, *, source_id: UUID) -> None:
    coordinator = case.coordinator
    cases.add_task(
        actor=actor,
        at=at,
        case_id=case.id,
        text=text,
        owner_name=coordinator.name if coordinator else "Rådgiver",
        owner_id=case.coordinator_id,
        owner_side=Side.AUTHORITY,
        due_on=rules.talk_by(at.date()),
        source="feedback",
        source_id=source_id,
    )


@transaction.atomic
def answer_letter(
    *,
    actor: Actor,
    at: dt.datetime,
    case_id: UUID,
    letter_id: UUID,
    template: str,
    told: str,
    in_own_words: str = "",
) -> UUID:
    """Keep whether a letter told its reader what was decided. Once per letter; anything but a yes makes a task to ring.

    The caller has found the letter among those the actor may read.
    """
    case = cases.Case.objects.visible_to(actor).get(id=case_id)
    actor.may(Capability.FEEDBACK_GIVE).or_raise()
    row, is_new = LetterFeedback.objects.get_or_create(
        letter_id=letter_id,
        defaults={
            "municipality": case.municipality,
            "case": case,
            "template": template,
            "told": Answer(told),
            "in_own_words": in_own_words,
            "at": at,
        },
    )
    if not is_new:
        Verdict(FeedbackRefusal.LETTER_ANSWERED).or_raise()
    if rules.talk_about_letter(told):
        text = f"Ring til {case.citizen.first_name} om brevet. Det sagde ikke tydeligt, hvad der er besluttet."
        _promise(actor, at, case, text, source_id=row.id)
    access.record(
        actor=actor,
        at=at,
        kind="feedback.letter_answered",
        case_id=case.id,
        subject="letter",
        subject_id=letter_id,
        municipality=case.municipality,
    )
    return row.id


@transaction.atomic
def say_what_changed(*, actor: Actor, at: dt.datetime, feedback_id: UUID, text: str) -> UUID:
    """Tell the citizen what was changed because of the answers."""
    actor.may(Capability.FEEDBACK_READ).or_raise()
    feedback = MeetingFeedback.objects.visible_to(actor).get(id=feedback_id)
    change = ChangeMade.objects.create(
        municipality=feedback.municipality,
        case_id=feedback.case_id,
        feedback=feedback,
        text=text,
        by_id=actor.person_id,
        by_name=actor.name,
        at=at,
    )
    access.record(
        actor=actor,
        at=at,
        kind="feedback.answered",
        case_id=feedback.case_id,
        subject="feedback",
        subject_id=feedback_id,
    )
    return change.id


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
