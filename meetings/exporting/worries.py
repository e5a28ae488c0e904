"""Where projects stand, views on values, and concerns, as the contract has them. Nobody's name is in any of it."""

from typing import Any

from allies import clock
from allies.models import OPERATOR, About
from risks.models import Concern, ValuesPosition
from risks.models.known import projects_with_parts, what_is_known


def standings() -> dict[int, tuple[int | None, int | None]]:
    """The level and the score of each project, by its id; None where nobody has looked, or nobody has scored."""
    knowledge = what_is_known(OPERATOR, clock.today())
    found = {}
    for project in projects_with_parts(OPERATOR):
        standing = knowledge.standing(project, project.participations.all())
        level = int(standing.level) if standing.is_looked_at else None
        found[project.pk] = (level, standing.score.number if standing.score else None)
    return found


def positions() -> list[dict[str, Any]]:
    """Every view on a value, whether or not a later one stands in its place; whose it is stays in the record."""
    return [
        {
            "id": one.pk,
            "about": about(one),
            "value": one.value,
            "position": one.position,
            "evidence": one.evidence,
            "from_team": one.from_team,
            "scheme": one.scheme_id,
            "on": one.on.isoformat(),
        }
        for one in ValuesPosition.objects.without_viewers().order_by("pk")
    ]


def concerns() -> list[dict[str, Any]]:
    """Every concern: that it is there, of what, how far it is, and the chairs' own words once others may read them."""
    return [
        {
            "id": one.pk,
            "body": one.body_id,
            "about": about(one),
            "state": one.state,
            "summary": one.summary,
            "outcome": one.outcome if one.summary else "",
            "on": one.on.isoformat(),
        }
        for one in Concern.objects.order_by("pk")
    ]


def about(row: About) -> dict[str, int] | None:
    """What a row is about, by its id."""
    if row.about_project_id:
        return {"project": row.about_project_id}
    return {"organisation": row.about_organisation_id} if row.about_organisation_id else None
