"""Which files may be papers: by what is in them, never by their name alone (DESIGN §11). Pure.

A paper goes out again as it came in, so nothing here unpacks more than the beginnings of a file's parts.
"""

import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

LARGEST = 10 * 1024 * 1024  # bytes
_MOST_PARTS = 4000
_LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes, all parts together
_BEGINNING = 8 * 1024  # bytes of a part that are looked at: a document type stands before everything else
_LONGEST_NAME = 100  # characters before the ending
_NO_TEXT = frozenset(range(32)) - {9, 10, 12, 13, 27}


class UploadRefused(ValueError):
    """A file that cannot be kept. Its words say why and what to do."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that may be kept: its name on pages, its type on the wire, the endings it goes by."""

    name: str
    content_type: str
    endings: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
PDF = FileKind("PDF", "application/pdf", (".pdf",))
WORD = FileKind("Word", f"{_OPEN_XML}wordprocessingml.document", (".docx",))
EXCEL = FileKind("Excel", f"{_OPEN_XML}spreadsheetml.sheet", (".xlsx",))
POWERPOINT = FileKind("PowerPoint", f"{_OPEN_XML}presentationml.presentation", (".pptx",))
OPEN_DOCUMENT = FileKind("OpenDocument", "application/vnd.oasis.opendocument.text", (".odt",))
TEXT = FileKind("Text", "text/plain; charset=utf-8", (".txt",))
PNG = FileKind("Picture", "image/png", (".png",))
JPEG = FileKind("Picture", "image/jpeg", (".jpg", ".jpeg"))
KINDS = (PDF, WORD, EXCEL, POWERPOINT, OPEN_DOCUMENT, TEXT, PNG, JPEG)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)

_WHICH = "Papers can be PDF, Word, Excel, PowerPoint, OpenDocument text, plain text, PNG or JPEG."


def kind_by_name(name: str) -> FileKind | None:
    """The kind of a kept file, told by its ending, which was checked when it came in."""
    ending = PurePath(name).suffix.lower()
    return next((kind for kind in KINDS if ending in kind.endings), None)


def check_size(size: int) -> None:
    """Raise UploadRefused for a file of no bytes, or of more than `LARGEST`. Call before reading it."""
    if not size:
        raise UploadRefused("This file is empty. Choose another, or give a link.")
    if size > LARGEST:
        raise UploadRefused("This file is larger than 10 MB. Make it smaller, or give a link to it.")


def check_file(name: str, content: bytes) -> FileKind:
    """The kind of the file, by its content. Raises UploadRefused, in a sentence, where it cannot be kept."""
    check_size(len(content))
    kind = _kind_of(content)
    if PurePath(name).suffix.lower() not in kind.endings:
        raise UploadRefused(
            f"What is in this file does not fit its name: by its content its name should end in {kind.endings[0]}."
        )
    return kind


def tidy_name(name: str) -> str:
    """The name a person gave, without what a file system or a header would trip over, and not too long."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "C").strip(" .")
    path = PurePath(plain or "paper")
    return path.stem[:_LONGEST_NAME].strip(" .") + path.suffix.lower()


def _kind_of(content: bytes) -> FileKind:
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK\x03\x04"):
        return kind_of_archive(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UploadRefused(
            "This is an older Office file, or one locked with a password. Save it as .docx, .xlsx or .pptx without one."
        )
    if _is_text(content):
        return TEXT
    raise UploadRefused(f"This kind of file cannot be kept. {_WHICH}")


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _NO_TEXT.intersection(content)


def kind_of_archive(content: bytes, *, otherwise: str = "save it as a PDF") -> FileKind:
    """The kind of a file that is an archive of parts, as Office writes them, by what is in it.

    Raises UploadRefused for what is damaged or locked, has macros, swells, or is no such file; `otherwise` is what
    its sentence says can be done instead.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, otherwise)
            kind = _kind_by_parts(archive, {part.filename for part in parts}, otherwise)
            _check_beginnings(archive, parts, otherwise)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, UploadRefused):
            raise
        raise UploadRefused(
            "This file is damaged, and cannot be opened. Save it again, and choose it again."
        ) from error
    return kind


def _check_parts(parts: list[zipfile.ZipInfo], otherwise: str) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise UploadRefused(
            f"This file unpacks to far more than a document would. Make it smaller, or {otherwise}."
        )
    if any(part.flag_bits & 1 for part in parts):
        raise UploadRefused("This file is locked with a password. Save it without one.")
    names = [part.filename.lower() for part in parts]
    if any(
        "vbaproject" in name or "/activex/" in name or name.startswith(("basic/", "scripts/"))
        for name in names
    ):
        raise UploadRefused(f"This file has macros in it. Save it without them, or {otherwise}.")


def _kind_by_parts(archive: zipfile.ZipFile, names: set[str], otherwise: str) -> FileKind:
    if "mimetype" in names:
        if _beginning(archive, "mimetype").strip() == OPEN_DOCUMENT.content_type.encode():
            return OPEN_DOCUMENT
    elif "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            types = part.read(1024 * 1024)
        if b"macroEnabled" in types:
            raise UploadRefused(f"This file has macros in it. Save it without them, or {otherwise}.")
        for kind, words in (
            (WORD, b"wordprocessingml.document.main+xml"),
            (EXCEL, b"spreadsheetml.sheet.main+xml"),
            (POWERPOINT, b"presentationml.presentation.main+xml"),
        ):
            if words in types:
                return kind
    raise UploadRefused(f"This is an archive, not a paper. {_WHICH}")


def _check_beginnings(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], otherwise: str) -> None:
    """Office writes no document types into its parts: whoever does means to make a reader fetch or swell."""
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            beginning = _beginning(archive, part.filename).replace(b"\x00", b"").upper()
            if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
                raise UploadRefused(
                    f"This file has been put together in an unsafe way. Save it again, or {otherwise}."
                )


def _beginning(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_BEGINNING)
