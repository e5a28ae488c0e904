"""A person's own data as one archive: a page to read, the same as JSON, and the files they brought."""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, Value
from django.template.loader import render_to_string
from django.utils import dateformat, timezone

from actions.models import Action
from allies import clock
from allies.history import changes_of, value_in_words
from allies.models import Account, Actor, Appointment, OtherName, Person
from allies.names_in_text import Sought, find
from allies.policies import check_can_take_data_of, is_self, without_withheld
from meetings.exporting.personal_sections import SECTIONS, For, Section
from meetings.models import AgendaItem, Decision, Meeting, Paper, SourceDocument
from meetings.policies import can_read_whole
from meetings.services.erasing import names_of_person

CHANGES = 1000  # the newest of what somebody changed
# What names are made of, of what a row points to.
_SAY_NAMES = {"body", "meeting", "person", "about_project", "about_organisation", "case"}
PRIVATE = "Private words, which only they themselves and the chairs may read."


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in the archive."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All of it: sections as `{heading, rows}`, each row a mapping of labels to words; `left_out` are headings."""

    person: Person
    made_on: date
    by_themself: bool
    sections: list[dict[str, Any]]
    left_out: list[str]
    uploads: list[Upload]


def personal_data(*, by: Actor, person: Person) -> PersonalData:
    """Gather what is kept about a person. Raises Refused.

    To the core team it gives no private words and no section that is the person's alone; to nobody anything of a
    matter that they are kept from. The queries are as many as there are tables, however many rows.
    """
    check_can_take_data_of(by, person)
    own = is_self(by, person)
    account = Account.objects.filter(person=person).first()
    sections = [{"heading": "You", "rows": [_row_in_words(person, ())]}]
    left_out = []
    for section in SECTIONS:
        if section.who is For.THEM_ALONE and not own:
            left_out.append(section.heading)
            continue
        rows = [
            _row_in_words(row, section.without, private=not own)
            for row in _rows(section, by, person, account, own)
        ]
        sections.append({"heading": section.heading, "rows": rows})
    sections += [
        {"heading": "Where your name stands", "rows": list(_named(by, names_of_person(person)))},
        {"heading": "History of what is kept about you", "rows": _history(by, person)},
        {"heading": "What you changed in the record", "rows": _changed(account)},
    ]
    return PersonalData(
        person=person,
        made_on=clock.today(),
        by_themself=own,
        sections=[one for one in sections if one["rows"]],
        left_out=left_out,
        uploads=list(_uploads(by, account)),
    )


def as_archive(data: PersonalData) -> bytes:
    """The archive: index.html, data.json and uploads/."""
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("index.html", render_to_string("meetings/personal_data.html", {"data": data}))
        archive.writestr("data.json", json.dumps(_as_json(data), ensure_ascii=False, indent=1))
        for upload in data.uploads:
            archive.writestr(f"uploads/{upload.name}", upload.content)
    return found.getvalue()


def _as_json(data: PersonalData) -> dict[str, Any]:
    return {
        "person": data.person.pk,
        "made_on": data.made_on.isoformat(),
        "for_the_person_alone": data.left_out,
        "sections": data.sections,
        "uploads": [upload.name for upload in data.uploads],
    }


def _rows(
    section: Section, by: Actor, person: Person, account: Account | None, own: bool
) -> models.QuerySet[Any]:
    model = apps.get_model(section.model)
    column = model._meta.get_field(section.column)
    whose = person if column.related_model is Person else account
    if whose is None:
        return model._base_manager.none()
    # Deferred, so that words of others and large columns are not even read.
    deferred = [name for name in section.without if any(field.name == name for field in model._meta.fields)]
    rows = model._base_manager.filter(**{section.column: whose}).defer(*deferred).order_by("pk")
    if not (own and section.always_theirs):
        for path in section.about:
            rows = without_withheld(rows, by, path)
    if model._meta.label == "allies.Project":
        rows = rows.filter(pk__in=model._default_manager.visible_to(by).order_by().values("pk"))
    return rows.select_related(*_names_of_pointed_to(model))


def _names_of_pointed_to(model: type[models.Model], deeper: int = 2) -> Iterator[str]:
    """What rows point to, and what that needs to say its own name: a meeting its group, a case what it is about."""
    for field in model._meta.fields:
        if field.is_relation and (deeper == 2 or field.name in _SAY_NAMES):
            yield field.name
            if deeper:
                yield from (
                    f"{field.name}__{name}" for name in _names_of_pointed_to(field.related_model, deeper - 1)
                )


def _row_in_words(row: models.Model, without: tuple[str, ...], *, private: bool = False) -> dict[str, str]:
    """What a row says, label by label; empty columns and bare ids are left out."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.primary_key and not field.is_relation or field.name in without:
            continue
        if private and field.name == "full_words" and getattr(row, "private", False):
            words = PRIVATE
        else:
            words = _in_words(row, field)
        if words:
            label = str(field.verbose_name)
            found[label[:1].upper() + label[1:]] = words
    return found


def _in_words(row: models.Model, field: Any) -> str:
    if field.is_relation:
        return str(getattr(row, field.name) or "")
    return value_in_words(field, getattr(row, field.attname))


def _named(by: Actor, sought: Sought) -> Iterator[dict[str, str]]:
    """Lines of notes, decisions and actions in which the person is named, surely or perhaps."""
    items = AgendaItem.objects.visible_to(by).exclude(notes="").select_related("meeting__body")
    decisions = Decision.objects.visible_to(by).select_related("meeting__body")
    texts = [
        (f"Notes of {one.meeting}: {one.title}", one.notes) for one in items.order_by("meeting__date", "pk")
    ]
    texts += [(f"A decision of {one.meeting}", one.text) for one in decisions.order_by("meeting__date", "pk")]
    texts += [
        (f"Action {one.pk}", "\n".join(filter(None, (one.text, one.details))))
        for one in Action.objects.visible_to(by).order_by("pk")
    ]
    for where, text in texts:
        for line in text.splitlines():
            if found := find(line, sought):
                sure = any(one.sure for one in found)
                yield {
                    "Where": where,
                    "Words": line.strip(),
                    "Who is meant": "you" if sure else "perhaps you",
                }


def _history(by: Actor, person: Person) -> list[dict[str, str]]:
    rows = (person, OtherName.history.filter(person=person), Appointment.history.filter(person=person))
    return [
        {
            "When": _moment(entry.when),
            "By": entry.who,
            "What": f"{entry.what} {entry.done}",
            "Why": entry.reason,
            "Change": "; ".join(
                f"{change.field}: {change.before or 'nothing'} → {change.after or 'nothing'}"
                for change in entry.changes
            ),
        }
        for entry in changes_of(*rows, reader=by)
    ]


def _changed(account: Account | None) -> list[dict[str, str]]:
    """When somebody changed what kind of thing. Not what it says: that stands with the thing, for its readers."""
    if account is None:
        return []
    histories = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    first, *rest = [
        model._base_manager.filter(history_user=account)
        .order_by()
        .values_list("history_date", Value(str(model.instance_type._meta.verbose_name)), "history_type")
        for model in histories
    ]
    newest = first.union(*rest, all=True).order_by("-history_date")[:CHANGES]
    words = {"+": "added", "~": "changed", "-": "removed"}
    return [{"When": _moment(when), "What": f"{kind} {words[done]}"} for when, kind, done in newest]


def _moment(moment: datetime) -> str:
    return dateformat.format(timezone.localtime(moment), "j F Y, H:i")


def _uploads(by: Actor, account: Account | None) -> Iterator[Upload]:
    """The papers somebody added, and the documents they brought notes in from, as far as they may read them now."""
    if account is None:
        return
    added = Paper.history.filter(history_user=account, history_type="+").values("id")
    for paper in Paper.objects.visible_to(by).filter(Q(pk__in=added) & ~Q(file="")):
        if paper.file.storage.exists(paper.file.name):
            with paper.file.open() as file:
                yield Upload(f"{paper.pk}-{paper.file.name.rpartition('/')[2]}", file.read())
    meetings = Meeting.objects.visible_to(by).values("pk")
    for source in SourceDocument.objects.filter(by=account, meeting__in=meetings).select_related("meeting"):
        if can_read_whole(by, source.meeting):
            yield Upload(f"notes-{source.meeting.date.isoformat()}-{source.pk}.txt", source.text.encode())
