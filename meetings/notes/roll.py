"""The roll of a meeting while it is being read: who was found, where, and which office somebody held."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from meetings.notes.document import Attendee, Capacity, Presence
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic
from meetings.notes.people import NamedPerson, initials_of, looks_like_name

PRESENCES = {Topic.APOLOGIES: Presence.APOLOGIES, Topic.ABSENT: Presence.ABSENT}
CAPACITIES = {
    Topic.GUESTS: Capacity.GUEST,
    Topic.OBSERVERS: Capacity.OBSERVER,
    Topic.CHAIR: Capacity.CHAIR,
    Topic.CO_CHAIR: Capacity.CO_CHAIR,
    Topic.NOTETAKER: Capacity.NOTETAKER,
}
HERE = {
    Topic.ATTENDANCE,
    Topic.PRESENT,
    Topic.GUESTS,
    Topic.OBSERVERS,
    Topic.APOLOGIES,
    Topic.ABSENT,
    Topic.MIXED,
}
OFFICES = {Topic.CHAIR, Topic.CO_CHAIR, Topic.NOTETAKER, Topic.OFFICER}
_TITLES = re.compile(r"^(?:Cllr|Dr|Mr|Mrs|Ms|Miss|Prof|Councillor)\.?\s+", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """One person of the roll, with the source lines of the entry."""

    person: NamedPerson
    presence: Presence
    first: int
    last: int


class Roll:
    """Everyone found so far, in the order of the notes, and the offices named beside the list."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.found: list[Found] = []
        self.offices: list[tuple[NamedPerson, Capacity | None, int]] = []

    def add(
        self, person: NamedPerson, presence: Presence, first: int, last: int, *, beside: str = ""
    ) -> None:
        """Put somebody on the roll, once; `beside` is the whole list, to tell a missing comma by."""
        if len(person.name.split()) > 4 and not re.search(
            r"\b(?:de|da|di|van|von|der|la|al|bin|y)\b", person.name
        ):
            self.gathering.warn(first, f"“{person.name}” may be several people: a comma may be missing.")
        elif len(person.name.split()) == 2 and 0 < len(beside) < 1000 and _first_names(beside):
            self.gathering.warn(first, f"“{person.name}” may be two people: a comma may be missing.")
        for one in self.found:
            if one.person.name.casefold() != person.name.casefold():
                continue
            if one.presence is presence:
                one.person = _with_capacities(one.person, person.capacities)
            else:
                self.gathering.warn(first, f"“{person.name}” stands in two lists of the attendance.")
            return
        self.found.append(Found(person, presence, first, last))

    def give_offices(self) -> None:
        """Give "Chair: JC" to the one of the list whom it names, or add who is not in the list."""
        for person, capacity, line in self.offices:
            capacities = (*person.capacities, *((capacity,) if capacity else ()))
            match = self._match(person.name)
            if match:
                match.person = _with_capacities(match.person, capacities)
            elif capacity is not Capacity.CO_CHAIR and looks_like_name(person.name):
                if capacity is None and self.found:
                    self.gathering.warn(
                        line, f"“{person.name}” holds an office here and is not in the attendance."
                    )
                added = replace(person, capacities=tuple(dict.fromkeys(capacities)))
                self.found.append(Found(added, Presence.PRESENT, line, line))

    def _match(self, name: str) -> Found | None:
        """The one of the list whom these words name: in full, by initials, first name or surname; else None."""
        folded = _TITLES.sub("", name).casefold()
        words = folded.split()
        tests: tuple[Callable[[Found, list[str]], bool], ...] = (
            lambda one, theirs: theirs == words,
            lambda one, theirs: name.replace(".", "") in {one.person.initials, initials_of(one.person.name)},
            lambda one, theirs: len(words) == 1 and theirs[0] == folded,
            lambda one, theirs: len(words) == 1 and theirs[-1] == folded,
            lambda one, theirs: len(words) > 1 and theirs[-1] == words[-1] and theirs[0][0] == folded[0],
        )
        for test in tests:
            here = [
                one for one in self.found if test(one, _TITLES.sub("", one.person.name).casefold().split())
            ]
            if len(here) == 1:
                return here[0]
        return None

    def attendance(self) -> tuple[Attendee, ...]:
        """The roll as the document has it; the place of each entry is noted."""
        for place, one in enumerate(self.found):
            self.gathering.places["attendance", place] = (one.first, one.last)
        return tuple(
            Attendee(one.person.name, one.person.as_written, one.presence, one.person.capacities)
            for one in self.found
        )


def _with_capacities(person: NamedPerson, capacities: tuple[Capacity, ...]) -> NamedPerson:
    return replace(person, capacities=tuple(dict.fromkeys(person.capacities + capacities)))


def _first_names(text: str) -> bool:
    """Whether a list holds mostly single first names, so that two words together may be two people."""
    entries = [
        entry.strip()
        for entry in re.split(r",|\band\b|&", re.sub(r"^[^:]{0,40}:", "", text))
        if entry.strip()
    ]
    # An organisation's letters after a name ("Bo Lark, ABC, XYZ") are no first names.
    single = sum(len(entry.split()) == 1 and not entry.isupper() for entry in entries)
    return single * 2 >= len(entries) and single >= 2
