"""Which actions a meeting has before it. Carry-over is a query, never a copied row (DESIGN §4)."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery

from actions.models import Action
from actions.models.action import ActionQuerySet
from actions.statuses import CLOSED, Status
from allies.models import Actor
from meetings.models.meeting import Meeting, MeetingQuerySet
from meetings.models.notes_in import MentionPlace


def agreed_at(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    """The actions agreed at the meeting, in the order they were written down."""
    return (
        Action.objects.visible_to(actor)
        .filter(body_id=meeting.body_id, agreed_on=meeting.date)
        .order_by("pk")
    )


def carried_into(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    """The actions agreed before the meeting and open when it began, however old and however neglected."""
    return _before(meeting, actor).exclude(status_then__in=CLOSED).by_age()


def closed_before(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    """The actions that closed since the last held meeting began: shown once more, as closed.

    Without an earlier meeting in the record there is nothing to have closed since.
    """
    last = _last_held(meeting)
    if last is None:
        return Action.objects.none()
    # What was said on the day of the last meeting came after it began if it was said at it, or typed later.
    since = Q(updates__on__gt=last.date) | Q(updates__on=last.date) & (
        Q(updates__body_id=meeting.body_id) | Q(updates__recorded_at__gte=last.begins_at)
    )
    closing = Action.objects.filter(since, updates__status__in=CLOSED).values("pk")
    reopening = Action.objects.filter(since, updates__status__in=set(Status) - CLOSED).values("pk")
    # "Done" said again of what was done long ago is no news.
    return (
        _before(meeting, actor)
        .with_status_at(last.begins_at, meeting.body, name="status_last_time")
        .filter(status_then__in=CLOSED, pk__in=closing)
        .filter(~Q(status_last_time__in=CLOSED) | Q(pk__in=reopening))
        .by_age()
    )


def with_last_held(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Annotate when the last held meeting before each began, for `closed_before`: no query of its own then."""
    earlier = Meeting.objects.held().filter(body=OuterRef("body"), date__lt=OuterRef("date"))
    latest = earlier.order_by("-date", "-pk")
    return meetings.annotate(
        last_date=Subquery(latest.values("date")[:1]), last_starts=Subquery(latest.values("starts")[:1])
    )


def _last_held(meeting: Any) -> Meeting | None:
    """The last held meeting of the same body before this one, as far as its day and its start."""
    if not hasattr(meeting, "last_date"):
        return Meeting.objects.held().before(meeting).first()
    if meeting.last_date is None:
        return None
    return Meeting(body_id=meeting.body_id, date=meeting.last_date, starts=meeting.last_starts)


def listed_in(meeting: Meeting, place: MentionPlace, actor: Actor) -> ActionQuerySet:
    """The actions in one table of a meeting brought in from its document, in the document's order."""
    return (
        Action.objects.visible_to(actor)
        .filter(mentions__meeting=meeting, mentions__place=place)
        .order_by("mentions__position")
    )


def also_open(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    """What was open in the record when a brought-in meeting began, and its document does not list."""
    listed = Action.objects.filter(mentions__meeting=meeting).exclude(mentions__place=MentionPlace.NOTES)
    return carried_into(meeting, actor).exclude(pk__in=listed.values("pk"))


def _before(meeting: Meeting, actor: Actor) -> ActionQuerySet:
    return (
        Action.objects.visible_to(actor)
        .filter(body_id=meeting.body_id)
        .agreed_before(meeting.date)
        .with_status_at(meeting.begins_at, meeting.body)
    )
