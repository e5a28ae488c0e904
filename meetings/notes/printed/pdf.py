"""Notes as a PDF that reads aloud as it looks (PDF/UA-1): tagged, with its title and language, set from the HTML."""

from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from meetings.notes.document import NotesDocument
from meetings.notes.printed.foot import Printed
from meetings.notes.printed.html import write_html

_TYPE = Path(__file__).resolve().parents[3] / "static" / "fonts"
_FACES = ("atkinson-hyperlegible-next-latin.woff2", "atkinson-hyperlegible-next-latin-ext.woff2")


class NoPdf(Exception):
    """This machine cannot set a PDF. Its words say why and what to do."""


def write_pdf(document: NotesDocument, printed: Printed | None = None) -> bytes:
    """The notes as a PDF of A4 pages. Raises NoPdf where Pango, which sets the words, is not on this machine."""
    weasyprint = _weasyprint()
    # The page names no other file, and would get none; the type alone is read from beside us.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    files = weasyprint.urls.URLFetcher(allowed_protocols=("file",))
    html = write_html(document, printed)
    fonts = weasyprint.text.fonts.FontConfiguration()
    faces = weasyprint.CSS(string=_faces(), font_config=fonts, url_fetcher=files)
    written: bytes = weasyprint.HTML(string=html, url_fetcher=nothing).write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=sha256(html.encode()).digest()[:16],
    )
    return written


def _weasyprint() -> Any:
    """The library, once it is asked for: it opens Pango when it is first imported, which takes a while."""
    try:
        library = import_module("weasyprint")
    except (ImportError, OSError) as error:
        raise NoPdf(
            "This machine cannot make a PDF: Pango, which sets the words, is not installed on it. "
            "The notes are here in every other form, and Word can save them as a PDF."
        ) from error
    return library


def _faces() -> str:
    """Our own typeface, from the files beside the site's own styles."""
    return "".join(
        f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; src: url("file://{quote(str(_TYPE / name))}") }}\n'
        for name in _FACES
    )
