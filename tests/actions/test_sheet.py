"""The list as CSV and as a workbook: exactly what is filtered, and nothing that could run."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest

from actions.deadlines import read_deadline
from actions.services import Owner, agree, record_update
from actions.sheet import COLUMNS, as_csv
from actions.statuses import Status
from tests.factories import PersonFactory, ProjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(operator, group, today):
    wren = PersonFactory(full_name="Wren Ashdown")
    action = agree(
        by=operator, body=group, text="Write the guide, “short”.", details=["In plain words", "Soon"],
        agreed_on=date(2025, 11, 19), deadline=read_deadline("by 31 Jan 2026"), about=ProjectFactory(name="Harbour"),
        owners=[Owner("Wren", person=wren), Owner("All Allies", "support", body=group), Owner("Grace", "support")],
    )  # fmt: skip
    record_update(by=operator, action=action, status=Status.WAITING, note="For the printer.")
    agree(by=operator, body=group, text="Another.", agreed_on=None, first_seen_on=date(2025, 11, 19))
    return action


EXPECTED = [
    "Write the guide, “short”.",
    "In plain words\nSoon",
    "Wren Ashdown (leads); All Allies (supports); Grace (supports)",
    "by 31 Jan 2026",
    date(2026, 1, 31),
    "Waiting",
    "For the printer.",
    None,
    "Allies Group",
    date(2025, 11, 19),
    date(2025, 11, 19),
    0,
    "Yes",
    "Harbour",
]


def test_csv_holds_exactly_what_is_filtered(signed_in, ally, guide):
    response = signed_in(ally).get("/actions/export.csv?q=guide")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert rows == [list(COLUMNS), ["" if cell is None else str(cell) for cell in EXPECTED]]
    assert response["Content-Disposition"] == 'attachment; filename="actions-2026-02-03.csv"'


def test_a_workbook_holds_exactly_what_is_filtered_with_dates_as_dates(signed_in, ally, guide):
    response = signed_in(ally).get("/actions/export.xlsx?q=guide")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    head, row = [[cell.value for cell in line] for line in sheet.rows]
    assert head == list(COLUMNS)
    assert [cell.date() if isinstance(cell, datetime) else cell for cell in row] == EXPECTED
    assert response["Content-Disposition"] == 'attachment; filename="actions-2026-02-03.xlsx"'


def test_as_it_stood_on_a_day(signed_in, ally, guide):
    response = signed_in(ally).get("/actions/export.csv?on=2025-12-31&q=guide")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(row["Status"], row["What it waits for, or why it was let go"]) for row in rows] == [
        ("To do", "")
    ]


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-5", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_can_be_taken_for_a_formula(words, signed_in, team, operator, group, today):
    assert next(csv.reader(io.StringIO(as_csv([[words]]).split("\r\n", 1)[1])))[0] == f"'{words}"
    agree(by=operator, body=group, text=words.strip(), agreed_on=date(2025, 11, 19))
    response = signed_in(team).get("/actions/export.xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(response.content)).active["A2"]
    assert (cell.value, cell.data_type) == (words.strip(), "s")


def test_who_reads_no_record_gets_no_file(signed_in, account_without_person):
    for ending in ("csv", "xlsx"):
        assert signed_in(None).get(f"/actions/export.{ending}").status_code == 302
        assert signed_in(account_without_person).get(f"/actions/export.{ending}").status_code == 403
