"""A municipality's jurist has looked at a row of the law, and stands for it; or does so no longer."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Capability
from samspil.contexts.catalogue.enums import RuleRefusal
from samspil.contexts.catalogue.models import Provision, Verification
from samspil.kernel.text import TooLong, clean
from samspil.kernel.verdict import Refused

LONGEST_NAME, LONGEST_WORDS = 120, 1_000


@transaction.atomic
def verify_rule(*, actor: Actor, at: dt.datetime, provision_id: UUID, jurist: str, words: str = "") -> None:
    """For this municipality, and for the row as it reads now. Raises Provision.DoesNotExist once it was replaced."""
    row, home = _held(actor, provision_id)
    name = _cleaned(jurist, LONGEST_NAME)
    if not name:
        raise Refused(RuleRefusal.NO_JURIST)
    _add(actor, at, row, home, jurist=name, words=_cleaned(words, LONGEST_WORDS), stands=True)


@transaction.atomic
def unverify_rule(*, actor: Actor, at: dt.datetime, provision_id: UUID, words: str = "") -> None:
    """Take the mark back; what was said stays."""
    row, home = _held(actor, provision_id)
    newest = Verification.objects.filter(provision=row, municipality=home).order_by("-at", "-id").first()
    if newest is None or not newest.stands:
        raise Refused(RuleRefusal.ALREADY_SO)
    _add(actor, at, row, home, jurist=newest.jurist, words=_cleaned(words, LONGEST_WORDS), stands=False)


def _held(actor: Actor, provision_id: UUID) -> tuple[Provision, int]:
    """The row, and the municipality that somebody speaks for."""
    actor.may(Capability.RULES_CHECK).or_raise()
    if actor.municipality is None:
        raise Refused(RuleRefusal.NO_MUNICIPALITY)
    standing = Provision.objects.filter(replaced_at__isnull=True)
    return standing.get(id=provision_id), actor.municipality


def _add(actor: Actor, at: dt.datetime, row: Provision, home: int, *, jurist: str, words: str, stands: bool) -> None:
    Verification.objects.create(
        municipality=home,
        provision=row,
        by_id=actor.user_id,
        by_name=actor.name,
        jurist=jurist,
        words=words,
        at=at,
        stands=stands,
    )
    access.record(
        actor=actor,
        at=at,
        kind="rule.verified" if stands else "rule.unverified",
        subject="rule",
        subject_id=row.id,
        data={"key": row.key, "jurist": jurist},
    )


def _cleaned(text: str, longest: int) -> str:
    try:
        return clean(text, longest)
    except TooLong as error:
        raise Refused(RuleRefusal.TOO_LONG) from error
