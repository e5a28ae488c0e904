"""Which lines of notes being typed are finished."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.notes.unfinished import A_WHILE, LastSave, being_typed, finished_lines

NOW = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
JUST_NOW = NOW - timedelta(seconds=3)
WREN, BEL = 1, 2


def save(item=1, at=JUST_NOW, by=WREN, in_a_line=True) -> LastSave:
    return LastSave(item, at, by, in_a_line)


@pytest.mark.parametrize(
    ("notes", "finished"),
    [
        ("", ""),
        ("Bel sa", ""),
        ("Bel said so.\n", "Bel said so.\n"),
        ("Bel said so.\n- And Wr", "Bel said so.\n"),
        ("Bel said so.\n\n", "Bel said so.\n\n"),
    ],
)
def test_a_line_is_finished_by_a_newline(notes, finished):
    assert finished_lines(notes) == finished


@given(st.text(alphabet="ab \n"))
def test_only_the_last_line_is_ever_held_back(notes):
    kept = finished_lines(notes)
    assert notes.startswith(kept)
    assert "\n" not in notes[len(kept) :]


@pytest.mark.parametrize(
    ("saves", "typed"),
    [
        ([save()], {1: JUST_NOW + A_WHILE}),
        ([save(in_a_line=False)], {}),
        ([save(at=NOW - A_WHILE)], {}),
        ([save(at=None)], {}),
        # The writer went on in another item.
        ([save(), save(item=2, at=NOW, in_a_line=False)], {}),
        # Somebody else is writing there; both are still typing.
        ([save(), save(item=2, at=NOW, by=BEL)], {1: JUST_NOW + A_WHILE, 2: NOW + A_WHILE}),
        # What was saved before in another item finishes nothing.
        ([save(), save(item=2, at=NOW - timedelta(minutes=5))], {1: JUST_NOW + A_WHILE}),
    ],
)
def test_a_line_counts_as_finished_once_left_or_after_a_while(saves, typed):
    assert being_typed(saves, now=NOW) == typed
