"""How a risk's number moved, and what of a register changed between two days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.course import Change, Point, Said, Stood, course, line, moved, moved_in_words, what_became

FIRST, SECOND, THIRD = date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1)
said = st.lists(
    st.builds(
        Said,
        st.dates(date(2024, 1, 1), date(2026, 1, 1)),
        st.booleans(),
        st.integers(2, 30),
    ),
    max_size=20,
)


def test_the_heavier_of_two_that_differ_counts():
    found = course([Said(FIRST, True, 12), Said(SECOND, False, 20), Said(THIRD, True, 6)])
    assert found == (Point(FIRST, 12), Point(SECOND, 20), Point(THIRD, 20))


def test_of_two_on_one_day_the_later_counts():
    assert course([Said(FIRST, True, 12), Said(FIRST, True, 6)]) == (Point(FIRST, 6),)


@given(said)
def test_a_course_runs_forward_with_one_point_a_day(rows: list[Said]):
    days = [one.on for one in course(rows)]
    assert days == sorted({one.on for one in rows})


@given(said)
def test_the_last_point_is_what_one_of_the_sides_said_last(rows: list[Said]):
    last = {one.from_team: one.number for one in sorted(rows, key=lambda one: one.on)}
    assert [one.number for one in course(rows)[-1:]] == ([max(last.values())] if last else [])


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((12,), "First score"),
        ((12, 16), "Up 4"),
        ((16, 12), "Down 4"),
        ((12, 12), "Same"),
        ((), "First score"),
    ],
)
def test_how_it_moved_is_said_in_words(numbers: tuple[int, ...], words: str):
    days = (FIRST, SECOND)
    assert moved_in_words(moved([Point(on, one) for on, one in zip(days, numbers, strict=False)])) == words


IN, OUT = True, False


@pytest.mark.parametrize(
    ("then", "now", "spoken_of", "existed", "change"),
    [
        (Stood(OUT, None), Stood(IN, 12), True, False, Change.NEW),
        (Stood(OUT, None), Stood(IN, None), False, False, Change.NEW),
        (Stood(OUT, 12), Stood(IN, 12), False, True, Change.OPENED_AGAIN),
        (Stood(IN, 12), Stood(OUT, 12), False, True, Change.CLOSED),
        (Stood(OUT, None), Stood(OUT, None), False, False, Change.CLOSED),
        (Stood(OUT, 12), Stood(OUT, 12), False, True, None),
        (Stood(IN, 12), Stood(IN, 16), True, True, Change.UP),
        (Stood(IN, 16), Stood(IN, 12), True, True, Change.DOWN),
        (Stood(IN, None), Stood(IN, 12), True, True, Change.FIRST_SCORED),
        (Stood(IN, 12), Stood(IN, 12), True, True, Change.REAFFIRMED),
        (Stood(IN, 12), Stood(IN, 12), False, True, None),
        (Stood(IN, None), Stood(IN, None), False, True, None),
    ],
)
def test_what_became_of_a_risk_between_two_days(then, now, spoken_of, existed, change):
    assert what_became(then, now, spoken_of=spoken_of, existed=existed) is change


@given(st.lists(st.integers(2, 30), min_size=1, max_size=30))
def test_a_drawing_keeps_within_its_frame(numbers: list[int]):
    points = line(numbers, width=112, height=32)
    assert all(0 <= x <= 112 and 0 <= y <= 32 for x, y in points)
    assert len(points) == len(numbers)
