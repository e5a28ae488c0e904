"""After an erasure the name stands nowhere: not in a table, old or new, not in a page or a file, not in history."""

import re
import tempfile
from contextlib import suppress
from typing import ClassVar

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction
from django.test import Client, TestCase, override_settings

from allies.checks import every_view
from allies.models import OPERATOR, AccessNeeds, Account, Appointment, OtherName, Person, Post
from allies.names_in_text import REMOVED
from allies.partial_dates import PartialDate
from allies.services.appointments import end_appointment
from meetings.example.loading import load_example
from meetings.models import Erasure, Meeting, NotesVersion, Paper
from meetings.models.publishing import Publication
from meetings.safekeeping.verifying import verify_record
from meetings.services.circulating import circulate
from meetings.services.erasing import erase_person
from meetings.services.publishing import publish
from meetings.services.rewriting import columns_of, tables
from tests.conftest import TODAY
from tests.everything import one_of_everything
from tests.factories import AccountFactory, AppointmentFactory, PersonFactory

NAMED = re.compile(r"carys|\blund\b|cazza", re.IGNORECASE)


def everything_in_the_database() -> list[str]:
    """Every row of every table, whatever model it belongs to or none, a line each."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return found


def naming(lines: list[str]) -> list[str]:
    return [line for line in lines if NAMED.search(line)]


def erase(person: Person) -> Erasure:
    return erase_person(
        by=OPERATOR, person=person, typed_name="carys lund", reason="Carys Lund asked for it."
    )


def plant(person: Person) -> set[str]:
    """Write the name into every column of words of the newest row of every table; gives those that took it."""
    planted = set()
    for model in tables():
        row = model._base_manager.exclude(pk=person.pk if model is Person else None).order_by("-pk").first()
        for field in columns_of(model) if row else ():
            if model in (Person, OtherName) or isinstance(field, models.FileField) or field.unique:
                continue
            value = {"Carys Lund": ["by Cazza"]} if isinstance(field, models.JSONField) else "by Carys Lund"
            if isinstance(field, models.SlugField | models.EmailField | models.URLField):
                value = "carys-lund"
            if getattr(field, "max_length", None) and field.max_length < len(value):
                continue
            with suppress(IntegrityError), transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{field.attname: value})
                planted.add(f"{model.__name__}.{field.name}")
    return planted


@pytest.mark.django_db
def test_wherever_words_can_stand_the_name_goes(today, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one_of_everything()
    carys = PersonFactory(full_name="Carys Lund", short_name="Carys", email="carys.lund@example.org")
    OtherName.objects.create(person=carys, name="Cazza")
    AccountFactory(person=carys, email="cazza@example.org")
    planted = plant(carys)
    assert {
        "AgendaItem.notes",
        "HistoricalMeeting.place",
        "Revision.notes",
        "SourceDocument.understood",
    } <= planted
    assert len(naming(everything_in_the_database())) > 50
    erase(carys)
    assert naming(everything_in_the_database()) == []


@pytest.mark.one_database
class TestAfterAnErasure(TestCase):
    """Somebody of the example group who spoke, carried, declared and went, and whose notes went out."""

    carys: ClassVar[Person]
    erasure: ClassVar[Erasure]
    hashes: ClassVar[dict[int, str]]
    named: ClassVar[int]

    @classmethod
    def setUpClass(cls) -> None:
        cls.enterClassContext(
            override_settings(
                ALLIES_TODAY=TODAY, MEDIA_ROOT=cls.enterClassContext(tempfile.TemporaryDirectory())
            )
        )
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        load_example()
        cls.carys = Person.objects.get(full_name="Carys Lund")
        OtherName.objects.create(person=cls.carys, name="Cazza")
        AccessNeeds.objects.update_or_create(person=cls.carys, defaults={"words": "Carys needs a ramp."})
        for held in Meeting.objects.held().filter(body__slug="allies-group").order_by("date")[:2]:
            circulate(by=OPERATOR, meeting=held)
            cls.publication = publish(by=OPERATOR, meeting=held)
        cls.paper = Paper(meeting=held, title="What Carys Lund sent")
        cls.paper.file.save("Carys Lund, CV.txt", ContentFile(b"A ramp."))
        for place in Appointment.objects.filter(person=cls.carys, ends=""):
            end_appointment(by=OPERATOR, appointment=place, ends=PartialDate.read("2026-01"))
        cls.hashes = dict(NotesVersion.objects.values_list("pk", "hash"))
        cls.named = len(naming(everything_in_the_database()))
        assert verify_record().found == []
        with cls.captureOnCommitCallbacks(execute=True):
            cls.erasure = erase(cls.carys)
        cls.carys.refresh_from_db()

    def test_the_name_stands_in_no_row_of_any_table(self):
        assert self.named > 20
        assert naming(everything_in_the_database()) == []

    def test_the_chain_of_frozen_notes_still_holds_and_says_that_a_name_went(self):
        assert verify_record().found == []
        assert dict(NotesVersion.objects.values_list("pk", "hash")) == self.hashes
        versions = list(NotesVersion.objects.all())
        assert {note for version in versions for note in version.erased.values()} == {
            f"erasure {self.erasure.pk}"
        }
        assert [set(version.salts) & set(version.erased) for version in versions] == [set()] * len(versions)

    def test_no_page_and_no_file_says_it(self):
        lead = AppointmentFactory(
            body=Appointment.objects.filter(post=Post.LEAD)[0].body, post=Post.CORE_TEAM
        )
        self.client.force_login(AccountFactory(person=lead.person))
        told = {}
        for address in self.addresses():
            response = self.client.get(address)
            content = b"".join(response).decode(errors="replace") + str(response.headers)
            if names := set(NAMED.findall(content)):
                told[address] = names
        assert told == {}

    def addresses(self) -> list[str]:
        found = [f"/{path}" for path, _ in every_view() if "<" not in path]
        found += [f"/people/{self.carys.pk}/", f"/people/{self.carys.pk}/history/"]
        for meeting in Meeting.objects.order_by("date")[:4]:
            found += [f"/meetings/{meeting.pk}/", f"/meetings/{meeting.pk}/history/"]
            found += [f"/meetings/{meeting.pk}/notes.{ending}" for ending in ("txt", "md", "json", "html")]
        found += [version.get_absolute_url() for version in NotesVersion.objects.all()]
        public = self.publication.get_absolute_url()
        found += [public, *(f"{public}notes.{ending}" for ending in ("txt", "md", "json", "html"))]
        return [*found, f"/papers/{self.paper.pk}/"]

    def test_what_is_published_is_made_anew_and_says_that_it_changed(self):
        before = self.publication.changed_at
        after = Publication.objects.get(pk=self.publication.pk)
        assert after.changed_at > before
        assert REMOVED in Client().get(after.get_absolute_url()).text

    def test_the_file_that_bore_the_name_has_another_one_and_the_same_content(self):
        paper = Paper.objects.get(pk=self.paper.pk)
        assert paper.file.name == f"papers/{paper.meeting_id}/name-removed_CV.txt"
        with paper.file.open() as file:
            assert file.read() == b"A ramp."
        assert not paper.file.storage.exists(self.paper.file.name)
        assert set(Paper.history.filter(id=paper.pk).values_list("file", flat=True)) == {paper.file.name}

    def test_the_person_is_still_there_without_a_name(self):
        carys = self.carys
        assert (carys.full_name, carys.short_name, carys.pronouns, carys.email) == (REMOVED, "", "", "")
        assert not OtherName.objects.filter(person=carys).exists()
        assert not AccessNeeds.objects.filter(person=carys).exists()
        assert Appointment.objects.filter(person=carys).exists()
        account = Account.objects.get(person=carys)
        assert (account.is_active, account.email) == (False, f"removed-{account.pk}@removed.invalid")

    def test_one_record_says_that_it_was_done_and_not_of_whom(self):
        erasure = Erasure.objects.get()
        assert (erasure.person, erasure.by, erasure.reason) == (self.carys, None, f"{REMOVED} asked for it.")
        assert erasure.counts["frozen versions"] == NotesVersion.objects.exclude(erased={}).count() > 2
        assert erasure.places == sum(erasure.counts.values())
