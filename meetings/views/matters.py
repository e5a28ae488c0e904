"""What the pages of a project and of a partner share: where it stands, risks, views, interests, its line of time."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from actions.models import STATUS_WORDS
from allies import clock
from allies.models import Agreement, Interest, Organisation, Part, Project
from allies.policies import can
from allies.powers import Permission
from meetings.line_of_time import Kind, Moment, by_year
from meetings.models import DecisionKind, Purpose
from meetings.models.moments import Row, moments_of
from risks.models import CaseResponse, ConcernState, DecidedBy
from risks.models.known import Knowledge, what_is_known
from risks.scheme import Scheme
from risks.views.standing import (
    known_with_partners,
    level_said,
    looked_said,
    risk_rows,
    score_said,
    value_rows,
    worst_view,
)


def matter_context(
    request: HttpRequest, thing: Any, *, partners: Sequence[Organisation], parts: Sequence[Any]
) -> dict[str, Any]:
    """Everything but the parts themselves. Six queries, whatever the record holds.

    `partners` count for a project; for a partner's own page there are none.
    """
    today, user = clock.today(), request.user
    is_project = isinstance(thing, Project)
    ids = [one.pk for one in partners]
    knowledge = what_is_known(
        user,
        today,
        projects=[thing.pk] if is_project else [],
        organisations=ids if is_project else [thing.pk],
    )
    about = urlencode({"about": f"{'project' if is_project else 'partner'}-{thing.pk}"})
    known = known_with_partners(knowledge, thing, list(partners))
    standing = knowledge.standing(thing, parts if is_project else ())
    return {
        "level": level_said(standing),
        "score": score_said(standing.score, knowledge.scheme) if standing.score else None,
        "score_through": standing.score_through,
        "is_looked_at": standing.is_looked_at,
        "last_looked": standing.last_looked,
        "how_long": looked_said(standing.last_looked, today),
        "scheme": knowledge.scheme,
        "risks": risk_rows(known, knowledge.scheme),
        "values": value_rows(knowledge.of(thing).positions, knowledge.scheme),
        "has_views": bool(knowledge.of(thing).positions),
        "worst": worst_view(known, knowledge.scheme),
        "lost_by_stopping": _lost_by_stopping(knowledge, thing),
        "interests": _interests(request, thing, is_project=is_project),
        **_line(request, thing, knowledge.scheme),
        "may_keep": can(user, Permission.KEEP_PEOPLE),
        "may_say": can(user, Permission.SCORE_RISK),
        "may_raise": can(user, Permission.RAISE_CONCERN),
        "raise_url": f"{reverse('concerns:new')}?{about}",
        "may_open": can(user, Permission.KEEP_RISKS),
        "open_url": f"{reverse('escalations:open')}?{about}",
        "case_url": _case(thing.open_case) if thing.open_case else "",
    }


def _lost_by_stopping(knowledge: Knowledge, thing: Any) -> list[tuple[str, str]]:
    """What somebody said would be lost by stopping, with whose side said it, each once."""
    said = {
        weighing.lost_by_stopping: "the team" if weighing.from_team else "an Ally"
        for risk in knowledge.of(thing).risks
        for weighing in risk.weighings
        if weighing.lost_by_stopping
    }
    return list(said.items())


def _interests(request: HttpRequest, thing: Any, *, is_project: bool) -> list[Interest]:
    """Who has an interest that stands and touches it, as far as the reader may know it."""
    touched = {"projects": [thing.pk]} if is_project else {"organisations": [thing.pk]}
    found = Interest.objects.visible_to(request.user).standing_on(clock.today()).touching(**touched)
    return list(
        found.select_related("person", "about_project", "about_organisation").order_by(
            "person__full_name", "pk"
        )
    )


# ---- The line of time


def _line(request: HttpRequest, thing: Any, scheme: Scheme) -> dict[str, Any]:
    asked = request.GET.get("line", "")
    page = max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1
    rows, more = moments_of(request.user, thing, page=page)
    return {
        "years": by_year(_moment(row, scheme) for row in rows),
        "line_page": page,
        "newer": page - 1 if page > 1 else None,
        "older": page + 1 if more else None,
    }


def _moment(row: Row, scheme: Scheme) -> Moment:
    title, words, url = _said(row, scheme)
    return Moment(row.kind, row.day, row.key, title, words, url)


def _said(row: Row, scheme: Scheme) -> tuple[str, str, str]:
    """The bold words, the second line, and where more is to be read."""
    side = "a team member’s view" if row.flag else "an Ally’s view"
    match row.kind:
        case Kind.ITEM:
            purpose = f" for {Purpose(row.first).label.lower()}" if row.first else ""
            url = reverse("meetings:meeting", args=[row.number])
            return row.title, f"On the agenda of {row.second}{purpose}", url
        case Kind.DECISION:
            kind = DecisionKind(row.first).label
            url = f"{reverse('meetings:meeting', args=[row.number])}#decisions"
            return f"{kind}: {row.title}", row.second, url
        case Kind.ACTION:
            status = STATUS_WORDS[row.first] if row.first else "Status not recorded"
            return f"Action: {row.title}", status, reverse("actions:action", args=[row.key])
        case Kind.ASSESSMENT:
            band = scheme.bands.get(row.first, row.first).lower()
            who = "the team" if row.flag else "an Ally"
            return (
                f"Scored {row.number}, {band}, by {who}: {row.title}",
                row.second,
                reverse("risks:risk", args=[row.key]),
            )
        case Kind.POSITION:
            value = scheme.values.get(row.title, row.title)
            return f"{value}: {scheme.positions[row.number].lower()}, in {side}", row.first, ""
        case Kind.CONCERN:
            url = reverse("concerns:concern", args=[row.key])
            return f"A concern: {ConcernState(row.first).label.lower()}", row.title, url
        case Kind.CASE:
            return "A case was opened", "For the escalation review", _case(row.key)
        case Kind.CASE_DECIDED:
            decided = CaseResponse(row.title).label
            return f"Case decided: {decided}", DecidedBy(row.first).label, _case(row.key)
        case _:
            part = Part(row.second).label.lower()
            if row.flag:
                return f"{row.title} no longer takes part as {part}", "", ""
            return f"{row.title}, {part}", f"Agreement: {Agreement(row.first).label.lower()}", ""


def _case(pk: int) -> str:
    return reverse("escalations:case", args=[pk])
