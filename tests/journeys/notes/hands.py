"""Hands on a real keyboard and a real pointer, which count what they do: letters, other keys, presses."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.notes.desk import saved


@dataclass
class Hands:
    """Everything that somebody does on one page goes through here, under the part of the work that is named."""

    page: Any
    doing: str = ""
    letters: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    presses: Counter[str] = field(default_factory=Counter)

    def write(self, words: str) -> None:
        """Type words, a letter at a time, where the focus is."""
        self.letters[self.doing] += len(words)
        self.page.keyboard.type(words)

    def key(self, name: str) -> None:
        """Press a key, or two together, that leaves no letter."""
        self.keys[self.doing] += 1
        self.page.keyboard.press(name)

    def press(self, what: Any) -> None:
        """Press something with the pointer."""
        self.presses[self.doing] += 1
        what.click()

    def press_and_wait_for(self, what: Any, answer: str) -> None:
        """Press something, and go on once the address that ends like this has answered."""
        with self.page.expect_response(answer):
            self.press(what)

    def write_notes(self, notes: str) -> None:
        """Type the notes of the open item, and see them saved."""
        box = self.page.locator("#notes")
        if not box.evaluate("box => box === document.activeElement"):
            self.press(box)
        self.write(notes)
        saved(self.page)

    @property
    def parts(self) -> list[str]:
        """The parts of the work in the order in which they were first taken up."""
        return list(dict.fromkeys([*self.presses, *self.keys, *self.letters]))

    def beyond(self, part: str) -> int:
        """Keys and presses beyond the words of one part."""
        return self.keys[part] + self.presses[part]
