"""Weighing a risk. Assessments are appended, never edited."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from allies import clock
from allies.models import Actor, Organisation, Person, Project
from allies.policies import check, is_self
from allies.powers import Permission
from allies.services.keeping import change, person_of
from risks.models import Assessment, Risk, RiskStatus, Stage, TriggerKind
from risks.models.assessment import IMPACT_FIELDS
from risks.policies import check_can_score, is_of_the_team
from risks.scheme import Impact, Velocity
from risks.scoring import score
from risks.services.cases import levels_of, newly_reached
from risks.services.registering import RiskRefused, next_review
from risks.services.schemes import scheme_on

# A form sent twice within this time is one weighing, not two.
SAME_WEIGHING = timedelta(minutes=1)


@transaction.atomic
def assess(
    *,
    by: Actor,
    risk: Risk,
    likelihood: int,
    impacts: Mapping[Impact, int | None],
    reason: str,
    stage: Stage = Stage.NOW,
    velocity: Velocity | None = None,
    evidence: str = "",
    lost_by_stopping: str = "",
    scored_by: Person | None = None,
    on: date | None = None,
    still_stands: bool = False,
) -> Assessment:
    """Append how somebody weighs a risk on `on` (default today), under the scheme of that day.

    `scored_by` is whoever `by` writes it down for, who is kept beside it; without it, `by` themself. A weighing of
    how it is now sets the next review, where the risk has a cadence, and opens a case of whatever it newly brings to
    the chairs. The same by the same person within a minute is the one already there.
    Raises Refused; RiskRefused for a closed risk, without a reason, or where no impact is scored; ValueError for what
    is no step of the scale.
    """
    check_can_score(by, risk)
    person = scored_by or person_of(by)
    for_somebody = person is not None and not is_self(by, person)
    if for_somebody:
        check(by, Permission.ANSWER_FOR_ANYONE, body=risk.body_id)
    if not reason.strip():
        raise RiskRefused("Say why: one reason is enough.")
    day = on or clock.today()
    risk = Risk.objects.select_for_update().get(pk=risk.pk)
    if risk.status == RiskStatus.CLOSED:
        raise RiskRefused("This risk is closed. Open it again first.")
    row = Assessment(
        risk=risk,
        stage=stage,
        velocity=velocity or "",
        reason=reason.strip(),
        evidence=evidence.strip(),
        lost_by_stopping=lost_by_stopping.strip(),
        still_stands=still_stands,
        by=person,
        recorded_by=person_of(by) if for_somebody else None,
        from_team=person is None or is_of_the_team(person, day),
        on=day,
        **_weighed(risk, likelihood, impacts, day),
    )
    if (said := _already_said(row)) is not None:
        return said
    if stage is not Stage.NOW:
        row.save()
        return row
    before = levels_of(_concerned(risk), day)
    row.save()
    newly_reached(by=by, body=risk.body, before=before, kind=TriggerKind.SCORE, on=day, row=row)
    _set_next_review(risk, day, by=by)
    return row


@transaction.atomic
def say_it_still_stands(*, by: Actor, risk: Risk, reason: str, on: date | None = None) -> Assessment:
    """Look at a risk again and leave its score as it is, with the reason why it still stands.

    It is the last score of the side (team or Allies) that `by` speaks for, or else of the other. Raises as `assess`;
    RiskRefused where nothing was scored yet.
    """
    day = on or clock.today()
    person = person_of(by)
    from_team = person is None or is_of_the_team(person, day)
    standing = risk.assessments.standing_on(day).filter(stage=Stage.NOW)
    last = standing.filter(from_team=from_team).first() or standing.first()
    if last is None:
        raise RiskRefused("Nobody has scored it yet, so there is nothing that could still stand.")
    return assess(
        by=by,
        risk=risk,
        likelihood=last.likelihood,
        impacts=last.impacts,
        velocity=Velocity(last.velocity) if last.velocity else None,
        evidence=last.evidence,
        lost_by_stopping=last.lost_by_stopping,
        reason=reason,
        on=day,
        still_stands=True,
    )


def _weighed(risk: Risk, likelihood: int, impacts: Mapping[Impact, int | None], day: date) -> dict[str, Any]:
    """What a weighing comes to under the scheme of the day: the columns of its row."""
    version = scheme_on(risk.body, day)
    found = score(likelihood, impacts, scheme=version.scheme)
    if found is None:
        raise RiskRefused("Score the impact on at least one of the five.")
    steps = {name: impacts.get(impact) for impact, name in IMPACT_FIELDS.items()}
    came_to = {"number": found.number, "band": found.band, "impact": found.impact}
    return {"scheme": version, "likelihood": likelihood, **steps, **came_to}


def _set_next_review(risk: Risk, day: date, *, by: Actor) -> None:
    """Where the risk has a cadence, look at it again so long after `day`; an earlier weighing brings no day back."""
    due = next_review(day, risk.review_months) if risk.review_months else None
    if due and (risk.review_on is None or due > risk.review_on):
        change(risk, by=by, review_on=due)


def _concerned(risk: Risk) -> list[Project | Organisation]:
    """The projects and partners that a risk concerns, by themselves: a case is of one of them."""
    matters = risk.matters.select_related("about_project", "about_organisation")
    found = (one.about_project or one.about_organisation for one in matters)
    return [one for one in found if one is not None]


def _already_said(row: Assessment) -> Assessment | None:
    same = {
        name: getattr(row, name)
        for name in (
            "stage",
            "likelihood",
            "velocity",
            "reason",
            "evidence",
            "by",
            "on",
            *IMPACT_FIELDS.values(),
        )
    }
    since = clock.now() - SAME_WEIGHING
    return Assessment.objects.filter(risk=row.risk, recorded_at__gte=since, **same).first()
