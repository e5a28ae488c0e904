"""A meeting's notes as one document, for those who may read them: what is downloaded and sent on.

For a meeting brought in from its document this is what was read, warnings aside, as long as nobody has changed it.
"""

from dataclasses import replace
from typing import Any

from meetings.models import Meeting, SourceDocument
from meetings.models.in_full import MeetingInFull
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, from_json
from meetings.services.interests_out import decision_out, interests_out, places_in_document
from meetings.services.parts_of_notes import action_out, agenda_out, next_meetings_out, titles_in, written
from meetings.wording import capacities_in_words


def notes_of(full: MeetingInFull) -> NotesDocument:
    """The notes of a meeting, as far as whoever read `full` may see them, in normal form. One query.

    The tables of a brought-in meeting are its document's own. For any other they are the record's: what was
    agreed, then what was carried in as it stood when the day was over, then what had closed since last time.
    Once a version went out, they are that version, with the items as they were corrected since; once sealed, nothing
    is corrected any more.
    """
    meeting = full.meeting
    if full.frozen and full.is_sealed:
        return full.frozen.document
    source = SourceDocument.objects.filter(meeting=meeting).first() if full.brought_in else None
    understood = from_json(source.understood) if source else None
    spoken_of = titles_in(understood)
    if full.frozen:
        items = (*agenda_out(full.items, spoken_of), *full.frozen.besides)
        return notes.normal_form(replace(full.frozen.document, agenda=items))
    places = places_in_document(full.items, full.attendance, spoken_of)
    return notes.normal_form(
        NotesDocument(
            title=understood.title if understood else _title(meeting),
            body=understood.body if understood else meeting.body.name,
            date=meeting.date.isoformat(),
            starts=written(meeting.starts),
            ends=written(meeting.ends),
            place=meeting.place or None,
            attendance=_attendance(full, understood),
            interests=interests_out(meeting, full.interests, places, brought_in=full.brought_in),
            actions=_listed(full, understood) if understood else _from_record(full),
            agenda=agenda_out(full.items, spoken_of),
            next_meetings=next_meetings_out(full.announced),
            decisions=tuple(decision_out(one, full.interests) for one in full.decisions),
        )
    )


def _title(meeting: Meeting) -> str:
    return f"{meeting.body.name}: {meeting.title}" if meeting.title else meeting.body.name


def _attendance(full: MeetingInFull, understood: NotesDocument | None) -> tuple[notes.Attendee, ...]:
    """Each as the document wrote them, where that still says what the record says; else with brackets of our own.

    Nothing said of somebody's presence is neither presence nor absence, so they are not in the notes.
    """
    written = (
        {(one.name, one.presence, one.capacities): one for one in understood.attendance} if understood else {}
    )
    found = []
    for row in full.attendance:
        if not row.presence:
            continue
        name = row.name_as_written or row.name
        presence, kinds = notes.Presence(row.presence), tuple(_kinds(row))
        did = capacities_in_words(kinds)
        ours = notes.Attendee(name, f"{name} ({did})" if did else name, presence, kinds)
        found.append(written.get((name, presence, kinds), ours))
    return tuple(found)


def _kinds(row: Any) -> list[notes.Capacity]:
    """The capacities that reading in full hung on the row."""
    return list(row.kinds)


def _listed(full: MeetingInFull, understood: NotesDocument) -> tuple[notes.NotedAction, ...]:
    """The rows of the document's tables, but those of actions that are kept from the reader."""
    seen = {(notes.Section.AGREED, one.text) for one in full.listed_agreed}
    seen |= {(notes.Section.CARRIED, one.text) for one in full.listed_carried}
    return tuple(row for row in understood.actions if (row.section, row.text) in seen)


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
    owners = (
        notes.Owner(one.name, notes.OwnerRole.LEAD if one.leads else notes.OwnerRole.SUPPORT)
        for one in action.owners
    )
    return action_out(section, action, owners, status)
