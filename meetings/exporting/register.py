"""The register and the schemes behind it, for the JSON document of the record."""

from typing import Any

from django.db.models import Prefetch

from risks.models import Assessment, Risk, SchemeVersion


def risks() -> list[dict[str, Any]]:
    """Every risk with every weighing of it, the oldest first."""
    said = Assessment.objects.select_related("scheme").order_by("on", "recorded_at", "pk")
    rows = Risk.objects.prefetch_related("matters", "treatments", Prefetch("assessments", said))
    return [_risk(risk) for risk in rows.order_by("pk")]


def schemes() -> list[dict[str, Any]]:
    """Every version of the scheme: adopted, proposed or taken back."""
    return [
        {
            "id": one.pk,
            "body": one.body_id,
            "version": one.version,
            "why": one.why,
            "proposed_by": one.proposed_by_id,
            "proposed_on": one.proposed_on.isoformat(),
            "adopted_on": one.adopted_on.isoformat() if one.adopted_on else None,
            "withdrawn": one.withdrawn or None,
            **one.scheme.as_data(),
        }
        for one in SchemeVersion.objects.order_by("pk")
    ]


def _risk(risk: Any) -> dict[str, Any]:
    return {
        "id": risk.pk,
        "body": risk.body_id,
        "title": risk.title,
        "because": risk.because or None,
        "effect": risk.effect or None,
        "category": risk.category,
        # A risk may concern several; whoever looks for one thing finds it under its kind.
        "about": [
            {"project": one.about_project_id}
            if one.about_project_id
            else {"organisation": one.about_organisation_id}
            for one in risk.matters.all()
        ],
        "status": risk.status,
        "response": risk.response or None,
        "looked_after_by": risk.looked_after_by_id,
        "entered_on": risk.entered_on.isoformat(),
        "review_on": risk.review_on.isoformat() if risk.review_on else None,
        "closed_on": risk.closed_on.isoformat() if risk.closed_on else None,
        "closed_because": risk.closed_because or None,
        "treatments": [one.action_id for one in risk.treatments.all()],
        "assessments": [_assessment(one) for one in risk.assessments.all()],
    }


def _assessment(one: Assessment) -> dict[str, Any]:
    return {
        "stage": one.stage,
        "likelihood": one.likelihood,
        "impacts": {impact.value: step for impact, step in one.impacts.items() if step is not None},
        "score": one.number,
        "band": one.band,
        # Where several are hit alike, the first of them by the scale's own order.
        "driver": one.score.drivers[0].value,
        "drivers": [driver.value for driver in one.score.drivers],
        "scheme": one.scheme_id,
        "velocity": one.velocity or None,
        "reason": one.reason,
        "evidence": one.evidence or None,
        "lost_by_stopping": one.lost_by_stopping or None,
        "still_stands": one.still_stands,
        "by": one.by_id,
        "from_team": one.from_team,
        "on": one.on.isoformat(),
        "recorded_at": one.recorded_at.isoformat(),
    }
