"""What was declared at a meeting and how it was handled, and whose interests touch its items: all in one query."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allies.interests import Handling as How
from allies.models import Actor
from meetings.interests import HandledAt, declared_words, sentence, takes_part
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import CapacityKind
from meetings.models.declared_rows import DECLARED, EARLIER, ENTRY, PART, PART_WORDS, Row, matter_of, rows_of
from meetings.models.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Matter:
    """A project or a partner, by its id and name; `pk` None for words alone, both empty for nothing."""

    kind: str = ""
    pk: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Handled:
    """How a declaration was handled at one item; `decided_by` is a name."""

    pk: int
    item_id: int
    how: How
    reason: str
    decided_by: str
    decided_by_id: int | None


@dataclass(slots=True)
class Declared:
    """A declaration, with how it was handled. `withdrawn` says why it was a mistake, where it was."""

    pk: int
    person_id: int | None
    name: str
    as_written: str
    words: str
    about: Matter
    interest_id: int | None
    withdrawn: str
    handled: list[Handled] = field(default_factory=list)

    def handled_at(self, item_id: int) -> Handled | None:
        """How it was handled at one item."""
        return next((one for one in self.handled if one.item_id == item_id), None)

    def words_for(self, places: "Places") -> str:
        """It in the words of the notes, after the name."""
        return declared_words(self.words, self.about.name, self._handled(places))

    def in_words(self, places: "Places") -> str:
        """It as one sentence of the notes, with the name."""
        return sentence(self.name, self.words, self.about.name, self._handled(places))

    def _handled(self, places: "Places") -> list[HandledAt]:
        chairs = places.chairs if self.person_id in places.chairing else {}
        at = {one.item_id: one for one in self.handled}
        return [
            HandledAt(at[item].how, words, chairs.get(item, ""))
            for item, words in places.words.items()
            if item in at
        ]


@dataclass(frozen=True, slots=True)
class Places:
    """How sentences name the items of a meeting, by id in their order, and who was in the chair.

    `chairs` are the names of those who took it for one item; `chairing` the ids of those who chair the meeting.
    """

    words: dict[int, str] = field(default_factory=dict)
    chairs: dict[int, str] = field(default_factory=dict)
    chairing: frozenset[int] = frozenset()


def places_of(items: Iterable[Any], attendance: Iterable[Any], words: dict[int, str] | None = None) -> Places:
    """Give them from the rows of a page: items with `chair_name`, attendance with `kinds`. No query.

    Without `words` an item goes by its place on the agenda: "item 4".
    """
    listed = list(items)
    return Places(
        words if words is not None else {item.pk: f"item {n}" for n, item in enumerate(listed, 1)},
        {item.pk: item.chair_name for item in listed if getattr(item, "chair_name", None)},
        frozenset(one.person_id for one in attendance if one.person_id and CapacityKind.CHAIR in one.kinds),
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A standing interest of somebody at the meeting, as the reader may see it: `words` may be kept back."""

    pk: int
    person_id: int
    name: str
    words: str
    about: Matter


@dataclass
class Touch:
    """Somebody whom an item touches: by an entry in the register, by what they declared at this meeting, or both.

    `how` says what ties it to the item: the project itself, the partner, or a partner that takes part. `earlier` is
    what they declared when the item was before an earlier meeting.
    """

    person_id: int | None
    name: str
    how: str
    entry: Entry | None = None
    declared: Declared | None = None
    earlier: Declared | None = None

    @property
    def key(self) -> str:
        """What a form about it is called: "entry-4", "declared-7", "earlier-2"."""
        if self.declared is not None:
            return f"declared-{self.declared.pk}"
        return f"entry-{self.entry.pk}" if self.entry else f"earlier-{self.earlier.pk if self.earlier else 0}"


@dataclass(slots=True)
class InterestsAtMeeting:
    """The declarations of a meeting in the order they were made, and the entries that touch its items."""

    declarations: list[Declared] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    parts: dict[tuple[int, int], str] = field(default_factory=dict)
    # What was declared on an item of an earlier meeting, by that item's id: asked about again where it moved to.
    earlier: dict[int, list[Declared]] = field(default_factory=dict)

    @property
    def standing(self) -> list[Declared]:
        """The declarations that were not withdrawn as a mistake."""
        return [one for one in self.declarations if not one.withdrawn]

    @property
    def withdrawn(self) -> list[Declared]:
        """Those that were, struck and kept."""
        return [one for one in self.declarations if one.withdrawn]

    def touching(self, item: AgendaItem) -> list[Touch]:
        """Whom an item touches, by name: what was declared first takes the entry it speaks of with it."""
        found = []
        spoken_of: set[int] = set()
        for one in self.standing:
            tie = self._tie(one.about, item) if one.about.pk else ""
            if not tie and one.handled_at(item.pk) is None:
                continue
            entry = next((entry for entry in self.entries if entry.pk == one.interest_id), None)
            if one.interest_id:
                spoken_of.add(one.interest_id)
            found.append(Touch(one.person_id, one.name, tie or one.about.name, entry, one))
        for entry in self.entries:
            if entry.pk not in spoken_of and (tie := self._tie(entry.about, item)):
                spoken_of.add(entry.pk)
                found.append(Touch(entry.person_id, entry.name, tie, entry))
        said = {(touch.name, touch.declared.words) for touch in found if touch.declared}
        for one in self.earlier.get(item.moved_from_id or 0, ()):
            if one.interest_id not in spoken_of and (one.name, one.words) not in said:
                found.append(Touch(one.person_id, one.name, one.about.name, earlier=one))
        return sorted(found, key=lambda touch: (touch.name.casefold(), touch.declared is None))

    def not_deciding(self) -> dict[int, list[str]]:
        """The names of those who took no part in an item's decision, by the item's id."""
        names: dict[int, dict[str, None]] = defaultdict(dict)
        for one in self.standing:
            for handled in one.handled:
                if not takes_part([handled.how]):
                    names[handled.item_id][one.name or "Somebody"] = None
        return {item: sorted(who) for item, who in names.items()}

    def _tie(self, about: Matter, item: AgendaItem) -> str:
        """What ties a matter to an item, in words; empty where nothing does."""
        kind, pk = matter_of(item)
        if not kind or about.pk is None:
            return ""
        if (about.kind, about.pk) == (kind, pk):
            return about.name
        # Both ids are known here: the part is looked up by project and partner.
        pair = (pk or 0, about.pk) if kind == "project" else (about.pk, pk or 0)
        part = self.parts.get(pair) if kind != about.kind else None
        if part is None:
            return ""
        if about.kind == "organisation":
            return f"{about.name}, {part.lower()} in this project"
        return f"{about.name}, in which this partner is {part.lower()}"


def read_interests(
    actor: Actor, meeting: Meeting, items: Iterable[AgendaItem] = (), *, every_entry: bool = False
) -> InterestsAtMeeting:
    """Read a meeting's declarations, and for `items` the entries that touch them, as `actor` may see: one query.

    Entries are of those on the meeting's body or on its list, standing on its day; with `every_entry` all of
    theirs, whatever they are about. For an item that was moved here, what was declared on it before comes too.
    """
    found = InterestsAtMeeting()
    declared: dict[int, Declared] = {}
    entries: dict[int, Entry] = {}
    for row in rows_of(actor, meeting, list(items), every_entry=every_entry):
        if row.what == DECLARED:
            one = declared.setdefault(row.pk, _declared(row))
            if row.handling_pk and row.item_id:
                one.handled.append(_handled(row, row.handling_pk, row.item_id))
        elif row.what == EARLIER and row.item_id:
            found.earlier.setdefault(row.item_id, []).append(_declared(row))
        elif row.what == ENTRY and row.person_id:
            with_whom = _about(row)
            if with_whom.pk is None:
                with_whom = Matter(name=row.as_written)
            entries[row.pk] = Entry(row.pk, row.person_id, row.name, row.words, with_whom)
        elif row.what == PART and row.project_id and row.organisation_id:
            part = str(PART_WORDS.get(row.words, row.words))
            found.parts.setdefault((row.project_id, row.organisation_id), part)
    found.declarations, found.entries = list(declared.values()), list(entries.values())
    return found


def _declared(row: Row) -> Declared:
    return Declared(
        pk=row.pk,
        person_id=row.person_id,
        name=row.name,
        as_written=row.as_written,
        words=row.words,
        about=_about(row),
        interest_id=row.interest_id,
        withdrawn=row.withdrawn,
    )


def _handled(row: Row, pk: int, item_id: int) -> Handled:
    return Handled(pk, item_id, How(row.how), row.reason, row.decided_by, row.decided_by_id)


def _about(row: Row) -> Matter:
    if row.project_id and row.organisation_id is None:
        return Matter("project", row.project_id, row.project_name)
    if row.organisation_id and row.project_id is None:
        return Matter("organisation", row.organisation_id, row.organisation_name)
    return Matter()
