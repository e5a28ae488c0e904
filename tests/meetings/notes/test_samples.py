"""Invented notes in the styles of many houses, each read as its people would read it."""

import json
from pathlib import Path
from typing import Any

import pytest

from meetings.notes.document import NotesDocument, to_json
from meetings.notes.reading import read, read_with_places

SAMPLES = Path(__file__).parent / "samples"
PATHS = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".md", ".html"})
LIKENESS = {"date", "starts", "ends", "present", "apologies", "interests", "next", "actions"}


def likeness(document: NotesDocument) -> dict[str, Any]:
    """What the expected files say of a document."""
    data = to_json(document)
    return {
        "date": data["date"],
        "starts": data["starts"],
        "ends": data["ends"],
        "present": [one["name"] for one in data["attendance"] if one["presence"] == "present"],
        "apologies": [one["name"] for one in data["attendance"] if one["presence"] == "apologies"],
        "interests": data["interests"]["state"],
        "next": [one["date"] for one in data["next_meetings"]],
        "actions": [
            {
                "section": one["section"],
                "text": one["text"],
                "owners": [owner["as_written"] for owner in one["owners"]],
                "date": one["deadline"] and one["deadline"]["date"],
                "status": one["status"],
            }
            for one in data["actions"]
        ],
    }


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_sample_is_read_as_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert set(expected) == LIKENESS
    assert likeness(read(path.read_bytes(), path.name)) == expected


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_the_places_of_a_sample_point_into_its_source(path: Path) -> None:
    source = path.read_text(encoding="utf-8").split("\n")
    reading = read_with_places(path.read_bytes(), path.name)
    assert all(1 <= first <= last <= len(source) for first, last in reading.places.values())
    for number, one in enumerate(reading.document.attendance):
        first, last = reading.places["attendance", number]
        said = " ".join(source[first - 1 : last])
        assert one.name.split()[-1] in said
    for number, action in enumerate(reading.document.actions):
        first, last = reading.places["actions", number]
        said = " ".join(source[max(0, first - 2) : last])
        assert action.text.split()[0] in said
