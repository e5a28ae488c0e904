"""The one layout in which notes are written out, shared by its writers and its exact reader."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from actions.statuses import Status
from meetings.notes.document import Presence, Section

MEMBERS, ACTIONS_HEAD, INTERESTS, AGENDA, DECISIONS = (
    "Members",
    "Actions",
    "Conflicts of interest",
    "Summary of conversation",
    "Decisions",
)
# One next meeting or several. Readers take either: whoever edits a document may add one and leave the heading.
NEXT = ("Date of next meeting", "Date of next meetings")
PRESENCE_LABELS = {Presence.PRESENT: "Present", Presence.APOLOGIES: "Apologies", Presence.ABSENT: "Absent"}
SECTION_HEADS = {
    Section.AGREED: "Actions agreed in this meeting",
    Section.CARRIED: "Actions from previous meetings",
}
COLUMNS = ("Person taking this on", "Deadline", "Status")  # of both tables, after the words of the action
STATUS_WORDS = {
    Status.TODO: "To do",
    Status.IN_PROGRESS: "In progress",
    Status.WAITING: "Waiting",
    Status.DONE: "Done",
    Status.LET_GO: "Let go",
    Status.MERGED: "Merged",
}
OCCASION_LABELS = ("Meeting notes: ", "Time: ", "Place: ", "Group: ")
OPEN, CLOSE = "⟨", "⟩"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What differs between plain text and Markdown: signs before headings, table drawing, letters to escape."""

    title: str
    heading: str
    item: str
    special: str
    table: Callable[[list[tuple[str, ...]]], str]
    rows: Callable[[list[str]], list[list[str]]]

    def escape(self, words: str, more: str = "") -> str:
        """Words with a backslash before each letter that would mean something here."""
        wanted = self.special + more
        return "".join(f"\\{letter}" if letter in wanted else letter for letter in words)

    def notes(self, written: str) -> str:
        """Lines of notes, each with the letters after its bullet escaped as this layout needs."""
        if self.special == TEXT.special:
            return written
        lines = (line.partition("- ") for line in written.split("\n"))
        return "\n".join(f"{indent}{bullet}{self.escape(words)}" for indent, bullet, words in lines)

    def read_notes(self, written: str) -> str:
        """The lines that `notes` made this of."""
        if self.special == TEXT.special:
            return written
        lines = (line.partition("- ") for line in written.split("\n"))
        return "\n".join(f"{indent}{bullet}{unescape(words)}" for indent, bullet, words in lines)


def _tabs(rows: list[tuple[str, ...]]) -> str:
    return "\n".join("\t".join(cells) for cells in rows)


def _read_tabs(lines: list[str]) -> list[list[str]]:
    return [line.split("\t") for line in lines]


def _pipes(rows: list[tuple[str, ...]]) -> str:
    drawn = [f"| {' | '.join(cells)} |" for cells in rows]
    drawn.insert(1, f"|{' --- |' * len(rows[0])}")
    return "\n".join(drawn)


def _read_pipes(lines: list[str]) -> list[list[str]]:
    read = []
    for number, line in enumerate(lines):
        if number == 1:
            continue
        cells = split_unescaped(line, "|")
        read.append([cell.strip() for cell in cells[1:-1]])
    return read


TEXT = Layout("", "", "", f"\\{OPEN}", _tabs, _read_tabs)
MARKDOWN = Layout("# ", "## ", "### ", f"\\{OPEN}`*_<>[]|#~&", _pipes, _read_pipes)


def unescape(words: str) -> str:
    """The words that `Layout.escape` was given."""
    out, at = [], 0
    while at < len(words):
        if words[at] == "\\" and at + 1 < len(words):
            at += 1
        out.append(words[at])
        at += 1
    return "".join(out)


def marked(words: str) -> str:
    """What stands behind words that do not say everything, between marks."""
    return f" {OPEN}{words}{CLOSE}"


def split_mark(words: str) -> tuple[str, str | None]:
    """Words still escaped, and what `marked` put behind them; None where nothing stands there."""
    at = 0
    while at < len(words):
        if words[at] == "\\":
            at += 2
            continue
        if words[at] == OPEN:
            return words[:at].removesuffix(" "), words[at + 1 :].removesuffix(CLOSE)
        at += 1
    return words, None


def split_unescaped(words: str, separator: str, *, brackets: bool = False) -> list[str]:
    """Parts of escaped words between separators that are not escaped (nor inside brackets)."""
    parts, begun, at, depth = [], 0, 0, 0
    while at < len(words):
        letter = words[at]
        if letter == "\\":
            at += 2
            continue
        if brackets and letter in _BRACKETS:
            depth += 1
        elif brackets and letter in _BRACKETS.values():
            depth -= 1
        if depth <= 0 and words.startswith(separator, at):
            parts.append(words[begun:at])
            at += len(separator)
            begun = at
            continue
        at += 1
    parts.append(words[begun:])
    return parts


def needs_brackets_escaped(words: str) -> bool:
    """Whether commas and brackets of an entry would be misread in a list with commas between entries."""
    open_brackets: list[str] = []
    for letter in words:
        if letter in _BRACKETS:
            open_brackets.append(_BRACKETS[letter])
        elif letter in _BRACKETS.values():
            if not open_brackets or open_brackets.pop() != letter:
                return True
        elif letter == "," and not open_brackets:
            return True
    return bool(open_brackets)


def next_head(number: int) -> str:
    """The heading over so many next meetings."""
    return NEXT[number > 1]


def speak_date(iso: str) -> str:
    """A day in words ("Wednesday 19 November 2025"); what is no ISO day stays as it is."""
    day = plain_meeting_date(iso)
    return f"{day:%A} {day.day} {day:%B} {day.year:04d}" if day else iso


def plain_meeting_date(iso: str | None) -> date | None:
    """The day of ISO text, or None."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
