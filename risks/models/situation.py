"""Who may turn the keys of a case today, and what they have decided so far: read for the rules of `risks/keys.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from allies.models import Actor, Body, Interest, Person, Seat, Withholding
from allies.policies import powers_of
from risks import keys
from risks.models.case import Case
from risks.models.case_columns import Row, Tie, What, of_kind
from risks.models.case_rows import holding_rows, tie_rows, voting_on, waiting_rows
from risks.models.key import Key, StandDown

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
    """Read who holds the keys of a case on `day`. Two queries."""
    return situations_of([case], day)[case.pk]


def situations_of(cases: Sequence[Case], day: date) -> dict[int, Situation]:
    """Read who holds the keys of many cases on `day`, by the case's id. Two queries, none without a case."""
    if not cases:
        return {}
    rows, ties = holding_rows(cases, day), tie_rows(cases, day)
    return {case.pk: situation_from(case, day, rows, ties) for case in cases}


def situation_from(case: Case, day: date, rows: Sequence[Row], ties: Sequence[Tie]) -> Situation:
    """Say who holds the keys of a case from what was read of it (`holding_rows` and `tie_rows`, of many cases too).

    The people and the keys of it carry no more than was read: their names, and what was decided.
    """
    round_ = case.round_on(day)
    of_body = [row for row in rows if row.of == case.body_id]
    of_case = [row for row in rows if row.of == case.pk]
    seats: dict[str, int | None] = dict.fromkeys(SEATS)
    for row in of_kind(of_body, What.SEAT):
        # Of two in one seat the one who was appointed first holds it.
        if seats.get(row.word) is None:
            seats[row.word] = row.person
    listed = tuple(row.person for row in of_kind(of_body, What.SUBSTITUTE) if row.person)
    aside = {row.person: row.word for row in of_kind(of_case, What.STAND_DOWN) if row.person}
    namings = (row for row in of_kind(of_case, What.NAMING) if row.number == round_)
    held = keys.who_holds(
        seats,
        conflicted=conflicted_in(case, ties)
        | {one for one, why in aside.items() if why == keys.Why.CONFLICT},
        absent={one for one, why in aside.items() if why == keys.Why.ABSENT},
        substitutes=listed,
        named={row.word: row.person for row in namings if row.person},
    )
    return Situation(
        held=held,
        people={row.person: Person(pk=row.person, full_name=row.name) for row in rows if row.person},
        given={row.word: key_from(row) for row in of_kind(of_case, What.KEY) if row.number == round_},
        seats=seats,
        substitutes=listed,
        aside=aside,
    )


@dataclass(frozen=True, slots=True)
class ForTheTeam:
    """Cases (ids) that wait for the core team.

    Those in which the reader names a substitute, those of which nobody can hold a key any more, and those with a
    proposal past its last day that nobody has closed.
    """

    to_name: tuple[int, ...]
    stuck: tuple[int, ...]
    to_close: tuple[int, ...]


def waiting_for_the_team(actor: Actor, day: date) -> ForTheTeam:
    """Read it as far as `actor` may. One query, however many cases wait."""
    person = powers_of(actor).person_id
    rows = waiting_rows(actor, day, person=person or 0)
    ties = [
        Tie(row.what, row.pk, row.person, "", row.number or None, "", row.flag or None, "", "", "", 0)
        for row in rows
        if row.what in {What.PART, What.INTEREST, What.KEPT}
    ]
    leads = bool(of_kind(rows, What.LEAD))
    to_name, stuck = [], []
    for row in of_kind(rows, What.CASE):
        case = Case(
            pk=row.pk,
            body_id=row.of,
            round=row.number,
            about_project_id=int(row.word) if row.word else None,
            about_organisation_id=int(row.words) if row.words else None,
        )
        situation = situation_from(case, day, rows, ties)
        if situation.step is keys.Step.NO_KEY:
            stuck.append(case.pk)
        elif situation.key_to_name(person, leads=leads):
            to_name.append(case.pk)
    to_close = tuple(row.of for row in of_kind(rows, What.PROPOSAL))
    return ForTheTeam(tuple(to_name), tuple(stuck), to_close)


def key_from(row: Row) -> Key:
    """A key as it was read: for pages and for the rules."""
    return Key(
        pk=row.pk,
        case_id=row.of,
        round=row.number,
        seat=row.word,
        person_id=row.person,
        substitute=bool(row.flag),
        response=row.more,
        until=row.until,
        reason=row.words,
        on=row.on,
    )


def conflicted_in(case: Case, ties: Sequence[Tie]) -> set[int]:
    """Who (ids) has a standing interest in what a case is about, or in who takes part in it; or is kept from it."""
    pairs = {(tie.project, tie.organisation) for tie in ties if tie.what == What.PART}
    found = set()
    for tie in ties:
        if tie.person is None or tie.what not in {What.INTEREST, What.KEPT}:
            continue
        itself = (tie.project is not None and tie.project == case.about_project_id) or (
            tie.organisation is not None and tie.organisation == case.about_organisation_id
        )
        theirs = (case.about_project_id, tie.organisation) in pairs or (
            tie.project,
            case.about_organisation_id,
        ) in pairs
        if itself or (theirs and tie.what == What.INTEREST):
            found.add(tie.person)
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
    places = voting_on(day).filter(body=body)
    members = list(Person.objects.filter(appointments__in=places).distinct().order_by("full_name", "pk"))
    aside = set(
        StandDown.objects.filter(case=case, why=keys.Why.CONFLICT).values_list("person_id", flat=True)
    )
    out = in_conflict(case, [one.pk for one in members], day) | aside
    return [one for one in members if one.pk not in out]


def _as_given(key: Key) -> str:
    """What a key says, so that two can be compared: an acceptance until another day is another response."""
    return f"{key.response} {key.until or ''}"
