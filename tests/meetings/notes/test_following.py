"""An edited line keeps its link; what only a person can tell is asked; nothing is lost by deleting a line."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.notes.following import Edited, Following, KnownLine, New, Same, Twice, Unsure, follow

PLAN = "Bel to draft a plan for the summer day"
HALL = "Kit to book the hall in Elm Street"
LETTER = "Ada to write to the school about the survey"
WEBSITE = "Grace to put the report on the website by 3 Dec"


def known(*lines: str) -> list[KnownLine[str]]:
    """Lines under the keys a, b, c, … in their order."""
    return [KnownLine(chr(ord("a") + number), words) for number, words in enumerate(lines)]


def followed(before: tuple[str, ...], now: tuple[str, ...]) -> Following[str]:
    return follow(known(*before), now)


@pytest.mark.parametrize(
    ("before", "now", "lines"),
    [
        pytest.param((PLAN, HALL), (PLAN, HALL), (Same("a"), Same("b")), id="nothing changed"),
        pytest.param((PLAN, HALL), (HALL, PLAN), (Same("b"), Same("a")), id="two lines changed places"),
        pytest.param(
            (PLAN, HALL), (PLAN, LETTER, HALL), (Same("a"), New(), Same("b")), id="a line came between"
        ),
        pytest.param((PLAN,), (PLAN, HALL), (Same("a"), New()), id="a line came after"),
        pytest.param(
            ("Bel to draft a plna for the summer day", HALL),
            (PLAN, HALL),
            (Edited("a", "Bel to draft a plna for the summer day", PLAN), Same("b")),
            id="a slip of the pen was mended",
        ),
        pytest.param(
            (PLAN,),
            (f"{PLAN} and send it round by 3 Dec",),
            (Edited("a", PLAN, f"{PLAN} and send it round by 3 Dec"),),
            id="a sentence grew longer",
        ),
        pytest.param(
            ("Bel to dra",), (PLAN,), (Edited("a", "Bel to dra", PLAN),), id="it was still being typed"
        ),
        pytest.param(
            (PLAN, HALL, LETTER),
            (HALL, LETTER, PLAN.replace("Bel", "Bel and Kit")),
            (Same("b"), Same("c"), Edited("a", PLAN, PLAN.replace("Bel", "Bel and Kit"))),
            id="moved and edited at once",
        ),
        pytest.param(
            (PLAN, HALL),
            (PLAN.replace("Bel", "Esme"), HALL.replace("Kit", "Hugh")),
            (
                Edited("a", PLAN, PLAN.replace("Bel", "Esme")),
                Edited("b", HALL, HALL.replace("Kit", "Hugh")),
            ),
            id="both given to others",
        ),
        pytest.param(
            (PLAN, HALL, LETTER),
            (PLAN, "Everyone to think about biscuits", LETTER),
            (Same("a"), Unsure(("b",)), Same("c")),
            id="rewritten beyond recognition at the same place",
        ),
        pytest.param(
            ("Bel to draft a plan and to book the hall",),
            ("Bel to draft a plan", "Bel to book the hall"),
            (
                Edited("a", "Bel to draft a plan and to book the hall", "Bel to draft a plan"),
                New(),
            ),
            id="one line split in two",
        ),
        pytest.param(
            ("Bel to draft the plan", "Bel to book the hall"),
            ("Bel to draft the plan and book the hall",),
            (Unsure(("a", "b")),),
            id="two lines joined in one",
        ),
        pytest.param(
            (PLAN,), (PLAN, LETTER, PLAN), (Same("a"), New(), Twice("a")), id="the same line pasted again"
        ),
        pytest.param(
            (PLAN,),
            (PLAN, PLAN.removeprefix("Bel to ").capitalize()),
            (Same("a"), Twice("a")),
            id="said again without the name",
        ),
        pytest.param(
            (PLAN,),
            (PLAN, PLAN.replace("draft", "darft")),
            (Same("a"), Twice("a")),
            id="said again with a slip",
        ),
        pytest.param(
            ("Bel to write to the council about Kit",),
            ("Bel to write to the council about Kit", "Bel to write to the council about Ada"),
            (Same("a"), New()),
            id="the same for somebody else is another action",
        ),
        pytest.param((PLAN, PLAN), (PLAN, PLAN), (Same("a"), Same("b")), id="two lines alike stay two"),
        pytest.param(
            (PLAN, PLAN),
            (f"{PLAN} today", PLAN),
            (Edited("a", PLAN, f"{PLAN} today"), Same("b")),
            id="of two lines alike the one that stood there is edited",
        ),
    ],
)
def test_what_a_line_is_now(before, now, lines):
    assert followed(before, now).lines == lines


def test_lines_that_are_deleted_are_gone_and_that_is_all():
    assert followed((PLAN, HALL, LETTER), (PLAN, LETTER)) == Following((Same("a"), Same("c")), (), ("b",))
    assert followed((PLAN, HALL), ()) == Following((), (), ("a", "b"))


def test_a_line_that_a_question_is_about_is_not_gone():
    found = followed((PLAN, HALL), (PLAN, "Something quite other"))
    assert (found.asked, found.gone) == (("b",), ())


def test_a_line_deleted_and_another_begun_elsewhere_are_no_question():
    assert followed((PLAN, HALL), (HALL, LETTER)) == Following((Same("b"), New()), (), ("a",))


def test_two_lines_that_may_both_be_it_are_asked_about():
    before = ("Bel to draft the plan for spring", "Bel to draft the plan for autumn")
    found = followed(before, ("Bel to draft the plan for winter",))
    assert (found.lines, found.asked) == ((Unsure(("a", "b")),), ("a", "b"))


def test_typing_letter_by_letter_never_loses_the_link():
    lines = known(PLAN, "B", LETTER)
    text = "Bel and Kit to write a short history of the group by 31 Jan 2026"
    for end in range(2, len(text) + 1):
        found = follow(lines, (PLAN, text[:end], LETTER))
        assert found.lines[1] in (Same("b"), Edited("b", lines[1].words, text[:end]))
        lines[1] = KnownLine("b", text[:end])


def test_deleting_words_from_the_end_keeps_the_link_while_half_is_left():
    lines = known(PLAN, WEBSITE, LETTER)
    for end in range(len(WEBSITE) - 1, len(WEBSITE) // 2, -1):
        assert followed((PLAN, WEBSITE, LETTER), (PLAN, WEBSITE[:end], LETTER)).lines[1] == Edited(
            "b", lines[1].words, WEBSITE[:end]
        )


_WORDS = st.sampled_from(
    "Bel Kit Ada to draft plan hall book the school letter report by 3 Dec summer and write Draft DRAFT . –".split()
)
_LINES = st.lists(st.lists(_WORDS, min_size=1, max_size=8).map(" ".join), max_size=7)


@settings(max_examples=150, deadline=None)
@given(_LINES, _LINES)
def test_a_key_is_linked_once_and_every_key_is_accounted_for(before, now):
    lines = known(*before)
    found = follow(lines, now)
    linked = [one.key for one in found.lines if isinstance(one, Same | Edited)]
    assert len(found.lines) == len(now)
    assert sorted([*linked, *found.asked, *found.gone]) == [one.key for one in lines]
    questioned = {key for one in found.lines if isinstance(one, Unsure) for key in one.keys}
    assert questioned == set(found.asked)
    assert follow(lines, now) == found


@settings(max_examples=100, deadline=None)
@given(_LINES)
def test_unchanged_lines_stay_what_they_were(lines):
    assert follow(known(*lines), lines).lines == tuple(Same(one.key) for one in known(*lines))


@settings(max_examples=100, deadline=None)
@given(_LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))))
def test_lines_in_another_order_stay_what_they_were(both):
    lines, moved = both
    found = follow(known(*lines), moved)
    assert {type(one) for one in found.lines} <= {Same}
    assert sorted(one.key for one in found.lines) == [one.key for one in known(*lines)]


@pytest.mark.benchmark
def test_following_a_hundred_lines_costs_little_more_when_one_of_them_changed():
    lines = [f"Bel to write letter {number} to the school about survey {number}" for number in range(100)]
    edited = [*lines[:50], lines[50] + " by 3 Dec", *lines[51:]]

    def cost(now: list[str]) -> float:
        begun = perf_counter()
        follow(known(*lines), now)
        return perf_counter() - begun

    cost(lines)
    assert min(cost(edited) for _ in range(5)) < 20 * min(cost(lines) for _ in range(5))
