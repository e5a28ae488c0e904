"""Writing people: their names, how to reach them, and what they need to take part."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from allies.models import AccessNeeds, Account, Actor, OtherName, Person
from allies.policies import check, check_can_change_details, check_can_see_access_needs
from allies.powers import Permission
from allies.services.keeping import change, discard, keep


class AddressTaken(ValueError):
    """An email address that cannot be used; its words say why and what to do."""


@transaction.atomic
def enter_person(
    *,
    by: Actor,
    full_name: str,
    short_name: str = "",
    pronouns: str = "",
    email: str = "",
    other_names: Iterable[str] = (),
    first_seen_on: date | None = None,
) -> Person:
    """Add somebody to the record. Raises Refused. Nobody is merged with anybody by their name."""
    check(by, Permission.KEEP_PEOPLE)
    person = Person(
        full_name=full_name.strip(),
        short_name=short_name.strip(),
        pronouns=pronouns.strip(),
        email=email.strip().lower(),
        first_seen_on=first_seen_on,
    )
    keep(person, by=by)
    _keep_other_names(person, other_names, by=by)
    return person


@transaction.atomic
def change_person(
    *,
    by: Actor,
    person: Person,
    full_name: str,
    short_name: str,
    pronouns: str,
    email: str,
    other_names: Iterable[str],
) -> None:
    """Change who somebody is. `other_names` is the whole list: names missing from it are taken away.

    The account follows the address. Raises Refused; AddressTaken where it would leave the account without
    one, or share one.
    """
    check(by, Permission.KEEP_PEOPLE)
    email = email.strip().lower()
    if email != person.email:
        _move_account(person, email)
    change(
        person,
        by=by,
        full_name=full_name.strip(),
        short_name=short_name.strip(),
        pronouns=pronouns.strip(),
        email=email,
    )
    _keep_other_names(person, other_names, by=by)


@transaction.atomic
def change_details(*, by: Actor, person: Person, short_name: str, pronouns: str) -> None:
    """Change what somebody may change about themself. Raises Refused."""
    check_can_change_details(by, person)
    change(person, by=by, short_name=short_name.strip(), pronouns=pronouns.strip())


@transaction.atomic
def keep_access_needs(*, by: Actor, person: Person, words: str) -> None:
    """Write down what somebody needs to take part; no words take it away. No history is kept. Raises Refused."""
    check_can_see_access_needs(by, person)
    words = words.strip()
    if words:
        AccessNeeds.objects.update_or_create(person=person, defaults={"words": words})
    else:
        AccessNeeds.objects.filter(person=person).delete()


def _move_account(person: Person, email: str) -> None:
    """An account is signed in to at its person's address, so it goes where the address goes."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    if not email:
        raise AddressTaken(
            f"{person.called} signs in at this address. Close the account before you empty it."
        )
    if Account.objects.filter(email__iexact=email).exclude(pk=account.pk).exists():
        raise AddressTaken(f"{email} already signs in somebody else. Give another address.")
    account.email = email
    account.save(update_fields=["email"])


def _keep_other_names(person: Person, names: Iterable[str], *, by: Actor) -> None:
    wanted = {name.strip().casefold(): name.strip() for name in names if name.strip()}
    wanted.pop(person.full_name.casefold(), None)
    for row in person.other_names.all():
        kept = wanted.pop(row.name.casefold(), None)
        if kept is None:
            discard(row, by=by)
        else:
            change(row, by=by, name=kept)
    for name in wanted.values():
        keep(OtherName(person=person, name=name), by=by)
