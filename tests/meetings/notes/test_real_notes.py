"""The group's own notes and those of other groups, read from where they lie beside the project, never copied here."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType

import pytest

from meetings.notes.document import to_json
from meetings.notes.reading import read

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


def _scores(score: ModuleType, folder: Path) -> dict[str, float]:
    """The score of every set of notes in `folder` that has an expected reading beside it."""
    found = {}
    for label in sorted((folder / "expected").glob("*.json")):
        notes = next(path for path in folder.glob(f"{label.stem}.*") if path.is_file())
        parsed = to_json(read(notes.read_bytes(), notes.name))
        found[label.stem] = score.score(json.loads(label.read_text(encoding="utf-8")), parsed)["overall"]
    return found


def test_both_sets_of_the_groups_own_notes_are_read_whole(score: ModuleType) -> None:
    assert _scores(score, SHARED) == {label.stem: 1.0 for label in (SHARED / "expected").glob("*.json")}


def test_the_notes_of_other_groups_are_read_at_ninety_percent_or_better(score: ModuleType) -> None:
    found = _scores(score, SHARED / "others")
    assert len(found) == 4
    assert sum(found.values()) / len(found) >= 0.95, found
