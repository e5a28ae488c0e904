"""Clock times as people write them: "2pm – 4.30pm", "14:00–16:00", "1310 hrs", "17:30CET"."""

import re
from dataclasses import dataclass

_HALF = r"(?:\s?(?P<half{n}>[ap])\.?\s?m\b\.?)"
_CLOCK = (
    r"(?:(?P<hour{n}>\d{{1,2}})(?:\s?[:.h]\s?(?P<minute{n}>[0-5]\d))?" + _HALF + r"?"
    r"|(?P<four{n}>[0-2]\d[0-5]\d)(?=\s?(?:hrs|hours|h\b)|\s?[-–—])|(?P<word{n}>noon|midday|midnight))"
)
_ZONE = (
    r"(?:\s?(?:hrs|hours|o['’]clock|h)\b)?(?:\s?\(?(?:GMT|BST|UTC|CES?T|E[SD]?T|P[SD]?T|C[SD]?T|M[SD]?T|"
    r"IST|AES?T|AE[SD]T|NZ[SD]T|WIB|JST|Z)(?:[+-]\d{1,2})?\)?)?"
)
_ONE = _CLOCK.format(n="")
_FIRST, _SECOND = _CLOCK.format(n="1"), _CLOCK.format(n="2")
_SPAN = re.compile(
    rf"(?<![\d:./-]){_FIRST}{_ZONE}\s?(?:-|–|—|to|until|till|and)\s?{_SECOND}(?![\d/]|[-.:]\d|(?:st|nd|rd|"
    rf"th)\b)",
    re.IGNORECASE,
)
_TIME = re.compile(rf"(?<![\d:./£$€-]){_ONE}(?![\d/%]|[-.:]\d|(?:st|nd|rd|th)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """When something starts and ends, "HH:MM" or None, and where in the words that stands."""

    starts: str | None
    ends: str | None
    start: int
    end: int


def read_times(words: str, *, loose: bool = False) -> Times | None:
    """The first span of times in `words`, or else the first single time, as a start; None without any.

    `loose`: the words stand after a label such as "Time:", so a bare "10.30" or "1930" is a time too.
    """
    for found in _SPAN.finditer(words):
        first, second = _parts(found, "1"), _parts(found, "2")
        if not (_marked(first) or _marked(second) or loose and (first[1] or second[1])):
            continue
        half = first[2] or second[2]
        ends = _clock(second[0], second[1], second[2], second[3])
        starts = _clock(first[0], first[1], half, first[3])
        if starts and ends and not first[2] and second[2] and starts > ends:
            starts = _clock(first[0], first[1], "a" if second[2] == "p" else "p", None)
        if starts and ends:
            return Times(starts, ends, found.start(), found.end())
    for found in _TIME.finditer(words):
        parts = _parts(found, "")
        if not (_marked(parts) or loose and (parts[1] or parts[3])):
            continue
        clock = _clock(*parts)
        if clock:
            return Times(clock, None, found.start(), found.end())
    if loose:
        found4 = re.search(r"(?<!\d)([01]\d|2[0-3])([0-5]\d)(?!\d)", words)
        if found4:
            return Times(f"{found4[1]}:{found4[2]}", None, found4.start(), found4.end())
    return None


def _parts(found: re.Match[str], n: str) -> tuple[str, str, str, str | None]:
    """Hour, minute, half of the day, and how it is written: four digits, a word, a colon or a dot."""
    word = (found[f"word{n}"] or "").lower()
    if word:
        return ("0" if word == "midnight" else "12"), "00", "", "word"
    four = found[f"four{n}"]
    if four:
        return four[:2], four[2:], "", "four"
    written = found.string[found.start(f"hour{n}") : found.end(f"minute{n}")] if found[f"minute{n}"] else ""
    mark = ":" if ":" in written or "h" in written.lower() else "." if written else None
    return found[f"hour{n}"], found[f"minute{n}"] or "", (found[f"half{n}"] or "").lower(), mark


def _marked(parts: tuple[str, str, str, str | None]) -> bool:
    """Whether the writing alone says that it is a time of day."""
    return bool(parts[2]) or parts[3] in {":", "four", "word"}


def _clock(hour: str, minute: str, half: str, mark: str | None) -> str | None:
    number = int(hour)
    if half and mark not in {"four", "word"}:
        if not 1 <= number <= 23:
            return None
        if number <= 12:
            number = number % 12 + (12 if half == "p" else 0)
    if number > 23:
        return None
    return f"{number:02d}:{minute or '00'}"
