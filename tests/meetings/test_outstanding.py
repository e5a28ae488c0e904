"""In which group of the page an open action stands."""

from datetime import date, time

import pytest

from meetings.numbers import counted, length_in_words, number_in_words
from meetings.outstanding import Group, OpenAction, group_of, in_groups

TODAY = date(2026, 2, 3)
MEETING = date(2026, 2, 10)
LAST = date(2025, 11, 19)


def action(pk: int = 1, since: date = LAST, **more: object) -> OpenAction:
    return OpenAction(pk, since, last_met=LAST, **more)


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (action(due_on=date(2026, 2, 2)), Group.OVERDUE),
        (action(due_on=TODAY), Group.THIS_MEETING),
        (action(due_on=MEETING), Group.THIS_MEETING),
        (action(due_on=date(2026, 2, 11)), Group.LATER),
        (action(), Group.NO_DATE),
        (action(times_carried=3), Group.CARRIED),
        (action(times_carried=3, due_on=date(2026, 6, 1)), Group.CARRIED),
        (action(times_carried=2), Group.NO_DATE),
        (action(times_carried=5, due_on=date(2026, 2, 2)), Group.OVERDUE),
    ],
    ids=[
        "the day after its last day",
        "its last day in time",
        "due at the meeting",
        "due the day after the meeting",
        "no date can be named",
        "carried three times",
        "carried three times, with a date ahead",
        "carried twice",
        "late and carried often: it is late",
    ],
)
def test_where_an_action_stands(one: OpenAction, group: Group):
    assert group_of(one, today=TODAY, meeting_on=MEETING, ask_after=3) == group


@pytest.mark.parametrize(
    ("one", "group"),
    [
        (action(since=date(2021, 11, 8), stands=False, due_on=date(2022, 2, 28)), Group.SILENT),
        (action(since=date(2021, 11, 8), stands=False, times_carried=9), Group.SILENT),
        (action(since=date(2021, 11, 8), stands=False, last_mentioned=date(2021, 11, 8)), Group.SILENT),
        (action(since=date(2021, 11, 8), stands=False, last_mentioned=LAST), Group.NO_DATE),
        (action(stands=False, due_on=date(2026, 1, 31)), Group.THIS_MEETING),
        (action(since=date(2021, 11, 8), stands=True, due_on=date(2022, 2, 28)), Group.OVERDUE),
    ],
    ids=[
        "late by years, and nobody has confirmed it",
        "carried often, and nobody has confirmed it",
        "only its own notes speak of it",
        "the last notes speak of it",
        "from the last notes themselves: not late until somebody confirms it",
        "confirmed since",
    ],
)
def test_what_came_in_from_old_notes_is_not_called_late(one: OpenAction, group: Group):
    assert group_of(one, today=TODAY, meeting_on=MEETING, ask_after=3) == group


def test_a_group_that_has_not_met_since_is_not_asked_about_silence():
    one = OpenAction(1, date(2021, 11, 8), stands=False)
    assert group_of(one, today=TODAY, meeting_on=None, ask_after=3) == Group.NO_DATE


def test_groups_come_in_the_order_of_the_page_and_empty_ones_are_left_out():
    some = [action(1), action(2, due_on=date(2026, 2, 1)), action(3, times_carried=4)]
    groups = in_groups(some, today=TODAY, meeting_on=MEETING, ask_after=3)
    assert list(groups) == [Group.OVERDUE, Group.CARRIED, Group.NO_DATE]


def test_the_latest_stands_first_and_then_the_oldest():
    late, later = action(1, due_on=date(2026, 2, 1)), action(2, due_on=date(2026, 1, 1))
    old, older = action(3, since=date(2025, 2, 1)), action(4, since=date(2024, 2, 1))
    groups = in_groups([late, later, old, older], today=TODAY, meeting_on=MEETING, ask_after=3)
    assert groups == {Group.OVERDUE: [later, late], Group.NO_DATE: [older, old]}


def test_what_was_carried_most_often_stands_first_among_the_carried():
    often, oftener = action(1, times_carried=3), action(2, times_carried=8)
    groups = in_groups([often, oftener], today=TODAY, meeting_on=MEETING, ask_after=3)
    assert groups == {Group.CARRIED: [oftener, often]}


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (time(11), time(13), "two hours"),
        (time(11), time(12), "one hour"),
        (time(14), time(15, 30), "one hour and 30 minutes"),
        (time(14, 50), time(15, 10), "20 minutes"),
        (time(14), None, ""),
        (None, None, ""),
    ],
)
def test_how_long_a_meeting_is(starts, ends, words):
    assert length_in_words(starts, ends) == words


def test_numbers_in_a_sentence():
    assert [number_in_words(number) for number in (0, 3, 10, 11)] == ["no", "three", "ten", "11"]
    assert [counted(number, "paper", "papers") for number in (0, 1, 2)] == [
        "No papers",
        "1 paper",
        "2 papers",
    ]
