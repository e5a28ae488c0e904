"""Who may turn the keys of a case today, and what they have decided so far: read for the rules of `risks/keys.py`."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, CharField, IntegerField, Q, Value
from django.db.models.functions import Cast

from allies.models import Appointment, Body, Interest, Participation, Person, Post, Seat, Withholding
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
    seats: dict[str, int | None]
    substitutes: tuple[int, ...]
    # Who stood aside from the case, with why.
    aside: dict[int, str]

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


def situation_of(case: Case, day: date) -> Situation:
    """Read who holds the keys of a case on `day`, with the people by name. Six queries."""
    found = situations_of([case], day)[case.pk]
    ids = {
        *found.seats.values(),
        *found.substitutes,
        *found.aside,
        *(one.person_id for one in found.given.values()),
    }
    found.people.update(Person.objects.in_bulk([one for one in ids if one is not None]))
    return found


def situations_of(cases: Sequence[Case], day: date) -> dict[int, Situation]:
    """Read who holds the keys of many cases on `day`, by the case's id, without the people. Five queries."""
    bodies = {case.body_id for case in cases}
    seats, substitutes = _seats_and_substitutes(bodies, day)
    aside, named = _aside_and_named(cases, day)
    concerned = {one for held in seats.values() for one in held.values() if one}
    concerned |= {one for listed in substitutes.values() for one in listed}
    conflicts = _conflicts(cases, concerned, day)
    given: dict[int, dict[str, Key]] = defaultdict(dict)
    rounds = {case.pk: case.round_on(day) for case in cases}
    for key in Key.objects.filter(case__in=rounds, counts=True).select_related("person"):
        if key.round == rounds[key.case_id]:
            given[key.case_id][key.seat] = key
    found = {}
    for case in cases:
        out = aside[case.pk]
        held = keys.who_holds(
            seats[case.body_id],
            conflicted=conflicts[case.pk] | {one for one, why in out.items() if why == keys.Why.CONFLICT},
            absent={one for one, why in out.items() if why == keys.Why.ABSENT},
            substitutes=substitutes[case.body_id],
            named=named[case.pk],
        )
        found[case.pk] = Situation(
            held, {}, given[case.pk], seats[case.body_id], tuple(substitutes[case.body_id]), out
        )
    return found


def _seats_and_substitutes(
    bodies: set[int], day: date
) -> tuple[dict[int, dict[str, int | None]], dict[int, list[int]]]:
    """Who sits in each body's seats, and who is on its list of substitutes."""
    seats: dict[int, dict[str, int | None]] = {body: dict.fromkeys(SEATS) for body in bodies}
    listed: dict[int, list[int]] = {body: [] for body in bodies}
    text = CharField()
    places = (
        Appointment.objects.on(day).filter(body__in=bodies, post=Post.CO_CHAIR).exclude(seat="").order_by()
    )
    sitting = places.annotate(sits=Cast("seat", text)).values_list("body_id", "sits", "person_id", "pk")
    agreed = Substitute.objects.filter(body__in=bodies, agreed_on__lte=day, until__gte=day).order_by()
    standing_in = agreed.annotate(sits=Value("", output_field=text))
    rows = sitting.union(standing_in.values_list("body_id", "sits", "person_id", "pk"), all=True).order_by()
    # Of two in one seat the one who was appointed first holds it.
    for body, seat, person, _ in sorted(rows, key=lambda row: -row[3]):
        if seat:
            seats[body][seat] = person
        else:
            listed[body].insert(0, person)
    return seats, listed


def _aside_and_named(
    cases: Sequence[Case], day: date
) -> tuple[dict[int, dict[int, str]], dict[int, dict[str, int]]]:
    """Who stood aside from each case and why, and who was named for which seat in its round."""
    rounds = {case.pk: case.round_on(day) for case in cases}
    aside: dict[int, dict[int, str]] = defaultdict(dict)
    named: dict[int, dict[str, int]] = defaultdict(dict)
    columns = ("case_id", "number", "said", "person_id", "pk")
    text = CharField()
    downs = StandDown.objects.filter(case__in=rounds).order_by()
    downs = downs.annotate(number=Value(0, output_field=IntegerField()), said=Cast("why", text))
    namings = Naming.objects.filter(case__in=rounds).order_by()
    namings = namings.annotate(number=Cast("round", IntegerField()), said=Cast("seat", text))
    rows = downs.values_list(*columns).union(namings.values_list(*columns), all=True).order_by()
    for case, number, words, person, _ in sorted(rows, key=lambda row: row[4]):
        if not number:
            aside[case][person] = words
        elif number == rounds[case]:
            named[case][words] = person
    return aside, named


def _conflicts(cases: Sequence[Case], people: Iterable[int], day: date) -> dict[int, set[int]]:
    """Who of the people has a standing interest in what each case is about, or is kept from it. Two queries."""
    ids = list(people)
    projects = {case.about_project_id for case in cases if case.about_project_id}
    partners = {case.about_organisation_id for case in cases if case.about_organisation_id}
    parts = Participation.objects.filter(Q(project__in=projects) | Q(organisation__in=partners)).order_by()
    pairs = set(parts.values_list("project_id", "organisation_id"))
    columns = ("person_id", "about_project_id", "about_organisation_id", "kept")
    kept = BooleanField()
    interests = Interest.objects.filter(person__in=ids).standing_on(day).order_by()
    held = Withholding.objects.filter(person__in=ids).held_on(day).order_by()
    rows = interests.annotate(kept=Value(False, output_field=kept)).values_list(*columns)
    rows = rows.union(
        held.annotate(kept=Value(True, output_field=kept)).values_list(*columns), all=True
    ).order_by()
    found: dict[int, set[int]] = {case.pk: set() for case in cases}
    for person, project, partner, is_kept in rows:
        for case in cases:
            itself = (project is not None and project == case.about_project_id) or (
                partner is not None and partner == case.about_organisation_id
            )
            theirs = (case.about_project_id, partner) in pairs or (
                project,
                case.about_organisation_id,
            ) in pairs
            if itself or (theirs and not is_kept):
                found[case.pk].add(person)
    return found


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
