"""Which wording is which action: the same words are the same, close words are only ever proposed.

Rows of the two tables are held against the actions in the record; markers in the notes against the rows.
Nothing here decides for a person: `Same` means the words are the same once capitals, punctuation and "Name to"
are taken off; `Close` is a proposal, the closest first; `New` means that nothing in the record is like it.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from rapidfuzz import fuzz

# Of 100. Two rows of tables this close are probably one action reworded (a question for a person); a remark
# in the notes is told in fewer words, so that less is enough to propose a row for it.
CLOSE_ROW = 62
CLOSE_MENTION = 25
MOST_PROPOSALS = 3

_COMMON_WORDS = """
a about all an and any are as at be been by can could do does done for from further get had has have he her
his how if in into is it its may might more most new next no not of on or our out over she should so some such than that
the their them then there these they this those to up us was we were what when which who will with would you your
action actions please also etc possible around including
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_STEM = 5  # letters of a word that are compared, so that "chair", "chairs" and "chairing" are alike
_TO = re.compile(
    r"(?P<who>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}"
    r"(?:(?:,\s?|\s?/\s?|\s?&\s?|\sand\s|\s?\+\s?)[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}){0,5})"
    r"\s(?:to|will|agreed to|has agreed to|have agreed to|undertook to|offered to)\s(?P<rest>\S.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Known[Key]:
    """An action with every wording of it that the record holds."""

    key: Key
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Same[Key]:
    """The words are those of this action."""

    key: Key


@dataclass(frozen=True, slots=True)
class Close[Key]:
    """It may be one of these, the closest first; a person says which."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class New:
    """Nothing known is like it."""


type Match[Key] = Same[Key] | Close[Key] | New


@lru_cache(maxsize=16384)
def plain_words(text: str) -> tuple[str, ...]:
    """The words for comparing: without capitals, accents, punctuation, bullets and numbers of rows."""
    text = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    words = re.findall(r"\w+", re.sub(r"['’‘]", "", text.casefold()))
    return tuple(words[1:] if len(words) > 1 and re.match(r"\W*\d{1,2}[.)]\s", text) else words)


def same_words(one: str, other: str) -> bool:
    """Whether two wordings are the same words in the same order."""
    return bool(plain_words(one)) and plain_words(one) == plain_words(other)


def without_owner(text: str) -> tuple[str, str]:
    """ "Bel to share the plan" as ("Bel", "share the plan"); ("", text) where nobody is named first."""
    found = _TO.match(text.strip())
    return (found["who"], found["rest"]) if found else ("", text)


def match_rows[Key](rows: Sequence[str], known: Sequence[Known[Key]]) -> list[Match[Key]]:
    """For each row of a document's tables, the action of the record that it is.

    Every known action is the same as at most one row: two rows with the same words are two actions, as they
    stand in the document. Actions that a row is the same as are no longer proposed for other rows.
    """
    by_words: dict[tuple[str, ...], list[Known[Key]]] = {}
    for one in known:
        for words in {plain_words(wording) for wording in one.wordings} - {()}:
            by_words.setdefault(words, []).append(one)
    taken: set[Key] = set()
    same: dict[int, Key] = {}
    for number, row in enumerate(rows):
        free = (one.key for one in by_words.get(plain_words(row), ()) if one.key not in taken)
        key = next(free, None)
        if key is not None:
            same[number] = key
            taken.add(key)
    others = [one for one in known if one.key not in taken]
    weights = weights_of([*(wording for one in known for wording in one.wordings), *rows])
    return [
        Same(same[number]) if number in same else _proposed(_closest(row, others, weights, CLOSE_ROW))
        for number, row in enumerate(rows)
    ]


def match_mention[Key](text: str, known: Sequence[Known[Key]]) -> Match[Key]:
    """The action that a remark in the notes speaks of. Several remarks may speak of one."""
    _, words = without_owner(text)
    wanted = {plain_words(text), plain_words(words)} - {()}
    same = [
        one.key
        for one in known
        if any(
            plain_words(wording) in wanted or plain_words(without_owner(wording)[1]) in wanted
            for wording in one.wordings
        )
    ]
    if len(same) == 1:
        return Same(same[0])
    if same:
        return Close(tuple(same[:MOST_PROPOSALS]))
    weights = weights_of([*(wording for one in known for wording in one.wordings), words])
    return _proposed(_closest(words, known, weights, CLOSE_MENTION))


def closeness(one: str, other: str, weights: Mapping[str, float] | None = None) -> float:
    """How close two wordings are, 0 to 100: the share of their telling words that both use, or how alike they
    read letter by letter, whichever is more.

    `weights` says how telling a word is; without it every word that is not a common one tells as much.
    """
    mine, theirs = _telling(one), _telling(other)
    if not mine or not theirs:
        return 100.0 if same_words(one, other) else 0.0
    weigh = weights or {}
    total = sum(weigh.get(word, 1.0) for word in mine) + sum(weigh.get(word, 1.0) for word in theirs)
    shared = 2 * sum(weigh.get(word, 1.0) for word in mine & theirs) / total * 100
    letters = fuzz.token_sort_ratio(" ".join(plain_words(one)), " ".join(plain_words(other)))
    return max(shared, letters if letters >= 80 else 0.0)


def _closest[Key](
    text: str, known: Iterable[Known[Key]], weights: Mapping[str, float], enough: float
) -> list[Key]:
    scored = [
        (max(closeness(text, wording, weights) for wording in one.wordings), number, one.key)
        for number, one in enumerate(known)
        if one.wordings
    ]
    near = sorted((-score, number, key) for score, number, key in scored if score >= enough)
    return [key for _, _, key in near[:MOST_PROPOSALS]]


def _proposed[Key](keys: list[Key]) -> Close[Key] | New:
    return Close(tuple(keys)) if keys else New()


@lru_cache(maxsize=16384)
def _telling(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in plain_words(text) if word not in _COMMON and len(word) > 1)


def weights_of(texts: Sequence[str]) -> dict[str, float]:
    """How telling each word of some wordings is, for `closeness`: what many of them use tells less ("develop")."""
    counts = Counter(word for text in texts for word in _telling(text))
    return {word: log((1 + len(texts)) / count) for word, count in counts.items()}
