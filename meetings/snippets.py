"""A piece of a text around the words that were looked for, with the words apart so that a page can mark them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

BEFORE, AROUND = 70, 240


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text; `is_match` where it is one of the words."""

    text: str
    is_match: bool = False


def marked(text: str, patterns: Iterable[str]) -> list[Piece]:
    """The whole text in pieces. `patterns` are regular expressions; capitals do not matter."""
    either = "|".join(f"(?:{pattern})" for pattern in patterns)
    if not either or not text:
        return [Piece(text)] if text else []
    pieces, done = [], 0
    for match in re.finditer(either, text, re.IGNORECASE):
        if match.start() > done:
            pieces.append(Piece(text[done : match.start()]))
        if match.group():
            pieces.append(Piece(match.group(), is_match=True))
        done = match.end()
    return pieces + ([Piece(text[done:])] if done < len(text) else [])


def snippet(texts: Iterable[str], patterns: Iterable[str]) -> list[Piece]:
    """About 240 letters around the first match in the first of the texts that has one; nothing without a match."""
    patterns = list(patterns)
    either = "|".join(f"(?:{pattern})" for pattern in patterns)
    for text in texts:
        plain = " ".join(text.split())
        match = re.search(either, plain, re.IGNORECASE) if either else None
        if match:
            return marked(_around(plain, match.start()), patterns)
    return []


def _around(text: str, place: int) -> str:
    """The text near a place, cut between words; what was left out shows as an ellipsis."""
    start = max(0, place - BEFORE)
    if start:
        start = text.find(" ", start, place) + 1 or place
    end = start + AROUND
    if end < len(text):
        end = text.rfind(" ", place + 1, end) if text.rfind(" ", place + 1, end) > place else end
        return f"{'… ' if start else ''}{text[start:end]} …"
    return f"{'… ' if start else ''}{text[start:]}"
