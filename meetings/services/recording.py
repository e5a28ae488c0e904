"""What was so at a meeting: who was there and in which capacity, interests, decisions, the next date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from allies.models import Actor, Declaration, Person
from allies.partial_dates import PartialDate
from allies.services.keeping import change, discard, keep
from meetings.models import (
    AgendaItem,
    AnnouncedMeeting,
    Attendance,
    Capacity,
    Decision,
    InterestsState,
    Meeting,
    Reached,
    SourceDocument,
)
from meetings.policies import check_can_write_notes, check_can_write_under
from meetings.services.holding import hold_open
from meetings.services.interests_state import say_state
from meetings.services.places import next_place


class RecordRefused(ValueError):
    """What cannot be written down like that. Its words say why; `field` names the form's field, if one."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Seen:
    """How somebody took part: a person, or a name that is nobody's in the record; presence may be empty."""

    presence: str = ""
    capacities: tuple[str, ...] = ()
    person: Person | None = None
    name: str = ""
    arrived: time | None = None
    left: time | None = None


@dataclass(frozen=True, slots=True)
class Votes:
    """The numbers of a vote; None where nobody counted."""

    for_it: int | None = None
    against: int | None = None
    abstained: int | None = None

    def __bool__(self) -> bool:
        return any(number is not None for number in (self.for_it, self.against, self.abstained))


@transaction.atomic
def record_attendance(*, by: Actor, meeting: Meeting, seen: Iterable[Seen]) -> None:
    """Write down how each of those given took part; others on the list stay as they are.

    Somebody new of whom nothing is said is left out. A name that is exactly one person's is that person.
    Raises Refused; RecordRefused for a name that is nobody's and empty, or the meeting was called off.
    """
    check_can_write_notes(by, meeting)
    if meeting.called_off:
        raise RecordRefused("This meeting was called off, so nobody was there.")
    hold_open(meeting)
    listed = list(meeting.attendance.select_related("person"))
    position = max((one.position for one in listed), default=-1) + 1
    for one in seen:
        person = one.person or Person.objects.only_one_called(one.name)
        row = next((other for other in listed if _is(other, person, one.name)), None)
        if row is None:
            if not one.presence and not one.capacities:
                continue
            if person is None and not one.name.strip():
                raise RecordRefused("Give a name")
            row = Attendance(
                meeting=meeting,
                person=person,
                name_as_written="" if person else one.name.strip(),
                position=position,
            )
            position += 1
            listed.append(row)
            row.presence, row.arrived, row.left = one.presence, one.arrived, one.left
            keep(row, by=by)
        else:
            change(row, by=by, presence=one.presence, arrived=one.arrived, left=one.left)
        _give_capacities(row, one.capacities, by=by)
    say_state(by=by, meeting=meeting)


@transaction.atomic
def record_interests(*, by: Actor, meeting: Meeting, state: InterestsState, words: str = "") -> None:
    """Say which of the three a brought-in document says: nothing recorded, none declared, declared; in its words.

    Where the notes are written here, what they say comes from everyone's answers (`services/conflicts.py`). Raises
    Refused; RecordRefused for that, and for "none declared" or "not recorded" while declarations stand.
    """
    check_can_write_notes(by, meeting)
    if not SourceDocument.objects.filter(meeting=meeting).exists():
        raise RecordRefused("What the notes say of interests is written from everyone’s answers.", "state")
    declared = Declaration.objects.filter(body=meeting.body_id, on=meeting.date, withdrawn="").exists()
    if declared and state != InterestsState.DECLARED:
        raise RecordRefused("Interests were declared at this meeting, and stand below.", "state")
    change(meeting, by=by, interests_state=state, interests_words=words.strip())


@transaction.atomic
def record_decision(
    *,
    by: Actor,
    meeting: Meeting,
    text: str,
    kind: str,
    reached: str = "",
    item: AgendaItem | None = None,
    votes: Votes | None = None,
) -> Decision:
    """Write down what was decided, or advised: the two are never mixed. Raises Refused, RecordRefused."""
    check_can_write_under(by, meeting, item)
    if not text.strip():
        raise RecordRefused("Say what was decided", "text")
    if not meeting.is_held:
        raise RecordRefused("A meeting decides once it is held. Begin its notes first.")
    if item is not None and item.meeting_id != meeting.pk:
        raise RecordRefused("That item is on another meeting's agenda", "item")
    check_votes(reached, votes)
    hold_open(meeting)
    numbers = votes or Votes()
    decision = Decision(
        meeting=meeting,
        item=item,
        text=text.strip(),
        kind=kind,
        reached=reached,
        votes_for=numbers.for_it,
        votes_against=numbers.against,
        votes_abstained=numbers.abstained,
        position=next_place(meeting.decisions),
    )
    keep(decision, by=by)
    return decision


def check_votes(reached: str, votes: Votes | None) -> None:
    """Raise RecordRefused for numbers where nothing was decided by a majority, or that are none."""
    if votes and reached != Reached.MAJORITY:
        raise RecordRefused("Numbers belong to a majority. Choose it, or leave them out", "reached")
    if votes and votes.for_it is not None and votes.against is not None and votes.for_it <= votes.against:
        raise RecordRefused("That is no majority: more have to be for it than against it", "reached")


def check_stands_alone(decision: Decision) -> None:
    """Raise RecordRefused for the decision on a case: what the case has come to rests on it."""
    if decision.case_id is not None:
        raise RecordRefused(
            "This decided a case, which rests on it. If the group thinks again, open the case anew with the reason."
        )


@transaction.atomic
def withdraw_decision(*, by: Actor, decision: Decision, reason: str) -> None:
    """Say that it was not decided after all, and why. It stays in the record. Raises Refused, RecordRefused."""
    check_can_write_under(by, decision.meeting, decision.item)
    check_stands_alone(decision)
    if not reason.strip():
        raise RecordRefused("Say why: the reason goes in the record", "reason")
    hold_open(decision.meeting)
    change(decision, by=by, withdrawn=reason.strip())


@transaction.atomic
def announce_next(
    *,
    by: Actor,
    meeting: Meeting,
    as_written: str,
    day: PartialDate | None = None,
    starts: time | None = None,
    ends: time | None = None,
    chair: str = "",
) -> AnnouncedMeeting:
    """Keep the next meeting that these notes announce; one planned for that day is linked at once.

    `chair` is who chairs it as a one-off, by name.

    Raises Refused; RecordRefused without words.
    """
    check_can_write_notes(by, meeting)
    if not as_written.strip():
        raise RecordRefused(
            "Give the words that the notes use, such as “Tuesday 10 February 2026”", "as_written"
        )
    hold_open(meeting)
    became = None
    if day and day.day:
        became = (
            Meeting.objects.standing()
            .filter(body=meeting.body_id, date=date(day.year, day.month, day.day))
            .exclude(pk=meeting.pk)
            .first()
        )
    notice = AnnouncedMeeting(
        meeting=meeting,
        as_written=as_written.strip(),
        date=day,  # type: ignore[misc]
        starts=starts,
        ends=ends,
        chair=Person.objects.only_one_called(chair),
        chair_as_written=chair.strip(),
        position=next_place(meeting.announced),
        became=became,
    )
    keep(notice, by=by)
    return notice


def _give_capacities(row: Attendance, kinds: Sequence[str], *, by: Actor) -> None:
    held = list(row.capacities.all())
    for capacity in held:
        if capacity.kind not in kinds:
            discard(capacity, by=by)
    for kind in kinds:
        if kind not in {capacity.kind for capacity in held}:
            keep(Capacity(attendance=row, kind=kind), by=by)


def _is(row: Attendance, person: Person | None, name: str) -> bool:
    if person is not None:
        return row.person_id == person.pk
    return row.person_id is None and row.name_as_written == name.strip()
