"""The two keys of a case: giving one, standing aside, naming a substitute."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from allies import clock
from allies.models import Actor, Appointment, Body, Person
from allies.policies import check, check_not_withheld, is_self
from allies.powers import Permission, Refused
from allies.services.keeping import keep, person_of
from risks import keys
from risks.models import (
    Case,
    CaseDecision,
    ClosureDay,
    DecidedBy,
    Key,
    Naming,
    StandDown,
    Substitute,
)
from risks.models.case import CaseResponse
from risks.models.case_rows import leading_on
from risks.models.concern import CHAIRS
from risks.models.situation import Situation, situation_of
from risks.scheme import Level
from risks.services.cases import CaseRefused, climb, come_back, locked, renew_limits_of_resting
from risks.services.deciding import Decided, ToDo, add_actions, check_decided, settle

NOT_A_HOLDER = "Only those who hold a key in this case can decide it now."


@transaction.atomic
def give_key(*, by: Actor, case: Case, decided: Decided) -> CaseDecision | None:
    """Turn one key. Where it is the second, the case is decided or goes to the Allies; gives the decision, if made.

    Both reasons stand in the decision. Raises Refused for whoever holds no key; CaseRefused where the case is not
    with the chairs, or for a key that is given already.
    """
    case = _with_the_chairs(case, by=by)
    today = clock.today()
    person = person_of(by)
    situation = situation_of(case, today)
    seat = situation.seat_of(person.pk if person else None)
    if person is None or seat is None:
        raise Refused(Permission.DECIDE_CASE, NOT_A_HOLDER)
    check_decided(decided)
    if seat in situation.counted:
        raise CaseRefused(
            "The key of your seat is given already. It cannot be changed: what follows rests on it."
        )
    # A key of somebody who holds it no longer stands in nobody's way.
    Key.objects.filter(case=case, round=case.round, seat=seat).update(counts=False)
    held = next(one for one in situation.held if isinstance(one, keys.Held) and one.seat == seat)
    Key.objects.create(
        case=case,
        round=case.round,
        seat=seat,
        person=person,
        substitute=held.substitute,
        response=decided.response,
        until=decided.until,
        reason=decided.reason.strip(),
        on=today,
    )
    return _follow(case, by=by)


@transaction.atomic
def stand_down(
    *, by: Actor, case: Case, person: Person, why: keys.Why, words: str = "", on: date | None = None
) -> None:
    """Write down that a chair or substitute stands aside from a case; a key they gave no longer counts.

    They say it themselves; that somebody cannot be reached, the other chair or the core team says. Raises Refused;
    CaseRefused where they stood aside already.
    """
    case = _with_the_chairs(case, by=by)
    if not is_self(by, person):
        check(by, Permission.KEEP_RISKS, body=case.body_id)
        if why is keys.Why.CONFLICT:
            raise Refused(Permission.DECIDE_CASE, "Only they themselves can declare an interest here.")
    if StandDown.objects.filter(case=case, person=person).exists():
        raise CaseRefused("They have stood aside already.")
    StandDown.objects.create(case=case, person=person, why=why, words=words.strip(), on=on or clock.today())
    Key.objects.filter(case=case, round=case.round, person=person).update(counts=False)
    _follow(case, by=by)


@transaction.atomic
def name_substitute(*, by: Actor, case: Case, seat: str, person: Person) -> None:
    """Name who holds the key of a seat whose chair does not: the other chair does, or else the core team's lead.

    Raises Refused; CaseRefused for somebody who is not on the year's list, or cannot hold it.
    """
    case = _with_the_chairs(case, by=by)
    namer = person_of(by)
    situation = situation_of(case, clock.today())
    waiting = situation.key_to_name(namer.pk if namer else None, leads=leads(by))
    if waiting is None or waiting.seat != seat:
        raise Refused(
            Permission.DECIDE_CASE, "The other chair names the substitute, or else the core team’s lead."
        )
    if person.pk not in waiting.candidates:
        raise CaseRefused(
            "Choose somebody from the list that the group agreed, who has no interest in the matter."
        )
    Naming.objects.create(
        case=case, round=case.round, seat=seat, person=person, named_by=namer, on=clock.today()
    )
    _follow(case, by=by)


@transaction.atomic
def take_to_the_allies(*, by: Actor, case: Case) -> None:
    """Take a case to the Allies of which nobody can hold a key: chairs have left, or an interest was registered.

    Raises Refused; CaseRefused where both keys can be held, or where it is not with the chairs.
    """
    check(by, Permission.KEEP_RISKS, body=case.body_id)
    case = _with_the_chairs(case, by=by)
    if situation_of(case, clock.today()).step is not keys.Step.NO_KEY:
        raise CaseRefused("Both keys can be held: the chairs decide.")
    _follow(case, by=by)


@transaction.atomic
def add_actions_to(*, by: Actor, decision: CaseDecision, to_do: Sequence[ToDo]) -> None:
    """Write down the actions that a decision asks for. Raises Refused."""
    check(by, Permission.KEEP_RISKS, body=decision.case.body_id)
    check_not_withheld(by, decision.case)
    add_actions(decision, to_do, by=by)


@transaction.atomic
def agree_substitutes(
    *, by: Actor, body: Body, people: Sequence[Person], agreed_on: date, until: date
) -> None:
    """Write down the list of substitutes that the group agreed, from `agreed_on` to `until`, both inclusive.

    Raises Refused; CaseRefused for an end before the start, and for somebody who is a chair then: they hold a key.
    """
    check(by, Permission.KEEP_RISKS, body=body)
    if until < agreed_on:
        raise CaseRefused("Give a last day that is not before the first.")
    chairing = Appointment.objects.on(agreed_on).filter(body=body, post__in=CHAIRS, person__in=people)
    if chair := chairing.select_related("person").first():
        raise CaseRefused(f"{chair.person} is a chair and holds a key already: choose somebody else.")
    for person in people:
        if not Substitute.objects.filter(body=body, person=person, agreed_on=agreed_on).exists():
            keep(Substitute(body=body, person=person, agreed_on=agreed_on, until=until), by=by)


@transaction.atomic
def say_closed(*, by: Actor, body: Body, days: Sequence[date]) -> None:
    """Write down the days on which the host is closed. Limits that run already stay. Raises Refused."""
    check(by, Permission.KEEP_RISKS, body=body)
    for day in days:
        ClosureDay.objects.get_or_create(body=body, day=day)
    renew_limits_of_resting(body, by=by)


def leads(actor: Actor) -> bool:
    """Whether somebody names a substitute today where the other chair cannot: as `leading_on`."""
    person = person_of(actor)
    return person is not None and leading_on(clock.today()).filter(person=person).exists()


def _with_the_chairs(case: Case, *, by: Actor) -> Case:
    case = locked(case, by=by)
    come_back(case, by=by)
    if case.level != Level.CHAIRS or not case.waits_on(clock.today()):
        raise CaseRefused("This case is not with the chairs now.")
    return case


def _follow(case: Case, *, by: Actor) -> CaseDecision | None:
    """Let the case go where the keys have brought it."""
    today = clock.today()
    situation = situation_of(case, today)
    match situation.step:
        case keys.Step.AGREED:
            return settle(case, by=by, decided=_both(situation), decided_by=DecidedBy.CHAIRS, on=today)
        case keys.Step.DIFFER:
            climb(case, Level.ALLIES, because="The two keys differ", on=today, by=by)
        case keys.Step.NO_KEY:
            climb(case, Level.ALLIES, because="Nobody can hold one of the keys", on=today, by=by)
    return None


def _both(situation: Situation) -> Decided:
    """What the two keys agree on, with both reasons, the seats' and not the persons'."""
    given = [situation.counted[seat] for seat in sorted(situation.counted)]
    reasons = dict.fromkeys(f"{key.get_seat_display()} seat: {key.reason}" for key in given)
    return Decided(CaseResponse(given[0].response), "\n".join(reasons), given[0].until)
