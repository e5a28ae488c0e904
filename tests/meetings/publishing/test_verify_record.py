"""`verify_record` finds whatever was altered behind the application's back, and says where."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse

from meetings.models import NotesVersion, VersionKind
from meetings.notes.frozen import seal as seal_content
from meetings.notes.frozen_notes import document_of
from meetings.notes.writing import write_markdown, write_text
from meetings.safekeeping.backup import make_backup
from meetings.safekeeping.restore import restore_backup
from meetings.safekeeping.verifying import verify_record
from meetings.services.approving import Approving, add_to_notes, seal
from meetings.services.circulating import circulate, reopen
from meetings.services.freezing import freeze
from meetings.services.frozen_content import content_of
from meetings.services.planning import begin_notes
from meetings.services.publishing import publish


@pytest.fixture
def kept(way, team):
    """Circulated, reopened, circulated again, approved, and added to: four versions."""
    circulate(by=team, meeting=way.meeting)
    reopen(by=team, meeting=way.meeting, reason="A name.")
    circulate(by=team, meeting=way.meeting)
    begin_notes(by=team, meeting=way.next_one)
    seal(by=team, meeting=way.meeting, at_meeting=way.next_one, said=Approving(chaired_by_name="Wren Chair"))
    add_to_notes(by=team, meeting=way.meeting, words="The hall holds fifty.")
    return way


def sql(statement: str, *values: object) -> None:
    """Write as somebody would who opened the database with another program."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def altered(number: int, column: str, change) -> None:
    """Alter one of a version's columns of JSON."""
    kept = getattr(NotesVersion.objects.get(number=number), column)
    change(kept)
    sql(
        f"UPDATE meetings_notesversion SET {column} = %s WHERE number = %s",
        json.dumps(kept),
        number,
    )


def found() -> list[str]:
    return [str(one) for one in verify_record().found]


NOTES = "Allies Group, version {}, notes of 19 November 2025, {}"


def test_a_record_nobody_altered_holds(kept):
    verified = verify_record()
    assert (verified.versions, verified.chains, verified.found) == (4, 1, [])


IN_A_VERSION = {
    "the summary of conversation, “The hall” (agenda[0].lines[0].text)": lambda c: c["agenda"][0]["lines"][
        0
    ].update(text="x"),
    "who was there (attendance[0].name)": lambda c: c["attendance"][0].update(name="x"),
    "who was there (attendance[1].presence)": lambda c: c["attendance"][1].update(presence="present"),
    "what was declared (declarations[0].handled[0].how)": lambda c: c["declarations"][0]["handled"][0].update(
        how="noted"
    ),
    "the lists of actions (actions[0].text)": lambda c: c["actions"][0].update(text="x"),
    "the lists of actions (actions[2].status)": lambda c: c["actions"][2].update(status="done"),
    "the lists of actions (actions[0].action)": lambda c: c["actions"][0].update(action=999),
    "decisions (decisions[0].text)": lambda c: c["decisions"][0].update(text="x"),
    "decisions (decisions[0].took_part[0])": lambda c: c["decisions"][0]["took_part"].__setitem__(0, "x"),
    "when and where, and what was said of interests (notes.date)": lambda c: c["notes"].update(
        date="2025-11-20"
    ),
    "who made it (made_by.name)": lambda c: c["made_by"].update(name="x"),
}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_each_thing_that_a_version_holds_is_named_when_it_was_altered(kept):
    for place, change in IN_A_VERSION.items():
        with undone():
            altered(2, "content", change)
            told = found()
        assert told == [f"{NOTES.format(2, 'circulated')}: {place} says something else than was sealed"]


def test_a_row_taken_out_of_a_version_is_named(kept):
    altered(3, "content", lambda content: content["decisions"].pop())
    told = found()
    assert len(told) > 1
    assert all(one.startswith(NOTES.format(3, "approved and sealed")) for one in told[:-1])
    assert "decisions (decisions[1].text) is missing" in " ".join(told)


def test_what_was_altered_in_the_approval_and_the_addendum_is_named(kept):
    altered(3, "content", lambda content: content["approval"].update(chaired_by="x"))
    altered(4, "content", lambda content: content["addenda"][0].update(words="The hall holds sixty."))
    assert found() == [
        f"{NOTES.format(3, 'approved and sealed')}: "
        "the approval (approval.chaired_by) says something else than was sealed",
        f"{NOTES.format(4, 'approved, with an addendum')}: "
        "addenda (addenda[0].words) says something else than was sealed",
    ]


def test_another_salt_or_digest_is_found(kept):
    for column in ("salts", "digests"):
        with undone():
            altered(2, column, lambda kept: kept.update({"made_by.name": "0" * 64}))
            told = found()
        assert (column, any("version 2" in one for one in told)) == (column, True)


def test_words_altered_with_their_digest_are_found_by_the_hash(kept):
    version = NotesVersion.objects.get(number=2)
    again = seal_content(
        version.content | {"group": "Another"},
        meta=version.meta(),
        previous=version.previous,
        new_salt=lambda: "s",
    )
    for column in ("salts", "digests"):
        altered(2, column, lambda kept, column=column: kept.update(getattr(again, column)))
    altered(2, "content", lambda content: content.update(group="Another"))
    assert found() == [
        f"{NOTES.format(2, 'circulated')}: its hash no longer fits what it is, its digests, or the version before it"
    ]


def test_what_a_version_says_of_itself_is_held(kept):
    for column, value in {
        "kind": "published",
        "made_at": "2026-02-03 01:00:00+00:00",
        "hash": "0" * 64,
        "previous": "1" * 64,
    }.items():
        with undone():
            sql(f"UPDATE meetings_notesversion SET {column} = %s WHERE number = 2", value)
            told = found()
        assert (column, any("version 2" in one for one in told)) == (column, True)


def test_an_account_that_was_changed_is_found(kept, chair):
    sql("UPDATE meetings_notesversion SET by_id = %s WHERE number = 2", chair.pk)
    assert found() == [f"{NOTES.format(2, 'circulated')}: names another account than the one that made it"]


def test_a_version_said_to_be_erased_that_was_not_is_found(kept):
    altered(2, "erased", lambda erased: erased.update({"group": "erasure 1"}))
    assert found() == [
        f"{NOTES.format(2, 'circulated')}: group (group) is said to be erased, and still has its salt"
    ]


def test_a_version_that_was_deleted_is_missed(kept):
    told = {}
    for number in (1, 2, 3):
        with undone():
            sql(
                "UPDATE meetings_notesstep SET version_id = NULL, step = 'begin' WHERE version_id IN "
                "(SELECT id FROM meetings_notesversion WHERE number = %s)",
                number,
            )
            sql("DELETE FROM meetings_approval")
            sql("DELETE FROM meetings_notesversion WHERE number = %s", number)
            told[number] = " ".join(found())
    assert [f"version {number}: is missing from the chain" in told[number] for number in told] == [True] * 3
    assert "is said to be sealed, and no version was" in told[3]


def test_the_last_version_is_missed_by_its_step_and_by_its_printed_hash(kept):
    printed = NotesVersion.objects.get(number=4).hash
    sql("UPDATE meetings_notesstep SET step = 'begin', version_id = NULL WHERE step = 'add'")
    sql("DELETE FROM meetings_notesversion WHERE number = 4")
    assert found() == []
    assert [one.where for one in verify_record(hashes=[printed]).found] == [f"The hash {printed}"]


def test_a_step_that_was_deleted_is_missed(kept):
    sql("DELETE FROM meetings_notesstep WHERE step = 'seal'")
    assert found() == [f"{NOTES.format(3, 'approved and sealed')}: the step that froze it is gone"]


NOVEMBER = "WHERE date = '2025-11-19'"
IN_THE_RECORD = {
    "UPDATE meetings_approval SET changes = '[1]'": "the record’s own row of the approval",
    "UPDATE meetings_approval SET chaired_by_as_written = 'x'": "the record’s own row of the approval",
    "UPDATE meetings_agendaitem SET notes = '- x' WHERE title = 'The hall'": "the notes of item “The hall”",
    "UPDATE meetings_agendaitem SET title = 'x' WHERE title = 'The hall'": "the heading of item “The hall”",
    "UPDATE meetings_attendance SET presence = 'absent' WHERE position = 1": "who was there, row",
    "UPDATE meetings_decision SET text = 'x' WHERE text = 'The museum waits.'": "decision",
    "UPDATE meetings_handling SET how = 'noted'": "declaration",
    "UPDATE allies_declaration SET words = 'x'": "declaration",
    f"UPDATE meetings_meeting SET place = 'x' {NOVEMBER}": "when and where it was was altered",
    f"UPDATE meetings_meeting SET stage = 'draft' {NOVEMBER}": "was sealed, and is said to be open",
    f"UPDATE meetings_meeting SET interests_state = 'none_declared' {NOVEMBER}": "what was said of interests",
}


def test_each_row_of_the_closed_record_that_was_altered_is_named(kept):
    for statement, what in IN_THE_RECORD.items():
        with undone():
            sql(statement)
            told = found()
        assert (statement, [what in one for one in told].count(True)) == (statement, 1)
        assert [one for one in told if not one.startswith("Allies Group, ")] == []


def test_a_chain_built_anew_holds_and_no_longer_has_the_printed_hash(kept):
    printed = NotesVersion.objects.get(number=2).hash
    rows = list(NotesVersion.objects.order_by("number"))
    contents = [(one, one.content) for one in rows]
    contents[1][1]["decisions"][0]["text"] = "We keep the hall."
    previous = ""
    for one, content in contents:
        again = seal_content(content, meta=one.meta(), previous=previous, new_salt=lambda: "salt")
        sql(
            "UPDATE meetings_notesversion SET content = %s, salts = %s, digests = %s, hash = %s, previous = %s "
            "WHERE id = %s",
            json.dumps(content),
            json.dumps(again.salts),
            json.dumps(again.digests),
            again.hash,
            previous,
            one.pk,
        )
        previous = again.hash
    assert found() == []
    assert [one.where for one in verify_record(hashes=[printed]).found] == [f"The hash {printed}"]


def test_somebody_else_put_in_for_who_made_a_step_is_found(kept, chair):
    sql("UPDATE meetings_notesstep SET by_id = %s WHERE step = 'seal'", chair.pk)
    assert found() == [
        f"{NOTES.format(3, 'approved and sealed')}: the step that froze it is said to be somebody else’s"
    ]


def test_somebody_else_put_in_for_who_chaired_the_approval_is_found(kept, chair):
    sql("UPDATE meetings_approval SET chaired_by_id = %s, chaired_by_as_written = ''", chair.person_id)
    assert found() == [
        f"{NOTES.format(3, 'approved and sealed')}: the record’s own row of the approval says something else"
    ]


def test_the_public_led_to_a_version_that_was_not_made_for_it_is_found(kept, team):
    publish(by=team, meeting=kept.meeting)
    assert found() == []
    sealed = NotesVersion.objects.get(number=3)
    sql("UPDATE meetings_publication SET version_id = %s", sealed.pk)
    assert found() == [
        "Allies Group, 19 November 2025: what the public reads of it is no version that was published of it"
    ]


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_record", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_ends_with_nothing_to_complain_of_or_with_one(kept):
    assert run() == (0, "Checked 4 versions of 1 group. Everything is as it went out.\n")
    sql("UPDATE meetings_decision SET text = 'x' WHERE text = 'The museum waits.'")
    code, said = run()
    assert (code, said.endswith("Not everything is as it went out.\n")) == (1, True)
    assert run("--hash", "0" * 64)[0] == 1


def test_a_printed_hash_is_answered_with_the_version_it_is_of(kept):
    printed = NotesVersion.objects.get(number=2).hash
    said = f"The hash {printed} is of {NOTES.format(2, 'circulated')}.\n"
    assert run("--hash", printed.upper()) == (
        0,
        f"{said}Checked 4 versions of 1 group. Everything is as it went out.\n",
    )


@pytest.mark.parametrize("write", [write_text, write_markdown])
def test_a_copy_is_held_against_the_version_it_names(kept, tmp_path, write):
    version = NotesVersion.objects.get(number=3)
    copy = tmp_path / "copy.txt"
    text = (
        write(document_of(version.content)) + f"\nAbout this document: Approved. Version 3: {version.hash}.\n"
    )
    copy.write_text(text)
    assert run(str(copy)) == (
        0,
        f"{copy} says what went out: {NOTES.format(3, 'approved and sealed')}.\n"
        "Checked 4 versions of 1 group. Everything is as it went out.\n",
    )
    copy.write_text(text.replace("too small", "large enough"))
    code, said = run(str(copy))
    assert code == 1
    assert "says “- Ada: the hall is large enough”, which did not go out" in said
    copy.write_text(text.replace(version.hash, "a" * 64))
    assert "which is that of no version in this record" in run(str(copy))[1]


@pytest.mark.parametrize("ending", ["docx", "html", "txt", "md", "json"])
def test_each_document_that_goes_out_is_held_against_what_was_sealed(kept, tmp_path, team, signed_in, ending):
    copy = tmp_path / f"copy.{ending}"
    response = signed_in(team).get(reverse("meetings:notes_file", args=[kept.meeting.pk, ending]))
    copy.write_bytes(b"".join(response))
    code, said = run(str(copy))
    assert (code, said.splitlines()[0]) == (
        0,
        f"{copy} says what went out: {NOTES.format(4, 'approved, with an addendum')}.",
    )


def test_a_copy_in_json_is_held_against_the_versions_of_its_day(kept, tmp_path, team, signed_in):
    copy = tmp_path / "copy.json"
    response = signed_in(team).get(reverse("meetings:notes_file", args=[kept.meeting.pk, "json"]))
    content = b"".join(response).decode()
    copy.write_text(content)
    assert run(str(copy))[0] == 0
    copy.write_text(content.replace("Ring the library", "Ring the mayor"))
    assert run(str(copy))[0] == 1


def test_a_file_that_is_no_notes_is_said(kept, tmp_path):
    nothing = tmp_path / "nothing.txt"
    code, said = run(str(nothing))
    assert (code, f"{nothing}: could not be read" in said) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_a_restored_record_passes(kept, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    hashes = list(NotesVersion.objects.values_list("hash", flat=True))
    make_backup(tmp_path / "kept.zip")
    restore_backup(tmp_path / "kept.zip", replace=True)
    verified = verify_record(hashes=hashes)
    assert (verified.versions, verified.found) == (4, [])


def test_a_version_as_the_public_saw_it_is_part_of_the_chain(kept, team):
    content = content_of(kept.meeting, stage=kept.meeting.stage, by=team)
    freeze(by=team, meeting=kept.meeting, kind=VersionKind.PUBLISHED, content=content)
    assert found() == [f"{NOTES.format(5, 'published')}: the step that froze it is gone"]
