"""Of all that notes say of actions, each counts once; and no row is ever lost for being like another."""

from meetings.notes.reading import read_text

HEAD = "Allies Group\nMeeting notes: 4 March 2025\n\nMembers\nPresent: Bo Lark, Pip Marsh\n\nActions\n\n"
TABLE = "Actions agreed in this meeting\tPerson taking this on\tDeadline\n"


def test_two_hundred_rows_that_are_nearly_alike_are_two_hundred_actions() -> None:
    rows = [f"Buy chair number {number} for room {number % 7}" for number in range(200)]
    table = "".join(f"{row}\tBo\t31 Jan 2026\n" for row in rows)
    assert [action.text for action in read_text(HEAD + TABLE + table).actions] == rows


def test_two_rows_of_one_table_with_the_same_words_stay_two() -> None:
    document = read_text(f"{HEAD}{TABLE}Ring the school\tBo\t3 Apr 2025\nRing the school\tPip\t9 May 2025\n")
    assert [(action.text, action.owners[0].as_written) for action in document.actions] == [
        ("Ring the school", "Bo"),
        ("Ring the school", "Pip"),
    ]


def test_a_summary_at_the_end_does_not_double_what_it_restates() -> None:
    document = read_text(
        "Boat club\nMinutes, 4 March 2025\n\nPresent: Bo Lark, Pip Marsh\n\nBoats\n\n"
        "- ACTION: Bo to mend the blue boat before the summer\n\nActions\n\n"
        "- Bo to mend the blue boat before the summer\n- Pip to ring the school\n"
    )
    assert len(document.actions) == 2


def test_a_bullet_in_a_cell_is_no_word_of_the_action() -> None:
    table = (
        "* Buy tea & biscuits\tBo/Pip\tonce able\n- Ring the school\tBo\t-\n· Mend the boat\tPip\tongoing\n"
    )
    assert [
        (action.text, action.deadline and action.deadline.as_written)
        for action in read_text(HEAD + TABLE + table).actions
    ] == [
        ("Buy tea & biscuits", "once able"),
        ("Ring the school", None),
        ("Mend the boat", "ongoing"),
    ]
