"""Who can be picked on the demo's log-in page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samspil.contexts.access import api as accounts
from samspil.contexts.access.api import Role
from samspil.kernel.text import initials


@dataclass(frozen=True, slots=True)
class DemoPerson:
    id: UUID
    name: str
    title: str
    organisation: str
    initials: str
    picture: str
    description: str


def person(user_id: str, *, on: date) -> accounts.User | None:
    try:
        wanted = UUID(user_id)
    except ValueError:
        return None
    roles = accounts.RoleAssignment.objects.filter(user_id=wanted, user__is_active=True, runs__contains=on)
    role = roles.select_related("user").first()
    return role.user if role else None


def groups(*, on: date) -> list[tuple[str, list[DemoPerson]]]:
    """Headings with people: staff by organisation, citizens and relatives last."""
    rows = (
        accounts.RoleAssignment.objects.filter(runs__contains=on, user__is_active=True)
        .select_related("user", "organisation")
        .order_by("organisation__name", "user__name")
    )
    found: dict[str, list[DemoPerson]] = {}
    seen: set[UUID] = set()
    for row in rows:
        if row.user_id in seen:
            continue
        seen.add(row.user_id)
        is_own = row.role in {Role.CITIZEN, Role.RELATIVE}
        heading = _("Borgere og pårørende") if is_own else getattr(row.organisation, "name", "")
        found.setdefault(heading, []).append(
            DemoPerson(
                id=row.user_id,
                name=row.user.name,
                title=row.user.title or str(Role(row.role).label),
                organisation=heading,
                initials=initials(row.user.name),
                picture=row.user.picture,
                description=row.user.presentation,
            )
        )
    return list(found.items())
