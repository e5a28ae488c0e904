"""The rules about interests: what a handling leaves, who reads which words, who is asked when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.interests import (
    Handling,
    Sight,
    Standing,
    asked_again_on,
    due,
    months_after,
    sight_of,
    standing_of,
    unbroken_since,
)
from allies.partial_dates import PartialDate
from allies.powers import Role

# (discusses, decides, sees) by handling, for each role. A guest has no role.
STANDINGS = {
    # role: nothing declared, noted, stayed, left, withheld
    None: ("discusses", "discusses", "discusses", "", ""),
    Role.ACCOUNT: ("discusses", "discusses", "discusses", "", ""),
    Role.ALLY: (
        "discusses decides sees",
        "discusses decides sees",
        "discusses sees",
        "sees",
        "",
    ),
    Role.CORE_TEAM: ("discusses sees", "discusses sees", "discusses sees", "sees", ""),
    Role.CHAIR: (
        "discusses decides sees",
        "discusses decides sees",
        "discusses sees",
        "sees",
        "",
    ),
}
COLUMNS = [(), *((handling,) for handling in Handling)]


def _standing(words):
    return Standing(**{name: name in words.split() for name in ("discusses", "decides", "sees")})


def test_the_table_speaks_of_every_role_and_handling():
    assert set(STANDINGS) == {None, *Role}
    assert {len(row) for row in STANDINGS.values()} == {len(Handling) + 1}


@pytest.mark.parametrize(
    ("role", "handlings", "words"),
    [
        (role, column, words)
        for role, row in STANDINGS.items()
        for column, words in zip(COLUMNS, row, strict=True)
    ],
)
def test_what_a_handling_leaves_to_a_role(role, handlings, words):
    assert standing_of(handlings, role) == _standing(words)


@given(st.lists(st.sampled_from(Handling)), st.sampled_from([None, *Role]))
def test_several_handlings_take_away_together_in_any_order(handlings, role):
    strictest = max(handlings, key=list(Handling).index, default=None)

    assert standing_of(handlings, role) == standing_of(reversed(handlings), role)
    assert standing_of(handlings, role) == standing_of([strictest] if strictest else [], role)


SIGHTS = [
    # role, own, private, sight
    (None, False, False, Sight.NOTHING),
    (None, False, True, Sight.NOTHING),
    (Role.ACCOUNT, False, False, Sight.NOTHING),
    (Role.ACCOUNT, False, True, Sight.NOTHING),
    (Role.ACCOUNT, True, False, Sight.WORDS),
    (Role.ACCOUNT, True, True, Sight.WORDS),
    (Role.ALLY, False, False, Sight.WORDS),
    (Role.ALLY, False, True, Sight.OUTLINE),
    (Role.ALLY, True, False, Sight.WORDS),
    (Role.ALLY, True, True, Sight.WORDS),
    (Role.CORE_TEAM, False, False, Sight.WORDS),
    (Role.CORE_TEAM, False, True, Sight.OUTLINE),
    (Role.CORE_TEAM, True, False, Sight.WORDS),
    (Role.CORE_TEAM, True, True, Sight.WORDS),
    (Role.CHAIR, False, False, Sight.WORDS),
    (Role.CHAIR, False, True, Sight.WORDS),
    (Role.CHAIR, True, False, Sight.WORDS),
    (Role.CHAIR, True, True, Sight.WORDS),
]


@pytest.mark.parametrize(("role", "own", "private", "sight"), SIGHTS)
def test_who_reads_how_much_of_an_entry(role, own, private, sight):
    assert sight_of([role] if role else [], own=own, private=private) is sight


def test_somebody_in_two_posts_reads_what_either_reads():
    assert sight_of([Role.CORE_TEAM, Role.CHAIR], own=False, private=True) is Sight.WORDS


TODAY = date(2026, 2, 3)
ASKED = [
    # joined, answers, every so many months, whether asked today
    ("2025-02-03", [], 12, True),  # on joining
    ("2026-02-03", [], 12, True),  # on the day itself
    ("2026-02-04", [], 12, False),  # not before they join
    ("", [], 12, True),  # an unknown start counts as begun
    ("2024", ["2025-02-03"], 12, True),  # a year to the day
    ("2024", ["2025-02-04"], 12, False),
    ("", ["2025-02-03"], 12, True),
    ("", ["2025-06-01"], 12, False),
    ("2024", ["2024-05-01", "2026-01-10", "2025-05-01"], 12, False),  # the latest counts
    ("2026-01-10", ["2026-01-09"], 12, True),  # an answer from before they joined
    ("2026-01-10", ["2026-01-10"], 12, False),
    ("2025", ["2025-01-01"], 24, False),  # a start known by its year begins on its first day
    ("2020", ["2020-02-03"], 0, False),  # asked on joining alone
    ("2020", ["2020-02-03"], None, False),
    ("2020", [], 0, True),
    ("2025-08", ["2025-08-31"], 6, False),  # the last day of February
]


@pytest.mark.parametrize(("joined", "answers", "months", "asked"), ASKED)
def test_who_is_asked_today(joined, answers, months, asked):
    start = PartialDate.read(joined) if joined else None
    days = [date.fromisoformat(day) for day in answers]

    assert due(start, days, months, TODAY) is asked


def test_the_day_of_asking_again_is_known_beforehand():
    assert asked_again_on(None, [date(2026, 2, 3)], 12) == date(2027, 2, 3)
    assert asked_again_on(None, [], 12) == date.min
    assert asked_again_on(PartialDate(2026, 3), [], 12) == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-15", 3, "2027-02-15"),
        ("2026-12-01", 12, "2027-12-01"),
        ("9999-06-01", 12, "9999-12-31"),
    ],
)
def test_months_are_counted_by_the_calendar(day, months, later):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(later)


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 120))
def test_whoever_has_just_answered_is_not_asked_before_the_months_are_over(day, months):
    again = asked_again_on(None, [day], months)

    assert again is not None
    assert (again.year * 12 + again.month) - (day.year * 12 + day.month) == months
    assert not due(None, [day], months, day)
    assert due(None, [day], months, again)


def _partial(written):
    return PartialDate.read(written) if written else None


UNBROKEN = [
    # posts on one body, from and until, and since when without a gap on 3 February 2026
    ([("2024-05", "")], "2024-05"),
    ([("", "")], ""),
    ([("2023-01", "2025-09"), ("2025-10", "")], "2023-01"),  # the next post from the next day
    ([("2025-10", ""), ("2023-01", "2025-09")], "2023-01"),  # in any order
    ([("2023-01", "2025-08"), ("2025-10", "")], "2025-10"),  # a gap of a month
    ([("", "2025-10"), ("2025-10", "")], ""),  # in the same month is near enough
    ([("2020", "2021"), ("2022", "2024"), ("2025", "2026")], "2020"),
    ([("2023", ""), ("2024", "2025")], "2023"),  # a post beside another
    ([("2025", ""), ("2026-03", "")], "2025"),  # one that is still to come
]


@pytest.mark.parametrize(("places", "since"), UNBROKEN)
def test_since_when_somebody_sits_on_a_body_without_a_gap(places, since):
    known = [(_partial(begun), _partial(until)) for begun, until in places]

    assert unbroken_since(known, TODAY) == _partial(since)


@pytest.mark.parametrize("places", [[], [("2026-02-04", "")], [("2020", "2025")]])
def test_whoever_sits_on_nothing_today_has_not_joined(places):
    with pytest.raises(ValueError, match="do not sit on"):
        unbroken_since([(_partial(begun), _partial(until)) for begun, until in places], TODAY)
