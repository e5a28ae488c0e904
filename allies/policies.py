"""Who may do what, asked of the record. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from allies.models import About, Account, Actor, Body, Person
from allies.models.held import EVERYTHING, NOBODY, is_withheld, kept_from, powers_of, without_withheld
from allies.powers import Permission, Refused

__all__ = ["EVERYTHING", "NOBODY", "is_withheld", "kept_from", "powers_of", "without_withheld"]


def can(actor: Actor, permission: Permission, *, body: Body | int | None = None) -> bool:
    """Answer whether somebody holds a permission, on `body` or (without one) on any body at all."""
    body_id = body.pk if isinstance(body, Body) else body
    return powers_of(actor).may(permission, body_id=body_id)


def check(actor: Actor, permission: Permission, *, body: Body | int | None = None) -> None:
    """Raise `Refused`, with who can, unless `can`."""
    if not can(actor, permission, body=body):
        raise Refused(permission)


def check_not_withheld(actor: Actor, *rows: About | None) -> None:
    """Raise `Refused` where somebody is kept from what one of the rows is about: no role stands above that."""
    if any(row is not None and is_withheld(row, actor) for row in rows):
        raise Refused(Permission.READ_RECORD, "This is withheld from you.")


def is_self(actor: Actor, person: Person) -> bool:
    """Answer whether the account is this person's."""
    return isinstance(actor, Account) and actor.person_id is not None and actor.person_id == person.pk


def can_see_access_needs(actor: Actor, person: Person) -> bool:
    """The person themself, and the core team (DESIGN §4)."""
    return is_self(actor, person) or can(actor, Permission.KEEP_PEOPLE)


def check_can_see_access_needs(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_access_needs`."""
    if not can_see_access_needs(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can see this.")


def can_see_person(actor: Actor, person: Person) -> bool:
    """Whoever reads the record, and the person themself, also once their appointments have ended."""
    return is_self(actor, person) or can(actor, Permission.READ_RECORD)


def check_can_see_person(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_person`."""
    if not can_see_person(actor, person):
        raise Refused(Permission.READ_RECORD)


def can_change_details(actor: Actor, person: Person) -> bool:
    """The name in conversation and the pronouns: the person themself, and the core team."""
    return is_self(actor, person) or can(actor, Permission.KEEP_PEOPLE)


def check_can_change_details(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_change_details`."""
    if not can_change_details(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can change this.")


def can_see_address(actor: Actor, person: Person) -> bool:
    """An email address: the person themself, and the core team."""
    return can_change_details(actor, person)


def check_can_see_address(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_see_address`."""
    if not can_see_address(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can see this.")


def can_declare_for(actor: Actor, person: Person) -> bool:
    """Keep somebody's entries in the register: members their own, the core team anybody's, on the record."""
    if can(actor, Permission.ANSWER_FOR_ANYONE):
        return True
    return is_self(actor, person) and can(actor, Permission.ANSWER_FOR_ONESELF)


def check_can_declare_for(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_declare_for`."""
    if can_declare_for(actor, person):
        return
    if is_self(actor, person):
        raise Refused(Permission.ANSWER_FOR_ONESELF, "Only members of the group keep the register.")
    raise Refused(
        Permission.ANSWER_FOR_ANYONE,
        "Only they themselves and the core team can write in the register for them.",
    )


def can_take_data_of(actor: Actor, person: Person) -> bool:
    """Take a copy of what is kept about somebody: the person themself, and the core team for them."""
    return is_self(actor, person) or can(actor, Permission.KEEP_PEOPLE)


def check_can_take_data_of(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_take_data_of`."""
    if not can_take_data_of(actor, person):
        raise Refused(Permission.KEEP_PEOPLE, "Only the person and the core team can take this.")


def can_erase(actor: Actor, person: Person) -> bool:
    """Take somebody's name out of the record: the core team, but nobody for themself.

    Nor whoever is kept from any matter, because they would read where the name stands.
    """
    return can(actor, Permission.KEEP_PEOPLE) and not is_self(actor, person) and not kept_from(actor)


def check_can_erase(actor: Actor, person: Person) -> None:
    """Raise `Refused` unless `can_erase`."""
    if can_erase(actor, person):
        return
    if is_self(actor, person):
        words = "You cannot take out your own name. Ask somebody else in the team."
    elif can(actor, Permission.KEEP_PEOPLE):
        words = "Something is withheld from you, so somebody else in the team has to do this."
    else:
        words = "Only the core team can do this."
    raise Refused(Permission.KEEP_PEOPLE, words)
