"""What the marked lines of an item say, for the page beside the notes: proposals, questions, what was recorded.

Reading alone; `answering` writes. Everything here is made anew from the words each time, so that a line that was
edited is offered with its new words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from actions.deadlines import Deadline
from actions.models import Action
from allies.models import Body, Person
from allies.names import Offered, Placing, Resolved, Why, place
from meetings.differences import owners_in_words
from meetings.matching import plain_words
from meetings.models import Decision, Meeting, Mention
from meetings.models.cast import Everyone
from meetings.notes.document import Marker, Owner, OwnerRole
from meetings.notes.owners import Roster
from meetings.notes.people import NamedPerson
from meetings.notes.understanding import Understood, understand
from meetings.services.understanding import body_called


class CardKind(StrEnum):
    """What a card asks, or says."""

    PROPOSED = "proposed"
    QUESTION = "question"
    CHANGED = "changed"
    SAME = "same"
    RECORDED = "recorded"
    MARKED = "marked"
    SET_ASIDE = "set_aside"


ASKS = frozenset({CardKind.PROPOSED, CardKind.QUESTION, CardKind.CHANGED, CardKind.SAME})
SHOWN = 20  # lines of each sort that are read at once: the first that ask, and the last that do not


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody a name may mean, and why they are offered."""

    person: Person
    why: str


@dataclass(frozen=True, slots=True)
class NamedOwner:
    """An owner as written, and whom that means: a person, a body, one of `choices`, or the words alone."""

    number: int
    as_written: str
    role: OwnerRole
    person: Person | None = None
    body: Body | None = None
    choices: tuple[Choice, ...] = ()
    shared: bool = False

    @property
    def name(self) -> str:
        """The name to show: the person's own, or the words."""
        if self.person:
            return self.person.full_name
        return self.body.name if self.body else self.as_written

    @property
    def is_open(self) -> bool:
        """Whether a person has to say which."""
        return bool(self.choices)


@dataclass(slots=True)
class Card:
    """One marked line as the page beside the notes shows it."""

    mention: Mention
    kind: CardKind
    marker: Marker
    understood: Understood
    owners: tuple[NamedOwner, ...] = ()
    action: Action | None = None
    decision: Decision | None = None
    same_as: tuple[Action | Decision, ...] = ()
    accepts: bool = False
    # For the page alone: what stands in the way of an answer, what was typed, whether it is open to be changed, the
    # form of a decision; and who was chosen already, by the number of the owner, where a line asks twice.
    errors: dict[str, str] = field(default_factory=dict)
    typed: Any = None
    changing: bool = False
    form: Any = None
    chosen: dict[int, str] = field(default_factory=dict)

    @property
    def question(self) -> NamedOwner | None:
        """The first owner whose name several people go by, and of whom nobody has said yet which."""
        return next((one for one in self.owners if one.is_open and one.number not in self.chosen), None)

    @property
    def leads(self) -> list[NamedOwner]:
        return [one for one in self.owners if one.role is OwnerRole.LEAD]

    @property
    def supports(self) -> list[NamedOwner]:
        return [one for one in self.owners if one.role is OwnerRole.SUPPORT]

    @property
    def owners_written(self) -> str:
        """The owners in one line, as a field holds them."""
        return owners_in_words([Owner(one.as_written, one.role) for one in self.owners])

    @property
    def asks(self) -> bool:
        return self.kind in ASKS

    @property
    def doubts(self) -> tuple[str, ...]:
        return tuple(str(one) for one in self.understood.doubts)


class Names:
    """Whom the names of one meeting's notes mean. `bodies` are read when a name first needs them."""

    def __init__(self, meeting: Meeting, everyone: Everyone, bodies: Sequence[Body] | None = None) -> None:
        self.meeting, self.everyone, self._bodies = meeting, everyone, bodies

    @property
    def bodies(self) -> Sequence[Body]:
        if self._bodies is None:
            self._bodies = list(Body.objects.order_by("pk"))
        return self._bodies

    def roster(self, text: str) -> Roster:
        """Everyone by whom a bare name in `text` is known."""
        people = [NamedPerson(person.full_name, person.full_name) for person in self.everyone.people.values()]
        people += [
            NamedPerson(name, name)
            for one in self.everyone.candidates.values()
            for name in (one.short_name, *one.other_names)
            if name
        ]
        return Roster.of(people, text)

    def owner(self, number: int, owner: Owner) -> NamedOwner:
        """Whom an owner means: a body by its name, then a person by the nearest circle that knows the name."""
        written = owner.as_written
        placing: Placing = place(written, self.everyone.circles)
        if isinstance(placing, Resolved):
            return NamedOwner(number, written, owner.role, person=self.everyone.people[placing.id])
        group = body_called(written, meeting_of=self.meeting.body, bodies=self.bodies)
        if group is not None:
            body = next(one for one in self.bodies if one.pk == group.id)
            return NamedOwner(number, written, owner.role, body=body)
        if isinstance(placing, Offered):
            return NamedOwner(
                number,
                written,
                owner.role,
                choices=tuple(
                    Choice(self.everyone.people[offer.id], self.about(offer.id))
                    for offer in placing.offers[:5]
                ),
                shared=any(offer.why is Why.FIRST_NAME_SHARED for offer in placing.offers),
            )
        return NamedOwner(number, written, owner.role)

    def about(self, person_id: int) -> str:
        """What tells one from another of the same name."""
        if person_id in self.everyone.at_the_meeting:
            return "on the list of this meeting"
        if person_id in self.everyone.on_the_body:
            return f"on the {self.meeting.body.name.removeprefix('The ')}"
        return "in the record, not on the group now"


def picked_up(
    meeting: Meeting,
    mentions: Iterable[Mention],
    names: Names,
    *,
    notes: str = "",
    same: Mapping[tuple[str, int], Action | Decision] | None = None,
) -> list[Card]:
    """A card for each marked line, in the order of the notes; the first that a key can accept says so.

    `same` holds the actions and decisions that `asks` speak of, by marker and id. Lines that are gone have none.
    """
    roster = names.roster(notes)
    cards = [_card(meeting, mention, names, roster, same or {}) for mention in still_there(mentions)]
    first = next(
        (card for card in cards if card.asks and not card.question and card.kind != CardKind.SAME), None
    )
    if first is not None:
        first.accepts = True
    return cards


def still_there(mentions: Iterable[Mention]) -> list[Mention]:
    """Those whose line stands in the notes."""
    return [one for one in mentions if one.line is not None or one.asks != "gone"]


def a_handful(mentions: Sequence[Mention], also: Iterable[int] = ()) -> list[Mention]:
    """Of many lines the first that ask and the last that do not, in their order, and those with the ids `also`."""
    asking = [one for one in mentions if kind_of(one) in ASKS]
    quiet = [one for one in mentions if kind_of(one) not in ASKS]
    shown = {one.pk for one in (*asking[:SHOWN], *quiet[-SHOWN:])}.union(also)
    return [one for one in mentions if one.pk in shown]


def kind_of(mention: Mention) -> CardKind:
    """What the card of a line says, as far as its row tells without its words being read.

    PROPOSED is said of every new line, also of one whose words leave a question (QUESTION, SAME).
    """
    if mention.marker in {Marker.OFFER, Marker.PARKED}:
        return CardKind.MARKED
    if mention.settled or (mention.set_aside and same_words_as(mention.set_aside, mention.text)):
        return CardKind.SET_ASIDE
    if mention.action_id or mention.decision_id:
        edited = bool(mention.answered) and not same_words_as(mention.answered, mention.text)
        return CardKind.CHANGED if edited else CardKind.RECORDED
    return CardKind.PROPOSED


def same_words_as(one: str, other: str) -> bool:
    """Whether two wordings differ in nothing but capitals and punctuation."""
    return one.split() == other.split() or bool(plain_words(one)) and plain_words(one) == plain_words(other)


def asked_about(mentions: Iterable[Mention]) -> tuple[set[int], set[int]]:
    """The ids of actions and of decisions that questions speak of."""
    actions: set[int] = set()
    decisions: set[int] = set()
    for mention in mentions:
        (actions if mention.marker == Marker.ACTION else decisions).update(mention.perhaps)
    return actions, decisions


def _card(
    meeting: Meeting,
    mention: Mention,
    names: Names,
    roster: Roster,
    same: Mapping[tuple[str, int], Action | Decision],
) -> Card:
    marker = Marker(mention.marker)
    understood = understand_line(mention, meeting, roster)
    card = Card(
        mention, kind_of(mention), marker, understood, action=mention.action, decision=mention.decision
    )
    if marker in {Marker.ACTION, Marker.OFFER}:
        card.owners = tuple(names.owner(number, one) for number, one in enumerate(understood.owners))
    if marker in {Marker.OFFER, Marker.PARKED}:
        card.owners = tuple(
            NamedOwner(one.number, one.as_written, one.role, one.person, one.body) for one in card.owners
        )
    elif card.kind is CardKind.PROPOSED:
        found = [same[marker, pk] for pk in mention.perhaps if (marker, pk) in same]
        card.same_as = tuple(found)
        card.kind = CardKind.SAME if found else CardKind.QUESTION if card.question else CardKind.PROPOSED
    return card


def understand_line(mention: Mention, meeting: Meeting, roster: Roster | None) -> Understood:
    """What the line of a mention says, marker and all."""
    return understand(f"{mention.marker.upper()}: {mention.text}", meeting_date=meeting.date, roster=roster)


def deadline_in_words(deadline: Deadline | None) -> str:
    """The deadline as written; empty for none."""
    return deadline.as_written if deadline else ""
