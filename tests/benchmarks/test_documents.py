"""How the time for a document grows with the notes: one meeting of the size of November 2025's, and ten times that."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from actions.deadlines import read_deadline
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Decision,
    Line,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    Presence,
    Section,
    normal_form,
)
from meetings.notes.printed.foot import Printed
from meetings.notes.reading import read
from meetings.services.copies import COPIES, Copy

pytestmark = pytest.mark.benchmark

ROUNDS, MOST_ROUNDS = 3, 60
LONG_ENOUGH = 0.5  # seconds: a short piece of work is tried more often
TIMES = 10
# What is ten times as long takes ten times as long, and a little more for what memory costs; never its square.
MOST_GROWTH = 12.0
DRAFT = Printed("Draft notes")
WORDS = "we know where the boundaries are and need to work out together how to hold our partners to them"


def notes_of(times: int) -> NotesDocument:
    """Fourteen people, nine actions, eight items with forty lines and a decision, so many times over."""
    people = [
        Attendee(f"Person {number} of Them", f"Person {number} of Them", Presence.PRESENT)
        for number in range(14 * times)
    ]
    actions = [
        NotedAction(
            section,
            f"Part {number}: {WORDS}",
            ("read it aloud",),
            (Owner("Bel"), Owner("Dev")),
            read_deadline("31 Jan 2026"),
        )
        for section, count in ((Section.AGREED, 5), (Section.CARRIED, 4))
        for number in range(count * times)
    ]
    line = Line(f"Bel noted {WORDS}.", None, (Line(f"Dev asked whether {WORDS}."),))
    items = [
        AgendaItem(f"Matter {number}", ("Bel",), lines=(line,) * 2 + (replace(line, children=()),))
        for number in range(8 * times)
    ]
    return normal_form(
        NotesDocument(
            title="Riverbank Allies Group",
            date="2025-11-19",
            attendance=tuple(people),
            actions=tuple(actions),
            agenda=tuple(items),
            decisions=(Decision(WORDS),) * times,
            next_meetings=(
                NextMeeting("Tuesday 10 February 2026, 11:00–13:00", "2026-02-10", "11:00", "13:00"),
            ),
        )
    )


def quickest(work: Callable[[], object]) -> float:
    """Seconds of the processor for the quickest of some rounds, after one that warms up; fewer where one is long."""
    found = []
    while len(found) < ROUNDS or (sum(found) < LONG_ENOUGH and len(found) < MOST_ROUNDS):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found[1:])


def growth[Given](work: Callable[[Given], object], one: Given, ten: Given) -> float:
    """How many times as long `work` takes for `ten` as for `one`."""
    return quickest(lambda: work(ten)) / quickest(lambda: work(one))


@pytest.mark.usefixtures("can_set_pdf")
def test_a_document_ten_times_as_long_takes_about_ten_times_as_long(capsys):
    one, ten = notes_of(1), notes_of(TIMES)
    growths: dict[str, float] = {}
    for copy in COPIES:
        write = partial(_written, copy)
        growths[f"write {copy.ending}"] = growth(write, one, ten)
        if copy.ending in {"docx", "html", "md", "txt"}:
            assert (read(write(one)), read(write(ten))) == (one, ten)
            growths[f"read {copy.ending}"] = growth(read, write(one), write(ten))
    with capsys.disabled():
        lines = [f"{what:<12} {times:5.1f} times as long\n" for what, times in growths.items()]
        sys.stdout.write(f"\n{TIMES} times the notes of one meeting\n{''.join(lines)}")
    assert {what: times for what, times in growths.items() if times > MOST_GROWTH} == {}


def _written(copy: Copy, document: NotesDocument) -> bytes:
    return copy.write(document, DRAFT)
