"""The record as the spreadsheets that people keep today."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.db.models import Prefetch

from actions.models import Action, OwnerRole, Update
from allies import clock
from allies.models import OPERATOR
from risks import sheet
from risks.models.register import EVERY, Wanted, read_register

ACTION_COLUMNS = (
    ("Number", 8),
    ("Action", 60),
    ("In more detail", 40),
    ("Who leads", 24),
    ("Who supports", 24),
    ("Deadline, as written", 20),
    ("Due", 12),
    ("Status", 14),
    ("Why, or what it waits for", 36),
    ("Agreed on", 12),
    ("Group", 22),
    ("Times carried", 9),
    ("What was last said", 50),
    ("Said on", 12),
)


def workbook() -> bytes:
    """Give the action tracker and the register as one xlsx file."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _sheet(book, "Actions", ACTION_COLUMNS, [_action_row(action) for action in _actions()])
        _sheet(book, "Risks", list(zip(sheet.COLUMNS, sheet.WIDTHS, strict=True)), _risk_rows())
    return out.getvalue()


def _sheet(book: Any, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if hasattr(value, "isoformat"):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value, wrap)
            elif value:
                sheet.write_string(number, column, str(value), wrap)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)


def _risk_rows() -> list[list[Any]]:
    wanted = Wanted(status=EVERY)
    found = read_register(OPERATOR, wanted, today=clock.today())
    return list(sheet.rows_of(found.entries))


def _actions() -> Sequence[Action]:
    updates = Prefetch("updates", Update.objects.latest_first())
    return list(Action.objects.select_related("body").with_owners().prefetch_related(updates).by_age())


def _action_row(action: Action) -> list[Any]:
    last = next((update for update in action.updates.all() if update.note), None)
    owners: list[Any] = action.owners  # type: ignore[attr-defined]
    return [
        action.pk,
        action.text,
        action.details,
        ", ".join(owner.name for owner in owners if owner.role == OwnerRole.LEAD),
        ", ".join(owner.name for owner in owners if owner.role == OwnerRole.SUPPORT),
        action.deadline_words,
        action.due_on,
        action.get_status_display() or "Not recorded",
        action.status_reason,
        action.agreed_on,
        action.body.name,
        action.times_carried,
        last.note if last else "",
        last.on if last else None,
    ]
