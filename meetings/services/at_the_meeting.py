"""What the note-taker says with one press while the meeting goes on: who is here, who is out, how actions go."""

from collections.abc import Iterable, Sequence
from datetime import time

from django.db import transaction

from actions.deadlines import Deadline
from actions.models import Action
from actions.services import Owner, change_deadline, change_owners, record_update
from actions.statuses import Status
from allies.models import Actor, Person
from allies.services.keeping import change, keep
from meetings.models import AgendaItem, Attendance, ItemAbsence, Meeting, Presence
from meetings.models.attendance import CAPACITY_WORDS
from meetings.models.lists import carried_into
from meetings.policies import check_can_write_notes, check_can_write_under
from meetings.services.holding import hold_open
from meetings.services.interests_state import say_state
from meetings.services.minutes import something_moved
from meetings.services.places import next_place
from meetings.services.recording import RecordRefused, Seen, record_attendance


@transaction.atomic
def say_presence(
    *,
    by: Actor,
    meeting: Meeting,
    presence: str,
    person: Person | None = None,
    attendance: Attendance | None = None,
) -> Attendance:
    """Say of somebody on the list (`attendance`), or of the body (`person`), that they are here, sent apologies or
    are absent; "" takes back what was said. Raises Refused, RecordRefused.
    """
    check_can_write_notes(by, meeting)
    if meeting.called_off:
        raise RecordRefused("This meeting was called off, so nobody was there.")
    if presence not in {"", *(one.value for one in Presence)}:
        raise RecordRefused("Say whether they were there")
    hold_open(meeting)
    row = attendance
    if row is None and person is not None:
        row = Attendance.objects.filter(meeting=meeting, person=person).first()
    if row is None:
        if person is None:
            raise RecordRefused("Say whom you mean")
        row = Attendance(meeting=meeting, person=person, position=next_place(meeting.attendance))
        row.presence = presence
        keep(row, by=by)
    elif row.meeting_id != meeting.pk:
        raise RecordRefused("That is another meeting’s list")
    else:
        change(row, by=by, presence=presence)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)
    return row


@transaction.atomic
def say_capacity(
    *,
    by: Actor,
    meeting: Meeting,
    kind: str,
    did: bool,
    person: Person | None = None,
    attendance: Attendance | None = None,
) -> None:
    """Say what somebody on the list (`attendance`), or in the record (`person`), did at the meeting: a capacity.

    `did` False takes it back. Whatever else is known of them stays; whether they were there is not said by it.
    Raises Refused; RecordRefused for a capacity that there is not, or when nobody is meant.
    """
    check_can_write_notes(by, meeting)
    if kind not in CAPACITY_WORDS:
        raise RecordRefused("Say what they did")
    row = attendance or Attendance.objects.filter(meeting=meeting, person=person).first()
    held = [] if row is None else [str(one.kind) for one in row.capacities.all()]
    kinds = [one for one in held if one != kind] + ([kind] if did else [])
    seen = Seen(capacities=tuple(kinds), person=person)
    if row is not None:
        name = row.name_as_written
        seen = Seen(row.presence, tuple(kinds), row.person, name, row.arrived, row.left)
    elif person is None:
        raise RecordRefused("Say whom you mean")
    record_attendance(by=by, meeting=meeting, seen=[seen])
    something_moved(meeting)


@transaction.atomic
def add_guest(*, by: Actor, meeting: Meeting, name: str, capacities: Sequence[str]) -> None:
    """Put somebody who is here on the list by typing a name; they need no account. Raises Refused, RecordRefused."""
    check_can_write_notes(by, meeting)
    if not name.strip():
        raise RecordRefused("Give a name", "name")
    record_attendance(
        by=by,
        meeting=meeting,
        seen=[Seen(Presence.PRESENT, tuple(capacities), name=" ".join(name.split())[:300])],
    )


@transaction.atomic
def say_times(
    *,
    by: Actor,
    attendance: Attendance,
    capacities: Sequence[str],
    arrived: time | None,
    left: time | None,
) -> None:
    """Say what somebody did at the meeting, and whether they came late or left early. Raises Refused."""
    check_can_write_notes(by, attendance.meeting)
    record_attendance(
        by=by,
        meeting=attendance.meeting,
        seen=[
            Seen(
                attendance.presence,
                tuple(capacities),
                attendance.person,
                attendance.name_as_written,
                arrived,
                left,
            )
        ],
    )


@transaction.atomic
def say_out(
    *,
    by: Actor,
    attendance: Attendance,
    item: AgendaItem,
    out: bool = True,
    left: time | None = None,
    back: time | None = None,
) -> None:
    """Say that somebody is out for one item, from when and until when if known; or that they were not.

    Raises Refused; RecordRefused for an end before the start, or an item of another meeting.
    """
    check_can_write_under(by, attendance.meeting, item)
    if item.meeting_id != attendance.meeting_id:
        raise RecordRefused("That item is on another meeting’s agenda")
    hold_open(attendance.meeting)
    if not out:
        ItemAbsence.objects.filter(attendance=attendance, item=item).delete()
    elif left and back and back < left:
        raise RecordRefused("Give a time back that is not before leaving", "back")
    else:
        ItemAbsence.objects.update_or_create(
            attendance=attendance, item=item, defaults={"left": left, "back": back}
        )
    something_moved(attendance.meeting)


@transaction.atomic
def review(
    *, by: Actor, meeting: Meeting, actions: Iterable[Action], status: Status | None, note: str = ""
) -> int:
    """Write down what was said of carried actions at the meeting: one saying, noted on each. Gives how many.

    All or none. Raises Refused; ReasonMissing where a status needs its reason; ValueError when nothing is said;
    RecordRefused for an action that is not carried into the meeting.
    """
    check_can_write_notes(by, meeting)
    if not meeting.is_held:
        raise RecordRefused("Begin the notes first: then it is said at this meeting.")
    hold_open(meeting)
    chosen = list(actions)
    carried = set(
        carried_into(meeting, by).filter(pk__in=[action.pk for action in chosen]).values_list("pk", flat=True)
    )
    if any(action.pk not in carried for action in chosen):
        raise RecordRefused("That action is not before this meeting.")
    for action in chosen:
        record_update(
            by=by,
            action=action,
            status=status,
            note=note,
            on=meeting.date,
            at_meeting_of=meeting.body,
            minuted=True,
        )
    if chosen:
        something_moved(meeting)
    return len(chosen)


@transaction.atomic
def agree_again(
    *,
    by: Actor,
    meeting: Meeting,
    action: Action,
    deadline: Deadline | None = None,
    owners: Sequence[Owner] = (),
    status: Status | None = None,
    note: str = "",
) -> None:
    """Re-commit to a carried action: a new deadline, other owners, or both; it is reviewed then (DESIGN §4).

    Where nothing else is said of it, what was agreed is: "Agreed again, by 31 March 2026."
    Raises as `review`; ValueError when neither a deadline nor an owner is given.
    """
    if deadline is None and not owners:
        raise ValueError("Give a new date, or say who carries it now.")
    said = [f"by {deadline.as_written}"] if deadline else []
    said += ["with " + ", ".join(owner.as_written for owner in owners)] if owners else []
    review(
        by=by,
        meeting=meeting,
        actions=[action],
        status=status,
        note=note.strip() or f"Agreed again, {' and '.join(said)}.",
    )
    if deadline:
        change_deadline(by=by, action=action, deadline=deadline, minuted=True)
    if owners:
        change_owners(by=by, action=action, owners=owners, since=meeting.date, minuted=True)


@transaction.atomic
def skip_item(*, by: Actor, item: AgendaItem, skipped: bool) -> None:
    """Say that an item was left out at the meeting, or that it is taken after all. Raises Refused."""
    check_can_write_under(by, item.meeting, item)
    hold_open(item.meeting)
    change(item, by=by, skipped=skipped)
