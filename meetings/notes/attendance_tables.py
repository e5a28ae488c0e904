"""Who was there, from tables: a row for each person, a row or a column for each list."""

import re
from dataclasses import replace

from meetings.notes.cleaning import clean, pieces
from meetings.notes.document import Presence
from meetings.notes.headings import Topic, topic_of
from meetings.notes.people import looks_like_name, looks_like_names, read_person, split_names
from meetings.notes.roll import CAPACITIES, HERE, OFFICES, PRESENCES, Roll
from meetings.notes.source import Block

_COLUMN_NAME = re.compile(
    r"(?:full |member |first )?names?|members?|attendees?|participants?|person|who|people|"
    r"councillors?|trustees?|directors?",
    re.IGNORECASE,
)
_COLUMN_HERE = re.compile(
    r"present\??|attendance|attended\??|in attendance|here|status|presence|attending|"
    r"attend(?:ed|ance)? ?\(?y/n\)?|p/a|here\?",
    re.IGNORECASE,
)
_COLUMN_APOLOGY = re.compile(r"apolog(?:y|ies)|regrets|excused|sent apologies", re.IGNORECASE)
_COLUMN_ABSENT = re.compile(r"absent", re.IGNORECASE)
_COLUMN_ROLE = re.compile(r"roles?|position|title|capacity|office|post|role/.*", re.IGNORECASE)
_YES = re.compile(
    r"(?:y|yes|p|present|in person|online|remote(?:ly)?|virtual(?:ly)?|zoom|x|✓|✔|✅|☑|"
    r"\[x\]|1|attended|here|via .*|by .*|true|•|\*|/)",
    re.IGNORECASE,
)
_APOLOGY = re.compile(
    r"(?:apol\w*|a|ap|excused|e|regrets?|sent apologies|apologies received|r)\.?", re.IGNORECASE
)


def read_people_table(block: Block, topic: Topic | None, roll: Roll) -> bool:
    """A table of people, with a head or with "Present" and "Apologies" in its first column."""
    rows = [tuple(clean(cell) for cell in row.cells) for row in block.rows]
    if not rows:
        return False
    heads = rows[0]
    named = [cell for cell in heads if cell]
    if (
        len(named) >= 2
        and all(topic_of(cell) in HERE for cell in named)
        and not any(_COLUMN_NAME.fullmatch(cell) for cell in named)
    ):
        return _columns_of_names(roll, block, heads)
    labels = [topic_of(cells[0]) if cells and len(cells[0]) < 60 else None for cells in rows]
    if (
        sum(label in HERE | OFFICES for label in labels) >= max(1, (len(rows) + 3) // 4)
        and any(label in HERE for label in labels)
        and max(len(cells) for cells in rows) == 2
    ):
        return _labelled_rows(roll, block, rows, labels)
    name_at = next(
        (place for place, cell in enumerate(heads) if _COLUMN_NAME.fullmatch(cell.strip(": *"))), None
    )
    if name_at is None:
        return topic is not None and _bare_rows(roll, block, topic)
    others = [cell for place, cell in enumerate(heads) if place != name_at]
    if topic is None and not any(
        _COLUMN_HERE.fullmatch(cell.strip(": *")) or _COLUMN_APOLOGY.fullmatch(cell) for cell in others
    ):
        return False
    return _headed_rows(roll, block, heads, name_at, topic or Topic.PRESENT)


def _labelled_rows(roll: Roll, block: Block, rows: list[tuple[str, ...]], labels: list[Topic | None]) -> bool:
    current: Topic | None = None
    for row, cells, label in zip(block.rows, rows, labels, strict=True):
        current = label if label is not None else (current if cells and not cells[0] else None)
        if current is None or len(cells) < 2:
            continue
        words = ", ".join(pieces(row.cells[1])) if "<" in row.cells[1] else cells[1]
        if current in OFFICES:
            for person in split_names(words):
                roll.offices.append((person, CAPACITIES.get(current), row.first))
        elif current in HERE and looks_like_names(words):
            capacity = CAPACITIES.get(current)
            for person in split_names(words):
                marks = (capacity,) if capacity and capacity not in person.capacities else ()
                roll.add(
                    replace(person, capacities=person.capacities + marks),
                    PRESENCES.get(current, Presence.PRESENT),
                    row.first,
                    row.last,
                )
    return True


def _columns_of_names(roll: Roll, block: Block, heads: tuple[str, ...]) -> bool:
    for row in block.rows[1:]:
        for head, cell in zip(heads, row.cells, strict=False):
            topic = topic_of(head) if head else None
            if topic is None:
                continue
            for words in pieces(cell):
                for person in split_names(words):
                    roll.add(person, PRESENCES.get(topic, Presence.PRESENT), row.first, row.last)
    return True


def _bare_rows(roll: Roll, block: Block, topic: Topic) -> bool:
    took = False
    for row in block.rows:
        cells = [clean(cell) for cell in row.cells]
        if cells and cells[0] and looks_like_name(re.sub(r"\s*\(.*?\)", "", cells[0]).split(",")[0]):
            person = read_person(
                f"{cells[0]} ({', '.join(c for c in cells[1:] if c)})" if any(cells[1:]) else cells[0]
            )
            if person:
                roll.add(
                    replace(person, as_written=cells[0]),
                    PRESENCES.get(topic, Presence.PRESENT),
                    row.first,
                    row.last,
                )
                took = True
    return took


def _headed_rows(roll: Roll, block: Block, heads: tuple[str, ...], name_at: int, topic: Topic) -> bool:
    for row in block.rows[1:]:
        cells = [clean(cell) for cell in row.cells]
        if name_at >= len(cells) or not cells[name_at]:
            continue
        person = read_person(cells[name_at])
        if not person or topic_of(cells[name_at]):
            continue
        presence = PRESENCES.get(topic, Presence.PRESENT)
        seen = False
        for place, cell in enumerate(cells):
            head = heads[place].strip(": *") if place < len(heads) else ""
            if place == name_at:
                continue
            if _COLUMN_HERE.fullmatch(head) and not _COLUMN_APOLOGY.fullmatch(head):
                seen = True
                presence = (
                    Presence.PRESENT
                    if _YES.fullmatch(cell)
                    else Presence.APOLOGIES
                    if _APOLOGY.fullmatch(cell)
                    else Presence.ABSENT
                )
                if not cell and any(_COLUMN_APOLOGY.fullmatch(h) for h in heads):
                    presence = Presence.ABSENT
            elif (
                _COLUMN_APOLOGY.fullmatch(head)
                and cell
                and (_YES.fullmatch(cell) or _APOLOGY.fullmatch(cell))
            ):
                presence, seen = Presence.APOLOGIES, True
            elif _COLUMN_ABSENT.fullmatch(head) and cell and _YES.fullmatch(cell) and not seen:
                presence = Presence.ABSENT
            elif re.fullmatch(r"initials?", head, re.IGNORECASE) and cell:
                person = replace(person, initials=cell)
            elif _COLUMN_ROLE.fullmatch(head) and cell:
                beside = read_person(f"{cells[name_at]} ({cell})")
                if beside:
                    person = replace(
                        person, capacities=tuple(dict.fromkeys(person.capacities + beside.capacities))
                    )
        roll.add(person, presence, row.first, row.last)
    return True
