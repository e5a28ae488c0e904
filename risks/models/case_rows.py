"""The rows behind a case: its seats, keys, moves, decisions and proposals; and what ties people to it. Two queries.

The columns they share, so that one query can hold them all, are in `case_columns`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet

from actions.models import Action
from allies.models import Actor, Appointment, Interest, Participation, Post, Withholding
from risks.models.case import Case, CaseDecision, HostNotice, Move, Trigger
from risks.models.case_columns import Row, Tie, What, row_of, rows_in, tie_of, ties_in
from risks.models.key import ClosureDay, Key, Naming, StandDown, Substitute
from risks.models.proposal import Proposal, ProposalAnswer
from risks.models.review import Review
from risks.models.risk import Risk
from risks.scheme import Level


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
    return rows_in(_holding(bodies, ids, day)) if cases else []


def file_rows(case: Case, day: date, *, actor: Actor, person: int, for_chairs: bool) -> list[Row]:
    """All that the page of a case says of it, as far as `actor` may read it: `person` is their own id. One query.

    Why somebody stood aside is read `for_chairs` alone, and so is the open sitting.
    """
    holding = _holding({case.body_id}, [case.pk], day, with_why=for_chairs)
    return rows_in([*holding, *_file(case, day, actor, person, for_chairs)])


def waiting_rows(actor: Actor, day: date, *, person: int) -> list[Row]:
    """The cases that wait for the chairs on `day`, as far as `actor` may read them, with who may hold their keys;

    and of those that wait for the Allies the proposals that are past their last day and not closed.

    A case's row says its round in `number`, and in `word` and `words` the ids of the project or partner. A tie's row
    says the project in `number`, and the partner in `flag`. `person` is the actor's own id. One query.
    """
    waiting = Case.objects.visible_to(actor).waiting_on(day).order_by()
    cases = waiting.filter(level=Level.CHAIRS)
    over = Proposal.objects.over_on(day).filter(case__in=waiting.filter(level=Level.ALLIES).values("pk"))
    projects = cases.filter(about_project__isnull=False).values("about_project")
    partners = cases.filter(about_organisation__isnull=False).values("about_organisation")
    parts = Participation.objects.filter(Q(project__in=projects) | Q(organisation__in=partners))
    interests = Interest.objects.standing_on(day).touching(projects=projects, organisations=partners)
    kept = Withholding.objects.held_on(day)
    kept = kept.filter(Q(about_project__in=projects) | Q(about_organisation__in=partners))
    ids = {"of": "pk", "number": "about_project_id", "flag": "about_organisation_id"}
    return rows_in(
        [
            row_of(
                cases.with_turning_round(),
                What.CASE,
                of="body_id",
                number="turning",
                word="about_project_id",
                words="about_organisation_id",
            ),
            row_of(leading_on(day).filter(person=person), What.LEAD, of="body_id"),
            *_holding(cases.values("body"), cases.values("pk"), day),
            row_of(parts, What.PART, of="pk", number="project_id", flag="organisation_id"),
            row_of(interests, What.INTEREST, person="person", **ids),
            row_of(kept, What.KEPT, person="person", **ids),
            row_of(over, What.PROPOSAL, on="opened_on"),
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
        tie_of(
            Participation.objects.filter(in_them), What.PART, project="project", organisation="organisation"
        ),
        tie_of(interests, What.INTEREST, person="person"),
        tie_of(kept, What.KEPT, person="person"),
    ]
    if reader is not None:
        seen = Participation.objects.visible_to(reader).filter(in_them)
        known = Interest.objects.visible_to(reader).standing_on(day)
        known = known.touching(projects=projects, organisations=partners)
        parts += [
            tie_of(
                seen,
                What.SEEN_PART,
                project="project",
                organisation="organisation",
                word="part",
                more="agreement",
                named=True,
            ),
            tie_of(
                known,
                What.SEEN_INTEREST,
                person="person",
                word="kind",
                more="with_whom",
                flag="is_kept_back",
                named=True,
            ),
        ]
    return ties_in(parts)


def _holding(bodies: Any, ids: Any, day: date, *, with_why: bool = False) -> list[Any]:
    """`bodies` and `ids` of cases are values or queries of them."""
    sitting = Appointment.objects.on(day).filter(body__in=bodies, post=Post.CO_CHAIR).exclude(seat="")
    listed = Substitute.objects.filter(body__in=bodies, agreed_on__lte=day, until__gte=day)
    return [
        row_of(sitting, What.SEAT, of="body_id", person="person", word="seat"),
        row_of(listed, What.SUBSTITUTE, of="body_id", person="person"),
        row_of(
            StandDown.objects.filter(case__in=ids),
            What.STAND_DOWN,
            person="person",
            word="why",
            words="words" if with_why else None,
            on="on",
        ),
        row_of(
            Naming.objects.filter(case__in=ids),
            What.NAMING,
            person="person",
            number="round",
            word="seat",
            on="on",
        ),
        row_of(
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
    found = [
        *_group(case, day, person),
        *_way_here(case, actor),
        *_decided(case, actor),
        *_by_correspondence(case),
    ]
    if for_chairs:
        sitting = Review.objects.filter(ended_on=None, reviewed__case=case.pk)
        found.append(row_of(sitting, What.SITTING, of="body_id", on="on"))
    return found


def _group(case: Case, day: date, person: int) -> list[Any]:
    """Whether somebody leads, who may vote, and when the host is closed."""
    members = voting_on(day).filter(body=case.body_id)
    return [
        row_of(leading_on(day).filter(person=person), What.LEAD, of="body_id"),
        row_of(members, What.MEMBER, of="body_id", person="person"),
        row_of(ClosureDay.objects.filter(body=case.body_id), What.CLOSURE, of="body_id", on="day"),
    ]


def _way_here(case: Case, actor: Actor) -> list[Any]:
    """What opened it or joined it, the risks behind that as far as `actor` may read them, and its moves."""
    triggers = Trigger.objects.filter(case=case.pk)
    known = Risk.objects.visible_to(actor).order_by().values("pk")
    return [
        row_of(triggers, What.TRIGGER, word="kind", words="words", on="on"),
        row_of(
            triggers.filter(assessment__risk__in=known),
            What.SCORED,
            number="assessment__risk_id",
            word="assessment__risk__title",
            words="assessment__reason",
        ),
        row_of(Move.objects.filter(case=case.pk), What.MOVE, number="level", words="because", on="on"),
    ]


def _decided(case: Case, actor: Actor) -> list[Any]:
    """What the university was told, what was decided, and the actions of that as far as `actor` may read them."""
    actions = Action.objects.visible_to(actor).order_by().values("pk")
    made = CaseDecision.actions.through.objects.filter(casedecision__case=case.pk, action__in=actions)
    return [
        row_of(
            HostNotice.objects.filter(case=case.pk),
            What.NOTICE,
            word="told",
            words="words",
            more="answer",
            on="on",
            until="answered_on",
        ),
        row_of(
            CaseDecision.objects.filter(case=case.pk),
            What.DECISION,
            word="response",
            words="reason",
            more="decided_by",
            rest="frozen",
            on="on",
            until="until",
        ),
        row_of(
            made,
            What.ACTION,
            of="casedecision__case_id",
            pk="action_id",
            number="casedecision_id",
            words="action__text",
        ),
    ]


def _by_correspondence(case: Case) -> list[Any]:
    """What was proposed, who is counted, and what they answered."""
    counted = Proposal.counted.through.objects.filter(proposal__case=case.pk)
    answers = ProposalAnswer.objects.filter(proposal__case=case.pk)
    of_it = {"of": "proposal__case_id", "number": "proposal_id", "person": "person"}
    return [
        row_of(
            Proposal.objects.filter(case=case.pk),
            What.PROPOSAL,
            number="days",
            word="response",
            words="words",
            more="result",
            on="opened_on",
            until="closed_on",
        ),
        row_of(counted, What.COUNTED, **of_it),
        row_of(answers, What.ANSWER, word="answer", **of_it),
    ]
