"""The remedies of what does not agree before notes go out, each one press; "that is right" is one of them."""

from django.db import transaction

from actions.models import Action
from actions.services import Owner, change_deadline, change_owners, merge
from allies import clock
from allies.models import Actor, Withholding
from allies.services.keeping import hand_of
from meetings.models import AgendaItem, Mention, Settled
from meetings.notes.document import Marker
from meetings.notes.reconciling import Disagreement, Kind, Remedy
from meetings.notes.understanding import understand
from meetings.policies import check_can_write_notes
from meetings.services.answering import Said, accept_action, accept_decision, same_action
from meetings.services.before_leaving import Reconciling
from meetings.services.minutes import save_notes, something_moved
from meetings.services.recording import Votes


class NeedsAPerson(ValueError):
    """One press does not say enough: which of two people, which words. `mention` is the line to look at."""

    def __init__(self, words: str, mention: Mention | None = None) -> None:
        super().__init__(words)
        self.mention = mention


@transaction.atomic
def settle(
    *, by: Actor, reading: Reconciling, one: Disagreement[int], remedy: Remedy, which: int | None = None
) -> None:
    """Do what was chosen about `one`. Raises Refused; NeedsAPerson where a choice is left; AnswerRefused."""
    check_can_write_notes(by, reading.meeting)
    if remedy not in one.remedies:
        raise NeedsAPerson("That cannot be done about this")
    match remedy:
        case Remedy.THAT_IS_RIGHT:
            _that_is_right(by, reading, one)
        case Remedy.MAKE_AN_ACTION:
            accept_action(by=by, mention=reading.mentions[one.lines[0]], said=_said(reading, one.lines[0]))
        case Remedy.LINK:
            action = reading.actions.get(which or one.proposed[0])
            if action is None:
                raise NeedsAPerson("Say which action it is")
            same_action(by=by, mention=reading.mentions[one.lines[0]], action=action)
        case Remedy.RECORD_THE_DECISION:
            _record(by, reading, one.lines[0])
        case Remedy.CHANGE_THE_ACTION:
            _change_the_action(by, reading, one)
        case Remedy.CHANGE_THE_NOTES:
            _change_the_notes(by, reading, one)
        case Remedy.ADD_A_LINE:
            _add_a_line(by, reading, reading.actions[one.actions[0]])
        case Remedy.ONE_ACTION:
            _one_action(by, reading, one)
        case Remedy.REVIEW:
            raise NeedsAPerson("Say what was said of it")
    something_moved(reading.meeting)


@transaction.atomic
def leave_unreviewed(*, by: Actor, reading: Reconciling) -> None:
    """Say "that is right" of every carried action of which nothing was said. Raises Refused."""
    check_can_write_notes(by, reading.meeting)
    for one in reading.found:
        if one.kind is Kind.NOT_REVIEWED:
            _that_is_right(by, reading, one)
    something_moved(reading.meeting)


@transaction.atomic
def unsettle(*, by: Actor, settled: Settled) -> None:
    """Take "that is right" back: the list asks again. Raises Refused."""
    check_can_write_notes(by, settled.meeting)
    settled.delete()


def _that_is_right(by: Actor, reading: Reconciling, one: Disagreement[int]) -> None:
    Settled.objects.get_or_create(
        meeting=reading.meeting,
        key=one.id,
        defaults={
            "words": one.sentence,
            "by": hand_of(by),
            "at": clock.now(),
        },
    )


def _said(reading: Reconciling, line: int) -> Said:
    understood = reading.understood[line]
    return Said(understood.words, _carriers(reading, line), understood.deadline, understood.status)


def _carriers(reading: Reconciling, line: int) -> tuple[Owner, ...]:
    owners = reading.owners[line]
    unclear = next((one for one in owners if one.is_open), None)
    if unclear is not None:
        raise NeedsAPerson(f"Say which {unclear.as_written} it is", reading.mentions[line])
    return tuple(Owner(one.as_written[:200], str(one.role), one.person, one.body) for one in owners)


def _record(by: Actor, reading: Reconciling, line: int) -> None:
    understood = reading.understood[line]
    votes = understood.votes
    accept_decision(
        by=by,
        mention=reading.mentions[line],
        words=understood.words,
        reached=str(understood.reached or ""),
        votes=Votes(votes.for_it, votes.against) if votes and understood.reached == "majority" else None,
    )


def _change_the_action(by: Actor, reading: Reconciling, one: Disagreement[int]) -> None:
    line, action = one.lines[0], reading.actions[one.actions[0]]
    if one.kind is Kind.OWNERS_DIFFER:
        change_owners(by=by, action=action, owners=_carriers(reading, line), minuted=True)
    else:
        change_deadline(
            by=by,
            action=action,
            deadline=reading.understood[line].deadline,
            reason="the notes say so",
            minuted=True,
        )


def _change_the_notes(by: Actor, reading: Reconciling, one: Disagreement[int]) -> None:
    """Put the list's owner or deadline into the line, where its words can be found in it again."""
    mention, action = reading.mentions[one.lines[0]], reading.actions[one.actions[0]]
    if mention.item_id is None or mention.line is None:
        raise NeedsAPerson("Change the line in the notes", mention)
    item = AgendaItem.objects.visible_to(by).select_related("meeting").get(pk=mention.item_id)
    lines = item.notes.split("\n")
    if mention.line > len(lines):
        raise NeedsAPerson("Change the line in the notes", mention)
    written = lines[mention.line - 1]
    roster = reading.names.roster("")
    understood = understand(written, meeting_date=reading.meeting.date, roster=roster)
    if one.kind is Kind.DEADLINES_DIFFER:
        places, words = [understood.deadline_place], [action.deadline_words]
    else:
        places = list(understood.owner_places)
        words = [owner.as_written for owner in action.owners]  # type: ignore[attr-defined]
    if (
        understood.marker is not Marker.ACTION
        or len(places) != len(words)
        or not all(words)
        or None in places
    ):
        raise NeedsAPerson("Change the line in the notes", mention)
    for place, new in sorted(zip(places, words, strict=True), key=lambda pair: -pair[0].start):  # type: ignore[union-attr]
        assert place is not None
        written = written[: place.start] + new + written[place.end :]
    lines[mention.line - 1] = written
    item.meeting = reading.meeting
    save_notes(
        by=by, item=item, notes="\n".join(lines), base=item.version, words="as the list of actions has it"
    )
    Mention.objects.filter(pk=mention.pk, action=action).update(answered=_text_of(mention))


def _text_of(mention: Mention) -> str:
    return Mention.objects.get(pk=mention.pk).text


def _add_a_line(by: Actor, reading: Reconciling, action: Action) -> None:
    """Let the notes say the action too, under the last item that has notes."""
    items = list(AgendaItem.objects.visible_to(by).filter(meeting=reading.meeting).order_by("position", "pk"))
    if not items:
        raise NeedsAPerson("Put an item on the agenda first")
    if Withholding.objects.standing().of_the_matter_of(action).exists():
        # Elsewhere its words would be read by whoever is kept from them.
        raise NeedsAPerson("Somebody is kept from this. Write the line under the item that it belongs to")
    item = next((one for one in reversed(items) if one.notes.strip()), items[-1])
    item.meeting = reading.meeting
    who = ", ".join(owner.as_written for owner in action.owners)  # type: ignore[attr-defined]
    line = "ACTION: " + (f"{who}: " if who else "") + " ".join(action.text.split())
    if action.deadline_words:
        line += f" ({action.deadline_words})"
    notes = f"{item.notes}\n{line}" if item.notes else line
    save_notes(by=by, item=item, notes=notes, base=item.version, words="a line for an action of the list")
    added = item.mentions.in_notes().filter(action=None, marker=Marker.ACTION.value).order_by("-line").first()
    if added is not None:
        added.action, added.answered, added.asks, added.perhaps = action, added.text, "", []
        added.save(update_fields=["action", "answered", "asks", "perhaps"])


def _one_action(by: Actor, reading: Reconciling, one: Disagreement[int]) -> None:
    """Two wordings are one action: the later is merged into the earlier, or the lines are linked to one."""
    actions = [reading.actions[pk] for pk in dict.fromkeys(one.actions) if pk in reading.actions]
    if len(actions) > 1:
        for later in actions[1:]:
            Mention.objects.filter(meeting=reading.meeting, action=later).update(action=actions[0])
            merge(by=by, action=later, into=actions[0], on=reading.meeting.date, minuted=True)
        return
    lines = [reading.mentions[pk] for pk in one.lines]
    action = (
        actions[0] if actions else accept_action(by=by, mention=lines[0], said=_said(reading, lines[0].pk))
    )
    for line in lines:
        if line.action_id != action.pk:
            same_action(by=by, mention=line, action=action)
