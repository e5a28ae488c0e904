"""A case that has come to the group, and a meeting held today with people at it."""

from collections.abc import Callable

import pytest

from allies.models import Body, Person, Post, Project
from meetings.models import AgendaItem, Meeting, Purpose
from risks.models import Case, Move
from risks.scheme import Level
from tests.conftest import TODAY
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CaseFactory,
    MeetingFactory,
    ProjectFactory,
)


@pytest.fixture
def to_the_group(group, today) -> Callable[..., Case]:
    """Make a case that has come to the group on a day: today, if none is given."""

    def make(about: str = "Safer Starts", on=TODAY, body: Body = group, **more) -> Case:
        project = ProjectFactory(name=about)
        case = CaseFactory(body=body, about_project=project, level=Level.ALLIES, opened_on=on, **more)
        Move.objects.create(case=case, level=Level.ALLIES, because="The two keys differ", on=on)
        return case

    return make


@pytest.fixture
def case(to_the_group) -> Case:
    return to_the_group()


@pytest.fixture
def project(case) -> Project:
    return case.about


@pytest.fixture
def meeting(group, today) -> Meeting:
    """Its notes are begun, and it is today."""
    return MeetingFactory(body=group, date=TODAY)


@pytest.fixture
def item(meeting, project) -> AgendaItem:
    return AgendaItemFactory(
        meeting=meeting, position=1, title="Safer Starts", about_project=project, purpose=Purpose.DECISION
    )


@pytest.fixture
def here(group, meeting) -> Callable[..., Person]:
    """A member of the group who is at the meeting."""

    def make(name: str, post: str = Post.MEMBER, **more) -> Person:
        row = AttendanceFactory(meeting=meeting, person__full_name=name)
        AppointmentFactory(person=row.person, body=group, post=post, **more)
        return row.person

    return make
