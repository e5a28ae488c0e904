"""What the invented group declared at its meetings, and what was done about it: each case once."""

from datetime import time
from typing import TYPE_CHECKING

from allies.interests import Handling as How
from allies.models import Interest
from allies.services.keeping import change
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.services.conflicts import answer_none, declare
from meetings.services.handling import Declaring, declare_and_handle, take_chair, withdraw_declaration

if TYPE_CHECKING:
    from meetings.example.loading import Example

SAID_BEFORE = ("Ada", "Esme", "Ines")


def handle_conflicts(example: "Example") -> None:
    """One who left and came back, one who stayed, a guest, a chair, a mistake; and answers before the next meeting."""
    _left_and_came_back(example)
    _stayed_and_a_guest(example)
    _the_chair_and_a_mistake(example)
    coming = Meeting.objects.get(body__slug="allies-group", date=example.held_on(0))
    for name in SAID_BEFORE:
        answer_none(by=example.actor(name), meeting=coming, person=example.people[name])


def _left_and_came_back(example: "Example") -> None:
    item = _item(example, 5, "When our values and a partner's pull apart")
    decision = item.meeting.decisions.get()
    change(decision, by=example.actor("Kit"), item=item)
    declare_and_handle(
        by=example.actor("Kit"),
        item=item,
        declaring=Declaring(
            person=example.people["Femi"], interest=Interest.objects.get(person=example.people["Femi"])
        ),
        how=How.LEFT,
        reason="The trust decides on the report.",
        decided_by=example.people["Carys"],
        left=time(11, 35),
        back=time(12, 5),
    )


def _stayed_and_a_guest(example: "Example") -> None:
    item = _item(example, 1, "Streets We Share: are we being listened to?")
    by, chair = example.actor("Kit"), example.people["Tomas"]
    grace = example.people["Grace Holt"]
    declare_and_handle(
        by=by,
        item=item,
        declaring=Declaring(person=grace, interest=Interest.objects.get(person=grace)),
        how=How.STAYED,
        reason="The group wanted to hear what she knows of the council.",
        decided_by=chair,
    )
    samir = next(
        row for row in Attendance.objects.filter(meeting=item.meeting) if row.name.startswith("Samir")
    )
    declare_and_handle(
        by=by,
        item=item,
        declaring=Declaring(attendance=samir, words="Worked for the council until last year"),
        how=How.NOTED,
        decided_by=chair,
    )


def _the_chair_and_a_mistake(example: "Example") -> None:
    item = _item(example, 2, "Progress")
    by = example.actor("Kit")
    take_chair(by=by, item=item, person=example.people["Carys"])
    declare_and_handle(
        by=by,
        item=item,
        declaring=Declaring(
            person=example.people["Tomas"], words="His sister has applied for a post in this"
        ),
        how=How.LEFT,
        decided_by=example.people["Carys"],
        left=time(11, 50),
        back=time(12, 0),
    )
    mistaken = declare(
        by=by,
        meeting=item.meeting,
        person=example.people["Ines"],
        words="Knows somebody who applied",
        item=item,
    )
    withdraw_declaration(
        by=by, declaration=mistaken, meeting=item.meeting, reason="It was somebody else of that name."
    )
    answer_none(by=by, meeting=item.meeting, person=example.people["Ines"])


def _item(example: "Example", before: int, title: str) -> AgendaItem:
    items = AgendaItem.objects.filter(
        meeting__body__slug="allies-group", meeting__date=example.held_on(before)
    )
    return items.select_related("meeting__body").get(title__startswith=title)
