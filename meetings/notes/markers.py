"""Actions marked within the notes: "ACTION: X to do Y", "(Action: JS)", "[AP1]", and what sentences promise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from meetings.notes.document import NotedAction, Section
from meetings.notes.gathering import Gathering
from meetings.notes.owners import read_owners
from meetings.notes.source import Block, Form
from meetings.notes.tasks import Ground, Task, read_task

_WORD = (
    r"(?:(?:new|follow[- ]?up)\s+)?(?:actions?(?:\s+(?:items?|points?|required|arising|agreed|log))?|"
    r"action\s?items?|AP|AI|A/I|TO-?DO)"
)
_NUMBER = r"(?:\s*(?:no\.?|#|nr\.?)?\s*[\[(]?\d[\d./-]*[a-z]?[\])]?)?"
_WHO = r"(?:\s*[\[(](?P<who>[^()\[\]:]{1,60})[\])])?"
_START = re.compile(
    rf"^[\W_]{{0,4}}(?:{_WORD}){_NUMBER}[\])]?{_WHO}\s*(?:\s(?:on|for|by|"
    rf"to)\s+(?P<on>[A-Z@][^:–—-]{{0,50}}?))?\s*(?:[:–—→]|\s-\s|-\s|\.\s(?=[A-Z])|\))+\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_LOUD = re.compile(
    rf"^[\W_]{{0,4}}(?:ACTIONS?(?:\s(?:ITEM|POINT))?|ACTION (?:POINT|ITEM)){_NUMBER}\s+(?:on\s+|for\s+|"
    rf"by\s+)?(?P<rest>[A-Z@].+)$",
    re.DOTALL,
)
_TAGGED = re.compile(
    rf"^\s*[\[(](?:ACTION|AP|AI|Action)\s*(?:item|"
    rf"point)?{_NUMBER}\s*(?:[:–—-]\s*(?P<who>[^()\[\]]{{1,60}}))?[\])]\s*[:–—-]?\s*(?P<rest>.+)$",
    re.DOTALL,
)
_INSIDE = re.compile(
    r"\s*[\[(]\s*(?:new\s+)?(?:actions?|AP|AI)\b\s*(?:items?|points?|"
    r"no\.?)?\s*(?:#?\d[\d./-]*)?\s*(?:[:–—-]|\bon\b|\bfor\b|\bby\b|\s)?\s*(?P<rest>[^()\[\]]{0,400})[\])]",
    re.IGNORECASE,
)
_MIDDLE = re.compile(
    rf"(?:(?<=[.;!?)\]\"”])|\s[-–—*|]|\s)\s*(?:(?:ACTIONS?|Actions?|AP|ACTION POINTS?|Action [Pp]oints?|"
    rf"Action [Ii]tems?|ACTION ITEMS?){_NUMBER}{_WHO}\s*(?:(?:on|for|"
    rf"by)\s+(?P<on>[A-Z][^:–—.]{{0,40}}?))?\s*(?:[:–—]|\s-\s)|(?:ACTION|"
    rf"AP\d+)(?=\s+[A-Z][\w’'.-]*(?:\s+[\w’'.&/,-]+){{0,3}}\s+to\s))\s*(?P<rest>.+)$",
    re.DOTALL,
)
_LAST_WORD = re.compile(
    r"(?P<before>.{15,}?)[\s.;,–—-]+(?:ACTION|Action)S?(?:\s+(?:on|for|by|"
    r"point))?\s+(?P<who>[A-Z@][\w.’'&/, -]{1,50})\.?$",
    re.DOTALL,
)
_MARGIN = re.compile(r"\S(?:\s{4,}|\t+)(?P<who>[A-Z][\w.]*(?:\s?[/,&+]\s?[A-Z][\w.]*){0,4})\s*$")
_HAD = re.compile(
    r"^(?:[^:]{0,60}:\s*)?(?P<who>[^:.]{1,60}?)\s+(?:had|has|have)\s+(?:an?|the|been given an|taken an|"
    r"taken the|one)?\s*(?:open |outstanding )?action(?:\s+items?|\s+points?)?\s+(?:to|of|on|"
    r"for)\s+(?P<what>.{3,})$",
    re.DOTALL | re.IGNORECASE,
)
_TOOK = re.compile(
    r"(?P<who>[A-Z@][\w.’'-]*(?:(?:\s+|\s*[,/&]\s*|\s+and\s+)[A-Z@][\w.’'-]*){0,4})\s+(?:took|takes|"
    r"taking|has taken|was given|were given|was assigned|is assigned|were assigned|was actioned|"
    r"is actioned)\s+(?:an?|the)?\s*(?:action(?:\s+items?|\s+points?)?)?\s*to\s+(?P<what>.{3,})$",
    re.DOTALL,
)
_SENTENCES = re.compile(r"(?<=[a-z0-9)\]”\"’'%])[.!?;]\s+(?=[A-Z\[(@“\"])")
_PROMISE = re.compile(
    r"^(?:(?:It was (?:also )?agreed that|It was (?:also )?decided that|Agreed that|Resolved that|"
    r"The (?:group|board|committee|meeting) agreed that|Following discussion,|After discussion,|"
    r"In the meantime,|Meanwhile,|Finally,|[A-Z][^,.;:]{3,90},)\s+)?(?P<who>(?:the\s+)"
    r"?[A-Z@][^.;:,]{0,60}?(?:,\s[A-Z][^.;:,]{0,30}?){0,2})\s+"
    r"(?P<verb>to|will|agreed to|has agreed to|have agreed to|offered to|volunteered to|undertook to|"
    r"was asked to|were asked to|is to|are to|promised to|committed to|would|was to|were to|"
    r"agreed that (?:he|she|they) would|said (?:that )?(?:he|she|they) would|was tasked (?:with|to)|"
    r"is going to|shall|was instructed to|was requested to|is asked to|kindly agreed to|kindly offered to|"
    r"should)\s+(?P<what>[a-z].{6,})$",
    re.DOTALL,
)
_NOT_TASKS = re.compile(
    r"^(?:be\b|have\b|not\b|remain|continue to be|need|include|cost|last|become|take place|depend|mean|"
    r"always|benefit|never|retire|join us|attend\b.{0,12}$|like\b|say\b|expect|want|love|prefer|also be|"
    r"start on|begin on|run from|no longer)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """An action found within the notes, with its lines; `weak` ones come from a sentence without a marker."""

    action: NotedAction
    first: int
    last: int
    weak: bool = False


def marked_actions(gathering: Gathering, ground: Ground, carried: set[int], taken: set[int]) -> list[Marked]:
    """Every action that is marked within the notes, except on blocks that an action list has `taken`.

    `carried`: blocks that stand under a heading of carried actions, where a marker without an own heading still
    makes a new action.
    """
    found: list[Marked] = []
    blocks = gathering.blocks
    for place, block in enumerate(blocks):
        if block.form is Form.TABLE or place in taken or (block.quoted and not _START.match(block.text)):
            continue
        margin = _MARGIN.search(block.raw)
        if margin and ground.roster.are_owners(margin["who"], sure=True) and not _MAYBE.search(block.text):
            # Initials in the right margin: the old way to say whose action a paragraph is.
            text = block.text.removesuffix(margin["who"].strip()).strip()
            found.append(
                Marked(
                    noted(_of_sentence(text, margin["who"], ground), Section.AGREED), block.first, block.last
                )
            )
            continue
        before = blocks[place - 1].text if place and blocks[place - 1].form is not Form.TABLE else ""
        for task, section in _in_block(block.text, before, ground):
            if task.text and len(re.findall(r"\w+", task.text)) >= 2:
                found.append(Marked(noted(task, section), block.first, block.last))
        if _bare_marker(block.text):
            for below in _below(blocks, place):
                if below in taken:
                    continue
                task = read_task(blocks[below].text, ground)
                if task.text and not _START.match(blocks[below].text):
                    found.append(Marked(noted(task, Section.AGREED), blocks[below].first, blocks[below].last))
    return found


def _bare_marker(text: str) -> bool:
    start = _START.match(text)
    return start is not None and not start["rest"].strip(" *") and not start["who"]


def _below(blocks: list[Block], place: int) -> Iterator[int]:
    """The points right under a bare "Action:" """
    head = blocks[place]
    for at in range(place + 1, min(len(blocks), place + 15)):
        block = blocks[at]
        if block.form is Form.TABLE or block.form is Form.HEADING:
            return
        if head.form is Form.POINT and block.indent <= head.indent:
            return
        if (
            head.form is not Form.POINT
            and block.form is not Form.POINT
            and (block.after_blank or at > place + 1)
        ):
            return
        if block.form is Form.POINT and at > place + 1 and block.indent < blocks[place + 1].indent:
            return
        if block.form is Form.POINT and block.indent > blocks[place + 1].indent:
            continue
        yield at


def _in_block(text: str, before: str, ground: Ground) -> Iterator[tuple[Task, Section]]:
    if len(text) > 6000 or not _MAYBE.search(text):
        return
    if re.match(r"(?:AP|AI)\b(?!\d)", text) and text[:2] in ground.roster.initials:
        return  # somebody's initials, not "action point"
    had = _HAD.match(text)
    if had and ground.roster.are_owners(had["who"]):
        task = read_task(had["what"], ground, carried=True)
        yield replace(task, owners=read_owners(had["who"])), Section.CARRIED
        return
    tagged = _TAGGED.match(text)
    if tagged:
        yield _with_owner(read_task(tagged["rest"], ground), tagged["who"], ground), Section.AGREED
        return
    start = _START.match(text) or _LOUD.match(text)
    if start:
        rest = start["rest"].strip(" *")
        who = start.groupdict().get("who") or start.groupdict().get("on")
        if who and not ground.roster.are_owners(who.strip()):
            if re.search(r"\d", who) and not re.search(r"[a-z]{3}", who):
                who = None
            elif start.groupdict().get("on"):
                rest, who = f"{who}: {rest}" if rest else who, None
        if rest:
            yield from _marker_tasks(rest, who, before, ground)
        elif who:
            yield _of_sentence(before, who, ground), Section.AGREED
        return
    consumed = text
    inside = [
        found
        for found in _INSIDE.finditer(text)
        if not re.fullmatch(
            r"(?:plan|list|group|log|learning|research|items? (?:from|list).*)",
            found["rest"].strip(),
            re.IGNORECASE,
        )
    ]
    for number, found in enumerate(inside):
        begun = inside[number - 1].end() if number else 0
        rest = found["rest"].strip(" :–—-")
        sentence = _last_sentence(text[begun : found.start()]) or _last_sentence(before)
        if (
            rest
            and not re.fullmatch(r"[\d./ -]*", rest)
            and not ground.roster.are_owners(rest)
            and len(rest.split()) > 3
        ):
            yield read_task(rest, ground), Section.AGREED
        else:
            who = rest if rest and not re.fullmatch(r"[\d./ -]*", rest) else None
            yield _of_sentence(sentence, who, ground), Section.AGREED
    if inside:
        return
    middle = _MIDDLE.search(consumed)
    if middle:
        rest = middle["rest"].strip(" *")
        yield from _marker_tasks(
            rest, middle["who"] or middle["on"], text[: middle.start()] or before, ground
        )
        return
    last = _LAST_WORD.match(text)
    if last and ground.roster.are_owners(last["who"]):
        yield _of_sentence(last["before"], last["who"], ground), Section.AGREED
        return
    took = _TOOK.search(text)
    if took and ground.roster.are_owners(took["who"]) and "action" in text.lower():
        yield (
            replace(read_task(_first_sentence(took["what"]), ground), owners=read_owners(took["who"])),
            Section.AGREED,
        )


_MAYBE = re.compile(r"action|\bAP\b|\bAP\d|\bAI\b|\bAI\d|A/I|to-?do\b", re.IGNORECASE)


def _marker_tasks(rest: str, who: str | None, before: str, ground: Ground) -> Iterator[tuple[Task, Section]]:
    """The actions after a marker; where only names follow it, the sentence before is what is to be done."""
    if not who and ground.roster.are_owners(rest.rstrip(".")) and len(rest.split()) <= 8:
        yield _of_sentence(before, rest, ground), Section.AGREED
        return
    again = re.split(r"\s*(?:;|\.|\s)\s*\bACTIONS?(?:\s(?:POINT|ITEM))?\s*\d*\s*[:–—]\s*", rest)
    for part in again:
        if part.strip():
            yield _with_owner(read_task(part, ground), who, ground), Section.AGREED


def _with_owner(task: Task, who: str | None, ground: Ground) -> Task:
    """The task with the owner that stood beside the marker, a deadline among it too ("(TG, by May)")."""
    if not who:
        return task
    beside = read_task(f"x ({who})", ground)
    if beside.owners or beside.deadline:
        return replace(task, owners=beside.owners or task.owners, deadline=task.deadline or beside.deadline)
    return replace(task, owners=task.owners or read_owners(who))


def _of_sentence(sentence: str, who: str | None, ground: Ground) -> Task:
    sentence = _last_sentence(sentence)
    task = read_task(sentence, ground)
    if not task.owners or who:
        promised = _PROMISE.match(sentence)
        if promised and not who and ground.roster.are_owners(promised["who"]):
            return replace(task, owners=read_owners(promised["who"]))
        return _with_owner(task, who, ground)
    return task


def _last_sentence(text: str) -> str:
    parts = [part for part in _SENTENCES.split(text.strip()) if part.strip()]
    return parts[-1].strip() if parts else ""


def _first_sentence(text: str) -> str:
    return _SENTENCES.split(text.strip())[0].strip()


def promised_actions(gathering: Gathering, ground: Ground, taken: set[int]) -> list[Marked]:
    """What sentences promise ("Ada agreed to book the hall"), for notes without any list or marker.

    Only promises of people and offices that the notes know; a warning says for each that it came from prose.
    """
    found: list[Marked] = []
    for place, block in enumerate(gathering.blocks):
        if (
            block.form in {Form.TABLE, Form.HEADING}
            or place in taken
            or block.quoted
            or len(block.text) > 6000
        ):
            continue
        for sentence in _SENTENCES.split(block.text):
            promised = _PROMISE.match(sentence.strip().rstrip("."))
            if not promised or _NOT_TASKS.match(promised["what"]):
                continue
            who = promised["who"].strip()
            if not ground.roster.are_owners(re.sub(r"^[Tt]he\s+", "", who), sure=promised["verb"] != "to"):
                continue
            if promised["verb"] in {"would", "should"}:
                continue
            task = replace(
                read_task(promised["what"], ground), owners=read_owners(re.sub(r"^the\s+", "", who))
            )
            found.append(Marked(noted(task, Section.AGREED), block.first, block.last, weak=True))
    return found


def noted(task: Task, section: Section, details: tuple[str, ...] = ()) -> NotedAction:
    """The task as a row of the document's actions."""
    return NotedAction(section, task.text, details, task.owners, task.deadline, task.status)
