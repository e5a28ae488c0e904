"""Tables as they come in notes: with pipes, drawn with dashes, with tabs, or one cell a line.

Here a table is only rows of cells with their lines; which column says what is for `columns.py`.
"""

import re
from dataclasses import dataclass

from meetings.notes.cleaning import clean, pieces
from meetings.notes.columns import Column, column_of, is_header_cell, looks_like_header
from meetings.notes.headings import is_known_heading


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as written (markup and all), and its lines in the source."""

    cells: tuple[str, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, and the lines they stand on; `last` is also the index of the line after the table."""

    rows: tuple[Row, ...]
    first: int
    last: int


_PIPE = re.compile(r"(?<!\\)\|")
_RULER = re.compile(r"[\s|:+=-]*-[\s|:+=-]*$")
_GRID = re.compile(r"\s*\+[-=:+]{3,}\+?\s*$")
# The heads of minutes kept as a table, beside which "Action" says what follows from what was said.
_SAID = re.compile(
    r"(?:discussion|minutes?|notes?|summary|key points|points|comments|narrative|discussion points|main points|"
    r"discussion/(?:decision|outcome)s?|item/discussion|topic/discussion)(?: .{0,30})?",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"actions?(?: (?:by|points?|items?|required|for|on|by whom))?|action/(?:who|owner|by)", re.IGNORECASE
)
_OF_ACTIONS = {Column.OWNER, Column.DEADLINE, Column.STATUS}
_NO_ACTION = re.compile(r"[\W_]*|none|nil|n/?a|no action", re.IGNORECASE)
_LONGEST = 2000  # rows; a table cut off there goes on as another


def read_table_at(lines: list[str], at: int) -> Table | None:
    """The table that begins on line `at` (index from 0), with pipes, drawn, or with tabs; None without one."""
    line = lines[at]
    if _GRID.match(line):
        return _grid(lines, at)
    if "|" in line:
        return _pipes(lines, at)
    if "\t" in line.strip():
        return _tabs(lines, at)
    return None


def _pipes(lines: list[str], at: int) -> Table | None:
    begins = lines[at].strip().startswith("|")
    ruled = at + 1 < len(lines) and "|" in lines[at + 1] and bool(_RULER.match(lines[at + 1]))
    if not begins and not ruled:
        return None
    rows, end = [], at
    while end < len(lines) and end - at < _LONGEST and "|" in lines[end]:
        line = lines[end].strip()
        if begins and not line.startswith("|"):
            break
        if not _RULER.match(line):
            rows.append(Row(tuple(_split_pipes(line)), end + 1, end + 1))
        end += 1
    return Table(tuple(rows), at + 1, end) if rows else None


def _split_pipes(line: str) -> list[str]:
    cells = [cell.strip().replace("\\|", "|") for cell in _PIPE.split(line)]
    if line.startswith("|"):
        cells = cells[1:]
    if cells and line.endswith("|") and not cells[-1]:
        cells = cells[:-1]
    return cells


def _grid(lines: list[str], at: int) -> Table | None:
    rows: list[Row] = []
    open_cells: list[str] = []
    begun = end = at
    while end < len(lines) and end - at < _LONGEST:
        line = lines[end].strip()
        if line.startswith("+") and _GRID.match(line):
            if any(open_cells):
                rows.append(Row(tuple(cell.strip() for cell in open_cells), begun + 1, end))
            open_cells, begun = [], end + 1
        elif line.startswith("|"):
            cells = _split_pipes(line)
            open_cells += [""] * (len(cells) - len(open_cells))
            for place, cell in enumerate(cells):
                open_cells[place] += f" {cell}"
        else:
            break
        end += 1
    return Table(tuple(rows), at + 1, end) if rows else None


def _tabs(lines: list[str], at: int) -> Table | None:
    if len(_tab_cells(lines[at])) < 2:
        return None
    rows: list[Row] = []
    end, width = at, 0
    while end < len(lines) and end - at < _LONGEST and "\t" in lines[end].strip():
        cells = _tab_cells(lines[end])
        if len(cells) < 2:
            break
        if rows and looks_like_header(cells) and looks_like_header(rows[0].cells):
            break
        rows.append(Row(tuple(cells), end + 1, end + 1))
        width = max(width, len(cells))
        end += 1
    return Table(tuple(rows), at + 1, end)


def _tab_cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.split("\t")]
    if cells and not cells[0] and len(cells) > 2:
        cells = cells[1:]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def minutes_in(table: Table) -> list[tuple[str, int, bool]]:
    """The lines of minutes that are kept as a table ("Item | Discussion | Action"); none for other tables.

    Each with its line in the source, and whether it is a heading; an action's cell begins "ACTION:".
    """
    heads = [clean(cell).strip(" :") for cell in table.rows[0].cells] if table.rows else []
    said = next((place for place, head in enumerate(heads) if _SAID.fullmatch(head)), None)
    due = next((place for place, head in enumerate(heads) if _DUE.fullmatch(head)), None)
    if said is None or due is None or said > due or len(heads) > 4:
        return []
    if any(column_of(head) in _OF_ACTIONS for place, head in enumerate(heads) if place != due):
        return []
    lines: list[tuple[str, int, bool]] = []
    for row in table.rows[1:]:
        for place, cell in enumerate(row.cells[: len(heads)]):
            for words in pieces(cell):
                if place == due:
                    if not _NO_ACTION.fullmatch(words):
                        lines.append((f"ACTION: {words}", row.first, False))
                elif place == said:
                    lines.append((words, row.first, False))
                elif re.search(r"[^\W\d]{3}", words):
                    lines.append((words, row.first, True))
    return lines


def cells_one_a_line(lines: list[str], at: int) -> Table | None:
    """A table whose cells stand one on a line, its header first ("Action", "Owner", "Deadline").

    Rows are told apart by blank lines; where there are none (or one after every cell), by the number of columns.
    """
    if not is_header_cell(lines[at]):
        return None
    header: list[str] = []
    end, spaced = at, False
    while end < len(lines) and len(header) < 8:
        words = lines[end].strip()
        if words and not is_header_cell(words):
            break
        if words:
            header.append(words)
        elif header:
            spaced = spaced or _next_is_header(lines, end)
            if not _next_is_header(lines, end):
                break
        end += 1
    if not looks_like_header(header) or column_of(header[0]) in [column_of(cell) for cell in header[1:]]:
        return None  # "Actions" above "Action", "Owner": a heading, and the head of the table begins below it
    groups, last = _groups(lines, end, len(header), spaced)
    if not groups:
        return None
    rows = [Row(tuple(header), at + 1, end)]
    for group in groups:
        rows.append(Row(tuple(words for _, words in group), group[0][0], group[-1][0]))
    return Table(tuple(rows), at + 1, last)


def _next_is_header(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at : at + 3] if line.strip()), "")
    return is_header_cell(following)


def _groups(lines: list[str], at: int, width: int, spaced: bool) -> tuple[list[list[tuple[int, str]]], int]:
    """Groups of cells with their line numbers, and the line after the last of them."""
    tabbed = any(line.startswith("\t") for line in lines[at : at + 4])
    groups: list[list[tuple[int, str]]] = [[]]
    blanks = end = 0
    place = last = at
    while place < len(lines) and place - at < _LONGEST * width:
        line = lines[place]
        if not line.strip():
            blanks += 1
            if blanks > 1 and not tabbed:
                break
            if groups[-1] and (not spaced or len(groups[-1]) >= width):
                groups.append([])
        elif (
            tabbed
            and not line.startswith("\t")
            or not tabbed
            and not groups[-1]
            and _ends_table(lines, place, spaced)
        ):
            break
        else:
            blanks = 0
            if len(groups[-1]) >= width:
                groups.append([])
            groups[-1].append((place + 1, line.strip()))
            last = place + 1
        place += 1
    end = last
    return [group for group in groups if group], end


def _ends_table(lines: list[str], place: int, spaced: bool) -> bool:
    """Whether a line where a row would begin is no cell: a heading, a bullet, or another table."""
    line = lines[place].strip()
    if line[0] in "#-*•·|>" or "\t" in line or is_header_cell(line) or is_known_heading(line):
        return True
    following = lines[place + 1].strip() if place + 1 < len(lines) else ""
    return not spaced and not following
