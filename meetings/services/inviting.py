"""Inviting people to a meeting, and their answers."""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from actions.wording import day_in_words
from allies import clock
from allies.models import Account, Actor, Person, Post
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, keep
from meetings.models import Answer, Attendance, CapacityKind, Meeting
from meetings.models.attendance import Capacity
from meetings.policies import check_can_answer_for, check_can_invite
from meetings.services.places import next_place
from meetings.wording import hours_in_words

logger = logging.getLogger(__name__)


class InvitationRefused(ValueError):
    """Why nobody can be invited, or no answer taken, now. In a sentence."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was written to, who has no address in the record, and whose message could not be sent."""

    written_to: tuple[Person, ...] = ()
    without_address: tuple[Person, ...] = ()
    not_sent: tuple[Person, ...] = ()


def invite(*, by: Actor, meeting: Meeting, address: str, again: bool = False) -> Invited:
    """Put everyone now appointed on the meeting's list, and write to those who were not on it before.

    `address` is the meeting's page, with its host. With `again`, also to those on the list who have not answered.
    The list is kept even where mail fails: the answer names whom it did not reach. Raises Refused;
    InvitationRefused once the meeting has begun or was called off.
    """
    newly = _enter(by=by, meeting=meeting)
    people = [one.person for one in newly if one.person]
    if again:
        waiting = Attendance.objects.filter(meeting=meeting, answer="", person__isnull=False).select_related(
            "person"
        )
        people += [one.person for one in waiting if one.person and one.person not in people]
    return write_to(meeting, people, address=address, template="meetings/mail/invitation.txt", subject="")


def invite_guest(*, by: Actor, meeting: Meeting, person: Person, address: str) -> Invited:
    """Invite somebody who is not on the body, as a guest unless of the core team. Raises as `invite`.

    Twice changes nothing.
    """
    with transaction.atomic():
        _check_open(by, meeting)
        if meeting.attendance.filter(person=person).exists():
            return Invited()
        one = Attendance(meeting=meeting, person=person, position=next_place(meeting.attendance))
        keep(one, by=by)
        # The core team is at home at every meeting, on whichever body it is not a member of.
        if not person.appointments.on(clock.today()).filter(post__in=[Post.CORE_TEAM, Post.LEAD]).exists():
            keep(Capacity(attendance=one, kind=CapacityKind.GUEST), by=by)
    return write_to(meeting, [person], address=address, template="meetings/mail/invitation.txt", subject="")


def tell_of_change(*, by: Actor, meeting: Meeting, address: str) -> Invited:
    """Write to everyone on the list, but those who sent apologies, that the meeting moved or was called off.

    Raises Refused.
    """
    check(by, Permission.WRITE_NOTES, body=meeting.body_id)
    listed = (
        Attendance.objects.filter(meeting=meeting, person__isnull=False)
        .exclude(answer=Answer.APOLOGIES)
        .select_related("person")
    )
    template = "meetings/mail/called_off.txt" if meeting.called_off else "meetings/mail/changed.txt"
    subject = "Called off: " if meeting.called_off else "Changed: "
    return write_to(
        meeting,
        [one.person for one in listed if one.person],
        address=address,
        template=template,
        subject=subject,
    )


@transaction.atomic
def answer(*, by: Actor, meeting: Meeting, person: Person, answer: Answer) -> Attendance:
    """Say whether somebody comes; it can change until the meeting begins.

    Members who were never invited may answer too. Raises Refused; InvitationRefused once it has begun or was
    called off.
    """
    check_can_answer_for(by, meeting, person)
    if meeting.called_off:
        raise InvitationRefused("This meeting was called off, so there is nothing to answer.")
    if clock.now() >= meeting.begins_at:
        raise InvitationRefused(
            "This meeting has begun, so answers are closed. Tell whoever takes the notes."
        )
    # The lock lets two answers of one person, from two windows, come one after the other.
    Meeting.objects.select_for_update(no_key=True).only("pk").get(pk=meeting.pk)
    one = meeting.attendance.filter(person=person).first()
    if one is None:
        one = Attendance(meeting=meeting, person=person, position=next_place(meeting.attendance))
    if one.answer != answer or one.pk is None:
        one.answer, one.answered_at = answer, clock.now()
        keep(one, by=by)
    return one


@transaction.atomic
def _enter(*, by: Actor, meeting: Meeting) -> list[Attendance]:
    _check_open(by, meeting)
    position = next_place(meeting.attendance)
    entered = []
    appointed = (
        Person.objects.filter(appointments__in=meeting.body.appointments.on(clock.today()))
        .exclude(attendance__meeting=meeting)
        .distinct()
        .in_order()
    )
    for offset, person in enumerate(appointed):
        one = Attendance(meeting=meeting, person=person, position=position + offset)
        keep(one, by=by)
        entered.append(one)
    if meeting.invited_at is None:
        change(meeting, by=by, reason="people invited", invited_at=clock.now())
    return entered


def _check_open(by: Actor, meeting: Meeting) -> None:
    check_can_invite(by, meeting)
    if meeting.called_off:
        raise InvitationRefused("This meeting was called off, so nobody can be invited.")
    if clock.now() >= meeting.begins_at:
        raise InvitationRefused("This meeting has begun. Say under “Who was there” who came.")
    Meeting.objects.select_for_update(no_key=True).only("pk").get(pk=meeting.pk)


def write_to(
    meeting: Meeting, people: Iterable[Person], *, address: str, template: str, subject: str
) -> Invited:
    """Send one message to each: nobody learns another's address."""
    people = list(people)
    addresses = dict(
        Account.objects.filter(person__in=people, is_active=True).values_list("person_id", "email")
    )
    when = ", ".join(filter(None, (day_in_words(meeting.date), hours_in_words(meeting.starts, meeting.ends))))
    title = f"{subject}{meeting.body}, {when}"
    reached, without, lost = [], [], []
    for person in people:
        to = addresses.get(person.pk) or person.email
        if not to:
            without.append(person)
            continue
        words = render_to_string(
            template, {"meeting": meeting, "person": person, "when": when, "address": address}
        )
        try:
            EmailMessage(title, words, to=[to]).send()
        except (smtplib.SMTPException, OSError):
            logger.exception("An invitation could not be sent.")
            lost.append(person)
        else:
            reached.append(person)
    return Invited(tuple(reached), tuple(without), tuple(lost))
