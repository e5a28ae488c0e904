"""Two keys: both seats of the co-chairs decide together, and neither sees the other's decision before giving one.

One seat is for lived experience, one for learnt. A chair with an interest in the matter stands down; a substitute
from the list that the group agrees each year then holds that seat's key. Nobody holds two keys (DESIGN §5).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why a seat's own chair does not hold its key."""

    EMPTY = "empty"
    CONFLICT = "conflict"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Held:
    """A seat's key is held by this person (an id): its chair, or a substitute who was named."""

    seat: str
    person: int
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """A seat's key waits for a substitute. `candidates` may be named, by any of `named_by` (ids; empty: the lead)."""

    seat: str
    why: Why
    candidates: tuple[int, ...]
    named_by: int | None


@dataclass(frozen=True, slots=True)
class Nobody:
    """A key that nobody can hold: the case goes to the Allies."""

    seat: str
    why: Why


type Key = Held | Open | Nobody


def who_holds(
    seats: Mapping[str, int | None],
    *,
    conflicted: Collection[int],
    absent: Collection[int],
    substitutes: Iterable[int],
    named: Mapping[str, int] | None = None,
) -> tuple[Key, ...]:
    """Say of each seat who holds its key. Everybody is an id of a person.

    `seats` gives each seat's chair, None where it is empty. `conflicted` have an interest in the matter or said so,
    `absent` cannot be reached within the limit; neither holds a key, whether chair or substitute. `named` gives the
    substitutes already named; a naming that no longer holds is passed over. A missing substitute is named by the
    other seat's chair where that one holds a key, or else by the core team's lead (`named_by` None).
    """
    named = named or {}
    out = set(conflicted) | set(absent)
    chairs = {seat: person for seat, person in seats.items() if person is not None and person not in out}
    # One person in two seats holds the first of them alone.
    holding: dict[str, int] = {}
    for seat, person in chairs.items():
        if person not in holding.values():
            holding[seat] = person
    listed = [one for one in dict.fromkeys(substitutes) if one not in out and one not in seats.values()]
    standing_in: dict[str, int] = {}
    for seat in seats:
        one = named.get(seat)
        if seat not in holding and one in listed and one not in standing_in.values():
            standing_in[seat] = one
    found: list[Key] = []
    for seat, chair in seats.items():
        if seat in holding:
            found.append(Held(seat, holding[seat]))
        elif seat in standing_in:
            found.append(Held(seat, standing_in[seat], substitute=True))
        else:
            why = _why(chair, conflicted)
            free = tuple(person for person in listed if person not in standing_in.values())
            other = next((person for one, person in holding.items() if one != seat), None)
            found.append(Open(seat, why, free, other) if free else Nobody(seat, why))
    return tuple(found)


def _why(chair: int | None, conflicted: Collection[int]) -> Why:
    if chair is None:
        return Why.EMPTY
    return Why.CONFLICT if chair in conflicted else Why.ABSENT


class Step(StrEnum):
    """Where the two keys have brought a case."""

    WAITS = "waits"
    AGREED = "agreed"
    DIFFER = "differ"
    NO_KEY = "no_key"


def outcome(keys: Iterable[Key], given: Mapping[str, str]) -> Step:
    """Say what follows from the responses that were `given`, by seat. Only those of keys that are held count.

    Two that agree close the step; two that differ, or a key that nobody can hold, take the case to the Allies.
    """
    keys = tuple(keys)
    if any(isinstance(one, Nobody) for one in keys):
        return Step.NO_KEY
    responses = [given.get(one.seat) for one in keys if isinstance(one, Held)]
    if len(responses) < len(keys) or None in responses:
        return Step.WAITS
    return Step.AGREED if len(set(responses)) == 1 else Step.DIFFER
