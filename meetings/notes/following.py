"""An edited line keeps its link: which marked line of the notes is which of those known before (DESIGN §5, Markers).

Lines are compared by their words and their neighbours. Nothing here decides what only a person can: a line that
was rewritten beyond recognition at the same place is a question, the same action said twice is a proposal, and a
line that is gone takes nothing with it. The same lines always give the same answer.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from meetings.matching import closeness, plain_words, without_owner

# Of 100. At its own place a line needs less in common with what it was than one that also moved.
ALIKE_IN_PLACE = 55.0
ALIKE_ELSEWHERE = 75.0
MARGIN = 8.0  # two known lines this close to one another as candidates for a line now are a question
HEIR = 4.0  # of two lines now that may be one known line, the likelier by this is its heir: a line that was split
_BEGUN = 92.0  # one line begins as the other does: it is still being typed
_WITHIN = 85.0  # every telling word of the one is in the other: split, merged or shortened
_COPY = 95.0  # a copy of a line with a slip of the pen in it


@dataclass(frozen=True, slots=True)
class KnownLine[Key: Hashable]:
    """A line that is linked already: its key (of this line alone) and its words without the marker."""

    key: Key
    words: str


@dataclass(frozen=True, slots=True)
class Same[Key]:
    """The line of this key, word for word."""

    key: Key


@dataclass(frozen=True, slots=True)
class Edited[Key]:
    """The line of this key, in other words than before."""

    key: Key
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Unsure[Key]:
    """Perhaps one of these, the likeliest first, perhaps a new line; a person says which."""

    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Twice[Key]:
    """Says again what the line of this key says: proposed as a second mention of the same."""

    key: Key


@dataclass(frozen=True, slots=True)
class New:
    """Nothing known is like it."""


type Followed[Key] = Same[Key] | Edited[Key] | Unsure[Key] | Twice[Key] | New


@dataclass(frozen=True, slots=True)
class Following[Key]:
    """One answer for each line now, in their order; `asked` are keys that a question is about; `gone` have no line.

    Every known key is in exactly one of: a `Same` or `Edited`, `asked`, `gone`.
    """

    lines: tuple[Followed[Key], ...]
    asked: tuple[Key, ...]
    gone: tuple[Key, ...]


def follow[Key: Hashable](before: Sequence[KnownLine[Key]], now: Sequence[str]) -> Following[Key]:
    """Say for every line `now` which line of `before` it is; both in the order of the notes.

    Both hold lines of one marker only, in words without the marker; the keys of `before` differ from one another.
    """
    link: dict[int, int] = {}  # place in `now` to place in `before`
    for words_of in (_typed, plain_words):
        _link_equal(before, now, link, words_of)
    place = _Places(len(before), len(now), link)
    scores = _scores(before, now, link, place)
    unclear = _link_clear(link, scores)
    asked = _questions(before, now, link, place, unclear)
    lines: list[Followed[Key]] = []
    for at, words in enumerate(now):
        if at in link:
            known = before[link[at]]
            same = _typed(known.words) == _typed(words)
            lines.append(Same(known.key) if same else Edited(known.key, known.words, words))
        elif (again := _said_again(words, before, now, link)) is not None:
            lines.append(Twice(before[again].key))
        elif at in asked:
            lines.append(Unsure(tuple(before[one].key for one in asked[at])))
        else:
            lines.append(New())
    linked = set(link.values())
    questioned = {key for line in lines if isinstance(line, Unsure) for key in line.keys}
    left = [known.key for number, known in enumerate(before) if number not in linked]
    return Following(
        tuple(lines),
        tuple(key for key in left if key in questioned),
        tuple(key for key in left if key not in questioned),
    )


def _typed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


def _link_equal[Key: Hashable](
    before: Sequence[KnownLine[Key]],
    now: Sequence[str],
    link: dict[int, int],
    words_of: Callable[[str], tuple[str, ...]],
) -> None:
    """Link lines with equal words. Of several that are equal: those at the same place counted from the beginning,
    then from the end, then in their order."""
    known: dict[tuple[str, ...], list[int]] = {}
    linked = set(link.values())
    for number, one in enumerate(before):
        if number not in linked and words_of(one.words):
            known.setdefault(words_of(one.words), []).append(number)
    wanted: dict[tuple[str, ...], list[int]] = {}
    for at, words in enumerate(now):
        if at not in link and words_of(words) in known:
            wanted.setdefault(words_of(words), []).append(at)
    shift = len(before) - len(now)
    for equal, places in wanted.items():
        numbers = known[equal]
        for distance in (0, shift):
            for at in list(places):
                if at + distance in numbers:
                    link[at] = at + distance
                    numbers.remove(at + distance)
                    places.remove(at)
        link.update(zip(places, numbers, strict=False))


class _Places:
    """Which line now stands where a known line stood: next to the same neighbours."""

    def __init__(self, before: int, now: int, link: dict[int, int]) -> None:
        self.linked_at = {number: at for at, number in link.items()}
        self.before, self.now, self.taken = before, now, set(link)

    def of(self, number: int) -> frozenset[int]:
        """The free places that touch the neighbours of the known line `number`."""
        found: set[int] = set()
        earlier = next((one for one in range(number - 1, -1, -1) if one in self.linked_at), None)
        at = -1 if earlier is None else self.linked_at[earlier]
        found.update(self._free(at + 1, 1))
        later = next((one for one in range(number + 1, self.before) if one in self.linked_at), None)
        at = self.now if later is None else self.linked_at[later]
        found.update(self._free(at - 1, -1))
        return frozenset(found)

    def _free(self, at: int, step: int) -> Iterator[int]:
        while 0 <= at < self.now and at not in self.taken:
            yield at
            at += step


def _scores[Key: Hashable](
    before: Sequence[KnownLine[Key]], now: Sequence[str], link: dict[int, int], place: _Places
) -> dict[tuple[int, int], float]:
    """How likely it is that a known line is a line now: pairs of their places, only those alike enough."""
    linked = set(link.values())
    scores = {}
    for number, known in enumerate(before):
        if number in linked:
            continue
        near = place.of(number)
        for at, words in enumerate(now):
            if at in link:
                continue
            score = alike(known.words, words)
            if score >= (ALIKE_IN_PLACE if at in near else ALIKE_ELSEWHERE):
                scores[number, at] = score + (MARGIN if at in near else 0.0)
    return scores


def alike(one: str, other: str) -> float:
    """How much two wordings of a line have in common, 0 to 100; high too while the one grows out of the other."""
    mine, theirs = plain_words(one), plain_words(other)
    if not mine or not theirs:
        return 100.0 if _typed(one) == _typed(other) else 0.0
    score = max(fuzz.ratio(" ".join(mine), " ".join(theirs)), closeness(one, other))
    shorter, longer = sorted((" ".join(mine), " ".join(theirs)), key=len)
    if longer.startswith(shorter) and len(shorter) >= 3:
        return max(score, _BEGUN)
    if len(shorter.split()) >= 3 and set(shorter.split()) <= set(longer.split()):
        return max(score, _WITHIN)
    return score


def _link_clear(link: dict[int, int], scores: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Link every pair that has no rival near it, the likeliest first; gives the pairs that are left unclear.

    A rival that is likelier to be another line is none.
    """
    of_line: dict[int, list[int]] = {}
    of_place: dict[int, list[int]] = {}
    for number, at in scores:
        of_line.setdefault(number, []).append(at)
        of_place.setdefault(at, []).append(number)
    best_of = {number: max(scores[number, at] for at in places) for number, places in of_line.items()}
    best_at = {at: max(scores[number, at] for number in numbers) for at, numbers in of_place.items()}
    clear = []
    for (number, at), score in scores.items():
        joined = (
            scores[one, at] for one in of_place[at] if one != number and scores[one, at] >= best_of[one]
        )
        split = (
            scores[number, one]
            for one in of_line[number]
            if one != at and scores[number, one] >= best_at[one]
        )
        if max(joined, default=0.0) <= score - MARGIN and max(split, default=0.0) <= score - HEIR:
            clear.append((-score, abs(number - at), number, at))
    linked: set[int] = set()
    for _, _, number, at in sorted(clear):
        if number not in linked and at not in link:
            link[at] = number
            linked.add(number)
    return {pair: score for pair, score in scores.items() if pair[0] not in linked and pair[1] not in link}


def _questions[Key: Hashable](
    before: Sequence[KnownLine[Key]],
    now: Sequence[str],
    link: dict[int, int],
    place: _Places,
    unclear: dict[tuple[int, int], float],
) -> dict[int, tuple[int, ...]]:
    """Which known lines a line that is still free may be: unclear ones, and those whose place it has taken."""
    asked: dict[int, dict[int, float]] = {}
    for (number, at), score in unclear.items():
        asked.setdefault(at, {})[number] = score
    questioned = {number for number, _ in unclear}
    linked = set(link.values())
    for number, known in enumerate(before):
        if number in linked or number in questioned:
            continue
        free = [at for at in sorted(place.of(number)) if at not in link]
        if free:
            at = max(free, key=lambda one: (alike(known.words, now[one]), -abs(one - number)))
            asked.setdefault(at, {})[number] = alike(known.words, now[at])
    return {at: tuple(sorted(keys, key=lambda one: (-keys[one], one))) for at, keys in asked.items()}


def _said_again[Key: Hashable](
    words: str, before: Sequence[KnownLine[Key]], now: Sequence[str], link: dict[int, int]
) -> int | None:
    """The known line that a line that is linked says again, by its words now; None where none does."""
    for at in sorted(link):
        if _same_said(words, now[at]):
            return link[at]
    return None


def _same_said(one: str, other: str) -> bool:
    """Whether two lines say the same, whoever is named first in them; a slip of the pen is forgiven, another name
    or number is not."""
    mine, theirs = (plain_words(without_owner(words)[1]) for words in (one, other))
    if mine == theirs:
        return bool(mine)
    if min(len(one), len(other)) < 25 or _names_and_numbers(one) != _names_and_numbers(other):
        return False
    return fuzz.ratio(" ".join(mine), " ".join(theirs)) >= _COPY


def _names_and_numbers(words: str) -> list[str]:
    return sorted(re.findall(r"\b(?:\d+|(?<!^)[A-Z]\w*)", words))
