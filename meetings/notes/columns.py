"""Which column of a table of actions says what, from the words at its head."""

import re
from enum import StrEnum

from meetings.notes.cleaning import clean


class Column(StrEnum):
    """What the cells of a column hold."""

    ACTION = "action"
    OWNER = "owner"
    DEADLINE = "deadline"
    STATUS = "status"
    NOTES = "notes"
    NUMBER = "number"
    RAISED = "raised"
    TOPIC = "topic"


# In this order: "action owner" is an owner, "date raised" is not a deadline, "action no." is a number.
_HEADS: tuple[tuple[Column, str], ...] = (
    (
        Column.NUMBER,
        r"(?:(?:action|item|minute|min|agenda|ref|task|ap)s?\.? ?(?:item )?)?(?:no|nos|nr|num|number|ref|"
        r"refs|reference|id|#)\.?|"
        r"#|no|min|s/n|sec|section|minute|item no|sl no|sr no|§",
    ),
    (
        Column.RAISED,
        r"(?:date|meeting|when|raised|agreed)(?: (?:date|of meeting|raised|assigned|agreed|set|added|"
        r"opened|created|logged|given|of action))+|"
        r"raised(?: (?:on|by|at))?|meeting|meeting date|origin|source|date assigned|date opened|created|"
        r"added|from|date of action",
    ),
    (
        Column.OWNER,
        r"(?:who|whom|by whom|by who|who by|owners?|owned by|leads?|led by|lead(?:ing)? (?:person|officer|"
        r"name)|resp|responsib\w+|"
        r"(?:person|persons|people|party|parties|officer|member|name|individual|team|"
        r"those)s? ?(?:\(s\) )?(?:responsible|taking (?:this|it|the action) on|assigned|leading|"
        r"accountable)|"
        r"(?:responsible|assigned|accountable|lead)(?: ?(?:person|party|parties|officer|people|member|"
        r"owners?|individual|lead)s?)?(?:\(s\))?|"
        r"(?:named|action|nominated|task|item) ?(?:person|party|parties|officer|people|member|owners?|"
        r"individual|lead)s?(?:\(s\))?|"
        r"assigned(?: to)?|assignees?|allocated(?: to)?|actioned by|action by|actions? (?:by|for|on|owner|"
        r"lead|with)|to be actioned by|for action(?: by)?|"
        r"person|persons|people|names?|initials?|volunteers?|carried out by|delegated to|accountable|"
        r"responsible|taken on by|owner/lead|lead/owner)(?:\(s\)|s)?",
    ),
    (
        Column.DEADLINE,
        r"(?:by when|when|when by|due|due (?:date|by|on)|deadlines?|target(?: date)?|timescales?|"
        r"time ?frame|timing|timeline|"
        r"complet(?:e|ion|ed) (?:by|date|due)|date(?: due| for completion| to be completed)?|by|by date|"
        r"expected(?: date)?|eta|"
        r"(?:planned|proposed|expected|estimated|review|end|finish|required|agreed) (?:date|completion)|"
        r"to be (?:completed|done) by|"
        r"deadline/status|due/status|date required|time)",
    ),
    (
        Column.STATUS,
        r"(?:(?:current |action )?status|progress|updates?|outcomes?|results?|state|done|done\?|complete|"
        r"completed|complete\?|"
        r"completed\?|rag(?: status| rating)?|open/closed|closed|closed\?|status/updates?|status update|"
        r"progress/updates?|"
        r"update/status|progress update|y/n|completion(?: status)?|✓|✔|✅|status/comments?|status/notes|"
        r"position)",
    ),
    (
        Column.NOTES,
        r"(?:notes?|comments?|remarks?|further (?:information|details)|additional (?:information|notes)|"
        r"notes?/comments?|comments?/(?:notes?|updates?)|response)",
    ),
    (
        Column.ACTION,
        r"(?:actions?|action items?|action points?|action required|actions? (?:required|to be taken|needed|"
        r"taken|agreed|arising|description|details?|"
        r"to take|item|point|title|name)|tasks?|task description|to ?-?dos?|todo items?|what|what\?|"
        r"what needs (?:doing|to be done|to happen)|details?(?: of actions?)?|"
        r"descriptions?(?: of actions?)?|agreed (?:approach|actions?)|next steps?|steps?|follow[- ]?ups?|"
        r"activity|activities|"
        r"deliverables?|work|action/task|task/action|actions?/tasks?|actions/next steps|matter|commitments?|"
        r"(?:outstanding|open|new|previous|carried|agreed|completed|closed) (?:actions?|action items?|"
        r"tasks?)|"
        r"(?:actions?|tasks?|action items?|action points?) (?:agreed|arising|from|carried|outstanding|"
        r"brought)\b.{0,60})",
    ),
    (
        Column.TOPIC,
        r"(?:topics?|items?|agenda items?|issues?|subjects?|areas?|themes?|themes?|project|category|"
        r"workstream|priority|type)",
    ),
)
_READERS = tuple((column, re.compile(words, re.IGNORECASE)) for column, words in _HEADS)
_TRIM = re.compile(r"[\s:?*.]+$")


def column_of(cell: str) -> Column | None:
    """What a column with `cell` at its head holds; None for words that are no head of a table of actions."""
    words = clean(cell)
    if not words or len(words) > 90:
        return None
    words = re.sub(r"\s*\([^()]{0,40}\)$", "", words) if not words.endswith("(s)") else words
    bare = _TRIM.sub("", words).strip("* ")
    for column, reader in _READERS:
        if bare and (reader.fullmatch(bare) or reader.fullmatch(words)):
            return column
    return None


def is_header_cell(line: str) -> bool:
    """Whether a line alone could be one head of a table of actions."""
    words = line.strip()
    return bool(words) and len(words) < 90 and words[0] not in "#-*•|" and column_of(words) is not None


def looks_like_header(cells: tuple[str, ...] | list[str]) -> bool:
    """Whether the cells head a table of actions: what is to be done, and who does it, by when, or how it goes."""
    columns = {column for cell in cells if (column := column_of(cell))}
    return Column.ACTION in columns and bool(columns & {Column.OWNER, Column.DEADLINE, Column.STATUS})


def columns_of(cells: tuple[str, ...], *, in_actions: bool = False) -> list[Column | None] | None:
    """What each column holds when `cells` are the head of a table of actions, else None.

    `in_actions`: the table stands under a heading about actions, so a column "Item" or "Topic" may be what is
    to be done. Each of action, owner, deadline and status is taken once, the first of its kind.
    """
    columns = [column_of(cell) for cell in cells]
    known = {column for column in columns if column}
    if Column.ACTION not in known:
        stands_for = next((c for c in (Column.TOPIC, Column.NOTES) if c in known), None)
        if not (in_actions or Column.OWNER in known and Column.DEADLINE in known) or stands_for is None:
            return None
        if not known & {Column.OWNER, Column.DEADLINE, Column.STATUS}:
            return None
        columns[columns.index(stands_for)] = Column.ACTION
        known = {column for column in columns if column}
    if not known & {Column.OWNER, Column.DEADLINE, Column.STATUS} and not in_actions:
        return None
    actions = [place for place, column in enumerate(columns) if column is Column.ACTION]
    if len(actions) > 1:
        # "Item | Action" and "Action | Description": the longer matter is the second where the first is a title.
        for place in actions[1:]:
            columns[place] = Column.NOTES
    for once in (Column.OWNER, Column.DEADLINE, Column.STATUS):
        for place in [place for place, column in enumerate(columns) if column is once][1:]:
            columns[place] = Column.NOTES if once is Column.STATUS else None
    return columns
