"""What the page of one risk says, but for the meetings that spoke of it; and its history of changes."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.history import history_page
from allies.policies import can
from allies.powers import Permission
from risks.course import HIGHEST_NUMBER, Said, course, line, moved_in_words
from risks.models import Assessment, Risk, RiskMatter, RiskStatus, SchemeVersion, Stage, Treatment
from risks.models.register import Entry, Side, entries_of
from risks.scheme import Scheme
from risks.views.heat_map import name_of

# The line leaves room at its right for the names of the bands.
LINE, HEIGHT, MARGIN = 564, 180, 24
# Of a long life the page shows the newest weighings.
SHOWN = 60


@dataclass(slots=True)
class Weighed:
    """One weighing as the page says it: its score under its own scheme, and the words of its steps."""

    side: Side
    likelihood: str
    impacts: list[tuple[str, int | None, str, bool]]
    version: int
    is_old_scheme: bool


def risk_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What the page says of a risk. Raises Http404 for one that the reader may not see. Six queries."""
    today = clock.today()
    versions = list(SchemeVersion.objects.filter(body__parent=None))
    by_id = {one.pk: one.scheme for one in versions}
    numbers = {one.pk: one.version for one in versions}
    found = Risk.objects.visible_to(request.user).filter(pk=pk)
    entries = entries_of(found, request.user, today, versions=versions, with_course=False)
    if not entries:
        raise Http404
    [entry] = entries
    risk = entry.risk
    newest = max(versions, key=lambda one: (one.adopted_on or one.proposed_on, one.version), default=None)
    weighings = risk.assessments.latest_first().select_related("by", "recorded_by")[: SHOWN + 1]
    said = [_weighed(row, by_id[row.scheme_id], numbers[row.scheme_id], newest) for row in weighings]
    entry.points = course(
        Said(one.side.row.on, one.side.from_team, one.side.number)
        for one in reversed(said)
        if one.side.row.stage == Stage.NOW
    )
    return {
        "risk": entry.risk,
        "entry": entry,
        "today": today,
        "chart": chart(entry),
        "moved": moved_in_words(entry.moved),
        "stages": [(stage.label, entry.at(stage)) for stage in (Stage.BEFORE, Stage.NOW, Stage.TARGET)],
        "weighings": said[:SHOWN],
        "more_weighings": len(said) > SHOWN,
        "lost": next((one.side.row for one in said if one.side.row.lost_by_stopping), None),
        "is_closed": risk.status == RiskStatus.CLOSED,
        "is_due": bool(risk.review_on and risk.review_on <= today and risk.status != RiskStatus.CLOSED),
        "may_keep": can(request.user, Permission.KEEP_RISKS, body=risk.body_id),
        "may_score": can(request.user, Permission.SCORE_RISK, body=risk.body_id),
    }


@requires(Permission.READ_RECORD)
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what the register says of a risk. Weighings are never changed: the page shows them all."""
    risk = get_object_or_404(Risk.objects.visible_to(request.user), pk=pk)
    rows = [
        risk,
        # What they point to comes with them, so that the page keeps to its queries.
        RiskMatter.history.filter(risk=risk).select_related(
            "risk", "about_project", "about_organisation", "about_matter"
        ),
        Treatment.history.filter(risk=risk).select_related("risk", "action"),
    ]
    return history_page(
        request,
        title=f"R{risk.pk} {risk.title}",
        back_url=risk.get_absolute_url(),
        section="risks",
        rows=rows,
    )


def chart(entry: Entry) -> dict[str, Any] | None:
    """The course as a drawing: its line, its points with their numbers, where the bands begin. None below two."""
    points = entry.points[-24:]
    if len(points) < 2:
        return None
    places = line([one.number for one in points], width=LINE, height=HEIGHT, margin=MARGIN)
    scheme = entry.now[0].scheme
    return {
        "line": " ".join(f"{x},{y}" for x, y in places),
        "points": [
            {"x": x, "y": y, "above": y - 10, "number": one.number, "on": one.on}
            for (x, y), one in zip(places, points, strict=True)
        ],
        "limits": [
            {"y": _height(at), "words": scheme.bands[band], "text_y": _height(at) + 5, "at": at}
            for band, at in (("amber", scheme.amber_from), ("red", scheme.red_from))
        ],
        "first": points[0],
        "last": points[-1],
        "highest": max(points, key=lambda one: one.number),
    }


def _height(number: int) -> int:
    return round(MARGIN + (HEIGHT - 2 * MARGIN) * (1 - number / HIGHEST_NUMBER))


def _weighed(row: Assessment, scheme: Scheme, version: int, newest: SchemeVersion | None) -> Weighed:
    impacts = [
        (
            scheme.whom[one],
            step,
            name_of(scheme.impacts[step - 1]) if step else "Not scored",
            step == row.impact,
        )
        for one, step in row.impacts.items()
    ]
    return Weighed(
        Side(row, scheme),
        name_of(scheme.likelihoods[row.likelihood - 1]),
        impacts,
        version,
        newest is not None and row.scheme_id != newest.pk,
    )
