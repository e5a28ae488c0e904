"""A meeting held and the next one planned, and the page before it as somebody reads it."""

from datetime import time

import pytest
from django.urls import reverse

from meetings.models import Meeting, Stage
from tests.factories import MeetingFactory
from tests.meetings.home.reading import FEBRUARY, NOVEMBER, words


@pytest.fixture
def november(group) -> Meeting:
    return MeetingFactory(body=group, date=NOVEMBER)


@pytest.fixture
def february(group, november) -> Meeting:
    return MeetingFactory(
        body=group,
        date=FEBRUARY,
        starts=time(11),
        ends=time(13),
        stage=Stage.PLANNED,
        place="Online",
        link="https://example.org/join",
        access="Captions are on.",
    )


@pytest.fixture
def read(signed_in):
    """Open the page as somebody, and give its words with single spaces between."""

    def opened(account) -> str:
        response = signed_in(account).get(reverse("home"))
        assert response.status_code == 200
        return words(response.content.decode())

    return opened
