"""What the record says of a meeting, as a notes document: to hold another copy of its notes against."""

from actions.models import Action
from allies.models import OPERATOR
from meetings.models import Meeting, SourceDocument
from meetings.models.declared import read_interests
from meetings.models.in_full import attendance_of, items_of
from meetings.models.lists import agreed_at, carried_into
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, from_json
from meetings.services.interests_out import decision_out, interests_out, places_in_document
from meetings.services.parts_of_notes import action_out, agenda_out, next_meetings_out, titles_in, written


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
    spoken_of = titles_in(understood)
    found = read_interests(OPERATOR, meeting)
    items = items_of(meeting, OPERATOR)
    places = places_in_document(items, attendance_of(meeting), spoken_of)
    return NotesDocument(
        date=meeting.date.isoformat(),
        starts=written(meeting.starts),
        ends=written(meeting.ends),
        place=meeting.place or None,
        attendance=tuple(_attendance(meeting)),
        interests=interests_out(meeting, found, places, brought_in=source is not None),
        actions=understood.actions if understood else tuple(_actions(meeting)),
        agenda=agenda_out(items, spoken_of),
        next_meetings=next_meetings_out(meeting.announced.all()),
        decisions=tuple(
            decision_out(one, found) for one in meeting.decisions.standing().order_by("position", "pk")
        ),
    )


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


def _actions(meeting: Meeting) -> list[notes.NotedAction]:
    agreed = [(notes.Section.AGREED, action) for action in agreed_at(meeting, OPERATOR).with_owners()]
    carried = [(notes.Section.CARRIED, action) for action in carried_into(meeting, OPERATOR).with_owners()]
    return [_row(section, action) for section, action in [*agreed, *carried]]


def _row(section: notes.Section, action: Action) -> notes.NotedAction:
    owners = (notes.Owner(one.as_written, notes.OwnerRole(one.role)) for one in getattr(action, "owners", []))
    return action_out(section, action, owners, action.status if section is notes.Section.CARRIED else "")
