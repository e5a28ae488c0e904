"""The invented partners and projects: who takes part in which part, and how each agreement came about."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from allies.models import OPERATOR, Agreement, Organisation, Part, Participation, Project
from allies.services.keeping import change, keep

if TYPE_CHECKING:
    from meetings.example.loading import Example

NONE, DRAFT, SIGNED, CLAUSE = Agreement.NONE, Agreement.DRAFT, Agreement.SIGNED, Agreement.VALUES_CLAUSE


@dataclass(frozen=True, slots=True)
class Takes:
    """A part in a project. `agreed` says how far the agreement had come, so many days before today, oldest first."""

    organisation: str
    part: Part
    agreed: tuple[tuple[int, Agreement], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A project: `since` and `until` count in years before today; None where nothing is known."""

    name: str
    summary: str
    lead: str
    since: float | None
    until: float | None = None
    parts: tuple[Takes, ...] = ()


ORGANISATIONS = (
    "Riverside Foundation",
    "Northbank Health Trust",
    "Fenwick University",
    "Lantern Youth Network",
    "Tidewater Council",
    "Open Hearing Charity",
    "Saltmarsh Trust",
    "Brightwater Housing",
    "Corvid Analytics",
    "Meadow Lane Surgery",
)

PROJECTS = (
    Work(
        "First Appointments",
        "People who waited years for a diagnosis design a better first appointment.",
        "Bel",
        1.5,
        parts=(
            Takes("Northbank Health Trust", Part.PARTNER, ((540, DRAFT), (470, SIGNED))),
            Takes("Riverside Foundation", Part.FUNDER, ((545, SIGNED), (180, CLAUSE))),
        ),
    ),
    Work(
        "Safe to Say",
        "Young people and youth workers write a safeguarding guide together.",
        "Dev",
        1.1,
        parts=(
            Takes("Lantern Youth Network", Part.PARTNER, ((400, NONE), (360, DRAFT), (310, CLAUSE))),
            Takes("Open Hearing Charity", Part.REVIEWER, ((120, NONE),)),
        ),
    ),
    Work(
        "Streets We Share",
        "Residents and planners decide together what changes in three streets.",
        "Kit",
        0.7,
        parts=(
            Takes("Tidewater Council", Part.COMMISSIONER, ((250, NONE), (95, DRAFT))),
            Takes("Fenwick University", Part.LEARNING_PARTNER, ((240, NONE),)),
        ),
    ),
    Work(
        "Research for Two",
        "A course in which researchers and community members learn in pairs.",
        "Dev",
        2.4,
        0.5,
        parts=(
            Takes("Fenwick University", Part.HOST, ((870, SIGNED),)),
            Takes("Saltmarsh Trust", Part.FUNDER, ((875, SIGNED),)),
        ),
    ),
    Work(
        "Keys to the Door",
        "Tenants and housing officers write the rules for repairs that both can live with.",
        "Bel",
        0.9,
        parts=(
            Takes("Brightwater Housing", Part.COMMISSIONER, ((330, DRAFT), (300, SIGNED))),
            Takes("Open Hearing Charity", Part.PARTNER, ((320, DRAFT), (280, CLAUSE))),
        ),
    ),
    Work(
        "The Long Wait",
        "A study of waiting lists in which those who wait decide what is asked, and who sees the answers.",
        "Kit",
        0.4,
        parts=(
            Takes("Northbank Health Trust", Part.COMMISSIONER, ((140, DRAFT),)),
            Takes("Corvid Analytics", Part.PARTNER, ((130, NONE), (60, DRAFT))),
            Takes("Riverside Foundation", Part.FUNDER, ((150, SIGNED),)),
        ),
    ),
    Work(
        "Tea and Trials",
        "Patients and nurses of one surgery read the plans of trials before anybody is asked to join.",
        "Dev",
        0.6,
        parts=(
            Takes("Meadow Lane Surgery", Part.PARTNER, ((200, CLAUSE),)),
            Takes("Fenwick University", Part.HOST, ((205, SIGNED),)),
        ),
    ),
    Work(
        "Sound of the Ward",
        "An idea that came by letter: a radio programme made on a hospital ward.",
        "Kit",
        None,
        parts=(Takes("Saltmarsh Trust", Part.FUNDER, ((20, NONE),)),),
    ),
)


def load_matters(example: "Example") -> None:
    """Write down the partners and the projects, and date what became of their agreements."""
    for name in ORGANISATIONS:
        organisation = Organisation(name=name)
        keep(organisation, by=OPERATOR)
        example.organisations[name] = organisation
    for work in PROJECTS:
        project = Project(
            name=work.name,
            summary=work.summary,
            lead=example.people[work.lead],
            starts=example.ago(work.since),
            ends=example.ago(work.until),
        )
        keep(project, by=OPERATOR)
        example.matters[work.name] = project
        for takes in work.parts:
            _take_part(example, project, takes)


def _take_part(example: "Example", project: Project, takes: Takes) -> None:
    """The history of each agreement carries the days on which it was written down, and not the day of loading."""
    by = example.actor("Dev")
    (first_ago, first), *later = takes.agreed
    row = Participation(
        project=project,
        organisation=example.organisations[takes.organisation],
        part=takes.part,
        agreement=first,
    )
    row._history_date = _at(example, first_ago)
    keep(row, by=by)
    for days_ago, agreement in later:
        row._history_date = _at(example, days_ago)
        change(row, by=by, agreement=agreement)


def _at(example: "Example", days_ago: int) -> datetime:
    day = example.today - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time(10, 30)))
