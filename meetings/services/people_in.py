"""The people of a set of notes that comes in: found, made, or left as written; and what was answered, remembered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from allies.models import Actor, Body, OtherName, Person
from allies.names import Offered, Resolved, Why, is_initials, same_name, words_of
from allies.services.keeping import change, keep
from meetings.notes.document import NotesDocument
from meetings.services.answers import Answers, Say, Whom, attendee_by_default, whom_by_default
from meetings.services.understanding import OfBody, Understanding

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who, once it is decided: a person for each row of the attendance list, and for each other name."""

    attendees: tuple[Person | None, ...]
    named: Mapping[str, Person | Body | None]
    left_as_written: tuple[str, ...]

    def person(self, written: str) -> Person | None:
        """The person whom a name means, if it means one."""
        found = self.named.get(written)
        return found if isinstance(found, Person) else None

    def body(self, written: str) -> Body | None:
        """The body that a name means, if it means one."""
        found = self.named.get(written)
        return found if isinstance(found, Body) else None


def bring_in_people(
    *, by: Actor, day: date, document: NotesDocument, understood: Understanding, answers: Answers
) -> Cast:
    """Find or make the people of a document. New ones are first seen on `day`, and on no body.

    For services of this app, inside their transaction: no permission is asked here.
    """
    casting = _Casting(by, day)
    attendees: list[Person | None] = []
    by_coming: dict[int, Person | None] = {}
    for number, one in enumerate(document.attendance):
        whom = answers.attendees.get(number, attendee_by_default(one.name, number, understood))
        person = casting.attendee(one.name, whom)
        attendees.append(person)
        by_coming[-1 - number] = person
        placing = understood.attendees[number]
        if person and number in answers.attendees and placing != Resolved(person.pk):
            casting.remember(person, one.name, shared=_shares_a_first_name(placing))
    named: dict[str, Person | Body | None] = {}
    left = []
    for name in understood.names:
        whom = answers.names.get(name.written, whom_by_default(name))
        found = casting.named(name.written, whom, by_coming)
        named[name.written] = found
        if whom is Say.AS_WRITTEN:
            left.append(name.written)
        elif isinstance(found, Person) and name.written in answers.names:
            casting.remember(found, name.written, shared=_shares_a_first_name(name.placing))
    return Cast(tuple(attendees), named, tuple(left))


def remember_name(*, by: Actor, person: Person, written: str, shared: bool = False) -> bool:
    """Keep `written` as another name of the person, so that the next document knows it.

    Not kept: what they are known by already, initials (each document explains its own), and a first name that
    somebody else goes by too (`shared`). Answers whether it was kept.
    """
    written = " ".join(written.split())
    known = (person.full_name, person.short_name, *person.other_names.values_list("name", flat=True))
    first = words_of(person.full_name)[:1]
    if shared or is_initials(written) or len(written) > LONGEST_NAME or not words_of(written):
        return False
    if words_of(written) == first or any(same_name(written, name) for name in known if name):
        return False
    keep(OtherName(person=person, name=written), by=by, reason="answered when notes were brought in")
    return True


def _shares_a_first_name(placing: object) -> bool:
    return isinstance(placing, Offered) and any(
        offer.why is Why.FIRST_NAME_SHARED for offer in placing.offers
    )


class _Casting:
    """Finds people by id and makes new ones, each once."""

    def __init__(self, by: Actor, day: date) -> None:
        self.by, self.day = by, day
        self.people: dict[int, Person] = {}
        self.new: dict[tuple[str, ...], Person] = {}

    def attendee(self, name: str, whom: Whom) -> Person | None:
        if whom is Say.NEW:
            return self._new(name)
        return self._found(whom) if isinstance(whom, int) and whom > 0 else None

    def named(self, written: str, whom: Whom, coming: Mapping[int, Person | None]) -> Person | Body | None:
        match whom:
            case Say.NEW:
                return self._new(written)
            case OfBody(pk):
                return Body.objects.filter(pk=pk).first()
            case int() if whom < 0:
                return coming.get(whom)
            case int():
                return self._found(whom)
            case _:
                return None

    def remember(self, person: Person, written: str, *, shared: bool) -> None:
        remember_name(by=self.by, person=person, written=written, shared=shared)

    def _found(self, pk: int) -> Person | None:
        if pk not in self.people:
            person = Person.objects.filter(pk=pk).first()
            if person is None:
                return None
            if person.first_seen_on is None or person.first_seen_on > self.day:
                change(person, by=self.by, first_seen_on=self.day)
            self.people[pk] = person
        return self.people[pk]

    def _new(self, name: str) -> Person:
        words = words_of(name)
        if words not in self.new:
            person = Person(full_name=" ".join(name.split())[:LONGEST_NAME], first_seen_on=self.day)
            keep(person, by=self.by, reason="in notes that were brought in")
            self.new[words] = person
        return self.new[words]
