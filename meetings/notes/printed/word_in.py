"""A Word document as text that the reader of notes knows: ours exactly, others' as well as can be.

Nothing outside the file is fetched, and no more of it is unpacked than notes can be long.
"""

import io
import re
import zipfile
import zlib
from html import unescape
from xml.parsers.expat import ExpatError

import mammoth

from meetings.notes.document import NotesDocument
from meetings.notes.markup import html_as_text
from meetings.notes.printed.foot import LABEL
from meetings.notes.printed.html_parts import parts_in
from meetings.notes.printed.parts import Part, Point, Voice
from meetings.notes.printed.parts_in import document_in
from meetings.notes.printed.word import ASIDE_STYLE, FOOT_STYLE, LEVELS, STRONG_STYLE
from meetings.notes.writing import write_text
from meetings.uploads import WORD, UploadRefused, kind_of_archive

_OTHERWISE = "paste the notes"
_LONGEST = 20 * 1024 * 1024  # bytes of text and its markup, unpacked; the longest notes known have one
_SWELLS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LEVEL = re.compile(r"\(level (\d{1,3})\)")
_MEDIA = ("word/media/",)
_WAY_BACK = re.compile(r' ?<a href="#[\w-]+-ref-[\w-]+">↑</a>')  # from a footnote, as mammoth writes it
_FOOT = re.compile(rf"<footer><p>({LABEL} [^<]*)</p></footer>")
_FOOTNOTES = "The Word document has footnotes: read as points at its end."
_BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    ExpatError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def _list_styles() -> list[str]:
    """Each level of Word's lists as a list inside a point of the one above.

    A level is told by Word's styles for deeper lists ("List Bullet 2"), else by the numbering.
    """
    named, numbered = [], []
    for level in range(1, LEVELS + 1):
        around = "ul|ol > li > " * (level - 1)
        for style, kind, tag in (("Bullet", "unordered", "ul"), ("Number", "ordered", "ol")):
            point = f"=> {around}{tag} > li:fresh"
            named += [f"p[style-name='List {style} {level}'] {point}"] if level > 1 else []
            numbered.append(f"p:{kind}-list({level}) {point}")
    return [*named, *numbered, "p[style-name='List Bullet'] => ul > li:fresh"]


_STYLES = "\n".join(
    [
        "p[style-name='Title'] => h1:fresh",
        *(f"p[style-name='Heading {level}'] => h{level}:fresh" for level in range(1, 7)),
        f"p[style-name='{FOOT_STYLE}'] => footer > p:fresh",
        f"r[style-name='{ASIDE_STYLE}'] => small",
        f"r[style-name='{STRONG_STYLE}'] => strong",
        "b => strong",
        "strike => s",
        *_list_styles(),
        "p => p:fresh",
    ]
)


def word_as_text(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a .docx file, and what was left out of it or taken in one way, in sentences.

    A document of ours comes as our plain text, which says the same, with its foot; another one in Markdown's signs.
    Tracked changes are taken as accepted. Raises UploadRefused, with a sentence, for what is no Word document, is
    damaged or locked, has macros, or would swell.
    """
    html, doubts = _html(content)
    ours = _ours(html)
    if ours is None:
        return html_as_text(html)[0], doubts
    foot = _FOOT.search(html)
    return write_text(ours) + (f"\n{unescape(foot[1])}\n" if foot else ""), doubts


def document_in_word(content: bytes) -> NotesDocument | None:
    """The document in a .docx file that is laid out as ours are; None for another. Raises as `word_as_text` does."""
    return _ours(_html(content)[0])


def _ours(html: str) -> NotesDocument | None:
    parts = parts_in(html)
    found = document_in(tuple(map(_as_deep_as_said, parts))) if parts else None
    return found[0] if found else None


def _as_deep_as_said(part: Part) -> Part:
    """A point at the depth that it gives in words, where a list of Word's ends (`word.level_words`)."""
    if isinstance(part, Point) and part.words[0].voice is Voice.ASIDE:
        said = _LEVEL.fullmatch(part.words[0].words)
        if said and int(said[1]) > LEVELS:
            return Point(int(said[1]) - 1, part.words[1:], part.line)
    return part


def _html(content: bytes) -> tuple[str, tuple[str, ...]]:
    """What mammoth makes of the file, with what it leaves out."""
    if kind_of_archive(content, otherwise=_OTHERWISE) is not WORD:
        raise UploadRefused("This is no Word document. Save the notes as .docx or as text, or paste them.")
    try:
        doubts = _doubts(content)
        # Nothing in the file says how it is to be read, and nothing outside it is asked.
        read = mammoth.convert_to_html(
            io.BytesIO(content),
            style_map=_STYLES,
            include_default_style_map=False,
            include_embedded_style_map=False,
            convert_image=_no_picture,
            external_file_access=False,
        )
    except _BROKEN as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused(
            f"This Word document is damaged, and cannot be read. Save it again, or {_OTHERWISE}."
        ) from error
    html, notes = _WAY_BACK.subn("", read.value)
    return html, (*doubts, *([_FOOTNOTES] if notes else []))


def _no_picture(_picture: object) -> list[object]:
    return []


def _doubts(content: bytes) -> tuple[str, ...]:
    """What is in the file beside its words. Raises UploadRefused for one that is too long or would swell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
        if sum(part.file_size for part in written) > _LONGEST:
            raise UploadRefused(
                f"This Word document unpacks to far more than notes would. Make it smaller, or {_OTHERWISE}."
            )
        found = {part.filename: archive.read(part) for part in written}
        has_pictures = any(name.startswith(_MEDIA) for name in archive.namelist())
    for words in found.values():
        # Word writes no document types: whoever does means to make a reader fetch or swell.
        if _SWELLS.search(words.replace(b"\x00", b"")):
            raise UploadRefused(
                f"This file has been put together in an unsafe way. Save it again, or {_OTHERWISE}."
            )
    body = found.get("word/document.xml", b"")
    doubts = []
    if comments := len(re.findall(rb"<w:comment[\s>]", found.get("word/comments.xml", b""))):
        doubts.append(f"{comments} comment{'s' if comments > 1 else ''} in the Word document: left out.")
    if re.search(rb"<w:(?:ins|del|moveFrom|moveTo)\s", body):
        doubts.append("The Word document has tracked changes: read as if all were accepted.")
    if has_pictures:
        doubts.append("The Word document has pictures: left out.")
    return tuple(doubts)
