"""Groups of rights as providers write them. What is not understood makes a group narrower, never wider."""

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.contexts.access.api import Group
from samspil.web.identity.groups import NAMESPACES, NotReadable, groups_from

CVR = "11111111"
DIGST = "http://digst.dk/oiosaml/basic_privilege_profile"
SCOPE = f"urn:dk:gov:saml:cvrNumberIdentifier:{CVR}"


def profile(inside: str, *, space: str = DIGST, before: str = "") -> str:
    whole = f'<bpp:PrivilegeList xmlns:bpp="{space}">{inside}</bpp:PrivilegeList>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?>{before}{whole}'
    return base64.b64encode(xml.encode()).decode()


def one(inside: str, scope: str = SCOPE) -> str:
    return f'<PrivilegeGroup Scope="{scope}">{inside}</PrivilegeGroup>'


@pytest.mark.parametrize("space", sorted(NAMESPACES))
def test_the_national_profile_in_both_its_namespaces(space: str) -> None:
    text = profile(
        one("<Privilege>urn:a</Privilege><Privilege> urn:b </Privilege><Constraint Name='urn:x'>1, 2</Constraint>"),
        space=space,
    )
    expected = [Group(CVR, frozenset({"urn:a", "urn:b"}), (("urn:x", frozenset({"1", "2"})),))]
    assert groups_from(text, organisation="") == expected


def test_plain_names_and_groups_of_them() -> None:
    said = ["urn:a", {"organisation": "22222222", "roles": ["urn:b"], "constraints": {"urn:x": "1,2", "urn:y": ["3"]}}]
    limits = (("urn:x", frozenset({"1", "2"})), ("urn:y", frozenset({"3"})))
    assert groups_from(said, organisation=CVR) == [
        Group(CVR, frozenset({"urn:a"})),
        Group("22222222", frozenset({"urn:b"}), limits),
    ]


UNKNOWN = ("", frozenset[str]())
ODD: dict[str, tuple[Any, list[Group]]] = {
    "a word that is no group": ([7, None], [Group("", frozenset()), Group("", frozenset())]),
    "a group with a key nobody knows": (
        [{"organisation": CVR, "roles": ["urn:a"], "until": "2027"}],
        [Group(CVR, frozenset({"urn:a"}), (UNKNOWN,))],
    ),
    "limits that are no table": (
        [{"organisation": CVR, "roles": ["urn:a"], "constraints": ["x"]}],
        [Group(CVR, frozenset({"urn:a"}), (UNKNOWN,))],
    ),
    "a limit that is a number": (
        [{"organisation": CVR, "roles": ["urn:a"], "constraints": {"urn:x": 7}}],
        [Group(CVR, frozenset({"urn:a"}), (UNKNOWN,))],
    ),
    "a role that is a number": ([{"organisation": CVR, "roles": [7]}], [Group("", frozenset())]),
    "an element nobody knows": (
        profile(one("<Privilege>urn:a</Privilege><Deny>urn:a</Deny>")),
        [Group(CVR, frozenset({"urn:a"}), (UNKNOWN,))],
    ),
    "an attribute nobody knows": (
        profile(f'<PrivilegeGroup Scope="{SCOPE}" NotAfter="2020"><Privilege>urn:a</Privilege></PrivilegeGroup>'),
        [Group(CVR, frozenset({"urn:a"}), (UNKNOWN,))],
    ),
    "a limit without a name": (
        profile(one("<Privilege>urn:a</Privilege><Constraint>1</Constraint>")),
        [Group(CVR, frozenset({"urn:a"}), (("", frozenset({"1"})),))],
    ),
    "a group without a scope": (
        profile("<PrivilegeGroup><Privilege>urn:a</Privilege></PrivilegeGroup>"),
        [Group("", frozenset({"urn:a"}))],
    ),
    "a scope with another kind of number": (
        profile(one("<Privilege>urn:a</Privilege>", scope="urn:dk:gov:saml:seNumberIdentifier:123")),
        [Group("", frozenset({"urn:a"}))],
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_not_understood_stays_as_a_limit_nobody_knows(name: str) -> None:
    said, expected = ODD[name]
    assert groups_from(said, organisation="33333333") == expected


ENTITY = '<!DOCTYPE x [<!ENTITY a "urn:a">]>'
UNREADABLE = {
    "nothing": None,
    "a number": 7,
    "no base64": "%%%",
    "no XML": base64.b64encode(b"hej").decode(),
    "half a document": profile("<PrivilegeGroup>"),
    "another namespace": profile(one(""), space="urn:andet"),
    "an entity": profile(one("<Privilege>&a;</Privilege>"), before=ENTITY),
    "an entity bomb": profile(
        one("<Privilege>&c;</Privilege>"),
        before='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    ),
    "a file": profile(
        one("<Privilege>&f;</Privilege>"), before='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    ),
    "a doctype in another encoding": base64.b64encode(
        f'<?xml version="1.0" encoding="UTF-16"?>{ENTITY}<PrivilegeList xmlns="{DIGST}"/>'.encode("utf-16")
    ).decode(),
    "too large": "A" * 200_001,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gives_no_groups(name: str) -> None:
    with pytest.raises(NotReadable):
        groups_from(UNREADABLE[name], organisation=CVR)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=500, deadline=None)
@given(said=anything | st.binary(max_size=60).map(lambda raw: base64.b64encode(raw).decode()))
def test_whatever_is_said_there_is_an_answer(said: Any) -> None:
    try:
        found = groups_from(said, organisation=CVR)
    except NotReadable:
        return
    assert all(isinstance(one, Group) for one in found)
