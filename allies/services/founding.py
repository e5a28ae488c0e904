"""How a record begins: its two first bodies, and the first account."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from allies import clock
from allies.models import Account, Actor, Appointment, Body, BodyKind, Person, Post
from allies.services.accounts import CannotInvite, give_account
from allies.services.appointments import TEAM_POSTS, appoint
from allies.services.bodies import enter_body
from allies.services.people import change_person, enter_person

GROUP_SLUG, TEAM_SLUG = "allies-group", "core-team"


@transaction.atomic
def found_bodies(*, by: Actor) -> tuple[Body, Body]:
    """Give the Allies Group and the core team, made where they are missing. Raises Refused."""
    group = Body.objects.filter(slug=GROUP_SLUG).first() or enter_body(
        by=by, name=settings.ALLIES_SITE["group_name"], slug=GROUP_SLUG, co_chaired=True
    )
    team = Body.objects.filter(kind=BodyKind.CORE_TEAM).first() or enter_body(
        by=by, name="Core team", kind=BodyKind.CORE_TEAM, slug=TEAM_SLUG
    )
    return group, team


@transaction.atomic
def give_first_account(*, by: Actor, email: str, full_name: str = "", to_the_team: bool = False) -> Account:
    """Give whoever has the address an account, and with `to_the_team` a place in the core team.

    The person is found by the address, else by exactly this full name, else entered. When they joined the
    team is not known to the command, so only the day it was first seen is written. Raises CannotInvite with
    a sentence; Refused.
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CannotInvite(f"{email!r} is not an email address. Write it as ada@example.org.") from error
    _, team = found_bodies(by=by)
    account = Account.objects.select_related("person").filter(email__iexact=email).first()
    person = account.person if account and account.person else _find_or_enter(by, email, full_name)
    if account is None:
        account = give_account(by=by, person=person)
    else:
        account.person, account.is_active = person, True
        account.save(update_fields=["person", "is_active"])
    held = Appointment.objects.filter(person=person, body=team, post__in=TEAM_POSTS)
    if to_the_team and not held.on(clock.today()).exists():
        appoint(by=by, person=person, body=team, post=Post.CORE_TEAM, first_evidenced=clock.today())
    return account


def _find_or_enter(by: Actor, email: str, full_name: str) -> Person:
    full_name = " ".join(full_name.split())
    found = list(Person.objects.filter(email__iexact=email)[:2])
    if not found and full_name:
        found = list(Person.objects.filter(full_name__iexact=full_name)[:3])
    if len(found) > 1:
        raise CannotInvite(
            f"{len(found)} people in the record could be meant. "
            "Sign in as the core team and invite from that person's page."
        )
    if not found:
        if not full_name:
            raise CannotInvite(f'Say whose address {email} is: add --name "Full Name".')
        return enter_person(by=by, full_name=full_name, email=email)
    (person,) = found
    if Account.objects.filter(person=person).exclude(email__iexact=email).exists():
        raise CannotInvite(
            f"{person} already signs in with another address. The core team can change it on their page."
        )
    if person.email.lower() != email:
        change_person(
            by=by,
            person=person,
            full_name=person.full_name,
            short_name=person.short_name,
            pronouns=person.pronouns,
            email=email,
            other_names=[name.name for name in person.other_names.all()],
        )
    return person
