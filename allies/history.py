"""Who changed what, and when, of any rows that keep history: in words, newest first.

Every app shows it at `<page of the thing>history/`, through `history_page`.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dateformat, timezone

from allies.models import (
    OPERATOR,
    About,
    Actor,
    Declaration,
    Interest,
    Matter,
    Organisation,
    Project,
)
from allies.partial_dates import PartialDate
from allies.policies import powers_of
from allies.powers import KeptFrom, Powers

NEWEST = 200
NOT_RECORDED = "not recorded"
GONE = "something no longer in the record"
_DONE = {"+": "added", "~": "changed", "-": "removed"}
# What `keep` writes for the command line: the page says so under "who".
_AT_THE_COMMAND_LINE = "at the command line"

# A body is a group on pages (DESIGN §3); the model's own word stays in the code.
_ON_PAGES = {"body": "group"}

type Rows = Model | QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One field by its label, and what stood there before and after, in words; empty where nothing stood."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One save: when, by whom, of what (`subject` is the row in words), and what it changed.

    `done` is "added", "changed" or "removed"; `reason` is empty where none was given.
    """

    when: datetime
    who: str
    what: str
    subject: str
    done: str
    reason: str
    changes: tuple[Change, ...]


def changes_of(*rows: Rows, reader: Actor = OPERATOR, leave_out: Collection[str] = ()) -> list[Entry]:
    """Give the newest 200 changes of the rows, newest first.

    Takes rows, querysets of tracked models, and querysets of a model's history, the only way to see rows
    that were removed since: `OtherName.history.filter(…)`. `leave_out` names fields that this reader may not
    see; a save that changed nothing else is left out whole. So is every save of a row that ever was, or pointed to
    something that is, about a matter which `reader` is kept from. The queries are as many as the models need, not
    the rows.
    """
    records = [record for model_rows in map(_records, rows) for record in model_rows]
    before = _records_before(records)
    records.sort(key=lambda record: (record.history_date, record.history_id), reverse=True)
    records = records[:NEWEST]
    known = {_key(record): record for record in (*before.values(), *records) if record is not None}
    rows_then = dict(zip(known, _as_rows(list(known.values())), strict=True))
    withheld = _withheld(known, rows_then, reader)
    entries = []
    for record in records:
        if _row_of(record) in withheld:
            continue
        earlier = before[_key(record)]
        row, row_before = rows_then[_key(record)], rows_then[_key(earlier)] if earlier is not None else None
        changes = _changes(row_before, row, record, leave_out)
        if changes or record.history_type != "~":
            entries.append(_entry(record, row, changes))
    return entries


def history_page(
    request: HttpRequest,
    *,
    title: str,
    back_url: str,
    rows: Iterable[Rows],
    section: str = "",
    leave_out: Collection[str] = (),
) -> HttpResponse:
    """Render "History of changes" of something: `title` names it, `back_url` is its page.

    `section` is the key of the menu's entry (`templatetags/look.py`); the rest is `changes_of`'s.
    """
    return render(
        request,
        "allies/history.html",
        {
            "title": title,
            "back_url": back_url,
            "entries": changes_of(*rows, reader=request.user, leave_out=leave_out),
            "newest": NEWEST,
            "section": section,
        },
    )


def _records(rows: Rows) -> list[Any]:
    """The newest records, one more than a page shows, so that what came before can be told from "none"."""
    if isinstance(rows, Model):
        history = rows.history.all()  # type: ignore[attr-defined]
    elif hasattr(rows.model, "instance_type"):
        history = rows
    else:
        key = rows.model._meta.pk.attname
        history = rows.model.history.filter(**{f"{key}__in": rows.order_by().values("pk")})
    newest_first = history.select_related("history_user__person").order_by("-history_date", "-history_id")
    return list(newest_first[: NEWEST + 1])


def _key(record: Any) -> tuple[type[Any], int]:
    return type(record), record.history_id


def _records_before(records: list[Any]) -> dict[tuple[type[Any], int], Any]:
    """For each record the one before it of the same row, or None. A query more only where a page is full."""
    before: dict[tuple[type[Any], int], Any] = {}
    without: dict[type[Any], list[Any]] = defaultdict(list)
    of_row: dict[tuple[type[Any], Any], list[Any]] = defaultdict(list)
    fetched: dict[type[Any], int] = defaultdict(int)
    for record in records:
        of_row[type(record), getattr(record, _row_key(record))].append(record)
        fetched[type(record)] += 1
    for (model, _), same in of_row.items():
        same.sort(key=lambda record: record.history_id)
        for earlier, later in zip([None, *same], same, strict=False):
            before[_key(later)] = earlier
        if same[0].history_type != "+":
            without[model].append(same[0])
    for model, firsts in without.items():
        if fetched[model] <= NEWEST:
            continue
        key = _row_key(firsts[0])
        first_of = {getattr(record, key): record for record in firsts}
        oldest = max(record.history_id for record in firsts)
        candidates = model._default_manager.filter(**{f"{key}__in": list(first_of), "history_id__lt": oldest})
        for candidate in candidates.order_by("history_id"):
            first = first_of[getattr(candidate, key)]
            if candidate.history_id < first.history_id:
                before[_key(first)] = candidate
    return before


def _row_of(record: Any) -> tuple[type[Any], Any]:
    return type(record), getattr(record, _row_key(record))


def _withheld(
    known: dict[tuple[type[Any], int], Any], rows_then: dict[tuple[type[Any], int], Model], reader: Actor
) -> set[tuple[type[Any], Any]]:
    """The rows of which this reader may see no change at all, because one state of them is withheld."""
    powers = powers_of(reader)
    if not powers.kept_from:
        return set()
    return {_row_of(record) for key, record in known.items() if _is_kept(rows_then[key], powers)}


def _is_kept(row: Any, powers: Powers) -> bool:
    """Whether the row, or something it points to, is about a matter that somebody is kept from.

    What they declared themselves is theirs to read, also where it is what keeps them from the matter.
    """
    if isinstance(row, Interest | Declaration) and row.person_id == powers.person_id:
        return False
    relations = [field for field in row._meta.concrete_fields if field.is_relation]
    pointed_to = [field.get_cached_value(row, default=None) for field in relations]
    return any(_is_kept_by_itself(one, powers.kept_from) for one in (row, *pointed_to))


def _is_kept_by_itself(thing: Any, kept: KeptFrom) -> bool:
    match thing:
        case Project():
            return thing.pk in kept.projects
        case Organisation():
            return thing.pk in kept.organisations
        case Matter():
            return thing.pk in kept.matters
        case About():
            return kept.covers(
                project=thing.about_project_id,
                organisation=thing.about_organisation_id,
                matter=thing.about_matter_id,
            )
    return False


def _row_key(record: Any) -> str:
    return record.instance_type._meta.pk.attname


def _as_rows(records: list[Any]) -> list[Model]:
    """The rows as they stood, and what they point to already fetched: one query for each model pointed to.

    What came with the records, by the caller's `select_related`, is not fetched again.
    """
    rows = []
    came: dict[tuple[type[Any], Any], Any] = {}
    wanted: dict[type[Any], set[Any]] = defaultdict(set)
    for record in records:
        fields = [field for field in record.tracked_fields if hasattr(record, field.attname)]
        values = {field.attname: getattr(record, field.attname) for field in fields}
        rows.append(record.instance_type(**values))
        for field in fields:
            if field.is_relation and (key := values[field.attname]) is not None:
                own = record._meta.get_field(field.name)
                if own.is_cached(record):
                    came[field.related_model, key] = own.get_cached_value(record)
                else:
                    wanted[field.related_model].add(key)
    # Names that need names of their own (an attendance says its person) are fetched for all at once.
    found = {
        model: model._base_manager.fetch_mode(models.FETCH_PEERS).in_bulk(keys)
        for model, keys in wanted.items()
    }
    for row in rows:
        for field in row._meta.concrete_fields:
            if field.is_relation and (value := getattr(row, field.attname)) is not None:
                model = field.related_model
                field.set_cached_value(row, came.get((model, value)) or found.get(model, {}).get(value))
    return rows


def _changes(
    earlier: Model | None, later: Model, record: Any, leave_out: Collection[str]
) -> tuple[Change, ...]:
    changes = []
    for field in record.tracked_fields:
        if field.primary_key or not field.editable or field.name in leave_out:
            continue
        after = getattr(later, field.attname)
        if record.history_type == "+":
            if after not in (None, "") and after is not False:
                changes.append(Change(_label(field), "", _in_words(later, field)))
        elif record.history_type == "~":
            if earlier is None:
                if after not in (None, ""):
                    changes.append(Change(_label(field), NOT_RECORDED, _in_words(later, field)))
            elif getattr(earlier, field.attname) != after:
                changes.append(Change(_label(field), _in_words(earlier, field), _in_words(later, field)))
    return tuple(changes)


def _label(field: Any) -> str:
    return _as_a_title(str(field.verbose_name))


def _as_a_title(words: str) -> str:
    words = _ON_PAGES.get(words, words)
    return words[:1].upper() + words[1:]


def _in_words(row: Model, field: Any) -> str:
    """What a field says, as a page would say it, with names for keys."""
    value = getattr(row, field.attname)
    if field.is_relation and value is not None:
        pointed_to = field.get_cached_value(row)
        return str(pointed_to) if pointed_to is not None else GONE
    return value_in_words(field, value)


def value_in_words(field: Any, value: Any) -> str:
    """Give what a field of a row says, as a page would say it: labels for choices, dates in full, empty for nothing.

    Takes a field that points to no other row.
    """
    if value is None or value in ("", [], {}):
        return ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    match value:
        case bool():
            return "yes" if value else "no"
        case PartialDate():
            return value.in_words
        case datetime():
            return dateformat.format(timezone.localtime(value), "l j F Y, H:i")
        case date():
            return dateformat.format(value, "l j F Y")
        case time():
            return dateformat.time_format(value, "H:i")
        case list() | dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _entry(record: Any, row: Model, changes: tuple[Change, ...]) -> Entry:
    reason = record.history_change_reason or ""
    return Entry(
        when=record.history_date,
        who=str(record.history_user or OPERATOR),
        what=_as_a_title(str(row._meta.verbose_name)),
        subject=_subject(row),
        done=_DONE[record.history_type],
        reason="" if reason == _AT_THE_COMMAND_LINE else reason,
        changes=changes,
    )


def _subject(row: Model) -> str:
    """The row in its own words, or nothing where what its name needs has gone."""
    try:
        return str(row)
    except AttributeError:
        return ""
