"""The agenda before a meeting: the standing items a new one begins with, and when each item comes up.

Pure. The standing items are those that come back in the group's own notes; each meeting changes its own list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from meetings.notes.document import ItemKind


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An item that every agenda begins with; `purpose` is "decision", "advice" or "information", `minutes` a guess."""

    title: str
    kind: ItemKind
    purpose: str
    minutes: int


STANDING_ITEMS: tuple[StandingItem, ...] = (
    StandingItem("Welcome, apologies and interests", ItemKind.INTERESTS, "information", 10),
    StandingItem("Actions from last time and before", ItemKind.ACTIONS, "advice", 20),
    StandingItem("Progress and risk report", ItemKind.REPORT, "information", 20),
    StandingItem("Updates from working groups", ItemKind.UPDATE, "information", 15),
    StandingItem("Discussion", ItemKind.DISCUSSION, "advice", 40),
    StandingItem("Any other business and date of next meeting", ItemKind.OTHER_BUSINESS, "information", 10),
)


def timetable(starts: time | None, minutes: Sequence[int | None]) -> list[time | None]:
    """When each item comes up, from the meeting's start and how long each takes, in minutes.

    After an item of unknown length nothing more can be said; without a start nothing at all. An item that would
    come up after midnight has no time either: nobody meant that.
    """
    # Any day serves: only the time of day is wanted, and whether it is still the same day.
    day = date(2000, 1, 1)
    moment = datetime.combine(day, starts) if starts else None
    times: list[time | None] = []
    for length in minutes:
        times.append(moment.time() if moment and moment.date() == day else None)
        moment = moment + timedelta(minutes=length) if moment and length else None
    return times
