"""What the lines of a set of notes say was agreed, and how: "the group agreed", "everyone agreed that …". Pure."""

import re
from collections.abc import Iterable

from meetings.notes.document import Decision, Line, Marker, NotesDocument, Reached

_BY_ALL = re.compile(
    r"\b(?:everyone|everybody|all (?:members |allies |present |those present )?|we all|unanimously|nem\.? con)\b"
    r"[^.]{0,30}\b(?:agreed|approved|supported|resolved)\b|\b(?:agreed|approved|resolved|carried)\b[^.]{0,20}\b"
    r"(?:unanimously|by all|by everyone)\b|\bunanimously (?:agreed|approved|resolved|carried)\b",
    re.IGNORECASE,
)
_MAJORITY = re.compile(r"\bby (?:a )?majority\b|\bmajority (?:agreed|voted|were in favour)\b", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:(?:the )?(?:group|board|committee|meeting|members|allies|trustees|council|panel|directors)"
    r" (?:has |have |all )?(?:agreed|resolved|decided|approved)|(?:it was|was|were) (?:agreed|resolved|decided)|"
    r"there was (?:general |broad |clear )?(?:agreement|consensus) (?:that|to|on|about|for)|"
    r"we (?:have )?(?:agreed|decided)|(?:motion|resolution|proposal) (?:was )?(?:carried|passed|approved))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nothing|n't|yet to|to be|once|if|until|should be|could be|as|previously|already|last) "
    r"(?:yet |been |was |were )?(?:agreed|decided|resolved|agreement|consensus)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(
    r"\b(?:the )?(?:group|members|allies|committee) (?:advised|recommended)\b|\bthe advice of the group\b",
    re.IGNORECASE,
)


def decisions_of(document: NotesDocument) -> tuple[Decision, ...]:
    """The decisions of a document: those its reader found, or else those its lines tell of."""
    return document.decisions or tuple(
        decision for item in document.agenda for line in _all(item.lines) if (decision := decision_in(line))
    )


def decision_in(line: Line) -> Decision | None:
    """The decision or the advice that one line records, in its own words; None where it records none."""
    if line.marker is Marker.DECISION:
        return Decision(line.text, _how(line.text) or Reached.AGREED)
    if line.marker is not None or _NOT.search(line.text):
        return None
    reached = _how(line.text)
    return Decision(line.text, reached) if reached else None


def _how(text: str) -> Reached | None:
    for reached, reader in (
        (Reached.MAJORITY, _MAJORITY),
        (Reached.BY_ALL, _BY_ALL),
        (Reached.AGREED, _AGREED),
        (Reached.ADVICE, _ADVICE),
    ):
        if reader.search(text):
            return reached
    return None


def _all(lines: Iterable[Line]) -> Iterable[Line]:
    for line in lines:
        yield line
        yield from _all(line.children)
