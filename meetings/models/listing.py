"""Reads for the list of meetings, each with how many actions were agreed at it."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from actions.models import Action
from allies.models import Actor, Body
from meetings.models.meeting import AnnouncedMeeting, Meeting, MeetingQuerySet


def with_actions_agreed(meetings: MeetingQuerySet, actor: Actor) -> MeetingQuerySet:
    """Annotate `actions_agreed`: how many actions the meeting agreed that `actor` may see."""
    agreed = (
        Action.objects.visible_to(actor)
        .filter(body=OuterRef("body"), agreed_on=OuterRef("date"))
        .order_by()
        .values("body")
        .annotate(number=Count("pk"))
    )
    return meetings.select_related("body").annotate(
        actions_agreed=Coalesce(Subquery(agreed.values("number")), Value(0))
    )


def still_planned(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Those planned, called off not counted, the next first; also those whose day has passed without notes."""
    return meetings.planned().order_by("date", "starts", "pk")


def past(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Those held, and those called off, the latest first."""
    return meetings.exclude(Q(called_off="") & Q(stage="planned")).order_by("-date", "-pk")


def bodies_that_meet(actor: Actor) -> Any:
    """The bodies with a meeting that `actor` may see, in order of name."""
    return Body.objects.filter(pk__in=Meeting.objects.visible_to(actor).values("body")).order_by("name")


def announced_and_not_planned(actor: Actor, *, today: Any) -> list[AnnouncedMeeting]:
    """Next meetings that notes announce, that nobody has planned yet and that may still come: latest notes first.

    A month or a day that is over by `today` is left out; one without any date is kept.
    """
    return list(
        AnnouncedMeeting.objects.filter(
            meeting__in=Meeting.objects.visible_to(actor).standing(), became=None, date__not_over_by=today
        )
        .select_related("meeting__body")
        .order_by("-meeting__date", "position", "pk")[:10]
    )
