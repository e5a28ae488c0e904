"""A meeting that is being held today, with an agenda, and somebody to take its notes."""

from collections.abc import Callable
from typing import Any

import pytest

from allies.models import Account
from meetings.models import AgendaItem, ItemKind, Meeting, Mention
from meetings.services.minutes import save_notes
from tests.conftest import TODAY
from tests.factories import AgendaItemFactory, AttendanceFactory, CapacityFactory, MeetingFactory


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=TODAY)


@pytest.fixture
def item(meeting) -> AgendaItem:
    """The one item of the meeting: a discussion."""
    return AgendaItemFactory(meeting=meeting, position=1, title="Our direction", kind=ItemKind.DISCUSSION)


@pytest.fixture
def note_taker(ally, meeting) -> Account:
    """An ally who takes the notes of this meeting."""
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
    return ally


@pytest.fixture
def typed(item, team) -> Callable[[str], list[Mention]]:
    """Save notes of the item, and give its marked lines."""

    def save(notes: str) -> list[Mention]:
        item.refresh_from_db()
        save_notes(by=team, item=item, notes=notes, base=item.version)
        return list(item.mentions.in_notes())

    return save


@pytest.fixture
def reload() -> Callable[[Any], Any]:
    def again(row: Any) -> Any:
        row.refresh_from_db()
        return row

    return again
