"""Answering what was picked up from the notes: a line becomes an action or a decision, or is said to be neither.

Whoever may write a meeting's notes may do this: it is the meeting that agrees, and they write it down.
Answering the same line twice (a press repeated on a slow line) changes nothing the second time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from actions.deadlines import Deadline
from actions.models import Action
from actions.services import Owner, agree, change_deadline, change_owners, change_words
from actions.statuses import Status
from allies.models import Actor, Person
from allies.policies import can, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change
from meetings.models import Decision, DecisionKind, Meeting, Mention, Reached
from meetings.policies import check_can_write_under
from meetings.services.holding import hold_open
from meetings.services.minutes import something_moved
from meetings.services.people_in import remember_name
from meetings.services.recording import RecordRefused, Votes, check_stands_alone, record_decision


class AnswerRefused(ValueError):
    """What cannot be done about a line. Its words say why."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an action is to say: its words, whose it is, by when; `names` are answers to keep as other names."""

    words: str
    owners: tuple[Owner, ...] = ()
    deadline: Deadline | None = None
    status: Status | None = None
    names: tuple[tuple[str, Person], ...] = ()


@transaction.atomic
def accept_action(*, by: Actor, mention: Mention, said: Said) -> Action:
    """Write down the action that a line speaks of, agreed at its meeting. Raises Refused; AnswerRefused."""
    mention = _locked(by, mention)
    if mention.action is not None:
        return mention.action
    if not said.words.strip():
        raise AnswerRefused("Say what is to be done")
    meeting = mention.meeting
    if not meeting.is_held:
        raise AnswerRefused("A meeting agrees something once it is held. Begin its notes first.")
    action = agree(
        by=by,
        body=meeting.body,
        text=said.words,
        agreed_on=meeting.date,
        deadline=said.deadline,
        owners=said.owners,
        status=said.status or Status.TODO,
        about=mention.item.about if mention.item else None,
        matter=mention.item.about_matter if mention.item else None,
        minuted=True,
    )
    _remember(by, meeting, said)
    _answer(mention, action=action, said=said)
    return action


@transaction.atomic
def same_action(*, by: Actor, mention: Mention, action: Action) -> None:
    """Say that a line speaks of an action that is there already. Raises Refused; AnswerRefused for another group's."""
    mention = _locked(by, mention)
    if action.body_id != mention.meeting.body_id:
        raise AnswerRefused("That action is another group’s.")
    _answer(mention, action=action)


@transaction.atomic
def same_decision(*, by: Actor, mention: Mention, decision: Decision) -> None:
    """Say that a line speaks of a decision that is there already. Raises Refused; AnswerRefused."""
    mention = _locked(by, mention)
    if decision.meeting_id != mention.meeting_id:
        raise AnswerRefused("That was decided at another meeting.")
    _answer(mention, decision=decision)


@transaction.atomic
def another_one(*, by: Actor, mention: Mention) -> None:
    """Say that a line is none of those that it resembles: it is offered as one of its own. Raises Refused."""
    mention = _locked(by, mention)
    mention.asks, mention.perhaps = "", []
    mention.save(update_fields=["asks", "perhaps"])


@transaction.atomic
def change_the_action(*, by: Actor, mention: Mention, said: Said) -> Action:
    """Let the line's new words change the same action: its words, and owners and deadline where the line gives them.

    Raises Refused; AnswerRefused where the line has no action.
    """
    mention = _locked(by, mention)
    if mention.action is None:
        raise AnswerRefused("This line has no action yet.")
    action = mention.action
    if said.words.strip():
        change_words(by=by, action=action, text=said.words, details=action.points, minuted=True)
    if said.owners:
        change_owners(by=by, action=action, owners=said.owners, minuted=True)
    if said.deadline:
        change_deadline(by=by, action=action, deadline=said.deadline, reason="the notes say so", minuted=True)
    _remember(by, mention.meeting, said)
    _answer(mention, action=action, said=said)
    return action


@transaction.atomic
def leave_as_it_is(*, by: Actor, mention: Mention) -> None:
    """The line was edited, and the action (or decision) stays as it was agreed. Raises Refused."""
    mention = _locked(by, mention)
    mention.answered = mention.text
    mention.save(update_fields=["answered"])


@transaction.atomic
def set_aside(*, by: Actor, mention: Mention, aside: bool = True) -> None:
    """Say that a line is neither an action nor a decision, as long as its words stay; or take that back.

    What was written down from it already stays. Raises Refused.
    """
    mention = _locked(by, mention)
    mention.set_aside = mention.text if aside else ""
    if not aside:
        mention.settled = ""
    mention.save(update_fields=["set_aside", "settled"])


@transaction.atomic
def accept_decision(
    *, by: Actor, mention: Mention, words: str, reached: str, votes: Votes | None = None
) -> Decision:
    """Write down the decision (or, with `reached` "advice", the advice) that a line speaks of.

    Raises Refused; RecordRefused without words, or before the meeting is held.
    """
    mention = _locked(by, mention)
    if mention.decision is not None:
        return mention.decision
    decision = record_decision(
        by=by,
        meeting=mention.meeting,
        text=words,
        kind=kind_of(reached),
        reached=reached,
        item=mention.item,
        votes=votes,
    )
    _answer(mention, decision=decision)
    return decision


@transaction.atomic
def change_the_decision(
    *, by: Actor, decision: Decision, words: str, reached: str, votes: Votes | None = None
) -> None:
    """Put a decision right: its words, how it was reached, decision or advice. Raises Refused; AnswerRefused."""
    check_can_write_under(by, decision.meeting, decision.item)
    hold_open(decision.meeting)
    try:
        check_stands_alone(decision)
    except RecordRefused as error:
        raise AnswerRefused(str(error)) from error
    if not words.strip():
        raise AnswerRefused("Say what was decided")
    kept = votes if votes and reached == Reached.MAJORITY else Votes()
    change(
        decision,
        by=by,
        text=words.strip(),
        reached=reached,
        kind=kind_of(reached),
        votes_for=kept.for_it,
        votes_against=kept.against,
        votes_abstained=kept.abstained,
    )
    for mention in Mention.objects.select_for_update().filter(decision=decision):
        mention.answered = mention.text
        mention.save(update_fields=["answered"])
    something_moved(decision.meeting)


def kind_of(reached: str) -> str:
    """Advice is advice, however the notes put it; everything else is a decision."""
    return DecisionKind.ADVICE if reached == Reached.ADVICE else DecisionKind.DECISION


def _locked(by: Actor, mention: Mention) -> Mention:
    meeting = mention.meeting
    mention = (
        Mention.objects.select_for_update(of=("self",))
        .select_related("action", "decision", "item")
        .get(pk=mention.pk)
    )
    check_can_write_under(by, meeting, mention.item)
    check_not_withheld(by, mention.action)
    mention.meeting = meeting
    return mention


def _answer(
    mention: Mention,
    *,
    action: Action | None = None,
    decision: Decision | None = None,
    said: Said | None = None,
) -> None:
    mention.action, mention.decision = action or mention.action, decision or mention.decision
    mention.answered, mention.asks, mention.perhaps, mention.set_aside = mention.text, "", [], ""
    fields = ["action", "decision", "answered", "asks", "perhaps", "set_aside"]
    if said is not None:
        mention.owners_as_written = _in_one_line(said.owners)[:300]
        mention.deadline_as_written = said.deadline.as_written[:200] if said.deadline else ""
        fields += ["owners_as_written", "deadline_as_written"]
    mention.save(update_fields=fields)
    something_moved(mention.meeting)


def _in_one_line(owners: Sequence[Owner]) -> str:
    return ", ".join(one.as_written for one in owners)


def _remember(by: Actor, meeting: Meeting, said: Said) -> None:
    """A short form that somebody explained is known from then on, if who explained it keeps people."""
    if can(by, Permission.KEEP_PEOPLE, body=meeting.body_id):
        for written, person in said.names:
            remember_name(by=by, person=person, written=written)
