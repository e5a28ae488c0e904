"""The rows behind a case: its seats, keys, moves, decisions and proposals; and what ties people to it. Two queries.

Each kind gives the same columns, empty where it has nothing to say, so that a union can hold them all.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    Exists,
    F,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from actions.models import Action
from allies.models import Actor, Appointment, Interest, Participation, Post, Withholding
from risks.models.case import Case, CaseDecision, HostNotice, Move, Trigger
from risks.models.key import ClosureDay, Key, Naming, StandDown, Substitute
from risks.models.proposal import Proposal, ProposalAnswer
from risks.models.review import Review
from risks.models.risk import Risk
from risks.scheme import Level


class What(StrEnum):
    """What a row is."""

    CASE = "case"
    SEAT = "seat"
    SUBSTITUTE = "substitute"
    MEMBER = "member"
    LEAD = "lead"
    CLOSURE = "closure"
    STAND_DOWN = "stand_down"
    NAMING = "naming"
    KEY = "key"
    TRIGGER = "trigger"
    SCORED = "scored"
    MOVE = "move"
    NOTICE = "notice"
    DECISION = "decision"
    ACTION = "action"
    PROPOSAL = "proposal"
    COUNTED = "counted"
    ANSWER = "answer"
    SITTING = "sitting"
    PART = "part"
    INTEREST = "interest"
    KEPT = "kept"
    SEEN_PART = "seen_part"
    SEEN_INTEREST = "seen_interest"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of any kind. `of` is the case it belongs to, or the body; `number` is a round, a level, or whose row

    it hangs on; what `word`, `words`, `more` and `rest` hold follows from the kind.
    """

    what: str
    of: int
    pk: int
    number: int
    person: int | None
    name: str
    word: str
    words: str
    more: str
    rest: str
    on: date | None
    until: date | None
    flag: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a person or a partner to a project: a part, an interest, a withholding. Ids, and names where shown."""

    what: str
    pk: int
    person: int | None
    name: str
    project: int | None
    project_name: str
    organisation: int | None
    organisation_name: str
    word: str
    more: str
    flag: int


def leading_on(day: date) -> QuerySet[Appointment]:
    """The places of those who name a substitute where the other chair cannot: the core team's lead, or without one

    everybody of the core team, so that no key waits for nobody.
    """
    held = Appointment.objects.on(day)
    anybody_leads = Exists(held.filter(post=Post.LEAD).order_by())
    return held.filter(Q(post=Post.LEAD) | Q(~anybody_leads, post=Post.CORE_TEAM))


def voting_on(day: date) -> QuerySet[Appointment]:
    """The places of members and chairs, who decide as the group; not the core team."""
    return Appointment.objects.on(day).filter(post__in=[Post.MEMBER, Post.CHAIR, Post.CO_CHAIR])


def holding_rows(cases: Sequence[Case], day: date) -> list[Row]:
    """Who sits in the seats of the cases' bodies on `day`, who may stand in, who stood aside, and the keys given.

    In the order in which they were written. One query, and none without a case.
    """
    bodies, ids = {case.body_id for case in cases}, [case.pk for case in cases]
    return _union(_holding(bodies, ids, day)) if cases else []


def file_rows(case: Case, day: date, *, actor: Actor, person: int, for_chairs: bool) -> list[Row]:
    """All that the page of a case says of it, as far as `actor` may read it: `person` is their own id. One query.

    Why somebody stood aside is read `for_chairs` alone, and so is the open sitting.
    """
    holding = _holding({case.body_id}, [case.pk], day, with_why=for_chairs)
    return _union([*holding, *_file(case, day, actor, person, for_chairs)])


def waiting_rows(actor: Actor, day: date, *, person: int) -> list[Row]:
    """The cases that wait for the chairs on `day`, as far as `actor` may read them, with who may hold their keys.

    A case's row says its round in `number`, and in `word` and `words` the ids of the project or partner. A tie's row
    says the project in `number`, and the partner in `flag`. `person` is the actor's own id. One query.
    """
    cases = Case.objects.visible_to(actor).waiting_on(day).filter(level=Level.CHAIRS).order_by()
    projects = cases.filter(about_project__isnull=False).values("about_project")
    partners = cases.filter(about_organisation__isnull=False).values("about_organisation")
    parts = Participation.objects.filter(Q(project__in=projects) | Q(organisation__in=partners))
    interests = Interest.objects.standing_on(day).touching(projects=projects, organisations=partners)
    kept = Withholding.objects.held_on(day)
    kept = kept.filter(Q(about_project__in=projects) | Q(about_organisation__in=partners))
    ids = {"of": "pk", "number": "about_project_id", "flag": "about_organisation_id"}
    return _union(
        [
            _row(
                cases.with_turning_round(),
                What.CASE,
                of="body_id",
                number="turning",
                word="about_project_id",
                words="about_organisation_id",
            ),
            _row(leading_on(day).filter(person=person), What.LEAD, of="body_id"),
            *_holding(cases.values("body"), cases.values("pk"), day),
            _row(parts, What.PART, of="pk", number="project_id", flag="organisation_id"),
            _row(interests, What.INTEREST, person="person", **ids),
            _row(kept, What.KEPT, person="person", **ids),
        ]
    )


def tie_rows(cases: Iterable[Case], day: date, *, reader: Actor | None = None) -> list[Tie]:
    """The parts in what the cases are about, the interests that touch it, and who is kept from it, on `day`.

    With a `reader` also the parts and interests that they may read, with names. One query.
    """
    rows = list(cases)
    projects = {case.about_project_id for case in rows if case.about_project_id}
    partners = {case.about_organisation_id for case in rows if case.about_organisation_id}
    in_them = Q(project__in=projects) | Q(organisation__in=partners)
    interests = Interest.objects.standing_on(day).touching(projects=projects, organisations=partners)
    kept = Withholding.objects.held_on(day)
    kept = kept.filter(Q(about_project__in=projects) | Q(about_organisation__in=partners))
    parts = [
        _tie(
            Participation.objects.filter(in_them), What.PART, project="project", organisation="organisation"
        ),
        _tie(interests, What.INTEREST, person="person"),
        _tie(kept, What.KEPT, person="person"),
    ]
    if reader is not None:
        seen = Participation.objects.visible_to(reader).filter(in_them)
        known = Interest.objects.visible_to(reader).standing_on(day)
        known = known.touching(projects=projects, organisations=partners)
        parts += [
            _tie(
                seen,
                What.SEEN_PART,
                project="project",
                organisation="organisation",
                word="part",
                more="agreement",
                named=True,
            ),
            _tie(
                known,
                What.SEEN_INTEREST,
                person="person",
                word="kind",
                more="with_whom",
                flag="is_kept_back",
                named=True,
            ),
        ]
    return [Tie(*values) for values in parts[0].union(*parts[1:], all=True).order_by()]


def _union(parts: list[Any]) -> list[Row]:
    found = (Row(*values) for values in parts[0].union(*parts[1:], all=True).order_by())
    return sorted(found, key=lambda row: (row.on or date.min, row.pk))


def _holding(bodies: Any, ids: Any, day: date, *, with_why: bool = False) -> list[Any]:
    """`bodies` and `ids` of cases are values or queries of them."""
    sitting = Appointment.objects.on(day).filter(body__in=bodies, post=Post.CO_CHAIR).exclude(seat="")
    listed = Substitute.objects.filter(body__in=bodies, agreed_on__lte=day, until__gte=day)
    return [
        _row(sitting, What.SEAT, of="body_id", person="person", word="seat"),
        _row(listed, What.SUBSTITUTE, of="body_id", person="person"),
        _row(
            StandDown.objects.filter(case__in=ids),
            What.STAND_DOWN,
            person="person",
            word="why",
            words="words" if with_why else None,
            on="on",
        ),
        _row(
            Naming.objects.filter(case__in=ids),
            What.NAMING,
            person="person",
            number="round",
            word="seat",
            on="on",
        ),
        _row(
            Key.objects.filter(case__in=ids, counts=True),
            What.KEY,
            person="person",
            number="round",
            word="seat",
            words="reason",
            more="response",
            on="on",
            until="until",
            flag="substitute",
        ),
    ]


def _file(case: Case, day: date, actor: Actor, person: int, for_chairs: bool) -> list[Any]:
    own = {"case": case.pk}
    leading = leading_on(day).filter(person=person)
    made = CaseDecision.actions.through.objects.filter(
        casedecision__case=case.pk, action__in=Action.objects.visible_to(actor).order_by().values("pk")
    )
    answers = ProposalAnswer.objects.filter(proposal__case=case.pk)
    counted = Proposal.counted.through.objects.filter(proposal__case=case.pk)
    members = voting_on(day).filter(body=case.body_id)
    known = Risk.objects.visible_to(actor).order_by().values("pk")
    found = [
        _row(leading, What.LEAD, of="body_id"),
        _row(members, What.MEMBER, of="body_id", person="person"),
        _row(ClosureDay.objects.filter(body=case.body_id), What.CLOSURE, of="body_id", on="day"),
        _row(Trigger.objects.filter(**own), What.TRIGGER, word="kind", words="words", on="on"),
        _row(
            Trigger.objects.filter(**own, assessment__risk__in=known),
            What.SCORED,
            number="assessment__risk_id",
            word="assessment__risk__title",
            words="assessment__reason",
        ),
        _row(Move.objects.filter(**own), What.MOVE, number="level", words="because", on="on"),
        _row(
            HostNotice.objects.filter(**own),
            What.NOTICE,
            word="told",
            words="words",
            more="answer",
            on="on",
            until="answered_on",
        ),
        _row(
            CaseDecision.objects.filter(**own),
            What.DECISION,
            word="response",
            words="reason",
            more="decided_by",
            rest="frozen",
            on="on",
            until="until",
        ),
        _row(
            made,
            What.ACTION,
            of="casedecision__case_id",
            pk="action_id",
            number="casedecision_id",
            words="action__text",
        ),
        _row(
            Proposal.objects.filter(**own),
            What.PROPOSAL,
            number="days",
            word="response",
            words="words",
            more="result",
            on="opened_on",
            until="closed_on",
        ),
        _row(counted, What.COUNTED, of="proposal__case_id", number="proposal_id", person="person"),
        _row(
            answers,
            What.ANSWER,
            of="proposal__case_id",
            number="proposal_id",
            person="person",
            word="answer",
        ),
    ]
    if for_chairs:
        found.append(
            _row(
                Review.objects.filter(ended_on=None, reviewed__case=case.pk),
                What.SITTING,
                of="body_id",
                on="on",
            )
        )
    return found


def _row(
    rows: Any,
    what: What,
    *,
    of: str = "case_id",
    pk: str = "pk",
    number: str | None = None,
    person: str | None = None,
    word: str | None = None,
    words: str | None = None,
    more: str | None = None,
    rest: str | None = None,
    on: str | None = None,
    until: str | None = None,
    flag: str | None = None,
) -> Any:
    """One kind, as a piece of the one query. Both databases want the same types in the same places."""
    return rows.order_by().values_list(
        _said(what),
        _number(of),
        _number(pk),
        _number(number, empty=0),
        _number(f"{person}_id" if person else None),
        _text(f"{person}__full_name" if person else None),
        *(_text(column) for column in (word, words, more, rest)),
        *(Cast(F(column) if column else Value(None, DateField()), DateField()) for column in (on, until)),
        _number(flag, empty=0),
    )


def _tie(
    rows: Any,
    what: What,
    *,
    person: str | None = None,
    project: str = "about_project",
    organisation: str = "about_organisation",
    word: str | None = None,
    more: str | None = None,
    flag: str | None = None,
    named: bool = False,
) -> Any:
    return rows.order_by().values_list(
        _said(what),
        _number("pk"),
        _number(f"{person}_id" if person else None),
        _text(f"{person}__full_name" if person and named else None),
        _number(f"{project}_id"),
        _text(f"{project}__name" if named else None),
        _number(f"{organisation}_id"),
        _text(f"{organisation}__name" if named else None),
        _text(word),
        _text(more),
        _number(flag, empty=0),
    )


def _said(what: What) -> Any:
    return Cast(Value(what.value, TextField()), TextField())


def _text(column: str | None) -> Any:
    if column is None:
        return Cast(Value("", TextField()), TextField())
    return Coalesce(Cast(F(column), TextField()), Value("", TextField()), output_field=TextField())


def _number(column: str | None, *, empty: int | None = None) -> Any:
    if column is None:
        return Cast(Value(empty, BigIntegerField()), BigIntegerField())
    # A boolean becomes a plain integer before a big one: PostgreSQL takes no other way.
    return Cast(Cast(F(column), IntegerField()), BigIntegerField())


def of_kind(rows: Collection[Row], what: What) -> list[Row]:
    """The rows of one kind, in the order of their days."""
    return [row for row in rows if row.what == what]
