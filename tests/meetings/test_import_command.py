"""`import_notes` (DESIGN §8): what comes in, what is left open, and with which code. Invented notes."""

import io
import json
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command

from actions.models import Action
from allies.models import Appointment, Body, OtherName, Person
from meetings.models import AgendaItem, Attendance, Meeting, Mention, SourceDocument, Stage
from tests.factories import AgendaItemFactory, MeetingFactory

SAMPLES = Path(__file__).parent.parent / "samples"
FIRST, SECOND = SAMPLES / "hall-2024-03-12.txt", SAMPLES / "hall-2025-03-11.txt"
SCHEMA = Path(__file__).parent.parent.parent.parent / "shared" / "design" / "notes.schema.json"


def import_notes(*paths: object, **options: object) -> tuple[int, str, str]:
    """Run the command; its exit code, what it printed, and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_notes", *map(str, paths), stdout=out, stderr=err, **options)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def names_of(action: Action) -> list[str]:
    return [owner.name for owner in action.assignments.current().in_order()]


def test_notes_come_in_whole_as_a_draft(db):
    code, _, err = import_notes(SECOND)
    meeting = Meeting.objects.get()

    assert (code, err) == (1, "")
    assert (meeting.date, meeting.stage, meeting.body.slug) == (
        date(2025, 3, 11),
        Stage.DRAFT,
        "allies-group",
    )
    assert meeting.attendance.filter(presence="present").count() == 5
    assert meeting.interests_state == "none_declared"
    assert Action.objects.filter(agreed_on=meeting.date).count() == 3
    assert Action.objects.filter(agreed_on=None, first_seen_on=meeting.date).count() == 2
    assert SourceDocument.objects.get().text == SECOND.read_text()
    assert [one.date.in_words for one in meeting.announced.all()] == ["10 June 2025"]


def test_several_capacities_for_one_attendee_and_chairing_as_it_happens_acceptance_5_7(db):
    import_notes(SECOND)
    kinds = {
        row.person.full_name: [capacity.kind for capacity in row.capacities.all()]
        for row in Attendance.objects.select_related("person")
    }

    assert kinds["Bruno Vale"] == ["guest", "notetaker"]
    assert kinds["Odile Farrow"] == ["chair"]
    assert kinds["Piers Lamb"] == ["co-chair"]


def test_people_who_come_in_are_on_no_body_and_a_co_chair_as_written_has_no_post(db):
    import_notes(SECOND)

    assert Person.objects.count() == 8
    assert not Appointment.objects.exists()
    assert set(Person.objects.values_list("first_seen_on", flat=True)) == {date(2025, 3, 11)}


def test_a_short_form_is_offered_and_a_first_name_placed_acceptance_1(db):
    _, out, _ = import_notes(SECOND)

    assert names_of(Action.objects.get(text__startswith="Draft a rota")) == ["Vero", "Odile Farrow"]
    assert "“Vero” (owns 3 actions) may be Veronica Tindall-Moss." in out


def test_two_whose_names_differ_by_a_letter_are_two_acceptance_2(db):
    import_notes(FIRST)

    assert Person.objects.filter(full_name__startswith="Thea").count() == 2
    assert names_of(Action.objects.get(text__startswith="Ask the landlord")) == ["Thea Brand"]


def test_the_team_leads_someone_supports_and_all_is_the_group_acceptance_18(db):
    import_notes(FIRST)
    heating = Action.objects.get(text__startswith="Find out how other halls")

    assert [(owner.name, owner.role) for owner in heating.assignments.in_order()] == [
        ("Core team", "lead"),
        ("Imogen Sole", "support"),
    ]
    assert names_of(Action.objects.get(text__startswith="Bring friends")) == ["Allies Group"]


def test_a_status_in_the_deadline_column_is_a_status_acceptance_20(db):
    import_notes(SECOND)
    lease = Action.objects.get(text__startswith="Ask the landlord")

    assert (lease.status, lease.deadline_words, lease.deadline_kind) == (
        "in_progress",
        "In progress",
        "unknown",
    )
    assert not lease.stands


def test_what_stands_below_a_row_stays_with_it_acceptance_21(db):
    import_notes(SECOND)

    assert (
        Action.objects.get(text__startswith="Ask the landlord").details
        == "Feed what he says into the budget."
    )


def test_a_carried_row_from_a_meeting_not_in_the_record_has_no_invented_day_acceptance_22(db):
    import_notes(SECOND)
    guide = Action.objects.get(text__startswith="Write a short guide")

    assert (guide.agreed_on, guide.first_seen_on) == (None, date(2025, 3, 11))


def test_an_offer_is_no_action_acceptance_23(db):
    import_notes(SECOND)

    assert not Action.objects.filter(text__icontains="happy to help").exists()
    assert not Mention.objects.filter(text__icontains="happy to help").exists()


def test_every_marker_is_a_mention_and_the_same_words_alone_are_linked_acceptance_24(db):
    import_notes(SECOND)
    linked = {mention.text[:12]: mention.action_id for mention in Mention.objects.in_notes()}
    grant = Action.objects.get(text__startswith="Send round")

    assert linked["Vero to send"] == grant.pk
    assert linked["Vero to upgr"] is None


def test_carried_words_that_are_the_same_are_linked_and_close_ones_asked_about(db):
    import_notes(FIRST)
    code, out, _ = import_notes(SECOND)
    lease = Action.objects.get(text__startswith="Ask the landlord")

    assert code == 1
    assert (lease.agreed_on, lease.status, names_of(lease)) == (
        date(2024, 3, 12),
        "in_progress",
        ["Thea Brand"],
    )
    assert list(lease.mentions.values_list("owners_as_written", flat=True)) == ["Thea", "Thea Brand"]
    assert Action.objects.filter(text__contains="guide for new keyholders").count() == 2
    assert (
        "“Write a short guide for new keyholders and share it with everyone in the group” may be the same action as "
        "“Write a guide for new keyholders and share it with the group”." in out
    )


def the_record() -> object:
    """All that two records would have to share, in words and not in numbers."""
    return (
        sorted(Person.objects.values_list("full_name", "first_seen_on")),
        sorted(
            (
                action.text,
                str(action.agreed_on),
                action.first_seen_on,
                action.deadline_words,
                action.status,
                action.times_carried,
                str(action.due_on),
                tuple(names_of(action)),
                tuple(sorted((str(one.meeting.date), one.place, one.text) for one in action.mentions.all())),
            )
            for action in Action.objects.all()
        ),
        sorted(
            (str(meeting.date), tuple(str(one.became and one.became.date) for one in meeting.announced.all()))
            for meeting in Meeting.objects.all()
        ),
    )


def test_the_order_in_which_notes_come_in_makes_no_difference(db):
    import_notes(FIRST)
    import_notes(SECOND)
    forward = the_record()
    clear_the_record()
    import_notes(SECOND)
    import_notes(FIRST)

    assert the_record() == forward


def clear_the_record() -> None:
    Mention.objects.all().delete()
    for model in (Action, Meeting, Person, Body):
        model.objects.all().delete()


def test_the_same_notes_twice_change_nothing(db):
    import_notes(FIRST, SECOND)
    before = the_record()
    code, out, _ = import_notes(FIRST, SECOND)

    assert code == 0
    assert out.count("Nothing changed") == 2
    assert the_record() == before


def test_notes_that_contradict_the_record_are_shown_and_change_nothing(db, tmp_path):
    import_notes(SECOND)
    before = the_record()
    other = tmp_path / "copy.txt"
    other.write_text(SECOND.read_text().replace("Draft a rota for the summer", "Draft a rota for the winter"))
    code, out, _ = import_notes(other)

    assert code == 1
    assert "- Draft a rota for the summer" in out
    assert "+ Draft a rota for the winter" in out
    assert the_record() == before


def test_a_corrected_copy_replaces_when_told_and_unchanged_rows_keep_their_actions(db, tmp_path):
    import_notes(SECOND)
    ids = dict(Action.objects.values_list("text", "pk"))
    kept = next(pk for text, pk in ids.items() if text.startswith("Upgrade"))
    gone = next(pk for text, pk in ids.items() if text.startswith("Send round"))
    reworded = next(pk for text, pk in ids.items() if text.startswith("Draft a rota"))
    lines = SECOND.read_text().splitlines(keepends=True)
    copy = "".join(line for line in lines if ">Send round the council" not in line)
    other = tmp_path / "copy.txt"
    other.write_text(
        copy.replace("Draft a rota for the summer and share", "Draft a rota for the winter and share")
        .replace("Vero / Odile\t30 April 2025", "Vero / Odile\t31 May 2025")
        .replace("Piers Lamb (co-chair), ", "")
    )
    code, _, _ = import_notes(other, replace=True)
    rota = Action.objects.get(pk=reworded)

    assert code == 1
    assert Action.objects.count() == len(ids)
    assert Action.objects.get(pk=kept).mentions.filter(place="agreed").count() == 1
    assert (rota.text, rota.deadline_words) == (
        "Draft a rota for the winter and share it with the group.",
        "31 May 2025",
    )
    assert not rota.stands
    assert Action.objects.get(pk=gone).status == "let_go"
    assert not Attendance.objects.filter(person__full_name="Piers Lamb").exists()
    assert SourceDocument.objects.get().answers["earlier"][0]["text"] == SECOND.read_text()
    assert import_notes(other)[0] == 0


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
