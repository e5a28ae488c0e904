"""What one marked line of the notes says: whose it is, by when, how it was decided (DESIGN §5, Markers).

The words are those of the person who typed them: only the owner and a deadline that ends or begins the sentence
are cut off, the first letter becomes a capital, and where cutting would leave an odd sentence nothing is cut.
Everything found is a proposal, for a person to accept or change. The importer reads its markers by the same
`read_task`, so that both find the same owners and the same deadline.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from actions.dates import no_such_day
from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status
from meetings.notes.decisions import how_reached
from meetings.notes.document import Marker, Owner, Reached, plain
from meetings.notes.lines import BULLETS, read_marker
from meetings.notes.owners import Roster, read_owners
from meetings.notes.tasks import Ground, Task, another_task, read_task
from meetings.notes.within import Within, chosen_deadline, deadlines_within

LONGEST = 1500  # letters; a longer line is no single action, and its words stay whole
_BULLET = re.compile(rf"[{re.escape(BULLETS)}]\s+")


class Doubt(StrEnum):
    """Why a proposal is not sure, for the page to put in a sentence."""

    SEVERAL_DEADLINES = "several_deadlines"
    """More than one deadline is named; the one given was taken, the others are in `other_deadlines`."""
    DEADLINE_OR_MATTER = "deadline_or_matter"
    """The date may be what the action is about ("the agenda for the next meeting")."""
    OWNER_NOT_KNOWN = "owner_not_known"
    """Somebody is named whom nobody in the roster goes by."""
    ANOTHER_TASK = "another_task"
    """A later sentence gives somebody else something to do: perhaps two actions."""
    TOO_SHORT = "too_short"
    """Less than two words: it is still being typed, or only a name."""
    NO_SUCH_DAY = "no_such_day"
    """It names a day that no calendar has, such as 31/02/2026."""
    TOO_LONG = "too_long"
    """More than `LONGEST` letters: nothing was looked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Letters `start` (inclusive) to `end` (exclusive) of the line as it was given."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Votes:
    """How many were for and how many against."""

    for_it: int
    against: int


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. `marker` is None for a line that begins with none: then only `words` are given.

    `owner_places` has one entry for each owner, None where it could not be found again; `reached` is given for
    decisions only. `sure` says that nothing is doubtful; a missing owner or deadline is no doubt.
    """

    marker: Marker | None
    words: str
    owners: tuple[Owner, ...] = ()
    deadline: Deadline | None = None
    other_deadlines: tuple[Deadline, ...] = ()
    status: Status | None = None
    reached: Reached | None = None
    votes: Votes | None = None
    owner_places: tuple[Place | None, ...] = ()
    deadline_place: Place | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether it can be offered to accept with one key."""
        return not self.doubts


def understand(
    line_words: str, *, meeting_date: date | None, day_first: bool = True, roster: Roster | None = None
) -> Understood:
    """What a line of the notes says, marker and all ("ACTION: Bel to book the hall by 3 June"). Never raises.

    `roster`: those at the meeting (and of the group), by which a bare name is known; without it every word that
    has the shape of a name may be one, and `OWNER_NOT_KNOWN` is never said. Years that are not written are
    inferred from `meeting_date`; `day_first` decides 3/4/2026.
    """
    words = plain(line_words)
    bullet = _BULLET.match(words)
    marker, text = read_marker(words[bullet.end() :] if bullet else words)
    if marker is None:
        return Understood(None, text)
    return _marked(line_words, marker, text, meeting_date, day_first, roster)


def understand_marked(
    marker: Marker,
    words: str,
    *,
    meeting_date: date | None,
    day_first: bool = True,
    roster: Roster | None = None,
) -> Understood:
    """What a line says whose marker has been read already; places are those of `words`. See `understand`."""
    return _marked(words, marker, plain(words), meeting_date, day_first, roster)


def _marked(
    line_words: str,
    marker: Marker,
    text: str,
    meeting_date: date | None,
    day_first: bool,
    roster: Roster | None,
) -> Understood:
    if len(text) > LONGEST:
        return Understood(marker, _capital(text), doubts=(Doubt.TOO_LONG,))
    match marker:
        case Marker.ACTION:
            return _action(line_words, text, Ground(roster or Roster(), meeting_date, day_first), roster)
        case Marker.DECISION:
            return _decision(text)
        case Marker.OFFER:
            return _offer(line_words, text, roster or Roster())
        case Marker.PARKED:
            return Understood(marker, _capital(text))


def _action(line: str, text: str, ground: Ground, roster: Roster | None) -> Understood:
    task = read_task(text, ground)
    if not task.text:
        task = Task(text)
    within = deadlines_within(task.text, meeting_date=ground.meeting_date, day_first=ground.day_first)
    chosen = chosen_deadline(within)
    if chosen and chosen.deadline != task.deadline:
        chosen = None  # it stood in brackets, after a dash or a label, and is cut off already
    # Beside a plain deadline, "for 10 February" says what it is about.
    others = tuple(
        one.deadline
        for one in within
        if one is not chosen and one.deadline != task.deadline and (not one.weak or task.deadline is None)
    )
    words = text if task.text.startswith("not ") else task.text
    if chosen and not others:
        words = _without(words, chosen)
    doubts = list(_doubts(line, task, chosen, others, ground, roster))
    return Understood(
        Marker.ACTION,
        _capital(words),
        task.owners,
        task.deadline,
        others,
        task.status,
        owner_places=tuple(_find(line, owner.as_written) for owner in task.owners),
        deadline_place=_find(line, task.deadline.as_written, last=True) if task.deadline else None,
        doubts=tuple(doubts),
    )


def _doubts(
    line: str,
    task: Task,
    chosen: Within | None,
    others: tuple[Deadline, ...],
    ground: Ground,
    roster: Roster | None,
) -> Iterator[Doubt]:
    if len(task.text.split()) < 2 and not task.owners:
        yield Doubt.TOO_SHORT
    # A condition and a date go together: "once the hall is free, by 3 June".
    if any(one.kind is not DeadlineKind.CONDITION for one in others):
        yield Doubt.SEVERAL_DEADLINES
    if chosen and chosen.weak:
        yield Doubt.DEADLINE_OR_MATTER
    if roster and any(not roster.is_owner(owner.as_written, sure=True) for owner in task.owners):
        yield Doubt.OWNER_NOT_KNOWN
    if another_task(task.text, ground):
        yield Doubt.ANOTHER_TASK
    if no_such_day(line):
        yield Doubt.NO_SUCH_DAY


_ASIDE = " ,;:–—-("
_CUT = {
    DeadlineKind.DATE,
    DeadlineKind.MONTH,
    DeadlineKind.NEXT_MEETING,
    DeadlineKind.ASAP,
    DeadlineKind.ONGOING,
    DeadlineKind.UNKNOWN,
}
# A sentence does not end on one of these.
_DANGLING = re.compile(
    r"(?:^|\s)(?:and|or|but|the|an?|of|to|for|with|from|at|in|on|by|is|are|be|was|were|due|it’?s|that|which|as|until|"
    r"before|after|between|not|no later than|least|latest|ready|done|available|complete|open|closed)$",
    re.IGNORECASE,
)


def _without(text: str, within: Within) -> str:
    """The words without a deadline that ends or begins them; whole where that leaves an odd sentence.

    A condition stays: "share it with the group once able" says what is to be done. So does what may be the
    matter itself ("the agenda for the next meeting").
    """
    if within.weak or within.deadline.kind not in _CUT:
        return text
    before, after = text[: within.start].rstrip(_ASIDE), text[within.end :].strip(" .;,)")
    if not after:
        kept = before
    elif not before and text[within.end :].lstrip().startswith(","):
        kept = after
    else:
        return text
    return text if len(kept.split()) < 2 or _DANGLING.search(kept) else kept


# How something was reached, where that stands apart: in brackets, after a comma or a dash, before a colon.
_BALLOT = (
    r"(?:(?:agreed|carried|passed|decided|by|a|simple|clear|large|majority|votes?|voted|of|for|in favou?r|were|to|"
    r"against|opposed|abstain\w*|abstentions?|and|with|none|nobody|one|two|three|\d{1,3})\b[\s,;:–/-]*){2,16}"
)
_IS_BALLOT = re.compile(
    r"\bmajority\b|\b(?:votes?|voted|in favou?r|against)\b.*\d|\d.*\b(?:votes?|in favou?r|against)\b",
    re.IGNORECASE,
)
_NUMBER_OF_VOTES = re.compile(r"\d{1,3}|\b(?:none|nobody)\b", re.IGNORECASE)
_WAYS: tuple[tuple[Reached, str], ...] = (
    (
        Reached.BY_ALL,
        r"(?:agreed |approved |carried |resolved )?(?:by (?:all|everyone|everybody)(?: present)?|unanimous(?:ly)?|"
        r"nem\.? ?con\.?|by consensus)|(?:all|everyone|everybody)(?: present)? (?:agreed|in favou?r)|"
        r"unanimously (?:agreed|approved)",
    ),
    (
        Reached.ADVICE,
        r"(?:as |this (?:is|was) |given as )?(?:our )?advice(?: only| given| to the team)?(?:, not a decision)?",
    ),
    (Reached.AGREED, r"agreed(?: by the group)?|the group agreed|no objections?"),
    (Reached.MAJORITY, _BALLOT),
)
_MAYBE_APART = re.compile(
    r"agree|majority|\bvote|against|favou?r|\bby\b|unanimous|con\b|advice|objection|consensus", re.IGNORECASE
)
_APART = tuple(
    (reached, re.compile(before + way + after, re.IGNORECASE))
    for reached, way in _WAYS
    for before, after in (
        (r"(?P<kept>.{3,}?)\s*[(\[](?P<way>", r")[)\]][.\s]*$"),
        (r"(?P<kept>.{3,}?)\s*(?:,|;|\s[–—-])\s*(?P<way>", r")[.\s]*$"),
        (r"[(\[](?P<way>", r")[)\]]\s*[:,–—-]?\s*(?P<kept>\S.{2,})$"),
        (r"(?P<way>", r")\s*(?::|,|\s[–—-]\s|\bthat\s)\s*(?:that\s)?(?P<kept>\S.{2,})$"),
    )
)


def _decision(text: str) -> Understood:
    """The words without how it was reached, where that stands apart from them; "agreed" where nothing is said."""
    kept = text
    reached: Reached | None = None
    votes: Votes | None = None
    apart = _said_apart(text)
    while apart:
        reached, words, kept = apart
        votes = votes or (_votes(words) if reached is Reached.MAJORITY else None)
        apart = _said_apart(kept)
    if votes and not votes.against:
        reached = Reached.BY_ALL
    reached = reached or how_reached(text) or Reached.AGREED
    return Understood(Marker.DECISION, _capital(kept), reached=reached, votes=votes)


def _said_apart(text: str) -> tuple[Reached, str, str] | None:
    """How it was reached, in which words, and the words without them; None where nothing of it stands apart."""
    if not _MAYBE_APART.search(text):
        return None
    for reached, reader in _APART:
        found = reader.match(text)
        kept = found["kept"].strip(" ,;–—-") if found else ""
        if found and kept and (reached is not Reached.MAJORITY or _IS_BALLOT.search(found["way"])):
            return reached, found["way"], kept
    return None


def _votes(words: str) -> Votes | None:
    """The two numbers of "majority 5 to 2" or "2 against, 5 for"; None where there are not two."""
    numbers = [0 if not one.isdigit() else int(one) for one in _NUMBER_OF_VOTES.findall(words)]
    if len(numbers) < 2:
        return None
    turned = re.match(r"\D*\d+\s*(?:votes?\s*)?(?:were\s*)?(?:against|opposed)", words, re.IGNORECASE)
    return Votes(numbers[1], numbers[0]) if turned else Votes(numbers[0], numbers[1])


_OFFERING = re.compile(
    r"(?P<who>[^.:;!?]{1,80}?)\s+(?:said (?:he|she|they) )?(?:(?:is|are|was|were|would be)\s+)?(?:also\s+|both\s+)?"
    r"(?:happy|willing|glad|able|keen|offer(?:s|ed)?|volunteer(?:s|ed)?|can|could|will|would|to)\b|(?P<label>[^:]{1,60}?)\s*:\s",
    re.IGNORECASE,
)


def _offer(line: str, text: str, roster: Roster) -> Understood:
    """An offer keeps its words whole ("Bel and Kit happy to help"); who makes it stands beside them."""
    found = _OFFERING.match(text)
    who = (found["who"] or found["label"]) if found else ""
    owners = read_owners(who) if who and roster.are_owners(who) else ()
    places = tuple(_find(line, owner.as_written) for owner in owners)
    return Understood(Marker.OFFER, _capital(text), owners, owner_places=places)


def _find(line: str, words: str, *, last: bool = False) -> Place | None:
    """Where words that were trimmed and single-spaced stand in the line as it was typed."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if not pattern:
        return None
    places = [Place(*one.span()) for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", line)]
    return places[-1 if last else 0] if places else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
