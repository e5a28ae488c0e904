"""What the record says of a meeting, as a notes document: to hold another copy of its notes against."""

from datetime import time

from actions.models import Action
from actions.statuses import Status
from allies.models import OPERATOR
from meetings.matching import plain_words
from meetings.models import Meeting, SourceDocument
from meetings.models.declared import read_interests
from meetings.models.in_full import attendance_of, items_of
from meetings.models.lists import agreed_at, carried_into
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, from_json
from meetings.notes.lines import parse_lines
from meetings.services.interests_out import decision_out, interests_out, places_in_document


def has_something_noted(meeting: Meeting) -> bool:
    """Whether anything has been written of what happened at the meeting; planning it is not that."""
    return (
        SourceDocument.objects.filter(meeting=meeting).exists()
        or meeting.items.exclude(notes="").exists()
        or meeting.attendance.exclude(presence="").exists()
        or meeting.mentions.exists()
        or meeting.decisions.exists()
        or Action.objects.filter(body=meeting.body_id, agreed_on=meeting.date).exists()
    )


def document_of(meeting: Meeting) -> NotesDocument:
    """The record's notes of a meeting. Bounded queries: one for each kind of thing, not for each row.

    The rows of the tables of a brought-in meeting are those of its document: nothing changes them in the record.
    """
    source = SourceDocument.objects.filter(meeting=meeting).first()
    understood = from_json(source.understood) if source else None
    spoken_of = {plain_words(item.title) for item in understood.agenda} if understood else set()
    found = read_interests(OPERATOR, meeting)
    places = places_in_document(items_of(meeting, OPERATOR), attendance_of(meeting), spoken_of)
    return NotesDocument(
        date=meeting.date.isoformat(),
        starts=_written(meeting.starts),
        ends=_written(meeting.ends),
        place=meeting.place or None,
        attendance=tuple(_attendance(meeting)),
        interests=interests_out(meeting, found, places, brought_in=source is not None),
        actions=understood.actions if understood else tuple(_actions(meeting)),
        agenda=tuple(_agenda(meeting, understood)),
        next_meetings=tuple(
            notes.NextMeeting(
                one.as_written, str(one.date) if one.date else None, _written(one.starts), _written(one.ends)
            )
            for one in meeting.announced.all()
        ),
        decisions=tuple(
            decision_out(one, found) for one in meeting.decisions.standing().order_by("position", "pk")
        ),
    )


def _written(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None


def _attendance(meeting: Meeting) -> list[notes.Attendee]:
    rows = meeting.attendance.exclude(presence="").select_related("person").prefetch_related("capacities")
    return [
        notes.Attendee(
            row.name_as_written or row.name,
            row.name_as_written or row.name,
            notes.Presence(row.presence),
            tuple(notes.Capacity(capacity.kind) for capacity in row.capacities.all()),
        )
        for row in rows
    ]


def _agenda(meeting: Meeting, understood: NotesDocument | None) -> list[notes.AgendaItem]:
    """The items that notes speak of: one only planned, with nothing under it, is not part of them."""
    spoken_of = {plain_words(item.title) for item in understood.agenda} if understood else set()
    return [
        notes.AgendaItem(
            item.title,
            tuple(presenter.as_written for presenter in item.presenters.all()),
            notes.ItemKind(item.kind),
            parse_lines(item.notes),
        )
        for item in meeting.items.prefetch_related("presenters").order_by("position", "pk")
        if item.notes or plain_words(item.title) in spoken_of
    ]


def _actions(meeting: Meeting) -> list[notes.NotedAction]:
    agreed = [(notes.Section.AGREED, action) for action in agreed_at(meeting, OPERATOR).with_owners()]
    carried = [(notes.Section.CARRIED, action) for action in carried_into(meeting, OPERATOR).with_owners()]
    return [_row(section, action) for section, action in [*agreed, *carried]]


def _row(section: notes.Section, action: Action) -> notes.NotedAction:
    owners = getattr(action, "owners", [])
    return notes.NotedAction(
        section,
        action.text,
        tuple(action.points),
        tuple(notes.Owner(one.as_written, notes.OwnerRole(one.role)) for one in owners),
        action.deadline,
        Status(action.status) if action.status and section is notes.Section.CARRIED else None,
    )
