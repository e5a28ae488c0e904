"""Published notes as documents that everybody can keep: in every form, with the hash of their version at the foot."""

from hashlib import sha256

from django.core.cache import cache

from allies import clock
from meetings.models.public import Public
from meetings.notes.document import NotesDocument
from meetings.notes.frozen import canonical
from meetings.notes.printed.foot import Printed
from meetings.services.copies import Copy

# Setting these takes a second or so; they are kept for a while for whoever asks next.
_SLOW = frozenset({"docx", "pdf"})
_KEPT_FOR = 60 * 60


def printed_for(public: Public) -> Printed:
    """What stands at the foot: how far the notes had come, when they were published, and which version they are."""
    version = public.publication.version
    day = clock.day_of(version.made_at)
    since = ", with something withheld since" if public.has_gaps else ""
    return Printed(
        f"{public.stage}. Published on {day.day} {day:%B %Y}{since}", f"{version.number}: {version.hash}"
    )


def state_of(public: Public, copy: Copy) -> str:
    """A digest of all that the document is made of: what answers "has it changed" before it is made."""
    assert public.frozen is not None
    words = canonical([public.frozen.content, printed_for(public).words, copy.ending])
    return sha256(words).hexdigest()[:32]


def published_copy(public: Public, copy: Copy) -> bytes:
    """The document. Raises NoPdf for a PDF where this machine can make none."""
    assert public.frozen is not None
    document: NotesDocument = public.frozen.document
    if copy.ending not in _SLOW:
        return copy.write(document, printed_for(public))
    key = f"published-{state_of(public, copy)}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = copy.write(document, printed_for(public))
        cache.set(key, made, _KEPT_FOR)
    return made
