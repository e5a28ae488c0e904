"""The lines of a text as blocks: headings, points of lists, tables, paragraphs. What they mean is not asked here.

One scanner serves plain text and Markdown, because notes mix them: pasted tables in text, bold in text, numbered
headings in Markdown. Line numbers count from 1 and are those of the text as it was given.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from meetings.notes.cleaning import clean, spaces, without_comments
from meetings.notes.headings import is_known_heading, known_label_starts, split_label
from meetings.notes.lines import read_marker
from meetings.notes.tables import Row, Table, cells_one_a_line, minutes_in, read_table_at


class Form(StrEnum):
    """What a block looks like."""

    HEADING = "heading"
    POINT = "point"
    TEXT = "text"
    TABLE = "table"


@dataclass(slots=True)
class Block:
    """One heading, point, paragraph or table, with its lines in the source."""

    form: Form
    first: int
    last: int
    text: str = ""
    indent: int = 0
    level: int = 0
    label: str = ""
    box: str = ""
    bold: bool = False
    raw: str = ""
    after_blank: bool = False
    quoted: bool = False
    rows: tuple[Row, ...] = field(default_factory=tuple)


@dataclass(slots=True)
class Source:
    """A text as blocks, with what stands in its front matter."""

    blocks: list[Block]
    front: dict[str, tuple[str, int]]
    text: str


_HASHES = re.compile(r"\s{0,3}(#{1,6})\s*(?=[^#\s])(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s*(?:[-_*=~—–]\s*){3,}$")
_BULLET = re.compile(r"([-*+·•◦▪‣●○■□➢➤►✓✔➡]|[–—−]|o(?=\s+[A-Z]))\ufe0f?\s+(?=\S)")
_SIGN_BULLET = re.compile(r"(?:[✅❌❓✔☑☐☒🟢🟡🔴❗➡🙏])")
_NUMBER = re.compile(
    r"(?:(?:agenda\s+)?item\s+(?P<item>\d{1,2}(?:\.\d{1,2})*)\s*[-–—:.)]*\s*|"
    r"(?P<number>\(?\d{1,3}(?:\.\d{1,3}){0,3})(?P<stop>\\?[.)]|\s*[-–—:](?=\s))?\s+"
    r"|(?P<letter>\(?(?:[a-h]|[ivx]{1,5}))[.)]\s+)(?=\S)",
    re.IGNORECASE,
)
_BOX = re.compile(r"\\?\[(?P<box>[ xX✓✔~/-]?)\\?\]\s+(?=\S)")
_BOLD_LINE = re.compile(r"\s*(?:\*\*|__)(?P<words>[^*_]{2,120}?)(?:\*\*|__)\s*:?\s*$")
_LABEL = re.compile(r"[*_]{0,3}[A-Z][\w’'&/() -]{1,40}?[*_]{0,3}\s?:[*_]{0,3}(?:\s|$)")
_STOP = re.compile(r"[.;,?!…]$")
_FRONT_KEY = re.compile(r"([\w -]{1,40}):\s*(.*)$")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")


def scan(text: str) -> Source:
    """The blocks of `text` in their order. Never raises."""
    lines = [spaces(line) for line in re.split(r"\r\n|\r|\n", without_comments(text))]
    front, start = _front_matter(lines)
    scanner = _Scanner(lines, start)
    return Source(scanner.blocks(), front, text)


def _front_matter(lines: list[str]) -> tuple[dict[str, tuple[str, int]], int]:
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != "---":
        return {}, 0
    front: dict[str, tuple[str, int]] = {}
    for number in range(first + 1, min(first + 80, len(lines))):
        line = lines[number].strip()
        if line in {"---", "..."}:
            return (front, number + 1) if front or number == first + 1 else ({}, 0)
        found = _FRONT_KEY.match(line)
        if found:
            front[found[1].strip().lower()] = (found[2].strip().strip("\"'"), number + 1)
    return {}, 0


class _Scanner:
    """Goes through the lines once, collecting blocks."""

    def __init__(self, lines: list[str], start: int) -> None:
        self.lines = lines
        self.at = start
        self.out: list[Block] = []
        self.blank = True
        lengths = [
            len(line) for line in lines[start:] if line.strip() and "|" not in line and "\t" not in line
        ]
        hashes = sum(1 for line in lines[start:] if line.startswith("#") and _HASHES.match(line))
        self.wrapped = (
            bool(lengths) and max(lengths) <= 130 and sum(55 <= length <= 110 for length in lengths) >= 3
        )
        self.marked_up = hashes >= 3
        self.fenced = False

    def blocks(self) -> list[Block]:
        while self.at < len(self.lines):
            self._step()
        _number_headings(self.out)
        if not self.marked_up:
            _plain_headings(self.out)
        return self.out

    def _step(self) -> None:
        line = self.lines[self.at]
        words = line.strip()
        if _FENCE.match(line) or words.startswith("{.") or words == "\\":
            self.at += 1
            return
        if not words:
            self.blank = True
            self.at += 1
            return
        table = read_table_at(self.lines, self.at) or cells_one_a_line(self.lines, self.at)
        if table:
            self._add_table(table)
            return
        if _RULE.match(line) and not _HASHES.match(line):
            self._rule(words)
            return
        self._add_line(line)
        self.at += 1
        self.blank = False

    def _rule(self, words: str) -> None:
        """A line of dashes: an underline makes a heading of the short paragraph above it."""
        last = self.out[-1] if self.out else None
        if (
            last
            and not self.blank
            and last.form is Form.TEXT
            and last.first == last.last
            and set(words) <= {"=", "-"}
            and len(words) >= 3
            and len(last.text) < 100
        ):
            last.form, last.level = Form.HEADING, 1 if words[0] == "=" else 2
        self.blank = True
        self.at += 1

    def _add_table(self, table: Table) -> None:
        minutes = minutes_in(table)
        if minutes:
            for words, number, heading in minutes:
                if heading:
                    self.out.append(Block(Form.HEADING, number, number, clean(words), level=4, raw=words))
                else:
                    self.blank = True
                    block = self._point_or_text(words, 0, number)
                    if block:
                        self._add_block(block, number, 0)
            self.at = table.last
            self.blank = True
            return
        self.out.append(Block(Form.TABLE, table.first, table.last, rows=table.rows, after_blank=self.blank))
        self.at = table.last
        self.blank = True

    def _add_line(self, line: str) -> None:
        number = self.at + 1
        heading = _HASHES.match(line)
        if heading:
            words = clean(heading[2])
            if words:
                label = _NUMBER.match(words)
                title = words[label.end() :] if label else words
                self.out.append(
                    Block(Form.HEADING, number, number, title or words, 0, len(heading[1]), raw=line)
                )
            return
        quoted = False
        while line.lstrip().startswith(">"):
            line, quoted = line.lstrip()[1:], True
        line = line.expandtabs(4)
        indent = len(line) - len(line.lstrip())
        raw = line.strip()
        if not raw:
            self.blank = True
            return
        block = self._point_or_text(raw, indent, number)
        if block is None:
            return
        block.quoted = quoted
        if self._goes_on(block, raw):
            last = self.out[-1]
            last.text = f"{last.text} {block.text}"
            last.last = number
            last.raw = raw
            return
        self._add_block(block, number, indent)

    def _add_block(self, block: Block, number: int, indent: int) -> None:
        """Put a block down; a line that holds several labels becomes one for each."""
        parts = known_label_starts(block.text) if block.form is Form.TEXT else []
        if not parts:
            self.out.append(block)
            return
        for position, (start, end) in enumerate(parts):
            piece = block.text[start:end].strip(" ;")
            if piece:
                self.out.append(
                    Block(
                        Form.TEXT,
                        number,
                        number,
                        piece,
                        indent,
                        raw=piece,
                        after_blank=self.blank and not position,
                    )
                )

    def _point_or_text(self, raw: str, indent: int, number: int) -> Block | None:
        label, box, rest = "", "", raw
        bullet = _BULLET.match(rest)
        if bullet:
            label, rest = "-", rest[bullet.end() :]
        elif _SIGN_BULLET.match(rest):
            label = "-"
        elif rest in {"-", "*", "•", "·", "–", "—", "o"}:
            self.blank = True
            return None
        numbered = _NUMBER.match(rest)
        if numbered and (
            numbered["stop"] or numbered["item"] or numbered["letter"] or "." in (numbered["number"] or "")
        ):
            inner = numbered["number"] or numbered["item"] or numbered["letter"]
            if not label or numbered["stop"]:
                label = label or inner.lstrip("(")
                rest = rest[numbered.end() :]
        checked = _BOX.match(rest)
        if checked:
            box, rest = (checked["box"].strip() or " "), rest[checked.end() :]
            label = label or "-"
        bold = bool(_BOLD_LINE.match(rest))
        text = clean(rest)
        if bold and (read_marker(text)[0] or split_label(text)[0] and split_label(text)[2]):
            bold = False  # "**Date: 3 June**" and "**ACTION: …**" say something; they are no headings
        inner = _NUMBER.match(text) if bold else None
        if inner and inner["stop"]:
            text = text[inner.end() :]
        if not text:
            return None
        stands_alone = not label or (label == "-" and not indent and is_known_heading(text))
        if bold and stands_alone and not box:
            return Block(
                Form.HEADING, number, number, text, indent, 5, raw=raw, bold=True, after_blank=self.blank
            )
        form = Form.POINT if label else Form.TEXT
        return Block(form, number, number, text, indent, 0, label, box, bold, raw, self.blank)

    def _goes_on(self, block: Block, raw: str) -> bool:
        """Whether this line goes on with the paragraph or point above it."""
        if self.blank or block.form is not Form.TEXT or not self.out:
            return False
        last = self.out[-1]
        if last.form not in {Form.TEXT, Form.POINT} or last.quoted != block.quoted:
            return False
        above = self.lines[self.at - 1]
        broken = above.endswith("  ") or above.rstrip().endswith("\\")
        deeper = last.form is Form.POINT and block.indent > last.indent
        if broken and not (deeper and block.text[:1].islower()):
            return False
        if _LABEL.match(raw) and not block.text[:1].islower():
            return False
        if is_known_heading(block.text):
            return False
        if deeper:
            return not (
                len(above.strip()) < 40 and block.text[:1].isupper() and _SENTENCE_END.search(last.text)
            )
        if block.text[:1].islower() and not _SENTENCE_END.search(last.text) and not last.text.endswith(":"):
            return len(above.strip()) >= 25
        if not self.wrapped or len(above.strip()) < 55:
            return False
        return self.marked_up or not _SENTENCE_END.search(last.text) or len(above.strip()) >= 62


def _number_headings(blocks: list[Block]) -> None:
    """Make headings of numbered lines that stand over something, as in "3. Treasurer's report".

    A chain 1, 2, 3 … is one of headings where most of its links have other lines under them; lines that are a
    sentence stay points.
    """
    chain: list[int] = []
    wanted = -1
    chains: list[list[int]] = []
    for place, block in enumerate(blocks):
        if block.form is not Form.POINT or not block.label[:1].isdigit() or block.indent > 3:
            continue
        top = int(block.label.split(".")[0])
        simple = "." not in block.label.rstrip(".")
        if not simple:
            continue
        if top == wanted or (chain and top == wanted + 1):
            chain.append(place)
        else:
            chain = [place]
            chains.append(chain)
        wanted = top + 1
    for links in chains:
        over = 0
        for place, following in zip(links, [*links[1:], len(blocks)], strict=True):
            over += following - place > 1 or is_known_heading(blocks[place].text)
        titles = [place for place in links if _is_title(blocks[place].text)]
        if over * 2 >= len(links) and len(titles) * 2 >= len(links) and (len(links) > 1 or over):
            for place in titles:
                blocks[place].form, blocks[place].level = Form.HEADING, 3
    for place, block in enumerate(blocks):
        # "2.3 Budget" with something under it.
        if block.form is Form.POINT and re.fullmatch(r"\d+(?:\.\d+)+", block.label) and _is_title(block.text):
            below = blocks[place + 1] if place + 1 < len(blocks) else None
            loud = block.label.endswith(".0") or block.text.isupper()
            if below and len(block.text) < 70 and (loud or not re.fullmatch(r"\d+(?:\.\d+)+", below.label)):
                block.form, block.level = Form.HEADING, 4


def _is_title(text: str) -> bool:
    if is_known_heading(text):
        return True
    return len(text) <= 90 and len(text.split()) <= 12 and not _STOP.search(text) and text[:1].isupper()


# "DISCUSSION TOPIC 1 – Money", "Item 3: The boat": an item by its number, however long its title; and a title with
# those who brought it, on the line that opens the discussion ("Boats – Bo and Jan shared news, which included:").
_A_NAME = r"[A-Z][\w’'-]+"
NAMED_ITEM = re.compile(
    r"(?i:(?:discussion |agenda )?(?:topic|item) \d{1,2}\s*[-–—:.]\s*\S.{0,120}$)"
    rf"|(?P<title>[A-Z][^:]{{2,60}}) [-–—] (?P<who>{_A_NAME}(?:(?:,| and| &) {_A_NAME}){{0,3}}) [a-z].{{3,140}}:$"
)


def _plain_headings(blocks: list[Block]) -> None:
    """Make headings of short lines that stand alone over something, where the text marks none."""
    for place, block in enumerate(blocks):
        if block.form is not Form.TEXT or block.first != block.last or place == 0:
            continue
        before, following = blocks[place - 1], blocks[place + 1] if place + 1 < len(blocks) else None
        text = block.text
        if is_known_heading(text):
            block.form, block.level = Form.HEADING, 4
            continue
        if block.after_blank and following is not None and NAMED_ITEM.match(text):
            block.form, block.level = Form.HEADING, 4
            continue
        if following is None or len(text) > 90 or len(text.split()) > 12 or not text[:1].isupper():
            continue
        if re.search(r"[.;,?!…)]$", text) and not text.isupper():
            continue
        if (
            ":" in text
            and not text.endswith(":")
            and not re.match(r"(?:DISCUSSION|ITEM|TOPIC|AGENDA)\b", text)
        ):
            continue
        letters = [letter for letter in text if letter.isalpha()]
        loud = len(letters) >= 4 and all(letter.isupper() for letter in letters)
        if loud:
            block.form, block.level = Form.HEADING, 4
            continue
        short = len(text) <= 70 and len(text.split()) <= 9
        alone = (
            block.after_blank
            or before.form is Form.HEADING
            or len(before.text) > 90
            or before.form is Form.POINT
        )
        sentence = following.form is Form.TEXT and bool(re.search(r"\w [^.!?]*[.!?]$", following.text))
        over = (
            following.form in {Form.POINT, Form.TABLE} or len(following.text) > max(60, len(text)) or sentence
        )
        if short and alone and over and not text.endswith(":"):
            block.form, block.level = Form.HEADING, 4
