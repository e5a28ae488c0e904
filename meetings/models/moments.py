"""What the record holds of one project or partner, as far as somebody may read it, in one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from actions.models import Action
from allies.models import Actor, Organisation, Participation, Project
from allies.policies import kept_from
from meetings.line_of_time import Kind
from meetings.models.agenda import AgendaItem
from meetings.models.decision import Decision
from risks.models import (
    Assessment,
    Case,
    CaseDecision,
    Concern,
    DecidedBy,
    RiskMatter,
    Stage,
    ValuesPosition,
)

AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the line as the database gives it; what `first`, `second` and `number` mean depends on the kind."""

    kind: Kind
    day: date
    key: int
    title: str
    first: str
    second: str
    number: int
    flag: int


def moments_of(
    actor: Actor, thing: Project | Organisation, *, page: int, at_once: int = AT_ONCE
) -> tuple[list[Row], bool]:
    """Give one page of what happened, the newest first, and whether there is more. Pages count from 1. One query."""
    parts = _parts(actor, thing)
    rows = parts[0].union(*parts[1:], all=True).order_by("-moment_day", "moment_kind", "-moment_key")
    start = (page - 1) * at_once
    found = [Row(Kind(kind), *rest) for kind, *rest in rows[start : start + at_once + 1]]
    return found[:at_once], len(found) > at_once


def _parts(actor: Actor, thing: Project | Organisation) -> list[Any]:
    is_project = isinstance(thing, Project)
    about = {"about_project" if is_project else "about_organisation": thing}
    of_risks = RiskMatter.objects.filter(**about).order_by().values("risk")
    items = AgendaItem.objects.visible_to(actor).filter(meeting__called_off="", **about)
    decided = Decision.objects.visible_to(actor).standing()
    decided = decided.filter(**{f"item__{column}": value for column, value in about.items()})
    actions = Action.objects.visible_to(actor).filter(**about)
    weighed = Assessment.objects.visible_to(actor).filter(stage=Stage.NOW, risk__in=of_risks)
    views = ValuesPosition.objects.visible_to(actor).filter(**about)
    concerns = Concern.objects.summarised_for(actor).filter(**about)
    cases = Case.objects.visible_to(actor).filter(**about)
    # What the group decides of a case at its meeting stands there as a decision of that meeting.
    closed = CaseDecision.objects.filter(case__in=cases.order_by().values("pk"))
    closed = closed.exclude(decided_by=DecidedBy.MEETING)
    return [
        _part(items, Kind.ITEM, F("meeting__date"), "title", "purpose", "meeting__body__name", "meeting_id"),
        _part(
            decided, Kind.DECISION, F("meeting__date"), "text", "kind", "meeting__body__name", "meeting_id"
        ),
        _part(
            actions, Kind.ACTION, Coalesce(F("agreed_on"), F("first_seen_on")), "text", "status", "body__name"
        ),
        _part(
            weighed,
            Kind.ASSESSMENT,
            F("on"),
            "risk__title",
            "band",
            "reason",
            "number",
            flag="from_team",
            key="risk_id",
        ),
        _part(views, Kind.POSITION, F("on"), "value", "evidence", None, "position", flag="from_team"),
        _part(concerns, Kind.CONCERN, F("on"), "summary", "state", None),
        _part(cases, Kind.CASE, F("opened_on"), None, None, None, "level"),
        _part(closed, Kind.CASE_DECIDED, F("on"), "response", "decided_by", None, key="case_id"),
        _agreements(actor, thing, is_project=is_project),
    ]


def _agreements(actor: Actor, thing: Project | Organisation, *, is_project: bool) -> Any:
    """Parts taken, changed and ended, from their history: with whom, the part, and how far the agreement had come."""
    kept = kept_from(actor)
    history = Participation.history.filter(**{"project" if is_project else "organisation": thing})
    history = history.exclude(project__in=kept.projects).exclude(organisation__in=kept.organisations)
    others, column = (Organisation, "organisation_id") if is_project else (Project, "project_id")
    name = Subquery(others.objects.filter(pk=OuterRef(column)).values("name")[:1])
    rows = history.annotate(with_whom=name, how=Cast("agreement", TextField()), ended=Q(history_type="-"))
    return _part(
        rows,
        Kind.AGREEMENT,
        TruncDate("history_date"),
        "with_whom",
        "how",
        "part",
        flag="ended",
        key="history_id",
    )


def _part(
    rows: Any,
    kind: Kind,
    day: Any,
    title: str | None,
    first: str | None,
    second: str | None,
    number: str | None = None,
    *,
    flag: str | None = None,
    key: str = "pk",
) -> Any:
    """One kind, as a piece of the one query. Both databases want the same types in the same places."""

    def text(column: str | None) -> Any:
        return Cast(F(column), TextField()) if column else Value("", TextField())

    return (
        rows.order_by()
        .annotate(
            moment_kind=Value(kind.value, CharField(max_length=20)),
            moment_day=Cast(day, DateField()),
            moment_key=Cast(F(key), IntegerField()),
            moment_title=text(title),
            moment_first=text(first),
            moment_second=text(second),
            moment_number=Cast(F(number), IntegerField()) if number else Value(0, IntegerField()),
            moment_flag=Cast(F(flag), IntegerField()) if flag else Value(0, IntegerField()),
        )
        .values_list(
            "moment_kind",
            "moment_day",
            "moment_key",
            "moment_title",
            "moment_first",
            "moment_second",
            "moment_number",
            "moment_flag",
        )
    )
