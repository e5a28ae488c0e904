"""What the page of publishing reads: the notes that went out, what was chosen for the public, and what it comes to."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from allies.models import Actor, Appointment, BodyKind, Person
from allies.names import Candidate
from allies.names_in_text import Sought, find, names_of, replace
from meetings.models.frozen import NotesVersion
from meetings.models.meeting import Meeting
from meetings.models.publishing import ABOUT_GOING_OUT, Publication, Redaction, RedactionChoice
from meetings.models.seen_frozen import as_seen, whoever_is_kept_from_most
from meetings.notes.attribution import Attribution, Voice
from meetings.notes.document import Capacity, plain
from meetings.notes.frozen import Content
from meetings.notes.places import Part, Place, Spot, spots_in
from meetings.notes.published import NAME_WITHHELD, SOMEBODY, Choices, published

ITEM_WITHHELD = "An item withheld from publication"
_GUESTS = frozenset({Capacity.GUEST.value, Capacity.OBSERVER.value})
_CHAIRS = frozenset({Capacity.CHAIR.value, Capacity.CO_CHAIR.value})


@dataclass(slots=True)
class Named:
    """Somebody on the list of those there, with all the names by which notes may call them."""

    row: int
    voice: Voice
    names: set[str]
    candidate: Candidate


@dataclass
class ForPublic:
    """Notes on their way to the public. `source` is the version that would be published; None before any went out.

    `content` is that version without what is withheld from anybody; `going` and `saying` are the choices that
    stand, by place.
    """

    meeting: Meeting
    source: NotesVersion | None = None
    content: Content = field(default_factory=dict)
    publication: Publication | None = None
    going: dict[Place, Redaction] = field(default_factory=dict)
    saying: dict[Place, Redaction] = field(default_factory=dict)
    people: list[Named] = field(default_factory=list)

    @cached_property
    def spots(self) -> list[Spot]:
        """Everything that can be withheld, in the order of the notes."""
        return list(spots_in(self.content)) if self.source else []

    @cached_property
    def choices(self) -> Choices:
        """What was chosen, as the rule takes it."""
        return Choices(
            withheld={
                at: one.withheld for at, one in self.going.items() if one.choice == RedactionChoice.WITHHELD
            },
            attributed={at: Attribution(one.choice) for at, one in self.saying.items()},
            default=Attribution(self.meeting.body.said_by),
            voices=_voices(self.people),
            unname=self._unname,
        )

    @cached_property
    def derived(self) -> Content:
        """The content as the public would read it now."""
        return published(self.content, self.choices)

    @cached_property
    def missing(self) -> list[Redaction]:
        """What was withheld and is not found: its words have changed since. Without what nobody publishes anyway."""
        if self.source is None:
            return []
        there = {spot.place for spot in self.spots}
        # An item that is kept from anybody holds its place, with other words than went out.
        whole = self.source.content["agenda"]
        items = {one["item"] for one in self.content["agenda"] if one in whole}
        actions = {one["action"] for one in self.content["actions"]}
        return [
            self.going[at]
            for at in self.choices.withheld
            if at not in there
            and (self.going[at].item_id is None or self.going[at].item_id in items)
            and (self.going[at].action_id is None or self.going[at].action_id in actions)
        ]

    def may_name(self, words: str) -> bool:
        """Whether words may still name somebody whose name is withheld: only a person can tell."""
        return any(not found.sure for sought, _ in self._sought for found in find(words, sought))

    @cached_property
    def _sought(self) -> list[tuple[Sought, str]]:
        """Whom the text must not name, each with what stands there instead: no sign of a gap, where none may be."""
        rows = {at.row: self.going[at].withheld for at in self.choices_of_people}
        candidates = [one.candidate for one in self.people]
        return [
            (
                names_of(one.candidate, candidates, former=sorted(one.names)),
                SOMEBODY if rows[one.row].without_trace else NAME_WITHHELD,
            )
            for one in self.people
            if one.row in rows
        ]

    @property
    def choices_of_people(self) -> set[Place]:
        return {
            at
            for at, one in self.going.items()
            if at.part is Part.PERSON and one.choice == RedactionChoice.WITHHELD
        }

    def _unname(self, words: str) -> str:
        named = words
        for sought, instead in self._sought:
            words = replace(words, sought, instead=instead)
        begins = words.startswith(SOMEBODY) and words != named
        return words[:1].upper() + words[1:] if begins else words


def for_public(meeting: Meeting) -> ForPublic:
    """Read it: six queries, however much there is. `meeting` has its body."""
    found = ForPublic(meeting)
    found.source = NotesVersion.objects.filter(meeting=meeting).shown().first()
    found.publication = Publication.objects.filter(meeting=meeting).select_related("version").first()
    if found.source is None:
        return found
    # What everybody gets holds nothing that is kept from anybody.
    found.content = as_seen(whoever_is_kept_from_most(), found.source, instead=ITEM_WITHHELD).content
    for one in Redaction.objects.filter(meeting=meeting).select_related("by__person"):
        kept = found.going if one.choice in ABOUT_GOING_OUT else found.saying
        kept[one.place] = one
    found.people = _people(meeting, found.content)
    return found


def visible_missing(found: ForPublic, actor: Actor) -> list[Redaction]:
    """Those of `missing` that somebody may see. One query where there are any."""
    if not found.missing:
        return []
    theirs = set(
        Redaction.objects.visible_to(actor).filter(meeting=found.meeting).values_list("pk", flat=True)
    )
    return [one for one in found.missing if one.pk in theirs]


def _people(meeting: Meeting, content: Content) -> list[Named]:
    """Those on the list with their names, from the record for those it knows. One query."""
    rows = content["attendance"]
    on_team = Appointment.objects.on(meeting.date).filter(
        person=OuterRef("pk"), body__kind=BodyKind.CORE_TEAM
    )
    known: dict[int, dict[str, Any]] = {}
    others: dict[int, set[str]] = defaultdict(set)
    people = Person.objects.filter(pk__in=[one["person"] for one in rows if one["person"]])
    for pk, full, short, other, team in people.annotate(team=Exists(on_team)).values_list(
        "pk", "full_name", "short_name", "other_names__name", "team"
    ):
        known[pk] = {"full": full, "short": short, "team": team}
        others[pk] |= {other} - {None}
    found = []
    for one in rows:
        person = known.get(one["person"])
        full = person["full"] if person else one["name"]
        more = others[one["person"]] if person else set()
        names = {one["name"], full, *more, person["short"] if person else ""} - {""}
        candidate = Candidate(one["row"], full, person["short"] if person else "", tuple(sorted(more)))
        found.append(Named(one["row"], _voice(one, person), names, candidate))
    return found


def _voice(row: dict[str, Any], person: dict[str, Any] | None) -> Voice:
    did = set(row["capacities"])
    if did & _CHAIRS:
        return Voice.CHAIR
    if did & _GUESTS:
        return Voice.GUEST
    return Voice.TEAM if person and person["team"] else Voice.ALLY


def _voices(people: list[Named]) -> dict[str, Voice]:
    """Names in lower case with the part of whoever they mean; of a name that several share, only what all are."""
    heard: dict[str, set[Voice]] = defaultdict(set)
    for one in people:
        firsts = {plain(name).split()[0] for name in one.names if plain(name)}
        for name in one.names | firsts:
            heard[plain(name).casefold()].add(one.voice)
    return {name: next(iter(voices)) for name, voices in heard.items() if len(voices) == 1}
