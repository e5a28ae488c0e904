"""Saying how an action is going. Updates are appended; how the action stands follows from them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from actions.models import Action, Update
from actions.policies import check_can_manage_action, check_can_update_action
from actions.statuses import CLOSED, Status
from allies import clock
from allies.models import Account, Actor, Body
from allies.services.keeping import change, keep


class ReasonMissing(ValueError):
    """A status that needs its reason came without one."""


NEEDS_A_REASON = {
    Status.WAITING: "Say what it is waiting for.",
    Status.LET_GO: "Say why: the reason goes in the record.",
}


@transaction.atomic
def record_update(
    *,
    by: Actor,
    action: Action,
    status: Status | None = None,
    note: str = "",
    on: date | None = None,
    at_meeting_of: Body | None = None,
) -> Update:
    """Append what was said of an action, and let it stand accordingly.

    `on` is the day the words speak of (default today); `at_meeting_of` is the body when it was said at its
    meeting of that day. Raises Refused; ReasonMissing where a status needs its reason; ValueError when
    nothing is said, or for "merged", which `merge` records.
    """
    check_can_update_action(by, action)
    note = note.strip()
    if status is Status.MERGED:
        raise ValueError("Say which action it is merged into.")
    if status in NEEDS_A_REASON and not note:
        raise ReasonMissing(NEEDS_A_REASON[status])
    if status is None and not note:
        raise ValueError("Say how it is going, or what has changed.")
    return append(action, by=by, status=status, note=note, on=on or clock.today(), body=at_meeting_of)


@transaction.atomic
def confirm_still_stands(*, by: Actor, action: Action) -> None:
    """Say that an action from old notes is still wanted, as it is. Raises Refused."""
    check_can_update_action(by, action)
    change(action, by=by, stands=True)


@transaction.atomic
def let_go_together(*, by: Actor, actions: Iterable[Action], reason: str, on: date | None = None) -> int:
    """Let several actions go with one reason, at once or not at all. Gives how many. Raises as `record_update`."""
    count = 0
    for action in actions:
        record_update(by=by, action=action, status=Status.LET_GO, note=reason, on=on)
        count += 1
    return count


@transaction.atomic
def merge(*, by: Actor, action: Action, into: Action, note: str = "", on: date | None = None) -> None:
    """Close an action as the same as another. Raises Refused; ValueError for itself or a circle."""
    check_can_manage_action(by, action)
    end: Action | None = into
    while end is not None:
        if end.pk == action.pk:
            raise ValueError("An action cannot be merged into itself.")
        end = end.merged_into
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
    """
    action = _locked(action)
    update = Update.objects.create(
        action=action,
        status=status or "",
        note=note,
        by=by.person if isinstance(by, Account) else None,
        on=on,
        body=body,
    )
    _stand_by_updates(action, by=by, merged_into=merged_into, stands=action.stands or not keep_standing)
    return update


def _locked(action: Action) -> Action:
    """Two people updating at once wait for each other, so that the later word is what stands."""
    Action.objects.select_for_update().only("pk").get(pk=action.pk)
    action.refresh_from_db(fields=["status", "status_reason", "closed_on", "stands", "merged_into"])
    return action


def _stand_by_updates(action: Action, *, by: Actor, merged_into: Action | None, stands: bool) -> None:
    said = action.updates.exclude(status="").latest_first().first()
    action.status = said.status if said else ""
    action.status_reason = said.note if said else ""
    action.closed_on = said.on if said and said.status in CLOSED else None
    action.merged_into = (merged_into or action.merged_into) if action.status == Status.MERGED else None
    action.stands = stands
    keep(action, by=by)
