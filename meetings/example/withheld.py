"""One thing that the invented group keeps from one of its members, for as long as it is about her."""

from typing import TYPE_CHECKING

from allies.services.withholding import withhold
from meetings.example.people import GROUP
from meetings.models import ItemKind, Meeting, Purpose
from meetings.services.agenda_items import ItemWords, add_item
from meetings.services.matters import matter_of
from meetings.services.papers import add_paper

if TYPE_CHECKING:
    from meetings.example.loading import Example

TITLE = "A complaint about a workshop in the autumn"
LETTER = "Two people who came say that they were talked over, and ask what will be different next time.\n"
WHY = "She ran the workshop. She hears what was said, and answers it, apart from this."


def withhold_something(example: "Example") -> None:
    """Put an item about nothing in particular on the next agenda, with its paper, and keep it from Ines."""
    by = example.actor("Tomas")
    meeting = Meeting.objects.get(body=example.bodies[GROUP], date=example.next_on)
    words = ItemWords(TITLE, ItemKind.DISCUSSION, Purpose.ADVICE, 15, ("Tomas Reid",))
    item = add_item(by=by, meeting=meeting, words=words)
    add_paper(
        by=by,
        meeting=meeting,
        title="The complaint, without names",
        item=item,
        file_name="complaint.txt",
        content=LETTER.encode(),
    )
    withhold(
        by=by,
        person=example.people["Ines"],
        about=matter_of(by=by, item=item),
        why=WHY,
        since=example.today,
        decided_by=example.people["Tomas"],
    )
