"""The next meetings that a set of notes announces."""

import re

from actions.dates import find_dates
from meetings.notes.cleaning import clean
from meetings.notes.document import NextMeeting
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.source import Block, Form
from meetings.notes.times import read_times

_ANNOUNCED = re.compile(
    r"\b(?:(?:the|our|its) )?(?:date of (?:the )?)?next (?:[\w’'-]+ ){0,4}?(?:meetings?|mtg|call|session|"
    r"agm|meet[- ]?up|get[- ]?together)\b"
    r"(?: date| time)?(?: (?:will|is|was|to|would|has been|shall|are|on|date|scheduled|provisionally|set|"
    r"agreed|be|take place|held|fixed|confirmed|arranged|planned|for|at|takes place))*\s*[:\-–—,]?|"
    r"\bmeet(?:ing)? again (?:on|in|at)\b|\b(?:will|to) (?:next )?(?:meet|reconvene) (?:next |"
    r"again )?on\b|\badjourned (?:to|until)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(r"next|again|reconvene|adjourned", re.IGNORECASE)
_NOT_IT = re.compile(
    r"\b(?:last|previous|prior|minutes of|approved|before the next|at the next|"
    r"for the next|by the next|until the next|ahead of the next)\b",
    re.IGNORECASE,
)


def read_next_meetings(gathering: Gathering) -> tuple[NextMeeting, ...]:
    """The coming meetings, in the order of the notes, each day once. A place is noted for each."""
    found: list[NextMeeting] = []
    seen: set[str | None] = set()
    for words, block in _candidates(gathering):
        for one in _read(gathering, words):
            if one.date in seen or (one.date is None and found):
                continue
            if one.date and gathering.meeting_date and one.date[:7] < gathering.meeting_date.isoformat()[:7]:
                gathering.warn(block.first, f"“{one.as_written}” announces a next meeting before this one.")
                continue
            if one.date and gathering.meeting_date and one.date == gathering.meeting_date.isoformat():
                continue
            if one.date is not None and found and found[-1].date is None:
                gathering.places.pop(("next_meetings", len(found) - 1), None)
                found.pop()
            seen.add(one.date)
            gathering.places["next_meetings", len(found)] = (block.first, block.last)
            found.append(one)
    return tuple(found)


def read_announcement(words: str) -> NextMeeting:
    """One coming meeting from words such as "Tuesday 10 February 2026, 11:00–13:00", and from nothing else."""
    dates = find_dates(words)
    day = next((found for found in dates if found.is_day), dates[0] if dates else None)
    times = read_times(words[day.end :]) or read_times(words[: day.start]) if day else read_times(words)
    return NextMeeting(
        words, day.value if day else None, times.starts if times else None, times.ends if times else None
    )


def _candidates(gathering: Gathering) -> list[tuple[str, Block]]:
    labelled: list[tuple[str, Block]] = []
    sentences: list[tuple[str, Block]] = []
    blocks = gathering.blocks
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.form is Form.TABLE:
            for row in block.rows[:40]:
                cells = [clean(cell) for cell in row.cells]
                if len(cells) >= 2 and topic_of(cells[0]) is Topic.NEXT_MEETING:
                    labelled.append((cells[1], block))
            at += 1
            continue
        topic, _, rest = split_label(block.text)
        if topic is Topic.NEXT_MEETING and rest and topic_of(block.text) is not Topic.NEXT_MEETING:
            labelled.append((rest, block))
            gathering.used.add(at)
        elif topic_of(block.text) is Topic.NEXT_MEETING and (
            block.form is Form.HEADING or block.text.endswith(":") or block.bold or len(block.text) < 60
        ):
            if rest and find_dates(rest, reference=gathering.meeting_date, day_first=gathering.day_first):
                labelled.append((rest, block))
            gathering.used.add(at)
            end = (
                min(gathering.section_end(at), at + 10)
                if block.form is Form.HEADING
                else min(len(blocks), at + 8)
            )
            for place in range(at + 1, end):
                under = blocks[place]
                if under.form is Form.TABLE:
                    for row in under.rows[:20]:
                        labelled.append((" ".join(clean(cell) for cell in row.cells), under))
                    gathering.used.add(place)
                    continue
                other = split_label(under.text)[0]
                if under.form is Form.HEADING or other in {
                    Topic.ACTIONS,
                    Topic.CARRIED,
                    Topic.LAST_MEETING,
                    Topic.CHAIR,
                    Topic.NOTETAKER,
                    Topic.PRESENT,
                }:
                    break
                if len(under.text) > 300 or (
                    block.form is not Form.HEADING
                    and under.after_blank
                    and place > at + 1
                    and not _has_date(gathering, under.text)
                ):
                    break
                if re.match(
                    r"(?:minutes|notes|"
                    r"draft|signed|"
                    r"approved|adjourn)",
                    under.text,
                    re.IGNORECASE,
                ) and not _ANNOUNCED.search(under.text):
                    continue
                labelled.append((under.text, under))
                if _has_date(gathering, under.text):
                    gathering.used.add(place)
        elif not block.quoted and _MAYBE.search(block.text):
            for announced in _ANNOUNCED.finditer(block.text):
                whole = block.text[announced.start() : announced.end() + 160]
                words = re.split(r"(?<=[a-z)\d])\.\s+(?=[A-Z])", whole)[0]
                before = block.text[max(0, announced.start() - 25) : announced.end()]
                if _NOT_IT.search(before) or not _has_date(gathering, words):
                    continue
                sentences.append((words, block))
        at += 1
    return labelled + sentences


def _has_date(gathering: Gathering, words: str) -> bool:
    return bool(find_dates(words, reference=gathering.meeting_date, day_first=gathering.day_first))


def _read(gathering: Gathering, words: str) -> list[NextMeeting]:
    words = words.strip(" .")
    dates = find_dates(words, reference=gathering.meeting_date, day_first=gathering.day_first)
    days = [found for found in dates if found.is_day] or dates
    if not words:
        return []
    if not days:
        return [NextMeeting(words, None, None, None)] if len(words) < 120 else []
    found = []
    for place, day in enumerate(days):
        end = days[place + 1].start if place + 1 < len(days) else len(words)
        begin = day.start if place else 0
        times = read_times(words[day.end : end]) or (
            read_times(words[begin : day.start]) if not place else None
        )
        written = words[begin:end].strip(" ,;&") if len(days) > 1 else words
        written = re.sub(r"\s+and$", "", written)
        found.append(
            NextMeeting(written, day.value, times.starts if times else None, times.ends if times else None)
        )
    return found
