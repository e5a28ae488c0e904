"""What happened in the invented group, in its order: each thing so many days before the day of loading."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, and what writes it down."""

    on: date
    happen: Callable[[], object]


def let_happen(events: Iterable[Event]) -> None:
    """Write everything down, the earliest first; of one day, in the order given."""
    for event in sorted(events, key=lambda one: one.on):
        event.happen()
