"""Where a refusal is said: at the field it is about, or above the form. What was typed stays."""

from collections.abc import Callable, Mapping
from enum import Enum

from django import forms

from samspil.kernel.verdict import Refused
from samspil.web.shell.refusal_texts import text_of

PutAtField = Callable[[forms.BaseForm, Refused], None]


def placing(fields: Mapping[Enum, str]) -> PutAtField:
    """A way to say refusals, given the field that each is about."""

    def put_at_field(form: forms.BaseForm, refusal: Refused) -> None:
        wanted = fields.get(refusal.reason)
        form.add_error(wanted if wanted in form.fields else None, text_of(refusal.reason))

    return put_at_field


above_form = placing({})


def carries_out(form: forms.BaseForm, call: Callable[[], object], put_at_field: PutAtField = above_form) -> bool:
    """Whether what the form asks for was done. If not, what stands in the way is said in the form."""
    if not form.is_valid():
        return False
    try:
        call()
    except Refused as refusal:
        put_at_field(form, refusal)
        return False
    return True
