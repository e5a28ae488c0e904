"""A backup holds everything, is made while people work, and comes back whole or not at all."""

import json
import zipfile
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from allies.models import AccessNeeds, Person
from allies.services.keeping import keep
from meetings.exporting.record import the_record
from meetings.models import Paper
from meetings.safekeeping.backup import make_backup
from meetings.safekeeping.restore import CannotRestore, restore_backup
from meetings.safekeeping.snapshot import one_moment
from tests.factories import (
    AccountFactory,
    AssignmentFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MentionFactory,
    PersonFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def a_record(uploads, operator):
    """A little of everything, with an upload and a history."""
    account = AccountFactory(person=PersonFactory(full_name="Ife Marlow"))
    account.person.pronouns = "they"
    keep(account.person, by=account)
    AccessNeeds.objects.create(person=account.person, words="Captions")
    owner = AssignmentFactory(person=account.person)
    UpdateFactory(action=owner.action, by=account.person)
    meeting = MeetingFactory()
    AttendanceFactory(meeting=meeting, person=account.person)
    DecisionFactory(meeting=meeting)
    MentionFactory(meeting=meeting, action=owner.action)
    Paper.objects.create(meeting=meeting, title="Income", file=ContentFile(b"so much", name="income.txt"))


def test_a_restored_record_is_the_record_that_was_kept(a_record, uploads, tmp_path):
    before = the_record()
    history = list(Person.history.values_list("full_name", "pronouns", "history_user__email"))
    make_backup(tmp_path / "kept.zip")
    Person.objects.filter(full_name="Ife Marlow").first().history.all().delete()
    PersonFactory(full_name="Somebody later")
    for path in uploads.rglob("*.txt"):
        path.unlink()

    restore_backup(tmp_path / "kept.zip", replace=True)

    assert the_record() == before
    assert list(Person.history.values_list("full_name", "pronouns", "history_user__email")) == history
    assert AccessNeeds.objects.get().words == "Captions"
    with Paper.objects.get().file.open() as upload:
        assert upload.read() == b"so much"
    assert PersonFactory().pk not in {person["id"] for person in before["people"]}


def test_restore_refuses_to_overwrite_without_being_told(a_record, tmp_path):
    make_backup(tmp_path / "kept.zip")
    with pytest.raises(CommandError, match="There is a record here already"):
        call_command("restore", str(tmp_path / "kept.zip"))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is not a backup"), (b"a letter to the group", "is not a backup")],
)
def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path, content, words):
    path = tmp_path / "kept.zip"
    path.write_bytes(content)
    with pytest.raises(CannotRestore, match=words):
        restore_backup(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CannotRestore, match="There is no file"):
        restore_backup(tmp_path / "nowhere.zip")


def test_half_a_backup_changes_nothing(a_record, tmp_path):
    path = tmp_path / "kept.zip"
    make_backup(path)
    path.write_bytes(path.read_bytes()[:-400])
    before = the_record()
    with pytest.raises(CannotRestore):
        restore_backup(path, replace=True)
    assert the_record() == before


def test_an_altered_backup_changes_nothing(a_record, tmp_path):
    make_backup(tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as kept, zipfile.ZipFile(tmp_path / "bent.zip", "w") as bent:
        for name in kept.namelist():
            content = kept.read(name)
            bent.writestr(name, content.replace(b"Ife", b"Ada") if name == "record.jsonl" else content)
    before = the_record()
    with pytest.raises(CannotRestore, match="damaged"):
        restore_backup(tmp_path / "bent.zip", replace=True)
    assert the_record() == before


def test_a_backup_whose_bytes_went_bad_changes_nothing(a_record, tmp_path):
    path = tmp_path / "kept.zip"
    make_backup(path)
    content = bytearray(path.read_bytes())
    for place in range(60, 160):
        content[place] ^= 0xFF
    path.write_bytes(content)
    before = the_record()
    with pytest.raises(CannotRestore, match=r"is not a backup, or only part of one|damaged"):
        restore_backup(path, replace=True)
    assert the_record() == before


def test_a_backup_without_one_of_its_uploads_changes_nothing(a_record, uploads, tmp_path):
    make_backup(tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as kept, zipfile.ZipFile(tmp_path / "bent.zip", "w") as bent:
        for name in kept.namelist():
            if not name.startswith("uploads/"):
                bent.writestr(name, kept.read(name))
    PersonFactory(full_name="Somebody later")
    before = the_record()
    with pytest.raises(CannotRestore, match="an upload is missing"):
        restore_backup(tmp_path / "bent.zip", replace=True)
    assert the_record() == before
    with Paper.objects.get().file.open() as upload:
        assert upload.read() == b"so much"


def test_nobody_else_on_the_machine_may_read_a_backup(a_record, tmp_path):
    make_backup(tmp_path / "kept.zip")
    assert (tmp_path / "kept.zip").stat().st_mode & 0o777 == 0o600


def test_a_backup_of_a_later_version_is_refused(a_record, tmp_path):
    make_backup(tmp_path / "kept.zip")
    with (
        zipfile.ZipFile(tmp_path / "kept.zip") as kept,
        zipfile.ZipFile(tmp_path / "later.zip", "w") as later,
    ):
        for name in kept.namelist():
            content = kept.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"].append("meetings.0999_from_the_future")
                content = json.dumps(manifest).encode()
            later.writestr(name, content)
    with pytest.raises(CannotRestore, match="made by a later version"):
        restore_backup(tmp_path / "later.zip", replace=True)


def test_a_backup_sees_one_moment_while_somebody_else_writes(tmp_path):
    """On a file, as the record is kept: a database in memory has no two moments."""
    reader, writer = connection.copy(), connection.copy()
    if connection.vendor == "sqlite":
        for one in (reader, writer):
            one.settings_dict = {**connection.settings_dict, "NAME": str(tmp_path / "record.sqlite3")}
    try:
        with writer.cursor() as write, reader.cursor() as read:
            write.execute("CREATE TABLE a_moment (words text)")
            write.execute("INSERT INTO a_moment VALUES ('before')")
            with one_moment(reader):
                read.execute("SELECT count(*) FROM a_moment")
                assert read.fetchone() == (1,)
                write.execute("INSERT INTO a_moment VALUES ('meanwhile')")
                read.execute("SELECT count(*) FROM a_moment")
                assert read.fetchone() == (1,)
            read.execute("SELECT count(*) FROM a_moment")
            assert read.fetchone() == (2,)
            write.execute("DROP TABLE a_moment")
    finally:
        reader.close()
        writer.close()


def test_an_upload_that_cannot_be_read_leaves_no_half_backup(a_record, uploads, tmp_path):
    for path in uploads.rglob("*.txt"):
        path.unlink()
    with pytest.raises(CommandError, match="could not be written"):
        call_command("backup", str(tmp_path / "kept.zip"))
    assert list(tmp_path.glob("*.zip*")) == []


def test_the_command_says_what_it_kept(a_record, settings, tmp_path):
    settings.ALLIES_DATA = tmp_path
    out = StringIO()
    call_command("backup", stdout=out)
    assert "and 1 uploads in" in out.getvalue()
    assert len(list((tmp_path / "backups").glob("allies-*.zip"))) == 1
