"""Who may turn the keys of a case today, and what they have decided so far: read for the rules of `risks/keys.py`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allies.models import Appointment, Body, Interest, Person, Post, Seat, Withholding
from risks import keys
from risks.models.case import Case
from risks.models.key import Key, Naming, StandDown, Substitute

SEATS = (Seat.LIVED.value, Seat.LEARNT.value)


@dataclass(frozen=True, slots=True)
class Situation:
    """The seats with who holds each key, the people spoken of by id, and the keys given in this round by seat."""

    held: tuple[keys.Key, ...]
    people: dict[int, Person]
    given: dict[str, Key]

    @property
    def step(self) -> keys.Step:
        """Where the keys have brought the case."""
        return keys.outcome(self.held, {seat: _as_given(key) for seat, key in self.counted.items()})

    @property
    def counted(self) -> dict[str, Key]:
        """The keys given by whoever holds them: what somebody gave who then stood aside does not count."""
        holders = {one.seat: one.person for one in self.held if isinstance(one, keys.Held)}
        return {seat: key for seat, key in self.given.items() if holders.get(seat) == key.person_id}

    def seat_of(self, person_id: int | None) -> str | None:
        """The seat whose key somebody holds, by their id; None where they hold none."""
        return next(
            (one.seat for one in self.held if isinstance(one, keys.Held) and one.person == person_id), None
        )

    def key_to_name(self, person_id: int | None, *, leads: bool) -> keys.Open | None:
        """The key for which somebody names the substitute: the other chair, or else the core team's lead."""
        return next(
            (
                one
                for one in self.held
                if isinstance(one, keys.Open)
                and (one.named_by == person_id if one.named_by is not None else leads)
            ),
            None,
        )


def situation_of(case: Case, day: date, *, round_: int | None = None) -> Situation:
    """Read who holds the keys of a case on `day`, in its round of then or in another. Seven queries."""
    number = case.round_on(day) if round_ is None else round_
    seats: dict[str, int | None] = dict.fromkeys(SEATS)
    places = Appointment.objects.on(day).filter(body_id=case.body_id, post=Post.CO_CHAIR).exclude(seat="")
    for seat, person in places.order_by("-pk").values_list("seat", "person_id"):
        seats[seat] = person
    substitutes = list(
        Substitute.objects.filter(body_id=case.body_id, agreed_on__lte=day, until__gte=day).values_list(
            "person_id", flat=True
        )
    )
    aside = dict(StandDown.objects.filter(case=case).values_list("person_id", "why"))
    concerned = {*substitutes, *(one for one in seats.values() if one)}
    conflicted = in_conflict(case, concerned, day) | {
        person for person, why in aside.items() if why == keys.Why.CONFLICT
    }
    named = dict(
        Naming.objects.filter(case=case, round=number).order_by("pk").values_list("seat", "person_id")
    )
    held = keys.who_holds(
        seats,
        conflicted=conflicted,
        absent={person for person, why in aside.items() if why == keys.Why.ABSENT},
        substitutes=substitutes,
        named=named,
    )
    given = {
        key.seat: key
        for key in Key.objects.filter(case=case, round=number, counts=True).select_related("person")
    }
    people = Person.objects.in_bulk({*concerned, *(key.person_id for key in given.values())})
    return Situation(held, people, given)


def in_conflict(case: Case, people: Iterable[int], day: date) -> set[int]:
    """Those of the people (ids) with a standing interest in what a case is about, or kept from it. Two queries."""
    projects = [case.about_project_id] if case.about_project_id else []
    organisations = [case.about_organisation_id] if case.about_organisation_id else []
    ids = list(people)
    interests = Interest.objects.filter(person_id__in=ids).standing_on(day)
    touched = interests.touching(projects=projects, organisations=organisations)
    kept = Withholding.objects.filter(person_id__in=ids).held_on(day)
    kept = kept.filter(about_project__in=projects) | kept.filter(about_organisation__in=organisations)
    return {*touched.values_list("person_id", flat=True), *kept.values_list("person_id", flat=True)}


def electorate(body: Body, case: Case, day: date) -> list[Person]:
    """The appointed members and chairs of a body on `day` without a conflict in a case; not the core team."""
    places = Appointment.objects.on(day).filter(body=body, post__in=[Post.MEMBER, Post.CHAIR, Post.CO_CHAIR])
    members = list(Person.objects.filter(appointments__in=places).distinct().order_by("full_name", "pk"))
    aside = set(
        StandDown.objects.filter(case=case, why=keys.Why.CONFLICT).values_list("person_id", flat=True)
    )
    out = in_conflict(case, [one.pk for one in members], day) | aside
    return [one for one in members if one.pk not in out]


def _as_given(key: Key) -> str:
    """What a key says, so that two can be compared: an acceptance until another day is another response."""
    return f"{key.response} {key.until or ''}"
