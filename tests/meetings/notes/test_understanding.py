"""What a marked line says: its words, whose it is, by when, how it was decided."""

import re
from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status
from meetings.notes.document import Marker, Owner, OwnerRole, Reached
from meetings.notes.owners import Roster
from meetings.notes.people import split_names
from meetings.notes.reading import read_text
from meetings.notes.understanding import (
    LONGEST,
    Doubt,
    Place,
    Understood,
    Votes,
    understand,
    understand_marked,
)

MEETING = date(2025, 11, 19)
ONCE, MONTH, DATE, NEXT = (
    DeadlineKind.CONDITION,
    DeadlineKind.MONTH,
    DeadlineKind.DATE,
    DeadlineKind.NEXT_MEETING,
)


def understood(line: str) -> Understood:
    return understand(line, meeting_date=MEETING)


def leads(*names: str) -> tuple[Owner, ...]:
    return tuple(Owner(name) for name in names)


@pytest.mark.parametrize(
    ("line", "words", "owners", "deadline"),
    [
        (
            "ACTION: Bel to share the equality strategy with the group once able",
            "Share the equality strategy with the group once able",
            leads("Bel"),
            Deadline("once able", ONCE),
        ),
        (
            "ACTION – Bel / Kit: draft a proposal by 31 Jan 2026",
            "Draft a proposal",
            leads("Bel", "Kit"),
            Deadline("31 Jan 2026", DATE, "2026-01-31"),
        ),
        (
            "ACTION: all Allies to introduce contacts, ongoing",
            "Introduce contacts",
            leads("all Allies"),
            Deadline("ongoing", DeadlineKind.ONGOING),
        ),
        (
            "ACTION: Team with support from Ada to update the page",
            "Update the page",
            (Owner("Team"), Owner("Ada", OwnerRole.SUPPORT)),
            None,
        ),
        (
            "ACTION:** draft the plan (Bel, Kit) by end of March",
            "Draft the plan",
            leads("Bel", "Kit"),
            Deadline("end of March", MONTH, "2026-03"),
        ),
        (
            "- **ACTION:** Bel and Kit will write to the school at next meeting",
            "Write to the school",
            leads("Bel", "Kit"),
            Deadline("at next meeting", NEXT),
        ),
        (
            "ACTION: Grace to send names of two people from the 2023 consultation by 6 March",
            "Send names of two people from the 2023 consultation",
            leads("Grace"),
            Deadline("6 March", DATE, "2026-03-06"),
        ),
        (
            "ACTION: By 31 Jan 2026, Bel to draft the plan",
            "Draft the plan",
            leads("Bel"),
            Deadline("31 Jan 2026", DATE, "2026-01-31"),
        ),
        (
            "ACTION: Once the funding is in, Bel to plan the day",
            "Once the funding is in, plan the day",
            leads("Bel"),
            Deadline("Once the funding is in", ONCE),
        ),
        (
            "ACTION: Bel – book the hall – ASAP",
            "Book the hall",
            leads("Bel"),
            Deadline("ASAP", DeadlineKind.ASAP),
        ),
        (
            "ACTION: Bel and the core team to look at the Our Place page",
            "Look at the Our Place page",
            leads("Bel", "the core team"),
            None,
        ),
        (
            "ACTION: Bel to introduce contacts on an ongoing basis",
            "Introduce contacts",
            leads("Bel"),
            Deadline("on an ongoing basis", DeadlineKind.ONGOING),
        ),
        ("ACTION: book the hall", "Book the hall", (), None),
    ],
)
def test_an_action_gives_its_words_its_owners_and_its_deadline(line, words, owners, deadline):
    found = understood(line)
    assert (found.marker, found.words, found.owners, found.deadline, found.sure) == (
        Marker.ACTION,
        words,
        owners,
        deadline,
        True,
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ACTION: Bel to have the draft ready by 3 Dec", "Have the draft ready by 3 Dec"),
        (
            "ACTION: Bel to send the paper by 3 Dec and to thank the team",
            "Send the paper by 3 Dec and to thank the team",
        ),
        ("ACTION: Bel to resign by 3 Dec", "Resign by 3 Dec"),
        ("ACTION: Bel will not book the hall", "Bel will not book the hall"),
        ("ACTION: Bel to share the slides with the notes", "Share the slides with the notes"),
        ("ACTION: Ask Bel to draft the plan", "Ask Bel to draft the plan"),
    ],
)
def test_where_cutting_would_leave_an_odd_sentence_it_stays_whole(line, words):
    assert understood(line).words == words


def test_of_several_deadlines_the_last_is_taken_and_the_others_are_told():
    found = understood("ACTION: Bel to write to Kit by 3 Dec and report by 31 Jan 2026")
    assert (found.words, found.deadline, found.other_deadlines, found.doubts) == (
        "Write to Kit by 3 Dec and report by 31 Jan 2026",
        Deadline("31 Jan 2026", DATE, "2026-01-31"),
        (Deadline("3 Dec", DATE, "2025-12-03"),),
        (Doubt.SEVERAL_DEADLINES,),
    )


def test_a_condition_beside_a_date_is_no_doubt():
    found = understood("ACTION: Bel to share the plan once the board has agreed, by 3 Dec")
    assert (found.deadline.date, [one.as_written for one in found.other_deadlines], found.sure) == (
        "2025-12-03",
        ["once the board has agreed"],
        True,
    )


def test_the_day_of_which_something_speaks_gives_way_to_its_deadline():
    found = understood("ACTION: Bel to book the hall for 10 February 2026 by 12 Jan")
    assert (found.words, found.deadline.date, found.sure) == (
        "Book the hall for 10 February 2026",
        "2026-01-12",
        True,
    )


def test_what_may_be_the_matter_itself_is_proposed_and_stays_in_the_words():
    found = understood("ACTION: Bel to bring a one-page plan to the next meeting")
    assert (found.words, found.deadline, found.doubts) == (
        "Bring a one-page plan to the next meeting",
        Deadline("the next meeting", NEXT),
        (Doubt.DEADLINE_OR_MATTER,),
    )


def test_a_second_sentence_for_somebody_else_may_be_another_action():
    found = understood("ACTION: Bel to draft the plan by 3 Dec. Kit to check it.")
    assert (found.owners, found.words, found.doubts) == (
        leads("Bel"),
        "Draft the plan by 3 Dec. Kit to check it.",
        (Doubt.ANOTHER_TASK,),
    )


def test_a_status_at_the_end_is_no_part_of_the_words():
    found = understood("ACTION: Bel to book the hall [in progress]")
    assert (found.words, found.status) == ("Book the hall", Status.IN_PROGRESS)


def test_a_name_that_nobody_at_the_meeting_has_is_a_doubt():
    roster = Roster.of(split_names("Bel Marsh, Kit Sorensen"), "")
    known = understand("ACTION: Bel to book the hall", meeting_date=MEETING, roster=roster)
    unknown = understand("ACTION: Orla to book the hall", meeting_date=MEETING, roster=roster)
    assert (known.doubts, unknown.owners, unknown.doubts) == ((), leads("Orla"), (Doubt.OWNER_NOT_KNOWN,))


def test_a_line_still_being_typed_is_a_doubt():
    assert understood("ACTION: Bel").doubts == (Doubt.TOO_SHORT,)


def test_places_are_those_of_the_line_as_it_was_typed():
    line = "  -  ACTION:  Bel  and Kit to draft a plan for Bel by  31 Jan 2026."
    found = understood(line)
    assert [line[one.start : one.end] for one in (*found.owner_places, found.deadline_place)] == [
        "Bel",
        "Kit",
        "31 Jan 2026",
    ]
    assert found.owner_places[0] == Place(14, 17)


def test_without_the_day_of_the_meeting_no_year_is_invented():
    found = understand("ACTION: Bel to book the hall by 3 Dec", meeting_date=None)
    assert (found.words, found.deadline) == ("Book the hall by 3 Dec", None)


def test_the_order_of_day_and_month_is_that_of_the_notes():
    line = "ACTION: Bel to book the hall by 3/4/2026"
    assert [
        understand(line, meeting_date=MEETING, day_first=order).deadline.date for order in (True, False)
    ] == ["2026-04-03", "2026-03-04"]


@pytest.mark.parametrize(
    ("line", "words", "reached", "votes"),
    [
        (
            "AGREED: community members are paid to co-lead the review",
            "Community members are paid to co-lead the review",
            Reached.AGREED,
            None,
        ),
        ("DECISION: pay people by the hour (agreed by all)", "Pay people by the hour", Reached.BY_ALL, None),
        ("AGREED: by all: meet online", "Meet online", Reached.BY_ALL, None),
        (
            "AGREED: Everyone agreed that we wait for the report",
            "We wait for the report",
            Reached.BY_ALL,
            None,
        ),
        ("DECISION: keep two chairs – majority 5 to 2", "Keep two chairs", Reached.MAJORITY, Votes(5, 2)),
        (
            "AGREED: keep two chairs, by a majority (5 for, 2 against, 1 abstained)",
            "Keep two chairs",
            Reached.MAJORITY,
            Votes(5, 2),
        ),
        (
            "DECISION: keep two chairs (2 against, 7 in favour)",
            "Keep two chairs",
            Reached.MAJORITY,
            Votes(7, 2),
        ),
        ("DECISION: keep two chairs (9 for, none against)", "Keep two chairs", Reached.BY_ALL, Votes(9, 0)),
        ("DECISION: carried by 5 votes to 2: keep it open", "Keep it open", Reached.MAJORITY, Votes(5, 2)),
        ("DECISION: advice: wait a year", "Wait a year", Reached.ADVICE, None),
        ("DECISION: wait a year (advice)", "Wait a year", Reached.ADVICE, None),
        ("RESOLVED: The group advised to wait", "The group advised to wait", Reached.ADVICE, None),
        ("DECISION: hold the day in June, 10 to 12", "Hold the day in June, 10 to 12", Reached.AGREED, None),
    ],
)
def test_a_decision_says_how_it_was_reached(line, words, reached, votes):
    found = understood(line)
    assert (found.marker, found.words, found.reached, found.votes, found.sure) == (
        Marker.DECISION,
        words,
        reached,
        votes,
        True,
    )


@pytest.mark.parametrize(
    ("line", "owners"),
    [
        ("OFFER: Bel and Kit happy to help with this", leads("Bel", "Kit")),
        ("OFFER: Ada said she would be glad to read a draft", leads("Ada")),
        ("OFFER: Ada can lend her hall", leads("Ada")),
        ("OFFER: a room at the library", ()),
    ],
)
def test_an_offer_keeps_its_words_and_says_who_makes_it(line, owners):
    found = understood(line)
    text = line.removeprefix("OFFER: ")
    assert (found.marker, found.words, found.owners) == (Marker.OFFER, text[0].upper() + text[1:], owners)


def test_a_parked_idea_is_its_words():
    assert understood("PARKED: a summer fair by 3 June") == Understood(
        Marker.PARKED, "A summer fair by 3 June"
    )


@pytest.mark.parametrize(
    "line", ["Bel spoke of the hall", "ACTION:", "Action packed", "\\ACTION: not one", ""]
)
def test_a_line_without_a_marker_is_only_its_words(line):
    found = understood(line)
    assert found == Understood(None, line.removeprefix("\\"))


def test_a_line_whose_marker_was_read_already_says_the_same():
    words = "Bel to book the hall by 31 Jan 2026"
    whole = understood(f"ACTION: {words}")
    split = understand_marked(Marker.ACTION, words, meeting_date=MEETING)
    assert split == replace(whole, owner_places=(Place(0, 3),), deadline_place=Place(24, 35))


def test_a_very_long_line_is_not_taken_apart():
    found = understood("ACTION: " + "Bel to book the hall. " * 100)
    assert (len(found.words) > LONGEST, found.owners, found.doubts) == (True, (), (Doubt.TOO_LONG,))


MARKED = [
    "Bel to share the equality strategy with the group once able",
    "Bel / Kit: draft a proposal for the new page by 31 Jan 2026",
    "all Allies to introduce contacts from the council, ongoing",
    "Team with support from Ada to update the page about the day",
    "Write a short plan for the day (Bel, Kit) by end of March",
    "Bel and Kit will write to the school at next meeting",
    "Once the funding is in, Bel to plan the summer day",
    "Bel to write to the council by 3 Dec and report by 31 Jan 2026",
]


def test_the_importer_understands_markers_as_the_workspace_does():
    notes = "Meeting notes, 19 November 2025\n\nPresent: Bel Marsh, Kit Sorensen, Ada Okafor\n\nProgress\n\n"
    document = read_text(notes + "\n".join(f"- ACTION: {words}" for words in MARKED))
    roster = Roster.of(split_names("Bel Marsh, Kit Sorensen, Ada Okafor"), notes)
    in_workspace = [understand(f"ACTION: {words}", meeting_date=MEETING, roster=roster) for words in MARKED]
    assert [(one.owners, one.deadline) for one in document.actions] == [
        (one.owners, one.deadline) for one in in_workspace
    ]


_PIECES = st.sampled_from(
    (
        "ACTION: DECISION: AGREED: OFFER: PARKED: ACTION – Bel Kit Ada to will and , ; : . ( ) [ ] – - / & by 31 Jan "
        "2026 3/4/26 once able ongoing ASAP next meeting at the for not majority 5 2 against (agreed by all) advice "
        "with support from Owner: Due: Status: done ** * @ draft plan end of March All Allies tbc ~~ \\ ✅ [x] "
        "99/99/9999 0 Feb 30"
    ).split()
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(), st.lists(_PIECES, max_size=30).map(" ".join), st.text().map("ACTION: ".__add__)),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)
def test_no_line_makes_it_raise_and_no_word_is_invented(line, day, day_first):
    found = understand(line, meeting_date=day, day_first=day_first)
    assert bool(found.words) or found.marker is None
    said = line.casefold()
    assert [word for word in re.findall(r"\w+", found.words.casefold()) if word not in said] == []
    for owner, place in zip(found.owners, found.owner_places, strict=True):
        assert place is None or " ".join(line[place.start : place.end].split()) == owner.as_written


@pytest.mark.benchmark
def test_a_hundred_markers_are_understood_while_one_types():
    """Growth, not seconds: a thousand lines cost no more than about ten times a hundred."""

    def cost(number: int) -> float:
        lines = [f"ACTION: Bel to write letter {number}-{one} by 3 Dec" for one in range(number)]
        begun = perf_counter()
        for line in lines:
            understood(line)
        return perf_counter() - begun

    cost(50)
    assert min(cost(1000) for _ in range(2)) < 30 * min(cost(100 + one) for one in range(3))
