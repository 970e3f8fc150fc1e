"""Who sees what, as one table: the ways into a case, and what of a case each way leads to.

Whoever may see or do something has a role with the capability (access/rules.py; the pages name it in `@access`), AND a
way into the case (WAYS), AND nothing that closes the way (its limits), AND comes for something that the way serves
(its purpose, or `also`), AND sees that kind of row (ROWS). The querysets
say in SQL what a word here means, and nothing else: `visible_to` reads the table. docs/generated/permissions.md is made
of it, tests/sight holds every address against it, and tests/sight/oracle.py says the same once more, from the law.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from samspil.contexts.access.api import Capability, Purpose, Side
from samspil.contexts.citizens.api import Scope


class Tie(StrEnum):
    """What binds somebody to a case."""

    AREA = "area"
    """The case lies in the municipality, and in one of the districts of the role when it names any."""
    EMERGENCY = "emergency"
    """Opened for an hour, and still open."""
    PART = "part"
    """The organisation takes part today: as a whole, or with one of the person's teams."""
    ORDER = "order"
    """An order for the organisation, or one of the person's teams, waits for an answer or runs."""
    SELF = "self"
    GRANT = "grant"
    """The citizen, or the law, lets the person see it: a grant and a relation that both run today."""


class Limit(StrEnum):
    """What closes a way. All of a way's limits must be kept."""

    HOME = "home"
    """The actor's own municipality."""
    CLEARANCE = "clearance"
    """The case is no more sensitive than the role is cleared for."""
    LIST = "list"
    """A restricted case is for its coordinator and for those listed, by name or by team."""
    FAMILY = "family"
    """Not oneself, no relative, nobody one has said to know privately."""
    COLLEAGUE = "colleague"
    """Nobody who works in the same organisation, but for the one whom the case needs (`Way.needs`)."""


class Needed(StrEnum):
    """Who works with a colleague's case all the same, since somebody must."""

    COORDINATOR = "coordinator"
    CONTACT = "contact"
    CONTACT_OR_LEADER = "contact_or_leader"
    """The contact of the order; while there is none, the provider's leaders."""


@dataclass(frozen=True, slots=True)
class Way:
    side: Side
    tie: Tie
    purpose: Purpose
    source: str
    limits: tuple[Limit, ...] = ()
    needs: Needed | None = None
    also: frozenset[Purpose] = frozenset()
    """What pages that are for something else than the side comes for may be for, and still be reached this way."""

    def serves(self, other: Purpose | None) -> bool:
        """Whether the way leads to a page that is for this; None when it is for what the side comes for."""
        return other is None or other in {self.purpose, *self.also}


WAYS = (
    Way(
        Side.AUTHORITY, Tie.AREA, Purpose.CASEWORK, "forvaltningsloven §§ 3, 6, 32; GDPR art. 32",
        (Limit.HOME, Limit.LIST, Limit.CLEARANCE, Limit.FAMILY, Limit.COLLEAGUE), Needed.COORDINATOR,
        frozenset({Purpose.EMERGENCY, Purpose.PROTECTION, Purpose.CONTROL, Purpose.ADMINISTRATION}),
    ),
    Way(
        Side.AUTHORITY, Tie.EMERGENCY, Purpose.EMERGENCY, "GDPR art. 6 (1) d and 32; ADR 90",
        (Limit.HOME,),
    ),
    Way(
        Side.PROVIDER, Tie.PART, Purpose.DELIVERY, "retssikkerhedsloven § 43; forvaltningsloven §§ 3, 27-29, 32",
        (Limit.FAMILY, Limit.COLLEAGUE), Needed.CONTACT,
    ),
    Way(Side.CITIZEN, Tie.SELF, Purpose.OWN, "forvaltningsloven § 9; GDPR art. 15"),
    Way(Side.RELATIVE, Tie.GRANT, Purpose.SUPPORT, "forvaltningsloven §§ 8, 28; lov 618/2016; værgemålsloven"),
)  # fmt: skip
"""Into a case. A side that stands here twice has two ways in. An emergency is for looking after the citizen: it leads
to no page that says who may see the case, checks others or leads their work."""

ORDER_WAY = Way(
    Side.PROVIDER, Tie.ORDER, Purpose.DELIVERY, "forvaltningsloven §§ 3, 27-29, 32; serviceloven § 90",
    (Limit.FAMILY, Limit.COLLEAGUE), Needed.CONTACT_OR_LEADER,
)  # fmt: skip
"""A provider's way to an order, before it takes part in the case. All others see orders through the case."""


class Cut(StrEnum):
    """What is left out of rows that are otherwise seen."""

    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    """What professionals keep from the citizen for now, and what follows from it."""
    OTHERS_NOTES = "others_notes"
    """Notes of others that are not marked as meant for the provider."""
    OTHERS_DRAFTS = "others_drafts"
    UNASKED = "unasked"
    """The questions before a meeting, when a relative is not let answer them."""
    UNTOLD = "untold"
    """Decisions that the citizen has not been told, and what follows from them."""
    UNHEARD = "unheard"
    """What others have said, until the citizen has been asked about it."""
    PLANNED = "planned"
    """Help that a draft would grant."""
    OTHERS_REQUESTS = "others_requests"
    """What others asked to see: a representative sees the own, and the citizen not what strangers asked for."""
    BEYOND_THE_CASE = "beyond_the_case"
    """A first contact in another district, or one that has become a case the actor does not see."""


_ALL = frozenset({Side.CITIZEN, Side.RELATIVE, Side.AUTHORITY, Side.PROVIDER})
_STAFF = frozenset({Side.AUTHORITY, Side.PROVIDER})
_AUTHORITY = frozenset({Side.AUTHORITY})
_CITIZENS = frozenset({Side.CITIZEN, Side.RELATIVE})


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of row. `through` is the key of what must be seen for it to be seen.

    A relative needs a grant that holds `scope`; without one the kind is not for relatives.
    """

    through: str
    sides: frozenset[Side] = _ALL
    scope: Scope | None = None
    cuts: Mapping[Cut, frozenset[Side]] = field(default_factory=dict)
    capability: Capability | None = None
    purpose: Purpose | None = None
    """When it is another than that of the way to the case."""

    def is_for(self, side: Side) -> bool:
        return side in self.sides and (side != Side.RELATIVE or self.scope is not None)

    def cuts_for(self, side: Side) -> tuple[Cut, ...]:
        return tuple(cut for cut, sides in self.cuts.items() if side in sides)


_MEETING = Row("meeting__case", scope=Scope.MEETINGS)
_ORDER = Row("order", scope=Scope.PLAN)
_PLAN = Row("case", scope=Scope.PLAN)
_EXAMINED = Row("case", sides=_AUTHORITY)
_DECIDED = frozenset({Side.CITIZEN, Side.AUTHORITY})
_UNTOLD = {Cut.UNTOLD: _CITIZENS}
_TOLD = Row("case", sides=_ALL - {Side.PROVIDER}, scope=Scope.DECISIONS, cuts=_UNTOLD)
_HEARD = Row("case", sides=_ALL - {Side.PROVIDER}, scope=Scope.DECISIONS, cuts={Cut.UNHEARD: _CITIZENS})
_DISCLOSED = Row("file_request", sides=_ALL - {Side.PROVIDER}, scope=Scope.LETTERS)
_FEEDBACK = Row("case", sides=frozenset({Side.CITIZEN, Side.AUTHORITY}))

ROWS: dict[str, Row] = {
    "cases.participation": Row("case", scope=Scope.HELPERS),
    "cases.listing": Row("case", sides=_AUTHORITY),
    "cases.task": Row("case", scope=Scope.AGREEMENTS, cuts={Cut.HIDDEN: _CITIZENS}),
    "cases.referral": Row("municipality", sides=_AUTHORITY, cuts={Cut.BEYOND_THE_CASE: _AUTHORITY}),
    "deadlines.deadline": Row(
        "case", sides=frozenset({Side.CITIZEN, Side.AUTHORITY}), cuts={Cut.HIDDEN: frozenset({Side.CITIZEN})}
    ),
    "deadlines.deadlinechange": Row("case", sides=_AUTHORITY),
    "decisions.adjustment": _TOLD,
    "decisions.complaint": _TOLD,
    "decisions.coverage": _EXAMINED,
    "decisions.criterion": _EXAMINED,
    "decisions.decidedneed": _EXAMINED,
    "decisions.decision": _TOLD,
    "decisions.delimitation": _EXAMINED,
    "decisions.fact": _HEARD,
    "decisions.funnelstep": _EXAMINED,
    "decisions.grant": Row(
        "case", sides=_ALL - {Side.PROVIDER}, scope=Scope.DECISIONS, cuts={Cut.PLANNED: _ALL, **_UNTOLD}
    ),
    "decisions.hearing": _HEARD,
    "decisions.need": _EXAMINED,
    "decisions.remittedpoint": Row("case", sides=_DECIDED, cuts=_UNTOLD),
    "disclosure.accesscomplaint": _DISCLOSED,
    "disclosure.disclosedpaper": _DISCLOSED,
    "disclosure.filerequest": Row(
        "case", sides=_ALL - {Side.PROVIDER}, scope=Scope.LETTERS, cuts={Cut.OTHERS_REQUESTS: _CITIZENS}
    ),
    "disclosure.mask": Row("file_request", sides=_AUTHORITY),
    "disputes.dispute": Row("case", sides=_DECIDED, cuts={Cut.HIDDEN: frozenset({Side.CITIZEN})}),
    "disputes.disputestep": _EXAMINED,
    "goals.purpose": _PLAN,
    "goals.goal": _PLAN,
    "goals.rating": _PLAN,
    "goals.planversion": _PLAN,
    "notes.note": Row(
        "case",
        scope=Scope.NOTES,
        cuts={Cut.WITHDRAWN: _ALL, Cut.OTHERS_NOTES: frozenset({Side.PROVIDER})},
    ),
    "notes.segment": Row("note", scope=Scope.NOTES, cuts={Cut.HIDDEN: _CITIZENS}),
    "meetings.meeting": Row("case", scope=Scope.MEETINGS),
    "meetings.attendee": _MEETING,
    "meetings.agendapoint": _MEETING,
    "meetings.preparation": Row("meeting__case", scope=Scope.MEETINGS, cuts={Cut.UNASKED: frozenset({Side.RELATIVE})}),
    "meetings.card": _MEETING,
    "meetings.scaleanswer": _MEETING,
    "meetings.boardstep": _MEETING,
    "meetings.boardpicture": _MEETING,
    "meetings.checklistitem": _MEETING,
    "feedback.invitation": _FEEDBACK,
    "feedback.meetingfeedback": _FEEDBACK,
    "feedback.changemade": _FEEDBACK,
    "feedback.letterfeedback": _FEEDBACK,
    "letters.letter": Row(
        "case", sides=_ALL - {Side.PROVIDER}, scope=Scope.LETTERS, cuts={Cut.OTHERS_DRAFTS: _CITIZENS}
    ),
    "letters.letterdocument": Row("letter", sides=_ALL - {Side.PROVIDER}, scope=Scope.LETTERS),
    "letters.dispatch": Row("letter", sides=_AUTHORITY),
    "letters.forwardedpackage": Row("case", sides=_AUTHORITY),
    "orders.order": Row("case", scope=Scope.PLAN),
    "orders.ordergoal": _ORDER,
    "orders.statusnote": Row("order", scope=Scope.PLAN, cuts={Cut.OTHERS_DRAFTS: _ALL - {Side.PROVIDER}}),
    "orders.statuspart": Row("status_note", scope=Scope.PLAN),
    "orders.question": Row("order", sides=_STAFF),
    "review.reviewitem": Row(
        "municipality", sides=_AUTHORITY, capability=Capability.LOG_REVIEW, purpose=Purpose.CONTROL
    ),
}
"""By the label of the model. A case itself is seen through WAYS, by a relative with any grant."""


def ways_of(side: Side) -> tuple[Way, ...]:
    return tuple(way for way in WAYS if way.side == side)


CASE_ROW = "cases.case"
KEYS: dict[str, str] = {
    "case_id": CASE_ROW,
    "deadline_id": "deadlines.deadline",
    "dispatch_id": "letters.dispatch",
    "complaint_id": "decisions.complaint",
    "decision_id": "decisions.decision",
    "dispute_id": "disputes.dispute",
    "fact_id": "decisions.fact",
    "file_request_id": "disclosure.filerequest",
    "mask_id": "disclosure.mask",
    "feedback_id": "feedback.meetingfeedback",
    "given_id": "decisions.grant",
    "goal_id": "goals.goal",
    "grant_id": CASE_ROW,
    "hearing_id": "decisions.hearing",
    "item_id": "meetings.checklistitem",
    "letter_id": "letters.letter",
    "meeting_id": "meetings.meeting",
    "need_id": "decisions.need",
    "note_id": "notes.note",
    "order_id": "orders.order",
    "part_id": "orders.statuspart",
    "plan_id": "goals.planversion",
    "planned_id": "decisions.grant",
    "point_id": "decisions.remittedpoint",
    "question_id": "orders.question",
    "referral_id": "cases.referral",
    "relation_id": CASE_ROW,
    "review_id": "review.reviewitem",
    "segment_id": "notes.segment",
    "status_note_id": "orders.statusnote",
    "task_id": "cases.task",
}
"""What a key in an address is the key of: whoever does not see that row gets the answer for no row at all. Grants and
relations hang on the citizen and are seen by those who see the case."""
OWN_KEYS: dict[str, str] = {
    "citizen_id": "whom a relative acts for: one of those who let the person in",
    "emergency_id": "an emergency access to be reviewed: leaders of the district, whether or not they see the case",
    "key": "a draft of the person's own; somebody else's has the same name and is never found",
    "provision_id": "a row of the law, the same for everybody who may check it",
    "provider_key": "an identity provider",
    "token": "an invitation without log-in, once",
    "user_id": "somebody who has looked at the citizen's own case",
}
"""Keys of what is no part of a case, and whose they are."""
