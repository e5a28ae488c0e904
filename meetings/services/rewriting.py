"""Rewriting words wherever they stand: every column of words of every table, rows of history among them.

The one place that writes behind the back of history, because it is history that it changes: an erasure that left the
name in the rows of history, or added a row of history that says what stood there before, would erase nothing
(docs/decisions/0018-erasing-a-person.md). The columns are found by looking at the models, so a new one is found too.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import batched
from pathlib import PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast

from allies import clock
from allies.fields import PartialDateField
from allies.models import Interest, OtherName, Person
from allies.names_in_text import REMOVED, REMOVED_IN_ADDRESS
from meetings.models import NotesVersion
from meetings.models.publishing import Publication
from meetings.notes import frozen

# Tables of the frame around us: they name our own models and permissions, and signed sessions.
_OF_THE_FRAME = {"auth", "contenttypes", "sessions"}
# Written under their seal, by `rewrite_versions`.
_SEALED = {(NotesVersion, name) for name in ("content", "salts", "digests", "erased", "hash", "previous")}
# What these columns say of a row that points to a person, they say of that person.
_OF_THEIR_PERSON = {"as_written", "name_as_written"}
# SQLite takes five hundred parts in one query.
_MOST_IN_A_UNION = 400
WORDS_REMOVED = "[words removed]"

type Column = Any  # a field of a model; Django's own class takes no types when it runs
type Put = Callable[["Cell"], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """Some words in a column: one text, or one of the texts of a JSON value.

    `is_address` where they are part of an address or the name of a file; `person` is whose row it is, for the columns
    that say what its person is called.
    """

    model: type[models.Model]
    column: str
    words: str
    is_address: bool = False
    person: int | None = None

    @property
    def instead(self) -> str:
        """What stands for a name here."""
        return REMOVED_IN_ADDRESS if self.is_address else REMOVED


@cache
def columns_of(model: type[models.Model]) -> tuple[Column, ...]:
    """The columns of a model that hold words: no choices, and no dates kept as text."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField | models.FileField)
        and not isinstance(field, PartialDateField)
        and not field.choices
        and (model, field.name) not in _SEALED
    )


def tables() -> list[type[models.Model]]:
    """Every model with columns of words, rows of history among them."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label not in _OF_THE_FRAME and model._meta.managed and columns_of(model)
    ]


def cells() -> Iterator[Cell]:
    """Every text in the record, those in frozen versions too. One query for every four hundred columns."""
    columns = [(model, field) for model in tables() for field in columns_of(model)]
    columns.append((NotesVersion, NotesVersion._meta.get_field("content")))
    for some in batched(columns, _MOST_IN_A_UNION):
        first, *rest = [_texts(number, model, field) for number, (model, field) in enumerate(some)]
        for number, text, person in first.union(*rest, all=True).order_by().iterator():
            model, field = some[number]
            value = json.loads(text) if isinstance(field, models.JSONField) else text
            yield from _cells_of(model, field, {field.attname: value, "person_id": person})


def rewrite(put: Put, *, moved: Mapping[str, str]) -> Counter[str]:
    """Put what `put` says in the place of every text; `moved` maps names of files to what they are called now.

    Gives how many rows changed in each table, by its name on pages; rows of history count with their table. Call
    inside the service's transaction.
    """
    counts: Counter[str] = Counter()
    for model in tables():
        for row in list(_rows(model)):
            changed: dict[str, Any] = {}
            for field in columns_of(model):
                value = row[field.attname]
                after = (
                    moved[value]
                    if isinstance(value, str) and value in moved
                    else _put(model, field, row, put)
                )
                if after != value:
                    changed[field.attname] = _fitted(after, field)
            if changed:
                model._base_manager.filter(pk=row["pk"]).update(**changed)
                counts[_name_of(model)] += 1
    return counts


def rewrite_versions(
    put: Callable[[str], str], *, at_places: Callable[[frozen.Content], Mapping[str, str]], note: str
) -> int:
    """Replace words in frozen versions under their seal: digests and hashes stay. Gives how many versions changed.

    `at_places` names what stands at places of one content whatever `put` says; `note` says which erasure it was.
    """
    changed = 0
    for version in NotesVersion.objects.order_by("pk").iterator(chunk_size=20):
        content, sealed, touched = frozen.erase(
            version.content, version.sealed(), put=put, at_places=at_places(version.content)
        )
        if touched:
            NotesVersion.objects.filter(pk=version.pk).update(
                content=content, salts=sealed.salts, erased={**version.erased, **dict.fromkeys(touched, note)}
            )
            # What is published is made anew, and whoever keeps a copy is told that it changed. Of notes that were
            # withdrawn the moment says when that was.
            Publication.objects.filter(version=version.pk, withdrawn="").update(changed_at=clock.now())
            changed += 1
    return changed


def move_files(put: Put) -> dict[str, str]:
    """Give files another name where theirs has words to replace; gives the old names with the new ones.

    The old files go once the transaction has held.
    """
    moved: dict[str, str] = {}
    for model in tables():
        for field in columns_of(model):
            if isinstance(field, models.FileField):
                for name in model._base_manager.exclude(**{field.name: ""}).values_list(
                    field.name, flat=True
                ):
                    folder, own = PurePosixPath(name).parent, PurePosixPath(name).name
                    after = put(Cell(model, field.name, own, is_address=True))
                    if after != own and name not in moved:
                        moved[name] = _move(field.storage, name, str(folder / after))
    return moved


def empty_person(person: Person) -> None:
    """Take the name, address and pronouns out of the history of a person, and all private words about them."""
    history: Any = Person.history
    history.filter(id=person.pk).update(full_name=REMOVED, short_name="", pronouns="", email="")
    names: Any = OtherName.history
    names.filter(person_id=person.pk).update(name=REMOVED)
    interests: Any = Interest.history
    once_private = set(interests.filter(person_id=person.pk, private=True).values_list("id", flat=True))
    interests.filter(id__in=once_private).update(full_words=WORDS_REMOVED)
    Interest.objects.filter(pk__in=once_private, private=True).update(full_words=WORDS_REMOVED)


def _texts(number: int, model: type[models.Model], field: Column) -> Any:
    """What a column says in each row, with the column's number and whose row it is, 0 where that tells nothing."""
    whose = F("person_id") if _is_of_their_person(model, field) else None
    nobody = Value(0, output_field=models.BigIntegerField())
    text = Cast(field.name, models.TextField())
    said = model._base_manager.order_by().exclude(**{f"{field.name}__isnull": True})
    return said.values_list(Value(number), text, whose or nobody)


def _is_of_their_person(model: type[models.Model], field: Column) -> bool:
    return field.name in _OF_THEIR_PERSON and "person_id" in {
        one.attname for one in model._meta.concrete_fields
    }


def _rows(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    names = [field.attname for field in columns_of(model)]
    if "person_id" in {field.attname for field in model._meta.concrete_fields}:
        names.append("person_id")
    return model._base_manager.order_by().values("pk", *names).iterator()


def _cells_of(model: type[models.Model], field: Column, row: dict[str, Any]) -> Iterator[Cell]:
    found: list[Cell] = []

    def note(cell: Cell) -> str:
        found.append(cell)
        return cell.words

    _put(model, field, row, note)
    yield from found


def _put(model: type[models.Model], field: Column, row: dict[str, Any], put: Put) -> Any:
    address = isinstance(field, models.SlugField | models.EmailField | models.URLField | models.FileField)
    person = row.get("person_id") if field.name in _OF_THEIR_PERSON else None

    def walk(part: Any) -> Any:
        if isinstance(part, str):
            return put(Cell(model, field.name, part, address, person)) if part else part
        if isinstance(part, dict):
            return _without_clashes((walk(key), key, walk(one)) for key, one in part.items())
        if isinstance(part, list):
            return [walk(one) for one in part]
        return part

    return walk(row[field.attname])


def _without_clashes(pairs: Iterator[tuple[str, str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys were replaced, each of them once."""
    found: dict[str, Any] = {}
    for key, _, one in pairs:
        name, number = key, 2
        while name in found:
            name, number = f"{key} {number}", number + 1
        found[name] = one
    return found


def _fitted(value: Any, field: Column) -> Any:
    longest = getattr(field, "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value


def _name_of(model: type[models.Model]) -> str:
    counted: Any = getattr(model, "instance_type", model)
    return str(counted._meta.verbose_name_plural)


def _move(storage: Storage, name: str, after: str) -> str:
    if not storage.exists(name):
        return after
    with storage.open(name) as content:
        kept = storage.save(after, content)
    transaction.on_commit(lambda: storage.delete(name))
    return kept
