"""Who may do what at a meeting (DESIGN §6). Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from django.db.models import Q

from actions.models import Action
from allies.models import Actor, Body, Person
from allies.policies import can, check_not_withheld, is_self, is_withheld, kept_from, powers_of
from allies.powers import Permission, Refused
from meetings.models import AgendaItem, Capacity, CapacityKind, Meeting, Mention


def can_plan(actor: Actor, body: Body | int) -> bool:
    """Plan, change or call off a meeting of `body`: the core team, and the chairs of that body."""
    return can(actor, Permission.WRITE_NOTES, body=body)


def check_can_plan(actor: Actor, body: Body | int) -> None:
    """Raise `Refused` unless `can_plan`."""
    if not can_plan(actor, body):
        raise Refused(Permission.WRITE_NOTES, "Only the chairs and the core team can do this.")


def can_write_notes(actor: Actor, meeting: Meeting) -> bool:
    """Write the agenda and the notes of a meeting: the core team, the chairs, and its own note-taker.

    A note-taker who may not read the body's record at all gains nothing by the capacity. One query at most,
    and none where the page has read the capacities already (`meeting.note_takers`, ids of people).
    """
    if can(actor, Permission.WRITE_NOTES, body=meeting.body_id):
        return True
    person_id = powers_of(actor).person_id
    if person_id is None or not can(actor, Permission.READ_RECORD, body=meeting.body_id):
        return False
    known: frozenset[int] | None = getattr(meeting, "note_takers", None)
    if known is not None:
        return person_id in known
    return Capacity.objects.filter(
        kind=CapacityKind.NOTETAKER, attendance__meeting=meeting, attendance__person_id=person_id
    ).exists()


def check_can_write_notes(actor: Actor, meeting: Meeting) -> None:
    """Raise `Refused` unless `can_write_notes`."""
    if not can_write_notes(actor, meeting):
        raise Refused(Permission.WRITE_NOTES)


def can_write_under(actor: Actor, meeting: Meeting, item: AgendaItem | None) -> bool:
    """Write an item of a meeting (None: outside any), and what stands under it.

    Whoever writes its notes may, but for an item that they are kept from: no role stands above that.
    """
    return (item is None or not is_withheld(item, actor)) and can_write_notes(actor, meeting)


def check_can_write_under(actor: Actor, meeting: Meeting, item: AgendaItem | None) -> None:
    """Raise `Refused` unless `can_write_under`."""
    check_not_withheld(actor, item)
    check_can_write_notes(actor, meeting)


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
