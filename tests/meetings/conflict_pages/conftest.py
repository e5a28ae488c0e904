"""A meeting held today, with an item about a partner, its chair, and somebody with an entry about the partner."""

from datetime import date, time

import pytest

from allies.models import Interest
from meetings.models import AgendaItem, Meeting, Stage
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
)


@pytest.fixture
def trust():
    return OrganisationFactory(name="Harbour Trust")


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=today, starts=time(11), ends=time(13))


@pytest.fixture
def item(meeting, trust) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, position=1, title="The offer", about_organisation=trust)


@pytest.fixture
def chairing(meeting):
    row = AttendanceFactory(meeting=meeting, person=PersonFactory(full_name="Carys Lund"))
    CapacityFactory(attendance=row, kind="chair")
    return row


@pytest.fixture
def morgan(meeting, group, trust):
    """Morgan Reed, who is here and has an entry about the trust in the register."""
    row = AttendanceFactory(meeting=meeting, person=PersonFactory(full_name="Morgan Reed"))
    AppointmentFactory(person=row.person, body=group)
    row.entry = Interest.objects.create(
        person=row.person,
        kind="financial",
        nature="actual",
        full_words="works there",
        about_organisation=trust,
        declared_on=date(2026, 1, 2),
    )
    return row


@pytest.fixture
def planned(meeting) -> Meeting:
    """The same meeting a week from now."""
    meeting.stage, meeting.date = Stage.PLANNED, date(2026, 2, 10)
    meeting.save()
    return meeting


@pytest.fixture
def interests_item(meeting) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, position=1, title="Interests", kind="interests")


@pytest.fixture
def note_taker_of(ally):
    def make(meeting):
        CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
        return ally

    return make
