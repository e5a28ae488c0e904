"""A meeting held today, with an item about a partner, and somebody who declares at it."""

import pytest

from allies.models import OPERATOR
from meetings.models import AgendaItem, Attendance, Meeting
from meetings.services import conflicts
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    CapacityFactory,
    MeetingFactory,
    OrganisationFactory,
)
from tests.meetings.conflicts.saying import interest_of


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=today)


@pytest.fixture
def there(meeting, called):
    """Put somebody on the list by name, here unless said otherwise."""

    def put(name: str, presence: str = "present", **more) -> Attendance:
        return AttendanceFactory(meeting=meeting, person=called(name), presence=presence, **more)

    return put


@pytest.fixture
def trust():
    return OrganisationFactory(name="Harbour Trust")


@pytest.fixture
def item(meeting, trust) -> AgendaItem:
    return AgendaItemFactory(
        meeting=meeting, position=1, title="The trust’s offer", about_organisation=trust, notes="- We talked."
    )


@pytest.fixture
def chair_row(there) -> Attendance:
    row = there("Carys Lund")
    CapacityFactory(attendance=row, kind="chair")
    return row


@pytest.fixture
def declared(meeting, item, there, trust):
    """Morgan Reed declares that they work at the trust."""
    row = there("Morgan Reed")
    return conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=row, interest=interest_of(row.person, trust), item=item
    )
