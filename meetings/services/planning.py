"""Planning a meeting: when, where, with which standing items; changing that, calling it off, beginning its notes."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Q

from allies import clock
from allies.models import Actor, Body
from allies.services.keeping import change, keep
from meetings.agenda import STANDING_ITEMS
from meetings.models import AgendaItem, AnnouncedMeeting, Meeting, Stage
from meetings.policies import check_can_plan, check_can_write_notes, notes_are_open
from meetings.services.approval_items import approvals_follow
from meetings.services.holding import hold_open
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.moving import declarations_follow


class MeetingRefused(ValueError):
    """What cannot be planned or changed. Its words say why; `field` names the form's field it belongs to, if one."""

    def __init__(self, words: str, field: str | None = None) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Arrangements:
    """When and where a meeting is: times local, `ends` only with `starts` and after it; words may be empty."""

    date: date
    starts: time | None = None
    ends: time | None = None
    title: str = ""
    place: str = ""
    link: str = ""
    access: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The meeting's fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def plan_meeting(
    *,
    by: Actor,
    body: Body,
    arrangements: Arrangements,
    announced: AnnouncedMeeting | None = None,
    with_standing_items: bool = True,
) -> Meeting:
    """Plan a meeting of `body`. Two may be planned at once, but not on one day.

    `announced` is the notice in earlier notes that this meeting is; notices of that very day find it by themselves.
    Raises Refused; MeetingRefused for a second meeting on the day, or an end that is not after the start.
    """
    check_can_plan(by, body)
    _check_hours(arrangements)
    _check_day_is_free(body, arrangements.date)
    meeting = Meeting(body=body, stage=Stage.PLANNED, **arrangements.as_fields())
    keep(meeting, by=by)
    if with_standing_items:
        for position, item in enumerate(STANDING_ITEMS, 1):
            keep(
                AgendaItem(
                    meeting=meeting,
                    position=position,
                    title=item.title,
                    kind=item.kind.value,
                    purpose=item.purpose,
                    minutes=item.minutes,
                ),
                by=by,
            )
    _link_announcements(meeting, announced, by=by)
    approvals_follow(by=by, body=body)
    bring_up_to_date(body)
    return meeting


@transaction.atomic
def change_meeting(*, by: Actor, meeting: Meeting, arrangements: Arrangements) -> bool:
    """Move a meeting, or say anew where it is. Answers whether anything changed.

    The day of a meeting that has been held is part of its record and stays. Raises Refused; MeetingRefused for
    that, for a meeting called off, and as `plan_meeting` does.
    """
    check_can_plan(by, meeting.body_id)
    if meeting.called_off:
        raise MeetingRefused("This meeting was called off. Plan another instead.")
    if not notes_are_open(meeting):
        raise MeetingRefused("Its notes have gone out, so when and where it was stays as they say.")
    hold_open(meeting)
    _check_hours(arrangements)
    if arrangements.date != meeting.date:
        if meeting.is_held:
            raise MeetingRefused("This meeting has been held, so its day stays as it is.", "date")
        _check_day_is_free(meeting.body, arrangements.date)
    before = meeting.date
    changed = change(meeting, by=by, **arrangements.as_fields())
    declarations_follow(by=by, meeting=meeting, before=before)
    if changed:
        approvals_follow(by=by, body=meeting.body)
        bring_up_to_date(meeting.body)
    return changed


@transaction.atomic
def call_off(*, by: Actor, meeting: Meeting, reason: str) -> None:
    """Say that a planned meeting will not take place, and why. It stays in the record.

    Raises Refused; MeetingRefused without a reason, or once the meeting has been held or called off.
    """
    check_can_plan(by, meeting.body_id)
    if meeting.is_held:
        raise MeetingRefused("This meeting has been held, and cannot be called off.")
    if meeting.called_off:
        raise MeetingRefused("This meeting was called off already.")
    if not reason.strip():
        raise MeetingRefused("Say why: the reason goes in the record", "reason")
    change(meeting, by=by, called_off=reason.strip(), reason="called off")
    # A notice in earlier notes waits again for the meeting it becomes.
    for notice in AnnouncedMeeting.objects.filter(became=meeting):
        change(notice, by=by, became=None, reason="the meeting was called off")
    approvals_follow(by=by, body=meeting.body)
    bring_up_to_date(meeting.body)


@transaction.atomic
def begin_notes(*, by: Actor, meeting: Meeting) -> None:
    """Say that the meeting is being held: its notes are a draft now, and what is open in it carries on.

    Beginning them twice changes nothing. Raises Refused; MeetingRefused for one called off, or before its day.
    """
    check_can_write_notes(by, meeting)
    if meeting.called_off:
        raise MeetingRefused("This meeting was called off, so it has no notes.")
    if meeting.date > clock.today():
        raise MeetingRefused("The notes can be begun on the day of the meeting, not before.")
    hold_open(meeting)
    if meeting.stage == Stage.PLANNED:
        change(meeting, by=by, stage=Stage.DRAFT, reason="notes begun")
        bring_up_to_date(meeting.body)


def _check_hours(arrangements: Arrangements) -> None:
    starts, ends = arrangements.starts, arrangements.ends
    if ends and not starts:
        raise MeetingRefused("Say when it starts, too", "starts")
    if starts and ends and ends <= starts:
        raise MeetingRefused("Give an end that is later than the start", "ends")


def _check_day_is_free(body: Body, day: date) -> None:
    # The lock makes two people planning at once wait for each other, so that the second sees the first's meeting.
    Body.objects.select_for_update().only("pk").get(pk=body.pk)
    if Meeting.objects.standing().filter(body=body, date=day).exists():
        raise MeetingRefused(
            f"The {body.name.removeprefix('The ')} already meets on {day:%A} {day.day} {day:%B %Y}. "
            "Choose another day, or change that meeting",
            "date",
        )


def _link_announcements(meeting: Meeting, announced: AnnouncedMeeting | None, *, by: Actor) -> None:
    """Let the notice that was chosen, and those of this very day, say that they became this meeting."""
    notices = AnnouncedMeeting.objects.filter(meeting__body=meeting.body)
    of_the_day = Q(became=None, date=meeting.date.isoformat())
    for notice in notices.filter(of_the_day | Q(pk=announced.pk) if announced else of_the_day):
        change(notice, by=by, became=meeting)
