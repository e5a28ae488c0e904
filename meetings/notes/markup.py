"""HTML as the plain text that the reader of notes knows, with the line of the HTML that each line came from.

A cell that reaches over several rows stands in each of them. A row of one cell across the whole table parts it: its
words stand above what follows, as a heading would, and the head of the table comes again.
"""

from html.parser import HTMLParser

from meetings.notes.columns import looks_like_header

_BLOCKS = frozenset(
    "p div section article header footer main aside address dt dd blockquote figure figcaption "
    "details summary form fieldset".split()
)
_UNSEEN = frozenset("script style head title template noscript svg".split())
_WIDEST, _HIGHEST = 60, 2000  # how far a cell may reach over columns and rows


def html_as_text(html: str) -> tuple[str, list[int]]:
    """Plain text with headings, points and tables in Markdown's signs; and for each of its lines one of `html`."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    parser.finish()
    return "\n".join(parser.lines), parser.numbers or [1]


class _Parser(HTMLParser):
    """Collects lines as tags open and close; unclosed tags are closed by what follows them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.numbers: list[int] = []
        self.words: list[str] = []
        self.prefix = ""
        self.begun = 1
        self.depth = 0
        self.ordered: list[int] = []
        self.unseen = 0
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.reaching: dict[int, tuple[int, str]] = {}
        self.head: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self.unseen += 1
        elif self.cell is not None and tag in {"li", "p", "br", "div", "ul", "ol"}:
            self.cell.append("<br>")
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._break(blank=True)
            self.prefix = "#" * int(tag[1]) + " "
        elif tag in {"ul", "ol"}:
            self._break()
            self.depth += 1
            self.ordered.append(0 if tag == "ol" else -1)
        elif tag == "li":
            self._break()
            number = self.ordered[-1] if self.ordered else -1
            if number >= 0:
                self.ordered[-1] = number + 1
            sign = f"{number + 1}. " if number >= 0 else "- "
            self.prefix = "    " * max(0, self.depth - 1) + sign
        elif tag == "br":
            self._break()
        elif tag == "hr" or tag in _BLOCKS:
            self._break(blank=not self.depth)
        elif tag == "table":
            self._break(blank=True)
            self.reaching, self.head = {}, []
        elif tag == "tr":
            self._end_row()
            self._break()
            self.row = []
            self.begun = self.getpos()[0]
        elif tag in {"td", "th"}:
            self._end_cell()
            if self.row is None:
                self.row = []
            self.cell = []
            said = dict(attrs)
            self.span = _number(said.get("colspan"), _WIDEST), _number(said.get("rowspan"), _HIGHEST)
        elif tag in {"strong", "b"} and self.cell is None:
            self.words.append("**")
        elif tag in {"del", "s", "strike"}:
            self._add("~~")
        elif tag == "input" and dict(attrs).get("type") == "checkbox":
            self._add("[x] " if any(name == "checked" for name, _ in attrs) else "[ ] ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table":
            self._end_row()
            self._break(blank=True)
        elif tag in {"ul", "ol"} and self.cell is None:
            self._break()
            self.depth = max(0, self.depth - 1)
            if self.ordered:
                self.ordered.pop()
            if not self.depth:
                self._break(blank=True)
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._break(blank=True)
        elif tag == "li" or tag in _BLOCKS:
            if self.cell is None:
                self._break(blank=tag != "li" and not self.depth)
        elif tag in {"strong", "b"} and self.cell is None:
            self.words.append("**")
        elif tag in {"del", "s", "strike"}:
            self._add("~~")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self._add(data)

    def _add(self, words: str) -> None:
        if self.cell is not None:
            self.cell.append(words.replace("|", "\\|"))
            return
        if words.strip() and not "".join(self.words).strip("* "):
            self.begun = self.getpos()[0]
        self.words.append(words)

    def _break(self, *, blank: bool = False) -> None:
        words = " ".join("".join(self.words).split())
        if words.strip("* "):
            words = words.replace("** ", "** ").replace("****", "")
            self._line(self.prefix + words, self.begun)
            self.prefix = ""
        self.words = []
        if blank:
            self.prefix = ""
            if self.lines and self.lines[-1]:
                self._line("", self.getpos()[0])

    def _line(self, words: str, number: int) -> None:
        self.lines.append(words)
        self.numbers.append(number)

    def _end_cell(self) -> None:
        if self.cell is not None and self.row is not None:
            self._reach_in()
            words, (wide, high) = " ".join("".join(self.cell).split()), self.span
            if high > 1:
                self.reaching |= {len(self.row): (high - 1, words)}
            self.row += [words, *[""] * (wide - 1)]
        self.cell = None

    def _reach_in(self) -> None:
        """Cells of rows above that stand here too."""
        while self.row is not None and (here := self.reaching.get(len(self.row))):
            rows, words = here
            self.reaching |= {len(self.row): (rows - 1, words)}
            if rows == 1:
                del self.reaching[len(self.row)]
            self.row.append(words)

    def _end_row(self) -> None:
        self._end_cell()
        self._reach_in()
        row, self.row = self.row, None
        if not row:
            return
        if len(row) > 1 and row[0] and self.span[0] == len(row):
            self._part(row[0])
            return
        if not self.head and looks_like_header(row):
            self.head = row
        self._draw(row)

    def _part(self, words: str) -> None:
        """End the table here, and begin it again below these words."""
        self._line("", self.begun)
        self._line(f"**{words}**", self.begun)
        self._line("", self.begun)
        if self.head:
            self._draw(self.head)

    def _draw(self, row: list[str]) -> None:
        self._line("| " + " | ".join(row) + " |", self.begun)

    def finish(self) -> None:
        """Close what is still open."""
        self._end_row()
        self._break()


def _number(words: str | None, most: int) -> int:
    return max(1, min(int(words), most)) if words and words.isdecimal() and len(words) < 6 else 1
