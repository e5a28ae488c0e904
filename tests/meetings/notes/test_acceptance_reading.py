"""The facts that ACCEPTANCE.md asks for, each read from notes in invented words of the same kind."""

from datetime import date

import pytest

from meetings.notes.document import Capacity, InterestsState, Marker, OwnerRole, Presence, Section
from meetings.notes.reading import read_text

HEAD = "Ferry Lane Panel\nMeeting notes: Wednesday 12 November 2025\n\n"
TABLE = "Actions\n\nActions agreed in this meeting\tPerson taking this on\tDeadline\n"


def _table(*rows: tuple[str, str, str]) -> str:
    return HEAD + TABLE + "\n".join("\t".join(row) for row in rows) + "\n\nUpdates\nThere was tea.\n"


def _present(names: str) -> list[str]:
    document = read_text(f"{HEAD}Present: {names}\n")
    return [one.name for one in document.attendance if one.presence is Presence.PRESENT]


def test_acceptance_1_three_ways_of_writing_one_name_stay_as_they_are_written() -> None:
    document = read_text(
        HEAD
        + "Present: Philippa Marsh-Okoro\n\n"
        + TABLE
        + "Ring the bell\tPip\t\nMend the bell\tPhilippa/ Noah\t\n"
    )
    assert [[owner.as_written for owner in one.owners] for one in document.actions] == [
        ["Pip"],
        ["Philippa", "Noah"],
    ]
    assert [one.name for one in document.attendance] == ["Philippa Marsh-Okoro"]


def test_acceptance_2_two_people_with_all_but_one_name_are_two() -> None:
    assert _present("Nora Crabbe, Nora Crabtree, Tam Fell, Tamsin Fellowes") == [
        "Nora Crabbe",
        "Nora Crabtree",
        "Tam Fell",
        "Tamsin Fellowes",
    ]


def test_acceptance_3_a_missing_comma_is_a_warning_and_not_a_guess() -> None:
    document = read_text(f"{HEAD}Present: Holly, Daniel Zoe and Sheila\n")
    assert [one.name for one in document.attendance] == ["Holly", "Daniel Zoe", "Sheila"]
    assert [(one.line, one.message) for one in document.warnings] == [
        (4, "“Daniel Zoe” may be two people: a comma may be missing.")
    ]


def test_acceptance_4_a_line_that_says_they_has_no_speaker_of_that_name() -> None:
    document = read_text(
        f"{HEAD}Updates\n- Ingrid asked about the boat. They also asked about oars.\n- They left.\n"
    )
    assert [line.speaker for line in document.agenda[0].lines] == ["Ingrid", None]


@pytest.mark.parametrize(
    ("written", "name", "capacities"),
    [
        ("Greta Holm (chair)", "Greta Holm", (Capacity.CHAIR,)),
        ("Silas Dent (chaired the meeting)", "Silas Dent", (Capacity.CHAIR,)),
        ("Cleo Serra (co-chair)", "Cleo Serra", (Capacity.CO_CHAIR,)),
        ("Hana Tully (guest, notetaking)", "Hana Tully", (Capacity.GUEST, Capacity.NOTETAKER)),
        ("Dr Ola Brand", "Dr Ola Brand", ()),
    ],
)
def test_acceptance_5_and_7_what_someone_did_is_read_from_the_brackets(
    written: str, name: str, capacities: tuple[Capacity, ...]
) -> None:
    document = read_text(f"{HEAD}Present: Bo Lark, {written}, Jan Moss.\n")
    assert [one.name for one in document.attendance] == ["Bo Lark", name, "Jan Moss"]
    assert (document.attendance[1].as_written, document.attendance[1].capacities) == (written, capacities)


def test_acceptance_9_apology_and_absence_are_two_things() -> None:
    document = read_text(f"{HEAD}Present: Bo Lark\nApologies: Jan Moss\nAbsent: Ned Quist\n")
    assert [(one.name, one.presence) for one in document.attendance] == [
        ("Bo Lark", Presence.PRESENT),
        ("Jan Moss", Presence.APOLOGIES),
        ("Ned Quist", Presence.ABSENT),
    ]


@pytest.mark.parametrize(
    ("words", "day", "starts", "ends"),
    [
        ("Tuesday 27 January 2026, 14:00-16:00", "2026-01-27", "14:00", "16:00"),
        ("Tuesday 27 January 2026, 11:00–13:00", "2026-01-27", "11:00", "13:00"),
        ("27 January 2026", "2026-01-27", None, None),
        ("January 2026", "2026-01", None, None),
    ],
)
def test_acceptance_10_dates_with_either_dash_or_only_a_month(
    words: str, day: str, starts: str | None, ends: str | None
) -> None:
    document = read_text(f"{HEAD}Date of next meeting: {words}.\n")
    found = document.next_meetings[0]
    assert (document.date, document.starts, document.place) == ("2025-11-12", None, None)
    assert (found.as_written, found.date, found.starts, found.ends) == (words, day, starts, ends)


def test_acceptance_11_an_item_names_its_presenter_in_its_heading() -> None:
    document = read_text(
        f"{HEAD}Present: Pip Marsh, Bo Lark\n\nMoney & risk report, Pip\n\n- Pip gave an update.\n\n"
        "DISCUSSION TOPIC 1 – Boats and oars\n\n- Bo noted the leak.\n\nAny other business\n\n- None so "
        "far.\n"
    )
    assert [(item.title, item.presenters, item.kind.value) for item in document.agenda] == [
        ("Money & risk report", ("Pip",), "report"),
        ("DISCUSSION TOPIC 1 – Boats and oars", (), "discussion"),
        ("Any other business", (), "other_business"),
    ]


def test_acceptance_11_a_long_topic_and_a_title_with_those_who_brought_it_are_items() -> None:
    document = read_text(
        f"{HEAD}Present: Pippin Marsh, Bo Lark\n\nMoney & risk report, Pip\n\n- Pip gave an update.\n\n"
        "Boats update – Pip and Bo shared news and the group asked questions which included:\n\n"
        "- Bo shared how the boats fare.\n - Pip asked about oars.\n-\n\n"
        "DISCUSSION TOPIC 2 – How we lend boats to schools and what we ask of the teachers in return\n\n"
        "Discussions that followed included:\n\n- Bo noted the leak.\n - Pip said that it is mended.\n"
    )
    assert [(item.title, item.presenters) for item in document.agenda] == [
        ("Money & risk report", ("Pip",)),
        ("Boats update", ("Pip", "Bo")),
        ("DISCUSSION TOPIC 2 – How we lend boats to schools and what we ask of the teachers in return", ()),
    ]
    assert [(line.text[:16], len(line.children)) for line in document.agenda[1].lines] == [
        ("Pip and Bo share", 0),
        ("Bo shared how th", 1),
    ]
    assert [(line.text[:16], len(line.children)) for line in document.agenda[2].lines] == [
        ("Discussions that", 0),
        ("Bo noted the lea", 1),
    ]


def test_acceptance_12_replies_are_nested_and_keep_who_said_them() -> None:
    document = read_text(
        f"{HEAD}Updates\n- Bo & Jan shared the plan.\n - Pip asked why.\n-\n\n- It was cold.\n"
    )
    lines = document.agenda[0].lines
    assert [(line.text, line.speaker) for line in lines] == [
        ("Bo & Jan shared the plan.", "Bo & Jan"),
        ("It was cold.", None),
    ]
    assert [(line.text, line.speaker) for line in lines[0].children] == [("Pip asked why.", "Pip")]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("No conflicts of interest were declared.", InterestsState.NONE_DECLARED),
        ("", InterestsState.NOT_RECORDED),
        ("Bo Lark declared an interest in the ferry.", InterestsState.DECLARED),
        ("We spoke about guidance on conflicts of interest for trainers.", InterestsState.NOT_RECORDED),
    ],
)
def test_acceptance_13_interests_have_three_states(words: str, state: InterestsState) -> None:
    assert (
        read_text(f"{HEAD}Present: Bo Lark\n\nSummary of conversation\n\n{words}\n").interests.state is state
    )


@pytest.mark.parametrize(
    "words",
    [
        "Jan suggested we keep two chairs, the group agreed.",
        "Everyone agreed that lunch should be paid for.",
        "There was agreement that we need to share our values.",
    ],
)
def test_acceptance_14_decisions_need_no_vote(words: str) -> None:
    document = read_text(f"{HEAD}Updates\n- {words}\n- Nothing else was settled.\n")
    assert [one.text for one in document.decisions] == [words]


def test_acceptance_16_the_next_meeting_is_announced_under_its_heading_before_a_lone_dash() -> None:
    document = read_text(f"{HEAD}Date of next meetings:\n\n- Tuesday 10 March 2026, 11:00–13:00\n-\n")
    assert [one.date for one in document.next_meetings] == ["2026-03-10"]


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("Pip / Ingo", ["Pip", "Ingo"]),
        ("Pip/Lena", ["Pip", "Lena"]),
        ("Philippa/ Noah", ["Philippa", "Noah"]),
        ("Greta, Nora Crabbe", ["Greta", "Nora Crabbe"]),
        ("All Panel Members", ["All Panel Members"]),
        ("", []),
    ],
)
def test_acceptance_18_owners_are_read_as_written(cell: str, owners: list[str]) -> None:
    document = read_text(
        _table(("Paint the boat", cell, "Feb 2026"), ("Sell the boat", "Someone Else", "ASAP"))
    )
    assert [owner.as_written for owner in document.actions[0].owners] == owners


def test_acceptance_18_those_who_support_are_told_from_those_who_lead() -> None:
    document = read_text(_table(("Paint the boat", "Team with support from Cleo", "Feb 2026")))
    assert [(one.as_written, one.role) for one in document.actions[0].owners] == [
        ("Team", OwnerRole.LEAD),
        ("Cleo", OwnerRole.SUPPORT),
    ]


@pytest.mark.parametrize(
    ("cell", "kind", "day"),
    [
        ("31 Jan 2026", "date", "2026-01-31"),
        ("Feb 2026", "month", "2026-02"),
        ("ASAP", "asap", None),
        ("Ongoing", "ongoing", None),
        ("Share with meeting notes", "with_notes", None),
        ("once able", "condition", None),
        ("once we are able", "condition", None),
        ("at next meeting", "next_meeting", None),
    ],
)
def test_acceptance_19_deadlines_keep_their_words_and_their_kind(
    cell: str, kind: str, day: str | None
) -> None:
    found = read_text(_table(("Paint the boat", "Pip", cell))).actions[0]
    assert found.deadline is not None
    assert (found.deadline.as_written, found.deadline.kind.value, found.deadline.date) == (cell, kind, day)
    assert found.status is None


def test_acceptance_19_no_deadline_is_none() -> None:
    assert read_text(_table(("Paint the boat", "Pip", ""))).actions[0].deadline is None


def test_acceptance_20_a_status_in_the_deadline_column_is_kept_as_words_and_as_status() -> None:
    found = read_text(_table(("Paint the boat", "Pip", "In progress"))).actions[0]
    assert found.deadline is not None
    assert (found.deadline.kind.value, found.deadline.date, found.status) == ("unknown", None, "in_progress")


def test_acceptance_21_and_24_unclosed_list_markup_makes_a_sub_action() -> None:
    cell = (
        '<ul style="list-style-type: none"> Ask the school. <ul style="list-style-type: none"> Feed into '
        "the plan. "
    )
    found = read_text(_table((cell, "<ul><li>Pip", "Ongoing"))).actions[0]
    assert (found.text, found.details) == ("Ask the school.", ("Feed into the plan.",))
    assert [owner.as_written for owner in found.owners] == ["Pip"]


def test_acceptance_22_actions_from_earlier_meetings_stand_apart() -> None:
    document = read_text(
        _table(("Paint the boat", "Pip", "ASAP"))
        + "\nActions from previous meetings\tPerson taking this on\tDeadline\nMend the oar\tPip\tIn "
        "progress\n"
    )
    assert [(one.section, one.text) for one in document.actions] == [
        (Section.AGREED, "Paint the boat"),
        (Section.CARRIED, "Mend the oar"),
    ]


def test_acceptance_23_an_offer_is_no_action() -> None:
    document = read_text(
        _table(("Paint the boat", "Pip", "ASAP"))
        + "- Silas, Ingo and Mo happy to help with this.\n- OFFER: Bo to bake.\n"
    )
    assert [one.text for one in document.actions] == ["Paint the boat"]
    assert document.agenda[0].lines[-1].marker is Marker.OFFER


@pytest.mark.parametrize(
    "marker", ["ACTION:**", "**ACTION:**", "ACTION:", "ACTION –", "Action:", "**Action**:"]
)
def test_acceptance_24_a_marker_is_read_through_its_noise(marker: str) -> None:
    document = read_text(
        f"{HEAD}Present: Pip Marsh, Bo Lark\n\nUpdates\n\n- It leaks.\n - {marker} Pip to paint the boat "
        f"by 31 Jan 2026\n"
    )
    assert [(one.text, [o.as_written for o in one.owners]) for one in document.actions] == [
        ("paint the boat by 31 Jan 2026", ["Pip"])
    ]
    assert document.agenda[0].lines[0].children[0].marker is Marker.ACTION


def test_where_table_and_text_disagree_the_table_counts_and_every_wording_is_kept() -> None:
    document = read_text(
        _table(("Draft a plan for co-chairs.", "Pip / Ingo", "31 Jan 2026"))
        + "- **ACTION:** Pip to develop a route for co-chairs at next meeting.\n"
        + "- **ACTION:** Pip to develop a proposal for the co-chairs.\n"
    )
    assert [one.text for one in document.actions] == ["Draft a plan for co-chairs."]
    assert [line.text for line in document.agenda[0].lines if line.marker is Marker.ACTION] == [
        "Pip to develop a route for co-chairs at next meeting.",
        "Pip to develop a proposal for the co-chairs.",
    ]


def test_a_day_without_a_year_is_the_next_one_after_the_meeting() -> None:
    found = read_text(_table(("Paint the boat", "Pip", "by 5 March"))).actions[0]
    assert found.deadline is not None
    assert date.fromisoformat(found.deadline.date or "") == date(2026, 3, 5)


def test_a_table_cut_in_half_keeps_what_is_there_and_warns() -> None:
    document = read_text(HEAD + TABLE + "Paint the boat\tPip\tASAP\nMend the oar\tPi")
    assert [one.text for one in document.actions] == ["Paint the boat", "Mend the oar"]
