"""A file that is no order is refused in a sentence, and leaves nothing behind."""

import contextlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspil.contexts.access.api import Organisation
from samspil.contexts.cases.api import Case
from samspil.contexts.citizens.api import Citizen
from samspil.contexts.orders.api import Order
from samspil.exchange.ffb_order import message as messages
from samspil.exchange.ffb_order import taking_over
from samspil.exchange.ffb_order.message import Unreadable
from samspil.exchange.ffb_order.order import understand
from samspil.exchange.ffb_order.taking_over import import_order
from samspil.exchange.ffb_order.values import Codes
from tests.cast import NOW
from tests.exchange.conftest import EXAMPLE, resource


def understood(content):
    return understand(messages.read(content), on=NOW.date(), codes=Codes(lambda code: None))


def state():
    models = (Order, Case, Citizen, Organisation)
    return tuple(model.objects.count() for model in models)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen er tom."),
        (b" \n", "Filen er tom."),
        (b'{"resourceType": "Bundle",\n "type": ', "kan ikke læse videre fra linje 2"),
        (b"\xff\xfe\x00", "ikke skrevet i UTF-8"),
        (b"[1, 2]", "ikke en FHIR-besked"),
        (b"null", "ikke en FHIR-besked"),
        (b'{"resourceType": "Patient"}', "ikke en FHIR-besked"),
        (b'{"resourceType": "Bundle", "type": "transaction", "entry": []}', "af typen “transaction”"),
        (b'{"resourceType": "Bundle", "type": "message"}', "Beskeden er tom"),
        (b'{"resourceType": "Bundle", "type": "message", "entry": [{}]}', "en af dens dele mangler"),
        (b'{"resourceType": "Bundle", "type": "message", "entry": "x"}', "Beskeden er tom"),
        (b"[" * 100_000, "flere lag"),
        (b'{"resourceType": "Bundle", "type": "message", "entry": [{"resource": {"resourceType": "Patient"}}]}',
         "mangler sit hoved"),
    ],
)  # fmt: skip
def test_what_is_no_message(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        understood(content)


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (lambda b: resource(b, "MessageHeader")["eventCoding"].update(code="x"), "af arten “x”"),
        (lambda b: resource(b, "MessageHeader").pop("eventCoding"), "af arten “ukendt”"),
        (lambda b: resource(b, "Patient").pop("identifier"), "ikke noget CPR-nummer"),
        (lambda b: resource(b, "Patient")["identifier"][0].update(value="12"), "er ikke et CPR-nummer"),
        (lambda b: resource(b, "Patient")["identifier"][0].update(value="9913991234"), "er ikke et CPR-nummer"),
        (lambda b: resource(b, "Patient").pop("name"), "ikke noget navn"),
        (lambda b: b.pop("timestamp"), "mangler sit tidspunkt"),
        (lambda b: b.update(timestamp="i går"), "mangler sit tidspunkt"),
        (lambda b: resource(b, "CarePlan").pop("extension"), "hvilken kommune"),
        (lambda b: resource(b, "CarePlan")["extension"][0]["valueCoding"].update(code="Gentofte"), "hvilken kommune"),
        (
            lambda b: resource(b, "CarePlan").update(subject={"reference": "Patient/x"}) or _no_patient(b),
            "hvem borgeren",
        ),
        (
            lambda b: b.update(entry=[e for e in b["entry"] if e["resource"]["resourceType"] != "Goal"]),
            "hverken formål",
        ),
        (
            lambda b: b.update(entry=[e for e in b["entry"] if e["resource"]["resourceType"] != "CarePlan"]),
            "selve best",
        ),
    ],
)
def test_what_lacks_the_needful(changed, alter, sentence):
    with pytest.raises(Unreadable, match=sentence):
        understood(changed(alter))


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (lambda b: resource(b, "Patient").pop("identifier"), "ikke noget CPR-nummer"),
        (lambda b: resource(b, "Organization", 1).update(name="Et andet sted"), "“Et andet sted”.*Bostedet Lillested"),
        (lambda b: resource(b, "Organization", 1).pop("name"), "ikke, hvem den er til"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(lillested, changed, alter, sentence):
    before = state()
    with pytest.raises(Unreadable, match=sentence):
        import_order(changed(alter), at=NOW)
    assert state() == before


def _no_patient(bundle):
    bundle["entry"] = [e for e in bundle["entry"] if e["resource"]["resourceType"] != "Patient"]


def test_the_number_never_stands_in_the_sentence(changed):
    with pytest.raises(Unreadable) as error:
        understood(changed(lambda b: resource(b, "Patient")["identifier"][0].update(value="3113991234")))
    assert "3113" not in str(error.value)


def test_all_of_it_or_nothing(lillested, example, monkeypatch):
    def break_down(**_):
        raise RuntimeError("the power went")

    monkeypatch.setattr(taking_over.orders, "receive_order", break_down)
    before = state()
    with pytest.raises(RuntimeError):
        import_order(example, at=NOW)
    assert state() == before


def test_without_code_lists_it_says_what_to_do_first(cast, example):
    with pytest.raises(Unreadable, match="load_catalogue"):
        import_order(example, at=NOW)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JUNK = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8)  # noqa: E501  # fmt: skip


def junked(data):
    """The example with one of its places replaced by junk."""
    bundle = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    place = bundle["entry"][data.draw(st.integers(0, len(bundle["entry"]) - 1))]["resource"]
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = keys[data.draw(st.integers(0, len(keys) - 1))]
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(JUNK)
            return json.dumps(bundle).encode()
        place = place[key]


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_may_be_anything(data):
    """It is read, or refused in words. Never another exception."""
    with contextlib.suppress(Unreadable):
        understood(junked(data))


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_read_can_be_written(lillested, data):
    with transaction.atomic():
        with contextlib.suppress(Unreadable):
            import_order(junked(data), at=NOW)
        transaction.set_rollback(True)


def test_what_nobody_can_see_is_left_out_of_names_and_values(lillested, changed):
    message = changed(lambda b: resource(b, "Patient").update({"a\x00b\ud800": "x\x00y\u200b"}))
    assert (
        "Om borgeren står også: ab = xy. Det har Samspil ikke et felt til."
        in import_order(message, at=NOW).not_taken_over
    )


def run(file: Path, **options: str) -> str:
    out = io.StringIO()
    call_command("import_order", str(file), stdout=out, **options)
    return out.getvalue()


def test_the_command_says_what_it_did_and_what_it_could_not(lillested):
    said = run(EXAMPLE)
    assert "Bestillingen på Christian Christiansen ligger nu i indbakken hos Bostedet Lillested (sag 26-0001)." in said
    assert "- Kontonummer til betaling" in said


def test_the_command_can_name_another_provider(lillested):
    assert "hos Bostøtte Nord" in run(EXAMPLE, provider="bostøtte nord")
    order = Order.objects.get(source="ffb-message")
    assert order.unit is None


def test_a_team_can_be_named_too(lillested):
    run(EXAMPLE, provider="Team Havn")
    assert Order.objects.get(source="ffb-message").unit.name == "Team Havn"


def test_the_command_fails_with_a_sentence(lillested, tmp_path):
    with pytest.raises(CommandError, match="kan ikke åbnes: den findes ikke"):
        run(tmp_path / "findes-ikke.json")
    with pytest.raises(CommandError, match="kan ikke åbnes: det er en mappe"):
        run(tmp_path)
    broken = tmp_path / "halv.json"
    broken.write_bytes(EXAMPLE.read_bytes()[:5000])
    with pytest.raises(CommandError, match=r"Filen er ikke hel.*Der er ikke læst noget ind"):
        run(broken)
    run(EXAMPLE)
    with pytest.raises(CommandError, match=r"Beskeden er læst ind før\. Der er ikke læst noget ind"):
        run(EXAMPLE)


def test_a_file_of_fifty_megabytes_is_not_read(lillested, tmp_path):
    huge = tmp_path / "stor.json"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(CommandError, match="fylder 50 MB, og en bestilling fylder højst 20 MB"):
        run(huge)
    with pytest.raises(Unreadable, match="fylder 50 MB"):
        messages.read(b" " * 50_000_000)


def test_a_message_with_a_million_values_is_not_read():
    many = {"resourceType": "Bundle", "type": "message", "entry": [{"resource": {"a": [1] * 60_000}}]}
    with pytest.raises(Unreadable, match="flere oplysninger"):
        messages.read(json.dumps(many).encode())
