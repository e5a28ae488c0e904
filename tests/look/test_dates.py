"""Dates in three fields: what was typed, what it means, and what to mend."""

from datetime import date

import pytest
from django import forms

from allies.partial_dates import PartialDate
from allies.templatetags.look import errors_in, initials, things_need_you
from allies.widgets import DayField, PartialDayField


class DayForm(forms.Form):
    on = DayField(label="On")


class MaybeForm(forms.Form):
    on = DayField(label="On", required=False)


class SinceForm(forms.Form):
    on = PartialDayField(label="Since", required=False)


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"on_day": day, "on_month": month, "on_year": year}


def answer(form_class: type[forms.Form], day: str, month: str, year: str) -> object:
    """What a form understood, or the sentence it answers with."""
    form = form_class(typed(day, month, year))
    return form.cleaned_data["on"] if form.is_valid() else form.errors["on"][0]


@pytest.mark.parametrize(
    ("day", "month", "year", "understood"),
    [
        ("10", "2", "2026", date(2026, 2, 10)),
        ("01", "09", "2026", date(2026, 9, 1)),
        (" 1 ", "Sept", "2026", date(2026, 9, 1)),
        ("29", "february", "2024", date(2024, 2, 29)),
        ("21", "4", "26", "Give the year in four figures, such as 2026"),
        ("21", "4", "", "Give the year in four figures, such as 2026"),
        ("21", "13", "2026", "Give the month as a number from 1 to 12"),
        ("21", "Smarch", "2026", "Give the month as a number from 1 to 12"),
        ("21", "", "2026", "Give the month too"),
        ("", "4", "2026", "Give the day too"),
        ("32", "4", "2026", "Give the day as a number from 1 to 31"),
        ("31", "4", "2026", "April 2026 has no day 31"),
        ("30", "2", "2026", "February 2026 has no day 30"),
        ("٣", "4", "2026", "Give the day as a number from 1 to 31"),
        ("", "", "", "Give the day, the month and the year"),
    ],
)
def test_a_day(day, month, year, understood):
    assert answer(DayForm, day, month, year) == understood


def test_a_day_that_may_be_left_out():
    assert answer(MaybeForm, "", "", "") is None


@pytest.mark.parametrize(
    ("day", "month", "year", "understood"),
    [
        ("", "", "2023", "2023"),
        ("", "3", "2023", "2023-03"),
        ("8", "3", "2023", "2023-03-08"),
        ("", "", "", ""),
        ("8", "", "2023", "Give the month too"),
        ("", "3", "", "Give the year in four figures, such as 2026"),
        ("31", "2", "2023", "February 2023 has no day 31"),
    ],
)
def test_a_date_as_far_as_it_is_known(day, month, year, understood):
    assert answer(SinceForm, day, month, year) == understood


def test_what_was_typed_stays():
    page = DayForm(typed("31", "4", "26")).as_div()
    assert [f'value="{part}"' in page for part in ("31", "4", "26")] == [True, True, True]


@pytest.mark.parametrize(
    ("initial", "parts"),
    [
        (date(2026, 2, 3), ["3", "2", "2026"]),
        (PartialDate(2023, 3), ["", "3", "2023"]),
        ("2023", ["", "", "2023"]),
        (None, ["", "", ""]),
    ],
)
def test_a_date_fills_its_fields(initial, parts):
    assert SinceForm().fields["on"].widget.decompress(initial) == parts


def test_an_address_may_name_a_day_whole():
    form = DayForm({"on": "2025-11-19"})
    assert (form.is_valid(), form.cleaned_data) == (True, {"on": date(2025, 11, 19)})


@pytest.mark.parametrize(
    ("initial", "changed"), [(date(2026, 2, 10), False), (date(2026, 2, 11), True), (None, True)]
)
def test_the_same_day_is_no_change(initial, changed):
    assert DayForm(typed("10", "02", "2026"), initial={"on": initial}).has_changed() is changed


def test_a_date_is_a_group_that_an_error_leads_into():
    form = DayForm(typed("", "4", "2026"))
    assert errors_in(form) == [{"target": "id_on_0", "words": "Give the day too"}]
    assert 'aria-describedby="id_on_error"' in form.as_div()


@pytest.mark.parametrize(
    ("count", "words"), [(1, "One thing needs you"), (2, "Two things need you"), (12, "12 things need you")]
)
def test_the_title_of_an_error_summary(count, words):
    assert things_need_you(count) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Ada Okafor", "AO"), ("Ada", "A"), ("Maria del Mar Ruiz", "MR"), ("", "")]
)
def test_initials(name, letters):
    assert initials(name) == letters
