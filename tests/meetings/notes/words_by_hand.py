"""Word documents as other people make them: paragraphs and tables put together by hand, with Word's own marks."""

import io
import zipfile
from collections.abc import Iterable

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

INSERTED = '<w:ins {ns} w:id="1" w:author="A"><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:ins>'
DELETED = (
    '<w:del {ns} w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'
)


def word_of(text: str) -> WordDocument:
    """A plain text as somebody would type it into Word: bullets as lists, tabs as tables, the rest as paragraphs."""
    word = Document()
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        if "\t" in line.strip():
            rows = []
            while at < len(lines) and "\t" in lines[at].strip():
                rows.append([_bare(cell) for cell in lines[at].split("\t")])
                at += 1
            table(word, rows)
            continue
        if line.strip() not in {"", "-"}:
            points = line.lstrip().startswith("- ")
            depth = min(len(line) - len(line.lstrip()), 2)
            style = ("List Bullet", "List Bullet 2", "List Bullet 3")[depth] if points else "Normal"
            word.add_paragraph(line.strip().removeprefix("- "), style=style)
        at += 1
    return word


def _bare(cell: str) -> str:
    for tag in ('<ul style="list-style-type: none;">', "<ul>"):
        cell = cell.replace(tag, "\n")
    return "\n".join(part.strip() for part in cell.split("\n") if part.strip())


def table(word: WordDocument, rows: Iterable[Iterable[str]]) -> object:
    """A table with these cells; a new line in one begins a paragraph."""
    written = [list(row) for row in rows]
    made = word.add_table(rows=len(written), cols=max(map(len, written)))
    for row, cells in zip(made.rows, written, strict=True):
        for cell, words in zip(row.cells, cells, strict=False):
            first, *more = words.split("\n")
            cell.text = first
            for one in more:
                cell.add_paragraph(one)
    return made


def append(word: WordDocument, xml: str, words: str) -> None:
    """Words with Word's own marks around them, at the end of the last paragraph."""
    word.paragraphs[-1]._p.append(parse_xml(xml.format(ns=nsdecls("w"), words=words)))


def saved(word: WordDocument) -> bytes:
    """The document as a file."""
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The file with one part more, or another in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one.filename, old.read(one))
        new.writestr(name, part)
    return made.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """One part of the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_footnote(content: bytes, number: int, words: str) -> bytes:
    """The file with a footnote, to which its words refer by this number."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    named = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    for name, end, more in (
        (
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            f'<Relationship Id="rId99" Type="{named}" Target="footnotes.xml"/>',
        ),
        (
            "[Content_Types].xml",
            b"</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>',
        ),
    ):
        content = with_part(content, name, part_of(content, name).replace(end, more.encode() + end))
    note = f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:footnote>'
    part = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    return with_part(content, "word/footnotes.xml", part.encode())
