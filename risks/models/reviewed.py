"""The cases as the report counts them, as far as somebody may read them. Four queries, however many there are."""

from collections import defaultdict
from datetime import date

from django.db.models import Max

from allies.models import Actor, Participation
from risks.models.case import Case, CaseDecision
from risks.models.key import ClosureDay
from risks.report import Decided, Reviewed
from risks.scheme import Level


def reviewed_cases(actor: Actor) -> list[Reviewed]:
    """Read them in the order in which they opened. Who raised, held a key or stood aside is not read."""
    seen = Case.objects.visible_to(actor)
    cases = list(
        seen.select_related("about_project", "about_organisation")
        .annotate(highest=Max("moves__level"))
        .order_by("opened_on", "pk")
    )
    decisions: dict[int, list[Decided]] = defaultdict(list)
    made = CaseDecision.objects.filter(case__in=seen.order_by().values("pk")).order_by("on", "pk")
    for case, on, by, response, until in made.values_list("case_id", "on", "decided_by", "response", "until"):
        decisions[case].append(Decided(on, by, response, until))
    partners: dict[int, list[str]] = defaultdict(list)
    parts = Participation.objects.visible_to(actor).filter(
        project__in=[case.about_project_id for case in cases if case.about_project_id]
    )
    for project, name in parts.order_by("pk").values_list("project_id", "organisation__name"):
        partners[project].append(name)
    closed: dict[int, set[date]] = defaultdict(set)
    for body, day in ClosureDay.objects.filter(body__in={case.body_id for case in cases}).values_list(
        "body_id", "day"
    ):
        closed[body].add(day)
    return [
        Reviewed(
            about=str(case.about),
            partners=tuple(partners[case.about_project_id or 0]),
            opened_on=case.opened_on,
            highest=Level(case.highest or case.level),
            is_open=case.closed_on is None,
            decisions=tuple(decisions[case.pk]),
            closed=closed[case.body_id],
        )
        for case in cases
    ]
