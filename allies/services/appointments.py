"""Writing who sits on which body: powers begin and end with these rows."""

from datetime import date
from typing import Any

from django.db import transaction

from allies.models import Actor, Appointment, Body, BodyKind, Person, Post, Seat
from allies.partial_dates import PartialDate
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, keep

TEAM_POSTS = frozenset({Post.CORE_TEAM, Post.LEAD})


class CannotAppoint(ValueError):
    """Why an appointment cannot stand as it is; its words say what to do."""


@transaction.atomic
def appoint(
    *,
    by: Actor,
    person: Person,
    body: Body,
    post: Post,
    seat: Seat | None = None,
    starts: PartialDate | None = None,
    ends: PartialDate | None = None,
    first_evidenced: date | None = None,
    interim: bool = False,
) -> Appointment:
    """Give somebody a place on a body; `starts` and `ends` are both inclusive, None where not known.

    Raises Refused; CannotAppoint for a seat without a co-chair's post, a team post outside the core team,
    an end before the start, or a place that they hold already.
    """
    check(by, Permission.KEEP_PEOPLE)
    appointment = Appointment(person=person)
    values: dict[str, Any] = {
        "body": body,
        "post": post,
        "seat": seat or "",
        "starts": starts,
        "ends": ends,
        "first_evidenced": first_evidenced,
        "interim": interim,
    }
    _check_that_it_can_stand(appointment, values)
    for name, value in values.items():
        setattr(appointment, name, value)
    keep(appointment, by=by)
    return appointment


@transaction.atomic
def change_appointment(
    *,
    by: Actor,
    appointment: Appointment,
    body: Body,
    post: Post,
    seat: Seat | None,
    starts: PartialDate | None,
    ends: PartialDate | None,
    interim: bool,
) -> None:
    """Set right what was entered about a place on a body. Raises as `appoint`."""
    check(by, Permission.KEEP_PEOPLE)
    values: dict[str, Any] = {
        "body": body,
        "post": post,
        "seat": seat or "",
        "starts": starts,
        "ends": ends,
        "interim": interim,
    }
    _check_that_it_can_stand(appointment, values)
    change(appointment, by=by, **values)


@transaction.atomic
def end_appointment(*, by: Actor, appointment: Appointment, ends: PartialDate, reason: str = "") -> None:
    """Say when a place on a body ends, the last day included. Raises as `appoint`."""
    check(by, Permission.KEEP_PEOPLE)
    values = {"body": appointment.body, "post": appointment.post, "seat": appointment.seat}
    _check_that_it_can_stand(appointment, {**values, "starts": appointment.starts, "ends": ends})
    change(appointment, by=by, reason=reason.strip(), ends=ends)


def _check_that_it_can_stand(appointment: Appointment, values: dict[str, Any]) -> None:
    body, post, starts, ends = values["body"], Post(values["post"]), values["starts"], values["ends"]
    if values["seat"] and post is not Post.CO_CHAIR:
        raise CannotAppoint("Only a co-chair has a seat. Leave the seat empty, or choose co-chair.")
    if (body.kind == BodyKind.CORE_TEAM) != (post in TEAM_POSTS):
        raise CannotAppoint(
            f"On {body}, choose core team or core team lead."
            if body.kind == BodyKind.CORE_TEAM
            else f"On {body}, choose member, chair or co-chair: the core team is a group of its own."
        )
    if starts and ends and ends.last_day() < starts.first_day():
        raise CannotAppoint("It ends before it begins. Give a later end, or an earlier start.")
    # Two who appoint the same person wait for each other, so that the second sees what the first did.
    Person.objects.select_for_update().only("pk").get(pk=appointment.person_id)
    same = Appointment.objects.filter(person=appointment.person, body=body, post=post, starts=starts)
    if same.exclude(pk=appointment.pk).exists():
        raise CannotAppoint(
            f"{appointment.person.called} already has this place with the same start. Change that one."
        )
