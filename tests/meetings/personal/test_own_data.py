"""A copy of one's own data: whole, one's own alone, and without what is withheld or somebody else's to read."""

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allies.models import AccessNeeds, Account, Body, Declaration, Person
from allies.powers import Refused
from allies.services.keeping import keep
from meetings.exporting.personal import PRIVATE, personal_data
from meetings.exporting.personal_sections import LEFT_OUT, SECTIONS, For
from meetings.models import Paper, SourceDocument
from meetings.notes.document import NotesDocument, to_json
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    ConcernFactory,
    ConcernRaiserFactory,
    DecisionFactory,
    InterestFactory,
    MeetingFactory,
    PersonFactory,
    ProjectFactory,
    UpdateFactory,
    WithholdingFactory,
)


def opened(response) -> zipfile.ZipFile:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(BytesIO(response.content))


def rows(archive: zipfile.ZipFile, heading: str) -> list[dict[str, str]]:
    sections = json.loads(archive.read("data.json"))["sections"]
    return next((one["rows"] for one in sections if one["heading"] == heading), [])


def everything_in(archive: zipfile.ZipFile) -> str:
    return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.fixture
def take(signed_in):
    return lambda account, person: opened(signed_in(account).get(f"/people/{person.pk}/data/download/"))


# ---- Nothing is forgotten


def test_every_column_that_points_to_a_person_or_an_account_is_in_the_copy_or_left_out_with_a_reason():
    pointing = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not hasattr(model, "instance_type")  # rows of history are told as history
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (Person, Account)
    }
    assert {section.whose for section in SECTIONS} | LEFT_OUT.keys() == pointing
    assert {section.whose for section in SECTIONS} & LEFT_OUT.keys() == set()
    assert all(reason.endswith(".") for reason in LEFT_OUT.values())


def test_every_section_names_columns_that_are_there():
    for section in SECTIONS:
        names = {field.name for field in apps.get_model(section.model)._meta.fields}
        assert set(section.without) <= names, section.heading


def test_a_copy_holds_what_is_kept(ally, team, group, take, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = ally.person
    Person.objects.filter(pk=person.pk).update(full_name="Ines Okafor", short_name="Ines", pronouns="she/her")
    AccessNeeds.objects.create(person=person, words="A ramp.")
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    AttendanceFactory(meeting=meeting, person=person)
    AgendaItemFactory(meeting=meeting, title="The hall", notes="- Ines Okafor: too cold\n- somebody else")
    DecisionFactory(meeting=meeting, text="Ines Okafor rings the library.")
    action = ActionFactory(body=group, text="Ring the library")
    AssignmentFactory(action=action, person=person)
    UpdateFactory(action=action, by=person, note="Rang them.")
    AssessmentFactory(risk__body=group, by=person, reason="It is cold.")
    InterestFactory(person=person, full_words="My sister runs it.", private=True)
    Declaration.objects.create(person=person, body=group, on=meeting.date, words="Chairs the trust.")
    ConcernRaiserFactory(concern=ConcernFactory(body=group), person=person, words="Nobody rang back.")
    paper = Paper(meeting=meeting, title="Plan")
    paper.file.save("plan.txt", ContentFile(b"Warm it."), save=False)
    keep(paper, by=ally)
    document = to_json(NotesDocument(title="T"))
    SourceDocument.objects.create(meeting=meeting, text="As it came.", understood=document, by=ally)
    archive = take(ally, person)
    (you,) = rows(archive, "You")
    assert (you["Full name"], you["Pronouns"]) == ("Ines Okafor", "she/her")
    assert rows(archive, "What you need to take part") == [
        {"Person": "Ines Okafor", "What you need to take part": "A ramp."}
    ]
    assert [row["Body"] for row in rows(archive, "Places on groups")] == ["Allies Group"]
    assert rows(archive, "Interests in the register")[0]["What it is"] == "My sister runs it."
    assert rows(archive, "What you declared at meetings")[0]["Words"] == "Chairs the trust."
    assert [row["Action"] for row in rows(archive, "Actions you carry or carried")] == ["Ring the library"]
    assert [row["Note"] for row in rows(archive, "What you said of actions")] == ["Rang them."]
    assert [row["Why"] for row in rows(archive, "Scores you gave")] == ["It is cold."]
    assert [row["Words"] for row in rows(archive, "Concerns you raised")] == ["Nobody rang back."]
    assert len(rows(archive, "Meetings: whether you were there")) == 1
    assert [row["Words"] for row in rows(archive, "Where your name stands")] == [
        "- Ines Okafor: too cold",
        "Ines Okafor rings the library.",
    ]
    assert {row["What"] for row in rows(archive, "What you changed in the record")} == {"paper added"}
    assert archive.read(f"uploads/{paper.pk}-plan.txt") == b"Warm it."
    assert [name for name in archive.namelist() if name.startswith("uploads/notes-2025-11-19")] != []
    page = archive.read("index.html").decode()
    assert "What is kept about Ines Okafor" in page
    assert "My sister runs it." in page


# ---- Whose it is


def test_only_the_person_and_the_team_take_it(ally, chair, team, signed_in):
    someone = PersonFactory()
    for account in (ally, chair):
        assert signed_in(account).get(f"/people/{someone.pk}/data/").status_code == 403
        assert signed_in(account).get(f"/people/{someone.pk}/data/download/").status_code == 403
        with pytest.raises(Refused):
            personal_data(by=account, person=someone)
    assert signed_in(team).get(f"/people/{someone.pk}/data/").status_code == 200


def test_the_team_gets_no_private_words_and_nothing_that_is_theirs_alone(ally, team, group, take):
    person = ally.person
    InterestFactory(person=person, full_words="My sister runs it.", private=True)
    InterestFactory(person=person, full_words="A seat on its board.")
    ConcernRaiserFactory(concern=ConcernFactory(body=group), person=person, words="Nobody rang back.")
    archive = take(team, person)
    said = everything_in(archive)
    assert "sister" not in said
    assert "Nobody rang back" not in said
    assert [row["What it is"] for row in rows(archive, "Interests in the register")] == [
        PRIVATE,
        "A seat on its board.",
    ]
    alone = [section.heading for section in SECTIONS if section.who is For.THEM_ALONE]
    assert json.loads(archive.read("data.json"))["for_the_person_alone"] == alone


def test_whoever_left_still_gets_their_own(former_chair, group, take):
    action = ActionFactory(body=group, text="Ring the library")
    AssignmentFactory(action=action, person=former_chair.person)
    archive = take(former_chair, former_chair.person)
    assert [row["Action"] for row in rows(archive, "Actions you carry or carried")] == ["Ring the library"]
    assert rows(archive, "Where your name stands") == []


def test_what_is_withheld_from_them_stays_out_but_for_what_they_declared_themselves(ally, group, take):
    person, project = ally.person, ProjectFactory(name="Kingfisher")
    action = ActionFactory(body=group, about_project=project, text="Watch the heronry")
    AssignmentFactory(action=action, person=person)
    UpdateFactory(action=action, by=person, note="The heronry is watched.")
    item = AgendaItemFactory(meeting__body=group, about_project=project, notes=f"- {person}: the heronry")
    ConcernRaiserFactory(
        concern=ConcernFactory(body=group, about_project=project), person=person, words="On the heronry."
    )
    InterestFactory(person=person, about_project=project, full_words="I sit on its board.")
    WithholdingFactory(person=person, about_project=project, why="The heronry is theirs.")
    archive = take(ally, person)
    assert item.meeting_id
    assert "heronry" not in everything_in(archive)
    assert rows(archive, "Interests in the register")[0]["What it is"] == "I sit on its board."


def test_it_asks_as_often_whatever_there_is(ally, group):
    def asked() -> int:
        account = Account.objects.get(pk=ally.pk)
        with CaptureQueriesContext(connection) as queries:
            personal_data(by=account, person=account.person)
        return len(queries)

    add_rows_of(ally, group, 0)
    once = asked()
    for number in range(1, 8):
        add_rows_of(ally, group, number)
    assert asked() == once


def add_rows_of(ally: Account, group: Body, number: int) -> None:
    person = ally.person
    meeting = MeetingFactory(body=group, date=date(2025, 1, number + 1))
    AttendanceFactory(meeting=meeting, person=person)
    AgendaItemFactory(meeting=meeting, notes=f"- {person} said so", chaired_by=person)
    action = ActionFactory(body=group)
    AssignmentFactory(action=action, person=person)
    UpdateFactory(action=action, by=person)
    AppointmentFactory(person=person, body=group, starts=f"{1990 + number}")
    InterestFactory(person=person, about_project=ProjectFactory())
    ConcernRaiserFactory(concern=ConcernFactory(body=group), person=person)
    AssessmentFactory(risk__body=group, by=person)
