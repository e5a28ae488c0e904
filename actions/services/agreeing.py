"""Writing down what was agreed: words, owners, deadline."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from actions.deadlines import Deadline, due_on
from actions.models import Action, Assignment, OwnerRole
from actions.policies import check_can_manage_action
from actions.services.from_meetings import work_out_again
from actions.services.locking import leads_to, locked, locked_with
from actions.services.updating import append
from actions.statuses import Status
from allies import clock
from allies.models import Actor, Body, Matter, Organisation, Person, Project
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to carry an action: a person, a body, or only the words as written."""

    as_written: str
    role: str = OwnerRole.LEAD
    person: Person | None = None
    body: Body | None = None


@transaction.atomic
def agree(
    *,
    by: Actor,
    body: Body,
    text: str,
    agreed_on: date | None,
    first_seen_on: date | None = None,
    details: Sequence[str] = (),
    deadline: Deadline | None = None,
    owners: Sequence[Owner] = (),
    status: Status | None = Status.TODO,
    parent: Action | None = None,
    about: Project | Organisation | None = None,
    matter: Matter | None = None,
    brought_in: bool = False,
    minuted: bool = False,
) -> Action:
    """Write down an action that `body` agreed on `agreed_on` (None: at a meeting that is not in the record).

    `first_seen_on` is the day of the notes that first speak of it; it defaults to `agreed_on`, then to today.
    `status` None means the notes do not say. `minuted`: the caller has seen to it that `by` takes the minutes of
    the meeting that agrees it, who may be any of the group. `matter` is what it was raised under, where that can be
    withheld by itself. Raises Refused.
    """
    check(by, Permission.READ_RECORD if minuted else Permission.WRITE_NOTES, body=body)
    seen = first_seen_on or agreed_on or clock.today()
    action = Action(
        body=body,
        text=text.strip(),
        details="\n".join(details),
        agreed_on=agreed_on,
        first_seen_on=seen,
        parent=parent,
        about_project=about if isinstance(about, Project) else None,
        about_organisation=about if isinstance(about, Organisation) else None,
        about_matter=matter,
        brought_in=brought_in,
        stands=not brought_in,
    )
    check_not_withheld(by, action, parent)
    set_deadline(action, deadline)
    keep(action, by=by)
    assign(action, owners, by=by)
    if status:
        append(
            action, by=by, status=status, on=seen, body=body if brought_in else None, keep_standing=brought_in
        )
    else:
        work_out_again(action)
    return action


@transaction.atomic
def change_words(
    *, by: Actor, action: Action, text: str, details: Sequence[str], minuted: bool = False
) -> bool:
    """Put the words right; the wording in each set of notes stays as it is. Answers whether anything changed.

    `minuted` here and below: as in `agree`. Raises Refused.
    """
    _check_may_change(by, action, minuted=minuted)
    return change(locked(action), by=by, text=text.strip(), details="\n".join(details))


@transaction.atomic
def change_deadline(
    *, by: Actor, action: Action, deadline: Deadline | None, reason: str = "", minuted: bool = False
) -> None:
    """Set a new deadline, or none. Whoever sets one says that the action stands. Raises Refused."""
    _check_may_change(by, action, minuted=minuted)
    action = locked(action)
    set_deadline(action, deadline)
    action.stands = True
    keep(action, by=by, reason=reason)
    work_out_again(action)


@transaction.atomic
def change_about(
    *, by: Actor, action: Action, about: Project | Organisation | None, minuted: bool = False
) -> bool:
    """Say which project or partner it concerns, or none. Answers whether anything changed. Raises Refused."""
    _check_may_change(by, action, minuted=minuted)
    values: dict[str, Any] = {
        "about_project": about if isinstance(about, Project) else None,
        "about_organisation": about if isinstance(about, Organisation) else None,
    }
    check_not_withheld(by, Action(**values))
    return change(locked(action), by=by, **values)


@transaction.atomic
def change_matter(*, by: Actor, action: Action, matter: Matter) -> bool:
    """Say under which matter by itself it was raised. For whoever has checked that `by` writes of that matter.

    Answers whether anything changed. Raises Refused where `by` is kept from the action or the matter.
    """
    check_not_withheld(by, action, Action(about_matter=matter))
    return change(locked(action), by=by, about_matter=matter)


@transaction.atomic
def change_parent(*, by: Actor, action: Action, parent: Action | None) -> bool:
    """Make it part of another action, or of none. Answers whether anything changed.

    Raises Refused; ValueError for itself, a circle, or another group's.
    """
    check_can_manage_action(by, action)
    if parent is None:
        return change(locked(action), by=by, parent=None)
    action = locked_with(action, parent)
    if leads_to(action, parent, by="parent"):
        raise ValueError("An action cannot be part of itself.")
    check_not_withheld(by, parent)
    if action.body_id != parent.body_id:
        raise ValueError("An action can only be part of one of the same group.")
    return change(action, by=by, parent=parent)


@transaction.atomic
def change_owners(
    *,
    by: Actor,
    action: Action,
    owners: Sequence[Owner],
    since: date | None = None,
    minuted: bool = False,
) -> None:
    """Give the action these owners, in this order. Those who stop are kept, with the day they stopped.

    `since` (inclusive) defaults to today. Raises Refused.
    """
    _check_may_change(by, action, minuted=minuted)
    action = locked(action)
    day = since or clock.today()
    wanted = [(owner.person, owner.body, owner.as_written, str(owner.role)) for owner in owners]
    staying: list[tuple[Person | None, Body | None, str, str]] = []
    for held in action.assignments.current().select_related("person", "body").in_order():
        same = (held.person, held.body, held.as_written, held.role)
        if same in wanted:
            staying.append(same)
            change(held, by=by, position=wanted.index(same))
        else:
            change(held, by=by, until=day)
    for position, (owner, same) in enumerate(zip(owners, wanted, strict=True)):
        if same not in staying:
            _assign_one(action, owner, position, by=by, since=day)


def _check_may_change(by: Actor, action: Action, *, minuted: bool) -> None:
    check_not_withheld(by, action)
    if minuted:
        check(by, Permission.READ_RECORD, body=action.body_id)
    else:
        check_can_manage_action(by, action)


def set_deadline(action: Action, deadline: Deadline | None) -> None:
    action.deadline_kind = deadline.kind if deadline else ""
    action.deadline_words = deadline.as_written if deadline else ""
    action.deadline_date = (deadline.date or "") if deadline else ""
    # What hangs on another meeting is filled in by `meetings`, which knows them.
    action.due_on = due_on(deadline, next_meeting_on=None, circulated_on=None) if deadline else None


def assign(action: Action, owners: Sequence[Owner], *, by: Actor) -> None:
    for position, owner in enumerate(owners):
        _assign_one(action, owner, position, by=by, since=None)


def _assign_one(action: Action, owner: Owner, position: int, *, by: Actor, since: date | None) -> None:
    assignment = Assignment(
        action=action,
        person=owner.person,
        body=owner.body,
        as_written=owner.as_written,
        role=owner.role,
        position=position,
        since=since,
    )
    keep(assignment, by=by)
