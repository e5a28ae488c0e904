"""Cases that wait for the group: what a meeting pulls from the escalation review. Queries, never copies (DESIGN §2).

An item that asks for a decision about the same project or partner takes a case up; what no item takes up stands on
the agenda by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import (
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    StringAgg,
    Subquery,
    TextField,
    Value,
)
from django.db.models import When as Where
from django.db.models.functions import Cast, Coalesce, Concat

from actions.models import Action
from allies import clock
from allies.models import Actor, Interest, Withholding
from meetings.models.agenda import AgendaItem, Purpose
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting, Stage
from risks.keys import Why
from risks.models import Case, CaseDecision, DecidedBy, Move, StandDown
from risks.models.case import CaseQuerySet
from risks.scheme import Level

_TAKEN_UP = "+"


@dataclass(frozen=True, slots=True)
class ForTheGroup:
    """A case that waits for the group: its id, what it is about, and whether an item of the agenda takes it up."""

    pk: int
    about: str
    is_taken_up: bool = False


def decidable_at(meeting: Meeting, actor: Actor) -> CaseQuerySet:
    """The cases that a meeting may decide, as far as `actor` may read them.

    Those of its body that are with the group and wait on the meeting's day: all of them at a planned meeting; once
    its notes are begun, those that had come to the group by that day. None once the notes have gone out.
    """
    seen = _with_the_group(Case.objects.visible_to(actor), meeting.body_id, meeting.date)
    if meeting.called_off or meeting.stage not in {Stage.PLANNED, Stage.DRAFT}:
        return seen.none()
    return seen if meeting.stage == Stage.PLANNED else seen.filter(_came_by(meeting.date))


def taken_up(cases: CaseQuerySet) -> Any:
    """Of these cases, the id of the one that an item takes up: to be annotated on items. Empty where it takes none."""
    return Choose(
        Where(purpose=Purpose.DECISION, then=Subquery(cases.filter(_about_the_same()).values("pk")[:1])),
        default=None,
        output_field=IntegerField(),
    )


def with_cases[Rows: Any](meetings: Rows, actor: Actor) -> Rows:
    """Annotate `cases_written`: the cases that wait for a meeting, for `cases_of` and `undecided_of`. No query more.

    That is on the next planned meeting of the body alone, or where the notes are being written.
    """
    seen = Case.objects.visible_to(actor)
    waiting = _with_the_group(seen, OuterRef("body"), OuterRef("date"))
    sooner = Meeting.objects.planned().filter(
        body=OuterRef("body"), date__gte=clock.today(), date__lt=OuterRef("date")
    )
    found: Rows = meetings.annotate(
        cases_written=Choose(
            Where(called_off__gt="", then=Value("")),
            Where(stage=Stage.DRAFT, then=_written(waiting.filter(_came_by(OuterRef(OuterRef("date")))))),
            Where(Q(stage=Stage.PLANNED, date__gte=clock.today()) & ~Exists(sooner), then=_written(waiting)),
            default=Value(""),
            output_field=TextField(),
        )
    )
    return found


def with_group_decides[Rows: Any](meetings: Rows) -> Rows:
    """Annotate `group_decides`: whether any case of the body is with the group, so that asking further is worth it."""
    found: Rows = meetings.annotate(
        group_decides=Exists(Case.objects.open().filter(body=OuterRef("body"), level=Level.ALLIES))
    )
    return found


def cases_of(row: Any) -> list[ForTheGroup]:
    """What stands on a meeting's agenda by itself, by name; the row is one of `with_cases`."""
    return [one for one in undecided_of(row) if not one.is_taken_up]


def undecided_of(row: Any) -> list[ForTheGroup]:
    """Every case that waits for a meeting, by name, whether or not an item takes it up; the row as in `cases_of`."""
    found = []
    for line in (row.cases_written or "").splitlines():
        number, is_taken_up, about = line.split(" ", 2)
        found.append(ForTheGroup(int(number), about, is_taken_up == _TAKEN_UP))
    return sorted(found, key=lambda one: (one.about.casefold(), one.pk))


def in_conflict_with(case: Case, people: Iterable[int], day: date) -> set[int]:
    """Those of the people (ids) who have an interest in a case on `day`, are kept from it, or stood aside from it."""
    ids = list(people)
    projects = [case.about_project_id] if case.about_project_id else []
    partners = [case.about_organisation_id] if case.about_organisation_id else []
    interests = Interest.objects.filter(person__in=ids).standing_on(day)
    kept = Withholding.objects.filter(person__in=ids).held_on(day)
    kept = kept.filter(Q(about_project__in=projects) | Q(about_organisation__in=partners))
    aside = StandDown.objects.filter(case=case, why=Why.CONFLICT, person__in=ids)
    touched = interests.touching(projects=projects, organisations=partners)
    first, *rest = (rows.order_by().values_list("person_id") for rows in (touched, kept, aside))
    return {person for (person,) in first.union(*rest).order_by()}


def actions_of(actor: Actor, decision: Decision) -> list[Action]:
    """The actions that a decision on a case asks for, as far as `actor` may see them. One query, or none."""
    if decision.case_id is None:
        return []
    made = CaseDecision.objects.filter(
        case=decision.case_id, decided_by=DecidedBy.MEETING, on=decision.meeting.date
    )
    return list(Action.objects.visible_to(actor).filter(pk__in=made.values("actions")).order_by("pk"))


def _with_the_group(cases: CaseQuerySet, body: Any, day: Any) -> CaseQuerySet:
    return cases.filter(body=body, level=Level.ALLIES).waiting_on(day)


def _came_by(day: Any) -> Exists:
    """A case had come to the group by the end of `day`."""
    return Exists(Move.objects.filter(case=OuterRef("pk"), level=Level.ALLIES, on__lte=day))


def _about_the_same() -> Q:
    return Q(about_project=OuterRef("about_project")) | Q(about_organisation=OuterRef("about_organisation"))


def _items_about_it() -> Any:
    """The items of a meeting, two queries further out, that ask for a decision about what a case is about."""
    items = AgendaItem.objects.filter(meeting=OuterRef(OuterRef("pk")), purpose=Purpose.DECISION)
    return items.filter(_about_the_same()).order_by()


def _written(cases: CaseQuerySet) -> Coalesce:
    """The cases, a line each: the id, whether an item takes it up, and what it is about."""
    name = Coalesce("about_project__name", "about_organisation__name")
    taken = Choose(Where(Exists(_items_about_it()), then=Value(_TAKEN_UP)), default=Value("-"))
    parts = (Cast("pk", CharField()), Value(" "), taken, Value(" "), name)
    line = Concat(*parts, output_field=TextField())
    rows = cases.order_by().annotate(line=line).values("body")
    together = rows.annotate(lines=StringAgg(F("line"), delimiter=Value("\n"))).values("lines")
    return Coalesce(Subquery(together), Value(""), output_field=TextField())
