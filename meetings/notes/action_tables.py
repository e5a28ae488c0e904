"""Actions from tables: which column says what, and what a row says of one action."""

import re
from dataclasses import replace

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status, read_sign, read_status
from meetings.notes.cleaning import clean, pieces, struck_out
from meetings.notes.columns import Column, columns_of
from meetings.notes.document import Section
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.listed import NO_ACTION, ListedActions
from meetings.notes.markers import Marked, noted
from meetings.notes.owners import read_owners
from meetings.notes.source import Block, Form
from meetings.notes.tables import Row
from meetings.notes.tasks import Ground, Task, read_task

# What an update says of something that is over; "not", "will" and the like before it say the contrary.
_HAPPENED = re.compile(
    r"^(?!.*\b(?:not|to be|will|yet|partly|part|awaiting|once|when|if|still)\b).*\b(?:sent|done|completed?|"
    r"received|closed|"
    r"circulated|resolved|submitted|delivered|published|booked|paid|signed|installed|actioned|arranged|"
    r"agreed|approved)\b",
    re.IGNORECASE | re.DOTALL,
)


class ActionTables:
    """Reads the tables of one gathering."""

    def __init__(self, gathering: Gathering, ground: Ground) -> None:
        self.gathering = gathering
        self.ground = ground

    def read(self, at: int, section: Section | None) -> ListedActions | None:
        """The actions of the table at `at`, under a heading of actions of `section` or none; None for another table."""
        gathering = self.gathering
        block = gathering.blocks[at]
        if not block.rows:
            return None
        head = block.rows[0].cells
        columns = columns_of(head, in_actions=section is not None)
        body = block.rows[1:]
        if columns is None:
            if section is None or at in gathering.used:
                return None
            columns = self._guess(block)
            if columns is None:
                return None
            body = block.rows
        if section is None:
            section = self._section_of_table(at)
        action_at = columns.index(Column.ACTION)
        head_topic = topic_of(clean(head[action_at])) if body is not block.rows else None
        if head_topic in {Topic.CARRIED, Topic.ACTIONS}:
            section = Section.CARRIED if head_topic is Topic.CARRIED else section
            if head_topic is Topic.ACTIONS and re.search(
                r"\bthis\b|\bnew\b|agreed", clean(head[action_at]), re.IGNORECASE
            ):
                section = Section.AGREED
        rows: list[Marked] = []
        for row in body:
            self._row(row, columns, section, rows)
        return ListedActions(rows, section, True, at, table=True)

    def _section_of_table(self, at: int) -> Section:
        """Agreed or carried, from the nearest words above a table that stands under no heading of actions."""
        blocks = self.gathering.blocks
        for place in range(at - 1, max(-1, at - 4), -1):
            topic = topic_of(blocks[place].text) or split_label(blocks[place].text)[0]
            if topic in {Topic.CARRIED, Topic.MATTERS_ARISING}:
                return Section.CARRIED
            if topic is Topic.ACTIONS or blocks[place].form is Form.HEADING:
                break
            if re.search(
                r"\b(?:previous|last|earlier|outstanding|"
                r"carried)\b.{0,40}\b(?:actions?|meeting)\b|"
                r"\bactions?\b.{0,40}\b(?:previous|last|outstanding|"
                r"carried)\b",
                blocks[place].text,
                re.IGNORECASE,
            ):
                return Section.CARRIED
        return Section.AGREED

    def _guess(self, block: Block) -> list[Column | None] | None:
        """Columns of a table without a head under a heading of actions: the longest words are what is to be done."""
        width = max(len(row.cells) for row in block.rows)
        if width < 2:
            return None
        cells = [
            [clean(row.cells[place]) if place < len(row.cells) else "" for row in block.rows]
            for place in range(width)
        ]
        columns: list[Column | None] = [None] * width
        lengths = [sum(map(len, column)) for column in cells]
        action = lengths.index(max(lengths))
        columns[action] = Column.ACTION
        for place, column in enumerate(cells):
            filled = [cell for cell in column if cell]
            if place == action or not filled:
                continue
            if Column.OWNER not in columns and sum(
                self.ground.roster.are_owners(cell) for cell in filled
            ) * 2 >= len(filled):
                columns[place] = Column.OWNER
            elif Column.STATUS not in columns and sum(
                read_status(cell) is not None for cell in filled
            ) * 2 >= len(filled):
                columns[place] = Column.STATUS
            elif Column.DEADLINE not in columns and sum(
                _dated(self.ground.deadline(cell)) for cell in filled
            ) * 2 >= len(filled):
                columns[place] = Column.DEADLINE
            elif sum(bool(re.fullmatch(r"[\W\d]*[A-Z]?\d+[\W\d]*", cell)) for cell in filled) * 2 >= len(
                filled
            ):
                columns[place] = Column.NUMBER
        if not {Column.OWNER, Column.STATUS, Column.DEADLINE} & set(columns):
            return None
        self.gathering.warn(
            block.first, "This table of actions has no head; its columns were told by what is in them."
        )
        return columns

    def _row(self, row: Row, columns: list[Column | None], section: Section, rows: list[Marked]) -> None:
        cells: dict[Column, str] = {}
        notes: list[str] = []
        for column, cell in zip(columns, row.cells, strict=False):
            if column is Column.NOTES:
                notes.extend(pieces(cell))
            elif column and column not in cells:
                cells[column] = cell
        words = pieces(cells.get(Column.ACTION, ""))
        if not words:
            if any(pieces(cell) for cell in row.cells) and rows and not cells.get(Column.NUMBER, "").strip():
                self.gathering.warn(row.first, "This row of the action table has no action and was left out.")
            return
        if len(row.cells) > len(columns):
            self.gathering.warn(row.first, "This row of the action table has more cells than its head.")
        elif len(row.cells) < 2 and len(columns) > 1:
            self.gathering.warn(
                row.first, "This row of the action table is cut off: only its first cell is there."
            )
        owner_words = ", ".join(pieces(cells.get(Column.OWNER, "")))
        deadline_words = " ".join(pieces(cells.get(Column.DEADLINE, "")))
        status_words = " ".join(pieces(cells.get(Column.STATUS, "")))
        text, sign = words[0], None
        if Column.OWNER in columns and Column.DEADLINE in columns:
            bare = re.sub(r"^(?:\[?(?:A|AP|Action)?\s*\d{1,3}(?:\.\d{1,3})*\]?[.):]\s+)(?=\S)", "", text)
            sign, bare = read_sign(bare)
            text = bare.replace("~~", "").strip() or text
            task = Task(text)
        else:
            task = (
                read_task(text, self.ground, carried=section is Section.CARRIED)
                if Column.OWNER not in columns
                else Task(
                    re.sub(r"^\d{1,3}(?:\.\d{1,3})*[.)]\s+(?=\S)", "", read_sign(text.replace("~~", ""))[1])
                )
            )
            sign = read_sign(text)[0]
            if Column.OWNER in columns and Column.DEADLINE not in columns:
                reread = read_task(text, self.ground)
                task = replace(task, deadline=reread.deadline)
        if NO_ACTION.fullmatch(task.text) or not re.search(r"\w", task.text):
            return
        if (
            columns_of(row.cells)
            and row.cells == tuple(row.cells)
            and topic_of(task.text)
            and not owner_words
        ):
            return
        if owner_words:
            task = replace(task, owners=read_owners(owner_words))
        if deadline_words:
            task = replace(task, deadline=self.ground.deadline(deadline_words))
        status = read_status(deadline_words) if deadline_words else None
        if status_words:
            status = (
                read_status(status_words)
                or (
                    Status.IN_PROGRESS
                    if re.match(r"on-?going", status_words, re.IGNORECASE)
                    else _ticked(status_words)
                )
                or status
            )
            if read_status(status_words) is None and len(status_words) > 3 or len(status_words.split()) > 3:
                notes.insert(0, status_words)
            if task.deadline is None and Column.DEADLINE not in columns:
                deadline = self.ground.deadline(status_words)
                if (
                    deadline
                    and deadline.date
                    and status is None
                    and len(re.findall(r"[A-Za-z]{2,}", status_words)) <= 2
                    and not re.search(r"(?i)sent|done|complet|closed", status_words)
                ):
                    task = replace(task, deadline=deadline)
        if section is Section.CARRIED and status is None and _HAPPENED.search(status_words):
            status = Status.DONE
        if struck_out(cells.get(Column.ACTION, "")):
            status = status or Status.DONE
        task = replace(task, status=status or sign or task.status)
        where = section
        raised = cells.get(Column.RAISED)
        if raised and self.gathering.meeting_date:
            day = self.ground.deadline(clean(raised))
            if (
                day
                and day.date
                and len(day.date) == 10
                and day.date < self.gathering.meeting_date.isoformat()
            ):
                where = Section.CARRIED
        rows.append(Marked(noted(task, where, (*words[1:], *notes)), row.first, row.last))


def _dated(deadline: Deadline | None) -> bool:
    return deadline is not None and deadline.kind not in {DeadlineKind.UNKNOWN}


def _ticked(words: str) -> Status | None:
    if re.fullmatch(r"(?:y|yes|x|✓|✔|100\s?%)", words.strip(), re.IGNORECASE):
        return Status.DONE
    if re.fullmatch(r"(?:n|no|0\s?%)", words.strip(), re.IGNORECASE):
        return Status.TODO
    if re.fullmatch(r"\d{1,2}\s?%(?: \w+)?", words.strip()):
        return Status.IN_PROGRESS
    return None
