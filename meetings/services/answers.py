"""What a person answered about a set of notes before it is saved, and how it goes when nobody answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from allies.names import Resolved, Unknown
from meetings.matching import Same
from meetings.services.understanding import OfBody, Remark, Understanding, WrittenName, unplaceable


class Say(StrEnum):
    """Answers that name nobody and no action."""

    NEW = "new"
    AS_WRITTEN = "as_written"
    LATER = "later"
    NO_ACTION = "no_action"


type Whom = int | OfBody | Say
type WhichAction = tuple[str, int] | Say


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by row of the attendance list, by name as written, by row of the tables, by remark in the notes.

    A person is an id, or, negative, somebody who comes in with this document (`understanding`). A remark's action
    is ("row", n) or ("action", id). What is not answered goes as `whom_by_default` and the others say: names that
    are known are placed, whoever is merely like a name is left as written, nothing close is linked.
    """

    attendees: Mapping[int, Whom] = field(default_factory=dict)
    names: Mapping[str, Whom] = field(default_factory=dict)
    rows: Mapping[int, int | Say] = field(default_factory=dict)
    remarks: Mapping[int, WhichAction] = field(default_factory=dict)


def attendee_by_default(name: str, number: int, understood: Understanding) -> Whom:
    """Whom a row of the attendance list means when nobody answered: unknown people are new ones."""
    placing = understood.attendees[number]
    if isinstance(placing, Resolved):
        return placing.id
    return Say.NEW if isinstance(placing, Unknown) and not unplaceable(name) else Say.LATER


def whom_by_default(name: WrittenName) -> Whom:
    """Whom any other name means when nobody answered."""
    match name.placing:
        case OfBody():
            return name.placing
        case Resolved(found):
            return found
        case _:
            return Say.LATER


def row_by_default(number: int, understood: Understanding) -> int | Say:
    """Which action a row of the tables is when nobody answered."""
    match = understood.rows[number]
    return match.key if isinstance(match, Same) else Say.LATER


def remark_by_default(remark: Remark) -> WhichAction:
    """Which action a remark speaks of when nobody answered."""
    return remark.match.key if isinstance(remark.match, Same) else Say.LATER
