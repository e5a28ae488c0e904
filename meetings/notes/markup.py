"""HTML as the plain text that the reader of notes knows, with the line of the HTML that each line came from."""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    "p div section article header footer main aside address dt dd blockquote figure figcaption "
    "details summary form fieldset".split()
)
_UNSEEN = frozenset("script style head title template noscript svg".split())
_NEVER_CLOSED = frozenset({"meta", "link"})


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
        self.heading = False

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
            self.row.append(" ".join("".join(self.cell).split()))
        self.cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self.row:
            self._line("| " + " | ".join(self.row) + " |", self.begun)
        self.row = None

    def finish(self) -> None:
        """Close what is still open."""
        self._end_row()
        self._break()
