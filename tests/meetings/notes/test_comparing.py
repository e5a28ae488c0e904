"""Two versions of an item's notes: nothing that anybody typed is lost, whichever way they are joined."""

from collections import Counter
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.notes.comparing import Piece, Row, RowKind, both, compare, lines_of, rebase

PLAN = "Bel shared the plan"
HALL = "Kit spoke of the hall"
ACTION = "ACTION: Bel to draft a plan"


def text(*lines: str) -> str:
    return "\n".join(lines)


def said(row: Row) -> tuple[str, str, str]:
    return row.kind.value, "".join(one.words for one in row.left), "".join(one.words for one in row.right)


def test_rows_stand_beside_one_another():
    left = text(PLAN, HALL, "Biscuits", ACTION)
    right = text(PLAN, "Kit spoke of the large hall", "Esme asked who comes", ACTION, "Thanks to all")
    assert [said(row) for row in compare(left, right)] == [
        ("same", PLAN, PLAN),
        ("changed", HALL, "Kit spoke of the large hall"),
        ("only_left", "Biscuits", ""),
        ("only_right", "", "Esme asked who comes"),
        ("same", ACTION, ACTION),
        ("only_right", "", "Thanks to all"),
    ]


def test_a_changed_line_says_which_words_differ():
    assert compare("ACTION: Bel to draft a plan", "ACTION: Kit to draft a plan today") == (
        Row(
            RowKind.CHANGED,
            (Piece("ACTION: ", False), Piece("Bel", True), Piece(" to draft a plan", False)),
            (
                Piece("ACTION: ", False),
                Piece("Kit", True),
                Piece(" to draft a plan", False),
                Piece(" today", True),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        (text(PLAN, HALL), text(PLAN, HALL), text(PLAN, HALL)),
        (text(PLAN), text(PLAN, HALL), text(PLAN, HALL)),
        (text(PLAN, "mine", HALL), text(PLAN, "yours", HALL), text(PLAN, "mine", "yours", HALL)),
        (text(PLAN, HALL), text(HALL, PLAN), text(PLAN, HALL)),
        (text(PLAN, PLAN), text(PLAN), text(PLAN, PLAN)),
        ("", "yours", text("", "yours")),
        ("one\r\ntwo\r\n", "one\ntwo\n", "one\ntwo\n"),
    ],
)
def test_both_keeps_every_line_once(left, right, joined):
    assert both(left, right) == joined


BASE = text("one", "two", "three", "four", "five", "six")


@pytest.mark.parametrize(
    ("theirs", "mine", "merged"),
    [
        pytest.param(BASE, text(BASE, "mine"), text(BASE, "mine"), id="only I wrote"),
        pytest.param(text(BASE, "theirs"), BASE, text(BASE, "theirs"), id="only they wrote"),
        pytest.param(text(BASE, "so"), text(BASE, "so"), text(BASE, "so"), id="the same edit by both"),
        pytest.param(
            BASE.replace("two", "TWO"),
            BASE.replace("four", "FOUR"),
            BASE.replace("two", "TWO").replace("four", "FOUR"),
            id="one line between us",
        ),
        pytest.param(
            BASE.replace("two\n", ""),
            text(BASE, "seven"),
            text("one", "three", "four", "five", "six", "seven"),
            id="they took a line out, I wrote on",
        ),
        pytest.param(
            BASE.replace("two", "TWO").replace("six", "SIX"),
            BASE.replace("two", "TWO").replace("four", "FOUR"),
            text("one", "TWO", "three", "FOUR", "five", "SIX"),
            id="one edit the same, two apart",
        ),
        pytest.param(BASE.replace("two", "TWO"), BASE.replace("two", "2"), None, id="the same line"),
        pytest.param(
            BASE.replace("two", "TWO"), BASE.replace("three", "3"), None, id="lines next to each other"
        ),
        pytest.param(text(BASE, "theirs"), text(BASE, "mine"), None, id="both wrote on at the end"),
        pytest.param(BASE.replace("two\n", ""), BASE.replace("two", "TWO"), None, id="taken out and changed"),
        pytest.param(
            BASE.replace("one\n", ""),
            text("two", "three", "four", "five", "six", "one"),
            None,
            id="taken out by one and moved by the other",
        ),
    ],
)
def test_edits_apart_are_joined_and_edits_together_are_asked_about(theirs, mine, merged):
    assert rebase(BASE, theirs, mine) == merged
    assert rebase(BASE, mine, theirs) == merged


_LINE = st.sampled_from(
    ["", "Bel spoke", "Kit spoke", "ACTION: Bel to plan", "  - a reply", "Bel spoke again"]
)
_FREE = st.one_of(_LINE, st.text(max_size=12))
_TEXT = st.lists(_FREE, max_size=9).map("\n".join)
_BASE = st.lists(st.integers(0, 30).map("line {}".format), min_size=4, max_size=14, unique=True)


@st.composite
def _edited(draw: st.DrawFn, base: list[str], who: str) -> list[str]:
    """The base with a few lines taken out, changed or put in, by somebody whose new lines are their own or both's."""
    lines: list[str] = []
    for number, line in enumerate(base):
        match draw(st.sampled_from(["keep"] * 8 + ["drop", "change", "add", "same"])):
            case "keep":
                lines.append(line)
            case "change":
                lines.append(f"{line} {who}")
            case "add":
                lines += [line, f"{who} {number}"]
            case "same":
                lines += [line, f"both {number}"]
    return lines


@st.composite
def _three(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    base = draw(_BASE)
    return base, draw(_edited(base, "theirs")), draw(_edited(base, "mine"))


@settings(max_examples=100, deadline=None)
@given(_TEXT, _TEXT)
def test_every_submitted_line_occurs_in_both(left, right):
    joined = Counter(lines_of(both(left, right)))
    assert joined == Counter(lines_of(left)) | Counter(lines_of(right))


@settings(max_examples=100, deadline=None)
@given(_TEXT, _TEXT)
def test_the_rows_are_both_texts(left, right):
    rows = compare(left, right)
    lefts = ["".join(one.words for one in row.left) for row in rows if row.kind is not RowKind.ONLY_RIGHT]
    rights = ["".join(one.words for one in row.right) for row in rows if row.kind is not RowKind.ONLY_LEFT]
    assert (lefts, rights) == (lines_of(left), lines_of(right))
    if left == right:
        assert {row.kind for row in rows} == {RowKind.SAME}


@settings(max_examples=150, deadline=None)
@given(_three())
def test_what_is_joined_has_all_that_was_added_and_nothing_that_was_taken_out(three):
    base, theirs, mine = three
    merged = rebase(*map("\n".join, three))
    if merged is None:
        assert theirs not in (base, mine) and mine != base
        return
    lines = lines_of(merged)
    added = (set(theirs) | set(mine)) - set(base)
    removed = set(base) - (set(theirs) & set(mine))
    assert added <= set(lines)
    assert not removed & set(lines)
    assert [line for line in lines if line.startswith("both")] == sorted(
        {line for line in lines if line.startswith("both")}, key=lambda line: int(line.split()[1])
    )


@settings(max_examples=150, deadline=None)
@given(_TEXT, _TEXT, _TEXT)
def test_joining_is_the_same_whoever_saved_first_and_never_raises(base, theirs, mine):
    assert rebase(base, theirs, mine) == rebase(base, mine, theirs)
    assert rebase(base, base, mine) == "\n".join(lines_of(mine))


@pytest.mark.benchmark
def test_joining_long_notes_costs_about_as_much_as_they_are_long():
    def cost(number: int) -> float:
        base = [f"Somebody said something number {one}" for one in range(number)]
        theirs, mine = [*base, "theirs"], ["mine", *base]
        begun = perf_counter()
        assert rebase("\n".join(base), "\n".join(theirs), "\n".join(mine)) is not None
        return perf_counter() - begun

    cost(100)
    assert min(cost(5000) for _ in range(3)) < 200 * min(cost(100) for _ in range(5))
