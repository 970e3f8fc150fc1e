"""What a log-in may use: claims ∩ local data. A token only narrows, whatever is added to it or taken from it."""

import os
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from samspil.contexts.access import rights
from samspil.contexts.access.enums import Denial, Level, Role
from samspil.contexts.access.rights import Group, LocalRole, Rights, Terms, own_rights, rights_of

EXAMPLES = int(os.environ.get("SAMSPIL_EXAMPLES", "300"))
HERE, THERE, STRANGE = "11111111", "22222222", "99999999"
OUTSIDE = [UUID(int=100 + n) for n in range(3)]
INSIDE = [UUID(int=200 + n) for n in range(3)]
PLACES = dict(zip(OUTSIDE, INSIDE, strict=True))
ORG_UNIT, KLE = "urn:dk:kombit:orgUnit", "urn:dk:kombit:KLE"
TERMS = Terms(
    roles={"rådgiver": Role.CASEWORKER, "leder": Role.TEAM_LEADER, "udfører": Role.PROVIDER_WORKER},
    covering={KLE: frozenset({"27.*"})},
)


def local(role: Role = Role.CASEWORKER, cvr: str = HERE, place: UUID | None = None, number: int = 1) -> LocalRole:
    return LocalRole(UUID(int=number), role, cvr, place, PLACES)


def group(*roles: str, cvr: str = HERE, **limits: str) -> Group:
    names = {"unit": ORG_UNIT, "kle": KLE, "other": "urn:x"}
    constraints = tuple((names[name], frozenset(value.split(","))) for name, value in limits.items())
    return Group(cvr, frozenset(roles or {"rådgiver"}), constraints)


ROWS = {
    "the role both have": (group(), local(), {UUID(int=1): None}),
    "a role the organisation has not given": (group("leder"), local(), Denial.NOT_WRITTEN_HERE),
    "a role with a name nobody knows": (group("konge"), local(), Denial.UNKNOWN_ROLE),
    "a known role beside one that nobody knows": (group("rådgiver", "konge"), local(), Denial.UNKNOWN_ROLE),
    "no role at all": (Group(HERE, frozenset()), local(), Denial.UNKNOWN_ROLE),
    "another organisation": (group(cvr=STRANGE), local(), Denial.FOREIGN_ORGANISATION),
    "no organisation": (group(cvr=""), local(cvr=""), Denial.FOREIGN_ORGANISATION),
    "an organisation where it is another role": (group("udfører"), local(), Denial.NOT_WRITTEN_HERE),
    "a limit nobody knows": (group(other="x"), local(), Denial.UNKNOWN_CONSTRAINT),
    "one unit": (group(unit=str(OUTSIDE[0])), local(), {UUID(int=1): frozenset({INSIDE[0]})}),
    "two units": (
        group(unit=f"{OUTSIDE[0]},{OUTSIDE[1]}"),
        local(place=INSIDE[1]),
        {UUID(int=1): frozenset({INSIDE[1]})},
    ),
    "a unit where the role is not": (group(unit=str(OUTSIDE[0])), local(place=INSIDE[1]), Denial.NO_SUCH_UNIT),
    "a unit nobody knows": (group(unit=str(UUID(int=9))), local(), Denial.NO_SUCH_UNIT),
    "a unit that is no id": (group(unit="Team Nord"), local(), Denial.NO_SUCH_UNIT),
    "a unit that is empty": (
        Group(HERE, frozenset({"rådgiver"}), ((ORG_UNIT, frozenset()),)),
        local(),
        Denial.NO_SUCH_UNIT,
    ),
    "a subject area that covers all": (group(kle="27.*"), local(), {UUID(int=1): None}),
    "a subject area that does not": (group(kle="27.12"), local(), Denial.LIMIT_TOO_NARROW),
}


@pytest.mark.parametrize("name", ROWS)
def test_one_group(name: str) -> None:
    said, written, expected = ROWS[name]
    got, denied = rights_of([said], [written], terms=TERMS, level=Level.SUBSTANTIAL)
    if isinstance(expected, Denial):
        assert (got, denied) == ({}, [(0, expected)])
    else:
        assert (got, denied) == (expected, [])


def test_a_low_level_gives_no_role() -> None:
    assert rights_of([group()], [local()], terms=TERMS, level=Level.LOW) == ({}, [(0, Denial.LEVEL_TOO_LOW)])
    assert own_rights([local(Role.CITIZEN)], level=Level.LOW) == {}
    assert own_rights([local(Role.CITIZEN)], level=Level.SUBSTANTIAL) == {UUID(int=1): None}


def test_a_group_that_is_denied_leaves_the_others() -> None:
    got, denied = rights_of([group(other="x"), group()], [local()], terms=TERMS, level=Level.HIGH)
    assert got == {UUID(int=1): None}
    assert denied == [(0, Denial.UNKNOWN_CONSTRAINT)]


constraints = st.one_of(
    st.tuples(st.just(ORG_UNIT), st.frozensets(st.sampled_from([*map(str, OUTSIDE), str(UUID(int=9)), "x"]))),
    st.tuples(st.just(KLE), st.frozensets(st.sampled_from(["27.*", "27.12"]))),
    st.tuples(st.sampled_from(["urn:x", ""]), st.frozensets(st.text(max_size=3), max_size=2)),
)
groups = st.builds(
    Group,
    cvr=st.sampled_from([HERE, THERE, STRANGE, ""]),
    roles=st.frozensets(st.sampled_from(["rådgiver", "leder", "udfører", "konge"]), max_size=2),
    constraints=st.lists(constraints, max_size=3).map(tuple),
)
locals_ = st.lists(
    st.builds(
        local,
        role=st.sampled_from([Role.CASEWORKER, Role.TEAM_LEADER, Role.PROVIDER_WORKER]),
        cvr=st.sampled_from([HERE, THERE, ""]),
        place=st.sampled_from([None, *INSIDE]),
        number=st.integers(1, 6),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)
levels = st.sampled_from(list(Level))


def is_within(narrow: Rights, wide: Rights) -> bool:
    return all(
        key in wide and (wide[key] is None or (within is not None and within <= wide[key]))  # type: ignore[operator]
        for key, within in narrow.items()
    )


def of(said: list[Group], written: list[LocalRole], level: Level) -> Rights:
    return rights_of(said, written, terms=TERMS, level=level)[0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(said=st.lists(groups, min_size=1, max_size=4), written=locals_, level=levels, extra=constraints, data=st.data())
def test_adding_a_limit_or_taking_a_group_away_never_widens(
    said: list[Group], written: list[LocalRole], level: Level, extra: tuple[str, frozenset[str]], data: st.DataObject
) -> None:
    before = of(said, written, level)
    which = data.draw(st.integers(0, len(said) - 1))
    limited = [replace(g, constraints=(*g.constraints, extra)) if n == which else g for n, g in enumerate(said)]
    assert is_within(of(limited, written, level), before)
    assert is_within(of(said[:which] + said[which + 1 :], written, level), before)
    assert is_within(of(said, written[1:], level), before)
    assert is_within(of(said, written, Level.LOW), {})


@settings(max_examples=EXAMPLES, deadline=None)
@given(said=st.lists(groups, max_size=4), written=locals_, level=levels)
def test_nothing_comes_that_is_not_written_here(said: list[Group], written: list[LocalRole], level: Level) -> None:
    held = {one.id: one for one in written}
    for key, within in of(said, written, level).items():
        assert within is None or within
        assert within is None or within <= frozenset(INSIDE)
        assert held[key].place is None or within is None or within == {held[key].place}


def test_the_property_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: where no place at all is taken for every place, the same comparison finds it."""
    real = rights._narrowed
    monkeypatch.setattr(rights, "_narrowed", lambda one, units: real(one, units) or None)
    written = [local()]
    found = find(
        st.tuples(groups, constraints),
        lambda pair: (
            not is_within(
                of([replace(pair[0], constraints=(*pair[0].constraints, pair[1]))], written, Level.HIGH),
                of([pair[0]], written, Level.HIGH),
            )
        ),
        settings=settings(max_examples=5000, database=None),
    )
    assert found[0].cvr == HERE
