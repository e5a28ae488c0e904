"""What the pages of the escalation review say of a case, in words; a key stays unseen until both are in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest

from actions.wording import day_in_words
from allies import clock
from allies.models import Organisation, Person, Project, Seat
from risks import keys
from risks.ladder import NAMES, WHO_DECIDES
from risks.limits import working_days_after
from risks.models import Case, CaseDecision, Key
from risks.models.case_file import CaseFile, earlier_cases
from risks.models.known import Knowledge, Known, what_is_known
from risks.models.situation import Situation
from risks.scheme import Level
from risks.views.standing import known_with_partners, risk_rows, value_rows

CLOSED_LATELY = timedelta(days=92)
NEXT = {
    Level.CHAIRS: "the Allies have been told",
    Level.ALLIES: "it goes to the next meeting",
}


MISSED = {
    Level.CHAIRS: "the Allies are told",
    Level.ALLIES: "it goes to the next meeting",
}


@dataclass(frozen=True, slots=True)
class Time:
    """Time left in words ("3 working days left, until Tuesday 10 February 2026"), and what happens after it."""

    words: str
    day: str
    missed: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class SeatSaid:
    """A seat: who holds its key, who stood aside, and what was decided as far as the reader may see it."""

    seat: str
    holder: Person | None
    is_substitute: bool
    is_me: bool
    is_given: bool
    shown: Key | None
    why: str
    waits: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of what has happened."""

    day: date
    title: str
    words: str
    is_change: bool = False


def level_words(level: int) -> str:
    """Who decides at a level: "2 The chairs"."""
    return f"{level} {NAMES[Level(level)]}"


def time_said(case: Case, today: date, closed: Collection[date]) -> Time | None:
    """How long a case still has, or how late it is; None where no limit runs.

    At the last level the limit is for telling the university, which is what brings a case there: it is kept.
    """
    limit = case.limit_on
    if limit is None or case.level == Level.HOST:
        return None
    words, missed = day_in_words(limit), MISSED[Level(case.level)]
    if limit < today:
        late = working_days_after(limit, today, closed=closed)
        what = NEXT[Level(case.level)]
        said = f"{_days(late)} late: {what}" if late else f"The time is over: {what}"
        return Time(f"{said}. It was to be decided by {words}.", words, missed, is_late=True)
    left = working_days_after(today, limit, closed=closed)
    if limit == today:
        return Time(f"Today is the last day, {words}", words, missed, is_late=False)
    said = f"{_days(left)} left" if left else "No working day left"
    return Time(f"{said}, until {words}", words, missed, is_late=False)


def mine_said(case: Case, situation: Situation | None, person: int, *, leading: bool, keeps: bool) -> str:
    """What a case asks of somebody, in a few words; empty where it asks nothing."""
    if case.level == Level.ALLIES and getattr(case, "asks_me", False):
        return "You are asked to answer a proposal."
    if case.level == Level.ALLIES and keeps and getattr(case, "is_over", False):
        return "The time for answers is over. Write down what they have come to."
    if situation is None:
        return ""
    said = []
    seat = situation.seat_of(person)
    if seat and seat not in situation.counted:
        said.append("You hold a key.")
    if situation.key_to_name(person, leads=leading):
        said.append("You name a substitute.")
    return " ".join(said)


def keys_said(case: Case, situation: Situation, person: int, *, for_chairs: bool) -> list[SeatSaid]:
    """A card for each seat. What the other seat decided is not even handed to the page before both are in."""
    counted = situation.counted
    both = len(counted) == len(situation.held)
    cards = []
    for one in situation.held:
        key = counted.get(one.seat)
        holder = situation.people.get(one.person) if isinstance(one, keys.Held) else None
        chair = situation.seats.get(one.seat)
        aside = situation.people.get(chair) if chair and (holder is None or holder.pk != chair) else None
        cards.append(
            SeatSaid(
                seat=Seat(one.seat).label,
                holder=holder,
                is_substitute=isinstance(one, keys.Held) and one.substitute,
                is_me=holder is not None and holder.pk == person,
                is_given=key is not None,
                shown=key if key is not None and (both or key.person_id == person) else None,
                why=_why(aside, situation, for_chairs=for_chairs) if chair else "Nobody is in this seat.",
                waits=_waits(one, situation),
            )
        )
    return cards


def timeline(case: Case, file: CaseFile, *, for_chairs: bool) -> list[Moment]:
    """What has happened, the oldest first. Keys are in it once both seats of their round have given theirs."""
    found = [Moment(one.on, one.get_kind_display(), one.words) for one in file.triggers]
    for one in file.stand_downs:
        # Why somebody stood aside is for chairs.
        why = f"{one.get_why_display()}. {one.words}".strip() if for_chairs else ""
        found.append(Moment(one.on, f"{one.person.full_name} stood aside", why))
    for round_, given in file.rounds.items():
        if len(given) == len(file.situation.held):
            found += [
                Moment(key.on, f"{key.get_seat_display()} seat: {key.get_response_display()}", key.reason)
                for key in given
            ]
        elif round_ < case.round_on(clock.today()) or case.level > Level.CHAIRS:
            found += [Moment(key.on, f"{key.get_seat_display()} seat gave its key", "") for key in given]
    # After what led to it, where both are of one day.
    found += [
        Moment(one.on, f"Level {level_words(one.level)}", one.because, is_change=True) for one in file.moves
    ]
    found += [Moment(one.on, f"The university was told: {one.told}", one.words) for one in file.notices]
    found += [
        Moment(one.opened_on, f"Proposed to the Allies: {one.get_response_display()}", one.words)
        for one in (asked.proposal for asked in file.proposals)
    ]
    found += [
        Moment(one.on, f"Decided: {one.get_response_display()}", one.get_decided_by_display(), is_change=True)
        for one in (decided.decision for decided in file.decisions)
    ]
    return sorted(found, key=lambda one: one.day)


def around(request: HttpRequest, case: Case, file: CaseFile) -> dict[str, Any]:
    """What a decision rests on: scores, views, what would be lost, agreements, earlier cases, interests.

    Five queries.
    """
    user, today = request.user, clock.today()
    thing: Project | Organisation = case.about
    is_project = isinstance(thing, Project)
    partners = [one.organisation for one in file.parts] if is_project else []
    knowledge = what_is_known(
        user,
        today,
        projects=[thing.pk] if is_project else [],
        organisations=[one.pk for one in partners] if is_project else [thing.pk],
    )
    scheme = knowledge.scheme
    known = known_with_partners(knowledge, thing, partners)
    return {
        "scheme": scheme,
        "risks": risk_rows(known, scheme),
        "values": value_rows(knowledge.of(thing).positions, scheme),
        "lost": _lost(known),
        "parts": file.parts,
        "is_project": is_project,
        "earlier": earlier_cases(case, user, partners),
        "interests": file.interests,
        "changed_since": _changed_since(knowledge, thing, [one.decision for one in file.decisions]),
        "decides": WHO_DECIDES[Level(case.level)],
    }


def _changed_since(knowledge: Knowledge, thing: Any, decisions: Sequence[CaseDecision]) -> str:
    """What has become of the heaviest score since the last decision; empty where it is the same."""
    if not decisions:
        return ""
    last = decisions[-1]
    then = max((one["number"] for one in last.frozen.get("scores", [])), default=0)
    now = max((one.score.number for risk in knowledge.of(thing).risks for one in risk.weighings), default=0)
    if then == now:
        return ""
    was = f"was {then}" if then else "had not been given"
    return f"When this was decided, the heaviest score {was}. It is {now or 'not scored'} now."


def _lost(known: Sequence[tuple[str, Known]]) -> list[tuple[str, str]]:
    """What would be lost by stopping it, or the part of somebody in it, with whose side said so; each once."""
    said = {
        one.lost_by_stopping: "the team" if one.from_team else "an Ally"
        for _through, about in known
        for risk in about.risks
        for one in risk.weighings
        if one.lost_by_stopping
    }
    return list(said.items())


def _why(aside: Person | None, situation: Situation, *, for_chairs: bool) -> str:
    if aside is None:
        return ""
    said = f"{aside.full_name} stood aside."
    if for_chairs:
        why = situation.aside.get(aside.pk)
        said += " Cannot be reached in time." if why == keys.Why.ABSENT else " An interest in the matter."
    return said


def _waits(one: keys.Key, situation: Situation) -> str:
    if isinstance(one, keys.Nobody):
        return "Nobody can hold this key, so the Allies decide."
    if isinstance(one, keys.Open):
        namer = situation.people.get(one.named_by) if one.named_by else None
        return f"{namer.full_name if namer else 'The core team’s lead'} names a substitute."
    return ""


def _days(number: int) -> str:
    return "1 working day" if number == 1 else f"{number} working days"
