"""Actions from tables and lists, and which of all that a document says about actions counts once."""

import re
from dataclasses import dataclass, replace

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status, read_sign, read_status
from meetings.notes.cleaning import clean, pieces, struck_out
from meetings.notes.columns import Column, columns_of
from meetings.notes.document import NotedAction, Section
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.markers import Marked, marked_actions, noted, promised_actions
from meetings.notes.owners import read_owners
from meetings.notes.source import Block, Form
from meetings.notes.speakers import speaker_of
from meetings.notes.tables import Row
from meetings.notes.tasks import Ground, Task, read_task

_SUMMARY = re.compile(r"\b(?:summary|list|log|table|register|tracker|recap|all)\b", re.IGNORECASE)
_NONE = re.compile(
    r"(?:none|nil|n/?a|no (?:new |further |outstanding |open )?actions?.{0,40}|"
    r"there (?:were|are) no .{0,60}|-+|tbc|nothing.{0,30})\.?",
    re.IGNORECASE,
)
# What an update says of something that is over; "not", "will" and the like before it say the contrary.
_HAPPENED = re.compile(
    r"^(?!.*\b(?:not|to be|will|yet|partly|part|awaiting|once|when|if|still)\b).*\b(?:sent|done|completed?|"
    r"received|closed|"
    r"circulated|resolved|submitted|delivered|published|booked|paid|signed|installed|actioned|arranged|"
    r"agreed|approved)\b",
    re.IGNORECASE | re.DOTALL,
)
_UNDER_ACTION = {Topic.OWNER, Topic.DEADLINE, Topic.STATUS}


@dataclass(slots=True)
class _List:
    """The actions of one table or list."""

    rows: list[Marked]
    section: Section
    summary: bool
    at: int
    single: bool = False
    table: bool = False


class ActionReader:
    """Reads the actions of one gathering."""

    def __init__(self, gathering: Gathering, ground: Ground) -> None:
        self.gathering = gathering
        self.ground = ground
        self.lists: list[_List] = []
        self.taken: set[int] = set()
        self.carried: set[int] = set()

    def read(self) -> tuple[NotedAction, ...]:
        """All actions, each once, in the order of the notes; their places are noted."""
        self._sections()
        self._let_go_of_what_was_said()
        marked = marked_actions(self.gathering, self.ground, self.carried, self.taken)
        chosen = self._choose(marked)
        chosen.sort(key=lambda one: (one.first, one.last))
        actions: list[NotedAction] = []
        for one in chosen:
            self.gathering.places["actions", len(actions)] = (one.first, one.last)
            if one.weak:
                self.gathering.warn(
                    one.first, f"Taken for an action, though no marker says so: “{_short(one.action.text)}”"
                )
            actions.append(one.action)
        return tuple(actions)

    def _sections(self) -> None:
        blocks = self.gathering.blocks
        section: Section | None = None
        head: int | None = None
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.form is Form.TABLE:
                under = section if head is not None and at < self.gathering.section_end(head) else None
                self._table(at, under, blocks[head].text if head is not None and under else "")
                at += 1
                continue
            topic = self._topic(at)
            if topic in {Topic.ACTIONS, Topic.CARRIED, Topic.ONE_ACTION, Topic.MATTERS_ARISING}:
                section = (
                    Section.CARRIED if topic in {Topic.CARRIED, Topic.MATTERS_ARISING} else Section.AGREED
                )
                head = at
                at = self._list(at, topic, section)
                continue
            if block.form is Form.HEADING and head is not None and at >= self.gathering.section_end(head):
                head, section = None, None
            at += 1

    def _topic(self, at: int) -> Topic | None:
        """What kind of list of actions the block at `at` heads, if any."""
        block = self.gathering.blocks[at]
        if block.quoted:
            return None
        topic = topic_of(block.text)
        if block.form is Form.HEADING:
            return topic
        if topic not in {Topic.ACTIONS, Topic.CARRIED, Topic.ONE_ACTION}:
            return None
        following = self.gathering.blocks[at + 1] if at + 1 < len(self.gathering.blocks) else None
        if block.text.rstrip().endswith((":", "-", "–")) or block.bold:
            if topic is Topic.ONE_ACTION:
                return (
                    Topic.ACTIONS
                    if following
                    and following.form is Form.POINT
                    and following.indent >= block.indent
                    and block.form is not Form.POINT
                    else None
                )
            return topic
        if (
            following
            and following.form in {Form.POINT, Form.TABLE}
            and len(block.text) < 45
            and (block.form is Form.TEXT or following.indent > block.indent)
        ):
            return topic
        return None

    def _list(self, head: int, topic: Topic, section: Section) -> int:
        """The list under the heading or label at `head`; gives the place after it."""
        gathering, blocks = self.gathering, self.gathering.blocks
        top = blocks[head]
        heading = top.form is Form.HEADING
        end = gathering.section_end(head)
        rows: list[Marked] = []
        place, owner, base, tabled = head + 1, "", None, False
        gathering.used.add(head)
        single = topic is Topic.ONE_ACTION
        points = any(
            blocks[p].form is Form.POINT for p in range(head + 1, min(end, head + 40)) if not blocks[p].quoted
        )
        while place < end:
            block = blocks[place]
            if block.quoted:
                place += 1
                continue
            if block.form is Form.HEADING:
                sub = topic_of(block.text)
                if sub is not None:
                    break
                named = self.ground.roster.are_owners(block.text.rstrip(":"))
                if named or (block.level > top.level and not top.label[:1].isdigit()):
                    owner = block.text.rstrip(" :") if named else ""
                    place += 1
                    continue
                break
            if block.form is Form.TABLE:
                if self._table(place, section, top.text):
                    place += 1
                    tabled = True
                    continue
                break
            if tabled:
                place += 1  # below the table stand notes, or another table
                continue
            if (
                not heading
                and place > head + 1
                and (block.form is not Form.POINT or block.indent < (base or 0))
            ):
                break
            if (
                not heading
                and block.form is Form.POINT
                and top.form is Form.POINT
                and block.indent <= top.indent
            ):
                break
            if not heading and block.form is Form.TEXT and block.after_blank and not points:
                break
            stop, place, owner = self._entry(place, end, topic, section, rows, owner, points)
            if base is None and blocks[place - 1].form is Form.POINT:
                base = blocks[place - 1].indent
            if stop:
                break
        if rows:
            self.lists.append(_List(rows, section, bool(_SUMMARY.search(top.text)), head, single))
        return max(place, head + 1)

    def _entry(
        self,
        place: int,
        end: int,
        topic: Topic,
        section: Section,
        rows: list[Marked],
        owner: str,
        points: bool,
    ) -> tuple[bool, int, str]:
        """One action at `place` with what stands under it: whether the list ends here, the next place, the owner
        that holds for the entries that follow."""
        blocks = self.gathering.blocks
        block = blocks[place]
        below = place + 1
        children: list[Block] = []
        while below < end and blocks[below].form is not Form.HEADING and blocks[below].form is not Form.TABLE:
            under = blocks[below]
            label_topic, label, words = split_label(under.text)
            if (
                label_topic in _UNDER_ACTION
                and words
                and len(label.split()) <= 3
                or under.indent > block.indent
                and (under.form is Form.POINT or not under.after_blank)
            ):
                children.append(under)
            else:
                break
            below += 1
        if _NONE.fullmatch(block.text):
            return False, below, owner
        carried = section is Section.CARRIED
        name = block.text.rstrip(" :-–—")
        labelled = any(split_label(child.text)[0] in _UNDER_ACTION for child in children)
        short = len(name) < 60 and (block.form is Form.POINT or block.text.endswith(":"))
        if short and self.ground.roster.are_owners(re.sub(r"\s*\([^()]*\)", "", name)):
            if children and not labelled:
                self._grouped(children, name, section, rows, place)
                self.taken.update(range(place, below))
                return False, below, owner
            if block.text.endswith(":") or block.bold:
                self.taken.add(place)
                return False, place + 1, name
        task = self._task(block, carried)
        if topic is Topic.MATTERS_ARISING and task.status is None:
            return False, below, owner
        if block.form is Form.TEXT and points and not task.owners and not rows:
            return False, below, owner
        if block.form is Form.TEXT and not self._is_entry(block, task, rows, topic):
            ends = block.form is Form.TEXT and bool(rows)
            return ends, below, owner
        topical = children and not labelled and not task.owners and block.form is Form.POINT and not carried
        if topical and self._topical(children) and not task.explicit:
            self._grouped(children, "", section, rows, place)
            self.taken.update(range(place, below))
            return False, below, owner
        if owner and not task.owners:
            task = replace(task, owners=read_owners(owner))
        details: list[str] = []
        for child in children:
            task = self._under(task, child, details, carried)
        if task.text and re.search(r"\w{2}", task.text):
            rows.append(Marked(noted(task, section, tuple(details)), block.first, blocks[below - 1].last))
            self.taken.update(range(place, below))
            self.gathering.used.update(range(place, below))
        return topic is Topic.ONE_ACTION and block.form is Form.TEXT, below, owner

    def _task(self, block: Block, carried: bool) -> Task:
        task = read_task(block.text, self.ground, carried=carried)
        if struck_out(block.raw):
            task = replace(task, status=task.status or Status.DONE)
        if block.box and task.status is None:
            task = replace(task, status=Status.DONE if block.box != " " else None)
        lead = re.match(
            r"^[-*+•\s\d.)\[\]xX]*(?:\*\*|__)\s*(?P<who>[^*_]{2,50}?)\s*:?\s*(?:\*\*|"
            r"__)[:\s–—-]*(?P<what>\S.{3,})$",
            block.raw,
        )
        if lead and not task.owners and self.ground.roster.are_owners(lead["who"]):
            again = read_task(clean(lead["what"]), self.ground, carried=carried)
            text = re.sub(r"^(?:to|will)\s+(?=[a-z])", "", again.text)
            task = replace(
                again, text=text, owners=read_owners(lead["who"]), status=task.status or again.status
            )
        marked = re.match(
            r"(?:ACTION|Action|AP|AI)S?(?:\s(?:item|point))?\s*\d*\s*[:–—-]\s*(?P<rest>.{4,})$", task.text
        )
        if marked:
            inner = read_task(marked["rest"], self.ground, carried=carried)
            task = replace(
                inner,
                owners=inner.owners or task.owners,
                deadline=inner.deadline or task.deadline,
                status=inner.status or task.status,
            )
        return task

    def _is_entry(self, block: Block, task: Task, rows: list[Marked], topic: Topic) -> bool:
        """Whether a line without a bullet under a heading of actions is one of them."""
        if topic is Topic.ONE_ACTION:
            return not rows
        if task.owners or task.deadline or task.status:
            return len(block.text) < 400
        return (
            bool(rows)
            and not block.after_blank
            and len(block.text) < 160
            or not rows
            and len(block.text) < 160
            and topic is Topic.ACTIONS
            and not block.text.endswith(":")
        )

    def _topical(self, children: list[Block]) -> bool:
        tasks = [read_task(child.text, self.ground) for child in children]
        return sum(bool(task.owners) for task in tasks) * 2 >= len(tasks)

    def _grouped(
        self, children: list[Block], owner: str, section: Section, rows: list[Marked], place: int
    ) -> None:
        """Actions under a name or a topic, one for each point of the next level."""
        inner = min(child.indent for child in children)
        for child in children:
            if child.indent > inner and rows:
                last = rows[-1]
                rows[-1] = replace(
                    last,
                    action=replace(last.action, details=(*last.action.details, child.text)),
                    last=child.last,
                )
                continue
            task = self._task(child, section is Section.CARRIED)
            if owner:
                task = replace(
                    task,
                    owners=read_owners(re.sub(r"\s*\([^()]*\)", "", owner))
                    if not task.owners
                    else task.owners,
                )
                task = replace(task, text=re.sub(r"^to\s+(?=[a-z])", "", task.text))
            rows.append(Marked(noted(task, section), child.first, child.last))
        self.gathering.used.add(place)

    def _under(self, task: Task, child: Block, details: list[str], carried: bool) -> Task:
        """What a line under an action adds: an owner, a deadline, a status by its label, or a detail."""
        topic, label, words = split_label(child.text)
        if topic in _UNDER_ACTION and words and len(label.split()) <= 3:
            if topic is Topic.OWNER:
                return replace(task, owners=read_owners(words))
            if topic is Topic.DEADLINE:
                return replace(task, deadline=self.ground.deadline(words))
            return replace(task, status=read_status(words) or task.status)
        sign, bare = read_sign(child.text)
        details.append(bare if sign else child.text)
        if carried and task.status in {None, Status.TODO}:
            status = read_status(child.text)
            if status and (task.status is None or status is not Status.TODO):
                return replace(task, status=status)
        return task

    def _table(self, at: int, section: Section | None, title: str) -> bool:
        """The actions of the table at `at`; whether it is one of actions."""
        gathering = self.gathering
        block = gathering.blocks[at]
        if at in self.taken or not block.rows:
            return at in self.taken
        head = block.rows[0].cells
        columns = columns_of(head, in_actions=section is not None)
        body = block.rows[1:]
        if columns is None:
            if section is None or at in gathering.used:
                return False
            columns = self._guess(block, at)
            if columns is None:
                return False
            body = block.rows
        if section is None:
            section = self._section_of_table(at, head)
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
        self.taken.add(at)
        gathering.used.add(at)
        if rows:
            self.lists.append(_List(rows, section, True, at, table=True))
        return True

    def _section_of_table(self, at: int, head: tuple[str, ...]) -> Section:
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

    def _guess(self, block: Block, at: int) -> list[Column | None] | None:
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
        if _NONE.fullmatch(task.text) or not re.search(r"\w", task.text):
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

    def _let_go_of_what_was_said(self) -> None:
        """A review of earlier actions tells what was said of them, mostly: that is no row, and stays in the notes
        of its item, markers and all."""
        tabled = any(one.table and one.section is Section.CARRIED for one in self.lists)
        said: list[Marked] = []
        for one in self.lists:
            if one.section is Section.CARRIED and not one.table:
                kept = [] if tabled else _told(one.rows)
                said += [row for row in one.rows if row not in kept]
                one.rows = kept
        lines = {line for row in said for line in range(row.first, row.last + 1)}
        if lines:
            let_go = {place for place in self.taken if self.gathering.blocks[place].first in lines}
            self.taken -= let_go
            self.gathering.used -= let_go

    def _choose(self, marked: list[Marked]) -> list[Marked]:
        """Each action once: a list at the end stands for what it restates; markers count where no list does."""
        carried = [row for one in self.lists for row in one.rows if row.action.section is Section.CARRIED]
        agreed = [one for one in self.lists if any(row.action.section is Section.AGREED for row in one.rows)]
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
            if len(rows[summary]) >= others and number_of_last(agreed) == summary:
                rows = [rows[summary]]
        chosen = [row for part in rows for row in part]
        new = [one for one in marked if one.action.section is Section.AGREED]
        old = [one for one in marked if one.action.section is Section.CARRIED]
        if not chosen or len(chosen) * 2 < len(new) or all(one.single for one in agreed):
            chosen += new
        weak: list[Marked] = []
        if not chosen and not carried and not old:
            weak = promised_actions(self.gathering, self.ground, self.taken)
        return _once(carried + old, chosen + weak)


def _told(rows: list[Marked]) -> list[Marked]:
    """The rows of a review of earlier actions that are actions, and not what was said about them."""
    explicit = [row for row in rows if row.action.owners or row.action.status or row.action.deadline]
    if len(explicit) * 3 < len(rows):
        return []
    return [row for row in rows if row in explicit or not speaker_of(row.action.text)]


def number_of_last(lists: list[_List]) -> int:
    """The number of the list that stands last in the notes."""
    return max(range(len(lists)), key=lambda number: lists[number].at)


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


def _once(first: list[Marked], second: list[Marked]) -> list[Marked]:
    """All of both, but what says the same in much the same words only once, as it stands in the first."""
    kept: list[Marked] = []
    bags: list[tuple[set[str], set[str]]] = []
    exact: dict[str, list[int]] = {}
    for one in [*first, *second]:
        words = set(re.findall(r"\w+", one.action.text.casefold()))
        owners = {owner.as_written.casefold() for owner in one.action.owners}
        same = None
        for place in _near(words, exact):
            other, theirs = bags[place]
            if (
                words
                and other
                and len(words & other) / len(words | other) >= 0.75
                and (not owners or not theirs or owners & theirs)
            ):
                same = place
                break
        if same is None:
            for word in words:
                exact.setdefault(word, []).append(len(kept))
            kept.append(one)
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


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
