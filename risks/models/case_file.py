"""All that the page of one case says, as far as somebody may read it, in two queries and one for earlier cases."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from actions.models import Action
from allies.models import Actor, Interest, Organisation, Participation, Person, Project
from allies.policies import powers_of
from risks.correspondence import Answer
from risks.keys import Why
from risks.models.case import Case, CaseDecision, HostNotice, Move, Trigger
from risks.models.case_columns import Row, Tie, What, of_kind
from risks.models.case_rows import file_rows, tie_rows
from risks.models.key import Key, StandDown
from risks.models.proposal import Proposal, ProposalAnswer
from risks.models.risk import Risk
from risks.models.situation import Situation, conflicted_in, key_from, situation_from

EARLIER_AT_ONCE = 20


@dataclass(slots=True)
class Decision:
    """What was decided, with the actions that the reader may see."""

    decision: CaseDecision
    actions: list[Action]


@dataclass(slots=True)
class Asked:
    """A proposal with the people counted (ids), and what was answered."""

    proposal: Proposal
    counted: set[int]
    answers: list[ProposalAnswer]

    def said(self, answer: Answer) -> int:
        """How many answered in this way; never who."""
        return sum(one.answer == answer for one in self.answers)


@dataclass(frozen=True, slots=True)
class Scored:
    """The risk whose score opened or joined a case, and why it was scored so."""

    risk: Risk
    reason: str


@dataclass(slots=True)
class CaseFile:
    """A case with all that hangs on it, each in the order of its days.

    The rows in it carry what was read for the page and no more: they are never saved.
    """

    situation: Situation
    # Each with `scored`: the risk behind it, where it is a score and the reader may see the risk; else None.
    triggers: list[Trigger]
    moves: list[Move]
    stand_downs: list[StandDown]
    # The keys that count, by round.
    rounds: dict[int, list[Key]]
    notices: list[HostNotice]
    decisions: list[Decision]
    proposals: list[Asked]
    parts: list[Participation]
    interests: list[Interest]
    # The days on which the host is closed.
    closed: set[date]
    # The id of the sitting that the case is in; for chairs.
    sitting: int | None
    leads: bool
    # The members and chairs by name, those without a conflict and the others: as `electorate`.
    voting: list[Person]
    not_voting: list[Person]

    @property
    def open_proposal(self) -> Asked | None:
        """The proposal that is being answered."""
        return next((one for one in self.proposals if one.proposal.closed_on is None), None)

    @property
    def closed_proposals(self) -> list[Asked]:
        """The proposals that are answered no more."""
        return [one for one in self.proposals if one.proposal.closed_on is not None]


@dataclass(slots=True)
class Earlier:
    """Another case of the same project or partner, with what was decided of it."""

    case: Case
    decisions: list[CaseDecision] = field(default_factory=list)


def file_of(case: Case, actor: Actor, day: date, *, for_chairs: bool) -> CaseFile:
    """Read the file of a case on `day` for `actor`. `for_chairs`: also what only chairs may know. Two queries."""
    person = powers_of(actor).person_id or 0
    rows = file_rows(case, day, actor=actor, person=person, for_chairs=for_chairs)
    ties = tie_rows([case], day, reader=actor)
    situation = situation_from(case, day, rows, ties)
    out = conflicted_in(case, ties) | {one for one, why in situation.aside.items() if why == Why.CONFLICT}
    sitting = {row.person: row.name for row in of_kind(rows, What.MEMBER) if row.person}
    members = [
        Person(pk=pk, full_name=name) for pk, name in sorted(sitting.items(), key=lambda one: one[::-1])
    ]
    rounds: dict[int, list[Key]] = {}
    for row in sorted(of_kind(rows, What.KEY), key=lambda row: (row.number, row.word, row.pk)):
        rounds.setdefault(row.number, []).append(key_from(row))
    return CaseFile(
        situation=situation,
        triggers=_triggers(case, rows),
        moves=[
            Move(pk=row.pk, case=case, level=row.number, because=row.words, on=row.on)
            for row in of_kind(rows, What.MOVE)
        ],
        stand_downs=[_stand_down(row, case) for row in of_kind(rows, What.STAND_DOWN)],
        rounds=rounds,
        notices=[
            HostNotice(
                pk=row.pk,
                case=case,
                told=row.word,
                words=row.words,
                on=row.on,
                answer=row.more,
                answered_on=row.until,
            )
            for row in of_kind(rows, What.NOTICE)
        ],
        decisions=[_decision(row, case, rows) for row in of_kind(rows, What.DECISION)],
        proposals=[_asked(row, case, rows) for row in of_kind(rows, What.PROPOSAL)],
        parts=_parts(ties),
        interests=_interests(ties),
        closed={row.on for row in of_kind(rows, What.CLOSURE) if row.on},
        sitting=next((row.pk for row in of_kind(rows, What.SITTING)), None),
        leads=bool(of_kind(rows, What.LEAD)),
        voting=[one for one in members if one.pk not in out],
        not_voting=[one for one in members if one.pk in out],
    )


def earlier_cases(case: Case, actor: Actor, partners: Sequence[Organisation]) -> list[Earlier]:
    """Other cases of the same project or partner, and of what its partners take part in, the newest first.

    One query.
    """
    ids = [one.pk for one in partners] or ([case.about_organisation_id] if case.about_organisation_id else [])
    theirs = Participation.objects.filter(organisation__in=ids).values("project")
    same = Q(about_project__in=theirs) | Q(about_organisation__in=ids)
    if case.about_project_id:
        same |= Q(about_project=case.about_project_id)
    rows = Case.objects.visible_to(actor).filter(same).exclude(pk=case.pk)
    columns = ("pk", "opened_on", "about_project__name", "about_organisation__name")
    decided = ("decisions__pk", "decisions__response", "decisions__on")
    found: dict[int, Earlier] = {}
    ordered = rows.order_by("-opened_on", "-pk", "decisions__on", "decisions__pk")
    for pk, opened_on, project, partner, decision, response, on in ordered.values_list(*columns, *decided):
        one = found.setdefault(
            pk,
            Earlier(
                Case(
                    pk=pk,
                    opened_on=opened_on,
                    about_project=Project(name=project) if project else None,
                    about_organisation=Organisation(name=partner) if partner else None,
                )
            ),
        )
        if decision:
            one.decisions.append(CaseDecision(pk=decision, response=response, on=on))
    return list(found.values())[:EARLIER_AT_ONCE]


def _triggers(case: Case, rows: Sequence[Row]) -> list[Trigger]:
    scored = {
        row.pk: Scored(Risk(pk=row.number, title=row.word), row.words) for row in of_kind(rows, What.SCORED)
    }
    found = []
    for row in of_kind(rows, What.TRIGGER):
        trigger = Trigger(pk=row.pk, case=case, kind=row.word, words=row.words, on=row.on)
        trigger.scored = scored.get(row.pk)  # type: ignore[attr-defined]
        found.append(trigger)
    return found


def _stand_down(row: Row, case: Case) -> StandDown:
    person = Person(pk=row.person, full_name=row.name)
    return StandDown(pk=row.pk, case=case, person=person, why=row.word, words=row.words, on=row.on)


def _decision(row: Row, case: Case, rows: Sequence[Row]) -> Decision:
    frozen: dict[str, Any] = json.loads(row.rest or "{}")
    decision = CaseDecision(
        pk=row.pk,
        case=case,
        decided_by=row.more,
        response=row.word,
        until=row.until,
        reason=row.words,
        on=row.on,
        frozen=frozen,
    )
    made = (one for one in of_kind(rows, What.ACTION) if one.number == row.pk)
    return Decision(decision, [Action(pk=one.pk, text=one.words) for one in made])


def _asked(row: Row, case: Case, rows: Sequence[Row]) -> Asked:
    proposal = Proposal(
        pk=row.pk,
        case=case,
        words=row.words,
        response=row.word,
        opened_on=row.on,
        days=row.number,
        result=row.more,
        closed_on=row.until,
    )
    hanging = [one for one in rows if one.number == row.pk]
    answers = [
        ProposalAnswer(pk=one.pk, person_id=one.person, answer=one.word)
        for one in of_kind(hanging, What.ANSWER)
    ]
    return Asked(proposal, {one.person for one in of_kind(hanging, What.COUNTED) if one.person}, answers)


def _parts(ties: Sequence[Tie]) -> list[Participation]:
    found = sorted((one for one in ties if one.what == What.SEEN_PART), key=lambda one: (one.word, one.pk))
    return [
        Participation(
            pk=one.pk,
            project=Project(pk=one.project, name=one.project_name),
            organisation=Organisation(pk=one.organisation, name=one.organisation_name),
            part=one.word,
            agreement=one.more,
        )
        for one in found
    ]


def _interests(ties: Sequence[Tie]) -> list[Interest]:
    """The entries as everybody may know them, the newest first; their words are not read."""
    found = []
    for one in sorted((one for one in ties if one.what == What.SEEN_INTEREST), key=lambda one: -one.pk):
        interest = Interest(
            pk=one.pk,
            person=Person(pk=one.person, full_name=one.name),
            kind=one.word,
            with_whom=one.more,
            about_project=Project(pk=one.project, name=one.project_name) if one.project else None,
            about_organisation=Organisation(pk=one.organisation, name=one.organisation_name)
            if one.organisation
            else None,
        )
        interest.is_kept_back = bool(one.flag)  # type: ignore[attr-defined]
        found.append(interest)
    return found
