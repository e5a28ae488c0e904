"""What a meeting agreed, in the words of its notes: markers, resolutions, motions, "the group agreed"."""

import re

from meetings.notes.cleaning import clean
from meetings.notes.document import Decision, Marker, Reached
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, topic_of
from meetings.notes.lines import read_marker
from meetings.notes.source import Block, Form

_WHO = (
    r"(?:group|board|committee|meeting|members|allies|trustees|council|panel|directors|team|governors|"
    r"councillors|those present)"
)
_READERS: tuple[tuple[Reached, re.Pattern[str]], ...] = tuple(
    (reached, re.compile(words, re.IGNORECASE))
    for reached, words in (
        (
            Reached.MAJORITY,
            r"\bby (?:a )?(?:simple )?majority\b|\bmajority (?:agreed|voted|were in favour)\b|"
            r"\b\d+ (?:votes? )?(?:for|in favou?r)\b.{0,40}\b\d+ (?:votes? )?(?:against|opposed)|"
            r"\b\d+\s?[-–:]\s?\d+ (?:vote|in favou?r)",
        ),
        (
            Reached.BY_ALL,
            r"\b(?:everyone|everybody|all(?: members| allies| present| those present| trustees)?|"
            r"we all)\b[^.]{0,30}\b(?:agreed|approved|supported|resolved|in favou?r)\b|"
            r"\bunanimous(?:ly)?\b|\bnem\.? ?con\b|\b(?:agreed|approved|resolved|"
            r"carried)\b[^.]{0,20}\bby (?:all|everyone)\b",
        ),
        (
            Reached.AGREED,
            rf"\b(?:the )?{_WHO} (?:has |have |all |then |also )?(?:agreed|resolved|decided|approved|"
            rf"accepted|voted)\b|"
            r"\bit (?:was|is) (?:also |further |unanimously |therefore )?(?:agreed|resolved|decided)\b|"
            r"^(?:agreed|resolved|decided|approved|carried)\b[ :–-]+(?=\w)|"
            r"\bthere was (?:general |broad |clear |unanimous )?(?:agreement|consensus) (?:that|to|on|"
            r"about|for)\b|\bwe (?:have )?(?:agreed|decided) (?:that|to|on)\b|"
            r"\b(?:motion|resolution|proposal|amendment)\b.{0,80}\b(?:was |is )?(?:carried|passed|approved|"
            r"adopted)\b|\b(?:carried|motion carried|so resolved|approved and seconded)[.!]?$|"
            r"\b(?:was|were) (?:proposed|moved)\b.{0,120}\bseconded\b.{0,120}\b(?:carried|agreed|approved|"
            r"passed)\b",
        ),
        (Reached.ADVICE, rf"\b(?:the )?{_WHO} (?:advised|recommended)\b|\bthe advice of the group\b"),
    )
)
_NOT = re.compile(
    r"\b(?:not|no|never|nothing|yet to|to be|once|if|until|unless|should be|could be|as|previously|already|"
    r"last|whether) (?:yet |been |was |were )?(?:agreed|decided|resolved|agreement|consensus|approved)\b|"
    r"\b(?:motion|proposal|resolution)\b.{0,60}\b(?:failed|fell|lost|withdrawn|defeated|not carried|"
    r"did not pass)\b|n['’]t (?:agreed?|decided?)",
    re.IGNORECASE,
)
# What every sentence that the readers above find has in it: most lines of notes do not.
_MAYBE = (
    "agree decid decision resol approv carried unanim majority nem consensus accept vote advi recommend adopted "
    "passed favo seconded"
).split()
_SENTENCES = re.compile(r"(?<=[a-z0-9)\]”\"’'][.!?])\s+(?=[A-Z“\"])")
_PASSED = re.compile(
    r"(?:passed|carried|accepted|approved|agreed|adopted|resolved)\b(?P<how>.*)$", re.IGNORECASE
)
_MOTION = re.compile(r"(?:motion|resolution|proposal|decision)s?(?: text| wording)?", re.IGNORECASE)
_RESULT = re.compile(r"(?:status|result|outcome|decision|vote|disposition|carried\??)", re.IGNORECASE)


def read_decisions(gathering: Gathering) -> tuple[Decision, ...]:
    """The decisions in their order, each once; the places of what was found are noted."""
    found: dict[str, tuple[Decision, int, int]] = {}
    motion: Block | None = None
    under_motion = 0
    for block in gathering.blocks:
        if block.quoted:
            continue
        if block.form is Form.TABLE:
            for decision, line in _motions(block):
                found.setdefault(decision.text, (decision, line, line))
            continue
        if block.form is Form.HEADING:
            under_motion = (
                3 if re.fullmatch(r"(?:the )?motions?|resolutions?", block.text, re.IGNORECASE) else 0
            )
            motion = None
            if topic_of(block.text) in {Topic.ACTIONS, Topic.CARRIED}:
                continue
        passed = re.match(
            r"(?:disposition|result|outcome|vote|status)\s*:\s*(?P<rest>.+)$", block.text, re.IGNORECASE
        )
        if passed and motion is not None:
            how = _PASSED.match(passed["rest"])
            if how:
                found.setdefault(
                    motion.text,
                    (Decision(motion.text, how_reached(how[0]) or Reached.AGREED), motion.first, motion.last),
                )
            motion = None
            continue
        if under_motion and block.form is not Form.HEADING:
            motion = motion or block
            under_motion -= 1
        for decision in _in_words(block.text):
            found.setdefault(decision.text, (decision, block.first, block.last))
    for number, (_, first, last) in enumerate(found.values()):
        gathering.places["decisions", number] = (first, last)
    return tuple(decision for decision, _, _ in found.values())


def _in_words(text: str) -> list[Decision]:
    """The decisions of one paragraph, each a sentence of it, or what follows its marker."""
    small = text.lower()
    if len(text) > 6000 or not any(word in small for word in _MAYBE):
        return []
    marker, rest = read_marker(text)
    if marker is Marker.DECISION:
        return [Decision(rest, how_reached(text) or Reached.AGREED)]
    if marker is not None:
        return []
    found = []
    for sentence in _SENTENCES.split(text):
        reached = how_reached(sentence)
        if reached and not _NOT.search(sentence):
            found.append(Decision(sentence.strip(), reached))
    return found


def how_reached(text: str) -> Reached | None:
    """How a sentence says that something was agreed: by all, by a majority, as advice; None where it says nothing."""
    for reached, reader in _READERS:
        if reader.search(text):
            return reached
    return None


def _motions(block: Block) -> list[tuple[Decision, int]]:
    """The motions of a table that were carried; a row with "Accepted/Rejected" still to choose is none, and a
    table with dates of its own reports what was decided elsewhere."""
    if not block.rows:
        return []
    heads = [clean(cell).strip(": ") for cell in block.rows[0].cells]
    motion = next((place for place, head in enumerate(heads) if _MOTION.fullmatch(head)), None)
    result = next(
        (place for place, head in enumerate(heads) if _RESULT.fullmatch(head) and place != motion), None
    )
    if motion is None or result is None or any("date" in head.lower() for head in heads):
        return []
    found = []
    for row in block.rows[1:]:
        cells = [clean(cell) for cell in row.cells]
        if len(cells) > max(motion, result) and cells[motion]:
            passed = _PASSED.match(cells[result])
            if passed and "/" not in passed["how"][:2]:
                found.append(
                    (Decision(cells[motion], how_reached(cells[result]) or Reached.AGREED), row.first)
                )
    return found
