"""How a townsperson comes to the municipality: the referral, the case, the agreement on contact, the people around."""

import datetime as dt
from uuid import UUID

from samspil.contexts.access import api as access
from samspil.contexts.access.api import Actor, Role
from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.jobs.demo.content import Contact, Form
from samspil.jobs.demo.letting_in import let_in
from samspil.jobs.demo.life import Agenda, Life, user_of
from samspil.jobs.demo.people import Incoming
from samspil.jobs.demo.townspeople import user_names

AREAS = {"adult": cases.Area.ADULT_DISABILITY, "elder": cases.Area.ELDER_CARE}
FORMS: dict[Form, citizens.MeetingForm] = {
    "home": citizens.MeetingForm.HOME,
    "office": citizens.MeetingForm.OFFICE,
    "walk": citizens.MeetingForm.WALK,
    "video": citizens.MeetingForm.VIDEO,
    "phone": citizens.MeetingForm.PHONE,
    "elsewhere": citizens.MeetingForm.LIBRARY,
}
_TIMES = {
    "morning": citizens.TimeOfDay.MORNING,
    "midday": citizens.TimeOfDay.AFTERNOON,
    "afternoon": citizens.TimeOfDay.AFTERNOON,
    "evening": citizens.TimeOfDay.EVENING,
    "any": citizens.TimeOfDay.ANY,
}
_MEDIA = {
    "sms": citizens.Medium.TEXT_MESSAGE,
    "phone": citizens.Medium.CALL,
    "letter": citizens.Medium.LETTER,
    "video": citizens.Medium.VIDEO,
    "email": citizens.Medium.LETTER,
    "in_person": citizens.Medium.CALL,
    "relative": citizens.Medium.CALL,
}
_KINDS = {
    "mor": citizens.RelationKind.MOTHER,
    "far": citizens.RelationKind.FATHER,
    "søster": citizens.RelationKind.SISTER,
    "bror": citizens.RelationKind.BROTHER,
    "kone": citizens.RelationKind.SPOUSE,
    "mand": citizens.RelationKind.SPOUSE,
    "kæreste": citizens.RelationKind.PARTNER,
    "datter": citizens.RelationKind.CHILD,
    "søn": citizens.RelationKind.CHILD,
    "veninde": citizens.RelationKind.FRIEND,
    "ven": citizens.RelationKind.FRIEND,
    "værge": citizens.RelationKind.GUARDIAN,
}
_HOUR = dt.timedelta(hours=1)


def plan_arrival(life: Life, agenda: Agenda) -> None:
    """Put the referral on the agenda, and the case that it becomes unless it still waits."""
    story = life.story
    received_at = life.past(story.referral.ago, "9.05")
    if life.stage == "enquiry" and life.townsperson.number % 2:
        agenda.add(received_at, lambda at: _ring_up(life, at))
        return
    agenda.add(received_at, lambda at: _receive(life, agenda, at))
    if life.stage != "enquiry":
        first_note = max((note.ago for note in story.notes), default=story.referral.ago)
        opened_at = max(
            received_at + _HOUR,
            min(life.past(story.referral.ago - 2, "13.00"), life.past(first_note, "8.30")),
        )
        life.opened_at = opened_at


def _receive(life: Life, agenda: Agenda, at: dt.datetime) -> None:
    story, townsperson = life.story, life.townsperson
    by_itself = story.referral.source == "self"
    referral_id = cases.receive_referral(
        actor=life.as_caseworker(at),
        at=at,
        source=story.referral.source,
        area=AREAS[story.area],
        first_name=townsperson.first_name,
        last_name=townsperson.last_name,
        about=life.tell(story.referral.wants),
        citizen_words=life.tell(story.referral.words),
        tried=life.tell(story.referral.tried),
        worked=life.tell(story.referral.worked),
        did_not_work=life.tell(story.referral.did_not_work),
        citizen_agrees=True,
        from_name=life.tell(story.referral.who)[:120],
        from_phone=townsperson.phone if by_itself else "20 12 38 10",
        phone=townsperson.phone,
        cpr=townsperson.cpr,
        district_id=life.home.district,
    )
    if life.opened_at:
        agenda.add(life.opened_at, lambda at: _open(life, at, referral_id))


def _ring_up(life: Life, at: dt.datetime) -> None:
    """A townsperson who rings is written down at once: a case that nobody has begun on."""
    _write_down(life, at)
    life.case_id = cases.start_case(
        actor=life.as_caseworker(at),
        at=at,
        citizen_id=life.citizen,
        area=AREAS[life.story.area],
        coordinator_id=life.town.actors[life.caseworker].user_id,
        district_id=life.home.district,
        status=cases.CaseStatus.ENQUIRY,
    )


def _write_down(life: Life, at: dt.datetime) -> None:
    townsperson = life.townsperson
    life.citizen_id = citizens.add_citizen(
        actor=life.as_caseworker(at),
        at=at,
        first_name=townsperson.first_name,
        last_name=townsperson.last_name,
        cpr=townsperson.cpr,
        district_id=life.home.district,
        phone=townsperson.phone,
        address=townsperson.address,
        postcode=townsperson.postcode,
        town=townsperson.town,
        is_address_protected=townsperson.is_address_protected,
    )


def _open(life: Life, at: dt.datetime, referral_id: UUID) -> None:
    story, townsperson, actor = life.story, life.townsperson, life.as_caseworker(at)
    life.case_id = cases.open_case(
        actor=actor,
        at=at,
        referral_id=referral_id,
        coordinator_id=user_of(actor),
        area=AREAS[story.area],
        district_id=life.home.district,
        contact=_contact(life, story.contact),
    )
    life.citizen_id = cases.case_facts(actor, life.case).citizen_id
    citizens.change_reach(
        actor=actor,
        at=at,
        citizen_id=life.citizen,
        address=townsperson.address,
        postcode=townsperson.postcode,
        town=townsperson.town,
        is_address_protected=townsperson.is_address_protected,
    )
    if townsperson.has_log_in:
        life.user_id = _user(life, townsperson.name, Role.CITIZEN, at)
    if story.relative:
        may_see = bool(story.relative.may_see)
        if townsperson.has_log_in and may_see and story.cast.relative and life.copy == 0:
            life.relative_user_id = _user(life, townsperson.relative, Role.RELATIVE, at)
        relation_id = citizens.add_relation(
            actor=actor,
            at=at,
            citizen_id=life.citizen,
            name=townsperson.relative,
            kind=_KINDS.get(story.relative.relation, citizens.RelationKind.OTHER),
            phone=townsperson.relative_phone,
            user_id=life.relative_user_id,
        )
        if may_see:
            let_in(life, relation_id, story.relative, at)


def _contact(life: Life, contact: Contact) -> citizens.NewContact:
    return citizens.NewContact(
        form=FORMS[contact.form],
        time_of_day=_TIMES[contact.time_of_day],
        medium=_MEDIA[contact.medium],
        place=life.tell(contact.place),
        every_days=contact.every_days,
        words=life.tell(contact.words),
    )


def _user(life: Life, name: str, role: Role, at: dt.datetime) -> UUID:
    """Somebody who logs in to their own room, or to the room of the citizen they are close to."""
    user = access.User(username=next(user_names([name])), name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    access.RoleAssignment.objects.create(
        user=user,
        role=role,
        organisation_id=life.town.organisations[life.home.organisation],
        citizen_id=life.citizen,
        runs=(at.date(), None),
    )
    return user.id


def receive_incoming(actor: Actor, at: dt.datetime, item: Incoming, *, district_id: UUID | None, cpr: str) -> None:
    """A fresh referral that nobody has opened yet."""
    first, _, last = item.name.partition(" ")
    cases.receive_referral(
        actor=actor,
        at=at,
        source=item.source,
        area=AREAS[item.area],
        first_name=first,
        last_name=last,
        about=f"{item.wants.tell(0, {})} {item.contact.tell(0, {})}",
        citizen_words=item.words.tell(0, {}).strip("“”"),
        tried=item.tried.tell(0, {}),
        worked=item.worked.tell(0, {}),
        did_not_work=item.did_not_work.tell(0, {}),
        citizen_agrees=item.source != "gp",
        from_name=item.who.tell(0, {}),
        from_phone="20 12 38 20",
        cpr=cpr,
        district_id=district_id,
    )
