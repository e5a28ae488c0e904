"""How every service writes: the row and its history together, with whose hand it was."""

from typing import Any

from django.db import models

from allies.models import Account, Actor, Person


def hand_of(by: Actor) -> Account | None:
    """Give the account that a row keeps as whose hand it was; None at the command line."""
    return by if isinstance(by, Account) else None


def person_of(by: Actor) -> Person | None:
    """Give the person whose hand it was; None at the command line, and for an account that nobody is behind."""
    return by.person if isinstance(by, Account) else None


def keep(row: models.Model, *, by: Actor, reason: str = "", fields: list[str] | None = None) -> None:
    """Save a row, and in its history who changed it. Call inside the service's transaction.

    `fields` limits what is written to those named. Raises IntegrityError where a constraint bites.
    """
    row._history_user = hand_of(by)  # type: ignore[attr-defined]
    row._change_reason = reason or ("at the command line" if not isinstance(by, Account) else "")  # type: ignore[attr-defined]
    row.save(update_fields=fields or None)


def change(row: models.Model, *, by: Actor, reason: str = "", **values: Any) -> bool:
    """Set the values that differ and save those alone, if any does. Answers whether anything changed.

    What somebody else changed in the row meanwhile is not written over with what was read before.
    """
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, values[name])
    keep(row, by=by, reason=reason, fields=changed)
    return True


def discard(row: models.Model, *, by: Actor, reason: str = "") -> None:
    """Delete a row that is not itself governed (a name, a presenter), keeping who did it in its history."""
    row._history_user = hand_of(by)  # type: ignore[attr-defined]
    row._change_reason = reason  # type: ignore[attr-defined]
    row.delete()
