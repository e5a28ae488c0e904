"""What the page of a planned meeting says of interests: to the person themself, and to the chairs."""

from typing import Any

from allies.models import Actor
from allies.policies import powers_of
from allies.powers import Role
from meetings.models import Attendance, InterestsAnswer
from meetings.models.in_full import MeetingInFull
from meetings.services.conflicts import can_declare_for
from meetings.views.workspace.touched import what_of


def before_context(actor: Actor, full: MeetingInFull, mine: Attendance | None) -> dict[str, Any]:
    """Give each item `touched`: whom it touches, as far as the reader is told before a meeting; and their own answer.

    Before a meeting an interest is shown to whoever has it, and to the chairs. No query.
    """
    meeting = full.meeting
    if meeting.is_held or meeting.called_off:
        return {}
    powers = powers_of(actor)
    chaired = powers.bodies.get(Role.CHAIR, frozenset())
    sees_all = chaired is None or meeting.body_id in chaired
    for item in full.items:
        item.touched = [  # type: ignore[attr-defined]
            (touch.person_id == powers.person_id, touch, what_of(touch))
            for touch in full.interests.touching(item)
            if sees_all or (powers.person_id and touch.person_id == powers.person_id)
        ]
    person = getattr(actor, "person", None)
    may = person is not None and can_declare_for(actor, meeting, person)
    return {
        "can_declare": may,
        "interests_answer": mine.interests_answer if mine is not None else InterestsAnswer.NOT_ASKED.value,
    }
