"""Copies that went out: a file, held against the version of the record whose hash it carries."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from meetings.differences import differences
from meetings.models import NotesVersion
from meetings.notes.decoding import UnreadableNotes, decode
from meetings.notes.document import NotesDocument, from_json
from meetings.notes.frozen_notes import WITHHELD, document_of
from meetings.notes.reading import read_decoded
from meetings.safekeeping.verifying import Found, where

_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


@dataclass(slots=True)
class Compared:
    """A copy held against the record: which version it is of, in words, and what is not as it went out."""

    path: Path
    of: str = ""
    found: list[Found] = field(default_factory=list)


def verify_copy(path: Path) -> Compared:
    """Hold a file against the version it says it is of; without a hash, against those of its meeting's day."""
    compared = Compared(path)
    try:
        document, printed = _read(path)
    except (OSError, UnreadableNotes, ValueError, KeyError) as error:
        compared.found.append(Found(str(path), f"could not be read: {error}"))
        return compared
    versions = list(_versions(document, printed))
    if not versions:
        what = (
            f"carries the hash {printed}, which is that of no version in this record"
            if printed
            else "carries no hash, and the record has no version of notes of that day"
        )
        compared.found.append(Found(str(path), what))
        return compared
    held = [(version, _held_against(path, version, document)) for version in versions]
    version, compared.found = min(held, key=lambda one: len(one[1]))
    compared.of = where(version)
    return compared


def _read(path: Path) -> tuple[NotesDocument, str]:
    """The document in a file, and the hash that is printed on it, if one is."""
    content = path.read_bytes()
    if content.lstrip().startswith(b"{"):
        return from_json(json.loads(content)), ""
    text, doubts = decode(content, path.name)
    printed = _HASH.findall(text)
    return read_decoded(text, doubts).document, printed[-1] if printed else ""


def _versions(document: NotesDocument, printed: str) -> list[NotesVersion]:
    rows = NotesVersion.objects.select_related("meeting__body").order_by("-number")
    if printed:
        return list(rows.filter(hash=printed))
    try:
        return list(rows.filter(meeting__date=document.date)) if document.date else []
    except ValueError:
        return []


def _held_against(path: Path, version: NotesVersion, document: NotesDocument) -> list[Found]:
    """What the copy says otherwise. What is withheld from a reader is left out of theirs, and holds its place."""
    frozen = document_of(version.content)
    some_withheld = any(item.title == WITHHELD for item in document.agenda)
    found = []
    for part in differences(frozen, document):
        for line in part.lines:
            if line.sign == "+" and line.words.strip() != WITHHELD:
                found.append(
                    Found(f"{path}, {part.title}", f"says “{line.words.strip()}”, which did not go out")
                )
            elif line.sign == "-" and not some_withheld:
                found.append(Found(f"{path}, {part.title}", f"leaves out “{line.words.strip()}”"))
    return found
