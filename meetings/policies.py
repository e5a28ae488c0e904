"""Who may do what at a meeting (DESIGN §6). Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from django.db.models import Q

from actions.models import Action
from allies.models import Actor, Body, Person
from allies.policies import can, check_not_withheld, is_self, is_withheld, kept_from, powers_of
from allies.powers import Permission, Refused
from meetings.models import (
    AgendaItem,
    Attendance,
    Capacity,
    CapacityKind,
    Meeting,
    Mention,
    Presence,
    Stage,
)
from meetings.stages import is_open


def can_plan(actor: Actor, body: Body | int) -> bool:
    """Plan, change or call off a meeting of `body`: the core team, and the chairs of that body."""
    return can(actor, Permission.WRITE_NOTES, body=body)


def check_can_plan(actor: Actor, body: Body | int) -> None:
    """Raise `Refused` unless `can_plan`."""
    if not can_plan(actor, body):
        raise Refused(Permission.WRITE_NOTES, "Only the chairs and the core team can do this.")


def can_keep_notes(actor: Actor, meeting: Meeting) -> bool:
    """Look after a meeting's notes, at whatever stage: the core team, the chairs, and its own note-taker.

    A note-taker who may not read the body's record at all gains nothing by the capacity. One query at most,
    and none where the page has read the capacities already (`meeting.note_takers`, ids of people).
    """
    return can(actor, Permission.WRITE_NOTES, body=meeting.body_id) or _did(
        actor, meeting, CapacityKind.NOTETAKER, "note_takers"
    )


def check_can_keep_notes(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_keep_notes`."""
    if not can_keep_notes(actor, meeting):
        raise Refused(Permission.WRITE_NOTES)


def notes_are_open(meeting: Meeting) -> bool:
    """Whether anything in a meeting's record can be written: until its notes are circulated."""
    return is_open(meeting.stage)


def check_notes_open(meeting: Meeting) -> None:
    """Raise `Refused` unless `notes_are_open`. Every writer of what frozen notes show asks this."""
    if meeting.stage == Stage.SEALED:
        raise Refused(
            Permission.WRITE_NOTES,
            "These notes are approved and sealed. What was wrong goes in as an addendum.",
        )
    if not notes_are_open(meeting):
        raise Refused(
            Permission.WRITE_NOTES,
            "These notes have been circulated. Reopen them first, or suggest a correction.",
        )


def can_write_notes(actor: Actor, meeting: Meeting) -> bool:
    """Write the agenda and the notes of a meeting: whoever keeps them, until they are circulated."""
    return notes_are_open(meeting) and can_keep_notes(actor, meeting)


def check_can_write_notes(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_write_notes`."""
    check_can_keep_notes(actor, meeting)
    check_notes_open(meeting)


def can_write_under(actor: Actor, meeting: Meeting, item: AgendaItem | None) -> bool:
    """Write an item of a meeting (None: outside any), and what stands under it.

    Whoever writes its notes may, but for an item that they are kept from: no role stands above that.
    """
    return (item is None or not is_withheld(item, actor)) and can_write_notes(actor, meeting)


def check_can_write_under(actor: Actor, meeting: Meeting, item: AgendaItem | None) -> None:
    """Raise `Refused` unless `can_write_under`."""
    check_not_withheld(actor, item)
    check_can_write_notes(actor, meeting)


def can_record_for_the_group(actor: Actor, meeting: Meeting) -> bool:
    """Write down what the group decided of a case at a meeting: whoever writes its notes, and its acting chair.

    Two queries at most, and none where the page has read the capacities already (`meeting.chairing`).
    """
    if can_write_notes(actor, meeting):
        return True
    person_id = powers_of(actor).person_id
    if person_id is None or not can(actor, Permission.READ_RECORD, body=meeting.body_id):
        return False
    known: frozenset[int] | None = getattr(meeting, "chairing", None)
    if known is not None:
        return person_id in known
    chairs = Capacity.objects.filter(kind=CapacityKind.CHAIR, attendance__meeting=meeting)
    return chairs.filter(attendance__person_id=person_id).exists()


def check_can_record_for_the_group(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_record_for_the_group`."""
    if not can_record_for_the_group(actor, meeting):
        raise Refused(
            Permission.WRITE_NOTES, "Whoever chairs a meeting or takes its notes writes down what it decides."
        )


def can_add_to_notes(actor: Actor, meeting: Meeting) -> bool:
    """Add to sealed notes: the chairs and the core team."""
    return can(actor, Permission.PUBLISH, body=meeting.body_id)


def check_can_add_to_notes(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_add_to_notes`."""
    if not can_add_to_notes(actor, meeting):
        raise Refused(Permission.PUBLISH)


def can_publish(actor: Actor, meeting: Meeting) -> bool:
    """Publish notes, withhold from the public, withdraw: the chairs and the core team (DESIGN §6)."""
    return can(actor, Permission.PUBLISH, body=meeting.body_id)


def check_can_publish(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_publish`."""
    if not can_publish(actor, meeting):
        raise Refused(Permission.PUBLISH, "The chairs and the core team publish notes.")


def can_record_approval(actor: Actor, at_meeting: Meeting) -> bool:
    """Write down that a meeting approved earlier notes: a chair, that meeting's acting chair, or the core team.

    Two queries at most, and none where the page has read the capacities already (`meeting.chairing`).
    """
    return can_add_to_notes(actor, at_meeting) or _did(actor, at_meeting, CapacityKind.CHAIR, "chairing")


def check_can_record_approval(actor: Actor, at_meeting: Meeting) -> None:
    """Raise `Refused` unless `can_record_approval`."""
    if not can_record_approval(actor, at_meeting):
        raise Refused(
            Permission.PUBLISH,
            "Only a chair, whoever chaired the meeting that approved, and the core team can record an approval.",
        )


def can_suggest(actor: Actor, meeting: Meeting) -> bool:
    """Suggest a correction to circulated notes: those who were there, the chairs, the core team. One query at most."""
    if can(actor, Permission.WRITE_NOTES, body=meeting.body_id):
        return True
    person_id = powers_of(actor).person_id
    if person_id is None or not can(actor, Permission.READ_RECORD, body=meeting.body_id):
        return False
    return Attendance.objects.filter(meeting=meeting, person_id=person_id, presence=Presence.PRESENT).exists()


def check_can_suggest(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_suggest`."""
    if not can_suggest(actor, meeting):
        raise Refused(
            Permission.READ_RECORD, "Those who were at the meeting, the chairs and the core team can do this."
        )


def _did(actor: Actor, meeting: Meeting, kind: CapacityKind, known_as: str) -> bool:
    """Whether somebody had a capacity at a meeting whose record they may read."""
    person_id = powers_of(actor).person_id
    if person_id is None or not can(actor, Permission.READ_RECORD, body=meeting.body_id):
        return False
    known: frozenset[int] | None = getattr(meeting, known_as, None)
    if known is not None:
        return person_id in known
    return Capacity.objects.filter(
        kind=kind, attendance__meeting=meeting, attendance__person_id=person_id
    ).exists()


def can_read_whole(actor: Actor, meeting: Meeting) -> bool:
    """Read a meeting's record without a gap: nothing on its agenda or in its lists is withheld from them.

    Two queries for whoever is kept from something, none for anybody else.
    """
    if not kept_from(actor):
        return True
    if AgendaItem.objects.withheld_from(actor).filter(meeting=meeting).exists():
        return False
    spoken_of = Mention.objects.filter(meeting=meeting, action__isnull=False).order_by().values("action")
    theirs = Action.objects.filter(
        Q(body=meeting.body_id, agreed_on=meeting.date) | Q(pk__in=spoken_of)
    ).exclude(pk__in=Action.objects.visible_to(actor).order_by().values("pk"))
    return not theirs.exists()


def check_can_read_whole(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_read_whole`."""
    if not can_read_whole(actor, meeting):
        raise Refused(
            Permission.WRITE_NOTES,
            "Part of these notes is withheld from you. Somebody else can bring them in.",
        )


def can_invite(actor: Actor, meeting: Meeting) -> bool:
    """Invite people to a meeting, and answer for anyone: the core team."""
    return can(actor, Permission.ANSWER_FOR_ANYONE, body=meeting.body_id)


def check_can_invite(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_invite`."""
    if not can_invite(actor, meeting):
        raise Refused(Permission.ANSWER_FOR_ANYONE, "Only the core team can invite people to a meeting.")


def can_answer_for(actor: Actor, meeting: Meeting, person: Person) -> bool:
    """Answer an invitation: members their own, the core team anybody's, on the record."""
    if can(actor, Permission.ANSWER_FOR_ANYONE, body=meeting.body_id):
        return True
    return is_self(actor, person) and can(actor, Permission.ANSWER_FOR_ONESELF, body=meeting.body_id)


def check_can_answer_for(actor: Actor, meeting: Meeting, person: Person) -> None:
    """Raise `Refused` unless `can_answer_for`."""
    if can_answer_for(actor, meeting, person):
        return
    if is_self(actor, person):
        raise Refused(Permission.ANSWER_FOR_ONESELF)
    raise Refused(Permission.ANSWER_FOR_ANYONE)
