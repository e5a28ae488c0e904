"""What somebody's own calendar holds: their meetings and the actions they carry, by the rules of every page."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from actions.models import Action, Assignment, Update
from allies.models import Actor, Appointment, BodyKind
from allies.policies import powers_of
from allies.powers import Role
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting

# Calendars keep what has passed; what closed longer ago than this is of no use in one.
PASSED_MEETINGS = timedelta(days=366)
CLOSED_ACTIONS = timedelta(days=60)


@dataclass(slots=True)
class OwnCalendar:
    """Meetings (with those called off) and actions. Each has `changes`, how often it was saved, and `changed_at`."""

    meetings: list[Meeting] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


def calendar_of(actor: Actor, today: date) -> OwnCalendar:
    """Read it in two queries.

    A meeting is somebody's own as on the page before a meeting: they sit on its body today, or are on its list; to
    the core team those of every group are. Actions are those somebody carries now, open or closed of late. What is
    withheld from them is not among them; somebody without a person has none.
    """
    person = powers_of(actor).person_id
    if person is None:
        return OwnCalendar()
    return OwnCalendar(
        meetings=list(_meetings(actor, person, today - PASSED_MEETINGS, today)),
        actions=list(_actions(actor, person, today - CLOSED_ACTIONS)),
    )


def _meetings(actor: Actor, person: int, since: date, today: date) -> Any:
    here = Appointment.objects.on(today).filter(person=person, body=OuterRef("body"))
    listed = Attendance.objects.filter(person=person, meeting=OuterRef("pk"))
    own = Q(Exists(here)) | Q(Exists(listed))
    if powers_of(actor).has(Role.CORE_TEAM):
        own |= Q(body__kind=BodyKind.GROUP)
    return (
        Meeting.objects.visible_to(actor)
        .filter(own, date__gte=since)
        .select_related("body")
        .annotate(changes=_saves_of(Meeting), changed_at=_last_save_of(Meeting))
        .order_by("date", "starts", "pk")
    )


def _actions(actor: Actor, person: int, since: date) -> Any:
    carried = Assignment.objects.current().filter(action=OuterRef("pk"), person=person)
    updates = Update.objects.filter(action=OuterRef("pk")).order_by().values("action")
    return (
        Action.objects.visible_to(actor)
        .filter(Exists(carried))
        .filter(Q(closed_on__isnull=True) | Q(closed_on__gte=since))
        .select_related("body")
        .annotate(
            changes=_saves_of(Action) + _number(updates.annotate(number=Count("pk")).values("number")),
            saved_at=_last_save_of(Action),
            said_at=Subquery(updates.annotate(last=Max("recorded_at")).values("last")),
        )
        .annotate(changed_at=Greatest(F("saved_at"), Coalesce(F("said_at"), F("saved_at"))))
        .order_by("due_on", "pk")
    )


def _saves_of(model: Any) -> Coalesce:
    """How many rows of history a row has: a number that never falls."""
    history = model.history.filter(id=OuterRef("pk")).order_by().values("id")
    return _number(history.annotate(number=Count("history_id")).values("number"))


def _last_save_of(model: Any) -> Subquery:
    history = model.history.filter(id=OuterRef("pk")).order_by().values("id")
    return Subquery(history.annotate(last=Max("history_date")).values("last"))


def _number(counted: Any) -> Coalesce:
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
