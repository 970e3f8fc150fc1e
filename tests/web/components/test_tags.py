"""What the components say, to eyes and to screen readers."""

import datetime as dt
from enum import Enum
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from samspil.contexts.access.api import NotAllowed
from samspil.contexts.notes.enums import SegmentKind
from samspil.kernel.verdict import ALLOWED, Verdict
from samspil.web.components.forms import DayField, Tiles
from samspil.web.components.shapes import Lane, Link, Step, Stone, Voice
from samspil.web.components.tags import case, citizen


def render(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


@pytest.mark.parametrize(
    "wrong",
    [
        "{% ui_alert kindd='info' %}x{% end_ui_alert %}",
        "{% ui_alert %}x{% end_ui_alert %}",
        "{% ui_table caption='x' %}x{% end_ui_table %}",
        "{% ui_status 'I gang' %}",
        "{% ui_button %}",
        "{% ui_card 'Mål' %}x{% end_ui_card %}",
    ],
)
def test_a_misspelt_or_missing_argument_fails_when_the_template_compiles(wrong: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(wrong)


@pytest.mark.parametrize(
    "wrong", ["{% ui_chip 'gossip' %}", "{% ui_status 'x' kind='red' %}", "{% ui_pictogram 'x' %}"]
)
def test_an_unknown_kind_fails_loudly(wrong: str) -> None:
    with pytest.raises(KeyError):
        render(wrong)


@pytest.mark.parametrize(
    "template",
    [
        "{% ui_button x %}",
        "{% ui_link_button x '#' %}",
        "{% ui_card heading=x %}{% end_ui_card %}",
        "{% ui_quote x source=x %}",
        "{% ui_segment kind='wish' text=x hidden_because=x %}{% end_ui_segment %}",
        "{% ui_person name=x title=x phone=x hours=x %}{% end_ui_person %}",
        "{% ui_citizen_head name=x facts=xs alerts=xs %}{% end_ui_citizen_head %}",
        "{% ui_board_card text=x byline=x %}{% end_ui_board_card %}",
        "{% ui_meter voices %}",
        "{% ui_steps steps %}",
        "{% ui_path stones %}",
        "{% ui_lanes lanes %}",
        "{% ui_tabs links label=x %}{% ui_breadcrumb links %}",
        "{% ui_table caption=x heads=xs %}{% end_ui_table %}",
        "{% ui_faces 'a' x %}{% ui_scale 'b' x %}",
    ],
)
def test_what_people_write_stays_text(template: str) -> None:
    bad = "<script>alert(1)</script>"
    html = render(
        template,
        x=bad,
        xs=[bad],
        voices=[Voice(bad, 3)],
        steps=[Step(bad, bad)],
        stones=[Stone(bad, "bus", "now", bad)],
        lanes=[Lane(bad, 0, 50, label=bad)],
        links=[Link(bad, "#"), Link(bad, "#")],
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_an_action_is_a_button_or_words_with_the_reason() -> None:
    template = "{% ui_action verdict 'Tag imod' url='/a/' %}"
    assert '<a class="button button-secondary" href="/a/">' in render(template, verdict=ALLOWED)
    refused = render(template, verdict=Verdict(NotAllowed.NOT_YOUR_ROLE))
    assert "Det kan kun en kollega med en anden rolle gøre." in refused
    assert "button" not in refused
    assert "disabled" not in refused


def test_a_refusal_without_a_sentence_is_a_bug() -> None:
    class Odd(Enum):
        REASON = "reason"

    with pytest.raises(KeyError):
        render("{% ui_action verdict 'Gem' %}", verdict=Verdict(Odd.REASON))


def test_a_posting_button_is_guarded_against_forgery_and_double_sending() -> None:
    html = render("{% ui_post_button 'Fortryd' '/fortryd/' %}", csrf_token="abc")
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert 'name="form_key"' in html
    assert "data-samspil-once" in html


def test_every_kind_of_segment_has_a_chip() -> None:
    assert set(case.SEGMENTS) == set(SegmentKind.values)
    assert {str(word) for _mark, word in case.SEGMENTS.values()} == {str(kind.label) for kind in SegmentKind}


def test_two_voices_are_shown_and_never_averaged() -> None:
    html = render("{% ui_meter voices %}", voices=[Voice("Bostøtten", 6), Voice("Karla", 7)])
    assert html.count("is-filled") == 6
    assert html.count("is-second") == 1
    assert "Bostøtten siger 6. Karla siger 7." in html
    assert "6,5" not in html


def test_a_voice_that_was_not_asked_says_so() -> None:
    assert "Ingen har svaret endnu." in render("{% ui_meter voices %}", voices=[Voice("Karla", None)])
    nought = render("{% ui_meter voices %}", voices=[Voice("Karla", 0)])
    assert "Karla siger 0." in nought
    assert "is-filled" not in nought


def test_whose_turn_is_said_in_words_too() -> None:
    html = render("{% ui_lanes lanes %}", lanes=[Lane("Karla", 0, 20), Lane("Bostøtte", 40, 60, True, "4 dage")])
    assert 'aria-label="venter"' in html
    assert 'aria-label="har turen nu 4 dage"' in html
    assert "style=" not in html


def test_the_citizens_words_get_their_quotation_marks_once() -> None:
    for said in ("Jeg vil synge", "“Jeg vil synge”", '"Jeg vil synge"'):
        assert "<blockquote>“Jeg vil synge”</blockquote>" in render("{% ui_quote said %}", said=said)


@pytest.mark.usefixtures("frozen_time")
@pytest.mark.parametrize(
    ("days", "words", "mark"),
    [(-3, "for 3 dage siden, lørdag den", " is-late"), (0, "i dag, ", " is-soon"), (1, "i morgen, ", " is-soon")],
)
def test_a_deadline_has_both_distance_and_date(days: int, words: str, mark: str) -> None:
    from samspil.kernel import clock

    html = render("{% ui_deadline day %}", day=clock.today() + dt.timedelta(days=days))
    assert words.split(",")[0] + ", " in html
    assert f'class="deadline{mark}"' in html
    assert " den " in html


def test_dates_have_no_leading_zeros_and_times_a_dot() -> None:
    from samspil.kernel import clock

    assert ">12.3.2026<" in render("{% ui_date day %}", day=dt.date(2026, 3, 12))
    assert "torsdag den 12. marts" in render("{% ui_date day style='long' %}", day=dt.date(2026, 3, 12))
    moment = dt.datetime(2026, 3, 12, 9, 30, tzinfo=clock.DENMARK)
    assert "torsdag den 12. marts kl. 09.30" in render("{% ui_moment m %}", m=moment)
    assert render("{% ui_date day %}", day=None) == ""


def test_a_picture_has_one_meaning_and_its_word() -> None:
    table = citizen.pictograms()
    assert len({row["file"] for row in table.values()}) == len(table) >= 65
    assert "<span>Bus</span>" in render("{% ui_pictogram 'bus' %}")
    with translation.override("en"):
        assert "<span>Morning</span>" in render("{% ui_pictogram 'morning' %}")


@pytest.mark.parametrize(
    ("typed", "found"), [("sang", "choir"), ("brusebad", "bath"), ("pill", "medicine"), ("BUS", "bus")]
)
def test_pictures_are_found_by_danish_words(typed: str, found: str) -> None:
    assert found in citizen.find_pictograms(typed)
    assert len(citizen.find_pictograms(typed)) < 8


def test_the_path_says_each_state_in_words() -> None:
    stones = [Stone("Jeg kan ruten", "map", "reached"), Stone("Jeg kører med Jonas", "bus", "now")]
    html = render("{% ui_path stones %}", stones=stones)
    assert '<span class="sr-only">Nået: </span>Jeg kan ruten' in html
    assert '<span class="sr-only">I gang: </span>Jeg kører med Jonas' in html


def test_the_pager_keeps_the_search() -> None:
    request = RequestFactory().get("/?q=holm&side=2")
    html = render("{% ui_pager page %}", page=Paginator(range(30), 10).page(2), request=request)
    assert 'href="?q=holm&amp;side=1"' in html
    assert "Side 2 af 3" in html
    assert render("{% ui_pager page %}", page=Paginator(range(3), 10).page(1), request=request) == ""


def test_messages_are_spoken_and_escaped() -> None:
    html = render("{% ui_messages messages %}", messages=[Message(25, "Gemt <b>"), Message(40, "Ikke sendt")])
    assert 'role="status"' in html
    assert "alert-success" in html
    assert "Gemt &lt;b&gt;" in html
    assert "alert-error" in html
    assert render("{% ui_messages messages %}", messages=[]) == ""


class Example(forms.Form):
    name = forms.CharField(label="Hvad vil du tale om?", help_text="Med dine egne ord.", max_length=5)
    day = DayField(label="Hvornår?")
    place = forms.ChoiceField(label="Hvor?", choices=[("a", "Hjemme"), ("b", "Ude")], widget=Tiles)
    agree = forms.BooleanField(label="Min søster må se min plan")
    note = forms.CharField(label="Andet", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_label_help_error_and_control_in_that_order() -> None:
    html = render("{% ui_field form.name %}", form=Example({"name": "alt for langt"}))
    order = ["form-label", "id_name_helptext", "id_name_error", "<input"]
    assert [html.index(part) for part in order] == sorted(html.index(part) for part in order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="sr-only">Fejl: </span>' in html
    assert 'value="alt for langt"' in html


def test_an_error_reads_the_same_at_the_field_and_in_the_summary() -> None:
    form = Example({"day": "i går engang"})
    summary, page = render("{% ui_error_summary form %}", form=form), render("{{ form }}", form=form)
    for target, text in [
        ("id_name", "Skriv et svar under “Hvad vil du tale om?”"),
        ("id_day", "Vi forstod ikke dagen. Skriv fx torsdag eller 26.11."),
        ("id_place_0", "Vælg et svar under “Hvor?”"),
        ("id_agree", "Sæt kryds ved “Min søster må se min plan”"),
    ]:
        assert f'<a href="#{target}">{text}</a>' in summary
        assert text in page
        assert f'id="{target}"' in page
    assert "påkrævet" not in summary + page


def test_no_errors_no_summary() -> None:
    assert render("{% ui_error_summary form %}", form=Example()) == ""
    assert render("{% ui_error_summary form %}", form=None) == ""


def test_what_need_not_be_answered_says_so() -> None:
    assert "(behøver ikke udfyldes)" in render("{% ui_field form.note %}", form=Example())
    assert "(behøver ikke" not in render("{% ui_field form.name %}{% ui_field form.secret %}", form=Example())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("26.11.2026", dt.date(2026, 11, 26)),
        ("26. november 2026", dt.date(2026, 11, 26)),
        ("2026-11-26", dt.date(2026, 11, 26)),
    ],
)
def test_a_day_is_read_as_people_write_it(written: str, day: dt.date) -> None:
    assert DayField().clean(written) == day


@pytest.mark.parametrize("written", ["31.2.2026", "snart", "næste uge", "1.1.1", "x" * 500])
def test_an_impossible_day_gets_a_sentence_and_stays_written(written: str) -> None:
    form = Example({"day": written})
    assert not form.is_valid()
    html = render("{% ui_field form.day %}", form=form)
    assert f'value="{written}"' in html
    assert html.count("<p>") == 1


def test_a_form_without_keys_cannot_be_made() -> None:
    html = render("{% ui_form draft='/kladde/' %}x{% end_ui_form %}", csrf_token="abc")
    assert 'data-samspil-draft="/kladde/"' in html
    assert html.count('name="form_key"') == html.count('name="csrfmiddlewaretoken"') == 1
    assert "novalidate" in html


def test_any_object_with_the_same_attributes_will_do() -> None:
    tabs = [SimpleNamespace(label="Overblik", url="/a/", current=True, count=2)]
    html = render("{% ui_tabs tabs label='Sag' %}", tabs=tabs)
    assert '<a href="/a/" aria-current="page">Overblik <b class="count">2</b></a>' in html


def test_an_interval_says_in_words_what_it_draws():
    html = render("{% ui_interval 12 6 22 %}")
    assert "12 % (mellem 6 og 22)" in html
    assert 'x="6%" width="16%"' in html
    assert 'x="12%"' in html
    certain = render("{% ui_interval 100 100 100 %}")
    assert 'width="1%"' in certain  # there is something to see
    assert 'x="98%"' in certain  # and the point does not leave the line


def test_a_bar_is_never_longer_than_its_line():
    assert 'width="50%"' in render("{% ui_bar 30 '30,0' most=60 %}")
    assert 'width="100%"' in render("{% ui_bar 90 '90,0' most=60 %}")
