"""Who is asked for their interests today, and has not answered since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from allies.interests import due, is_held_on, unbroken_since
from allies.models.accounts import Actor
from allies.models.bodies import Appointment, Body
from allies.models.held import powers_of
from allies.models.interests import InterestsReturn
from allies.models.people import Person
from allies.powers import Permission


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked, on which body they sit, and when they last answered; None where they never have."""

    person: Person
    body: Body
    last_on: date | None


def with_last_answer(places: Any) -> Any:
    """Give places on bodies the day of their person's last answer about interests, as `answered_on`."""
    return places.annotate(answered_on=Subquery(_last_answers().values("on")[:1]))


def who_is_asked(places: Iterable[Any], today: date) -> list[Asked]:
    """Give those among the holders of the places who are asked today, once each, by name. No query.

    The places carry person, body and `answered_on`, and are all of that person, old ones too: whoever goes from
    one post to the next, or takes on a working group beside, has not joined again. Where their groups ask at
    different times, the one that asks soonest counts.
    """
    by_person = defaultdict(list)
    for place in places:
        by_person[place.person_id].append(place)
    asked = []
    for held in by_person.values():
        now = [place for place in held if is_held_on(place.starts, place.ends, today)]
        if not now:
            continue
        joined = unbroken_since([(place.starts, place.ends) for place in held], today)
        months = min(filter(None, (place.body.interests_asked_every for place in now)), default=None)
        answers = [now[0].answered_on] if now[0].answered_on else []
        if due(joined, answers, months, today):
            asked.append(Asked(now[0].person, now[0].body, now[0].answered_on))
    return sorted(asked, key=lambda one: (one.person.full_name.casefold(), one.person.pk))


def places_seen_by(actor: Actor, today: date) -> list[Any]:
    """Give the places, old ones too, of oneself, and of others for whoever may see who has not answered. One query.

    Each carries its person, its body, and the last answer of its person: `answered_on`, `answered_pk`,
    `answered_nil`.
    """
    powers = powers_of(actor)
    bodies = powers.where(Permission.SEE_WHO_IS_ASKED)
    answers = _last_answers()
    places = with_last_answer(Appointment.objects.select_related("person", "body")).order_by(
        "body__name", "pk"
    )
    places = places.annotate(
        answered_pk=Subquery(answers.values("pk")[:1]), answered_nil=Subquery(answers.values("nil")[:1])
    )
    if bodies is not None:
        theirs = Appointment.objects.on(today).filter(body_id__in=bodies).values("person")
        places = places.filter(Q(person_id=powers.person_id or 0) | Q(person__in=theirs))
    return list(places)


def _last_answers() -> Any:
    answers = InterestsReturn.objects.standing().filter(person=OuterRef("person"))
    return answers.order_by("-on", "-pk")
