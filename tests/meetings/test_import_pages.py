"""Bringing notes in by the browser: look, put right, save; nothing typed is ever lost. Invented notes."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from actions.models import Action
from allies.models import OtherName, Person
from meetings.models import Attendance, Meeting, Mention
from tests.factories import ActionFactory, BodyFactory, MeetingFactory
from tests.form_reader import read_form

SAMPLES = Path(__file__).parent.parent / "samples"
NOTES = (SAMPLES / "hall-2025-03-11.txt").read_text()
ADDRESS = "/meetings/import/"


def looked_at(client: Client, text: str = NOTES) -> dict[str, list[str]]:
    """What the review page of a text would send if nothing was changed."""
    page = client.post(ADDRESS, {"text": text, "step": "look"})
    assert page.status_code == 200
    return read_form(page.content.decode(), "review")[0]


@pytest.fixture
def by_team(signed_in, team, group) -> Client:
    return signed_in(team)


def test_the_page_asks_for_a_text_or_a_file(by_team):
    page = by_team.get(ADDRESS)

    assert page.status_code == 200
    assert set(read_form(page.content.decode(), "form")[0]) >= {"text", "csrfmiddlewaretoken"}


@pytest.mark.parametrize("role", ["ally", "former_chair", "account_without_person"])
def test_others_are_refused(signed_in, role, request):
    client = signed_in(request.getfixturevalue(role))

    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"text": NOTES, "step": "look"}).status_code == 403


def test_looking_shows_what_was_understood_beside_the_source_and_saves_nothing(by_team):
    page = by_team.post(ADDRESS, {"text": NOTES, "step": "look"})
    html = page.content.decode()
    fields, choices = read_form(html, "review")

    assert page.status_code == 200
    assert not Meeting.objects.exists()
    assert fields["rows-TOTAL_FORMS"] == ["6"]
    assert [fields[f"meeting-date_{part}"] for part in ("day", "month", "year")] == [["11"], ["3"], ["2025"]]
    assert 'id="line-14" class="source__used"' in html
    vero = next(name for name, value in fields.items() if name.endswith("-written") and value == ["Vero"])
    whom = vero.replace("written", "whom")
    assert fields[whom] == [""]
    assert "attendee:0" in choices[whom]


def test_saving_what_was_understood_makes_the_meeting(by_team):
    fields = looked_at(by_team)
    page = by_team.post(ADDRESS, fields | {"step": "save"})
    meeting = Meeting.objects.get()

    assert page.status_code == 302
    assert page.url == f"/meetings/{meeting.pk}/settle/"
    assert (meeting.date, meeting.attendance.count()) == (date(2025, 3, 11), 8)
    assert Action.objects.count() == 5
    assert meeting.items.get(kind="other_business").notes.count("\n") >= 2


def test_an_answer_about_a_name_holds_for_the_document_and_is_remembered(by_team):
    fields = looked_at(by_team)
    whom = next(name for name, value in fields.items() if value == ["Vero"]).replace("written", "whom")
    by_team.post(ADDRESS, fields | {whom: "attendee:0", "step": "save"})
    veronica = Person.objects.get(full_name="Veronica Tindall-Moss")

    assert veronica.assignments.count() == 4
    assert OtherName.objects.get(person=veronica).name == "Vero"


def test_a_remark_is_linked_where_a_person_says_so(by_team):
    fields = looked_at(by_team)
    remark = next(name for name, value in fields.items() if value[0].startswith("Vero to upgrade"))
    by_team.post(ADDRESS, fields | {remark.replace("text", "action"): "row:1", "step": "save"})

    assert (
        Mention.objects.in_notes().get(text__startswith="Vero to upgrade").action.text.startswith("Upgrade")
    )


def test_everything_can_be_put_right_before_it_is_saved(by_team):
    fields = looked_at(by_team)
    by_team.post(
        ADDRESS,
        fields
        | {
            "meeting-starts": "14:00",
            "meeting-ends": "16.00",
            "attendees-3-name": "Nathaniel Frome-Bell",
            "attendees-4-capacities": "guest",
            "attendees-7-DELETE": "on",
            "rows-0-text": "Draft a rota for the whole year.",
            "rows-0-owners": "Odile with support from Thea",
            "rows-0-deadline": "ASAP",
            "rows-2-DELETE": "on",
            "rows-5-text": "Buy a kettle",
            "rows-5-section": "agreed",
            "rows-5-owners": "Piers",
            "items-0-title": "What came first",
            "nexts-0-date": "17 June 2025",
            "step": "save",
        },
    )
    meeting = Meeting.objects.get()
    rota = Action.objects.get(text__startswith="Draft")

    assert (str(meeting.starts), str(meeting.ends)) == ("14:00:00", "16:00:00")
    assert Person.objects.filter(full_name="Nathaniel Frome-Bell").exists()
    assert not Person.objects.filter(full_name="Nat Osgood").exists()
    assert [row.kind for row in Attendance.objects.get(person__full_name="Bruno Vale").capacities.all()] == [
        "guest"
    ]
    assert (rota.text, rota.deadline_kind) == ("Draft a rota for the whole year.", "asap")
    assert [(one.name, one.role) for one in rota.assignments.in_order()] == [
        ("Odile Farrow", "lead"),
        ("Thea Brant", "support"),
    ]
    assert not Action.objects.filter(text__startswith="Send round").exists()
    assert Action.objects.get(text="Buy a kettle").assignments.get().name == "Piers Lamb"
    assert [one.date.in_words for one in meeting.announced.all()] == ["17 June 2025"]


def test_what_cannot_be_read_is_said_at_its_field_and_nothing_typed_is_lost(by_team):
    fields = looked_at(by_team)
    wrong = fields | {
        "meeting-date_month": "13",
        "attendees-0-capacities": "king",
        "rows-0-text": "Something typed by hand",
        "step": "save",
    }
    page = by_team.post(ADDRESS, wrong)
    again = read_form(page.content.decode(), "review")[0]

    assert page.status_code == 422
    assert "Two things need you" in page.content.decode()
    assert "“king” is not one of: chair" in page.content.decode().replace("&#x27;", "'")
    assert again["rows-0-text"] == ["Something typed by hand"]
    assert again["meeting-source"] == [NOTES]
    assert not Meeting.objects.exists()


def test_notes_without_a_date_wait_for_one(by_team):
    fields = looked_at(by_team, NOTES.replace("Meeting notes: Tuesday 11 March 2025", "Meeting notes"))
    assert [fields[f"meeting-date_{part}"] for part in ("day", "month", "year")] in (
        [[""], [""], [""]],
        [["10"], ["6"], ["2025"]],
    )
    empty = {f"meeting-date_{part}": "" for part in ("day", "month", "year")}

    assert by_team.post(ADDRESS, fields | empty | {"step": "save"}).status_code == 422


def test_looking_again_reads_the_corrections(by_team):
    fields = looked_at(by_team)
    page = by_team.post(ADDRESS, fields | {"rows-0-owners": "Imogen", "step": "again"})
    again = read_form(page.content.decode(), "review")[0]

    assert page.status_code == 200
    assert [value for name, value in again.items() if name.endswith("-written") and value == ["Imogen"]] == [
        ["Imogen"]
    ]
    assert not Meeting.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"   \n", b"%PDF-1.4 x", bytes(range(256)) * 9, b"Present: Thea Brant\n" * 262_144],
    ids=["empty", "blank", "a PDF", "binary", "five megabytes"],
)
def test_a_bad_file_gets_a_sentence_and_nothing_is_written(by_team, content):
    page = by_team.post(ADDRESS, {"file": SimpleUploadedFile("notes.txt", content), "step": "look"})

    assert page.status_code == 422
    assert "One thing needs you" in page.content.decode()
    assert not Meeting.objects.exists()


def test_a_file_is_read_as_a_pasted_text_is(by_team):
    page = by_team.post(ADDRESS, {"file": SimpleUploadedFile("notes.txt", NOTES.encode()), "step": "look"})

    assert read_form(page.content.decode(), "review")[0]["rows-TOTAL_FORMS"] == ["6"]


def test_the_same_notes_again_are_recognised_and_change_nothing(by_team):
    fields = looked_at(by_team)
    by_team.post(ADDRESS, fields | {"rows-0-text": "Draft a rota for the whole year.", "step": "save"})
    page = by_team.post(ADDRESS, {"text": NOTES, "step": "look"})
    again = read_form(page.content.decode(), "review")[0]
    saved = by_team.post(ADDRESS, again | {"step": "save"})

    assert "These notes are in the record already." in page.content.decode()
    assert again["rows-0-text"] == ["Draft a rota for the whole year."]
    assert saved.status_code == 302
    assert (Meeting.objects.count(), Action.objects.count()) == (1, 5)


def test_a_corrected_copy_shows_the_difference_and_replaces_only_when_told(by_team):
    by_team.post(ADDRESS, looked_at(by_team) | {"step": "save"})
    copy = NOTES.replace("Draft a rota for the summer", "Draft a rota for the winter")
    page = by_team.post(ADDRESS, {"text": copy, "step": "look"})
    fields = read_form(page.content.decode(), "review")[0]

    assert "they say other things" in page.content.decode()
    assert 'value="replace"' in page.content.decode()
    assert by_team.post(ADDRESS, fields | {"step": "save"}).status_code == 409
    assert Action.objects.filter(text__contains="winter").count() == 0
    assert by_team.post(ADDRESS, fields | {"step": "replace"}).status_code == 302
    assert Action.objects.filter(text__contains="winter").count() == 1
    assert Action.objects.count() == 5


def test_a_chair_brings_notes_in_and_cannot_replace_them(signed_in, chair, by_team):
    by_team.post(ADDRESS, looked_at(by_team) | {"step": "save"})
    client = signed_in(chair)
    copy = NOTES.replace("Draft a rota for the summer", "Draft a rota for the winter")
    page = client.post(ADDRESS, {"text": copy, "step": "look"})

    assert "Only the core team can replace them." in page.content.decode()
    fields = read_form(page.content.decode(), "review")[0]
    assert client.post(ADDRESS, fields | {"step": "replace"}).status_code == 403
    assert Action.objects.filter(text__contains="winter").count() == 0


def test_a_lapsed_sign_in_loses_nothing(by_team, team):
    fields = looked_at(by_team) | {"rows-0-text": ["Typed with care"]}
    by_team.logout()
    page = by_team.post(ADDRESS, fields | {"step": "save"}, headers={"origin": "http://testserver"})
    kept = read_form(page.content.decode(), "form")[0]

    assert page.status_code == 403
    assert "Nothing is lost" in page.content.decode()
    assert kept["rows-0-text"] == ["Typed with care"]
    by_team.force_login(team)
    again = read_form(by_team.post(ADDRESS, kept | {"step": "look"}).content.decode(), "review")[0]
    assert again["rows-0-text"] == ["Typed with care"]
    by_team.post(ADDRESS, again | {"step": "save"})
    assert Action.objects.filter(text="Typed with care").exists()


def test_what_another_site_sends_is_not_given_back_as_ones_own(client):
    sent = {"text": NOTES, "step": "look"}
    page = client.post(ADDRESS, sent, headers={"origin": "https://elsewhere.example"})

    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=/")


def test_a_token_of_an_earlier_sign_in_saves_nothing_and_loses_nothing(team, group):
    client = Client(enforce_csrf_checks=True)
    client.force_login(team)
    fields = read_form(client.post(ADDRESS, {"text": NOTES, "step": "look"}).content.decode(), "review")[0]
    stale = client.post(ADDRESS, fields | {"csrfmiddlewaretoken": "x" * 64, "step": "save"})
    again = read_form(stale.content.decode(), "review")[0]

    assert stale.status_code == 403
    assert not Meeting.objects.exists()
    assert again["rows-0-text"] == fields["rows-0-text"]
    assert client.post(ADDRESS, again | {"step": "save"}).status_code == 302
    assert Meeting.objects.count() == 1


def test_a_failing_save_writes_nothing_at_all(by_team, monkeypatch):
    fields = looked_at(by_team)
    fields["meeting-body"] = ["999"]

    assert by_team.post(ADDRESS, fields | {"step": "save"}).status_code == 422
    assert (Person.objects.exclude(account__isnull=False).count(), Meeting.objects.count()) == (0, 0)


def test_the_page_asks_as_little_of_the_database_for_a_large_set(by_team, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        by_team.post(ADDRESS, {"text": NOTES, "step": "look"})
    many = NOTES.replace(
        "Actions from previous meetings\tPerson",
        "".join(
            f"Ring the caretaker of {place}hall\tOdile\tASAP\n"
            for place in "Ash Birch Cold Dell Elm Fen".split()
        )
        + "\nActions from previous meetings\tPerson",
    )
    with django_assert_max_num_queries(12):
        by_team.post(ADDRESS, {"text": many, "step": "look"})


def test_whoever_chairs_a_working_group_is_offered_nothing_of_the_group_above(signed_in, account_of, group):
    """Notes that name the Allies Group open nothing of its record to somebody who may not read it."""
    ActionFactory(body=group, text="Ask the bursar about the boathouse")
    below = BodyFactory(name="Boats working group", slug="boats", kind="working_group", parent=group)
    MeetingFactory(body=group, date=date(2025, 3, 11))
    client = signed_in(account_of(below, "chair"))

    page = client.post(ADDRESS, {"text": f"Allies Group\n{NOTES}", "step": "look"})

    assert page.status_code == 200
    assert "bursar" not in page.content.decode()
    assert "meetings/1/" not in page.content.decode()
