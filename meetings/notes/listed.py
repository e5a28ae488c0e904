"""Which of all that a document says about actions counts once: tables, lists, markers, and what restates them."""

import re
from dataclasses import dataclass, replace

from meetings.notes.document import Section
from meetings.notes.markers import Marked
from meetings.notes.speakers import speaker_of

# What stands in a list of actions to say that there are none.
NO_ACTION = re.compile(
    r"(?:none|nil|n/?a|no (?:new |further |outstanding |open )?actions?.{0,40}|"
    r"there (?:were|are) no .{0,60}|-+|tbc|nothing.{0,30})\.?",
    re.IGNORECASE,
)


@dataclass(slots=True)
class ListedActions:
    """The actions of one table or list."""

    rows: list[Marked]
    section: Section
    summary: bool
    at: int
    single: bool = False
    table: bool = False


def choose(lists: list[ListedActions], marked: list[Marked]) -> list[Marked]:
    """Each action once: a list at the end stands for what it restates; markers count where no list does."""
    carried = [row for one in lists for row in one.rows if row.action.section is Section.CARRIED]
    agreed = [one for one in lists if any(row.action.section is Section.AGREED for row in one.rows)]
    rows = [[row for row in one.rows if row.action.section is Section.AGREED] for one in agreed]
    summary = next(
        (
            number
            for number in range(len(agreed) - 1, -1, -1)
            if agreed[number].summary and not agreed[number].single
        ),
        None,
    )
    if summary is not None and len(rows) > 1:
        others = sum(len(part) for number, part in enumerate(rows) if number != summary)
        if len(rows[summary]) >= others and _number_of_last(agreed) == summary:
            rows = [rows[summary]]
    chosen = [row for part in rows for row in part]
    new = [one for one in marked if one.action.section is Section.AGREED]
    old = [one for one in marked if one.action.section is Section.CARRIED]
    if not chosen or len(chosen) * 2 < len(new) or all(one.single for one in agreed):
        chosen += new
    lists_of = {id(row): number for number, one in enumerate(lists) for row in one.rows}
    return _once(carried + old, chosen, lists_of)


def told(rows: list[Marked]) -> list[Marked]:
    """The rows of a review of earlier actions that are actions, and not what was said about them."""
    explicit = [row for row in rows if row.action.owners or row.action.status or row.action.deadline]
    if len(explicit) * 3 < len(rows):
        return []
    return [row for row in rows if row in explicit or not speaker_of(row.action.text)]


def _number_of_last(lists: list[ListedActions]) -> int:
    """The number of the list that stands last in the notes."""
    return max(range(len(lists)), key=lambda number: lists[number].at)


def _once(first: list[Marked], second: list[Marked], lists_of: dict[int, int]) -> list[Marked]:
    """All of both, but what says the same in much the same words only once, as it stands in the first.

    Two rows of one list are two actions, however alike: somebody wrote two. So are two that name other numbers.
    `lists_of` gives the number of the list that a row stands in, by its identity; a marker has none.
    """
    kept: list[Marked] = []
    came_from: list[int | None] = []
    bags: list[tuple[set[str], set[str]]] = []
    exact: dict[str, list[int]] = {}
    for one in [*first, *second]:
        words = set(re.findall(r"\w+", one.action.text.casefold()))
        owners = {owner.as_written.casefold() for owner in one.action.owners}
        same = None
        numbers = {word for word in words if word.isdigit()}
        mine = lists_of.get(id(one))
        for place in _near(words, exact):
            if mine is not None and came_from[place] == mine:
                continue
            other, theirs = bags[place]
            if (
                words
                and other
                and len(words & other) / len(words | other) >= 0.75
                and numbers == {word for word in other if word.isdigit()}
                and (not owners or not theirs or owners & theirs)
            ):
                same = place
                break
        if same is None:
            for word in words:
                exact.setdefault(word, []).append(len(kept))
            kept.append(one)
            came_from.append(mine)
            bags.append((words, owners))
            continue
        before = kept[same].action
        kept[same] = replace(
            kept[same],
            action=replace(
                before,
                owners=before.owners or one.action.owners,
                deadline=before.deadline or one.action.deadline,
                status=before.status or one.action.status,
            ),
        )
    return kept


def _near(words: set[str], index: dict[str, list[int]]) -> list[int]:
    """Places that share a rare word with `words`, so that thousands of actions are not compared each with each."""
    rare = sorted((word for word in words if word in index), key=lambda word: len(index[word]))[:3]
    return sorted({place for word in rare for place in index[word][:200]})
