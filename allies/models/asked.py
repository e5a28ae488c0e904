"""Who is asked for their interests today, and has not answered since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from allies.interests import asked_again_on, unbroken_since
from allies.models.accounts import Actor
from allies.models.bodies import Appointment, Body
from allies.models.held import powers_of
from allies.models.interests import InterestsReturn
from allies.models.people import Person
from allies.powers import Permission


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked: for which body, and when they last answered; None where they never have."""

    person: Person
    body: Body
    last_on: date | None


def with_last_answer(places: Any) -> Any:
    """Give places on bodies the day of their person's last answer about interests, as `answered_on`."""
    answers = InterestsReturn.objects.standing().filter(person=OuterRef("person")).order_by("-on", "-pk")
    return places.annotate(answered_on=Subquery(answers.values("on")[:1]))


def who_is_asked(places: Iterable[Any], today: date) -> list[Asked]:
    """Give those among the holders of the places who are asked today, once each, by name. No query.

    The places carry person, body and `answered_on`, and are all of that person on that body, old ones too:
    whoever goes from one post to the next has not joined again.
    """
    by_body = defaultdict(list)
    for place in places:
        by_body[place.person_id, place.body_id].append(place)
    asked: dict[int, Asked] = {}
    for held in by_body.values():
        one = held[0]
        try:
            joined = unbroken_since([(place.starts, place.ends) for place in held], today)
        except ValueError:
            continue
        answers = [one.answered_on] if one.answered_on else []
        on = asked_again_on(joined, answers, one.body.interests_asked_every)
        if on is not None and on <= today:
            asked.setdefault(one.person_id, Asked(one.person, one.body, one.answered_on))
    return sorted(asked.values(), key=lambda one: (one.person.full_name.casefold(), one.person.pk))


def asked_and_seen_by(actor: Actor, today: date) -> list[Asked]:
    """Give those who are asked today: oneself, and others for whoever may see who has not answered. One query."""
    powers = powers_of(actor)
    bodies = powers.where(Permission.SEE_WHO_IS_ASKED)
    places = with_last_answer(Appointment.objects.select_related("person", "body")).order_by(
        "body__name", "pk"
    )
    if bodies is not None:
        places = places.filter(Q(person_id=powers.person_id or 0) | Q(body_id__in=bodies))
    return who_is_asked(places, today)
