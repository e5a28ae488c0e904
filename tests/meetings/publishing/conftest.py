"""Notes of November on their way: a meeting with something of everything, and the next one planned for February."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from allies.models import Account, Body, Declaration, Project
from meetings.models import AgendaItem, Attendance, Handling, Meeting, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AssignmentFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    ProjectFactory,
    UpdateFactory,
)

NOVEMBER, FEBRUARY = date(2025, 11, 19), date(2026, 2, 2)
NOTES = "- Ada: the hall is too small\n    - we ask about the library\n- ACTION: Ada to ring the library"


@dataclass(slots=True)
class Way:
    """The meeting, what is in it, and who was there."""

    body: Body
    meeting: Meeting
    hall: AgendaItem
    museum: AgendaItem
    project: Project
    there: Account
    away: Account
    row: Attendance
    next_one: Meeting
    more: dict[str, Any]


@pytest.fixture
def way(today, group, account_of) -> Way:
    meeting = MeetingFactory(body=group, date=NOVEMBER, stage=Stage.DRAFT, interests_state="declared")
    project = ProjectFactory(name="Museum of rain")
    hall = AgendaItemFactory(meeting=meeting, position=1, title="The hall", notes=NOTES)
    museum = AgendaItemFactory(
        meeting=meeting, position=2, title="The museum", notes="- it rains in", about_project=project
    )
    there, away = account_of(group), account_of(group)
    row = AttendanceFactory(meeting=meeting, person=there.person, position=0)
    AttendanceFactory(meeting=meeting, person=away.person, presence="apologies", position=1)
    guest = AttendanceFactory(meeting=meeting, person=None, name_as_written="Gale Guest", position=2)
    CapacityFactory(attendance=guest, kind="guest")
    DecisionFactory(meeting=meeting, item=hall, text="We look for a larger hall.", reached="agreed")
    DecisionFactory(meeting=meeting, item=museum, text="The museum waits.", position=1)
    declared = Declaration.objects.create(
        person=there.person, words="chairs it", body=group, on=NOVEMBER, about_project=project
    )
    Handling.objects.create(declaration=declared, item=museum, how="left")
    ring = ActionFactory(body=group, agreed_on=NOVEMBER, text="Ring the library")
    AssignmentFactory(action=ring, person=there.person)
    mend = ActionFactory(body=group, agreed_on=NOVEMBER, text="Mend the roof", about_project=project)
    older = ActionFactory(
        body=group, agreed_on=date(2025, 6, 3), text="Write the leaflet", status="in_progress"
    )
    UpdateFactory(action=older, status="in_progress", on=date(2025, 10, 1))
    next_one = MeetingFactory(body=group, date=FEBRUARY, stage=Stage.PLANNED)
    return Way(
        group,
        meeting,
        hall,
        museum,
        project,
        there,
        away,
        row,
        next_one,
        {"ring": ring, "mend": mend, "older": older, "guest": guest, "declared": declared},
    )
