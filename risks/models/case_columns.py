"""The columns that every kind of row behind a case gives alike, so that one query can hold them all.

Each kind gives them in the same order and of the same types, empty where it has nothing to say.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import BigIntegerField, DateField, F, IntegerField, TextField, Value
from django.db.models.functions import Cast, Coalesce


class What(StrEnum):
    """What a row is."""

    CASE = "case"
    SEAT = "seat"
    SUBSTITUTE = "substitute"
    MEMBER = "member"
    LEAD = "lead"
    CLOSURE = "closure"
    STAND_DOWN = "stand_down"
    NAMING = "naming"
    KEY = "key"
    TRIGGER = "trigger"
    SCORED = "scored"
    MOVE = "move"
    NOTICE = "notice"
    DECISION = "decision"
    ACTION = "action"
    PROPOSAL = "proposal"
    COUNTED = "counted"
    ANSWER = "answer"
    SITTING = "sitting"
    PART = "part"
    INTEREST = "interest"
    KEPT = "kept"
    SEEN_PART = "seen_part"
    SEEN_INTEREST = "seen_interest"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of any kind.

    `of` is the case it belongs to, or the body; `number` is a round, a level, or the row that it hangs on; what
    `word`, `words`, `more` and `rest` hold follows from the kind.
    """

    what: str
    of: int
    pk: int
    number: int
    person: int | None
    name: str
    word: str
    words: str
    more: str
    rest: str
    on: date | None
    until: date | None
    flag: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a person or a partner to a project: a part, an interest, a withholding. Ids, and names where shown."""

    what: str
    pk: int
    person: int | None
    name: str
    project: int | None
    project_name: str
    organisation: int | None
    organisation_name: str
    word: str
    more: str
    flag: int


def row_of(
    rows: Any,
    what: What,
    *,
    of: str = "case_id",
    pk: str = "pk",
    number: str | None = None,
    person: str | None = None,
    word: str | None = None,
    words: str | None = None,
    more: str | None = None,
    rest: str | None = None,
    on: str | None = None,
    until: str | None = None,
    flag: str | None = None,
) -> Any:
    """One kind, as a piece of the one query. Both databases want the same types in the same places."""
    return rows.order_by().values_list(
        _said(what),
        _number(of),
        _number(pk),
        _number(number, empty=0),
        _number(f"{person}_id" if person else None),
        _text(f"{person}__full_name" if person else None),
        *(_text(column) for column in (word, words, more, rest)),
        *(Cast(F(column) if column else Value(None, DateField()), DateField()) for column in (on, until)),
        _number(flag, empty=0),
    )


def tie_of(
    rows: Any,
    what: What,
    *,
    person: str | None = None,
    project: str = "about_project",
    organisation: str = "about_organisation",
    word: str | None = None,
    more: str | None = None,
    flag: str | None = None,
    named: bool = False,
) -> Any:
    """One kind of tie, as `row_of`; names are read only where it is `named`."""
    return rows.order_by().values_list(
        _said(what),
        _number("pk"),
        _number(f"{person}_id" if person else None),
        _text(f"{person}__full_name" if person and named else None),
        _number(f"{project}_id"),
        _text(f"{project}__name" if named else None),
        _number(f"{organisation}_id"),
        _text(f"{organisation}__name" if named else None),
        _text(word),
        _text(more),
        _number(flag, empty=0),
    )


def rows_in(parts: list[Any]) -> list[Row]:
    """Read the pieces that `row_of` gave, in the order of their days. One query."""
    found = (Row(*values) for values in parts[0].union(*parts[1:], all=True).order_by())
    return sorted(found, key=lambda row: (row.on or date.min, row.pk))


def ties_in(parts: list[Any]) -> list[Tie]:
    """Read the pieces that `tie_of` gave. One query."""
    return [Tie(*values) for values in parts[0].union(*parts[1:], all=True).order_by()]


def of_kind(rows: Collection[Row], what: What) -> list[Row]:
    """The rows of one kind, in the order of their days."""
    return [row for row in rows if row.what == what]


def _said(what: What) -> Any:
    return Cast(Value(what.value, TextField()), TextField())


def _text(column: str | None) -> Any:
    if column is None:
        return Cast(Value("", TextField()), TextField())
    return Coalesce(Cast(F(column), TextField()), Value("", TextField()), output_field=TextField())


def _number(column: str | None, *, empty: int | None = None) -> Any:
    if column is None:
        return Cast(Value(empty, BigIntegerField()), BigIntegerField())
    # A boolean becomes a plain integer before a big one: PostgreSQL takes no other way.
    return Cast(Cast(F(column), IntegerField()), BigIntegerField())
