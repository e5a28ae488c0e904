"""Expressions that queries of every app use."""

from typing import Any

from django.db.models import Case, Value, When


def yes_or_no(condition: Any) -> Case:
    """Give a condition as a column that is true or false, and never unknown where a row it reads is missing."""
    return Case(When(condition, then=Value(True)), default=Value(False))
