"""`/projects/`: every project ranked by how worried the group is about it, and why."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.models import Project
from allies.policies import can
from allies.powers import Permission
from risks.models.known import Knowledge, projects_with_parts, what_is_known
from risks.ranking import Standing, rank
from risks.views.standing import (
    LevelSaid,
    ScoreSaid,
    ViewSaid,
    known_with_partners,
    level_said,
    looked_said,
    score_said,
    worst_view,
)

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A project in the ranking. `scores` are of one risk: one, or two where the team and the Allies differ."""

    project: Project
    place: int
    level: LevelSaid
    score: ScoreSaid | None
    score_through: str
    worst: ViewSaid | None
    last_looked: object
    how_long: str
    partners: str
    has_ended: bool


@requires(Permission.READ_RECORD)
@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Rank the projects. Those that nobody has looked at stand first, in a list of their own."""
    today = clock.today()
    found = list(projects_with_parts(request.user).order_by("name"))
    knowledge = what_is_known(request.user, today)
    ranked = rank(
        ((one, knowledge.standing(one, one.participations.all())) for one in found),
        name=lambda one: one.name.lower(),
    )
    page = Paginator(ranked.in_order, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "risks/ranking.html",
        {
            "page_obj": page,
            "rows": [
                _row(one, standing, knowledge, page.start_index() + number)
                for number, (one, standing) in enumerate(page)
            ],
            "not_looked_at": [_row(one, standing, knowledge, 0) for one, standing in ranked.not_looked_at],
            "count": len(found),
            "scheme": knowledge.scheme,
            "may_keep": can(request.user, Permission.KEEP_PEOPLE),
            "may_raise": can(request.user, Permission.RAISE_CONCERN),
        },
    )


def _row(project: Project, standing: Standing, knowledge: Knowledge, place: int) -> Row:
    today = clock.today()
    parts = list(project.participations.all())
    known = known_with_partners(knowledge, project, [part.organisation for part in parts])
    return Row(
        project=project,
        place=place,
        level=level_said(standing),
        score=score_said(standing.score, knowledge.scheme) if standing.score else None,
        score_through=standing.score_through,
        worst=worst_view(known, knowledge.scheme),
        last_looked=standing.last_looked,
        how_long=looked_said(standing.last_looked, today),
        partners="; ".join(f"{part.organisation.name}, {part.get_part_display().lower()}" for part in parts),
        has_ended=bool(project.ends and project.ends.last_day() < today),
    )
