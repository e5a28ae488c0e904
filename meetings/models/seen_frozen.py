"""Frozen versions as somebody may see them: what they are kept from today is left out, whatever was frozen then."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, Value

from actions.models import Action
from allies import clock
from allies.models import Account, Actor, Declaration, Withholding
from allies.models.held import EVERYTHING, kept_from, powers_of, without_withheld
from allies.powers import KeptFrom, Powers
from meetings.models.agenda import AgendaItem
from meetings.models.decision import Decision
from meetings.models.frozen import NotesVersion
from meetings.models.notes_in import Mention, MentionPlace
from meetings.notes.document import AgendaItem as AgendaItemOut
from meetings.notes.document import NotesDocument
from meetings.notes.frozen import Content
from meetings.notes.frozen_notes import NOTHING_HIDDEN, Hidden, document_of, without

_PLACES = {"agreed": MentionPlace.AGREED, "carried": MentionPlace.CARRIED}


@dataclass(frozen=True)
class Frozen:
    """A version with its content as one reader may see it."""

    version: NotesVersion
    content: Content

    @cached_property
    def document(self) -> NotesDocument:
        """The notes document that it reads as."""
        return document_of(self.content)

    @property
    def besides(self) -> tuple[AgendaItemOut, ...]:
        """What stands below the items of the meeting: statements, the approval, addenda."""
        return self.document.agenda[len(self.content["agenda"]) :]

    @cached_property
    def agreed(self) -> list[Mention]:
        """The rows of the table of actions agreed, as rows of a page; none of them is kept."""
        return self._rows("agreed")

    @cached_property
    def carried(self) -> list[Mention]:
        """The rows of the table of actions from previous meetings."""
        return self._rows("carried")

    def _rows(self, section: str) -> list[Mention]:
        return [_as_mention(one) for one in self.content["actions"] if one["section"] == section]


def as_seen(actor: Actor, version: NotesVersion, *, instead: str | None = None) -> Frozen:
    """The version as `actor` may see it. No query for whoever is kept from nothing, one for anybody else.

    `instead` stands in the place of an item that is left out: the usual words without it, no trace with "".
    """
    hidden = hidden_from(actor, version)
    if hidden and instead is not None:
        hidden = replace(hidden, instead=instead)
    return Frozen(version, without(version.content, hidden))


def hidden_from(actor: Actor, *versions: NotesVersion) -> Hidden:
    """What of versions is kept from somebody today, by ids. One query, and none where nothing is kept from them."""
    if not kept_from(actor):
        return NOTHING_HIDDEN
    content = _together([one.content for one in versions])
    actions = {one["action"] for one in content["actions"]}
    actions |= {one["action"] for one in content["statements"]}
    declarations = {one["declaration"] for one in content["declarations"]}
    decisions = {one["decision"] for one in content["decisions"]}
    meetings = [one.meeting_id for one in versions]
    items = without_withheld(AgendaItem.objects.filter(meeting__in=meetings), actor)
    # As `Decision.visible_to`: a case about a matter that is kept from them, whatever the item speaks of now.
    decided = without_withheld(Decision.objects.filter(pk__in=decisions), actor, "case__")
    seen: dict[str, set[int]] = {"item": set(), "action": set(), "declaration": set(), "decision": set()}
    rows = _kept("item", items).union(
        _kept("action", Action.objects.visible_to(actor).filter(pk__in=actions - {None})),
        _kept("declaration", without_withheld(Declaration.objects.filter(pk__in=declarations), actor)),
        _kept("decision", decided),
    )
    for what, pk in rows.order_by():
        seen[what].add(pk)
    named = {one["item"] for one in content["agenda"]} | {one["item"] for one in content["decisions"]}
    named |= {handled["item"] for one in content["declarations"] for handled in one["handled"]}
    named |= {one["item"] for part in ("statements", "addenda") for one in content[part]}
    return Hidden(
        frozenset(named - seen["item"] - {None}),
        frozenset(actions - seen["action"] - {None}),
        frozenset(declarations - seen["declaration"]),
        frozenset(decisions - seen["decision"]),
        powers_of(actor).person_id,
    )


def all_as_seen(actor: Actor, versions: list[NotesVersion], *, instead: str) -> list[Frozen]:
    """Several versions as `actor` may see them, as `as_seen`: one query in all."""
    hidden = replace(hidden_from(actor, *versions), instead=instead)
    return [Frozen(one, without(one.content, hidden)) for one in versions]


def whoever_is_kept_from_most() -> Account:
    """A reader of everything but what is withheld from anybody: for what goes to everybody alike. One query."""
    rows = list(
        Withholding.objects.standing()
        .order_by()
        .values_list("about_project", "about_organisation", "about_matter")
    )
    kept = KeptFrom(*(frozenset(row[column] for row in rows if row[column]) for column in range(3)))
    reader = Account()
    reader._powers = (clock.today(), Powers(bodies=EVERYTHING.bodies, kept_from=kept))  # type: ignore[attr-defined]
    return reader


def _together(contents: list[Content]) -> Content:
    """The rows of several contents; what an approval changed is about something, as a statement is."""
    parts = ("agenda", "actions", "decisions", "declarations", "statements", "addenda")
    whole = {part: [one for content in contents for one in content[part]] for part in parts}
    approvals = [content["approval"] for content in contents if content["approval"]]
    whole["statements"] += [one for approval in approvals for one in approval["changes"]]
    return whole


def _kept(what: str, rows: Any) -> Any:
    return rows.order_by().values_list(Value(what, CharField(max_length=20)), F("pk"))


def _as_mention(one: dict[str, Any]) -> Mention:
    deadline = one["deadline"] or {}
    row = Mention(
        action_id=one["action"],
        place=_PLACES[one["section"]],
        position=0,
        text=one["text"],
        owners_as_written=", ".join(owner["as_written"] for owner in one["owners"]),
        deadline_as_written=deadline.get("as_written", ""),
        status=one["status"] or "",
    )
    row.points = one["details"]  # type: ignore[attr-defined]
    return row
