"""The group's own notes and those of other groups, read from where they lie beside the project, never copied here."""

import importlib.util
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from meetings.notes.document import to_json
from meetings.notes.printed.html import write_html
from meetings.notes.printed.word import write_word
from meetings.notes.reading import read
from tests.meetings.notes.words_by_hand import saved, word_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "notes"
NEEDED = os.environ.get("ALLIES_REQUIRE_SHARED") == "1"


@pytest.fixture(scope="module")
def score() -> ModuleType:
    """The scorer, by its path."""
    path = SHARED / "score.py"
    if not path.is_file():
        if NEEDED:
            pytest.fail(f"The shared notes are not beside the project: {path}")
        pytest.skip("The shared notes are not beside the project.")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _as_typed(text: bytes) -> bytes:
    return text


def _scores(score: ModuleType, folder: Path, made: Callable[[bytes], bytes] = _as_typed) -> dict[str, float]:
    """The score of every set of notes in `folder` that has an expected reading beside it; `made`: the file of it."""
    found = {}
    for label in sorted((folder / "expected").glob("*.json")):
        notes = next(path for path in folder.glob(f"{label.stem}.*") if path.is_file())
        parsed = to_json(read(made(notes.read_bytes()), notes.name))
        found[label.stem] = score.score(json.loads(label.read_text(encoding="utf-8")), parsed)["overall"]
    return found


def test_both_sets_of_the_groups_own_notes_are_read_whole(score: ModuleType) -> None:
    assert _scores(score, SHARED) == {label.stem: 1.0 for label in (SHARED / "expected").glob("*.json")}


@pytest.mark.parametrize(
    "made",
    [
        lambda text: saved(word_of(text.decode())),
        lambda text: write_word(read(text)),
        lambda text: write_html(read(text)).encode(),
    ],
    ids=["typed into Word", "as Word of ours", "as HTML of ours"],
)
def test_the_groups_own_notes_are_read_as_well_from_a_document(score: ModuleType, made) -> None:
    assert _scores(score, SHARED, made) == {label.stem: 1.0 for label in (SHARED / "expected").glob("*.json")}


def test_the_notes_of_other_groups_are_read_at_ninety_percent_or_better(score: ModuleType) -> None:
    found = _scores(score, SHARED / "others")
    assert len(found) == 4
    assert sum(found.values()) / len(found) >= 0.95, found
