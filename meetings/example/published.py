"""One set of the invented group's notes on its whole way: circulated, approved, and published with a gap."""

from typing import TYPE_CHECKING

from meetings.example.people import GROUP
from meetings.models import Meeting, RedactionChoice, RedactionReason
from meetings.models.for_public import for_public
from meetings.notes.places import Part, Spot
from meetings.services.approving import Approving, seal
from meetings.services.circulating import circulate
from meetings.services.publishing import Why, publish, say, withhold

if TYPE_CHECKING:
    from meetings.example.loading import Example

WITHHELD = "Kit shared the income report."
UNNAMED = "Joan asked which of these we still want."


def publish_something(example: "Example") -> None:
    """Let the last meeting approve the notes of the one before it, and publish those: one paragraph is withheld, and
    one is said by role."""
    by = example.actor("Bel")
    meetings = Meeting.objects.select_related("body").filter(body=example.bodies[GROUP])
    notes, approving = (meetings.get(date=example.held_on(before)) for before in (2, 1))
    circulate(by=by, meeting=notes)
    said = Approving(chaired_by=example.people["Tomas"])
    seal(by=by, meeting=notes, at_meeting=approving, said=said)
    notes = meetings.get(pk=notes.pk)
    why = Why(RedactionReason.COMMERCIAL)
    withhold(by=by, meeting=notes, spot=_line(notes, WITHHELD), why=why)
    say(by=by, meeting=notes, spot=_line(notes, UNNAMED), choice=RedactionChoice.ROLE)
    publish(by=by, meeting=notes)


def _line(meeting: Meeting, begins: str) -> Spot:
    return next(
        spot
        for spot in for_public(meeting).spots
        if spot.place.part is Part.LINE and spot.words.startswith(begins)
    )
