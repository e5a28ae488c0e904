"""Whether the registers of the groups that somebody sits on are open to the public, and whose words go out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allies.interests import is_held_on
from allies.models import Actor
from allies.policies import can, powers_of
from allies.powers import Permission
from allies.views.showing_public_register import entries_of_members


@dataclass(frozen=True, slots=True)
class OpenOrNot:
    """One group's register; `may_change` says whether the reader may open or close it."""

    slug: str
    name: str
    is_public: bool
    because: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class Openness:
    """Of all those groups: the names of whose words go out, of who keeps words private, and which entries go out."""

    groups: Sequence[OpenOrNot]
    with_words: Sequence[str] = ()
    with_private: Sequence[str] = ()
    out: frozenset[int] = frozenset()

    @property
    def is_any_public(self) -> bool:
        return any(group.is_public for group in self.groups)


def openness_of(places: Iterable[Any], actor: Actor, today: date) -> Openness:
    """Say it of the groups that the reader sits on, or may open; `places` as `places_seen_by` gives them.

    One query where one of them is open, none otherwise.
    """
    person = powers_of(actor).person_id
    now = [place for place in places if is_held_on(place.starts, place.ends, today)]
    bodies = {
        place.body_id: place.body
        for place in now
        if place.person_id == person or can(actor, Permission.PUBLISH, body=place.body_id)
    }.values()
    groups = [
        OpenOrNot(
            body.slug,
            body.name,
            body.register_is_public,
            body.register_because,
            can(actor, Permission.PUBLISH, body=body),
        )
        for body in sorted(bodies, key=lambda body: (body.name.casefold(), body.pk))
    ]
    public = [body for body in bodies if body.register_is_public]
    entries = entries_of_members(public, today) if public else []
    return Openness(
        groups,
        _names(entry.person for entry in entries if not entry.is_private),
        _names(entry.person for entry in entries if entry.is_private),
        frozenset(entry.pk for entry in entries),
    )


def mark_what_goes_out(entries: Iterable[Any], openness: Openness) -> None:
    """Give each entry `goes_out`: whether the public reads of it."""
    for entry in entries:
        entry.goes_out = entry.pk in openness.out


def _names(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=str.casefold)
