"""What the filters of a list of actions can offer: only what some action somebody may read has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast

from actions.models.action import Action
from actions.models.assignment import Assignment
from allies.models import Actor, Body, Organisation, Person, Project


@dataclass(frozen=True, slots=True)
class Offered:
    """Pairs of a value for the address and the words for it."""

    people: list[tuple[str, str]]
    bodies: list[tuple[str, str]]
    words: list[tuple[str, str]]
    projects: list[tuple[str, str]]
    organisations: list[tuple[str, str]]
    meetings: list[tuple[str, str]]


def offered_to(actor: Actor) -> Offered:
    """Owners, matters and meetings of the actions somebody may read: two queries."""
    visible = Action.objects.visible_to(actor)
    # Asked row by row, and each person's first row is enough: a list of all visible actions is never made.
    carried = Assignment.objects.current().filter(Exists(visible.filter(pk=OuterRef("action"))))
    unplaced = carried.filter(person__isnull=True, body__isnull=True)
    rows = _rows(
        Person.objects.filter(Exists(carried.filter(person=OuterRef("pk")))), "person", "full_name"
    ).union(
        _rows(Body.objects.filter(Exists(carried.filter(body=OuterRef("pk")))), "body", "name"),
        unplaced.order_by().distinct().values_list(Value("words"), "as_written", Cast("as_written", _TEXT)),
        _rows(
            Project.objects.filter(Exists(visible.filter(about_project=OuterRef("pk")))), "project", "name"
        ),
        _rows(
            Organisation.objects.filter(Exists(visible.filter(about_organisation=OuterRef("pk")))),
            "organisation",
            "name",
        ),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, key, words in sorted(rows, key=lambda row: row[2].casefold()):
        found.setdefault(kind, []).append((f"{kind}:{key}", words))
    return Offered(
        people=found.get("person", []),
        bodies=found.get("body", []),
        words=found.get("words", []),
        projects=found.get("project", []),
        organisations=found.get("organisation", []),
        meetings=[
            (f"{body}:{day.isoformat()}", _meeting(name, day)) for body, name, day in _meetings(visible)
        ],
    )


def everyone_and_every_body() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Everybody and every body that could carry an action: one query. Gives people, then bodies."""
    rows = _rows(Person.objects.all(), "person", "full_name").union(_rows(Body.objects.all(), "body", "name"))
    ordered = sorted(rows, key=lambda row: row[2].casefold())
    return (
        [(f"person:{key}", words) for kind, key, words in ordered if kind == "person"],
        [(f"body:{key}", words) for kind, key, words in ordered if kind == "body"],
    )


def every_matter(actor: Actor) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Every project and partner that somebody could write of: one query. Gives projects, then organisations."""
    rows = _rows(Project.objects.visible_to(actor), "project", "name").union(
        _rows(Organisation.objects.visible_to(actor), "organisation", "name")
    )
    ordered = sorted(rows.order_by(), key=lambda row: row[2].casefold())
    return (
        [(f"project:{key}", words) for kind, key, words in ordered if kind == "project"],
        [(f"organisation:{key}", words) for kind, key, words in ordered if kind == "organisation"],
    )


_TEXT = CharField()


def _rows(rows: Any, kind: str, name: str) -> Any:
    return rows.values_list(Value(kind), Cast("pk", _TEXT), Cast(name, _TEXT)).order_by()


def _meetings(visible: Any) -> Any:
    days = visible.filter(~Q(agreed_on=None)).order_by("-agreed_on", "body__name")
    return days.values_list("body_id", "body__name", "agreed_on").distinct()


def _meeting(name: str, day: date) -> str:
    return f"{day.day} {day:%B %Y}, {name}"
