"""A meeting's notes as one document, for those who may read them: what is downloaded and sent on.

For a meeting brought in from its document this is what was read, warnings aside, as long as nobody has changed it.
"""

from dataclasses import replace
from typing import Any

from actions.models import Action
from actions.statuses import Status
from allies.models import Actor
from meetings.models import Meeting, Mention, MentionPlace, SourceDocument
from meetings.models.in_full import MeetingInFull, meeting_in_full
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, from_json
from meetings.services.as_document import document_of
from meetings.wording import capacities_in_words

_SECTION_OF = {MentionPlace.AGREED: notes.Section.AGREED, MentionPlace.CARRIED: notes.Section.CARRIED}


def notes_of(meeting: Meeting, actor: Actor) -> NotesDocument:
    """The notes of a meeting as `actor` may see them, in normal form. Raises Meeting.DoesNotExist where they may not.

    The tables of a brought-in meeting are its document's own. For any other they are the record's: what was
    agreed, then what was carried in as it stood when the day was over, then what had closed since last time.
    """
    full = meeting_in_full(actor, meeting.pk)
    record = document_of(full.meeting)
    source = SourceDocument.objects.filter(meeting=meeting).first()
    understood = from_json(source.understood) if source else None
    return notes.normal_form(
        replace(
            record,
            title=understood.title if understood else _title(full.meeting),
            body=understood.body if understood else full.meeting.body.name,
            attendance=_attendance(record, understood),
            actions=_listed(meeting, understood, actor) if understood else _from_record(full),
        )
    )


def _title(meeting: Meeting) -> str:
    return f"{meeting.body.name}: {meeting.title}" if meeting.title else meeting.body.name


def _attendance(record: NotesDocument, understood: NotesDocument | None) -> tuple[notes.Attendee, ...]:
    """Each as the document wrote them, where that still says what the record says; else with brackets of our own."""
    written = (
        {(one.name, one.presence, one.capacities): one for one in understood.attendance} if understood else {}
    )
    found = []
    for one in record.attendance:
        did = capacities_in_words(one.capacities)
        ours = replace(one, as_written=f"{one.name} ({did})" if did else one.name)
        found.append(written.get((one.name, one.presence, one.capacities), ours))
    return tuple(found)


def _listed(meeting: Meeting, understood: NotesDocument, actor: Actor) -> tuple[notes.NotedAction, ...]:
    """The rows of the document's tables, but those of actions that are kept from the reader."""
    hidden = (
        Mention.objects.filter(meeting=meeting)
        .in_tables()
        .exclude(action__in=Action.objects.visible_to(actor).values("pk"))
    )
    kept_back = {(_SECTION_OF[MentionPlace(one.place)], one.text) for one in hidden}
    return tuple(row for row in understood.actions if (row.section, row.text) not in kept_back)


def _from_record(full: MeetingInFull) -> tuple[notes.NotedAction, ...]:
    agreed, carried = notes.Section.AGREED, notes.Section.CARRIED
    rows = [_row(agreed, action, "") for action in full.agreed]
    rows += [_row(carried, action, _status(action, "status_after")) for action in full.carried]
    rows += [_row(carried, action, _status(action, "status_then")) for action in full.closed]
    return tuple(rows)


def _status(action: Any, name: str) -> str:
    """A status that the query of the page annotated."""
    return str(getattr(action, name))


def _row(section: notes.Section, action: Any, status: str) -> notes.NotedAction:
    return notes.NotedAction(
        section,
        action.text,
        tuple(action.points),
        tuple(
            notes.Owner(one.name, notes.OwnerRole.LEAD if one.leads else notes.OwnerRole.SUPPORT)
            for one in action.owners
        ),
        action.deadline,
        Status(status) if status else None,
    )
