"""Actions as old notes tell of them. Words from a document confirm nothing: nobody has said yet that they stand.

The day of the earliest notes that speak of an action gives its owners and its deadline, in whichever order the
documents come in; what later notes say stays with those notes.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from actions.deadlines import Deadline
from actions.models import Action, Update
from actions.services.agreeing import Owner, assign, set_deadline
from actions.services.updating import append
from actions.statuses import Status
from allies.models import Actor, Body
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, discard, keep


@transaction.atomic
def said_in_notes(*, by: Actor, action: Action, status: Status, on: date, body: Body) -> Update | None:
    """Append the status that the notes of `body`'s meeting on `on` give the action; None if they said so before.

    Raises Refused; ValueError for "merged", for the notes do not say into which.
    """
    check(by, Permission.WRITE_NOTES, body=body)
    if status is Status.MERGED:
        raise ValueError("Say which action it is merged into.")
    if action.updates.filter(body=body, on=on, status=status).exists():
        return None
    return append(action, by=by, status=status, on=on, body=body, keep_standing=True)


@transaction.atomic
def spoken_of_earlier(
    *,
    by: Actor,
    action: Action,
    agreed_on: date | None,
    first_seen_on: date,
    text: str,
    details: Sequence[str],
    deadline: Deadline | None,
    owners: Sequence[Owner],
    as_it_was: bool,
) -> None:
    """Earlier notes speak of the action: from now on it dates from them.

    `agreed_on` is their day if it was agreed there, else None: at a meeting not in the record. `as_it_was` says
    that nobody changed its words, owners or deadline since they came in; then the earlier notes give them.
    Raises Refused.
    """
    check(by, Permission.WRITE_NOTES, body=action.body)
    change(action, by=by, agreed_on=agreed_on, first_seen_on=first_seen_on)
    if not as_it_was:
        return
    action.text, action.details = text.strip(), "\n".join(details)
    set_deadline(action, deadline)
    keep(action, by=by, reason="as earlier notes have it")
    held = list(action.assignments.current().in_order())
    now = [(one.person, one.body, one.as_written, one.role) for one in held]
    if now != [(one.person, one.body, one.as_written, str(one.role)) for one in owners]:
        for one in held:
            # They never held it in their own right: the earlier notes name who took it on.
            discard(one, by=by)
        assign(action, owners, by=by)


@transaction.atomic
def place_owner(*, by: Actor, action: Action, as_written: str, owner: Owner) -> bool:
    """Say who an owner is whom the notes name in words nobody could place. Answers whether anything changed.

    If that person or body carries the action already, the words join that entry. Raises Refused.
    """
    check(by, Permission.WRITE_NOTES, body=action.body)
    placed = False
    loose = action.assignments.current().filter(person=None, body=None, as_written=as_written)
    for one in loose:
        twice = action.assignments.current().filter(person=owner.person, body=owner.body).exclude(pk=one.pk)
        if twice.exists():
            discard(one, by=by)
            placed = True
        else:
            placed |= change(one, by=by, person=owner.person, body=owner.body)
    return placed
