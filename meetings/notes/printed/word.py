"""Notes as a Word document that can be edited on: real styles and headings, lists, header rows that repeat.

Every word of it can be seen: nothing is hidden in the file for a reader to find again, so that what somebody takes
out in Word is out.
"""

import io
import zipfile
from datetime import UTC, datetime, time
from functools import cache

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from meetings.notes.document import NotesDocument
from meetings.notes.layout import plain_meeting_date
from meetings.notes.printed.foot import LABEL, Printed
from meetings.notes.printed.html import LANGUAGE, author_of, running_foot, title_of
from meetings.notes.printed.parts import (
    Heading,
    Paragraph,
    Part,
    Point,
    Row,
    Run,
    Table,
    Voice,
    Words,
    parts_of,
)

ASIDE_STYLE, FOOT_STYLE, STRONG_STYLE = "Notes Aside", "Notes Foot", "Strong"
LEVELS = 9  # of a list, as Word has them; what goes deeper says so in words (`level_words`)
_FONT = "Arial"  # is on every machine that has Word; LibreOffice has one of the same widths
_INK, _SOFT, _FOREST = RGBColor(0x14, 0x21, 0x1C), RGBColor(0x48, 0x57, 0x4F), RGBColor(0x0F, 0x3D, 0x34)
_LINE = "BAC4BC"
_WIDTHS = (
    Mm(84),
    Mm(36),
    Mm(30),
    Mm(24),
)  # of the columns of a table, together the width between the margins
_HEADINGS = {1: (22, 0, 8), 2: (16, 20, 6), 3: (13, 14, 4)}  # points: size, space before, space after
_STEADY = (1980, 1, 1, 0, 0, 0)  # a zip file's own beginning of time


def write_word(document: NotesDocument, printed: Printed | None = None) -> bytes:
    """The notes as a .docx file. `read` gives the same document; the same document gives the same bytes."""
    base, numbering = _empty()
    word = Document(io.BytesIO(base))
    _foot(word, running_foot(document, printed))
    body = word.element.body
    end = body.sectPr
    for part in parts_of(document):
        end.addprevious(_part(part, numbering))
        if isinstance(part, Table):
            # Two tables without a paragraph between would be one.
            end.addprevious(_paragraph("NotesFoot", ()))
    if printed:
        end.addprevious(_paragraph("NotesFoot", (Run(f"{LABEL} {printed.words}"),)))
    _properties(word, document, printed)
    return _steady(word)


@cache
def _empty() -> tuple[bytes, str]:
    """A document of ours without a word in it, and the number of its list; made once, for it takes a while."""
    word = Document()
    _page(word)
    _styles(word)
    numbering = _bullets(word)
    _nothing_of_another(word)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue(), numbering


def level_words(depth: int) -> str:
    """How a point says that it stands deeper than a list of Word's can."""
    return f"(level {depth + 1})"


def _properties(word: WordDocument, document: NotesDocument, printed: Printed | None) -> None:
    """Title, whose notes they are, language, the foot, and the day of the meeting for when it was made."""
    properties = word.core_properties
    properties.title, properties.author = title_of(document)[:255], author_of(document)[:255]
    properties.language, properties.subject = LANGUAGE, "Meeting notes"
    properties.comments = printed.words[:255] if printed else ""
    properties.last_modified_by = properties.author
    day = plain_meeting_date(document.date)
    made = datetime.combine(day, time(), UTC) if day and day.year >= 1601 else datetime(*_STEADY, tzinfo=UTC)
    properties.created = properties.modified = made


def _nothing_of_another(word: WordDocument) -> None:
    """Leave out the library's little picture of an empty page, and the program that once made its own document."""
    package = word.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[number]


def _page(word: WordDocument) -> None:
    """A4, and the file as one of today's Word."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    settings = word.settings.element
    compatible = _element("w:compat")
    compatible.append(
        _element(
            "w:compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    for old in settings.findall(qn("w:compat")):
        settings.replace(old, compatible)


def _foot(word: WordDocument, foot: str) -> None:
    """The same foot on every page, and below it, at the right, the number of the page: the foot may be a long one."""
    footer = word.sections[0].footer
    footer.paragraphs[0].add_run(foot)
    paragraph = footer.add_paragraph("Page ", style="Footer")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(paragraph._p, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph._p, "NUMPAGES")


def _field(paragraph: BaseOxmlElement, name: str) -> None:
    """A number that Word counts: the page, or how many there are."""
    field = _element("w:fldSimple", instr=name)
    run = _element("w:r")
    words = _element("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph.append(field)


def _styles(word: WordDocument) -> None:
    """One typeface in sizes that can be read, British English throughout."""
    styles = word.styles
    # Our tables bring their own lines: the hundred other kinds of table of the library's own document are left out.
    for style in [one for one in styles if one.type is WD_STYLE_TYPE.TABLE and one.name != "Normal Table"]:
        style.delete()
    for latent in styles.element.findall(qn("w:latentStyles")):
        latent[:] = []
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    _typeface(styles["Normal"], 11.5, _INK)
    for level, (size, before, after) in _HEADINGS.items():
        style = styles[f"Heading {level}"]
        _typeface(style, size, _FOREST)
        style.font.bold = True
        spacing = style.paragraph_format
        spacing.space_before, spacing.space_after, spacing.keep_with_next = Pt(before), Pt(after), True
    normal = styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing, normal.widow_control = Pt(5), 1.2, True
    styles["List Bullet"].paragraph_format.space_after = Pt(3)
    _typeface(styles["Footer"], 9, _SOFT)
    _typeface(styles.add_style(ASIDE_STYLE, WD_STYLE_TYPE.CHARACTER), 10, _SOFT)
    foot = styles.add_style(FOOT_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    foot.base_style = styles["Normal"]
    foot.paragraph_format.space_before = Pt(6)
    _typeface(foot, 9.5, _SOFT)
    head = styles.add_style("Notes Table Head", WD_STYLE_TYPE.PARAGRAPH)
    head.base_style = styles["Normal"]
    _typeface(head, 10.5, _INK)
    head.font.bold = True
    cell = styles.add_style("Notes Table Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    _typeface(cell, 11, _INK)
    for style in (head, cell):
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(3)


def _typeface(style: ParagraphStyle | CharacterStyle, size: float, ink: RGBColor) -> None:
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), ink
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _bullets(word: WordDocument) -> str:
    """A list of bullets as deep as Word's go; gives the number by which points name it."""
    numbering = word.part.numbering_part.element
    taken = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
    kind = _element("w:abstractNum", abstractNumId=str(max(taken, default=0) + 1))
    kind.append(_element("w:multiLevelType", val="hybridMultilevel"))
    for depth in range(LEVELS):
        level = _element("w:lvl", ilvl=str(depth))
        shape = "•" if depth % 2 == 0 else "–"
        for name, value in (("start", "1"), ("numFmt", "bullet"), ("lvlText", shape), ("lvlJc", "left")):
            level.append(_element(f"w:{name}", val=value))
        indent = _element("w:pPr")
        indent.append(_element("w:ind", left=str(360 * (depth + 1)), hanging="280"))
        level.append(indent)
        kind.append(level)
    numbering.insert(0, kind)
    number = numbering.add_num(max(taken, default=0) + 1)
    return str(number.numId)


def _part(part: Part, numbering: str) -> BaseOxmlElement:
    match part:
        case Heading():
            return _paragraph(f"Heading{part.level}", part.words)
        case Paragraph():
            return _paragraph("", part.words)
        case Point():
            return _point(part.words, numbering, part.depth)
        case Table():
            return _table(part, numbering)


def _element(tag: str, /, **attributes: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(tag)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _paragraph(style: str, words: Words) -> BaseOxmlElement:
    """A paragraph of a style (by its id; "" for the plain one)."""
    paragraph = _element("w:p")
    properties = _element("w:pPr")
    if style:
        properties.append(_element("w:pStyle", val=style))
    paragraph.append(properties)
    for place, run in enumerate(words):
        follows = place + 1 < len(words) and not words[place + 1].words.startswith((",", "/ "))
        paragraph.append(_run(run, space=follows))
    return paragraph


def _run(run: Run, *, space: bool) -> BaseOxmlElement:
    element = _element("w:r")
    style = {Voice.STRONG: "Strong", Voice.ASIDE: "NotesAside"}.get(run.voice)
    if style:
        properties = _element("w:rPr")
        properties.append(_element("w:rStyle", val=style))
        element.append(properties)
    words = _element("w:t")
    words.text = f"{run.words} " if space else run.words
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    element.append(words)
    return element


def _point(words: Words, numbering: str, depth: int) -> BaseOxmlElement:
    if depth >= LEVELS:
        words = (Run(level_words(depth), Voice.ASIDE), *words)
    paragraph = _paragraph("ListBullet", words)
    place = _element("w:numPr")
    place.append(_element("w:ilvl", val=str(min(depth, LEVELS - 1))))
    place.append(_element("w:numId", val=numbering))
    paragraph.find(qn("w:pPr")).append(place)
    return paragraph


def _table(table: Table, numbering: str) -> BaseOxmlElement:
    """A table whose head comes again on every page, and whose rows stay whole where a page can hold them."""
    element = _element("w:tbl")
    properties = _element("w:tblPr")
    properties.append(_element("w:tblW", w=str(sum(map(_twentieths, _WIDTHS))), type="dxa"))
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{side}", val="single", sz="4", space="0", color=_LINE))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(
        _element("w:tblLook", val="06A0", firstRow="1", firstColumn="1", noHBand="1", noVBand="1")
    )
    properties.append(_element("w:tblCaption", val=table.head[0]))
    element.append(properties)
    grid = _element("w:tblGrid")
    for width in _WIDTHS:
        grid.append(_element("w:gridCol", w=str(_twentieths(width))))
    element.append(grid)
    head = Row(tuple(((Run(words),),) for words in table.head))
    for row in (head, *table.rows):
        element.append(_row(row, numbering, is_head=row is head))
    return element


def _twentieths(width: Length) -> int:
    """A width in twentieths of a point, in which tables are measured."""
    return round(width / Pt(1) * 20)


def _row(row: Row, numbering: str, *, is_head: bool) -> BaseOxmlElement:
    element = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    if is_head:
        properties.append(_element("w:tblHeader"))
    element.append(properties)
    for cell, width in zip(row.cells, _WIDTHS, strict=False):
        box = _element("w:tc")
        about = _element("w:tcPr")
        spans = len(_WIDTHS) if len(row.cells) == 1 else 1
        about.append(
            _element("w:tcW", w=str(_twentieths(width if spans == 1 else Emu(sum(_WIDTHS)))), type="dxa")
        )
        if spans > 1:
            about.append(_element("w:gridSpan", val=str(spans)))
        box.append(about)
        first, *details = cell or ((),)
        box.append(_paragraph("NotesTableHead" if is_head else "NotesTableCell", first))
        for words in details:
            box.append(_point(words, numbering, 0))
        element.append(box)
    return element


def _steady(word: WordDocument) -> bytes:
    """The file with no moment of its making in it."""
    made, steady = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as out:
        for part in archive.infolist():
            out.writestr(zipfile.ZipInfo(part.filename, _STEADY), archive.read(part), zipfile.ZIP_DEFLATED)
    return steady.getvalue()
