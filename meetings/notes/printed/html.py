"""Notes as HTML on one page that needs nothing else: no script, no other file, styles for screen and paper."""

import html
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from meetings.notes.document import NotesDocument
from meetings.notes.layout import plain_meeting_date
from meetings.notes.printed.foot import LABEL, Printed
from meetings.notes.printed.parts import (
    Heading,
    Paragraph,
    Part,
    Point,
    Row,
    Table,
    Voice,
    Words,
    parts_of,
)

LANGUAGE = "en-GB"
_STYLES = Path(__file__).with_name("notes.css")
_ON_SCREEN = Path(__file__).with_name("screen.css")
_TAGS = {Voice.STRONG: "strong", Voice.ASIDE: "small"}


def write_html(document: NotesDocument, printed: Printed | None = None) -> str:
    """The notes as one page of HTML, each part on a line of its own. `read_html` reads it as the same document."""
    title = title_of(document)
    foot = [f"<footer><p>{LABEL} {html.escape(printed.words)}</p></footer>"] if printed else []
    lines = [
        "<!doctype html>",
        f'<html lang="{LANGUAGE}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{html.escape(title)}</title>",
        f'<meta name="author" content="{html.escape(author_of(document))}">',
        *([f'<meta name="description" content="{html.escape(printed.words)}">'] if printed else []),
        "<style>",
        _STYLES.read_text(encoding="utf-8").strip(),
        f'@page {{ @bottom-left {{ content: "{_in_styles(running_foot(document, printed))}" }} }}',
        "</style>",
        '<style media="screen">',
        _ON_SCREEN.read_text(encoding="utf-8").strip(),
        "</style>",
        "</head>",
        "<body>",
        "<main>",
        *_body(parts_of(document)),
        "</main>",
        *foot,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def body_of(document: NotesDocument) -> str:
    """The notes alone as HTML, for a page or a feed of somebody else's: no head, no styles, no foot."""
    return "\n".join(_body(parts_of(document)))


def title_of(document: NotesDocument) -> str:
    """What a window or a list of files calls the document: "Allies Group, meeting notes, 19 November 2025"."""
    day = plain_meeting_date(document.date)
    name = document.title or document.body
    parts = [
        name,
        "meeting notes" if name else "Meeting notes",
        f"{day.day} {day:%B} {day.year}" if day else "",
    ]
    return ", ".join(part for part in parts if part)


def author_of(document: NotesDocument) -> str:
    """Whose notes they are; "" where the notes do not say."""
    return document.body or document.title or ""


def running_foot(document: NotesDocument, printed: Printed | None) -> str:
    """What stands at the foot of every page, beside its number."""
    return f"{title_of(document)}. {printed.stage}." if printed else f"{title_of(document)}."


def _in_styles(words: str) -> str:
    """Words inside the quotation marks of a style sheet, where no letter of theirs can end them."""
    return re.sub(r"[^\w ,.-]", lambda found: f"\\{ord(found[0]):x} ", words)


def _body(parts: tuple[Part, ...]) -> Iterator[str]:
    for kind, group in groupby(parts, key=type):
        if kind is Point:
            yield from _list([part for part in group if isinstance(part, Point)])
            continue
        for part in group:
            if isinstance(part, Heading):
                yield f"<h{part.level}>{_words(part.words)}</h{part.level}>"
            elif isinstance(part, Paragraph):
                yield f"<p>{_words(part.words)}</p>"
            elif isinstance(part, Table):
                yield from _table(part)


def _list(points: list[Point]) -> Iterator[str]:
    """Lists inside their points, as deep as the replies go."""
    yield "<ul>"
    for place, point in enumerate(points):
        next_depth = points[place + 1].depth if place + 1 < len(points) else 0
        line = f"<li>{_words(point.words)}"
        if next_depth > point.depth:
            yield f"{line}<ul>"
        else:
            yield line + "</li></ul>" * (point.depth - next_depth) + "</li>"
    yield "</ul>"


def _table(table: Table) -> Iterator[str]:
    yield '<table role="table">'
    heads = "".join(f'<th scope="col" role="columnheader">{html.escape(words)}</th>' for words in table.head)
    yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
    yield '<tbody role="rowgroup">'
    for row in table.rows:
        yield _row(row, table.head)
    yield "</tbody>"
    yield "</table>"


def _row(row: Row, head: tuple[str, ...]) -> str:
    """The words of an action head their row; on a phone the other cells say which they are."""
    first, *others = row.cells
    if not others:
        return f'<tr role="row"><td role="cell" colspan="{len(head)}">{_cell(first)}</td></tr>'
    cells = "".join(
        f'<td role="cell" data-name="{html.escape(name)}">{_cell(cell)}</td>'
        for name, cell in zip(head[1:], others, strict=True)
    )
    return f'<tr role="row"><th scope="row" role="rowheader">{_cell(first)}</th>{cells}</tr>'


def _cell(paragraphs: tuple[Words, ...]) -> str:
    if not paragraphs:
        return ""
    first, *details = map(_words, paragraphs)
    return first + (f"<ul>{''.join(f'<li>{one}</li>' for one in details)}</ul>" if details else "")


def _words(words: Words) -> str:
    return " ".join(
        f"<{tag}>{html.escape(run.words, quote=False)}</{tag}>"
        if (tag := _TAGS.get(run.voice))
        else html.escape(run.words, quote=False)
        for run in words
    ).replace("</small> ,", "</small>,")
