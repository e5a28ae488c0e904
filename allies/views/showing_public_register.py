"""What a published register of interests says, in plain words: no row of the record reaches its template."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allies.interests import PublicAnswer, is_held_on, public_answer, unbroken_since
from allies.models import Body
from allies.models.public_register import places_of_members, public_entries
from allies.views.showing_interests import days_in_words


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One entry. `words` are empty where their owner keeps them private (`is_private`)."""

    person_id: int
    person: str
    pk: int
    kind: str
    with_whom: str
    days: str
    words: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class PublicMember:
    """Somebody on the group today, and their last answer. `answered_on` is None where they have not answered."""

    name: str
    posts: str
    answer: PublicAnswer
    answered_on: date | None
    entries: Sequence[PublicEntry]


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A group, and its members today by name."""

    slug: str
    name: str
    members: Sequence[PublicMember]


def groups_of(bodies: Sequence[Body], today: date) -> list[PublicGroup]:
    """Give what goes out of the registers of these groups on a day, also of one that is not open. Two queries."""
    places = defaultdict(list)
    for place in places_of_members(bodies, today):
        places[place.person_id].append(place)
    entries = defaultdict(list)
    for entry in entries_of_members(bodies, today):
        entries[entry.person_id].append(entry)
    return [
        PublicGroup(
            body.slug,
            body.name,
            [
                _member(held, here, entries[pk], today)
                for pk, held in places.items()
                if (here := [one for one in held if one.body_id == body.pk and _is_now(one, today)])
            ],
        )
        for body in bodies
    ]


def entries_of_members(bodies: Sequence[Body], today: date) -> list[PublicEntry]:
    """Give every entry that goes out of those who sit on these groups, the newest of each person first. One query."""
    return [
        PublicEntry(
            entry.person_id,
            entry.person.full_name,
            entry.pk,
            entry.get_kind_display(),
            entry.with_in_words,
            days_in_words(entry),
            entry.words,  # type: ignore[attr-defined]
            entry.private,
        )
        for entry in public_entries(bodies, today)
    ]


def _member(
    held: Sequence[Any], here: Sequence[Any], entries: list[PublicEntry], today: date
) -> PublicMember:
    place = here[0]
    joined = unbroken_since([(one.starts, one.ends) for one in held], today)
    answer = public_answer(
        joined, place.answered_on, nil=bool(place.answered_nil), has_entries=place.has_entries
    )
    return PublicMember(
        place.person.full_name,
        ", ".join(dict.fromkeys(one.get_post_display() for one in here)),
        answer,
        None if answer is PublicAnswer.NOT_ANSWERED else place.answered_on,
        entries,
    )


def _is_now(place: Any, today: date) -> bool:
    return is_held_on(place.starts, place.ends, today)
