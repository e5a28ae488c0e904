"""What the invented group has before it: the next meeting, with its agenda, papers and answers, and one after it."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from allies.models import Person
from allies.services.keeping import keep
from meetings.example.people import GROUP
from meetings.models import AgendaItem, Answer, Attendance, ItemKind, Meeting, Purpose
from meetings.notes.document import Capacity
from meetings.services.agenda_items import ItemWords, add_item
from meetings.services.papers import add_paper
from meetings.services.planning import Arrangements, plan_meeting
from meetings.services.recording import Seen, record_attendance

if TYPE_CHECKING:
    from meetings.example.loading import Example

AGENDA = (
    (
        "Welcome, apologies and interests",
        ItemKind.INTERESTS,
        Purpose.INFORMATION,
        10,
        ("Tomas Reid", "Femi Adeyemi"),
        "",
    ),
    ("Actions from last time and before", ItemKind.ACTIONS, Purpose.ADVICE, 20, (), ""),
    ("Progress and risk report", ItemKind.REPORT, Purpose.INFORMATION, 20, ("Isobel Marsh",), ""),
    (
        "Mid-point review of our strategy",
        ItemKind.DISCUSSION,
        Purpose.ADVICE,
        20,
        ("Lena Roth", "Femi Adeyemi"),
        "",
    ),
    ("Break", ItemKind.OTHER, "", 10, (), ""),
    (
        "Co-chairing: how we choose our next chairs",
        ItemKind.DISCUSSION,
        Purpose.DECISION,
        20,
        ("Isobel Marsh", "Ada Okafor"),
        "",
    ),
    (
        "What the council answered",
        ItemKind.DISCUSSION,
        Purpose.DECISION,
        15,
        ("Grace Holt", "Kit Sorensen"),
        "Streets We Share",
    ),
    ("Any other business and date of next meeting", ItemKind.OTHER_BUSINESS, Purpose.INFORMATION, 5, (), ""),
)
PAPERS = (
    (
        "Progress and risk report",
        "Income report",
        "",
        "income-report.txt",
        "Income by type of funding, with what is applied for still missing.\n",
    ),
    (
        "Mid-point review of our strategy",
        "Review plan",
        "draft 2",
        "review-plan.txt",
        "What we stop, what we keep, and who asks whom.\n",
    ),
    (
        "Co-chairing: how we choose our next chairs",
        "Co-chairing: three options",
        "",
        "co-chairing.txt",
        "An election, a rota, or a panel with community members.\n",
    ),
)
ANSWERS = {
    "Tomas": Answer.COMING,
    "Femi": Answer.COMING,
    "Esme": Answer.COMING,
    "Grace Holt": Answer.COMING,
    "Ines": Answer.UNDECIDED,
    "Hugh": Answer.COMING,
    "Joan": Answer.APOLOGIES,
    "Bel": Answer.COMING,
    "Dev": Answer.COMING,
    "Kit": Answer.COMING,
}
INVITED = (*ANSWERS, "Ada", "Grace Ilori", "Lena")


def plan_what_comes(example: "Example") -> None:
    """Plan the next meeting of the group, and the one after it."""
    by = example.actor("Kit")
    body = example.bodies[GROUP]
    where = {"place": "Online", "access": "Captions are on. There is a break in the middle."}
    meeting = plan_meeting(
        by=by,
        body=body,
        arrangements=Arrangements(
            example.next_on, time(11), time(13), link="https://example.org/join/allies", **where
        ),
        with_standing_items=False,
    )
    for title, kind, purpose, minutes, presenters, about in AGENDA:
        words = ItemWords(title, kind, purpose, minutes, presenters, example.matters.get(about))
        add_item(by=by, meeting=meeting, words=words)
    items = {item.title: item for item in AgendaItem.objects.filter(meeting=meeting)}
    for item, title, version, name, content in PAPERS:
        add_paper(
            by=by,
            meeting=meeting,
            title=title,
            version=version,
            item=items[item],
            file_name=name,
            content=content.encode(),
        )
    record_attendance(
        by=by,
        meeting=meeting,
        seen=[
            Seen("", (Capacity.CHAIR,), person=example.people["Tomas"]),
            Seen("", (Capacity.CHAIR,), person=example.people["Femi"]),
            Seen("", (Capacity.NOTETAKER,), person=example.people["Dev"]),
        ],
    )
    _answers(example, meeting, by)
    plan_meeting(
        by=by,
        body=body,
        arrangements=Arrangements(example.next_on + timedelta(weeks=13), time(11), time(13), **where),
    )


def _answers(example: "Example", meeting: Meeting, by: object) -> None:
    """Answers came in over the last days: the moment of each is written with it."""
    there = {one.person_id: one for one in Attendance.objects.filter(meeting=meeting)}
    for number, name in enumerate(INVITED):
        person: Person = example.people[name]
        row = there.get(person.pk) or Attendance(meeting=meeting, person=person, position=number + 10)
        row.answer = ANSWERS.get(name, "")
        if row.answer:
            morning = datetime.combine(example.today, time(9, 12), meeting.begins_at.tzinfo)
            row.answered_at = morning - timedelta(days=1 + number % 4)
        keep(row, by=by)
    meeting.invited_at = meeting.begins_at - timedelta(days=30)
    keep(meeting, by=by)
