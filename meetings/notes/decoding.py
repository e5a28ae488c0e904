"""The text in a file's bytes, or a plain sentence that says why there is none."""

import re

from meetings.notes.printed.word_in import word_as_text
from meetings.uploads import UploadRefused

LARGEST = 5 * 1024 * 1024  # bytes; ten years of notes are smaller


class UnreadableNotes(Exception):
    """The file cannot be read as notes; its text is a sentence for the person who brought it."""


_KINDS: tuple[tuple[bytes, str], ...] = (
    (
        b"%PDF",
        "This is a PDF, which cannot be read as notes. Copy its text and paste it, or save the notes as "
        "text.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old Word document, or one locked with a password. Save it as .docx without one, or paste it.",
    ),
    (b"{\\rtf", "This is a rich text file (.rtf). Save it as plain text, or paste it."),
    (b"\x89PNG", "This is a picture, not a text. Type or paste the notes."),
    (b"\xff\xd8\xff", "This is a picture, not a text. Type or paste the notes."),
    (b"GIF8", "This is a picture, not a text. Type or paste the notes."),
)
WORD_MARK = b"PK\x03\x04"  # with which every archive begins: what is in it, `word_as_text` looks for
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|"
    r"body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"<(?:p|h[1-6]|li|tr|td|div)\b[^<>]*>", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:p|h[1-6]|li|tr|td|div)>", re.IGNORECASE)


def decode(content: bytes, filename: str = "") -> tuple[str, tuple[str, ...]]:
    """The text of a file, and what is doubtful about it.

    A Word document as the text that is in it (`word_as_text`). Else UTF-8 and UTF-16 with their marks, then UTF-8,
    then Windows-1252 with a doubt. Raises UnreadableNotes for an empty file, one larger than LARGEST, and what is no
    text.
    """
    if len(content) > LARGEST:
        raise UnreadableNotes(
            "This file is larger than 5 MB. Notes are shorter than that: is it the right file?"
        )
    if not content.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise UnreadableNotes("This file is empty: there is nothing to read in it.")
    for mark, sentence in _KINDS:
        if content.startswith(mark) or (mark == b"%PDF" and mark in content[:1024]):
            raise UnreadableNotes(sentence)
    text, doubts = _word(content) if content.startswith(WORD_MARK) else _text(content)
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableNotes("This file is empty: there is nothing to read in it.")
    odd = sum(
        1
        for letter in text[:20000]
        if (letter < " " and letter not in "\t\r\n\x0b\x0c") or letter == "\ufffd"
    )
    if odd > len(text[:20000]) * 0.02:
        name = f" ({filename})" if filename else ""
        raise UnreadableNotes(
            f"This file{name} is not a text: most of it cannot be read. Save the notes as text, or paste "
            f"them."
        )
    return text, doubts


def _word(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return word_as_text(content)
    except UploadRefused as refusal:
        raise UnreadableNotes(str(refusal)) from refusal


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), ()
        except UnicodeDecodeError as error:
            raise UnreadableNotes(
                "This file says it is UTF-16 text and is not. Save the notes again as UTF-8 text."
            ) from error
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in content:
        raise UnreadableNotes(
            "This file is not a text: it holds binary data. Save the notes as text, or paste them."
        )
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableNotes(
            "The letters of this file could not be read. Save the notes again as UTF-8 text."
        ) from error
    return text, (
        "The file does not say how its letters are written; it was read as Windows-1252. Check names "
        "with accents.",
    )


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML, and not notes that a few tags got into."""
    if _HTML.match(text[:4000]):
        return True
    sample = text[:20000]
    return (
        sample.lstrip().startswith("<")
        and len(_TAGS.findall(sample)) >= 3
        and len(_CLOSED.findall(sample)) >= 3
    )
