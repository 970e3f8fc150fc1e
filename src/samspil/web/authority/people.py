"""Who is with: the citizen, those around, those who help, and how it all began."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samspil.contexts.access.api import Actor, Side
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.kernel import clock
from samspil.web.authority.forms_sight import AddressForm
from samspil.web.authority.frame import CaseFrame, case_frame
from samspil.web.citizen.granting import PersonCard, cards


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`cpr` is empty unless somebody asked to see it; `wishes` has the agreements before the present one."""

    frame: CaseFrame
    reach: citizens.Reach
    address_form: Any
    """None for those who may not see a protected address."""
    cpr: str
    coordinator: cases.PersonOfCase | None
    contacts: tuple[cases.PersonOfCase, ...]
    providers: tuple[cases.ProviderOfCase, ...]
    referrals: tuple[cases.ReferralView, ...]
    earlier: tuple[citizens.ContactWish, ...]
    may_protect: bool
    access: tuple[PersonCard, ...]


def people_page(
    actor: Actor, case_id: UUID, *, cpr: str = "", address_shown: bool = False, address_form: AddressForm | None = None
) -> PeoplePage:
    """Raises Case.DoesNotExist for those without business in the case."""
    frame = case_frame(actor, case_id, tab="people")
    may_see = cases.may_see_address(actor, case_id, frame.case.coordinator_id)
    people = cases.people_of_case(actor, case_id, case=frame.case, relations=frame.relations)
    return PeoplePage(
        frame=frame,
        reach=citizens.reach_of(frame.case.citizen_id, is_needed=address_shown and bool(may_see)),
        address_form=(address_form or AddressForm()) if may_see else None,
        cpr=cpr,
        coordinator=next((person for person in people if person.side == Side.AUTHORITY), None),
        contacts=tuple(person for person in people if person.side == Side.PROVIDER),
        providers=cases.providers_of(actor, case_id),
        referrals=cases.referrals_of(actor, case_id),
        earlier=citizens.contact_wishes(frame.case.citizen_id)[1:],
        may_protect=bool(cases.may_protect(actor, frame.case.id, frame.case.coordinator_id)),
        access=cards(citizens.people_with_access(actor, frame.case.citizen_id, now=clock.now())),
    )
