"""Under "Update on actions from previous meetings" stands what was said: nothing of it is lost to the tables."""

from meetings.notes.document import Line, Marker
from meetings.notes.reading import read_text

NOTES = """Meeting notes: Wednesday 19 November 2025

Present: Bel Marsh, Kit Sorensen, Ada Okafor

Actions

Actions agreed in this meeting\tPerson taking this on\tDeadline
Draft a proposal for choosing co-chairs\tBel / Kit\t31 Jan 2026

Actions from previous meetings\tPerson taking this on\tDeadline
Ask the library about its opening times\tAda\tIn progress

Update on actions from previous meetings

- Bel updated on progress with actions from last meeting.
- Discussion about choosing new co-chairs as the present ones are interim.
 - ACTION:** Bel to develop a proposal and plan for choosing co-chairs at next meeting.
 - Ada volunteered to co-chair as a one-off for the next meeting.

Progress report

- Kit spoke of the hall.
"""


def test_what_was_said_of_earlier_actions_stays_in_the_notes_of_its_item():
    document = read_text(NOTES)
    item = next(one for one in document.agenda if one.title.startswith("Update on actions"))
    assert item.lines == (
        Line("Bel updated on progress with actions from last meeting.", speaker="Bel"),
        Line(
            "Discussion about choosing new co-chairs as the present ones are interim.",
            children=(
                Line(
                    "Bel to develop a proposal and plan for choosing co-chairs at next meeting.",
                    Marker.ACTION,
                ),
                Line("Ada volunteered to co-chair as a one-off for the next meeting.", speaker="Ada"),
            ),
        ),
    )


def test_the_tables_still_are_the_actions():
    assert [one.text for one in read_text(NOTES).actions] == [
        "Draft a proposal for choosing co-chairs",
        "Ask the library about its opening times",
    ]
