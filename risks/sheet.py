"""The register as rows of a table that people open elsewhere: as they keep it in a spreadsheet today."""

from collections.abc import Iterable, Iterator

from actions import sheet
from actions.sheet import Cell
from risks.models.assessment import Stage
from risks.models.register import Entry, Side
from risks.scheme import FIRST, Impact

COLUMNS = (
    "Number",
    "Risk",
    "Because of",
    "With what effect",
    "Category",
    "Concerns",
    "Whose score",
    "Likelihood, 1 to 5",
    *(f"Impact on {FIRST.whom[one][:1].lower()}{FIRST.whom[one][1:]}, 1 to 5" for one in Impact),
    "Score now",
    "Band",
    "Driven by",
    "How soon it would hit",
    "Scored on",
    "Score before controls",
    "Target score",
    "What is done about it",
    "Treatments",
    "Looked after by",
    "To be looked at again on",
    "Status",
    "Closed on",
    "Closed because",
    "Held by",
)
WIDTHS = (
    *(8, 44, 40, 40, 14, 30, 12, 11),
    *(11 for _ in Impact),
    *(8, 10, 24, 14, 12, 10, 10, 14, 44, 22, 14, 10, 12, 30, 22),
)


def rows_of(entries: Iterable[Entry]) -> Iterator[list[Cell]]:
    """One row for each risk and side that scored it, in the order of `COLUMNS`; one for a risk nobody scored.

    What was not scored is empty, and is not nought.
    """
    for entry in entries:
        for side in entry.now or [None]:
            yield _row(entry, side)


def as_csv(rows: Iterable[list[Cell]]) -> str:
    """The register as CSV with its heads, harmless to a spreadsheet."""
    return sheet.as_csv(rows, columns=COLUMNS)


def as_xlsx(rows: Iterable[list[Cell]]) -> bytes:
    """The register as a workbook of one sheet."""
    return sheet.as_xlsx(rows, name="Risk register", columns=COLUMNS, widths=WIDTHS)


def _row(entry: Entry, side: Side | None) -> list[Cell]:
    risk = entry.risk
    impacts = side.row.impacts if side else {}
    before, target = (_of_side(entry, stage, side) for stage in (Stage.BEFORE, Stage.TARGET))
    return [
        risk.pk,
        risk.title,
        risk.because,
        risk.effect,
        risk.get_category_display(),
        "; ".join(one.name for one in entry.concerns),
        side.whose if side else "Not scored",
        side.row.likelihood if side else "",
        *(impacts.get(one) or "" for one in Impact),
        side.number if side else "",
        side.word.capitalize() if side else "",
        side.hits if side else "",
        side.soon if side else "",
        side.row.on if side else "",
        before,
        target,
        risk.get_response_display(),
        "; ".join(
            f"{one.action.text} ({(one.action.get_status_display() or 'status not recorded').lower()})"
            for one in entry.treatments
        ),
        risk.looked_after_by.full_name if risk.looked_after_by else "",
        risk.review_on or "",
        entry.stood or risk.get_status_display(),
        risk.closed_on or "",
        risk.closed_because,
        str(risk.body),
    ]


def _of_side(entry: Entry, stage: str, side: Side | None) -> Cell:
    """What the same side said of a stage, or else the other."""
    found = entry.at(stage)
    same = [one for one in found if side is not None and one.from_team == side.from_team]
    return (same or found)[0].number if found else ""
