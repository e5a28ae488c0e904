"""One action from one line: its words, and what stands before, behind and between them: owner, deadline, status."""

import re
from dataclasses import dataclass, replace
from datetime import date

from actions.dates import find_dates
from actions.deadlines import Deadline, DeadlineKind, read_deadline
from actions.statuses import Status, read_sign, read_status
from meetings.notes.document import Owner
from meetings.notes.owners import Roster, read_owners
from meetings.notes.within import chosen_deadline, deadlines_within


@dataclass(frozen=True, slots=True)
class Ground:
    """What reading an action rests on: who is known, the day of the meeting, the order of day and month."""

    roster: Roster
    meeting_date: date | None = None
    day_first: bool = True

    def deadline(self, words: str | None) -> Deadline | None:
        """The deadline these words speak of (see `read_deadline`)."""
        return read_deadline(words, meeting_date=self.meeting_date, day_first=self.day_first)


@dataclass(frozen=True, slots=True)
class Task:
    """An action as one line tells it."""

    text: str
    owners: tuple[Owner, ...] = ()
    deadline: Deadline | None = None
    status: Status | None = None
    explicit: bool = False


_NUMBERING = re.compile(
    r"^(?:\[?(?:action|ap|ai|a|act|item|task)[\s.#-]*\d[\d./-]*[a-z]?\]?\s*[:.)–—-]?\s+|"
    r"#?\d{1,3}(?:\.\d{1,3})*[.):]\s+|#\d+\s+|\d+\.\d+\s+)(?=\S)",
    re.IGNORECASE,
)
_EMOJI = re.compile(r"^(?:[❓❗➡🙏🟢🔴🟡⚠🔥⏰👉📌🔲◻⬜]\ufe0f?\s*)+")
_TAIL_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,90})[)\]]\s*[.;]?$")
_DASHES = re.compile(
    r"\s+[-–—]+>?\s+|\s*[–—]\s+|\s+[–—]\s*|\s*(?:→|➔|=>|->|\|)\s*|\t+|\s+\.{3,}\s+|\.{4,}\s*"
)
_LABELLED = re.compile(
    r"[\s(\[;,.–—|-]*\b(?P<label>owners?|responsib(?:le|ility)|assigned(?: to)?|assignees?|leads?|who|"
    r"action(?:ed)? by|action|by whom|"
    r"due(?: date| by| on)?|deadline|by when|target(?: date)?|timescale|when|status)\s*[:=]\s*",
    re.IGNORECASE,
)
_VERBS_OF_DUTY = (
    r"(?:to|will|shall|should|must|is to|are to|was to|were to|agreed to|has agreed to|have agreed to|"
    r"offered to|volunteered to|undertook to|"
    r"needs? to|would|can|is going to|are going to|has been asked to|was asked to|were asked to|has to|"
    r"have to|is asked to|promised to|committed to|"
    r"is tasked with|was tasked with|tasked to|to please|please)"
)
_DUTY = re.compile(
    rf"(?P<who>[^.:;!?]{{1,80}}?)\s+{_VERBS_OF_DUTY}\s+(?:also\s+|then\s+|"
    rf"both\s+)?(?P<what>[a-zA-Z\"'“].{{2,}})$",
    re.DOTALL,
)
_COLON = re.compile(r"(?P<who>[^:]{1,60}?)\s*:\s*(?P<what>\S.*)$", re.DOTALL)
_BRACKETED = re.compile(r"[\[(](?P<who>[^()\[\]]{1,60})[\])]\s*[:–—-]?\s*(?P<what>\S.{2,})$", re.DOTALL)
_AT_FIRST = re.compile(
    r"(?P<who>@[\w./-]{1,40}(?:(?:\s*[,&/+]\s*|\s+and\s+|"
    r"\s+)@[\w./-]{1,40}){0,5})[\s:,–—-]*(?:(?:to|will)\s+)?(?P<what>\S.{2,})$",
    re.DOTALL,
)
_AT_LAST = re.compile(
    r"(?P<what>.{3,}?)[\s(,–—-]+(?P<who>@[\w/-]{1,40}(?:(?:\s*[,&/+]\s*|\s+and\s+|"
    r"\s+)@[\w/-]{1,40}){0,5})\)?\.?$",
    re.DOTALL,
)
_ON = re.compile(r"^(?:on|for|by|with)\s+(?=\S)", re.IGNORECASE)
_FIRST_COMMA = re.compile(r"(?P<who>[^,:;.]{2,40}),\s+(?:please\s+)?(?P<what>[a-z].{2,})$", re.DOTALL)
_WHEN_CLAUSE = re.compile(
    r"(?P<clause>(?:once|when|after|as soon as|by|before|if|following|on|in|"
    r"at)\s[^,]{2,80}),\s+(?:then\s+)?(?P<rest>\S.+)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST_COMMA = re.compile(r"(?P<what>.{6,}?)(?:,|;|\s{2,})\s*(?P<who>[^,;]{2,40})\.?$", re.DOTALL)
_LAST_SENTENCE = re.compile(r"(?P<what>.+?[.!?;…])\s+(?P<last>[^.!?]{2,60})[.!]?$", re.DOTALL)
_HAPPENED = re.compile(
    r"\b(?:has|have) (?:now |already |since )?been (?!asked)\w+|\bwas (?:done|sent|"
    r"completed|resolved|created|updated)\b|\b(?:now|all) (?:done|complete|closed|"
    r"resolved)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?]\s+(?=[A-Z])")
_TIED = frozenset({DeadlineKind.UNKNOWN, DeadlineKind.CONDITION})


def read_task(words: str, ground: Ground, *, carried: bool = False) -> Task:
    """The action that one line tells. `explicit` says that an owner, a deadline or a status was found."""
    task = Task(" ".join(words.split()))
    text = task.text
    if text.startswith("~~") and text.count("~~") >= 2:
        task = replace(task, status=Status.DONE)
    text = text.replace("~~", "").strip()
    sign, text = read_sign(text)
    if sign:
        task = replace(task, status=sign)
    text = _NUMBERING.sub("", _EMOJI.sub("", text), count=1).strip()
    sign, text = read_sign(text)
    if sign:
        task = replace(task, status=sign)
    task = _labels(replace(task, text=text), ground)
    task = _tail_brackets(task, ground)
    task = _between_dashes(task, ground)
    if not task.owners:
        task = _leading_owner(task, ground)
    task = _last_sentence(task, ground, carried)
    if not task.owners:
        task = _trailing_owner(task, ground)
    if not task.owners:
        task = _after_a_clause(task, ground)
    if task.deadline is None:
        task = replace(task, deadline=deadline_in(task.text, ground))
    if not task.owners:
        task = _before_the_deadline(task, ground)
    if carried and task.status is None and _HAPPENED.search(task.text):
        task = replace(task, status=Status.DONE)
    text = task.text.strip(" -–—:;,*_")
    explicit = bool(task.owners or task.deadline or task.status)
    return replace(task, text=text, explicit=explicit)


def another_task(text: str, ground: Ground) -> bool:
    """Whether a later sentence of an action gives somebody something to do ("… Kit to check it")."""
    parts = _SENTENCE_END.split(text)[1:]
    return any((found := _DUTY.match(part)) and ground.roster.are_owners(found["who"]) for part in parts)


def deadline_in(text: str, ground: Ground) -> Deadline | None:
    """The deadline that stands within a sentence ("… by 31 Jan 2026"); of several the one that `within` chooses."""
    found = deadlines_within(text, meeting_date=ground.meeting_date, day_first=ground.day_first)
    chosen = chosen_deadline(found)
    return chosen.deadline if chosen else None


def _labels(task: Task, ground: Ground) -> Task:
    """Take "Owner: X", "Due: Y" and "Status: Z" from behind the words."""
    marks = list(_LABELLED.finditer(task.text))
    marks = [mark for mark in marks if mark.start() > 0]
    if not marks:
        return task
    ends = [*(mark.start() for mark in marks[1:]), len(task.text)]
    kept = task.text[: marks[0].start()]
    for mark, end in zip(marks, ends, strict=True):
        value, label = task.text[mark.end() : end].strip(" ()[].;,|"), mark["label"].lower()
        if label.startswith(("due", "deadline", "by when", "target", "timescale", "when")):
            task = replace(task, deadline=task.deadline or ground.deadline(value))
        elif label == "status":
            task = replace(task, status=task.status or read_status(value))
        elif label in {"action", "lead", "leads", "who"} and not ground.roster.are_owners(value):
            return task
        else:
            task = replace(task, owners=task.owners or read_owners(value))
    return replace(task, text=kept.strip() or task.text)


def _classified(words: str, task: Task, ground: Ground, *, sure: bool = False) -> Task | None:
    """The task with what `words` say about it (who, when, how it goes), or None where they say nothing of these."""
    words = words.strip(" .;,")
    if not words:
        return task
    status = read_status(words)
    if status and (task.status is None or task.status is status):
        return replace(task, status=status)
    if "," in words or ";" in words:
        several = _several(words, task, ground, sure)
        if several:
            return several
    by = _ON.sub("", words)
    dates = find_dates(words, reference=ground.meeting_date, day_first=ground.day_first)
    if task.deadline is None and (
        dates and len(words) - (dates[0].end - dates[0].start) < 22 or not dates and len(words) < 40
    ):
        deadline = ground.deadline(words)
        if deadline and (deadline.kind not in _TIED):
            return replace(task, deadline=deadline)
    if not task.owners and ground.roster.are_owners(by, sure=sure):
        return replace(task, owners=read_owners(by))
    return _several(words, task, ground, sure)


def _several(words: str, task: Task, ground: Ground, sure: bool) -> Task | None:
    """The task with what several short statements say ("JS, 3 June"), each of them understood, or None."""
    parts = [part for part in re.split(r"[,;/]\s*|\s+[-–—]\s+|\s+(?=by \d|by [A-Z])", words) if part.strip()]
    if 1 < len(parts) <= 5:
        changed: Task | None = task
        names: list[str] = []
        for part in parts:
            if ground.roster.are_owners(_ON.sub("", part), sure=sure) and not task.owners:
                names.append(_ON.sub("", part))
                continue
            changed = _classified(part, changed, ground, sure=sure) if changed else None
        if changed and names:
            changed = replace(changed, owners=read_owners(", ".join(names)))
        return changed
    return None


def _tail_brackets(task: Task, ground: Ground) -> Task:
    for _ in range(4):
        found = _TAIL_BRACKET.search(task.text)
        if not found or found.start() == 0:
            return task
        number = re.fullmatch(
            r"(?:(?:action|item|ap|ref)\.?\s*)?#?\d+(?:[.\-/]\d+)*", found[1], re.IGNORECASE
        )
        changed = task if number else _classified(found[1], task, ground)
        if changed is None or (changed == task and not number):
            return task
        task = replace(changed, text=task.text[: found.start()].rstrip())
    return task


def _between_dashes(task: Task, ground: Ground) -> Task:
    parts, ends = [], 0
    for found in _DASHES.finditer(task.text):
        if found.start() == 0:
            ends = found.end()
            continue
        parts.append((task.text[ends : found.start()], task.text[found.start() : found.end()]))
        ends = found.end()
    parts.append((task.text[ends:], ""))
    if len(parts) < 2:
        return task
    while len(parts) > 1:
        changed = _classified(parts[-1][0], task, ground)
        if changed is None:
            break
        task = changed
        parts.pop()
        parts[-1] = (parts[-1][0], "")
    while len(parts) > 1 and not task.owners:
        head = _ON.sub("", parts[0][0])
        if not ground.roster.are_owners(head):
            break
        task = replace(task, owners=read_owners(head))
        parts = parts[1:]
    return replace(task, text="".join(words + dash for words, dash in parts).strip())


def _leading_owner(task: Task, ground: Ground) -> Task:
    roster, text = ground.roster, task.text
    found = _AT_FIRST.match(text)
    if found:
        return replace(task, owners=read_owners(found["who"].replace(" @", ", @")), text=found["what"])
    for reader in (_BRACKETED, _COLON):
        found = reader.match(text)
        if found and roster.are_owners(_ON.sub("", found["who"])):
            inner = _DUTY.match(found["what"]) if reader is _BRACKETED else None
            what = inner["what"] if inner and roster.are_owners(inner["who"]) else found["what"]
            what = re.sub(r"^(?:to|will)\s+(?=[a-z])", "", what)
            return replace(task, owners=read_owners(_ON.sub("", found["who"])), text=what)
    found = _DUTY.match(text)
    if found and roster.are_owners(_ON.sub("", found["who"])):
        return replace(task, owners=read_owners(_ON.sub("", found["who"])), text=found["what"])
    found = _FIRST_COMMA.match(text)
    if found and roster.are_owners(found["who"], sure=True):
        return replace(task, owners=read_owners(found["who"]), text=found["what"])
    return task


def _after_a_clause(task: Task, ground: Ground) -> Task:
    """The owner after a clause that says when: "Once the hall is free, Bel to book it"; the clause stays."""
    found = _WHEN_CLAUSE.match(task.text)
    if not found:
        return task
    rest = _leading_owner(replace(task, text=found["rest"]), ground)
    return replace(rest, text=f"{found['clause']}, {rest.text}") if rest.owners else task


def _before_the_deadline(task: Task, ground: Ground) -> Task:
    """The owners in brackets before a deadline that ends the sentence: "Draft the plan (Bel) by 3 June"."""
    text = task.text
    within = deadlines_within(text, meeting_date=ground.meeting_date, day_first=ground.day_first)
    chosen = chosen_deadline(within)
    if not chosen or text[chosen.end :].strip(" .;,)"):
        return task
    found = _TAIL_BRACKET.search(text[: chosen.start])
    if not found or not found.start() or not ground.roster.are_owners(_ON.sub("", found[1])):
        return task
    return replace(
        task,
        owners=read_owners(_ON.sub("", found[1])),
        text=f"{text[: found.start()]} {text[chosen.start :]}",
    )


def _trailing_owner(task: Task, ground: Ground) -> Task:
    found = _AT_LAST.match(task.text)
    if found:
        return replace(task, owners=read_owners(found["who"].replace(" @", ", @")), text=found["what"])
    for reader, group in ((_LAST_SENTENCE, "last"), (_LAST_COMMA, "who")):
        found = reader.match(task.text)
        if found and ground.roster.are_owners(found[group], sure=True):
            return replace(task, owners=read_owners(found[group]), text=found["what"].rstrip(" ,;"))
    return task


def _last_sentence(task: Task, ground: Ground, carried: bool) -> Task:
    found = _LAST_SENTENCE.match(task.text)
    if not found or task.status is not None:
        return task
    status = read_status(found["last"])
    if status is None or (not carried and len(found["last"].split()) > 4):
        return task
    return replace(task, status=status, text=found["what"].strip())
