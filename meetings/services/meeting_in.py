"""The parts of a set of notes, written into its meeting: when, who, interests, items, decisions, next meetings.

For `importing` and `replacing`, inside their transaction: no permission is asked here. Each function leaves what
is already right as it is, and takes away only what earlier notes of the same meeting said.
"""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any

from allies.models import OPERATOR, Actor, Declaration
from allies.partial_dates import PartialDate
from allies.services.keeping import change, discard, keep
from meetings.interests import without_took_no_part
from meetings.matching import plain_words
from meetings.models import (
    AgendaItem,
    AnnouncedMeeting,
    Attendance,
    Capacity,
    Decision,
    DecisionKind,
    Meeting,
    Presenter,
)
from meetings.models.declared import read_interests
from meetings.models.in_full import attendance_of, items_of
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument, Reached
from meetings.notes.lines import write_lines
from meetings.services.interests_out import declaration_out, places_in_document
from meetings.services.minutes import note_rewritten
from meetings.services.people_in import Cast

NOT_IN_CORRECTED = "Not in the corrected copy of these notes"


def write_when_and_where(meeting: Meeting, document: NotesDocument) -> None:
    """Set when it began and ended, and where, as far as the notes say. The caller keeps the meeting."""
    starts, ends = _time(document.starts), _time(document.ends)
    if starts:
        meeting.starts = starts
        meeting.ends = ends if ends and ends > starts else None
    if document.place:
        meeting.place = document.place[:300]


def write_interests_state(meeting: Meeting, document: NotesDocument) -> None:
    """Set what the notes say of interests, in three states. The caller keeps the meeting."""
    meeting.interests_state = document.interests.state.value
    meeting.interests_words = document.interests.as_written or ""


def write_attendance(by: Actor, meeting: Meeting, document: NotesDocument, cast: Cast) -> None:
    """Write who was there, as what. Answers given before the meeting stay; a person is listed once."""
    rows = list(meeting.attendance.order_by("position", "pk")) if meeting.pk else []
    by_person = {row.person_id: row for row in rows if row.person_id}
    by_name = {plain_words(row.name_as_written): row for row in rows if not row.person_id}
    used: set[int] = set()
    for position, (one, person) in enumerate(zip(document.attendance, cast.attendees, strict=True)):
        row = by_person.get(person.pk) if person else by_name.get(plain_words(one.name))
        row = row or by_name.get(plain_words(one.name))
        if row is None:
            row = Attendance(meeting=meeting)
        elif row.pk in used:
            # The list names somebody twice: once for each thing they did.
            _write_capacities(
                by, row, [*row.capacities.values_list("kind", flat=True), *map(str, one.capacities)]
            )
            continue
        row.person = person
        row.name_as_written = one.name[:300]
        row.presence = one.presence.value
        row.position = position
        keep(row, by=by)
        used.add(row.pk)
        if person:
            by_person[person.pk] = row
        else:
            by_name[plain_words(one.name)] = row
        _write_capacities(by, row, map(str, one.capacities))
    for row in rows:
        if row.pk in used:
            continue
        if row.answer:
            change(
                row, by=by, presence="", name_as_written="", position=len(document.attendance) + row.position
            )
        else:
            discard(row, by=by, reason=NOT_IN_CORRECTED)


def write_declarations(by: Actor, meeting: Meeting, document: NotesDocument, cast: Cast) -> None:
    """Write what was declared at the meeting, as written. What stands there in the same words stays.

    What is no longer in the notes goes, but for what was handled or stands in the register: that is withdrawn.
    """
    standing = Declaration.objects.filter(body=meeting.body, on=meeting.date, withdrawn="")
    said = {row.pk: row for row in standing}
    written = {pk: {(row.name_as_written, row.words)} for pk, row in said.items()}
    places = places_in_document(
        items_of(meeting, OPERATOR), attendance_of(meeting), _titles_brought_in(meeting)
    )
    for one in read_interests(OPERATOR, meeting).standing:
        # Our own documents say how it was handled, too.
        ours = declaration_out(one, places)
        written[one.pk].add((ours.name or "", ours.words))
    wanted = [(one.name or "", one.words) for one in document.interests.declarations]
    for pk, row in said.items():
        if written[pk].isdisjoint(wanted):
            if row.interest_id or row.handlings.exists():
                change(row, by=by, withdrawn=NOT_IN_CORRECTED)
            else:
                discard(row, by=by, reason=NOT_IN_CORRECTED)
    held = {(name[:200], words) for pk in said for name, words in written[pk]}
    for name, words in wanted:
        if (name[:200], words) not in held:
            row = Declaration(
                person=cast.person(name),
                name_as_written=name[:200],
                words=words,
                body=meeting.body,
                on=meeting.date,
            )
            keep(row, by=by)


def write_items(
    by: Actor,
    meeting: Meeting,
    document: NotesDocument,
    cast: Cast,
    leave: frozenset[tuple[str, ...]] = frozenset(),
) -> list[AgendaItem]:
    """Write the items with what was noted under each. Gives the item of each entry of the document's agenda.

    Those whose title is in `leave` (as `plain_words`) only take their place.

    Items already on the agenda are found by their titles and filled in; those that the notes do not speak of stay
    as they were planned, after the others, unless earlier notes of this meeting brought them in.
    """
    rows = list(meeting.items.order_by("position", "pk"))
    before = _titles_brought_in(meeting)
    found: list[AgendaItem] = []
    for position, one in enumerate(document.agenda, 1):
        row = next(
            (row for row in rows if row not in found and plain_words(row.title) == plain_words(one.title)),
            None,
        )
        row = row or AgendaItem(meeting=meeting, title=one.title[:300])
        values: dict[str, Any] = {"position": position}
        if row.pk is None or plain_words(one.title) not in leave:
            values |= {"kind": one.kind.value, "notes": write_lines(one.lines)}
            presenters = one.presenters
        else:
            presenters = ()
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            notes_before = row.notes if row.pk else None
            for name, value in values.items():
                setattr(row, name, value)
            keep(row, by=by)
            if notes_before is not None:
                note_rewritten(row, notes_before, by=by)
        _write_presenters(row, presenters, cast)
        found.append(row)
    position = len(found)
    for row in rows:
        if row in found:
            continue
        if plain_words(row.title) in before and not row.papers.exists() and not row.revisions.exists():
            discard(row, by=by, reason=NOT_IN_CORRECTED)
        else:
            position += 1
            change(row, by=by, position=position)
    return found


def write_decisions(
    by: Actor, meeting: Meeting, document: NotesDocument, items: Sequence[AgendaItem]
) -> None:
    """Write what was agreed, under the item whose notes tell of it. What the notes lost is withdrawn, not deleted."""
    rows = list(meeting.decisions.standing())
    used: set[int] = set()
    for position, one in enumerate(document.decisions):
        advice = one.reached is Reached.ADVICE
        # Our own documents say after a decision who took no part in it.
        ours = without_took_no_part(one.text)
        values: dict[str, Any] = {
            "position": position,
            "reached": one.reached.value if one.reached else "",
            "kind": DecisionKind.ADVICE if advice else DecisionKind.DECISION,
            "item": _item_of(one.text, document, items) or _item_of(ours, document, items),
        }
        row = next((row for row in rows if row.pk not in used and row.text in {one.text, ours}), None)
        if row is None:
            row = Decision(meeting=meeting, text=one.text, **values)
            keep(row, by=by)
        elif row.case_id is None:
            change(row, by=by, **values)
        used.add(row.pk)
    for row in rows:
        # What decided a case stays: the case rests on it.
        if row.pk not in used and row.case_id is None:
            change(row, by=by, withdrawn=NOT_IN_CORRECTED)


def write_next_meetings(by: Actor, meeting: Meeting, document: NotesDocument) -> None:
    """Write the next meetings that the notes announce, and tie announcements to the meetings they became."""
    rows = list(meeting.announced.select_related("became"))
    others = {
        other.date.isoformat(): other
        for other in Meeting.objects.standing().filter(body_id=meeting.body_id).exclude(pk=meeting.pk)
    }
    used: set[int] = set()
    for position, one in enumerate(document.next_meetings):
        written = one.as_written[:300]
        starts, ends = _time(one.starts), _time(one.ends)
        row = next((row for row in rows if row.pk not in used and row.as_written == written), None)
        values: dict[str, Any] = {
            "date": PartialDate.read(one.date) if one.date else None,
            "starts": starts,
            "ends": ends if starts and ends and ends > starts else None,
            "position": position,
            "became": (row.became if row else None) or others.get(one.date or ""),
        }
        if row is None:
            row = AnnouncedMeeting(meeting=meeting, as_written=written, **values)
            keep(row, by=by)
        else:
            change(row, by=by, **values)
        used.add(row.pk)
    for row in rows:
        if row.pk not in used:
            discard(row, by=by, reason=NOT_IN_CORRECTED)
    waiting = AnnouncedMeeting.objects.filter(
        meeting__body_id=meeting.body_id, date=meeting.date.isoformat(), became__isnull=True
    )
    for row in waiting.exclude(meeting=meeting):
        change(row, by=by, became=meeting)


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def _titles_brought_in(meeting: Meeting) -> set[tuple[str, ...]]:
    """The titles of items that an earlier copy of these notes brought in."""
    source = getattr(meeting, "source", None)
    return {plain_words(item["title"]) for item in source.understood["agenda"]} if source else set()


def _write_capacities(by: Actor, row: Attendance, kinds: Iterable[str]) -> None:
    """Write what somebody did, in the order of the notes."""
    wanted = list(dict.fromkeys(kinds))
    held = list(row.capacities.all())
    # The order they were said in is the order of their ids: what comes after the first that differs is written anew.
    same = 0
    while same < min(len(held), len(wanted)) and held[same].kind == wanted[same]:
        same += 1
    for capacity in held[same:]:
        discard(capacity, by=by, reason=NOT_IN_CORRECTED)
    for kind in wanted[same:]:
        keep(Capacity(attendance=row, kind=kind), by=by)


def _write_presenters(item: AgendaItem, names: Sequence[str], cast: Cast) -> None:
    held = list(item.presenters.all())
    if [row.as_written for row in held] == [name[:200] for name in names] or (held and not names):
        return
    for row in held:
        row.delete()
    Presenter.objects.bulk_create(
        Presenter(item=item, person=cast.person(name), as_written=name[:200], position=position)
        for position, name in enumerate(names)
    )


def _item_of(text: str, document: NotesDocument, items: Sequence[AgendaItem]) -> AgendaItem | None:
    for number, item in enumerate(document.agenda):
        if _says(item.lines, text):
            return items[number]
    return None


def _says(lines: Sequence[notes.Line], text: str) -> bool:
    return any(line.text == text or _says(line.children, text) for line in lines)
