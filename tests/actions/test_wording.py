"""What a page says of a deadline, an age and an owner. The second of February 2026 is today."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.deadlines import Deadline, DeadlineKind
from actions.wording import (
    UNCONFIRMED,
    DeadlineLines,
    OwnerName,
    ago,
    agreed_in_words,
    ahead,
    carried_in_words,
    counted_actions,
    deadline_lines,
    span,
    trail,
    who,
    who_leads,
)

TODAY = date(2026, 2, 2)


def lines(deadline, due_on=None, *, agreed_on=date(2021, 11, 8), is_open=True, stands=True) -> DeadlineLines:
    return deadline_lines(
        deadline,
        due_on=due_on,
        agreed_on=agreed_on,
        first_seen_on=agreed_on or date(2021, 11, 8),
        is_open=is_open,
        stands=stands,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("words", "kind", "iso", "due_on", "expected"),
    [
        (
            "31 Jan 2026",
            "date",
            "2026-01-31",
            date(2026, 1, 31),
            ("31 Jan 2026", "Saturday 31 January", "2 days overdue"),
        ),
        (
            "10 Feb 2026",
            "date",
            "2026-02-10",
            date(2026, 2, 10),
            ("10 Feb 2026", "Tuesday 10 February, in 8 days", ""),
        ),
        (
            "2 Feb 2026",
            "date",
            "2026-02-02",
            date(2026, 2, 2),
            ("2 Feb 2026", "Monday 2 February, today", ""),
        ),
        (
            "by 3 Feb 2026",
            "date",
            "2026-02-03",
            date(2026, 2, 3),
            ("“by 3 Feb 2026”", "Tuesday 3 February, tomorrow", ""),
        ),
        (
            "1 Feb 2027",
            "date",
            "2027-02-01",
            date(2027, 2, 1),
            ("1 Feb 2027", "Monday 1 February 2027, in 11 months", ""),
        ),
        (
            "Feb 2022",
            "month",
            "2022-02",
            date(2022, 2, 28),
            ("Feb 2022", "Its last day counts: 28 February 2022", "3 years, 11 months overdue"),
        ),
        (
            "Feb 2026",
            "month",
            "2026-02",
            date(2026, 2, 28),
            ("Feb 2026", "Its last day counts: 28 February 2026, in 26 days", ""),
        ),
        (
            "at next meeting",
            "next_meeting",
            None,
            date(2026, 2, 10),
            ("“at next meeting”", "Tuesday 10 February, in 8 days", ""),
        ),
        (
            "at next meeting",
            "next_meeting",
            None,
            date(2026, 1, 20),
            ("“at next meeting”", "Tuesday 20 January", "13 days overdue"),
        ),
        (
            "at next meeting",
            "next_meeting",
            None,
            None,
            ("“at next meeting”", "The next meeting has no date yet", ""),
        ),
        (
            "Share with meeting notes",
            "with_notes",
            None,
            None,
            ("“Share with meeting notes”", "When the notes go out", ""),
        ),
        (
            "Share with meeting notes",
            "with_notes",
            None,
            date(2026, 1, 30),
            ("“Share with meeting notes”", "The notes went out on Friday 30 January", "3 days overdue"),
        ),
        ("ASAP", "asap", None, None, ("“ASAP”", "As soon as possible. Agreed 4 years ago.", "")),
        ("once able", "condition", None, None, ("“once able”", "When a condition holds. No date.", "")),
        ("Ongoing", "ongoing", None, None, ("“Ongoing”", "Looked at in every meeting", "")),
        ("In progress", "unknown", None, None, ("“In progress”", "That is a status. No date was set.", "")),
        ("soonish", "unknown", None, None, ("“soonish”", "No date can be read from these words.", "")),
    ],
)
def test_a_deadline_says_its_words_then_its_meaning_then_how_late(words, kind, iso, due_on, expected):
    assert lines(Deadline(words, DeadlineKind(kind), iso), due_on) == DeadlineLines(*expected)


def test_no_deadline_says_so():
    assert lines(None) == DeadlineLines("No deadline")


def test_what_is_closed_is_not_late():
    deadline = Deadline("31 Jan 2026", DeadlineKind.DATE, "2026-01-31")
    assert lines(deadline, date(2026, 1, 31), is_open=False) == DeadlineLines(
        "31 Jan 2026", "Saturday 31 January"
    )


def test_an_action_from_old_notes_is_not_called_overdue_until_somebody_confirms_it():
    deadline = Deadline("Feb 2022", DeadlineKind.MONTH, "2022-02")
    assert lines(deadline, date(2022, 2, 28), stands=False) == DeadlineLines(
        "Feb 2022", "Its last day counts: 28 February 2022", "", UNCONFIRMED
    )
    assert lines(None, stands=False) == DeadlineLines("No deadline", "", "", UNCONFIRMED)


def test_as_soon_as_possible_from_a_meeting_nobody_knows_gives_no_day_of_agreeing():
    assert lines(Deadline("ASAP", DeadlineKind.ASAP), agreed_on=None).meaning == (
        "As soon as possible. First seen in the record 4 years ago."
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 2, 1), TODAY, "1 day"),
        (date(2026, 1, 2), TODAY, "31 days"),
        (date(2025, 12, 4), TODAY, "60 days"),
        (date(2025, 12, 2), TODAY, "2 months"),
        (date(2025, 2, 3), TODAY, "11 months"),
        (date(2025, 2, 2), TODAY, "1 year"),
        (date(2024, 1, 2), TODAY, "2 years, 1 month"),
        (date(2022, 2, 28), TODAY, "3 years, 11 months"),
    ],
)
def test_a_span_is_said_in_days_then_months_then_years(start, end, words):
    assert span(start, end) == words


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 20_000))
def test_any_span_is_said_in_words_with_a_number_above_nought(start, days):
    words = span(start, start + timedelta(days=days))
    assert all(int(part.split()[0]) > 0 for part in words.split(", "))


def test_ago_and_ahead_use_the_words_people_use():
    assert (ago(TODAY, TODAY), ago(date(2026, 1, 25), TODAY), ago(date(2022, 2, 28), TODAY)) == (
        "today",
        "8 days ago",
        "3 years ago",
    )
    assert (ahead(TODAY, TODAY), ahead(date(2026, 2, 3), TODAY), ahead(date(2026, 2, 10), TODAY)) == (
        "today",
        "tomorrow",
        "in 8 days",
    )


def test_when_it_was_agreed_is_never_invented():
    day = date(2021, 11, 8)
    assert agreed_in_words(day, day) == "Agreed 8 November 2021"
    assert agreed_in_words(day, day, short=True) == "Agreed 8 Nov 2021"
    assert agreed_in_words(None, day, short=True) == "First seen in the record 8 Nov 2021"
    assert (
        agreed_in_words(None, day)
        == "Agreed at an earlier meeting, first seen in the record on 8 November 2021"
    )


@pytest.mark.parametrize(
    ("times", "words", "drawing"),
    [
        (0, "", ""),
        (1, "carried 1 time", "trail-1"),
        (5, "carried 5 times", "trail-5"),
        (6, "carried 6 times", "trail-many"),
    ],
)
def test_how_often_it_was_carried(times, words, drawing):
    assert (carried_in_words(times), trail(times)) == (words, drawing)


BEL = OwnerName("Bel Marsh")
ADA = OwnerName("Ada Okafor", leads=False)
ESME = OwnerName("Esme Ward", leads=False)
YOU = OwnerName("Ada Okafor", leads=False, is_you=True)
YOU_LEAD = OwnerName("Ada Okafor", is_you=True)
GRACE = OwnerName("Grace", placed=False)


@pytest.mark.parametrize(
    ("owners", "in_a_table", "in_a_sentence"),
    [
        ([], "Nobody yet", "Nobody carries this yet"),
        ([BEL], "Bel Marsh", "Bel Marsh leads"),
        (
            [BEL, ADA, ESME],
            "Bel Marsh, with Ada Okafor and Esme Ward",
            "Bel Marsh leads, Ada Okafor and Esme Ward support",
        ),
        (
            [BEL, YOU, ESME],
            "Bel Marsh, with Ada Okafor and Esme Ward",
            "Bel Marsh leads, you and Esme Ward support",
        ),
        ([BEL, YOU], "Bel Marsh, with Ada Okafor", "Bel Marsh leads, you support"),
        ([YOU_LEAD], "Ada Okafor", "You lead"),
        ([BEL, GRACE], "Bel Marsh, “Grace”", "Bel Marsh and “Grace” lead"),
        ([ADA], "Ada Okafor supports", "Ada Okafor supports"),
    ],
)
def test_owners_are_named_with_what_they_do(owners, in_a_table, in_a_sentence):
    assert (who(owners), who_leads(owners)) == (in_a_table, in_a_sentence)


def test_a_count_is_in_words():
    assert [counted_actions(number) for number in (0, 1, 10)] == ["No actions", "1 action", "10 actions"]
