"""The notes of one agenda item as people type them, and as the record keeps them.

Bullets (`-`, `*`, `+`, `·`, `•`, `◦`, `▪`, `‣`, dashes), indents of spaces or tabs for replies, and a marker at
the beginning of a line: ACTION:, DECISION: (also AGREED: and RESOLVED:), OFFER:, PARKED:, with the noise that
broken markup leaves (`ACTION:**`, `**ACTION:**`, `ACTION –`). A backslash at the beginning of the words says: no
marker here, the words are as they stand.
"""

import re
from dataclasses import dataclass

from meetings.notes.document import Line, Marker, plain
from meetings.notes.speakers import speaker_of

BULLETS = "-*+·•◦▪‣●○■□–—−"
_BULLET = re.compile(rf"[{re.escape(BULLETS)}](?:\s+|$)")
_WORDS = {
    "action": Marker.ACTION,
    "actions": Marker.ACTION,
    "decision": Marker.DECISION,
    "agreed": Marker.DECISION,
    "resolved": Marker.DECISION,
    "offer": Marker.OFFER,
    "parked": Marker.PARKED,
}
_NOISE = r"[\s*_:]*"
# With a colon in any case; with a dash only in capitals, for "Action - packed" is no marker.
_MARKER = re.compile(
    rf"[*_]{{0,3}}(?:(?P<word>actions?|decision|agreed|resolved|offer|parked)(?:\s(?:point|item))?(?:\s?#?\d[\d.]*)?[*_]{{0,3}}\s?:"
    r"|(?P<loud>ACTIONS?|DECISION|AGREED|RESOLVED|OFFER|PARKED)[*_]{0,3}\s?[-–—])"
    rf"{_NOISE}",
    re.IGNORECASE,
)
_TAB = 4
DEEPEST = 20  # replies to replies; what is indented further stands at this depth


def parse_lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` with their replies nested by indent; empty lines and lone bullets are left out.

    An indented line without a bullet under a line with one goes on with that line's words.
    """
    return nest([(indent, words) for _, indent, words in _points(text)])


@dataclass(frozen=True, slots=True)
class MarkedAt:
    """A line that begins with a marker: its number as people count lines (from 1), and its words after the marker."""

    number: int
    marker: Marker
    words: str


def marked_lines(text: str) -> tuple[MarkedAt, ...]:
    """Every marked line of `text` in order, read as `parse_lines` reads it."""
    found = []
    for number, _, words in _points(text):
        marker, after = read_marker(words)
        if marker:
            found.append(MarkedAt(number, marker, after))
    return tuple(found)


def _points(text: str) -> list[tuple[int, int, str]]:
    """The points of `text`: on which line each begins, its indent in columns, its words."""
    points: list[tuple[int, int, str]] = []
    with_bullet = False
    for number, raw in enumerate(text.splitlines(), 1):
        words = raw.expandtabs(_TAB)
        indent = len(words) - len(words.lstrip())
        words = plain(words)
        if not words:
            with_bullet = False
            continue
        bullet = _BULLET.match(words)
        if bullet:
            words = words[bullet.end() :].lstrip()
            if words:
                points.append((number, indent, words))
            with_bullet = bool(words)
        elif with_bullet and indent > points[-1][1]:
            points[-1] = (*points[-1][:2], f"{points[-1][2]} {words}")
        else:
            points.append((number, indent, words))
    return points


def nest(points: list[tuple[int, str]]) -> tuple[Line, ...]:
    """Lines from pairs of indent (in columns) and words, each a reply to the last that stands further left."""
    root: list[_Open] = []
    path: list[tuple[int, _Open]] = []
    for indent, words in points:
        while path and (path[-1][0] >= indent or len(path) >= DEEPEST):
            path.pop()
        point = _Open(words)
        (path[-1][1].replies if path else root).append(point)
        path.append((indent, point))
    return tuple(point.close() for point in root)


def write_lines(lines: tuple[Line, ...]) -> str:
    """The lines as text that `parse_lines` reads as the same lines; "" for none."""
    written: list[str] = []
    waiting = [(0, line) for line in reversed(lines)]
    while waiting:
        depth, line = waiting.pop()
        written.append(f"{'  ' * depth}- {_write_words(line)}")
        waiting.extend((depth + 1, child) for child in reversed(line.children))
    return "\n".join(written)


def read_marker(words: str) -> tuple[Marker | None, str]:
    """The marker with which `words` begin and the words after it; (None, words) where there is none."""
    if words.startswith("\\"):
        return None, words[1:] or words
    found = _MARKER.match(words)
    if not found:
        return None, words
    loud = found["loud"]
    if loud and loud != loud.upper():
        return None, words
    rest = words[found.end() :]
    if rest.startswith("\\"):
        rest = rest[1:]
    elif rest.endswith("**") and rest.count("**") % 2:
        rest = rest[:-2].rstrip()
    if not rest:
        return None, words
    return _WORDS[(found["word"] or loud).lower()], rest


def line_of(words: str, children: tuple[Line, ...] = ()) -> Line:
    """A line from its words: marker, text and speaker read from them."""
    marker, text = read_marker(words)
    return Line(text, marker, children, speaker_of(text))


def _write_words(line: Line) -> str:
    prefix = f"{line.marker.value.upper()}: " if line.marker else ""
    words = prefix + line.text
    if _BULLET.match(words) or read_marker(words) != (line.marker, line.text):
        return f"{prefix}\\{line.text}"
    return words


class _Open:
    """A point whose replies are still being read."""

    __slots__ = ("replies", "words")

    def __init__(self, words: str) -> None:
        self.words = words
        self.replies: list[_Open] = []

    def close(self) -> Line:
        return line_of(self.words, tuple(reply.close() for reply in self.replies))
