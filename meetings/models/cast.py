"""Whom a name in the notes of a meeting may mean: everyone in the record, nearest first. Two queries."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, OuterRef

from allies.models import Appointment, Body, Person, Post
from allies.names import Candidate
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting


@dataclass(slots=True)
class Everyone:
    """The people of the record as names go, by id, and the circles in which a name is looked up.

    Circles: those at the meeting, then those on its body on its day, then everyone (DESIGN §5, Names).
    """

    people: dict[int, Person] = field(default_factory=dict)
    candidates: dict[int, Candidate] = field(default_factory=dict)
    at_the_meeting: list[int] = field(default_factory=list)
    on_the_body: list[int] = field(default_factory=list)
    chairs: list[int] = field(default_factory=list)  # those of its body, on its day

    @property
    def circles(self) -> list[list[Candidate]]:
        """Three lists of candidates, the nearest first."""
        near = [[self.candidates[pk] for pk in pks] for pks in (self.at_the_meeting, self.on_the_body)]
        return [*near, list(self.candidates.values())]


def everyone_for(meeting: Meeting, attendance: list[Attendance]) -> Everyone:
    """Everyone, with who is on the body on the meeting's day. One query; `attendance` was read before."""
    sitting = Appointment.objects.filter(body=meeting.body_id, person=OuterRef("pk")).on(meeting.date)
    rows: Any = (
        Person.objects.annotate(
            sits=Exists(sitting),
            chairs=Exists(sitting.filter(post__in=[Post.CHAIR, Post.CO_CHAIR])),
            other_name=F("other_names__name"),
        )
        .only("pk", "full_name", "short_name")
        .order_by("full_name", "pk", "other_names__pk")
    )
    found = Everyone()
    names: dict[int, list[str]] = {}
    for row in rows:
        if row.pk not in found.people:
            found.people[row.pk] = row
            if row.sits:
                found.on_the_body.append(row.pk)
            if row.chairs:
                found.chairs.append(row.pk)
        if row.other_name:
            names.setdefault(row.pk, []).append(row.other_name)
    found.candidates = {
        pk: Candidate(pk, person.full_name, person.short_name, tuple(names.get(pk, ())))
        for pk, person in found.people.items()
    }
    there = [one.person_id for one in attendance if one.person_id]
    found.at_the_meeting = [pk for pk in there if pk in found.people]
    return found


def bodies_by_name() -> list[Body]:
    """Every body, for names such as "Team"."""
    return list(Body.objects.order_by("pk"))
