"""How an action is going, and the words people use to say so."""

import re
from enum import StrEnum


class Status(StrEnum):
    """The six states of an action (DESIGN §4). "Not recorded" is the absence of one: None."""

    TODO = "todo"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    DONE = "done"
    LET_GO = "let_go"
    MERGED = "merged"


CLOSED = frozenset({Status.DONE, Status.LET_GO, Status.MERGED})

# In this order: "not done" before "done", "no longer needed" before anything it contains.
_PHRASES: tuple[tuple[Status, str], ...] = (
    (
        Status.TODO,
        r"to[ -]?do|to be done|not (?:yet )?(?:done|started|complete[d]?|begun|actioned|achieved|closed)|"
        r"not yet|did not happen|incomplete|outstanding|open|no progress(?: (?:yet|made|to report))?|new|"
        r"still (?:to do|to be done|open|outstanding)|yet to (?:start|begin|be done)|nothing yet",
    ),
    (
        Status.LET_GO,
        r"let go|dropped|cancel+ed|withdrawn|abandoned|shelved|rejected|superseded|not pursued|"
        r"not proceeding|"
        r"not taken forward|no longer (?:needed|required|relevant|applicable|necessary)|won['’]?t (?:do|fix)|"
        r"closed without action|obsolete|lapsed",
    ),
    (Status.MERGED, r"merged(?: (?:into|with|in)\b.*)?|duplicate(?: of\b.*)?"),
    (
        Status.WAITING,
        r"waiting|(?:still )?a?waiting\b.*|on hold|blocked|pending|pending\b.*|paused|deferred|(?:deferred|"
        r"postponed|carried (?:forward|over)) (?:to|until|till)\b.*|"
        r"postponed|stalled|delayed|carried forward|c/?f",
    ),
    (
        Status.IN_PROGRESS,
        r"in[ -]?progress|work in progress|wip|under[ -]?way|started|in hand|in train|partly done|"
        r"partially (?:done|complete[d]?)|part(?:ly|ially)? complete[d]?|nearly (?:done|complete[d]?)|"
        r"progressing|being (?:done|worked on|progressed)|work (?:on this )?continues|"
        r"continu(?:es|ing)|active|"
        r"on track|still (?:in progress|working on (?:it|this))",
    ),
    (
        Status.DONE,
        r"(?:all |now |already |has been |have been |been )?(?:done|complete|completed|closed|finished|"
        r"actioned|"
        r"resolved|discharged|achieved|delivered|received|sent|fulfilled|implemented|carried out|fixed)|"
        r"completion|ok|tick(?:ed)?",
    ),
)
_READERS = tuple(
    (status, re.compile(rf"(?:{words})(?=$|\s*[-–—:;,.!(/])", re.IGNORECASE)) for status, words in _PHRASES
)
_BY_OR_ON = re.compile(
    r"(?:done|completed?|closed|finished|actioned|sent|resolved) (?:by|on|at|in)\b", re.IGNORECASE
)
# Ticks, crosses and boxes, as wikis and chat programs print them.
_SIGNS: tuple[tuple[Status, str], ...] = (
    (Status.DONE, r"[✅✔☑🗹✓]|:white_check_mark:|:heavy_check_mark:|:check:|:tick:|\[[xX✓✔]\]"),
    (Status.TODO, r"[❌✗✘☐☒✖]|:x:|:cross:|\[ ?\]"),
    (Status.IN_PROGRESS, r"[🔄⏳🚧🟡]|\[[~/-]\]"),
)
_SIGN_READERS = tuple((status, re.compile(rf"(?:{signs})\ufe0f?")) for status, signs in _SIGNS)


def read_status(words: str) -> Status | None:
    """The status that `words` name ("In progress", "Done – sent on Monday", "✅"), or None.

    The words must begin with the status and end there or go on after a stop: "Complete the form" is work to
    do, not a status. "Ongoing" is a rhythm and not a status (DESIGN §4), so it gives None.
    """
    words = " ".join(words.split()).strip("*_ ")
    status, rest = read_sign(words)
    if status is not None:
        return read_status(rest) or status if rest else status
    words = words.strip("[]() ")
    for status, reader in _READERS:
        if reader.match(words):
            return status
    return Status.DONE if _BY_OR_ON.match(words) else None


def read_sign(words: str) -> tuple[Status | None, str]:
    """A tick, cross or box at the beginning of `words`, and the words after it; (None, words) without one."""
    for status, reader in _SIGN_READERS:
        found = reader.match(words)
        if found:
            return status, words[found.end() :].strip()
    return None, words
