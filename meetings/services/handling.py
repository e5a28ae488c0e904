"""What is done about a declaration at an item, who takes the chair for it, and taking a declaration back.

Decided by whoever takes the chair, written down by whoever takes the notes. What follows for the person is one
rule, `allies.interests.standing_of`.
"""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from allies import clock
from allies.interests import Handling as How
from allies.models import Actor, Declaration, Interest, Matter, Organisation, Person, Project, Withholding
from allies.powers import Refused
from allies.services.keeping import change, discard, keep
from allies.services.withholding import release, withhold_at_a_meeting
from meetings.interests import takes_part
from meetings.models import AgendaItem, Attendance, Handling, InterestsAnswer, ItemAbsence, Meeting
from meetings.policies import check_can_write_under
from meetings.services.at_the_meeting import say_out
from meetings.services.conflicts import check_can_declare_for, declare, declared_by
from meetings.services.holding import hold_open
from meetings.services.interests_state import say_state
from meetings.services.matters import matter_of
from meetings.services.minutes import something_moved
from meetings.services.recording import RecordRefused


@dataclass(frozen=True, slots=True)
class Declaring:
    """What is handled: a declaration that was made, or one to be made now by somebody on the list or a person."""

    declaration: Declaration | None = None
    attendance: Attendance | None = None
    person: Person | None = None
    words: str = ""
    interest: Interest | None = None
    about: Project | Organisation | None = None


def declared_again(earlier: Declaration, meeting: Meeting) -> Declaring:
    """What was declared on an item at an earlier meeting, to be declared again where the item has moved to.

    Raises RecordRefused for a name that is not on this meeting's list.
    """
    row = _row_of(earlier, meeting)
    if row is None and earlier.person is None:
        raise RecordRefused(
            f"{earlier.name_as_written or 'They'} is not on the list of who is here. Add them first."
        )
    return Declaring(
        attendance=row,
        person=earlier.person,
        words="" if earlier.interest else earlier.words,
        interest=earlier.interest,
        about=earlier.about,
    )


@transaction.atomic
def declare_and_handle(
    *,
    by: Actor,
    item: AgendaItem,
    declaring: Declaring,
    how: How,
    reason: str = "",
    decided_by: Person | None = None,
    left: time | None = None,
    back: time | None = None,
) -> Handling:
    """Record a declaration, unless it was made already, and how it is handled at an item. Raises as both do."""
    declaration = declaring.declaration or declare(
        by=by,
        meeting=item.meeting,
        attendance=declaring.attendance,
        person=declaring.person,
        words=declaring.words,
        interest=declaring.interest,
        item=item,
        about=declaring.about,
    )
    return handle(
        by=by,
        declaration=declaration,
        item=item,
        how=how,
        reason=reason,
        decided_by=decided_by,
        left=left,
        back=back,
    )


@transaction.atomic
def handle(
    *,
    by: Actor,
    declaration: Declaration,
    item: AgendaItem,
    how: How,
    reason: str = "",
    decided_by: Person | None = None,
    left: time | None = None,
    back: time | None = None,
) -> Handling:
    """Say how a declaration is handled at an item; said again, it is changed.

    "Left" puts them out for the item, from `left` until `back` where those are known, and from now on where
    neither is and the meeting goes on; "withheld" keeps them from
    what the item is about, or from the item by itself where it is about nothing. Raises Refused; RecordRefused
    where who declared it would decide it, nobody did, a withholding has no reason or nobody to hold, or the
    declaration is of another meeting or was withdrawn.
    """
    meeting = item.meeting
    check_can_write_under(by, meeting, item)
    _check_it_can_be_handled(declaration, item, how, reason, decided_by)
    hold_open(meeting)
    before = _handled_before(declaration, item)
    held = before.withholding if before else None
    _out_or_in(by, declaration, item, how, before, left=left, back=back)
    withholding = None
    if how is How.WITHHELD:
        withholding = held or _withhold(by, declaration, item, reason, decided_by)
    values: dict[str, Any] = {
        "how": how.value,
        "reason": reason.strip(),
        "decided_by": decided_by,
        "withholding": withholding,
    }
    if before is None:
        handling = Handling(declaration=declaration, item=item, **values)
        keep(handling, by=by)
    else:
        handling = before
        change(handling, by=by, **values)
    if held is not None and withholding is None:
        _release(by, held, "It is handled another way now.")
    something_moved(meeting)
    return handling


def time_now_at(meeting: Meeting) -> time | None:
    """The time of day to the minute, while a meeting goes on; before and after it a press has no time to tell."""
    now = localtime(clock.now())
    if meeting.date != clock.today() or now < meeting.begins_at:
        return None
    at = now.time().replace(second=0, microsecond=0)
    return None if meeting.ends and at > meeting.ends else at


@transaction.atomic
def came_back(*, by: Actor, handling: Handling, at: time | None) -> None:
    """Say that whoever left for an item is back, and when if that is known.

    Raises Refused; RecordRefused where they did not leave, or a time before they did.
    """
    item = handling.item
    check_can_write_under(by, item.meeting, item)
    row = _row_of(handling.declaration, item.meeting)
    out = ItemAbsence.objects.filter(attendance=row, item=item).first() if row else None
    if handling.how != How.LEFT or row is None or out is None:
        raise RecordRefused("They did not leave for this item.")
    say_out(by=by, attendance=row, item=item, left=out.left, back=at)


@transaction.atomic
def take_back_handling(*, by: Actor, handling: Handling, reason: str) -> None:
    """Say that a declaration was not handled at an item after all: it did not touch it. Kept in its history.

    Raises Refused; RecordRefused without a reason.
    """
    item = handling.item
    check_can_write_under(by, item.meeting, item)
    if not reason.strip():
        raise RecordRefused("Say why: the reason goes in the record", "reason")
    hold_open(item.meeting)
    row = _row_of(handling.declaration, item.meeting)
    if handling.how == How.LEFT and row is not None:
        say_out(by=by, attendance=row, item=item, out=False)
    held = handling.withholding
    discard(handling, by=by, reason=reason.strip())
    if held is not None:
        _release(by, held, reason.strip())
    something_moved(item.meeting)


@transaction.atomic
def withdraw_declaration(*, by: Actor, declaration: Declaration, meeting: Meeting, reason: str) -> None:
    """Say that a declaration was a mistake, and why: it stays, struck, and counts for nothing from then on.

    Whoever declared nothing else has not answered then. Raises Refused; RecordRefused without a reason.
    """
    check_can_declare_for(by, meeting, declaration.person)
    if not reason.strip():
        raise RecordRefused("Say why: the reason goes in the record", "reason")
    if declaration.withdrawn:
        return
    hold_open(meeting)
    change(declaration, by=by, withdrawn=reason.strip())
    for handling in declaration.handlings.select_related("withholding"):
        if handling.withholding is not None and handling.withholding.until is None:
            _release(by, handling.withholding, reason.strip())
    row = _row_of(declaration, meeting)
    if row is not None and not declared_by(row).exists():
        change(row, by=by, interests_answer=InterestsAnswer.NOT_ASKED)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)


@transaction.atomic
def take_chair(*, by: Actor, item: AgendaItem, person: Person | None) -> None:
    """Say who takes the chair for one item; None: whoever chairs the meeting. Raises Refused; RecordRefused for
    somebody who does not take part in its decision.
    """
    check_can_write_under(by, item.meeting, item)
    if person is not None:
        theirs = Handling.objects.standing().filter(item=item, declaration__person=person)
        if not takes_part(How(how) for how in theirs.values_list("how", flat=True)):
            raise RecordRefused(f"{person} takes no part in this. Choose somebody else.", "chair")
    hold_open(item.meeting)
    change(item, by=by, chaired_by=person)


def _check_it_can_be_handled(
    declaration: Declaration, item: AgendaItem, how: How, reason: str, decided_by: Person | None
) -> None:
    meeting = item.meeting
    if (declaration.body_id, declaration.on) != (meeting.body_id, meeting.date):
        raise RecordRefused("That was declared at another meeting.")
    if declaration.withdrawn:
        raise RecordRefused("That declaration was withdrawn as a mistake.")
    if decided_by is not None and decided_by.pk == declaration.person_id:
        raise RecordRefused(
            "Nobody decides on their own interest. Say who takes the chair for this item", "decided_by"
        )
    if how is not How.NOTED and decided_by is None:
        raise RecordRefused("Say who decided it", "decided_by")
    if how is How.WITHHELD:
        if declaration.person_id is None:
            raise RecordRefused("Only somebody who is in the record can be kept from a matter", "how")
        if not reason.strip():
            raise RecordRefused("Say why: the reason goes in the record", "reason")


def _handled_before(declaration: Declaration, item: AgendaItem) -> Handling | None:
    """How it is handled at the item so far, held until this is done."""
    return (
        Handling.objects.select_for_update(of=("self",))
        .select_related("withholding")
        .filter(declaration=declaration, item=item)
        .first()
    )


def _out_or_in(
    by: Actor,
    declaration: Declaration,
    item: AgendaItem,
    how: How,
    before: Handling | None,
    *,
    left: time | None,
    back: time | None,
) -> None:
    """Put whoever leaves out for the item; whoever was said to have left, and did not, in again."""
    row = _row_of(declaration, item.meeting)
    if how is How.LEFT:
        _put_out(by, row, item, left, back)
    elif before is not None and before.how == How.LEFT and row is not None:
        say_out(by=by, attendance=row, item=item, out=False)


def _withhold(
    by: Actor, declaration: Declaration, item: AgendaItem, reason: str, decided_by: Person | None
) -> Withholding:
    # Nobody who is not in the record gets as far as this: `_check_it_can_be_handled`.
    assert declaration.person is not None
    return withhold_at_a_meeting(
        by=by,
        person=declaration.person,
        about=_what_is_withheld(by, item, declaration),
        why=reason,
        since=item.meeting.date,
        decided_by=decided_by,
    )


def _row_of(declaration: Declaration, meeting: Meeting) -> Attendance | None:
    rows = Attendance.objects.filter(meeting=meeting).select_related("person", "meeting")
    if declaration.person_id:
        return rows.filter(person=declaration.person_id).first()
    name = declaration.name_as_written
    return rows.filter(person=None, name_as_written=name).first() if name else None


def _put_out(
    by: Actor, row: Attendance | None, item: AgendaItem, left: time | None, back: time | None
) -> None:
    if row is None:
        raise RecordRefused("They are not on the list of who is here. Add them first", "how")
    known = ItemAbsence.objects.filter(attendance=row, item=item).first()
    if known is None and left is None and back is None:
        left = time_now_at(item.meeting)
    say_out(
        by=by,
        attendance=row,
        item=item,
        left=left or (known.left if known else None),
        back=back or (known.back if known else None),
    )


def _what_is_withheld(
    by: Actor, item: AgendaItem, declaration: Declaration
) -> Project | Organisation | Matter:
    """What an item is about; for one about nothing, the item itself, with what was declared on it."""
    matter = matter_of(by=by, item=item)
    if isinstance(matter, Matter):
        change(declaration, by=by, about_matter=matter)
    return matter


def _release(by: Actor, withholding: Withholding, why: str) -> None:
    """Release what nothing else asks for."""
    others = Handling.objects.standing().filter(withholding=withholding)
    if withholding.until is not None or others.exists():
        return
    try:
        release(by=by, withholding=withholding, why=why)
    except Refused as error:
        raise RecordRefused(
            "Only a chair or the core team can release somebody from what is withheld. Ask one of them.",
            "how",
        ) from error
