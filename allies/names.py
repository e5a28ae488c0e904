"""Which person a written name means (DESIGN §5 Names).

First the meeting's own attendance, then those on the body at that date, then everyone: in each circle the
exact name, then known other names, then a first name that only one of them has. Close spellings and short
forms are only ever offered; a person says who is meant. Two people whose names differ by a letter are two; a
bare first name that two share stays unresolved.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

_TITLES = re.compile(
    r"dr|prof(?:essor)?|cllr|councillor|mr|mrs|ms|miss|mx|sir|dame|lord|lady|baroness|revd?|reverend|fr|sr"
)
_LETTERS_AFTER = re.compile(r"phd|mbe|obe|cbe|frs|mp|msp|bsc|msc|ba|ma|md|frcp|rn|jp")
# Short forms that are not the beginning of the name they stand for; only ever offered.
_SHORT_FORMS: Mapping[str, frozenset[str]] = {
    short: frozenset(names.split())
    for short, names in {
        "andy": "andrew andrea",
        "becky": "rebecca",
        "bel": "isabel annabel",
        "beth": "elizabeth bethany",
        "betty": "elizabeth",
        "bill": "william",
        "billy": "william",
        "bob": "robert",
        "dick": "richard",
        "ella": "eleanor isabella",
        "harry": "henry harold",
        "jack": "john",
        "jim": "james",
        "jimmy": "james",
        "jon": "jonathan john",
        "kate": "catherine katherine",
        "kath": "catherine katherine",
        "kathy": "catherine katherine",
        "katie": "catherine katherine",
        "kit": "christopher catherine katherine",
        "libby": "elizabeth",
        "liz": "elizabeth",
        "lizzie": "elizabeth",
        "lizzy": "elizabeth",
        "lottie": "charlotte",
        "maggie": "margaret",
        "mandy": "amanda miranda",
        "meg": "margaret megan",
        "mike": "michael",
        "molly": "mary margaret",
        "ned": "edward edmund",
        "nell": "eleanor helen",
        "nicky": "nicola nicholas nicole",
        "peggy": "margaret",
        "polly": "mary pauline",
        "rich": "richard",
        "rick": "richard frederick",
        "sally": "sarah",
        "sandy": "alexander alexandra",
        "steve": "stephen steven",
        "sue": "susan susannah",
        "ted": "edward theodore",
        "tina": "christina",
        "tony": "anthony antonia",
        "trish": "patricia",
        "xander": "alexander",
    }.items()
}
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){1,4}")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the record, as far as names go."""

    id: int
    full_name: str
    short_name: str = ""
    other_names: tuple[str, ...] = ()


class Why(StrEnum):
    """On what ground somebody is offered."""

    SAME_NAME = "same_name"
    FIRST_NAME_SHARED = "first_name_shared"
    PART_OF_NAME = "part_of_name"
    SHORT_FORM = "short_form"
    CLOSE_SPELLING = "close_spelling"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Offer:
    """One person it may be, and why."""

    id: int
    why: Why


@dataclass(frozen=True, slots=True)
class Resolved:
    """It is this person."""

    id: int


@dataclass(frozen=True, slots=True)
class Offered:
    """It may be one of these, the likelier first; a person says which."""

    offers: tuple[Offer, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Those offered, in order."""
        return tuple(offer.id for offer in self.offers)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody in the record goes by such a name."""


type Placing = Resolved | Offered | Unknown
type Circles = Sequence[Sequence[Candidate]]


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: without titles, letters after it, brackets, accents and capitals."""
    plain = _IN_BRACKETS.sub(" ", unicodedata.normalize("NFKD", name).translate(_QUOTES))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = re.findall(r"\w+(?:'\w+)*", plain)
    while len(words) > 1 and _TITLES.fullmatch(words[0]):
        words = words[1:]
    while len(words) > 1 and _LETTERS_AFTER.fullmatch(words[-1]):
        words = words[:-1]
    return tuple(words)


def same_name(one: str, other: str) -> bool:
    """Whether two written names are the same words, whatever their titles, capitals and accents."""
    return bool(words_of(one)) and words_of(one) == words_of(other)


def is_initials(written: str) -> bool:
    """Whether the words are only initials: "AP", "A.P.", "A P". One capital letter alone counts."""
    return bool(_INITIALS.fullmatch(written.strip())) and len(written.strip()) <= 8


def initials_introduced(attendance: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The initials that an attendance list itself introduces, as in "Anna Perez (AP)".

    Takes each entry as written with the id of its person. Letters count when they stand in brackets and are
    the name's own; letters that two people are given introduce nobody.
    """
    found: dict[str, set[int]] = {}
    for as_written, person in attendance:
        words = words_of(as_written)
        for inside in _IN_BRACKETS.findall(as_written):
            for part in re.split(r"[,;/]", inside):
                letters = _letters(part)
                if is_initials(part) and letters and words and letters in _possible_initials(words):
                    found.setdefault(letters, set()).add(person)
    return {letters: people.pop() for letters, people in found.items() if len(people) == 1}


def place(written: str, circles: Circles, *, introduced: Mapping[str, int] | None = None) -> Placing:
    """Say which person `written` means, looking in each circle of candidates in turn.

    `introduced` holds initials that the document itself explains (`initials_introduced`). A whole name is
    whoever bears it. Otherwise the nearest circle in which the name is known decides: one person there is the
    answer, several are offered. Known nowhere: close spellings, short forms and parts of names are offered
    over all circles, the nearest circle first.
    """
    words = words_of(written)
    if not words:
        return Unknown()
    letters = _letters(written) if is_initials(written) else ""
    if letters and introduced and letters in introduced:
        return Resolved(introduced[letters])
    readers = (_by_whole_name, _known_in) if len(words) > 1 else (_known_in,)
    for reader in readers:
        for circle in circles:
            found = reader(words, circle)
            if found:
                return Resolved(found[0].id) if len(found) == 1 else Offered(tuple(found))
    offers = _offers(words, letters, circles)
    return Offered(tuple(offers)) if offers else Unknown()


def _by_whole_name(words: tuple[str, ...], circle: Sequence[Candidate]) -> list[Offer]:
    return [Offer(one.id, Why.SAME_NAME) for one in circle if words_of(one.full_name) == words]


def _known_in(words: tuple[str, ...], circle: Sequence[Candidate]) -> list[Offer]:
    """Those of a circle who are known by the name.

    An exact name comes first. A known other name does not outweigh somebody else's first name: a bare "Robin"
    that two go by stays open, whatever was once answered for one of them.
    """
    exact = _by_whole_name(words, circle)
    if exact:
        return exact
    found: list[Offer] = []
    for one in circle:
        if words in {words_of(name) for name in (one.short_name, *one.other_names) if name}:
            found.append(Offer(one.id, Why.SAME_NAME))
        elif len(words) == 1 and words_of(one.full_name)[:1] == words:
            found.append(Offer(one.id, Why.FIRST_NAME_SHARED))
    return found


_ORDER = (Why.SHORT_FORM, Why.PART_OF_NAME, Why.CLOSE_SPELLING, Why.INITIALS)


def _offers(words: tuple[str, ...], letters: str, circles: Circles) -> list[Offer]:
    offers: dict[int, Offer] = {}
    for circle in circles:
        new = [one for one in circle if one.id not in offers]
        nearest = [Offer(one.id, why) for one in new if (why := _likeness(words, letters, one))]
        for offer in sorted(nearest, key=lambda offer: _ORDER.index(offer.why)):
            offers.setdefault(offer.id, offer)
    return list(offers.values())


def _likeness(words: tuple[str, ...], letters: str, one: Candidate) -> Why | None:
    """Why somebody might be meant; None where nothing speaks for it."""
    if letters:
        return Why.INITIALS if letters in _possible_initials(words_of(one.full_name)) else None
    reasons = [
        why
        for name in (one.full_name, one.short_name, *one.other_names)
        if name and (why := _likeness_of_words(words, words_of(name)))
    ]
    return min(reasons, key=_ORDER.index, default=None)


def _likeness_of_words(words: tuple[str, ...], name: tuple[str, ...]) -> Why | None:
    if not name:
        return None
    if len(words) == 1 and len(name) > 1:
        if is_short_form(words[0], name[0]):
            return Why.SHORT_FORM
        if words[0] in name[1:]:
            return Why.PART_OF_NAME
        return Why.CLOSE_SPELLING if is_close(words[0], name[0]) else None
    if len(name) == 1:
        # "Robin Vale", where the record only knows a "Robin" so far.
        if name[0] == words[0]:
            return Why.PART_OF_NAME if len(words) > 1 else None
        if is_short_form(words[0], name[0]):
            return Why.SHORT_FORM
        return Why.CLOSE_SPELLING if is_close(words[0], name[0]) else None
    if words[0] == name[0] and (set(words) <= set(name) or set(name) <= set(words)):
        return Why.PART_OF_NAME
    if len(words) != len(name):
        # A name that leaves out the middle, or one half of a double-barrelled end.
        ends_alike = words[-1] in name[1:] or name[-1] in words[1:]
        return Why.SHORT_FORM if ends_alike and is_short_form(words[0], name[0]) else None
    why: Why | None = None
    for mine, theirs in zip(words, name, strict=True):
        if mine == theirs:
            continue
        if is_short_form(mine, theirs):
            why = why or Why.SHORT_FORM
        elif is_close(mine, theirs):
            why = Why.CLOSE_SPELLING
        else:
            return None
    return why


def is_short_form(one: str, other: str) -> bool:
    """Whether one of two lower-case names may be short for the other: its beginning or a usual form."""
    short, whole = sorted((one, other), key=len)
    if short == whole:
        return False
    usual = _SHORT_FORMS.get(short, frozenset()) | _SHORT_FORMS.get(whole, frozenset())
    return whole.startswith(short) or not usual.isdisjoint({short, whole})


def is_close(one: str, other: str) -> bool:
    """Whether two lower-case names may be the same misspelt: one slip of the pen, two in a long name."""
    longest = max(len(one), len(other))
    slips = 0 if longest < 4 else 1 if longest < 8 else 2
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _letters(written: str) -> str:
    return "".join(letter for letter in written if letter.isalpha()).upper()


def _possible_initials(words: tuple[str, ...]) -> set[str]:
    """All initials of a name, and the first and last alone: "Anna Maria Perez" is AMP or AP."""
    letters = "".join(word[0] for word in words).upper()
    return {letters, letters[0] + letters[-1]} if len(letters) > 1 else {letters} if letters else set()
