"""The parts of a page of HTML, where it is made as ours are: also what Word's reader makes of our Word documents."""

from html.parser import HTMLParser

from meetings.notes.printed.parts import Heading, Paragraph, Part, Point, Row, Run, Table, Voice, Words

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_VOICES = {"strong": Voice.STRONG, "small": Voice.ASIDE}
_UNSEEN = frozenset({"head", "footer"})
_AROUND = frozenset({"html", "body", "main", "meta", "link", "a", "thead", "tbody", "ul"})


def parts_in(html: str) -> tuple[Part, ...] | None:
    """The parts in their order, each with its line of `html`; None where something is not as ours."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return None if parser.strange else tuple(parser.parts)


class _Parser(HTMLParser):
    """Collects parts; anything that `html.py` would not write makes the page strange."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self.strange = False
        self.unseen = 0
        self.open: str | None = None
        self.runs: list[tuple[Voice, str]] = []
        self.voice = Voice.PLAIN
        self.begun = 1
        self.depth = -1
        self.in_points = 0
        self.head: list[str] | None = None
        self.rows: list[Row] | None = None
        self.cells: list[tuple[Words, ...]] = []
        self.cell: list[Words] | None = None
        self.table_begun = 1
        self.row_begun = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen or tag in _UNSEEN:
            self.unseen += tag in _UNSEEN
        elif tag in _VOICES:
            self.voice = _VOICES[tag]
        elif tag == "ul":
            self._close()
            self.depth += 1
        elif tag in _HEADINGS or tag in {"p", "li"}:
            self._close()
            # Word wraps every paragraph of a cell; a point of a list inside a cell is a detail like any other.
            self._begin(tag)
        elif tag == "table":
            self._close()
            self.strange |= self.rows is not None
            self.rows, self.head, self.table_begun = [], None, self.getpos()[0]
        elif tag == "tr":
            self.cells, self.row_begun = [], self.getpos()[0]
        elif tag in {"td", "th"}:
            self.cell = []
            self._begin(tag)
        elif tag not in _AROUND:
            self.strange = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif self.unseen:
            return
        elif tag in _VOICES:
            self.voice = Voice.PLAIN
        elif tag == "ul":
            self._close()
            self.depth -= 1
        elif tag in _HEADINGS or tag in {"p", "li"}:
            self._close()
        elif tag in {"td", "th"}:
            self._close()
            self.cells.append(tuple(self.cell or ()))
            self.cell = None
        elif tag == "tr":
            self._row()
        elif tag == "table":
            if self.rows is None or self.head is None:
                self.strange = True
            else:
                self.parts.append(Table(tuple(self.head), tuple(self.rows), self.table_begun))
            self.rows = None

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        if self.open is None:
            self.strange |= bool(data.strip())
            return
        if data.strip() and not self.runs:
            self.begun = self.getpos()[0]
        self.runs.append((self.voice, data))

    def _begin(self, tag: str) -> None:
        self.open, self.runs, self.begun = tag, [], self.getpos()[0]

    def _close(self) -> None:
        """End the part that is open; one without words is none."""
        words, tag = _run_together(self.runs), self.open
        self.open, self.runs = None, []
        if tag is None or not words:
            return
        if self.cell is not None:
            self.cell.append(words)
        elif tag in _HEADINGS:
            self.parts.append(Heading(_HEADINGS[tag], words, self.begun))
        elif tag == "li":
            self.parts.append(Point(self.depth, words, self.begun))
        else:
            self.parts.append(Paragraph(words, self.begun))

    def _row(self) -> None:
        if self.rows is None:
            self.strange = True
        elif self.head is None:
            self.head = [" ".join(run.words for words in cell for run in words) for cell in self.cells]
        else:
            self.rows.append(Row(tuple(self.cells), self.row_begun))


def _run_together(runs: list[tuple[Voice, str]]) -> Words:
    """Neighbours of one voice as one run, in single spaces; what is only white space belongs to no voice."""
    joined: list[tuple[Voice, str]] = []
    for voice, words in runs:
        if joined and (joined[-1][0] is voice or not words.strip()):
            joined[-1] = (joined[-1][0], joined[-1][1] + words)
        else:
            joined.append((voice, words))
    return tuple(Run(" ".join(words.split()), voice) for voice, words in joined if words.strip())
