"""What a caseworker writes about a case, its people and its tasks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspil.contexts.cases import api as cases
from samspil.contexts.citizens import api as citizens
from samspil.kernel import cpr as cprs
from samspil.web.components.forms import CleanText, DayField, GrowingText, Tiles
from samspil.web.shell.refusal_texts import text_of

LONG = 8000
NOBODY = ("", _("Vælg"))


class ShortText(CleanText):
    """One line of text."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**{"limit": limit, "widget": forms.TextInput(), **kwargs})


class CprField(forms.CharField):
    """A CPR number, typed with or without hyphen. Its value is the ten digits, and never shown in an error."""

    default_error_messages = {"required": _("Skriv CPR-nummeret som DDMMÅÅ-XXXX.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("CPR-nummer"), "widget": _cpr_input(), **kwargs})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return cprs.parse(text)
        except cprs.InvalidCpr as error:
            raise ValidationError(text_of(error.reason), code=error.reason.value) from error


def _cpr_input() -> forms.TextInput:
    return forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "form-input-day"})


class ReferralForm(forms.Form):
    """A first contact: as it was said, not as it is judged."""

    source = forms.ChoiceField(
        label=_("Hvor kommer henvendelsen fra?"),
        choices=[NOBODY, *cases.ReferralSource.choices],
        error_messages={"required": _("Vælg, hvor henvendelsen kommer fra")},
    )
    from_name = ShortText(limit=120, label=_("Hvem henvender sig?"), required=False)
    from_phone = ShortText(limit=30, label=_("Telefon til den, der henvender sig"), required=False)
    first_name = ShortText(
        limit=60, label=_("Borgerens fornavn"), error_messages={"required": _("Skriv borgerens fornavn")}
    )
    last_name = ShortText(
        limit=80, label=_("Borgerens efternavn"), error_messages={"required": _("Skriv borgerens efternavn")}
    )
    phone = ShortText(limit=30, label=_("Borgerens telefon"), required=False)
    cpr = CprField(required=False, help_text=_("Spring over, hvis I ikke kender det endnu."))
    area = forms.ChoiceField(
        label=_("Hvilket område?"),
        choices=cases.Area.choices,
        widget=Tiles(),
        error_messages={"required": _("Vælg et område")},
    )
    district_id = forms.ChoiceField(label=_("Distrikt"), required=False)
    about = CleanText(
        limit=LONG,
        label=_("Hvad er der sket, og hvad er der brug for?"),
        error_messages={"required": _("Skriv, hvad der er sket, og hvad der er brug for")},
    )
    citizen_words = CleanText(limit=LONG, wording="", label=_("Hvad siger borgeren selv?"), required=False)
    tried = CleanText(limit=LONG, label=_("Hvad er prøvet?"), required=False)
    worked = CleanText(limit=LONG, label=_("Hvad virkede?"), required=False)
    did_not_work = CleanText(limit=LONG, label=_("Hvad virkede ikke?"), required=False)
    citizen_agrees = forms.TypedChoiceField(
        label=_("Er borgeren med på henvendelsen?"),
        choices=[("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Det ved vi ikke"))],
        coerce={"yes": True, "no": False, "unknown": None}.get,
        error_messages={"required": _("Vælg, om borgeren er med på henvendelsen")},
        empty_value=None,
        widget=Tiles(),
    )

    def __init__(self, *args: Any, districts: Sequence[cases.DistrictChoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "district_id", [("", _("Ved vi ikke endnu")), *_of(districts)])


class ContactForm(forms.Form):
    """How the citizen wants contact (B4)."""

    form = forms.ChoiceField(label=_("Hvordan vil borgeren helst mødes?"), choices=citizens.MeetingForm.choices)
    place = ShortText(limit=120, label=_("Hvor?"), required=False, help_text=_("Fx ved havnen eller på biblioteket."))
    time_of_day = forms.ChoiceField(label=_("Hvornår på dagen?"), choices=citizens.TimeOfDay.choices)
    medium = forms.ChoiceField(label=_("Hvordan skal vi give besked?"), choices=citizens.Medium.choices)
    every_days = forms.IntegerField(
        label=_("Hvor mange dage må der højst gå mellem, at vi taler sammen?"),
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.TextInput({"inputmode": "numeric", "class": "form-input-day"}),
        error_messages={
            "invalid": _("Skriv et tal, fx 14."),
            "min_value": _("Skriv et antal dage fra 1 til 365."),
            "max_value": _("Skriv et antal dage fra 1 til 365."),
        },
    )
    words = CleanText(
        limit=300,
        wording="",
        label=_("Hvad skal vi ellers huske?"),
        required=False,
        help_text=_("Med borgerens egne ord."),
    )

    def contact(self) -> citizens.NewContact:
        found = self.cleaned_data
        return citizens.NewContact(**{name: found[name] for name in ContactForm.base_fields})


class OpenCaseForm(ContactForm):
    """A case from a referral; the contact agreement may be made now or later."""

    field_order = ["cpr", "area", "district_id", "coordinator_id", "form"]
    cpr = CprField()
    area = forms.ChoiceField(
        label=_("Hvilket område?"),
        choices=cases.Area.choices,
        widget=Tiles(),
        error_messages={"required": _("Vælg et område")},
    )
    district_id = forms.ChoiceField(label=_("Distrikt"))
    coordinator_id = forms.ChoiceField(label=_("Hvem er borgerens rådgiver?"))

    CASE = ("cpr", "area", "district_id", "coordinator_id")
    NEEDED = {
        "form": _("Vælg, hvordan borgeren helst vil mødes"),
        "time_of_day": _("Vælg, hvornår på dagen"),
        "medium": _("Vælg, hvordan vi giver besked"),
    }

    def __init__(
        self,
        *args: Any,
        districts: Sequence[cases.DistrictChoice],
        colleagues: Sequence[Any],
        has_cpr: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "district_id", [NOBODY, *_of(districts)])
        _choices(self, "coordinator_id", [NOBODY, *_of(colleagues)])
        for name in self.NEEDED:
            self.fields[name].required = False
            _choices(self, name, [("", _("Vi aftaler det senere")), *ContactForm.base_fields[name].choices])  # type: ignore[attr-defined]
        if has_cpr:
            del self.fields["cpr"]

    def clean(self) -> dict[str, Any]:
        """Either the whole agreement or none of it: half an agreement is nobody's wish."""
        found = super().clean() or self.cleaned_data
        if self.has_contact:
            for name, sentence in self.NEEDED.items():
                if not found.get(name):
                    self.add_error(name, sentence)
        return found

    @property
    def has_contact(self) -> bool:
        return any(self.data.get(name, "").strip() for name in ContactForm.base_fields)

    @property
    def case_fields(self) -> list[Any]:
        return [self[name] for name in self.CASE if name in self.fields]

    @property
    def contact_fields(self) -> list[Any]:
        return [self[name] for name in ContactForm.base_fields]


class AdviseForm(forms.Form):
    outcome = CleanText(
        limit=LONG,
        label=_("Hvad blev I enige om?"),
        error_messages={"required": _("Skriv, hvad I blev enige om")},
    )


class TaskForm(forms.Form):
    text = CleanText(limit=400, label=_("Hvad skal gøres?"), widget=GrowingText(rows=2))
    owner = forms.ChoiceField(label=_("Hvem gør det?"), error_messages={"required": _("Vælg, hvem der gør det.")})
    due_on = DayField(label=_("Hvornår?"), help_text=_("Fx i morgen, torsdag eller 26.11."))

    def __init__(self, *args: Any, people: Sequence[cases.PersonOfCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"{n}-{person.name}": person for n, person in enumerate(people)}
        named = [(key, f"{person.name} ({person.role_words})") for key, person in self.people.items()]
        _choices(self, "owner", [NOBODY, *named])

    @property
    def promised_by(self) -> cases.PersonOfCase:
        return self.people[self.cleaned_data["owner"]]


class RelationForm(forms.Form):
    name = ShortText(limit=120, label=_("Navn"))
    kind = forms.ChoiceField(label=_("Hvem er det for borgeren?"), choices=[NOBODY, *citizens.RelationKind.choices])
    phone = ShortText(limit=30, label=_("Telefon"), required=False)


class ReachForm(forms.Form):
    phone = ShortText(limit=30, label=_("Telefon"), required=False)
    email = ShortText(limit=120, label=_("E-mail"), required=False)
    address = ShortText(limit=200, label=_("Adresse"), required=False)
    postcode = ShortText(limit=10, label=_("Postnummer"), required=False)
    town = ShortText(limit=80, label=_("By"), required=False)
    is_address_protected = forms.BooleanField(label=_("Adressen er beskyttet"), required=False)

    PLACE = ("address", "postcode", "town")

    def __init__(self, *args: Any, is_protected: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_protected:
            self.fields["address"].help_text = _("Adressen er beskyttet og står her ikke. Skriv kun, hvis den er ny.")


class HandOverForm(forms.Form):
    coordinator_id = forms.ChoiceField(label=_("Hvem er borgerens rådgiver?"))
    district_id = forms.ChoiceField(label=_("Distrikt"))
    follow_up_on = DayField(label=_("Hvornår følger vi op?"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, districts: Sequence[cases.DistrictChoice], colleagues: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "district_id", [NOBODY, *_of(districts)])
        _choices(self, "coordinator_id", [NOBODY, *_of(colleagues)])


def _of(rows: Sequence[Any]) -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in rows]


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
