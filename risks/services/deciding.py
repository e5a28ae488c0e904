"""Writing down what was decided of a case, in the chairs' or the group's name, with what it was decided on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from actions.deadlines import Deadline
from actions.services import Owner, agree
from actions.wording import day_in_words
from allies import clock
from allies.models import Actor
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep, person_of
from risks.correspondence import Result
from risks.models import (
    Case,
    CaseDecision,
    CaseResponse,
    DecidedBy,
    HostNotice,
    Move,
)
from risks.scheme import Level
from risks.services.cases import (
    CaseRefused,
    catch_up,
    climb,
    come_back,
    limit_after_acceptance,
    limit_for,
    locked,
)
from risks.services.freezing import freeze


@dataclass(frozen=True, slots=True)
class Decided:
    """What is decided: a response, the reason, and for an acceptance until which day (inclusive)."""

    response: CaseResponse
    reason: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """An action that a decision makes."""

    text: str
    owners: Sequence[Owner] = field(default=())
    deadline: Deadline | None = None


def check_decided(decided: Decided) -> None:
    """Raise CaseRefused for a decision without a reason, or an acceptance without a day to come."""
    if not decided.reason.strip():
        raise CaseRefused("Say why: the reason goes in the record.")
    if decided.response is CaseResponse.ACCEPT:
        if decided.until is None:
            raise CaseRefused("Say until when it is accepted: it comes back by itself after that day.")
        if decided.until <= clock.today():
            raise CaseRefused("Give a day that is still to come.")
    elif decided.until is not None:
        raise CaseRefused("Only an acceptance has a day.")


def settle(
    case: Case,
    *,
    by: Actor,
    decided: Decided,
    decided_by: DecidedBy,
    to_do: Sequence[ToDo] = (),
    on: date,
    minuted: bool = False,
) -> CaseDecision:
    """Write a decision down and let the case rest or close. For services of this app, with the case locked.

    An acceptance sets the limit that runs once it is over: the case comes back by itself, and nobody need be there.
    `minuted`: as in `actions.services.agree`.
    """
    decision = CaseDecision.objects.create(
        case=case,
        decided_by=decided_by,
        response=decided.response,
        until=decided.until,
        reason=decided.reason.strip(),
        on=on,
        frozen=freeze(case, on),
    )
    add_actions(decision, to_do, by=by, minuted=minuted)
    if decided.response is CaseResponse.ACCEPT:
        change(
            case,
            by=by,
            accepted_until=decided.until,
            limit_on=limit_after_acceptance(case, decided.until) if decided.until else None,
        )
    else:
        change(case, by=by, closed_on=on, limit_on=None)
    return decision


def add_actions(decision: CaseDecision, to_do: Sequence[ToDo], *, by: Actor, minuted: bool = False) -> None:
    """Write down the actions that a decision makes, agreed in the body whose case it is. For services of this app."""
    case = decision.case
    for one in to_do:
        if not one.text.strip():
            continue
        decision.actions.add(
            agree(
                by=by,
                body=case.body,
                text=one.text,
                agreed_on=decision.on,
                owners=one.owners,
                deadline=one.deadline,
                about=case.about,
                minuted=minuted,
            )
        )


@transaction.atomic
def decide_at_a_meeting(
    *,
    by: Actor,
    case: Case,
    decided: Decided,
    on: date,
    to_do: Sequence[ToDo] = (),
    minuted: bool = False,
) -> CaseDecision:
    """Write down what the Allies decided of a case at their meeting of `on`. A proposal that is open closes.

    The meeting sees to who is in the room. `minuted`: the caller has seen to it that `by` takes the minutes of that
    meeting, or chairs it, who may be any of the group. Raises Refused; CaseRefused where it is not theirs to decide.
    """
    check(by, Permission.READ_RECORD if minuted else Permission.WRITE_NOTES, body=case.body_id)
    case = locked(case, by=by)
    catch_up(case, by=by)
    if case.level < Level.ALLIES:
        raise CaseRefused("This is with the chairs. It comes to the Allies when their keys differ.")
    _check_it_is_not_with_the_university(case)
    check_decided(decided)
    _close_proposals(case, by=by, on=on)
    return settle(
        case, by=by, decided=decided, decided_by=DecidedBy.MEETING, to_do=to_do, on=on, minuted=minuted
    )


@transaction.atomic
def hand_back_to_the_chairs(*, by: Actor, case: Case, because: str, on: date, minuted: bool = False) -> None:
    """Bring a case down from the Allies to the chairs by their decision at the meeting of `on`, with both keys anew.

    `minuted`: as in `decide_at_a_meeting`. Raises Refused; CaseRefused without the reason, or where it is not
    with the Allies.
    """
    check(by, Permission.READ_RECORD if minuted else Permission.WRITE_NOTES, body=case.body_id)
    if not because.strip():
        raise CaseRefused("Say why it goes back to the chairs: stepping down is a decision, too.")
    case = locked(case, by=by)
    come_back(case, by=by)
    if case.level <= Level.CHAIRS:
        raise CaseRefused("It is with the chairs already.")
    _check_it_is_not_with_the_university(case)
    _close_proposals(case, by=by, on=on)
    Move.objects.create(case=case, level=Level.CHAIRS, because=because.strip(), on=on)
    change(
        case,
        by=by,
        level=Level.CHAIRS.value,
        round=case.round + 1,
        limit_on=limit_for(case.body, Level.CHAIRS, on),
    )


@transaction.atomic
def tell_the_host(*, by: Actor, case: Case, words: str, told: str, on: date | None = None) -> HostNotice:
    """Write down what the university was told of a case, and whom; the case then stands with it.

    A proposal that is open closes: the Allies do not decide any more. The same words to the same people on the same
    day are written down once.

    Raises Refused; CaseRefused where nothing is said.
    """
    check(by, Permission.KEEP_RISKS, body=case.body_id)
    if not words.strip() or not told.strip():
        raise CaseRefused("Say what the university was told, and who there.")
    case = locked(case, by=by)
    come_back(case, by=by)
    day = on or clock.today()
    said = {"words": words.strip(), "told": told.strip(), "on": day}
    if (before := case.notices.filter(**said).first()) is not None:
        return before
    notice = HostNotice(case=case, by=person_of(by), **said)
    keep(notice, by=by)
    climb(case, Level.HOST, because="The university was told", on=day, by=by)
    _close_proposals(case, by=by, on=day, result=Result.OTHERS_DECIDE)
    return notice


@transaction.atomic
def host_answered(*, by: Actor, notice: HostNotice, answer: str, on: date) -> None:
    """Write down what the university answered, on `on`.

    Raises Refused; CaseRefused without words, or for a day before it was told or still to come.
    """
    check(by, Permission.KEEP_RISKS, body=notice.case.body_id)
    check_not_withheld(by, notice.case)
    if not answer.strip():
        raise CaseRefused("Say what it answered.")
    _check_day(on, told_on=notice.on)
    change(notice, by=by, answer=answer.strip(), answered_on=on)


@transaction.atomic
def host_decided(*, by: Actor, case: Case, decided: Decided, on: date) -> CaseDecision:
    """Write down what the university decided, on `on`.

    Raises Refused; CaseRefused where it was not told, or for a day before it was told or still to come.
    """
    check(by, Permission.KEEP_RISKS, body=case.body_id)
    case = locked(case, by=by)
    come_back(case, by=by)
    if case.level < Level.HOST:
        raise CaseRefused("The university has not been told of this case.")
    check_decided(decided)
    told = case.notices.order_by("on").first()
    _check_day(on, told_on=told.on if told else on)
    return settle(case, by=by, decided=decided, decided_by=DecidedBy.HOST, on=on)


def _check_day(on: date, *, told_on: date) -> None:
    if on > clock.today():
        raise CaseRefused("That day is still to come. Give today, or a day before.")
    if on < told_on:
        raise CaseRefused(f"It was told on {day_in_words(told_on)}. Give that day, or a later one.")


def _check_it_is_not_with_the_university(case: Case) -> None:
    if case.level > Level.ALLIES:
        raise CaseRefused("This stands with the university, which decides. The group’s advice is recorded.")


def _close_proposals(case: Case, *, by: Actor, on: date, result: Result = Result.TO_THE_MEETING) -> None:
    """The meeting decides, or the university: what was put to the Allies is not answered any more."""
    for proposal in case.proposals.filter(closed_on__isnull=True):
        change(proposal, by=by, result=result, closed_on=on)
