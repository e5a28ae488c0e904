"""Saying how an action is going. Updates are appended; how the action stands follows from them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from actions.models import Action, Update
from actions.policies import check_can_manage_action, check_can_update_action
from actions.services.from_meetings import work_out_again
from actions.services.locking import in_lock_order, leads_to, locked, locked_with
from actions.statuses import CLOSED, Status
from allies import clock
from allies.models import Actor, Body
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep, person_of


class ReasonMissing(ValueError):
    """A status that needs its reason came without one."""


NEEDS_A_REASON: dict[Status | None, str] = {
    Status.WAITING: "Say what it is waiting for",
    Status.LET_GO: "Say why: the reason goes in the record",
}
# A form sent twice within this time is one saying, not two.
SAME_SAYING = timedelta(minutes=1)


@transaction.atomic
def record_update(
    *,
    by: Actor,
    action: Action,
    status: Status | None = None,
    note: str = "",
    on: date | None = None,
    at_meeting_of: Body | None = None,
    minuted: bool = False,
) -> Update:
    """Append what was said of an action, and let it stand accordingly.

    `on` is the day the words speak of (default today); `at_meeting_of` is the body when it was said at its
    meeting of that day. Raises Refused; ReasonMissing where a status needs its reason; ValueError when
    nothing is said, or for "merged", which `merge` records.

    The same words by the same person within a minute are the same saying, and give the update already there.
    `minuted`: the caller has seen to it that `by` takes the minutes of that meeting, and writes down what was said.
    """
    check_not_withheld(by, action)
    if minuted:
        check(by, Permission.READ_RECORD, body=action.body_id)
    else:
        check_can_update_action(by, action)
    note = note.strip()
    if status is Status.MERGED:
        raise ValueError("Say which action it is merged into.")
    if status in NEEDS_A_REASON and not note:
        raise ReasonMissing(NEEDS_A_REASON[status])
    if status is None and not note:
        raise ValueError("Say how it is going, or what has changed.")
    day = on or clock.today()
    action = locked(action)
    said = _already_said(action, by=by, status=status, note=note, on=day, body=at_meeting_of)
    return said or append(action, by=by, status=status, note=note, on=day, body=at_meeting_of)


@transaction.atomic
def confirm_still_stands(*, by: Actor, action: Action) -> None:
    """Say that an action from old notes is still wanted, as it is. Raises Refused."""
    check_can_update_action(by, action)
    change(locked(action), by=by, stands=True)


@transaction.atomic
def confirm_together(*, by: Actor, actions: Iterable[Action]) -> int:
    """Say of several actions from old notes that they still stand, all or none. Gives how many. Raises Refused."""
    count = 0
    for action in in_lock_order(actions):
        confirm_still_stands(by=by, action=action)
        count += 1
    return count


@transaction.atomic
def let_go_together(*, by: Actor, actions: Iterable[Action], reason: str, on: date | None = None) -> int:
    """Let several actions go with one reason, at once or not at all. Gives how many. Raises as `record_update`."""
    count = 0
    for action in in_lock_order(actions):
        record_update(by=by, action=action, status=Status.LET_GO, note=reason, on=on)
        count += 1
    return count


@transaction.atomic
def merge(
    *,
    by: Actor,
    action: Action,
    into: Action,
    note: str = "",
    on: date | None = None,
    minuted: bool = False,
) -> None:
    """Close an action as the same as another. Raises Refused; ValueError for itself, a circle, or another group's.

    `minuted`: as in `record_update`, for two that one meeting agreed.
    """
    check_not_withheld(by, action)
    if minuted:
        check(by, Permission.READ_RECORD, body=action.body_id)
    else:
        check_can_manage_action(by, action)
    check_not_withheld(by, into)
    action = locked_with(action, into)
    if leads_to(action, into, by="merged_into"):
        raise ValueError("An action cannot be merged into itself.")
    if action.body_id != into.body_id:
        raise ValueError("An action can only be merged into one of the same group.")
    append(action, by=by, status=Status.MERGED, note=note, on=on or clock.today(), merged_into=into)


def append(
    action: Action,
    *,
    by: Actor,
    status: Status | None = None,
    note: str = "",
    on: date,
    body: Body | None = None,
    merged_into: Action | None = None,
    keep_standing: bool = False,
) -> Update:
    """Add the row and work out how the action stands. For services of this app: no permission is asked here.

    `keep_standing` leaves "nobody has confirmed it" as it was: words from a document confirm nothing.
    What was said last at a meeting is that meeting's word; what was said of it before stays, as said that day.
    """
    action = locked(action)
    if body is not None:
        _make_room_for_the_last_word(action, body, on)
    update = Update.objects.create(
        action=action,
        status=status or "",
        note=note,
        by=person_of(by),
        on=on,
        body=body,
    )
    _stand_by_updates(action, by=by, merged_into=merged_into, stands=action.stands or not keep_standing)
    work_out_again(action)
    return update


def _already_said(
    action: Action, *, by: Actor, status: Status | None, note: str, on: date, body: Body | None
) -> Update | None:
    person = person_of(by)
    if person is None:
        return None
    since = clock.now() - SAME_SAYING
    return action.updates.filter(
        status=status or "", note=note, by=person, on=on, body=body, recorded_at__gte=since
    ).first()


def _make_room_for_the_last_word(action: Action, body: Body, on: date) -> None:
    for earlier in action.updates.filter(body=body, on=on):
        earlier.body = None
        earlier.save(update_fields=["body"])


def _stand_by_updates(action: Action, *, by: Actor, merged_into: Action | None, stands: bool) -> None:
    said = action.updates.exclude(status="").latest_first().first()
    action.status = said.status if said else ""
    action.status_reason = said.note if said else ""
    action.closed_on = said.on if said and said.status in CLOSED else None
    action.merged_into = (merged_into or action.merged_into) if action.status == Status.MERGED else None
    action.stands = stands
    keep(action, by=by)
