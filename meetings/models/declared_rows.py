"""The rows behind `declared.py`: declarations with how they were handled, entries, parts in projects. One query.

Each kind gives the same columns, empty where it has nothing to say, so that a union can hold them all.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce

from allies.models import Actor, Appointment, Declaration, Interest, Participation
from allies.models.held import kept_from, own_of, without_withheld
from meetings.models.agenda import AgendaItem
from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting

DECLARED, ENTRY, PART, EARLIER = "declared", "entry", "part", "earlier"
PART_WORDS = dict(Participation._meta.get_field("part").flatchoices)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of any kind; `what` says which."""

    what: str
    pk: int
    person_id: int | None
    name: str
    as_written: str
    words: str
    project_id: int | None
    project_name: str
    organisation_id: int | None
    organisation_name: str
    interest_id: int | None
    withdrawn: str
    handling_pk: int | None
    item_id: int | None
    how: str
    reason: str
    decided_by: str
    decided_by_id: int | None


def rows_of(actor: Actor, meeting: Meeting, items: list[AgendaItem], *, every_entry: bool) -> list[Row]:
    """Read them in the order they were made."""
    matters = [matter_of(item) for item in items]
    projects = {pk for kind, pk in matters if kind == "project" and pk}
    organisations = {pk for kind, pk in matters if kind == "organisation" and pk}
    before = [item.moved_from_id for item in items if item.moved_from_id]
    more = []
    if every_entry or projects or organisations:
        known = _entries(actor, meeting)
        if not every_entry:
            known = known.touching(projects=projects, organisations=organisations)
        more.append(known.order_by().values_list(*ENTRY_COLUMNS))
    if projects or organisations:
        more.append(_parts(projects, organisations))
    if before:
        more.append(_earlier(actor, before))
    if kept_from(actor):
        more.append(_own_withheld(actor, meeting))
    rows = _declared(actor, meeting)
    rows = rows.union(*more, all=True).order_by() if more else rows
    found = (Row(*values) for values in rows)
    return sorted(found, key=lambda row: (row.pk, row.handling_pk or 0))


def matter_of(item: AgendaItem) -> tuple[str, int | None]:
    """The kind and the id of what an item is about; empty for nothing."""
    if item.about_project_id:
        return "project", item.about_project_id
    if item.about_organisation_id:
        return "organisation", item.about_organisation_id
    return "", None


def _text(expression: Any = "") -> Any:
    """A column of text, whatever it is made of: the parts of a union must agree."""
    return Cast(Coalesce(expression, Value("")) if expression else Value(""), TextField())


def _number(name: str | None = None) -> Any:
    return Cast(F(name) if name else Value(None, BigIntegerField()), BigIntegerField())


def _what(word: str) -> Any:
    return Cast(Value(word, CharField()), TextField())


def _said(what: str) -> tuple[Any, ...]:
    """The columns of a declaration, with how it was handled."""
    return (
        *_said_alone(what),
        _number("handlings__pk"),
        _number("handlings__item_id"),
        _text(F("handlings__how")),
        _text(F("handlings__reason")),
        _text(F("handlings__decided_by__full_name")),
        _number("handlings__decided_by_id"),
    )


def _said_alone(what: str) -> tuple[Any, ...]:
    """The columns of a declaration, without how it was handled."""
    return (
        _what(what),
        _number("pk"),
        _number("person_id"),
        Cast(Coalesce("person__full_name", "name_as_written"), TextField()),
        _text(F("name_as_written")),
        _text(F("words")),
        _number("about_project_id"),
        _text(F("about_project__name")),
        _number("about_organisation_id"),
        _text(F("about_organisation__name")),
        _number("interest_id"),
        _text(F("withdrawn")),
    )


_NO_HANDLING = (_number(), _number(), _text(), _text(), _text(), _number())
ENTRY_COLUMNS = (
    _what(ENTRY),
    _number("pk"),
    _number("person_id"),
    _text(F("person__full_name")),
    _text(F("with_whom")),
    _text(F("words")),
    _number("about_project_id"),
    _text(F("about_project__name")),
    _number("about_organisation_id"),
    _text(F("about_organisation__name")),
    _number(),
    _text(),
    *_NO_HANDLING,
)
_PART_COLUMNS = (
    _what(PART),
    _number("pk"),
    _number(),
    _text(),
    _text(),
    _text(F("part")),
    _number("project_id"),
    _text(),
    _number("organisation_id"),
    _text(),
    _number(),
    _text(),
    *_NO_HANDLING,
)


def _declared(actor: Actor, meeting: Meeting) -> Any:
    return (
        _seen(actor).filter(body_id=meeting.body_id, on=meeting.date).order_by().values_list(*_said(DECLARED))
    )


def _earlier(actor: Actor, items: list[int]) -> Any:
    """What stands of what was declared on these items of earlier meetings."""
    return _seen(actor).standing().filter(handlings__item__in=items).order_by().values_list(*_said(EARLIER))


def _seen(actor: Actor) -> Any:
    # What was handled at an item that the reader is kept from tells of it, too.
    seen = without_withheld(Declaration.objects.visible_to(actor), actor)
    return without_withheld(seen, actor, "handlings__item__")


def _own_withheld(actor: Actor, meeting: Meeting) -> Any:
    """What the reader declared themself of what they are kept from: their own words, not what was done about it."""
    own = Declaration.objects.filter(own_of(actor), body_id=meeting.body_id, on=meeting.date)
    of_it = own.exclude(pk__in=_seen(actor).order_by().values("pk"))
    return of_it.order_by().values_list(*_said_alone(DECLARED), *_NO_HANDLING)


def _entries(actor: Actor, meeting: Meeting) -> Any:
    here = Attendance.objects.filter(meeting=meeting, person=OuterRef("person_id"))
    sitting = Appointment.objects.filter(body=meeting.body_id, person=OuterRef("person_id")).on(meeting.date)
    known = Interest.objects.visible_to(actor).standing_on(meeting.date)
    return known.filter(Exists(here) | Exists(sitting))


def _parts(projects: set[int], organisations: set[int]) -> Any:
    """Which partner takes part in which project, as what."""
    parts = Participation.objects.filter(Q(project__in=projects) | Q(organisation__in=organisations))
    return parts.order_by().values_list(*_PART_COLUMNS)
