"""Somebody's own calendar as iCalendar (RFC 5545): meetings as VEVENT, the actions they carry as VTODO."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Component, Event, Timezone, Todo, vDDDTypes

from actions.models import Action
from actions.statuses import Status
from meetings.models import Meeting
from meetings.models.calendar import OwnCalendar

# A calendar knows four; "waiting" is under way, and what was let go or merged will not be done under this name.
STATUSES = {
    "": "NEEDS-ACTION",
    Status.TODO: "NEEDS-ACTION",
    Status.IN_PROGRESS: "IN-PROCESS",
    Status.WAITING: "IN-PROCESS",
    Status.DONE: "COMPLETED",
    Status.LET_GO: "CANCELLED",
    Status.MERGED: "CANCELLED",
}
# As the law has it since 1996: an hour ahead from the last Sunday of March to the last of October, at 01:00 UTC.
# (The package can work one out from the zone's data, but writes its moments an hour late and without the rule.)
EUROPE_LONDON = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
FRESH_FOR = "PT6H"  # how often calendars are asked to look again


def write_calendar(own: OwnCalendar, *, name: str, host: str, address: Callable[[str], str]) -> bytes:
    """Write the calendar. The same rows always give the same bytes.

    `name` is shown by calendars; `host` makes the entries' own ids; `address` turns a path into a whole address.
    """
    calendar = Calendar()
    calendar.add("PRODID", "-//Allies//Governance record//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("X-WR-TIMEZONE", settings.TIME_ZONE)
    calendar.add("X-PUBLISHED-TTL", FRESH_FOR)
    calendar.add_component(_time_zone())
    for meeting in own.meetings:
        calendar.add_component(_event(meeting, host, address))
    for action in own.actions:
        calendar.add_component(_todo(action, host, address))
    return calendar.to_ical()


def etag_of(content: bytes) -> str:
    """A strong ETag for the bytes."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def _time_zone() -> Component:
    return Timezone.from_ical(EUROPE_LONDON)


def _event(meeting: Meeting, host: str, address: Callable[[str], str]) -> Event:
    event = Event()
    _changes(event, meeting, f"meeting-{meeting.pk}@{host}")
    event.add("SUMMARY", meeting.title or str(meeting.body))
    if meeting.starts is None:
        event.add("DTSTART", meeting.date)
    else:
        event.add("DTSTART", _moment(meeting, meeting.starts))
        if meeting.ends is not None:
            event.add("DTEND", _moment(meeting, meeting.ends))
    event.add("STATUS", "CANCELLED" if meeting.called_off else "CONFIRMED")
    if meeting.place or meeting.link:
        event.add("LOCATION", meeting.place or meeting.link)
    page = address(meeting.get_absolute_url())
    event.add("URL", page)
    event.add("DESCRIPTION", "\n".join(_said_of(meeting, page)))
    return event


def _said_of(meeting: Meeting, page: str) -> list[str]:
    return [
        *([f"Called off: {meeting.called_off}"] if meeting.called_off else []),
        *([f"Join: {meeting.link}"] if meeting.link else []),
        *([f"Access: {meeting.access}"] if meeting.access else []),
        f"Agenda and papers: {page}",
    ]


def _todo(action: Action, host: str, address: Callable[[str], str]) -> Todo:
    todo = Todo()
    _changes(todo, action, f"action-{action.pk}@{host}")
    todo.add("SUMMARY", action.text)
    # A calendar calls everything late that is past its day; what nobody has confirmed to stand is not (DESIGN §4).
    if action.due_on is not None and action.stands:
        todo.add("DUE", action.due_on)
    todo.add("STATUS", STATUSES[action.status])
    page = address(action.get_absolute_url())
    todo.add("URL", page)
    words = [f"Deadline as written: {action.deadline_words}"] if action.deadline_words else []
    todo.add("DESCRIPTION", "\n".join([*words, *action.points, f"Say how it is going: {page}"]))
    return todo


def _changes(entry: Component, row: Any, uid: str) -> None:
    """What tells a calendar which entry it is, and whether it has changed since."""
    changed_at: datetime = (row.changed_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    changed_at = changed_at.replace(microsecond=0)
    entry.add("UID", uid)
    entry.add("DTSTAMP", changed_at)
    entry.add("LAST-MODIFIED", vDDDTypes(changed_at))
    entry.add("SEQUENCE", max(row.changes - 1, 0))


def _moment(meeting: Meeting, at: time) -> datetime:
    zone = timezone.get_default_timezone()
    assert isinstance(zone, ZoneInfo)
    return datetime.combine(meeting.date, at, zone)
