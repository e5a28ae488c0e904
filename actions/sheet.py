"""Actions as rows of a table that people open elsewhere: the tracker they keep as a spreadsheet today."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import xlsxwriter

from actions.models import STATUS_WORDS, Action, Assignment, OwnerRole
from actions.statuses import Status

type Cell = str | int | date

COLUMNS = (
    "Action",
    "In more detail",
    "Who",
    "Deadline, as written",
    "Deadline, its last day",
    "Status",
    "What it waits for, or why it was let go",
    "Closed on",
    "Agreed in",
    "Agreed on",
    "First seen in the record",
    "Times carried",
    "Confirmed to stand",
    "About",
)
_WIDTHS = (60, 40, 34, 22, 14, 14, 40, 12, 24, 12, 14, 8, 12, 30)
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")


def rows_of(actions: Iterable[Action], *, then: bool = False) -> Iterator[list[Cell]]:
    """One row for each action, in the order of `COLUMNS`.

    The actions come with `owners`, body and about fetched; with `then`, they carry `status_then`, the status
    of another day, and the columns about the present status stay empty.
    """
    for action in actions:
        yield [
            action.text,
            action.details,
            owners_in_a_cell(action.owners),
            action.deadline_words,
            action.due_on or "",
            _status(action.status_then if then else action.status),
            "" if then else action.status_reason,
            "" if then else action.closed_on or "",
            str(action.body),
            action.agreed_on or "",
            action.first_seen_on,
            action.times_carried,
            "Yes" if action.stands else "Not yet",
            str(action.about or ""),
        ]


def owners_in_a_cell(owners: Iterable[Assignment]) -> str:
    """ "Bel Marsh (leads); Ada Okafor (supports)"."""
    return "; ".join(
        f"{owner.person.full_name if owner.person else owner.as_written} "
        f"({'leads' if owner.role == OwnerRole.LEAD else 'supports'})"
        for owner in owners
    )


def as_csv(rows: Iterable[list[Cell]], *, columns: Sequence[str] = COLUMNS) -> str:
    """The table as CSV with its heads. No cell can be taken for a formula: such a one gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(str(cell)) for cell in row])
    return out.getvalue()


def as_xlsx(
    rows: Iterable[list[Cell]],
    *,
    name: str = "Actions",
    columns: Sequence[str] = COLUMNS,
    widths: Sequence[int] = _WIDTHS,
) -> bytes:
    """The table as a workbook of one sheet. Text stays text; dates are dates."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(out, options)
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    text = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    for column, (title, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            match cell:
                case "":
                    continue
                case date():
                    sheet.write_datetime(number, column, cell, day)  # type: ignore[arg-type]
                case int():
                    sheet.write_number(number, column, cell, text)
                case _:
                    sheet.write_string(number, column, cell, text)
    sheet.freeze_panes(1, 1)
    workbook.close()
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_BEGINS) else cell


def _status(status: str) -> str:
    return STATUS_WORDS[Status(status)] if status else "Not recorded"
