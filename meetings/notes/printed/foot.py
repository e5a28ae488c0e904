"""What stands at the foot of every document that goes out: how far the notes are, and which version it was."""

import re
from dataclasses import dataclass

LABEL = "About this document:"
_FOOT = re.compile(rf"\n+{LABEL} [^\n]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Printed:
    """How far the notes had come ("Draft", "Circulated on 3 December 2025"), and the hash of the frozen version.

    Notes that nobody has frozen yet have no hash ("").
    """

    stage: str
    version: str = ""

    @property
    def words(self) -> str:
        """One sentence or two for the foot of a document."""
        return f"{self.stage}. Version {self.version}." if self.version else f"{self.stage}."


def with_foot(text: str, printed: Printed | None) -> str:
    """Plain text or Markdown with its foot, as a paragraph of its own at the end."""
    return f"{text}\n{LABEL} {printed.words}\n" if printed else text


def without_foot(text: str) -> str:
    """The text without the foot that `with_foot` put there."""
    return _FOOT.sub("\n", text) if LABEL in text else text
