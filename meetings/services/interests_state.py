"""The one writer of what the notes say of interests, where they are written here."""

from allies.models import Actor, Declaration
from allies.services.keeping import change
from meetings.interests import state_of
from meetings.models import InterestsState, Meeting, Presence, SourceDocument


def say_state(*, by: Actor, meeting: Meeting) -> None:
    """Write what the notes may say of interests, from everyone's answers. Call after any of them moved.

    For services, inside their transaction: no permission is asked here. Notes brought in keep their own state;
    a declaration that is written down beside them makes it "declared".
    """
    standing = Declaration.objects.filter(body=meeting.body_id, on=meeting.date, withdrawn="").exists()
    fresh = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if not SourceDocument.objects.filter(meeting=meeting).exists():
        here = fresh.attendance.filter(presence=Presence.PRESENT)
        state = state_of(here.values_list("interests_answer", flat=True), declared=standing)
        change(fresh, by=by, interests_state=state, reason="from everyone’s answers")
    elif standing:
        change(fresh, by=by, interests_state=InterestsState.DECLARED)
    meeting.interests_state = fresh.interests_state
