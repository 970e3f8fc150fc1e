"""The file that names the providers: a whole one is read, and each fault is refused in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import RSAKey

from samspil.web.identity.configuration import Surface, providers_from_file

STAFF = """
[[provider]]
key = "medarbejder"
label = "Log ind som medarbejder"
label_en = "Log in as staff"
surface = "staff"
issuer = "https://log-ind.example"
client_id = "samspil"
private_key_file = "key.pem"
groups_claim = "groups"
[provider.roles]
"urn:a" = "caseworker"
[provider.covering]
"urn:dk:kombit:KLE" = ["27.*"]
[provider.levels]
"urn:level:3" = "substantial"
"""
CITIZEN = """
[[provider]]
key = "mitid"
label = "Log ind med MitID"
label_en = "Log in with MitID"
surface = "citizen"
issuer = "https://mitid.example"
client_id = "samspil"
client_secret_file = "secret"
cpr_claim = "cpr"
municipality = 991
level = "high"
"""
KEY = RSAKey.generate_key(2048).as_pem(private=True).decode()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], str]:
    (tmp_path / "key.pem").write_text(KEY)
    (tmp_path / "secret").write_text("hemmeligt\n")
    (tmp_path / "empty").write_text("")

    def write(text: str) -> str:
        (tmp_path / "identity.toml").write_text(text)
        return str(tmp_path / "identity.toml")

    return write


def test_a_whole_file(written: Callable[[str], str]) -> None:
    staff, citizen = providers_from_file(written(STAFF + CITIZEN))
    assert (staff.surface, staff.level, staff.roles) == (Surface.STAFF, 2, {"urn:a": "caseworker"})
    assert staff.levels["urn:level:3"] == staff.levels["https://data.gov.dk/concept/core/nsis/Substantial"] == 2
    assert staff.algorithms == {"RS256", "PS256", "ES256"}
    assert staff.covering == {"urn:dk:kombit:KLE": frozenset({"27.*"})}
    assert (citizen.client_secret, citizen.level, citizen.municipality) == ("hemmeligt", 3, 991)


def test_a_provider_never_shows_its_key(written: Callable[[str], str]) -> None:
    shown = repr(providers_from_file(written(STAFF + CITIZEN)))
    assert KEY.splitlines()[1] not in shown
    assert "hemmeligt" not in shown


FAULTS = {
    "nothing": ("", "en eller flere"),
    "no TOML": ("[[provider", "ikke gyldig TOML"),
    "something else beside": ("a = 1\n" + STAFF, "en eller flere"),
    "no issuer": (STAFF.replace("issuer =", "# "), "issuer mangler"),
    "a misspelt word": (STAFF.replace("groups_claim", "group_claim"), "group_claim kendes ikke"),
    "a number for a text": (STAFF.replace('"samspil"', "7"), "client_id skal være tekst"),
    "plain HTTP": (STAFF.replace("https://", "http://"), "https://"),
    "a loopback without TLS": (STAFF.replace("https://log-ind.example", "http://127.0.0.1:1"), "https://"),
    "a key in the address": (STAFF.replace('"medarbejder"', '"../x"'), "key står i adresser"),
    "no way to prove who we are": (STAFF.replace("private_key_file", "# "), "private_key_file eller"),
    "two ways": (
        STAFF.replace("groups_claim", 'client_secret_file = "secret"\ngroups_claim'),
        "private_key_file eller",
    ),
    "an empty key": (STAFF.replace("key.pem", "empty"), "private_key_file eller"),
    "a key that is not there": (STAFF.replace("key.pem", "gone.pem"), "gone.pem"),
    "an unsafe algorithm": (STAFF.replace("groups_claim", 'algorithms = ["HS256"]\ngroups_claim'), "algorithms"),
    "the algorithm none": (STAFF.replace("groups_claim", 'algorithms = ["none"]\ngroups_claim'), "algorithms"),
    "an unsafe algorithm of our own": (
        STAFF.replace("issuer", 'private_key_algorithm = "HS256"\nissuer'),
        "private_key_al",
    ),
    "a level too low": (STAFF.replace("groups_claim", 'level = "low"\ngroups_claim'), "level"),
    "a level nobody knows": (STAFF.replace("groups_claim", 'level = "top"\ngroups_claim'), "sikringsniveau"),
    "no openid": (STAFF.replace("groups_claim", 'scope = "profile"\ngroups_claim'), "openid"),
    "an unknown surface": (STAFF.replace('"staff"', '"all"'), "all"),
    "staff without roles": (STAFF.replace("groups_claim", "# "), "groups_claim"),
    "staff by CPR": (STAFF.replace("groups_claim", 'cpr_claim = "cpr"\ngroups_claim'), "CPR"),
    "citizens without CPR": (CITIZEN.replace("cpr_claim", "# "), "CPR"),
    "citizens with roles": (CITIZEN + '[provider.roles]\n"urn:a" = "caseworker"\n', "ingen roller"),
    "a municipality in letters": (CITIZEN.replace("991", '"Fjordby"'), "Fjordby"),
    "the same key twice": (STAFF + STAFF.replace("samspil", "andet"), "samme key"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_refused_in_words(name: str, written: Callable[[str], str]) -> None:
    text, words = FAULTS[name]
    with pytest.raises(ImproperlyConfigured, match="SAMSPIL_IDENTITY") as refused:
        providers_from_file(written(text))
    assert words in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="kan ikke læses"):
        providers_from_file(str(tmp_path / "gone.toml"))


def test_the_example_of_the_documentation_is_a_whole_one(written: Callable[[str], str]) -> None:
    example = Path("docs/identity.example.toml").read_text("utf-8")
    for name in ("medarbejder.pem", "mitid.secret"):
        (Path(written("")).parent / name).write_text(KEY)
    assert [one.surface for one in providers_from_file(written(example))] == [Surface.STAFF, Surface.CITIZEN]
