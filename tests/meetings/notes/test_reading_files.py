"""A file is read, or refused with a sentence that says what to do; and reading is quick."""

import time

import pytest

from meetings.notes.__main__ import main
from meetings.notes.decoding import LARGEST
from meetings.notes.reading import UnreadableNotes, read, read_text
from meetings.notes.times import read_times

NOTES = "Ferry Lane Panel\nMeeting notes: 12 November 2025\n\nPresent: Zoë Marsh, Bo Lark\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n\t ", "empty"),
        ("\ufeff \n".encode(), "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04 word/document.xml", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x00\x01\x02\x03" * 100 + b"\xff", "binary"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"a" * (LARGEST + 1), "larger than 5 MB"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableNotes) as refusal:
        read(content, "notes.txt")
    assert says in str(refusal.value)
    assert str(refusal.value).endswith((".", "?"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_marked_encoding_is_read_without_a_doubt(encoding: str) -> None:
    document = read(NOTES.encode(encoding))
    assert [one.name for one in document.attendance] == ["Zoë Marsh", "Bo Lark"]
    assert document.warnings == ()


def test_windows_letters_are_read_with_a_warning() -> None:
    document = read(NOTES.encode("cp1252"))
    assert [one.name for one in document.attendance] == ["Zoë Marsh", "Bo Lark"]
    assert [one.message[:40] for one in document.warnings] == ["The file does not say how its letters ar"]


@pytest.mark.benchmark
def test_ten_thousand_lines_take_about_ten_times_as_long_as_a_thousand() -> None:
    lines = "".join(
        f"- Bo outlined plan {number} for the ferry, and Zoë asked about oars by 5 March 2026.\n"
        f" - ACTION: Bo to paint boat {number} by 31 Jan 2026\n"
        for number in range(500)
    )
    short, long = NOTES + "Updates\n" + lines, NOTES + "Updates\n" + lines * 10
    begun = time.perf_counter()
    read_text(short)
    between = time.perf_counter()
    read_text(long)
    assert time.perf_counter() - between < 30 * (between - begun)


@pytest.mark.parametrize(
    ("words", "starts", "ends"),
    [
        ("2pm - 4.30pm", "14:00", "16:30"),
        ("14:00–16:00", "14:00", "16:00"),
        ("2-4pm", "14:00", "16:00"),
        ("11am to 1pm", "11:00", "13:00"),
        ("11-1pm", "11:00", "13:00"),
        ("1310 hrs", "13:10", None),
        ("17:30CET", "17:30", None),
        ("7:03 PM", "19:03", None),
        ("7.30 p.m.", "19:30", None),
        ("noon", "12:00", None),
        ("12:15am", "00:15", None),
    ],
)
def test_times_are_read_as_people_write_them(words: str, starts: str, ends: str | None) -> None:
    found = read_times(words)
    assert found is not None
    assert (found.starts, found.ends) == (starts, ends)


@pytest.mark.parametrize(
    "words", ["", "3 June 2024", "item 4.30", "25:00", "£14.50", "2023-2028", "room 2.14"]
)
def test_what_is_no_time_is_not_read_as_one(words: str) -> None:
    assert read_times(words) is None


def test_it_runs_as_a_module_and_refuses_with_code_2(tmp_path, capsys) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(NOTES, encoding="utf-8")
    bad.write_bytes(b"")
    assert (main([str(good)]), main([str(bad)])) == (0, 2)
    printed = capsys.readouterr()
    assert '"date": "2025-11-12"' in printed.out
    assert "This file is empty" in printed.err
