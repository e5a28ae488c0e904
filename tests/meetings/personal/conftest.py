"""What the tests of somebody's own calendar, data and erasure share."""

from datetime import date

import pytest

from meetings.models import Meeting, Stage
from tests.factories import MeetingFactory


@pytest.fixture(autouse=True)
def _today(today):
    """Everything here happens on the third of February 2026."""


@pytest.fixture
def coming(group) -> Meeting:
    """The Allies Group's next meeting."""
    return MeetingFactory(
        body=group,
        date=date(2026, 2, 10),
        stage=Stage.PLANNED,
        starts="11:00",
        ends="13:00",
        place="The library",
    )
