"""`import_notes` (DESIGN §8): what is left open or cannot be read, and with which code. Invented notes."""

import io
import json
import sys
from datetime import date

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from allies.models import Body, OtherName, Person
from meetings.models import AgendaItem, Meeting, Stage
from meetings.services.circulating import circulate
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.meetings.importing import (
    FIRST,
    SCHEMA,
    SECOND,
    import_notes,
    names_of,
)


def test_a_planned_meeting_of_the_day_is_filled_in_and_keeps_its_agenda(db, group):
    planned = MeetingFactory(body=group, date=date(2025, 3, 11), stage=Stage.PLANNED)
    AgendaItemFactory(meeting=planned, title="Progress report", purpose="advice", position=1)
    AgendaItemFactory(meeting=planned, title="The garden plan", position=2)
    import_notes(SECOND)
    planned.refresh_from_db()
    progress = AgendaItem.objects.get(title="Progress report")

    assert (planned.stage, Meeting.objects.count()) == (Stage.DRAFT, 1)
    assert progress.purpose == "advice"
    assert "new small grants" in progress.notes
    assert AgendaItem.objects.filter(meeting=planned, title="The garden plan").exists()


def test_what_was_once_answered_places_the_name_next_time(db):
    import_notes(FIRST)
    OtherName.objects.create(person=Person.objects.get(full_name="Veronica Tindall-Moss"), name="Vero")
    _, out, _ = import_notes(SECOND)

    assert names_of(Action.objects.get(text__startswith="Upgrade")) == ["Veronica Tindall-Moss"]
    assert "“Vero” (" not in out


def test_a_dry_run_writes_nothing_and_needs_no_record(db):
    code, out, err = import_notes(SECOND, dry_run=True)

    assert (code, err) == (0, "")
    assert "Read: 8 people, 3 actions agreed, 2 actions carried over" in out
    assert not Meeting.objects.exists()


def test_a_dry_run_asks_nothing_of_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        import_notes(SECOND, dry_run=True)


def test_with_json_standard_output_is_one_document_and_nothing_else(db):
    code, out, err = import_notes(SECOND, format="json")
    document = json.loads(out)

    assert code == 1
    assert "Left open" in err
    assert document["date"] == "2025-03-11"
    if SCHEMA.exists():
        jsonschema.validate(document, json.loads(SCHEMA.read_text()))


def test_several_paths_give_an_array_and_the_worst_code(db, tmp_path):
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    code, out, err = import_notes(FIRST, empty, dry_run=True, format="json")

    assert code == 2
    assert [document["date"] for document in json.loads(out)] == ["2024-03-12"]
    assert f"{empty}: This file is empty: there is nothing to read in it." in err


def test_standard_input_is_read_for_a_dash(db, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIRST.read_bytes())))

    assert import_notes("-", dry_run=True)[0] == 0


BAD = {
    "empty": b"",
    "blank": b" \n\t\n",
    "a PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "binary": bytes(range(256)) * 64,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "five megabytes": b"Present: Thea Brant\n" * 262_144,
    "UTF-16 cut in half": b"\xff\xfe" + b"P\x00r",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_bad_input_gets_one_sentence_and_nothing_is_written(db, tmp_path, content):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    code, out, err = import_notes(path)

    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert err.strip().endswith(".")
    assert not Meeting.objects.exists()


def test_a_table_cut_in_half_comes_in_as_far_as_it_goes(db, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(SECOND.read_text().split("Upgrade our Harbour")[0])

    assert import_notes(path)[0] in {0, 1}
    assert Action.objects.count() >= 1


def test_a_file_that_is_not_there_gets_a_sentence(db, tmp_path):
    code, _, err = import_notes(tmp_path / "none.txt")

    assert code == 2
    assert err.strip().endswith("No such file or directory.")


def test_without_a_date_nothing_is_saved_and_the_file_name_is_only_offered(db, tmp_path):
    path = tmp_path / "2025-03-11 notes.txt"
    path.write_text(
        SECOND.read_text()
        .replace("Meeting notes: Tuesday 11 March 2025", "Meeting notes")
        .split("Date of next")[0]
    )
    code, _, err = import_notes(path)

    assert code == 2
    assert "Their file's name says 2025-03-11: add --date 2025-03-11 if that is right." in err
    assert import_notes(path, date="2025-03-11")[0] == 1
    assert Meeting.objects.get().date == date(2025, 3, 11)


def test_a_group_that_is_not_in_the_record_gets_a_sentence(db, group):
    code, _, err = import_notes(SECOND, body="nobody")

    assert code == 2
    assert err.strip() == "The record has no group called nobody. Its groups: allies-group."


def test_the_group_that_the_notes_name_is_found(db, group):
    hall = Body.objects.create(slug="hall", name="Harbour Hall Allies Group")
    import_notes(SECOND)

    assert Meeting.objects.get().body == hall


def test_two_hundred_rows_take_a_bounded_number_of_queries_each(db, tmp_path, django_assert_max_num_queries):
    halls = [
        f"{first}{second}"
        for first in "Ash Birch Cold Dell Elm Fen Gate Hill Ivy Kirk".split()
        for second in (
            "ton ham ford wick by stead mere wold combe thorpe borough dale field worth hurst leigh "
            "pool cliffe bury marsh"
        ).split()
    ]
    rows = "".join(f"Ring the caretaker of {hall} hall\tVeronica\t30 April 2025\n" for hall in halls)
    path = tmp_path / "many.txt"
    path.write_text(
        "Allies Group\nMeeting notes: 11 March 2025\n\nPresent: Veronica Tindall-Moss\n\nActions\n\n"
        "Actions agreed in this meeting\tPerson taking this on\tDeadline\n" + rows
    )
    with django_assert_max_num_queries(200 * 16 + 150):
        import_notes(path)

    assert Action.objects.count() == 200


def test_notes_that_go_out_while_others_are_brought_in_are_not_written_over(db, group):
    planned = MeetingFactory(body=group, date=date(2025, 3, 11), stage=Stage.PLANNED)
    gone_out = []

    def circulated_meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if 'FROM "meetings_meeting"' in sql and not gone_out:
            gone_out.append(sql)
            Meeting.objects.filter(pk=planned.pk).update(stage=Stage.CIRCULATED, circulated_on=planned.date)
        return found

    with connection.execute_wrapper(circulated_meanwhile):
        code, _, err = import_notes(SECOND)
    assert (code, "These notes have been circulated" in err) == (1, True)
    assert AgendaItem.objects.filter(meeting=planned).count() == 0


def test_a_meeting_planned_while_notes_of_its_day_come_in_is_the_one_that_is_filled_in(db, group):
    planned = []

    def planned_meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if 'FROM "meetings_meeting"' in sql and not planned:
            planned.append(None)
            planned[0] = MeetingFactory(body=group, date=date(2025, 3, 11), stage=Stage.PLANNED)
        return found

    with connection.execute_wrapper(planned_meanwhile):
        import_notes(SECOND)
    assert [(one.pk, one.stage) for one in Meeting.objects.all()] == [(planned[0].pk, Stage.DRAFT)]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one write at a time, so it holds no rows"
)
def test_notes_that_come_in_hold_their_meeting_before_its_body_as_all_do(db, group, team):
    planned = MeetingFactory(body=group, date=date(2025, 3, 11), stage=Stage.PLANNED)

    def held(doing) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            doing()
        said = [one["sql"] for one in asked if " FOR " in one["sql"] and " UPDATE" in one["sql"]]
        return [
            table for sql in said for table in ("meetings_meeting", "allies_body") if f'FROM "{table}"' in sql
        ]

    assert held(lambda: import_notes(SECOND))[:2] == ["meetings_meeting", "allies_body"]
    assert held(lambda: circulate(by=team, meeting=planned))[:2] == ["meetings_meeting", "allies_body"]
