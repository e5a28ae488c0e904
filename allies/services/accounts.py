"""Accounts: inviting, closing, and ending every sign-in."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from allies import clock
from allies.models import Account, Actor, Appointment, CalendarAddress, Person, Post
from allies.policies import check
from allies.powers import Permission, Refused


class CannotInvite(ValueError):
    """Why somebody cannot be given an account; its words say what to do."""


class MailNotSent(Exception):
    """What was done is done, but the mail about it could not be sent."""


@transaction.atomic
def give_account(*, by: Actor, person: Person) -> Account:
    """Make the person's account at their address, or open their closed one again.

    Raises Refused; CannotInvite where the person has no address or another account has it.
    """
    check(by, Permission.KEEP_PEOPLE)
    if not person.email:
        raise CannotInvite(f"Enter an email address for {person.called} first.")
    # Two who invite the same person wait for each other: one account, and the second opens what the first made.
    Person.objects.select_for_update().only("pk").get(pk=person.pk)
    if account := Account.objects.filter(person=person).first():
        account.is_active = True
        account.save(update_fields=["is_active"])
        return account
    if Account.objects.filter(email__iexact=person.email).exists():
        raise CannotInvite(f"{person.email} already signs in somebody else. Give another address.")
    return Account.objects.create_user(person.email, person)


def invite(*, by: Actor, person: Person, sign_in_url: str) -> Account:
    """Give the person an account and write to them how to sign in.

    `sign_in_url` is the whole address of the sign-in page. Raises as `give_account`; MailNotSent when the
    account is there and the mail was not accepted.
    """
    account = give_account(by=by, person=person)
    invited_by = by.person.full_name if isinstance(by, Account) and by.person else ""
    _write(account.email, "invitation", person=person, sign_in_url=sign_in_url, invited_by=invited_by)
    return account


@transaction.atomic
def close_account(*, by: Actor, account: Account) -> None:
    """End every sign-in of the account and accept no more. Raises Refused, also for one's own account."""
    check(by, Permission.KEEP_PEOPLE)
    if isinstance(by, Account) and by.pk == account.pk:
        raise Refused(
            Permission.KEEP_PEOPLE, "You cannot close your own account. Ask somebody else in the team."
        )
    account.is_active = False
    account.sign_out_everywhere()
    account.save(update_fields=["is_active", "password"])
    CalendarAddress.objects.filter(account=account).delete()


@transaction.atomic
def sign_out_everywhere(*, by: Account) -> None:
    """End every sign-in of one's own account, and its calendar's address. Raises Refused for a closed one."""
    check(by, Permission.KEEP_OWN_ACCOUNT)
    by.sign_out_everywhere()
    by.save(update_fields=["password"])
    CalendarAddress.objects.filter(account=by).delete()


def tell_that_it_is_closed(*, address: str) -> None:
    """Write to the address of a closed account. Whoever typed it learns nothing from the page. Raises OSError."""
    _send(address, "closed_account")


def _write(address: str, template: str, **words: object) -> None:
    try:
        _send(address, template, **words)
    except OSError as error:
        raise MailNotSent(
            f"The account is ready, but the mail to {address} could not be sent. Tell them yourself how to sign in."
        ) from error


def _send(address: str, template: str, **words: object) -> None:
    written = render_to_string(f"email/{template}.txt", {"site": settings.ALLIES_SITE, **words})
    subject, _, body = written.strip().partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [address])


# ---- The example people, in a demonstration alone

_POSTS = {
    "ally": (Post.MEMBER,),
    "team": (Post.CORE_TEAM, Post.LEAD),
    "chair": (Post.CHAIR, Post.CO_CHAIR),
}
_ROLE_NAMES = {"ally": "an Ally", "team": "the core team", "chair": "a chair"}


@dataclass(frozen=True, slots=True)
class Example:
    """A button of the sign-in page: the role's key, the role in words, and who it is."""

    role: str
    role_name: str
    person: Person


def example_people() -> list[Example]:
    """Give the first person of each role in a demonstration; nobody otherwise."""
    if not settings.ALLIES_DEMO:
        return []
    found = ((role, _first_of(role)) for role in _POSTS)
    return [Example(role, _ROLE_NAMES[role], person) for role, person in found if person is not None]


@transaction.atomic
def example_account(*, person_id: str = "", role: str = "") -> Account | None:
    """Give the account of an example person, made where it is missing; None where nobody is meant.

    Raises Refused outside a demonstration.
    """
    if not settings.ALLIES_DEMO:
        raise Refused(Permission.KEEP_PEOPLE, "This works in a demonstration only.")
    if person_id:
        is_id = person_id.isascii() and person_id.isdigit() and len(person_id) < 19
        person = Person.objects.filter(pk=int(person_id)).first() if is_id else None
    else:
        person = _first_of(role) if role in _POSTS else None
    if person is None:
        return None
    account = Account.objects.filter(person=person).first()
    if account is None:
        address = person.email or f"person-{person.pk}@example.org"
        account = Account.objects.create_user(address, person)
    return account if account.is_active else None


def _first_of(role: str) -> Person | None:
    """The first who holds the role today and no stronger one; those with an account before those without."""
    today = clock.today()
    holding = Appointment.objects.on(today)
    people = Person.objects.filter(pk__in=holding.filter(post__in=_POSTS[role]).values("person"))
    if role == "ally":
        people = people.exclude(pk__in=holding.exclude(post=Post.MEMBER).values("person"))
    return (
        people.exclude(account__is_active=False).filter(account__isnull=False).order_by("pk").first()
        or people.filter(account__isnull=True).order_by("pk").first()
    )
