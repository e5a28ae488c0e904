"""Keeping somebody from a matter, and releasing it. Every `visible_to` reads what is written here."""

from datetime import date

from django.db import transaction

from allies import clock
from allies.models import Actor, Matter, Organisation, Person, Project, Withholding
from allies.models.withholding import column_of
from allies.policies import check, is_self, is_withheld
from allies.powers import Permission, Refused
from allies.services.keeping import change, keep

type Withheld = Project | Organisation | Matter


class CannotRelease(ValueError):
    """Why a withholding cannot be released so; its words say what to do."""


def can_release(actor: Actor, withholding: Withholding) -> bool:
    """Whoever writes notes; never the person it is about, nor anybody who is kept from the matter themself."""
    try:
        check_can_release(actor, withholding)
    except Refused:
        return False
    return True


def check_can_release(actor: Actor, withholding: Withholding) -> None:
    """Raise `Refused` unless `can_release`."""
    check(actor, Permission.WRITE_NOTES)
    if is_self(actor, withholding.person) or is_withheld(withholding, actor):
        raise Refused(Permission.WRITE_NOTES, "Somebody who is kept from a matter cannot release it.")


@transaction.atomic
def enter_matter(*, by: Actor, name: str) -> Matter:
    """Make something that can be withheld by itself. The caller has checked what it belongs to."""
    matter = Matter(name=name.strip())
    keep(matter, by=by)
    return matter


@transaction.atomic
def withhold(
    *,
    by: Actor,
    person: Person,
    about: Withheld,
    why: str,
    since: date | None = None,
    decided_by: Person | None = None,
) -> Withholding:
    """Keep somebody from a matter, from `since` on (inclusive; without it, from today).

    Where they are kept from it already, gives what stands. Raises Refused unless `by` writes notes and sees the
    matter themself; ValueError without a reason.
    """
    check(by, Permission.WRITE_NOTES)
    return withhold_at_a_meeting(
        by=by, person=person, about=about, why=why, since=since, decided_by=decided_by
    )


@transaction.atomic
def withhold_at_a_meeting(
    *,
    by: Actor,
    person: Person,
    about: Withheld,
    why: str,
    since: date | None = None,
    decided_by: Person | None = None,
) -> Withholding:
    """As `withhold`, for services that have checked that `by` may write the notes of the meeting it came up at.

    Who takes notes at one meeting is a fact that only `meetings` knows.
    """
    withholding = Withholding(
        person=person, since=since or clock.today(), why=why.strip(), decided_by=decided_by
    )
    setattr(withholding, column_of(about), about)
    if is_withheld(withholding, by):
        raise Refused(Permission.WRITE_NOTES, "Somebody who is kept from a matter cannot write about it.")
    # Whoever else is writing the same waits here: the person's row is locked first.
    Person.objects.select_for_update().get(pk=person.pk)
    standing = Withholding.objects.standing().about(about).filter(person=person).first()
    if standing is not None:
        return standing
    if not withholding.why:
        raise ValueError("A withholding needs its reason.")
    keep(withholding, by=by)
    return withholding


@transaction.atomic
def release(*, by: Actor, withholding: Withholding, why: str, on: date | None = None) -> None:
    """End a withholding: on the day `on` (without it, today) it holds no longer. It stays in the record.

    Raises Refused for whoever is kept from the matter, and whoever writes no notes; CannotRelease without a
    reason, for a day before it began or still to come, or where it was released before.
    """
    check_can_release(by, withholding)
    day = on or clock.today()
    if not why.strip():
        raise CannotRelease("Say why it is released.")
    if withholding.until is not None:
        raise CannotRelease("This was released before.")
    if not withholding.since <= day <= clock.today() and day != withholding.since:
        raise CannotRelease("Give a day between the first day of the withholding and today.")
    change(withholding, by=by, until=day, released_because=why.strip())
