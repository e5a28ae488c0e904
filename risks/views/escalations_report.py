"""`/escalations/report/`: what became of the cases, year by year; and the same as CSV."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions import sheet
from actions.sheet import Cell
from allies import clock
from allies.access import requires
from allies.powers import Permission
from risks import report
from risks.models import LEVEL_CHOICES, CaseResponse, DecidedBy
from risks.models.reviewed import reviewed_cases
from risks.report import Reviewed
from risks.scheme import Level

COLUMNS = ("Year", "What is counted", "Which", "Number")
LEVELS = [(Level(value), f"{value} {name}") for value, name in LEVEL_CHOICES]


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of a table: its year, and a number under each heading."""

    year: int
    numbers: list[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True)
class TookSaid:
    """How long deciding took, in words."""

    year: int
    by: str
    count: int
    middle: str
    longest: str


@dataclass(frozen=True, slots=True)
class CameBackSaid:
    """Who came back, with what was decided: "Pause, 2 times"."""

    name: str
    cases: int
    about: tuple[str, ...]
    outcomes: list[str]


@requires(Permission.READ_RECORD)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the counts."""
    cases = reviewed_cases(request.user)
    context = {
        "count": len(cases),
        "undecided": report.undecided(cases),
        "levels": [name for _, name in LEVELS],
        "by_level": [
            Counted(year, [(name, numbers[level]) for level, name in LEVELS], numbers.total())
            for year, numbers in report.by_level(cases).items()
        ],
        "responses": CaseResponse.labels,
        "outcomes": [
            Counted(year, [(one.label, numbers[one]) for one in CaseResponse], numbers.total())
            for year, numbers in report.outcomes(cases).items()
        ],
        "times": [
            TookSaid(
                one.year,
                DecidedBy(one.by).label,
                one.count,
                report.in_words(one.middle),
                report.in_words(one.longest),
            )
            for one in report.times(cases)
        ],
        "back": [
            CameBackSaid(
                one.name,
                one.cases,
                one.about,
                [_times(CaseResponse(key).label, number) for key, number in one.outcomes.items()],
            )
            for one in report.coming_back(cases)
        ],
    }
    return render(request, "risks/escalations_report.html", context)


@requires(Permission.READ_RECORD)
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give the same counts as CSV, one to a row. The mark at its beginning tells Excel that it is UTF-8."""
    words = "\ufeff" + sheet.as_csv(_rows(reviewed_cases(request.user)), columns=COLUMNS)
    name = f"escalations-{clock.today().isoformat()}.csv"
    return HttpResponse(
        words.encode(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _rows(cases: list[Reviewed]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for year, levels in report.by_level(cases).items():
        rows += [[year, "Cases opened, by the highest level", name, levels[level]] for level, name in LEVELS]
    for year, decided in report.outcomes(cases).items():
        rows += [[year, "Decisions", one.label, decided[one]] for one in CaseResponse]
    for one in report.times(cases):
        by = DecidedBy(one.by).label
        rows.append([one.year, "Working days, half decided within", by, f"{one.middle:g}"])
        rows.append([one.year, "Working days, the longest", by, one.longest])
    rows += [["", "Came back, cases", back.name, back.cases] for back in report.coming_back(cases)]
    rows.append(["", "Open and not decided yet", "", report.undecided(cases)])
    return rows


def _times(words: str, number: int) -> str:
    return words if number == 1 else f"{words}, {number} times"
