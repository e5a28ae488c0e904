"""What it costs to log the group's meeting of November 2025, in letters, keys and presses. Run with `-m benchmark`.

A browser is driven by real keys and real presses, from nothing but the agenda to notes before whose sending nothing
is left to settle. The meeting is read from where its notes lie beside the project: nothing of them stands here.

Beside it stands the same meeting in a plain document with two tables, as it was logged until now (`plain_document`).
"""

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.models import Update
from actions.statuses import Status
from allies.models import Account, OtherName
from meetings.models import (
    AgendaItem,
    Attendance,
    Capacity,
    Decision,
    InterestsState,
    ItemKind,
    Meeting,
    Mention,
    Settled,
    Stage,
)
from meetings.models.lists import agreed_at
from meetings.notes.document import Capacity as Did
from meetings.notes.document import Line, Marker, NotedAction, NotesDocument, Presence, Section
from meetings.notes.reading import read
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    MeetingFactory,
    PersonFactory,
)
from tests.journeys.notes.desk import until
from tests.journeys.notes.hands import Hands

NOTES = Path(__file__).resolve().parents[4] / "shared" / "notes" / "2025-11-19.txt"
if not NOTES.is_file() and os.environ.get("ALLIES_REQUIRE_SHARED") == "1":
    pytest.fail(f"The group's notes are not at {NOTES}.", pytrace=False)
pytestmark = [
    pytest.mark.benchmark,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not NOTES.is_file(), reason="the group's own notes are not beside the project"),
]

# Where each agreed row of the table belongs in the notes, by their numbers: rows 0, 3 and 4 are said in the first
# three marked lines, row 0 again in the fourth; rows 1 and 2 are in the table alone, and are said under their items.
SAID_IN_LINE = {0: 0, 1: 3, 2: 4}
SAID_AGAIN = {3: 0}
SAID_UNDER = {6: 1, 5: 2}
AS_IN_THE_NOTES = (
    3  # this row's deadline, "ongoing", is not what its line says: the line's own words are typed
)

FACTS = {
    "Beginning": 1,
    "Attendance": 15,
    "Chair, note-taker": 2,
    "Interests": 1,
    "Understood from the notes": 7,
    "Carried actions": 4,
    "Next meeting": 4,
    "Before leaving": 2,
}
# Keys and presses beyond one for each fact, where the pages still ask for more.
MORE = {
    "Next meeting": 2,  # from field to field
    "Before leaving": 1,  # going there
}


@pytest.fixture(scope="module")
def document() -> NotesDocument:
    return read(NOTES.read_bytes(), NOTES.name)


def rows(document: NotesDocument, section: Section) -> list[NotedAction]:
    return [one for one in document.actions if one.section is section]


def action_line(row: NotedAction) -> str:
    """A row of the table as it is said in one line of notes: owners, words, deadline."""
    owners = " / ".join(one.as_written for one in row.owners)
    by = f", by {row.deadline.as_written}" if row.deadline and row.deadline.date else ""
    return f"ACTION: {owners}: {row.text.rstrip('.')}{by}"


def notes_of_item(document: NotesDocument, number: int) -> list[str]:
    """What is typed under an item: the lines of the notes, each action said once with its owner and deadline."""
    agreed = rows(document, Section.AGREED)
    decided = {one.text for one in document.decisions}
    marked = _marked(document)
    typed = []

    def write(lines: tuple[Line, ...], depth: int) -> None:
        for line in lines:
            words = line.text
            if line.marker is Marker.ACTION:
                row = SAID_IN_LINE.get(marked.index(line))
                words = f"ACTION: {words}" if row in {None, AS_IN_THE_NOTES} else action_line(agreed[row])
            elif words in decided:
                words = f"AGREED: {words}"
            typed.append("  " * depth + words)
            write(line.children, depth + 1)

    write(document.agenda[number].lines, 0)
    return typed + [action_line(agreed[row]) for item, row in SAID_UNDER.items() if item == number]


def _all(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all(line.children)


def plain_document(document: NotesDocument) -> dict[str, int]:
    """The letters of the same meeting in a plain document with two tables, everything typed once and tables by hand.

    Attendance: every name with its words in brackets, commas between, a label for present and for apologies. Notes:
    the very lines that are typed here. Agreed actions: words, owners and deadline of each row, a Tab between cells and
    after the row. Carried actions: the same, with their points. Interests and the next meeting: a line each. Bullets,
    headings and the look of the tables cost nothing.
    """

    def table(actions: list[NotedAction]) -> int:
        cells = [
            [
                " ".join([one.text, *one.details]),
                " / ".join(owner.as_written for owner in one.owners),
                one.deadline.as_written if one.deadline else "",
            ]
            for one in actions
        ]
        return sum(len(cell) + 1 for row in cells for cell in row)

    notes = ["\n".join(notes_of_item(document, number)) for number in range(1, len(document.agenda))]
    return {
        "Attendance": sum(len(one.as_written) + 2 for one in document.attendance)
        + len("Present: ")
        + len("Apologies: "),
        "Interests": len(document.interests.as_written or ""),
        "Notes": sum(len(one) + 1 for one in notes),
        "Agreed actions": table(rows(document, Section.AGREED)),
        "Carried actions": table(rows(document, Section.CARRIED)),
        "Next meeting": sum(len(one.as_written) for one in document.next_meetings),
    }


@pytest.fixture
def meeting(document, group, core_team, settings) -> Meeting:
    """The meeting as it is planned: its agenda, its members, and the actions that are carried into it."""
    settings.ALLIES_TODAY = date.fromisoformat(document.date)
    people = [
        PersonFactory(full_name=one.name) for one in document.attendance if Did.GUEST not in one.capacities
    ]
    for person in people:
        AppointmentFactory(person=person, body=group)
    meeting = MeetingFactory(body=group, date=settings.ALLIES_TODAY, stage=Stage.PLANNED)
    AgendaItemFactory(meeting=meeting, position=1, title="Interests", kind=ItemKind.INTERESTS)
    for number, item in enumerate(document.agenda[1:], 2):
        AgendaItemFactory(meeting=meeting, position=number, title=item.title, kind=item.kind.value)
    for row in rows(document, Section.CARRIED):
        action = ActionFactory(body=group, text=row.text, agreed_on=date(2025, 6, 3))
        for owner in row.owners:
            known = next((one for one in people if one.full_name.startswith(owner.as_written[:4])), None)
            AssignmentFactory(action=action, person=known, as_written=owner.as_written)
    return meeting


def test_logging_the_meeting_of_november_2025(workspace, team, meeting, document, capsys):
    hands = Hands(workspace(team))
    take(hands, document)
    facts = in_the_record(meeting, team)
    with capsys.disabled():
        sys.stdout.write(report(hands, facts, plain_document(document)))

    assert hands.letters.total() == sum(words_themselves(document).values())
    assert {item: notes for item, notes in AgendaItem.objects.values_list("position", "notes") if notes} == {
        number + 1: "\n".join(notes_of_item(document, number)) for number in range(1, len(document.agenda))
    }
    assert facts == FACTS
    for part, number in facts.items():
        assert hands.beyond(part) <= number + MORE.get(part, 0), part
    everything = hands.letters.total() + sum(map(hands.beyond, hands.parts))
    assert everything < sum(plain_document(document).values())


def take(hands: Hands, document: NotesDocument) -> None:
    page = hands.page
    hands.doing = "Beginning"
    hands.press(page.get_by_role("button", name="Begin the notes"))
    page.get_by_role("link", name="Finish the notes").wait_for()
    attendance(hands, document)
    hands.doing = "Interests"
    section = page.locator("#interests")
    hands.press_and_wait_for(
        section.get_by_role("button", name="Nobody had anything to declare"), "**/interests/"
    )
    section.get_by_text("The notes say: “").wait_for()
    for number in range(1, len(document.agenda)):
        hands.doing = "Going from item to item"
        hands.press(page.locator(f".notes-form__end a[href^='?item={number + 1}']"))
        page.wait_for_url(f"**item={number + 1}*")
        notes(hands, document, number)
        if document.agenda[number].kind == "actions":
            carried(hands, document)
    next_meeting(hands, document)
    hands.doing = "Before leaving"
    hands.press(page.get_by_role("link", name="Finish the notes"))
    page.locator("h1", has_text="Before the notes go out").wait_for()
    while (left := page.locator(".settle-list > li").count()) > 0:
        first = page.locator(".settle-list > li").first
        remedy = first.get_by_role("button", name="One action").or_(
            first.get_by_role("button", name="That is right")
        )
        hands.press(remedy.first)
        until(page, lambda left=left: page.locator(".settle-list > li").count() < left)
    page.get_by_text("Nothing is left to settle.").wait_for()


def attendance(hands: Hands, document: NotesDocument) -> None:
    page = hands.page
    hands.doing = "Attendance"
    words = {Presence.PRESENT: "Here", Presence.APOLOGIES: "Apologies", Presence.ABSENT: "Absent"}
    for one in document.attendance:
        if Did.GUEST in one.capacities:
            hands.press(page.locator("#guest input[type=text]"))
            hands.write(one.name)
            with page.expect_response("**/guest/"):
                hands.key("Enter")
        else:
            row = page.locator("#attendance li", has=page.get_by_text(one.name, exact=True))
            hands.press_and_wait_for(row.get_by_role("button", name=words[one.presence]), "**/present/")
            until(page, row.locator("[aria-pressed=true]").is_visible)
    hands.doing = "Chair, note-taker"
    for one in document.attendance:
        kinds = [kind for kind in one.capacities if kind in {Did.CHAIR, Did.NOTETAKER}]
        if not kinds:
            continue
        for kind in kinds:
            role = page.locator("#roles form", has=page.locator(f"input[value='{kind.value}']"))
            button = role.get_by_role("button", name=one.name, exact=True)
            hands.press_and_wait_for(button, "**/present/")
            until(page, lambda button=button: button.get_attribute("aria-pressed") == "true")


def notes(hands: Hands, document: NotesDocument, number: int) -> None:
    hands.doing = "Notes"
    page = hands.page
    lines = notes_of_item(document, number)
    hands.write_notes("\n".join(lines))
    hands.doing = "Understood from the notes"
    asked = sum(1 for line in lines if line.strip().startswith(("ACTION:", "AGREED:")))
    again = any(line.strip() == f"ACTION: {one}" for one in said_again(document) for line in lines)
    cards = page.locator("#picked-up .pick")
    last = next((line for line in reversed(lines) if line.strip().startswith(("ACTION:", "AGREED:"))), "")
    until(page, lambda: not last or last.endswith(cards.last.locator("[name=seen]").first.input_value()))
    for answered in range(1, asked + 1 - again):
        asks_which = cards.locator("[name^='who-']").first
        if asks_which.is_visible():
            hands.press(asks_which)
        elif again:  # the first that waits is an action that was said before: that is settled before leaving
            hands.press(cards.get_by_role("button", name="Record it"))
        else:
            page.locator("#picked-up [data-accept]").wait_for()
            hands.key("Control+Enter")
        page.locator("#picked-up").get_by_text(f"{answered} recorded").wait_for()


def said_again(document: NotesDocument) -> list[str]:
    """The words of lines that say once more what another line said."""
    return [_marked(document)[line].text for line in SAID_AGAIN]


def _marked(document: NotesDocument) -> list[Line]:
    return [line for item in document.agenda for line in _all(item.lines) if line.marker is Marker.ACTION]


def carried(hands: Hands, document: NotesDocument) -> None:
    hands.doing = "Carried actions"
    page = hands.page
    found = rows(document, Section.CARRIED)
    for number, row in enumerate(found, 1):
        said = page.locator("#carried li", has_text=row.text[:40]).get_by_role("button", name="In progress")
        hands.press_and_wait_for(said, "**/review/")
        page.locator("#carried").get_by_text(f"{number} of {len(found)} reviewed").wait_for()
    page.get_by_text(f"{len(found)} of {len(found)} reviewed").first.wait_for()


def next_meeting(hands: Hands, document: NotesDocument) -> None:
    hands.doing = "Next meeting"
    page, coming = hands.page, document.next_meetings[0]
    day = date.fromisoformat(coming.date or "")
    hands.press(page.locator("#next").get_by_label("Day"))
    for words in (str(day.day), str(day.month), str(day.year), coming.starts):
        hands.write(words or "")
        hands.key("Tab")
    hands.write(coming.ends or "")
    hands.key("Enter")
    page.locator("#next .next-meeting").wait_for()


def words_themselves(document: NotesDocument) -> dict[str, int]:
    """The letters that nobody but the note-taker can know: the notes, a guest's name, when the group meets next."""
    coming = document.next_meetings[0]
    day = date.fromisoformat(coming.date or "")
    guests = [one.name for one in document.attendance if Did.GUEST in one.capacities]
    return {
        "Attendance": sum(map(len, guests)),
        "Notes": sum(len("\n".join(notes_of_item(document, n))) for n in range(1, len(document.agenda))),
        "Next meeting": len(f"{day.day}{day.month}{day.year}{coming.starts}{coming.ends}"),
    }


def in_the_record(meeting: Meeting, by: Account) -> dict[str, int]:
    """How many facts the record holds of the meeting that it did not hold before, part by part.

    An action is one fact with its words, owners and deadline; so is a decision with how it was reached.
    """
    meeting.refresh_from_db()
    there = Attendance.objects.filter(meeting=meeting)
    coming = meeting.announced.get()
    return {
        "Beginning": int(meeting.stage == Stage.DRAFT),
        "Attendance": there.exclude(presence="").count()
        + Capacity.objects.filter(kind=Did.GUEST.value).count(),
        "Chair, note-taker": Capacity.objects.exclude(kind=Did.GUEST.value).count(),
        "Interests": int(meeting.interests_state == InterestsState.NONE_DECLARED),
        "Understood from the notes": agreed_at(meeting, by).count()
        + Decision.objects.count()
        + OtherName.objects.count(),
        "Carried actions": Update.objects.filter(on=meeting.date, status=Status.IN_PROGRESS).count(),
        "Next meeting": sum(map(bool, (coming.date, coming.starts, coming.ends, coming.became))),
        "Before leaving": Settled.objects.count()
        + Mention.objects.in_notes().exclude(action=None).count()
        - agreed_at(meeting, by).count(),
    }


def report(hands: Hands, facts: dict[str, int], plain: dict[str, int]) -> str:
    """The figures, part by part, as a table."""
    lines = [f"\n{'':26}{'letters':>9}{'keys':>7}{'presses':>9}{'facts':>7}{'in a plain document':>22}"]
    for part in dict.fromkeys([*hands.parts, *plain]):
        figures = (
            hands.letters[part],
            hands.keys[part],
            hands.presses[part],
            facts.get(part, 0),
            plain.get(part, 0),
        )
        lines.append(f"{part:26}{figures[0]:9}{figures[1]:7}{figures[2]:9}{figures[3]:7}{figures[4]:22}")
    sums = (
        hands.letters.total(),
        hands.keys.total(),
        hands.presses.total(),
        sum(facts.values()),
        sum(plain.values()),
    )
    lines.append(f"{'Together':26}{sums[0]:9}{sums[1]:7}{sums[2]:9}{sums[3]:7}{sums[4]:22}")
    return "\n".join(lines) + "\n"
