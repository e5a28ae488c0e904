"""Actions from tables and lists, and which of all that a document says about actions counts once."""

import re
from dataclasses import replace

from actions.statuses import Status, read_sign, read_status
from meetings.notes.action_tables import ActionTables
from meetings.notes.cleaning import clean, struck_out
from meetings.notes.document import NotedAction, Section
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.listed import NO_ACTION, ListedActions, choose, told
from meetings.notes.markers import Marked, marked_actions, noted, promised_actions
from meetings.notes.owners import read_owners
from meetings.notes.source import Block, Form
from meetings.notes.tasks import Ground, Task, read_task

_SUMMARY = re.compile(r"\b(?:summary|list|log|table|register|tracker|recap|all)\b", re.IGNORECASE)
_UNDER_ACTION = {Topic.OWNER, Topic.DEADLINE, Topic.STATUS}


class ActionReader:
    """Reads the actions of one gathering."""

    def __init__(self, gathering: Gathering, ground: Ground) -> None:
        self.gathering = gathering
        self.ground = ground
        self.tables = ActionTables(gathering, ground)
        self.lists: list[ListedActions] = []
        self.taken: set[int] = set()
        self.carried: set[int] = set()

    def read(self) -> tuple[NotedAction, ...]:
        """All actions, each once, in the order of the notes; their places are noted."""
        self._sections()
        self._let_go_of_what_was_said()
        marked = marked_actions(self.gathering, self.ground, self.carried, self.taken)
        chosen = choose(self.lists, marked) or promised_actions(self.gathering, self.ground, self.taken)
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
                self._table(at, under)
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
                if self._table(place, section):
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
            self.lists.append(ListedActions(rows, section, bool(_SUMMARY.search(top.text)), head, single))
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
        if NO_ACTION.fullmatch(block.text):
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

    def _table(self, at: int, section: Section | None) -> bool:
        """Whether the table at `at` is one of actions; they are taken from it."""
        if at in self.taken:
            return True
        listed = self.tables.read(at, section)
        if listed is None:
            return False
        self.taken.add(at)
        self.gathering.used.add(at)
        if listed.rows:
            self.lists.append(listed)
        return True

    def _let_go_of_what_was_said(self) -> None:
        """A review of earlier actions tells what was said of them, mostly: that is no row, and stays in the notes
        of its item, markers and all."""
        tabled = any(one.table and one.section is Section.CARRIED for one in self.lists)
        said: list[Marked] = []
        for one in self.lists:
            if one.section is Section.CARRIED and not one.table:
                kept = [] if tabled else told(one.rows)
                said += [row for row in one.rows if row not in kept]
                one.rows = kept
        lines = {line for row in said for line in range(row.first, row.last + 1)}
        if lines:
            let_go = {place for place in self.taken if self.gathering.blocks[place].first in lines}
            self.taken -= let_go
            self.gathering.used -= let_go


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"
