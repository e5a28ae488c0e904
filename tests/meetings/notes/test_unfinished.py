"""Which lines of notes being typed are finished."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.notes.unfinished import A_WHILE, STATES, LastSave, State, being_typed, finished_lines

NOW = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)
JUST_NOW = NOW - timedelta(seconds=3)
WREN, BEL = 1, 2


def save(item=1, at=JUST_NOW, by=WREN) -> LastSave:
    return LastSave(item, at, by)


def seen(*texts: str, seconds: int = 2) -> str:
    """What others see of notes that were saved like this, the oldest first, every so many seconds."""
    saved = [State(text, NOW + number * timedelta(seconds=seconds)) for number, text in enumerate(texts)]
    return finished_lines(saved[::-1][:STATES])


@pytest.mark.parametrize(
    ("notes", "finished"),
    [
        ("", ""),
        ("Bel sa", ""),
        ("Bel said so.\n", "Bel said so.\n"),
        ("Bel said so.\n- And Wr", "Bel said so."),
        ("Bel said so.\n\n", "Bel said so.\n\n"),
    ],
)
def test_a_line_is_finished_by_a_newline(notes, finished):
    assert seen(notes) == finished


def test_nothing_was_saved_yet():
    assert seen() == ""


@pytest.mark.parametrize(
    ("texts", "finished"),
    [
        # A new line in the middle is not there until it is finished.
        (["One\nThree", "One\nTw\nThree"], "One\nThree"),
        (["One\nThree", "One\n\nThree", "One\nTw\nThree"], "One\nThree"),
        (["One\nThree", "One\nTw\nThree", "One\nTwo\n\nThree"], "One\nTwo\n\nThree"),
        # A line that was finished is seen as it was, until the new one is.
        (["One\nTwo\nThree\n", "One\nTwo an\nThree\n"], "One\nTwo\nThree\n"),
        (["One\nTwo\nThree\n", "One\nTwo a\nThree\n", "One\nTwo and\nThree\n"], "One\nTwo\nThree\n"),
        # Going on in another line finishes it.
        (["One\nTwo\nThree\n", "One\nTwo and\nThree\n", "One\nTwo and\nThree\nFo"], "One\nTwo and\nThree\n"),
        (["One\n", "One\nTw", "One\nTwo", "One, too\nTwo"], "One\nTwo"),
        # To take a line out, or to leave one empty, finishes at once.
        (["One\nTwo\nThree", "One\nThree"], "One\nThree"),
        (["One\nTwo", "One\n"], "One\n"),
        # Two lines handed in at once: the first is finished.
        (["One", "One\nTwo\nThr"], "One\nTwo"),
    ],
)
def test_a_line_is_seen_as_it_was_left_last(texts, finished):
    assert seen(*texts) == finished


def test_a_line_that_was_paused_in_is_seen_as_it_stood_in_the_pause():
    assert seen("One", "One\nTw", seconds=30) == "One"
    assert seen("One\nTw", "One\nTwo", seconds=30) == "One\nTw"


def test_a_line_that_was_typed_for_longer_than_is_looked_at_is_seen_as_it_was_then():
    texts = ["One\n" + "x" * number for number in range(STATES + 5)]
    assert seen(*texts) == "One\n" + "x" * 5


@given(st.lists(st.text(alphabet="ab \n", max_size=12), min_size=1, max_size=8))
def test_one_line_at_most_is_not_as_it_stands_and_nothing_is_made_up(texts):
    standing, shown = texts[-1].split("\n"), seen(*texts).split("\n")
    written = {line for text in texts for line in text.split("\n")} | {""}
    assert set(shown) <= written
    other = [place for place, line in enumerate(standing) if shown[place : place + 1] != [line]]
    if len(shown) == len(standing):
        assert len(other) <= 1
    else:
        assert standing in [
            [*shown[:place], line, *shown[place:]] for place, line in enumerate(standing)
        ] or (len(standing) == 1 and shown == [""])
    assert len(standing) - len(shown) in {0, 1}


@pytest.mark.parametrize(
    ("saves", "typed"),
    [
        ([save()], {1: JUST_NOW + A_WHILE}),
        ([save(at=NOW - A_WHILE)], {}),
        ([save(at=None)], {}),
        # The writer went on in another item.
        ([save(), save(item=2, at=NOW)], {2: NOW + A_WHILE}),
        # Somebody else is writing there; both are still typing.
        ([save(), save(item=2, at=NOW, by=BEL)], {1: JUST_NOW + A_WHILE, 2: NOW + A_WHILE}),
        # What was saved before in another item finishes nothing.
        ([save(), save(item=2, at=NOW - timedelta(minutes=5))], {1: JUST_NOW + A_WHILE}),
    ],
)
def test_a_line_counts_as_finished_once_left_or_after_a_while(saves, typed):
    assert being_typed(saves, now=NOW) == typed
