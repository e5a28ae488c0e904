"""Deadlines keep their words, and are overdue only when their kind can be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.dates import no_such_day
from actions.deadlines import Deadline, DeadlineKind, due_on, is_overdue, read_deadline
from actions.statuses import CLOSED, Status, read_sign, read_status

MEETING = date(2024, 7, 13)

READ = [
    ("31 Jan 2026", DeadlineKind.DATE, "2026-01-31"),
    ("Monday 3rd June 2024", DeadlineKind.DATE, "2024-06-03"),
    ("3rd of June, 2024", DeadlineKind.DATE, "2024-06-03"),
    ("June 3, 2024", DeadlineKind.DATE, "2024-06-03"),
    ("2024-06-03", DeadlineKind.DATE, "2024-06-03"),
    ("2024/6/3", DeadlineKind.DATE, "2024-06-03"),
    ("8/7/2024", DeadlineKind.DATE, "2024-07-08"),
    ("03/23/2015", DeadlineKind.DATE, "2015-03-23"),
    ("31.01.26", DeadlineKind.DATE, "2026-01-31"),
    ("12-Mar-26", DeadlineKind.DATE, "2026-03-12"),
    ("by next meeting (10 September 2024)", DeadlineKind.DATE, "2024-09-10"),
    ("no later than 5pm on Fri Aug 23rd", DeadlineKind.DATE, "2024-08-23"),
    ("by 5 March", DeadlineKind.DATE, "2025-03-05"),
    ("13 July", DeadlineKind.DATE, "2024-07-13"),
    ("12 July", DeadlineKind.DATE, "2025-07-12"),
    ("Friday 12 July", DeadlineKind.DATE, "2024-07-12"),
    ("29 February", DeadlineKind.DATE, "2028-02-29"),
    ("23/8", DeadlineKind.DATE, "2024-08-23"),
    ("Feb 2022", DeadlineKind.MONTH, "2022-02"),
    ("Feb '22", DeadlineKind.MONTH, "2022-02"),
    ("Feb-22", DeadlineKind.MONTH, "2022-02"),
    ("2022-02", DeadlineKind.MONTH, "2022-02"),
    ("end of March 2025", DeadlineKind.MONTH, "2025-03"),
    ("end of March", DeadlineKind.MONTH, "2025-03"),
    ("May", DeadlineKind.MONTH, "2025-05"),
    ("ASAP", DeadlineKind.ASAP, None),
    ("as soon as possible", DeadlineKind.ASAP, None),
    ("at next meeting", DeadlineKind.NEXT_MEETING, None),
    ("before the next board meeting", DeadlineKind.NEXT_MEETING, None),
    ("Share with meeting notes", DeadlineKind.WITH_NOTES, None),
    ("with the minutes", DeadlineKind.WITH_NOTES, None),
    ("once able", DeadlineKind.CONDITION, None),
    ("once we are able", DeadlineKind.CONDITION, None),
    ("after next meeting", DeadlineKind.CONDITION, None),
    ("Ongoing", DeadlineKind.ONGOING, None),
    ("on-going", DeadlineKind.ONGOING, None),
    ("In progress", DeadlineKind.UNKNOWN, None),
    ("Done", DeadlineKind.UNKNOWN, None),
    ("TBC", DeadlineKind.UNKNOWN, None),
    ("soonish", DeadlineKind.UNKNOWN, None),
    ("31 Foo 2024", DeadlineKind.UNKNOWN, None),
]


@pytest.mark.parametrize(("words", "kind", "day"), READ, ids=[words for words, _, _ in READ])
def test_words_of_a_deadline_are_typed_and_kept(words: str, kind: DeadlineKind, day: str | None) -> None:
    assert read_deadline(words, meeting_date=MEETING) == Deadline(words, kind, day)


@pytest.mark.parametrize("words", ["", "   ", None, "–", "n/a", "none", "?"])
def test_no_words_are_no_deadline(words: str | None) -> None:
    assert read_deadline(words, meeting_date=MEETING) is None


def test_a_day_without_a_year_is_not_guessed_without_a_meeting_date() -> None:
    assert read_deadline("by 5 March") == Deadline("by 5 March", DeadlineKind.UNKNOWN, None)


def test_the_month_may_come_first_when_the_document_says_so() -> None:
    assert read_deadline("03/05/2015", day_first=False) == Deadline(
        "03/05/2015", DeadlineKind.DATE, "2015-03-05"
    )


def test_white_space_in_the_words_is_made_plain() -> None:
    assert read_deadline(" 31\u00a0Jan  2026 ") == Deadline("31 Jan 2026", DeadlineKind.DATE, "2026-01-31")


DUE = [
    ("31 Jan 2026", date(2026, 1, 31)),
    ("Feb 2022", date(2022, 2, 28)),
    ("Feb 2024", date(2024, 2, 29)),
    ("at next meeting", date(2024, 9, 10)),
    ("Share with meeting notes", date(2024, 7, 20)),
    ("ASAP", None),
    ("once able", None),
    ("Ongoing", None),
    ("In progress", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "day"), DUE)
def test_a_deadline_is_due_on_its_last_day(words: str, day: date | None) -> None:
    found = read_deadline(words, meeting_date=MEETING)
    assert due_on(found, next_meeting_on=date(2024, 9, 10), circulated_on=date(2024, 7, 20)) == day


def test_next_meeting_and_notes_are_due_on_no_day_until_there_is_one() -> None:
    for words in ("at next meeting", "with the notes"):
        assert due_on(read_deadline(words), next_meeting_on=None, circulated_on=None) is None


@given(st.dates(max_value=date(9998, 1, 1)), st.integers(min_value=-400, max_value=400))
def test_overdue_begins_the_day_after(due: date, days: int) -> None:
    today = due + timedelta(days=days) if due.year > 2 else due
    assert is_overdue(due, today=today) == (today.toordinal() > due.toordinal())


def test_what_is_due_on_no_day_is_never_overdue() -> None:
    assert is_overdue(None, today=date(9999, 1, 1)) is False


@given(st.text())
def test_any_words_can_be_read(words: str) -> None:
    found = read_deadline(words, meeting_date=MEETING)
    if found is not None:
        assert found.as_written == " ".join(words.split())
        assert (found.date is not None) == (found.kind in {DeadlineKind.DATE, DeadlineKind.MONTH})


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_is_read_back_in_every_common_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%A %d %B %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y"):
        assert read_deadline(day.strftime(form)) == Deadline(
            day.strftime(form), DeadlineKind.DATE, day.isoformat()
        )


STATUSES = [
    ("To do", Status.TODO),
    ("Not done", Status.TODO),
    ("Outstanding.", Status.TODO),
    ("In progress", Status.IN_PROGRESS),
    ("Underway – half way", Status.IN_PROGRESS),
    ("Awaiting reply from the council", Status.WAITING),
    ("On hold", Status.WAITING),
    ("Done", Status.DONE),
    ("Done (by the chair)", Status.DONE),
    ("COMPLETED - see item 4", Status.DONE),
    ("[Done]", Status.DONE),
    ("**Closed**", Status.DONE),
    ("✅", Status.DONE),
    ("✅ sent last week", Status.DONE),
    ("❌ No progress", Status.TODO),
    ("[x]", Status.DONE),
    ("Shelved", Status.LET_GO),
    ("No longer required", Status.LET_GO),
    ("Merged into 4", Status.MERGED),
    ("Ongoing", None),
    ("Complete the form", None),
    ("Open the accounts", None),
    ("31 Jan 2026", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "status"), STATUSES)
def test_a_status_is_read_from_its_words(words: str, status: Status | None) -> None:
    assert read_status(words) == status


def test_a_sign_is_taken_off_the_words_it_stands_before() -> None:
    assert read_sign("✅ Write to the school") == (Status.DONE, "Write to the school")
    assert read_sign("Write to the school") == (None, "Write to the school")


def test_closed_statuses_are_the_three_that_end_an_action() -> None:
    assert {status.value for status in CLOSED} == {"done", "let_go", "merged"}


NO_SUCH_DAY = [
    ("by 31/02/2026", "31/02/2026"),
    ("2026-02-31", "2026-02-31"),
    ("13/13/2026", "13/13/2026"),
    ("31 June", "31 June"),
    ("29th of February 2027", "29th of February 2027"),
    ("29 February", ""),
    ("31/01/2026", ""),
    ("30 may help", ""),
    ("50 may help", ""),
    ("once able", ""),
]


@pytest.mark.parametrize(("words", "day"), NO_SUCH_DAY)
def test_a_day_in_no_calendar_is_found_in_the_words(words: str, day: str) -> None:
    assert no_such_day(words) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_no_day_of_a_calendar_is_asked_about(day: date) -> None:
    forms = ["%d/%m/%Y", "%Y-%m-%d", "%d %B %Y", "%d %b", "%m/%d/%Y"]
    assert [no_such_day(day.strftime(form)) for form in forms] == [""] * len(forms)
