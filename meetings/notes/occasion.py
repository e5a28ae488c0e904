"""What a set of notes says of its own meeting: title, day, times, place."""

import re
from dataclasses import dataclass
from datetime import date

from actions.dates import FoundDate, ambiguous_dates, day_first_evidence, find_dates
from meetings.notes.cleaning import clean
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.source import Block, Form
from meetings.notes.times import read_times

_OTHER_DAY = re.compile(
    r"\b(?:next|previous|last|prior|future|upcoming|following|approved?|adopted|deadline|due|published|"
    r"updated|modified|"
    r"created|circulated|draft(?:ed)? on|copyright|version|printed|since|agenda must)\b|\bby\s*$",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:meeting|minutes|notes|held|call|session|agm|assembly|committee|board|council|"
    r"date)\b",
    re.IGNORECASE,
)
_MEETING_WORD = re.compile(r"\b(?:minutes|notes|meeting|record|mtg|agm|call|report of)\b", re.IGNORECASE)
_HEAD = 40  # blocks within which a meeting says when it was
_OPENED = re.compile(
    r"\b(?:meeting|call|session|assembly|chair\w*|\w+)\s+(?:was\s+)?(?:opened|started|began|commenced|"
    r"called (?:the meeting )?to order|convened|open)(?: the meeting)?(?: \w+){0,4}? (?:at|"
    r"from)?\s*:?\s*(?P<time>.{3,24})|"
    r"\b(?:opened|started|began|commenced|start(?:ing)?|called to order)(?: promptly|"
    r" by [\w .]{1,30}?)? at\s+(?P<time2>.{3,24})",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(?:meeting|call|session|assembly|chair\w*)\s+(?:was\s+|be\s+)?(?:closed|ended|finished|concluded|"
    r"adjourned|close|declared closed)(?: the meeting)?(?: \w+){0,4}? (?:at|from)\s*:?\s*(?P<time>.{3,24})|"
    r"\b(?:adjourned|closed|ended|finished|concluded|adjournment)(?: \w+){0,3}? at\s+(?P<time2>.{3,24})",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:held (?:on .{4,60}? )?(?:at|in|via|on|over)|took place (?:at|in|via|on)|met (?:at|in|"
    r"via))\s+(?P<place>(?:the |Zoom|Microsoft|MS |Google |[A-Z])[^.;]{2,80}?)(?=\s+(?:on|at|from)\b|[.;]|"
    r"$)"
)


_LABELS = {Topic.DATE, Topic.TIME, Topic.STARTS, Topic.ENDS, Topic.PLACE}


@dataclass(slots=True)
class Occasion:
    """Title, ISO date, times and place of a meeting; None for what the notes do not say."""

    title: str | None = None
    date: str | None = None
    starts: str | None = None
    ends: str | None = None
    place: str | None = None
    body: str | None = None


def choose_day_order(gathering: Gathering) -> None:
    """Decide once for the document whether 3/4/2025 is in April or in March, and say so where it is not certain."""
    text = gathering.source.text
    evidence = day_first_evidence(text)
    if evidence is not None:
        gathering.day_first = evidence
        return
    doubtful = next(ambiguous_dates(text), None)
    if doubtful is None:
        return
    month_first = len(
        re.findall(
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|"
            r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? \d{1,2}(?:st|nd|rd|"
            r"th)?, ?\d{4}",
            text,
        )
    )
    day_first = len(
        re.findall(
            r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|"
            r"September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b",
            text,
        )
    )
    gathering.day_first = not (month_first > day_first)
    line = text.count("\n", 0, doubtful) + 1
    order = "day first, as in 31/12/2025" if gathering.day_first else "month first, as in 12/31/2025"
    gathering.warn(
        line, f"Dates written with numbers are taken {order}; nothing in the notes says for certain."
    )


def read_occasion(gathering: Gathering) -> Occasion:
    """What the head of the notes says of the meeting; the places of what was found are noted."""
    occasion = Occasion()
    _read_date(gathering, occasion)
    _read_title(gathering, occasion)
    _read_body(gathering, occasion)
    _read_labels(gathering, occasion)
    _read_sentences(gathering, occasion)
    return occasion


def _days(gathering: Gathering, words: str) -> list[FoundDate]:
    return [found for found in find_dates(words, day_first=gathering.day_first) if found.is_day]


def _set_date(gathering: Gathering, occasion: Occasion, found: FoundDate, block: Block, words: str) -> None:
    occasion.date = found.value
    place = gathering.blocks.index(block)
    if place < _HEAD and block.form is not Form.TABLE and len(block.text) < 120 and place > 0:
        gathering.used.add(place)
    gathering.meeting_date = date.fromisoformat(found.value)
    gathering.places["date",] = (block.first, block.last)
    rest = words[found.end :][:60]
    times = read_times(rest) or read_times(words[: found.start][-30:])
    if times:
        occasion.starts, occasion.ends = times.starts, times.ends
        gathering.places["starts",] = (block.first, block.last)


def _read_date(gathering: Gathering, occasion: Occasion) -> None:
    """A labelled date first, then one in the head of the notes, then front matter, which editors keep changing."""
    head = gathering.blocks[:_HEAD]
    for block in head:
        for words in _spoken(block):
            topic, label, rest = split_label(words)
            if topic is Topic.DATE or (
                topic is None
                and re.search(r"\bdate\b", label, re.IGNORECASE)
                and not _OTHER_DAY.search(label)
            ):
                days = _days(gathering, rest)
                if days:
                    _set_date(gathering, occasion, days[0], block, rest)
                    return
    for test in (_is_head, lambda block, place: True):
        for place, block in enumerate(head):
            for words in _spoken(block):
                if not test(block, place) or (block.form is Form.TABLE and place > 6):
                    continue
                days = _days(gathering, words)
                for day in days:
                    if _OTHER_DAY.search(words[: day.start]) or re.search(
                        r"\b(?:last|previous|next) (?:meeting|minutes)|"
                        r"minutes of\b.*\bmeeting\b.*\b(?:approved|agreed|accepted)",
                        words,
                        re.IGNORECASE,
                    ):
                        continue
                    if place > 12 and not _HELD.search(words):
                        continue
                    topic = topic_of(words[: day.start])
                    if (
                        topic in {Topic.NEXT_MEETING, Topic.CARRIED}
                        or topic is Topic.LAST_MEETING
                        and place > 5
                    ):
                        continue
                    _set_date(gathering, occasion, day, block, words)
                    return
    # A head without a year ("Tuesday 3 June") is filled from nothing; a front matter may say the day.
    for key in ("meeting_date", "meeting date", "meeting-date", "date", "title"):
        if key in gathering.source.front:
            value, line = gathering.source.front[key]
            days = _days(gathering, value)
            if days:
                occasion.date = days[0].value
                gathering.meeting_date = date.fromisoformat(days[0].value)
                gathering.places["date",] = (line, line)
                return
    if gathering.blocks:
        gathering.warn(None, "No date of the meeting was found.")


def _is_head(block: Block, place: int) -> bool:
    return block.form is Form.HEADING and place < 20 or place < 6 and len(block.text) < 160


def _spoken(block: Block) -> list[str]:
    if block.form is not Form.TABLE:
        return [block.text]
    spoken = []
    for row in block.rows[:12]:
        cells = [clean(cell) for cell in row.cells]
        for place in range(len(cells) - 1):
            if topic_of(cells[place]) is not None:
                spoken.append(f"{cells[place].rstrip(': ')}: {cells[place + 1]}")
        spoken.extend(cell for cell in cells if ":" in cell)
    return spoken


def _read_title(gathering: Gathering, occasion: Occasion) -> None:
    """The first line that is no label and no date alone; a later heading where the first is a mere "Minutes"."""
    for place, block in enumerate(gathering.blocks[:4]):
        if block.form is Form.TABLE or block.form is Form.POINT:
            break
        topic = split_label(block.text)[0]
        if topic is not None and topic is not Topic.NOTETAKER or len(block.text) > 160:
            continue
        if topic_of(block.text) not in {None, Topic.NOTETAKER, Topic.LAST_MEETING}:
            continue
        days = _days(gathering, block.text)
        bare = block.text if not days else (block.text[: days[0].start] + block.text[days[0].end :])
        if len(re.sub(r"[\W\d_]", "", bare)) < 4:
            continue
        occasion.title = re.sub(r"^(?:Subject|Re|Fwd?|Title):\s*", "", block.text, flags=re.IGNORECASE)
        gathering.places["title",] = (block.first, block.last)
        gathering.used.add(place)
        return
    title = gathering.source.front.get("title")
    if title and title[0]:
        occasion.title = " ".join(title[0].split())
        gathering.places["title",] = (title[1], title[1])


def _read_body(gathering: Gathering, occasion: Occasion) -> None:
    """The group that met: a label, or the title without the words that only say that these are minutes."""
    for block in gathering.blocks[:12]:
        label, colon, rest = block.text.partition(":")
        if (
            colon
            and rest.strip()
            and re.fullmatch(
                r"(?:group|committee|board|body|"
                r"council|meeting|"
                r"name of (?:group|committee))",
                label.strip(),
                re.IGNORECASE,
            )
            and not re.search(r"\d", rest)
        ):
            occasion.body = rest.strip()
            gathering.places["body",] = (block.first, block.last)
            return
    if not occasion.title:
        return
    days = find_dates(occasion.title, day_first=gathering.day_first)
    bare = occasion.title[: days[0].start] + occasion.title[days[0].end :] if days else occasion.title
    bare = re.sub(
        r"(?i)\b(?:draft |approved |final |confirmed )?(?:meeting )?(?:minutes|"
        r"notes)(?: of)?(?: the| a)?(?: (?:annual|ordinary|monthly|full|"
        r"regular))*(?: (?:general )?meeting)?(?: of)?(?: the)?\b",
        " ",
        bare,
    )
    bare = re.sub(
        r"(?i)\b(?:meeting|call)\b(?: (?:no\.? ?|number )?#?\d+)?|#\d+|\b(?:held )?on$|"
        r"\bheld\b.*$",
        " ",
        bare,
    )
    bare = " ".join(bare.split()).strip(" -–—:,.()|#")
    if len(bare) > 3 and re.search(r"[A-Z]", bare) and len(bare) < 100:
        occasion.body = bare
        gathering.places["body",] = gathering.places["title",]


def _read_labels(gathering: Gathering, occasion: Occasion) -> None:
    actual: dict[str, str] = {}
    for number, block in enumerate(gathering.blocks):
        for words in _spoken(block):
            topic, _, rest = split_label(words)
            if number < 15 and topic in _LABELS and rest and block.form is Form.TEXT and len(words) < 160:
                gathering.used.add(number)
            if topic in {Topic.STARTS, Topic.ENDS}:
                times = read_times(rest, loose=True)
                if times and times.starts:
                    key = "starts" if topic is Topic.STARTS else "ends"
                    actual.setdefault(key, times.starts)
                    if times.ends:
                        actual.setdefault("ends", times.ends)
                    gathering.places.setdefault((key,), (block.first, block.last))
            elif topic is Topic.TIME and not occasion.starts:
                times = read_times(rest, loose=True)
                if times:
                    occasion.starts, occasion.ends = times.starts, times.ends
                    gathering.places.setdefault(("starts",), (block.first, block.last))
            elif topic is Topic.PLACE and not occasion.place and rest and len(rest) < 160:
                occasion.place = rest
                gathering.places["place",] = (block.first, block.last)
            elif topic is Topic.DATE and not occasion.starts:
                times = read_times(rest)
                if times:
                    occasion.starts, occasion.ends = times.starts, times.ends
    occasion.starts = actual.get("starts", occasion.starts)
    occasion.ends = actual.get("ends", occasion.ends)


def _read_sentences(gathering: Gathering, occasion: Occasion) -> None:
    blocks = gathering.blocks
    # A meeting is opened near the beginning of its notes and closed near their end.
    for block in blocks if len(blocks) < 200 else [*blocks[:100], *blocks[-100:]]:
        if block.form is Form.TABLE or len(block.text) > 1000:
            continue
        if not gathering.places.get(("starts",)) or not occasion.starts:
            opened = _OPENED.search(block.text)
            times = read_times(opened["time"] or opened["time2"] or "", loose=True) if opened else None
            if times:
                occasion.starts = times.starts
                occasion.ends = times.ends or occasion.ends
                gathering.places["starts",] = (block.first, block.last)
        if not occasion.ends:
            closed = _CLOSED.search(block.text)
            times = read_times(closed["time"] or closed["time2"] or "", loose=True) if closed else None
            if times:
                occasion.ends = times.starts
                gathering.places["ends",] = (block.first, block.last)
    if not occasion.place:
        for block in gathering.blocks[:8]:
            found = _PLACE.search(block.text)
            if found:
                occasion.place = found["place"].strip(" ,")
                gathering.places["place",] = (block.first, block.last)
                return
