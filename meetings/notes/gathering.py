"""What the parts of the reader share: the blocks of a text, which of them are used, and where things came from."""

from dataclasses import dataclass, field
from datetime import date

from meetings.notes.document import NotesWarning
from meetings.notes.source import Block, Form, Source

Place = tuple[object, ...]


@dataclass(slots=True)
class Gathering:
    """A text that is being read: blocks, the places of what was found (1-based first and last line), doubts."""

    source: Source
    used: set[int] = field(default_factory=set)
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    warnings: list[NotesWarning] = field(default_factory=list)
    day_first: bool = True
    meeting_date: date | None = None

    @property
    def blocks(self) -> list[Block]:
        """All blocks in their order."""
        return self.source.blocks

    def warn(self, line: int | None, message: str) -> None:
        """Note a doubt, with the line it is about."""
        self.warnings.append(NotesWarning(line, message))

    def section_end(self, at: int) -> int:
        """The place after the last block that stands under the heading (or label) at `at`."""
        head = self.blocks[at]
        for place in range(at + 1, len(self.blocks)):
            block = self.blocks[place]
            if block.form is Form.HEADING and (head.form is not Form.HEADING or block.level <= head.level):
                return place
        return len(self.blocks)
