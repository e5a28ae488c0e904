"""Where one person's name stands in words: surely, or perhaps, so that a person decides. Pure.

What counts as somebody's name is what `allies.names` says (DESIGN §5): the whole name, the known other names, and a
first name that nobody else goes by. A name that several share, a surname alone, and a name that is an ordinary word,
too, are only ever offered.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from allies.names import Candidate, Resolved, place, words_of

REMOVED = "[name removed]"
REMOVED_IN_ADDRESS = "name-removed"

# First names that are words of their own; at the beginning of a sentence nothing tells them apart.
_ALSO_WORDS = frozenset(
    "ally amber angel april art august autumn bill bob brook chance chase clay crystal daisy dale dawn dean drew earl "
    "eve faith fern flora frank gene glen grace grant guy harmony hazel heath heather holly hope hunter iris ivy "
    "jade jasmine jewel joy june justice lance lily mark may melody miles nick olive page pat patience pearl "
    "penny pepper poppy ray reed rich rock rose ruby rusty sage sandy sky star sterling sue summer "
    "van victor violet wade ward will willow wren".split()
)
# Between the words of a name: spaces, and what stands for them in addresses and names of files.
_BETWEEN = r"(?:[\s._\-]|%20)+"
_ANOTHER_NAME = re.compile(r"[ \u00a0]([A-Z][a-z][\w'’]*)")
_MARKER = re.compile(
    r"^[\s\-*•–—>#|]*(?:(?:action|decision|agreed|offer|parked)\s*:?\**\s*:?)?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: names as words, without accents and capitals; `addresses` are email addresses.

    `sure` are the person's alone, `doubtful` may be somebody else's or nobody's; `others` are longer names of other
    people, in which nothing is found.
    """

    sure: frozenset[tuple[str, ...]] = frozenset()
    doubtful: frozenset[tuple[str, ...]] = frozenset()
    others: frozenset[tuple[str, ...]] = frozenset()
    addresses: frozenset[str] = frozenset()
    _patterns: dict[str, re.Pattern[str] | None] = field(default_factory=dict, compare=False, repr=False)

    def pattern(self, which: str) -> re.Pattern[str] | None:
        """The pattern for "sure", "doubtful", "others" or "addresses"; None where there is nothing to find."""
        if which not in self._patterns:
            self._patterns[which] = (
                _addresses_pattern(self.addresses)
                if which == "addresses"
                else _names_pattern(getattr(self, which))
            )
        return self._patterns[which]


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """One place: from `start` to before `end`, in letters of the text; whether it is surely the person's."""

    start: int
    end: int
    sure: bool


def names_of(
    person: Candidate,
    everyone: Sequence[Candidate],
    *,
    former: Iterable[str] = (),
    addresses: Iterable[str] = (),
) -> Sought:
    """Say what to look for, to find a person among `everyone` (who may hold them, too).

    `former` are names they once went by, `addresses` their email addresses, now and before.
    """
    known = {name for name in (person.full_name, person.short_name, *person.other_names, *former) if name}
    everybody = [one for one in everyone if one.id != person.id]
    circle = [*everybody, Candidate(person.id, person.full_name, person.short_name, tuple(sorted(known)))]
    sure: set[tuple[str, ...]] = set()
    doubtful: set[tuple[str, ...]] = set()
    first, *rest = words_of(person.full_name) or ("",)
    for name in sorted({*known, first} - {""}):
        words = words_of(name)
        if not words:
            continue
        alone = place(name, [circle]) == Resolved(person.id) and not (
            len(words) == 1 and words[0] in _ALSO_WORDS
        )
        (sure if alone else doubtful).add(words)
        if len(words) == 1 and rest:
            # "Nicky Vale", where the record has Nicola Vale, called Nicky.
            whole = (*words, *rest)
            taken = any(words_of(one.full_name) == whole for one in everybody)
            (doubtful if taken else sure).add(whole)
        elif alone and len(words) > 1:
            sure.add((*words[1:], words[0]))  # "Vale, Nicola"
    for start in range(len(rest)):
        doubtful |= {tuple(rest[start:]), (rest[start],)}
    theirs = {word for name in known for word in words_of(name)}
    others = {
        words
        for one in everybody
        for name in (one.full_name, *one.other_names)
        if len(words := words_of(name)) > 1 and theirs & set(words)
    }
    return Sought(
        sure=frozenset(sure),
        doubtful=frozenset(words for words in doubtful - sure if len("".join(words)) > 2),
        others=frozenset(others - sure - doubtful),
        addresses=frozenset(address.strip().casefold() for address in addresses if address.strip()),
    )


def find(text: str, sought: Sought) -> list[Found]:
    """Give every place where the person is named, in order; none overlaps another, and the longest counts."""
    folded, at = _folded(text)
    kept = [(found.start(), found.end()) for found in _matches("others", folded, sought)]
    candidates: list[tuple[int, int, bool]] = [
        (found.start(), found.end(), True) for found in _matches("addresses", folded, sought)
    ]
    for which in ("sure", "doubtful"):
        for found in _matches(which, folded, sought):
            start, end = found.span()
            if not any(start < stop and end > begin for begin, stop in kept) and _ends_there(text, at[end]):
                sure = which == "sure" and _is_sure(text, at[start], at[end], sought)
                candidates.append((start, end, sure))
    chosen: list[tuple[int, int, bool]] = []
    for one in sorted(candidates, key=lambda one: (one[0] - one[1], not one[2], one[0])):
        if not any(one[0] < end and one[1] > start for start, end, _ in chosen):
            chosen.append(one)
    return sorted(Found(at[start], at[end], sure) for start, end, sure in chosen)


def replace(
    text: str,
    sought: Sought,
    *,
    decided: Collection[str] = (),
    everything: bool = False,
    instead: str = REMOVED,
) -> str:
    """Put `instead` for every sure place, and for the doubtful ones of lines whose `line_key` is in `decided`.

    With `everything` all doubtful places count: the text is known to be about the person.
    """
    parts, last = [], 0
    for found in find(text, sought):
        if found.sure or everything or line_key(_line_at(text, found.start)) in decided:
            parts += [text[last : found.start], instead]
            last = found.end
    return "".join([*parts, text[last:]])


def doubtful_lines(text: str, sought: Sought) -> Iterator[str]:
    """Give the lines with a doubtful place, each once, without what marks them."""
    lines = {_line_at(text, found.start): None for found in find(text, sought) if not found.sure}
    return (_MARKER.sub("", line).strip() for line in lines)


def line_key(line: str) -> str:
    """What a line is known by, wherever it stands: without bullet, marker, capitals and doubled spaces."""
    return " ".join(_MARKER.sub("", line).casefold().split())


def _line_at(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)]


def _matches(which: str, folded: str, sought: Sought) -> Iterator[re.Match[str]]:
    pattern = sought.pattern(which)
    return pattern.finditer(folded) if pattern is not None else iter(())


def _names_pattern(names: Collection[tuple[str, ...]]) -> re.Pattern[str] | None:
    if not names:
        return None
    longest_first = sorted(names, key=lambda words: (-len(words), words))
    written = "|".join(rf",?{_BETWEEN}".join(map(re.escape, words)) for words in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{written})(?![^\W_])")


def _addresses_pattern(addresses: Collection[str]) -> re.Pattern[str] | None:
    if not addresses:
        return None
    written = "|".join(map(re.escape, sorted(addresses, key=len, reverse=True)))
    return re.compile(rf"(?<![\w.+-])(?:{written})(?![\w-])")


def _ends_there(text: str, end: int) -> bool:
    """Whether the name ends there: "Nia Crane-Lowe" is somebody else, and "nia-crane-cv.pdf" is not."""
    return not (text[end : end + 1] == "-" and text[end + 1 : end + 2].isupper())


def _is_sure(text: str, start: int, end: int, sought: Sought) -> bool:
    """A whole name is. One word is where it is written as a name, and no surname of somebody else follows."""
    if len(words_of(text[start:end])) != 1:
        return True
    if not text[start].isupper():
        return False
    follows = _ANOTHER_NAME.match(text, end)
    return follows is None or any(words_of(follows[1]) == words[:1] for words in sought.sure)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text without accents and capitals, and for each of its letters (and its end) where it stood."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters: list[str] = []
    at: list[int] = []
    for position, letter in enumerate(text):
        plain = unicodedata.normalize("NFKD", "'" if letter in "’‘`ʼ" else letter)
        for one in "".join(each for each in plain if not unicodedata.combining(each)).casefold():
            letters.append(one)
            at.append(position)
    # An accent that stands by itself belongs to the letter before it: what ends there ends after it.
    at.append(len(text))
    return "".join(letters), at
