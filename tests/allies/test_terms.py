"""When a place on a body is up, said from what the record knows and nothing more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.partial_dates import PartialDate
from allies.terms import (
    Reached,
    Standing,
    Term,
    reached,
    since_in_words,
    standing,
    up_in_words,
    years_in_words,
)

TODAY = date(2026, 2, 3)


def began(written: str, ends: str = "") -> Term:
    return Term(PartialDate.read(written), PartialDate.read(ends) if ends else None)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (began("2023-02-02"), Standing.OVER),
        (began("2023-02-03"), Standing.COMING_UP),
        (began("2023-08-03"), Standing.COMING_UP),
        (began("2023-08-04"), Standing.RUNNING),
        (began("2023-01"), Standing.OVER),
        (began("2023-02"), Standing.COMING_UP),
        (began("2023-08"), Standing.COMING_UP),
        (began("2023-09"), Standing.RUNNING),
        (began("2022"), Standing.OVER),
        (began("2023"), Standing.COMING_UP),
        (began("2024"), Standing.RUNNING),
        (began("2024", ends="2026-05"), Standing.COMING_UP),
        (began("2020", ends="2027-01"), Standing.RUNNING),
        (began("2020", ends="2026-01-31"), Standing.OVER),
        (Term(ends=PartialDate(2026, 4)), Standing.COMING_UP),
        (Term(first_evidenced=date(2021, 11, 8)), Standing.OVER),
        (Term(first_evidenced=date(2023, 8, 3)), Standing.COMING_UP),
        (Term(first_evidenced=date(2025, 11, 19)), Standing.NOT_KNOWN),
        (Term(), Standing.NOT_KNOWN),
    ],
)
def test_a_term_of_three_years_on_the_third_of_february_2026(term, expected):
    assert standing(term, 3, TODAY) is expected


def test_a_start_on_the_29th_of_february_is_three_years_old_on_the_28th():
    assert reached(began("2024-02-29"), 3) == Reached(date(2027, 2, 28), date(2027, 2, 28))
    assert up_in_words(began("2024-02-29"), 3) == "Three years on 28 February 2027"


def test_what_was_only_seen_never_becomes_a_start():
    seen = Term(first_evidenced=date(2021, 11, 8))

    assert reached(seen, 3) == Reached(None, date(2024, 11, 8))
    assert up_in_words(seen, 3) == "First seen in the record on 8 November 2021: their start is not known"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (began("2024-03"), "Since March 2024"),
        (began("2022", ends="2024-06"), "2022 to June 2024"),
        (Term(first_evidenced=date(2021, 11, 8)), "First seen in the record on 8 November 2021"),
        (
            Term(first_evidenced=date(2021, 11, 8), ends=PartialDate(2023)),
            "First seen in the record on 8 November 2021, until 2023",
        ),
        (Term(), "Start not known"),
        (Term(ends=PartialDate(2023, 5, 1)), "Start not known, until 1 May 2023"),
    ],
)
def test_since_when_is_said_as_it_is_known(term, said):
    assert since_in_words(term) == said


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (began("2023-03"), "Three years in March 2026"),
        (began("2023"), "Three years in 2026"),
        (began("2023", ends="2026-05-04"), "Until 4 May 2026"),
        (Term(), "Their start is not known"),
    ],
)
def test_when_a_term_is_up_is_said_as_exactly_as_its_start_is_known(term, said):
    assert up_in_words(term, 3) == said


def test_one_year_is_not_one_years():
    assert [years_in_words(years) for years in (1, 3, 12)] == ["One year", "Three years", "12 years"]


PARTIAL = st.builds(
    lambda day, exact: PartialDate(day.year, day.month if exact else 0, day.day if exact == 2 else 0),
    st.dates(date(1990, 1, 1), date(2050, 1, 1)),
    st.sampled_from([0, 1, 2]),
)


@given(st.builds(Term, PARTIAL), st.integers(1, 9), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_a_term_goes_from_running_to_coming_up_to_over_and_never_back(term, years, today):
    order = [Standing.RUNNING, Standing.COMING_UP, Standing.OVER]

    later = date.fromordinal(today.toordinal() + 40)
    assert order.index(standing(term, years, today)) <= order.index(standing(term, years, later))


@given(PARTIAL, st.integers(1, 9))
def test_a_less_exact_start_is_up_within_wider_bounds(starts, years):
    up, wider = reached(Term(starts), years), reached(Term(PartialDate(starts.year)), years)

    assert wider.first <= up.first <= up.last <= wider.last
