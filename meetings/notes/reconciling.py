"""What does not agree before notes are circulated (DESIGN §5, Markers): text against list, and list against text.

Nothing here blocks and nothing is decided: each disagreement says what both sides say, in their own words, and what
can be done about it with one press, "that is right" among them. An answer is kept by the id of its disagreement,
which stays the same until the words on either side change.
"""

import hashlib
import json
from collections.abc import Container, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.deadlines import Deadline, due_on
from allies.names import words_of
from meetings.matching import Close, Known, closeness, match_mention, plain_words, same_words, weights_of
from meetings.matching import Same as SameWords
from meetings.notes.document import Marker

SAID_TWICE_FROM = 32.0  # of 100, as `closeness` counts among the wordings of one meeting


class Kind(StrEnum):
    """What does not agree, in the order of the page."""

    SAID_TWICE = "said_twice"
    OWNERS_DIFFER = "owners_differ"
    DEADLINES_DIFFER = "deadlines_differ"
    ONLY_IN_NOTES = "only_in_notes"
    ONLY_IN_LIST = "only_in_list"
    DECISION_ONLY_IN_NOTES = "decision_only_in_notes"
    NOT_REVIEWED = "not_reviewed"


class Remedy(StrEnum):
    """What can be done about it; THAT_IS_RIGHT keeps everything as it stands and is an answer to each."""

    ONE_ACTION = "one_action"
    CHANGE_THE_ACTION = "change_the_action"
    CHANGE_THE_NOTES = "change_the_notes"
    LINK = "link"
    MAKE_AN_ACTION = "make_an_action"
    ADD_A_LINE = "add_a_line"
    RECORD_THE_DECISION = "record_the_decision"
    REVIEW = "review"
    THAT_IS_RIGHT = "that_is_right"


REMEDIES: dict[Kind, tuple[Remedy, ...]] = {
    Kind.SAID_TWICE: (Remedy.ONE_ACTION, Remedy.THAT_IS_RIGHT),
    Kind.OWNERS_DIFFER: (Remedy.CHANGE_THE_ACTION, Remedy.CHANGE_THE_NOTES, Remedy.THAT_IS_RIGHT),
    Kind.DEADLINES_DIFFER: (Remedy.CHANGE_THE_ACTION, Remedy.CHANGE_THE_NOTES, Remedy.THAT_IS_RIGHT),
    Kind.ONLY_IN_NOTES: (Remedy.MAKE_AN_ACTION, Remedy.THAT_IS_RIGHT),
    Kind.ONLY_IN_LIST: (Remedy.ADD_A_LINE, Remedy.THAT_IS_RIGHT),
    Kind.DECISION_ONLY_IN_NOTES: (Remedy.RECORD_THE_DECISION, Remedy.THAT_IS_RIGHT),
    Kind.NOT_REVIEWED: (Remedy.REVIEW, Remedy.THAT_IS_RIGHT),
}

_NOTHING_SAID = {Kind.OWNERS_DIFFER: "names nobody", Kind.DEADLINES_DIFFER: "gives no deadline"}


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as written, and whom or which group that means in the record (None: nobody has said)."""

    as_written: str
    who: Hashable | None = None


@dataclass(frozen=True, slots=True)
class MarkedLine[Key: Hashable]:
    """A marked line of the notes: of item number `item`, line number `line`, both as the page counts them.

    `linked` is the action or decision that it belongs to; `set_aside` holds the words of the line when somebody
    said that it is neither, and is good as long as the words are the same.
    """

    key: Key
    marker: Marker
    words: str
    item: int
    line: int
    owners: tuple[Named, ...] = ()
    deadline: Deadline | None = None
    linked: Key | None = None
    set_aside: str | None = None


@dataclass(frozen=True, slots=True)
class ListedAction[Key: Hashable]:
    """An action of this meeting's list, or one `carried` into it, `reviewed` or not."""

    key: Key
    words: str
    owners: tuple[Named, ...] = ()
    deadline: Deadline | None = None
    carried: bool = False
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Wording:
    """What one side says. `item` and `line` are None for the list of actions."""

    words: str
    item: int | None = None
    line: int | None = None

    @property
    def quoted(self) -> str:
        """The words in quotation marks, as all words of the notes stand on a page."""
        return f"“{self.words}”"


@dataclass(frozen=True, slots=True)
class Disagreement[Key: Hashable]:
    """Something that does not agree: who says what, about which lines and actions, and what can be done.

    `proposed` are actions that a line without one may belong to, the likeliest first.
    """

    id: str
    kind: Kind
    wordings: tuple[Wording, ...]
    lines: tuple[Key, ...] = ()
    actions: tuple[Key, ...] = ()
    proposed: tuple[Key, ...] = ()

    @property
    def sentence(self) -> str:
        """Both wordings in one or two sentences; one wording alone as it stands."""
        if self.kind not in _NOTHING_SAID:
            return " · ".join(one.quoted for one in self.wordings)
        notes, listed = self.wordings
        says = f"says {listed.quoted}" if listed.words else _NOTHING_SAID[self.kind]
        return f"The notes say {notes.quoted}. The list of actions {says}."

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What can be done with one press, the usual first, "that is right" last."""
        return ((Remedy.LINK,) if self.proposed else ()) + REMEDIES[self.kind]


def disagreements[Key: Hashable](
    lines: Sequence[MarkedLine[Key]],
    actions: Sequence[ListedAction[Key]],
    *,
    next_meeting_on: date | None = None,
    settled: Container[str] = frozenset(),
) -> tuple[Disagreement[Key], ...]:
    """Everything that does not agree, but for what was `settled` (ids answered with "that is right").

    `next_meeting_on` lets "at next meeting" agree with that day. What one side does not say is no disagreement:
    a line that names no owner leaves it to the list.
    """
    found = [
        *_said_twice(lines, actions),
        *_differing(lines, actions, next_meeting_on),
        *_only_in_notes(lines, actions),
        *_only_in_list(lines, actions),
        *_not_reviewed(actions),
    ]
    found.sort(key=lambda one: list(Kind).index(one.kind))
    return tuple(one for one in _told_apart(found) if one.id not in settled)


def _of[Key: Hashable](
    kind: Kind,
    wordings: tuple[Wording, ...],
    told_by: object,
    lines: tuple[Key, ...] = (),
    actions: tuple[Key, ...] = (),
    proposed: tuple[Key, ...] = (),
) -> Disagreement[Key]:
    """A disagreement whose id follows from its kind and what both sides say of which action: not from where the
    lines stand, so that a line that moved keeps its answer, nor from capitals and punctuation. "Two actions" stays
    answered when they are made actions."""
    about = [] if kind is Kind.SAID_TWICE else [str(key) for key in actions]
    said = json.dumps([about, told_by], ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    return Disagreement(f"{kind}-{digest}", kind, wordings, lines, actions, proposed)


def _told_apart[Key: Hashable](found: list[Disagreement[Key]]) -> Iterator[Disagreement[Key]]:
    """Ids are different: of two lines with the same words the second is numbered."""
    seen: dict[str, int] = {}
    for one in found:
        seen[one.id] = seen.get(one.id, 0) + 1
        number = seen[one.id]
        name = one.id if number == 1 else f"{one.id}-{number}"
        yield Disagreement(name, one.kind, one.wordings, one.lines, one.actions, one.proposed)


def _in_notes[Key: Hashable](line: MarkedLine[Key], words: str | None = None) -> Wording:
    return Wording(line.words if words is None else words, line.item, line.line)


def _plain(words: str) -> str:
    return " ".join(plain_words(words)) or words


def _stands[Key: Hashable](line: MarkedLine[Key], marker: Marker) -> bool:
    """Whether the line still is one of this kind that asks for something."""
    set_aside = line.set_aside is not None and _plain(line.set_aside) == _plain(line.words)
    return line.marker is marker and not set_aside


def _only_in_notes[Key: Hashable](
    lines: Sequence[MarkedLine[Key]], actions: Sequence[ListedAction[Key]]
) -> Iterator[Disagreement[Key]]:
    known = [Known(one.key, (one.words,)) for one in actions]
    for line in lines:
        if line.linked is not None:
            continue
        if _stands(line, Marker.ACTION):
            match = match_mention(line.words, known)
            proposed: tuple[Key, ...] = ()
            if isinstance(match, SameWords):
                proposed = (match.key,)
            elif isinstance(match, Close):
                proposed = match.keys
            yield _of(
                Kind.ONLY_IN_NOTES, (_in_notes(line),), _plain(line.words), (line.key,), proposed=proposed
            )
        elif _stands(line, Marker.DECISION):
            yield _of(Kind.DECISION_ONLY_IN_NOTES, (_in_notes(line),), _plain(line.words), (line.key,))


def _only_in_list[Key: Hashable](
    lines: Sequence[MarkedLine[Key]], actions: Sequence[ListedAction[Key]]
) -> Iterator[Disagreement[Key]]:
    mentioned = {line.linked for line in lines if line.marker is Marker.ACTION}
    for one in actions:
        if not one.carried and one.key not in mentioned:
            yield _of(Kind.ONLY_IN_LIST, (Wording(one.words),), _plain(one.words), actions=(one.key,))


def _not_reviewed[Key: Hashable](actions: Sequence[ListedAction[Key]]) -> Iterator[Disagreement[Key]]:
    for one in actions:
        if one.carried and not one.reviewed:
            yield _of(Kind.NOT_REVIEWED, (Wording(one.words),), _plain(one.words), actions=(one.key,))


def _differing[Key: Hashable](
    lines: Sequence[MarkedLine[Key]], actions: Sequence[ListedAction[Key]], next_meeting_on: date | None
) -> Iterator[Disagreement[Key]]:
    by_key = {one.key: one for one in actions}
    for line in lines:
        action = by_key.get(line.linked) if line.linked is not None else None
        if action is None or line.marker is not Marker.ACTION:
            continue
        both = ((line.key,), (action.key,))
        if line.owners and not same_owners(line.owners, action.owners):
            sides = (_names(line.owners), _names(action.owners))
            yield _of(
                Kind.OWNERS_DIFFER,
                (_in_notes(line, sides[0]), Wording(sides[1])),
                list(map(_plain, sides)),
                *both,
            )
        if line.deadline and not same_deadline(
            line.deadline, action.deadline, next_meeting_on=next_meeting_on
        ):
            sides = (line.deadline.as_written, action.deadline.as_written if action.deadline else "")
            yield _of(
                Kind.DEADLINES_DIFFER,
                (_in_notes(line, sides[0]), Wording(sides[1])),
                list(map(_plain, sides)),
                *both,
            )


def same_owners(some: Sequence[Named], others: Sequence[Named]) -> bool:
    """Whether both name the same people and groups, in whatever order and part.

    Whom a name means decides where both are placed; else one name being part of the other is enough
    ("Bel" and "Bel Marsh").
    """
    left = list(others)
    for one in some:
        same = next((other for other in left if _same_one(one, other)), None)
        if same is None:
            return False
        left.remove(same)
    return not left


def _same_one(one: Named, other: Named) -> bool:
    if one.who is not None and other.who is not None:
        return one.who == other.who
    mine, theirs = words_of(one.as_written), words_of(other.as_written)
    return mine == theirs or (
        bool(mine and theirs) and (set(mine) <= set(theirs) or set(theirs) <= set(mine))
    )


def same_deadline(
    one: Deadline | None, other: Deadline | None, *, next_meeting_on: date | None = None
) -> bool:
    """Whether two deadlines fall on the same last day, or say the same thing without a day.

    "End of March" agrees with 31 March, and "at next meeting" with the day of that meeting.
    """
    if one is None or other is None:
        return one is other
    days = [due_on(each, next_meeting_on=next_meeting_on, circulated_on=None) for each in (one, other)]
    if days[0] and days[1]:
        return days[0] == days[1]
    return one.kind is other.kind or same_words(one.as_written, other.as_written)


@dataclass(frozen=True, slots=True)
class _Statement[Key: Hashable]:
    """Something to do as a line or, where no line speaks of it, the list says it."""

    words: str
    action: Key | None
    line: MarkedLine[Key] | None


def _said_twice[Key: Hashable](
    lines: Sequence[MarkedLine[Key]], actions: Sequence[ListedAction[Key]]
) -> Iterator[Disagreement[Key]]:
    """Statements that read alike and stand for two actions, each beside the earlier one that it is closest to.

    A line without an action and an action without a line are none: there the link is proposed.
    """
    statements = [_Statement(one.words, one.linked, one) for one in lines if _stands(one, Marker.ACTION)]
    mentioned = {one.action for one in statements}
    statements += [
        _Statement(one.words, one.key, None)
        for one in actions
        if not one.carried and one.key not in mentioned
    ]
    weights = weights_of([one.words for one in statements])
    for number, later in enumerate(statements):
        scored = [
            (closeness(earlier.words, later.words, weights), -at, earlier)
            for at, earlier in enumerate(statements[:number])
            if _may_be_one(earlier, later)
        ]
        score, _, earlier = max(scored, key=lambda one: one[:2], default=(0.0, 0, None))
        if earlier is None or score < SAID_TWICE_FROM:
            continue
        both = (earlier, later)
        yield _of(
            Kind.SAID_TWICE,
            tuple(_in_notes(one.line) if one.line else Wording(one.words) for one in both),
            sorted(_plain(one.words) for one in both),
            tuple(one.line.key for one in both if one.line),
            tuple(one.action for one in both if one.action is not None),
        )


def _may_be_one[Key: Hashable](earlier: _Statement[Key], later: _Statement[Key]) -> bool:
    if earlier.action is not None and earlier.action == later.action:
        return False
    unlinked = [one for one in (earlier, later) if one.action is None]
    return not (len(unlinked) == 1 and (earlier.line is None or later.line is None))


def _names(owners: Sequence[Named]) -> str:
    return ", ".join(one.as_written for one in owners)
