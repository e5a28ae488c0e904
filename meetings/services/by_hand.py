"""What nobody but a person can do when somebody is erased: files, owners still to find, copies that went out."""

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db.models import Count, IntegerField, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from actions.models import Assignment
from actions.models.action import STILL_OPEN
from allies.models import Person, Project
from allies.names_in_text import Sought, find
from meetings.models import Paper
from meetings.uploads import TEXT, kind_by_name
from risks.models import Risk

_LARGEST_PART = 5 * 1024 * 1024  # bytes of one part of an Office file that are looked at
_ENDS = re.compile(r"</(?:w:p|a:p|text:p|text:h|si|c)>")
_TAGS = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class ByHand:
    """One thing to do, in a sentence; `path` is the page where it is done, or empty."""

    words: str
    path: str = ""


def left_to_do(person: Person, sought: Sought) -> list[ByHand]:
    """What is left once somebody is erased, the files first. Opens every file of the record once."""
    found: list[ByHand] = []
    unread = 0
    for paper in Paper.objects.exclude(file="").select_related("meeting__body"):
        words = _words_in(paper)
        if words is None:
            unread += 1
        elif find(words, sought):
            found.append(
                ByHand(
                    f"The name stands in the file “{paper}” of {paper.meeting}. Replace the file by one without it.",
                    reverse("meetings:paper", args=[paper.pk]),
                )
            )
    if unread:
        found.append(
            ByHand(
                f"Files that cannot be searched (PDF, pictures): {unread}. Open those that may hold the name."
            )
        )
    found += _work_of(person)
    found.append(
        ByHand(
            "Copies that went out by mail, on paper or as downloads, and backups made before today, still hold it."
        )
    )
    return found


def _work_of(person: Person) -> list[ByHand]:
    """What they carry, lead and look after now: one query."""
    carried = Assignment.objects.current().filter(person=person, action__status__in=STILL_OPEN)
    led = Project.objects.filter(lead=person)
    looked_after = Risk.objects.filter(looked_after_by=person).exclude(status="closed")
    numbers = Person.objects.filter(pk=person.pk).values_list(
        _number(carried, "person"), _number(led, "lead"), _number(looked_after, "looked_after_by")
    )
    actions, projects, risks = numbers.get()
    owner = f"{reverse('actions:list')}?owner=person:{person.pk}"
    kinds = (
        ("Open actions that need another owner", actions, owner),
        ("Projects that need another lead", projects, reverse("projects:list")),
        ("Risks that somebody else should look after", risks, reverse("risks:list")),
    )
    return [ByHand(f"{words}: {number}.", path) for words, number, path in kinds if number]


def _number(rows: Any, whose: str) -> Coalesce:
    counted = rows.order_by().values(whose).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _words_in(paper: Paper) -> str | None:
    """All words of a file; None where they cannot be read here."""
    kind = kind_by_name(str(paper.file))
    try:
        with paper.file.open() as file:
            content = file.read()
    except OSError:
        return ""
    if kind == TEXT:
        return content.decode("utf-8", "replace")
    if not content.startswith(b"PK"):
        return None
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = [
            part
            for part in archive.infolist()
            if part.filename.endswith(".xml") and part.file_size < _LARGEST_PART
        ]
        written = [archive.read(part).decode("utf-8", "replace") for part in parts]
    return "\n".join(_TAGS.sub("", _ENDS.sub("\n", part)) for part in written)
