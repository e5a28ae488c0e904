"""History does not see `QuerySet.update()` and its kin, so tracked models are never written that way (DESIGN §9)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
APPS = ("allies", "actions", "risks", "meetings")
# Worked out from other rows, and left out of the history: what is derived has no author.
DERIVED = {"times_carried", "due_on"}
# Erasing a person's name changes history itself (docs/decisions/0018-erasing-a-person.md); nothing else may.
REWRITES_HISTORY = "meetings/services/rewriting.py"
UNSEEN = {"update", "bulk_update", "bulk_create", "aupdate", "abulk_update", "abulk_create"}


def calls_unseen(source: str) -> Iterator[tuple[int, str, str | None, set[str]]]:
    """Each call that history would not see: its line, its name, the model where it can be told, the fields written.

    `dict.update(other)` and `set.update(others)` have no keywords; `QuerySet.update()` has nothing else.
    """
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in UNSEEN
        ):
            continue
        name = node.func.attr
        if name in {"update", "aupdate"} and not node.keywords:
            continue
        yield node.lineno, name, _model(node.func.value), _fields(node, name)


def _model(node: ast.expr) -> str | None:
    """`Action.objects…` names its model; `row.capacities…` does by the name that leads there."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Attribute) and node.attr == "objects" and isinstance(node.value, ast.Name):
            return node.value.id
        if isinstance(node, ast.Attribute) and node.attr in led_to_by():
            return led_to_by()[node.attr]
        node = node.func if isinstance(node, ast.Call) else node.value
    return None


@cache
def led_to_by() -> dict[str, str]:
    """The model that each name of a reverse relation leads to, where it leads to one alone."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for relation in model._meta.related_objects:
            if name := relation.get_accessor_name():
                found.setdefault(name, set()).add(relation.related_model.__name__)
    return {name: models.pop() for name, models in found.items() if len(models) == 1}


def _fields(node: ast.Call, name: str) -> set[str]:
    if name in {"update", "aupdate"}:
        return {keyword.arg or "**" for keyword in node.keywords}
    lists = [argument for argument in node.args if isinstance(argument, ast.List)]
    lists += [
        keyword.value
        for keyword in node.keywords
        if keyword.arg == "fields" and isinstance(keyword.value, ast.List)
    ]
    return {item.value for each in lists for item in each.elts if isinstance(item, ast.Constant)} or {
        "everything"
    }


def tracked() -> set[str]:
    return {model.__name__ for model in apps.get_models() if hasattr(model, "history")}


def untracked() -> set[str]:
    return {model.__name__ for model in apps.get_models()} - tracked()


SOURCES = sorted(
    path
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts and path != ROOT / REWRITES_HISTORY
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_writes_tracked_rows_behind_the_back_of_history(path):
    found = [
        f"line {line}: {name}({', '.join(sorted(fields))}) on {model or 'a model that cannot be told'}"
        for line, name, model, fields in calls_unseen(path.read_text())
        if model not in untracked() and not fields <= DERIVED
    ]
    assert found == []


def test_the_one_module_that_rewrites_history_is_used_by_erasing_alone():
    using = [path for path in SOURCES if "services.rewriting" in path.read_text()]
    assert [str(path.relative_to(ROOT)) for path in using] == ["meetings/services/erasing.py"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Action.objects.filter(pk=1).update(text='x')", [(1, "update", "Action", {"text"})]),
        ("rows.update(**values)", [(1, "update", None, {"**"})]),
        (
            "Action.objects.bulk_update(rows, ['due_on'], batch_size=5)",
            [(1, "bulk_update", "Action", {"due_on"})],
        ),
        ("Person.objects.bulk_create(rows)", [(1, "bulk_create", "Person", {"everything"})]),
        ("row.assignments.current().update(until=day)", [(1, "update", "Assignment", {"until"})]),
        ("words.update(other)", []),
    ],
)
def test_the_walk_would_find_one(source, expected):
    assert list(calls_unseen(source)) == expected


def test_actions_assignments_and_people_are_tracked_and_updates_are_append_only():
    assert {"Action", "Assignment", "Person", "Meeting"} <= tracked()
    assert "Update" in untracked()
