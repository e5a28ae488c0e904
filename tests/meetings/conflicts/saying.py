"""What tests of declarations say and read: an entry, a handling, the answers and the sentences of a meeting."""

from datetime import date

from allies.models import OPERATOR, Interest
from meetings.models import Handling, Meeting
from meetings.models.declared import places_of
from meetings.models.in_full import meeting_in_full
from meetings.services import handling


def interest_of(person, about=None, **more) -> Interest:
    values = {
        "kind": "financial",
        "nature": "actual",
        "full_words": "works there",
        "declared_on": date(2026, 1, 2),
    }
    about_field = {} if about is None else {f"about_{type(about).__name__.lower()}": about}
    return Interest.objects.create(person=person, **about_field, **(values | more))


def state_of(meeting) -> str:
    return Meeting.objects.get(pk=meeting.pk).interests_state


def answers(meeting) -> dict[str, str]:
    return {one.name: one.interests_answer for one in meeting.attendance.order_by("pk")}


def sentences(meeting) -> list[str]:
    full = meeting_in_full(OPERATOR, meeting.pk)
    places = places_of(full.items, full.attendance)
    return [one.in_words(places) for one in full.interests.standing]


def handle(declaration, item, how, chair_row, **more) -> Handling:
    values = {"by": OPERATOR, "decided_by": chair_row.person} | more
    return handling.handle(declaration=declaration, item=item, how=how, **values)
