"""Interests in three states: none declared, declared, or nothing said (which is not the same as none)."""

import re

from meetings.notes.cleaning import clean
from meetings.notes.document import Declaration, Interests, InterestsState
from meetings.notes.gathering import Gathering
from meetings.notes.headings import Topic, split_label, topic_of
from meetings.notes.people import looks_like_name
from meetings.notes.source import Block, Form

_MATTER = re.compile(
    r"\b(?:conflicts?[ -]of[ -](?:interests?|loyalty)|conflicts?\b|declarations?\b|disclosures?\b|"
    r"interests?\b|pecuniary|recus)",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"\b(?:(?:conflicts?|declarations?|disclosures?|register)\s*(?:of|/)\s*(?:\w+ ){0,3}(?:interests?|"
    r"loyalty)|interests? (?:to (?:be )?declare|declared|were declared|was declared|disclosed)|"
    r"declar\w+ (?:an?|any|no|his|her|their|of|the|personal|pecuniary|financial|"
    r"non-)?[\w -]{0,30}\b(?:interests?|conflicts?)|conflicts? (?:were |was |to be |"
    r"have been )?(?:declared|disclosed|noted|identified|reported|raised)|declared? (?:a |any |"
    r"no )?conflicts?)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^(?:[\W_]*(?:none?|nil|n/?a|no|nothing|not applicable|0|nobody)\b[\W_]*(?:$|(?:(?:were |was |"
    r"have been |had been )?(?:declared|reported|received|noted|made|disclosed|identified|to (?:declare|"
    r"report|note)|recorded|raised|given|at this (?:time|stage|meeting)|this (?:month|time)|by .{0,40}|"
    r"for this meeting|other than .{0,60}|new|further|additional|declarations?|conflicts?|interests?|"
    r"disclosures?|changes?)\b))|-+$)|"
    r"\bno (?:new |further |additional |other |such |current |specific |declarable |material |potential |"
    r"actual |personal |pecuniary |conflicting |disclosable |known |particular |declared |changes? (?:to|"
    r"in) (?:the )?(?:\w+ )?)*(?:conflicts?|declarations?|interests?|disclosures?|declaration|register)\b|"
    r"\b(?:there (?:were|was|are|being|is)|we had|had|received|with|declared|has|have) (?:none|nil|"
    r"nothing)\b|"
    r"\b(?:none|nothing|nil)(?: of (?:the|those)[\w ]{1,30})? (?:were |was |had |has |have |been |"
    r"to )*(?:declared?|made|received|noted|disclosed?|reported?|raised|recorded|identified|a conflict|"
    r"any)|"
    r"\bno ?(?:one|body|member|trustee|councillor|director)s? (?:present )?(?:had |has |have )?(?:declared|"
    r"reported|indicated|raised|any|a |identified)|"
    r"\bnot? (?:declarations?|conflicts?)\b|\bdid not (?:declare|have) any|\bnone$|:\s*(?:none|nil|n/?a)\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"(?P<who>[A-Z][\w.’'-]*(?:\s+(?:(?:and|&)\s+)?[A-Z][\w.’'-]*){0,5}(?:\s*\([^()]{1,40}\))?)"
    r"\s+(?:(?:also|each|both|again|has|have|had|hereby|then|further|is|was|were|\w+ly)\s+)*"
    r"(?:declared?|declares|disclosed|registered|stated|noted|recused|reminded|expressed|reported|advised|"
    r"indicated|has (?:a|an)|have (?:a|an)|had (?:a|an))\b.{0,80}?\b(?:interests?|conflicts?|recus\w+|"
    r"themsel\w+|himself|herself|(?:is|was) (?:a |an |the )?(?:member|trustee|director|employee|chair|"
    r"governor|owner|volunteer))\b",
)
_PASSIVE = re.compile(
    r"\b(?:interests?|conflicts?|declarations?)\b.{0,60}?\b(?:was|were|has been|have been|had been|is|"
    r"are)? ?(?:declared|disclosed|made|received|noted) (?:by|"
    r"from)\s+(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})",
)
_SENTENCES = re.compile(
    r"(?<=[a-z)])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bCllr)(?<!\bProf)[.;]\s+(?=[A-Z])"
)
_ASKED = re.compile(
    r"\b(?:reminded|asked|invited|requested|opportunity|should|must|required|are to|"
    r"to declare|members are|please|any\b.{0,40}\?|if any)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:policy|policies|procedure|guidance|training|register of interests (?:form|"
    r"to be)|form)\b",
    re.IGNORECASE,
)


def read_interests(gathering: Gathering) -> Interests:
    """What the notes say about interests, with its place; nothing where they say nothing of this meeting."""
    under = _under_headings(gathering)
    state = _judge(gathering, under, headed=True) if under else None
    if state is None:
        spoken = [
            (block.text, block)
            for block in gathering.blocks
            if block.form in {Form.TEXT, Form.POINT} and not block.quoted and _SURELY.search(block.text)
        ]
        state = _judge(gathering, spoken, headed=False)
    return state or Interests()


def _under_headings(gathering: Gathering) -> list[tuple[str, Block]]:
    """The words under a heading about interests, or after such a label."""
    found: list[tuple[str, Block]] = []
    blocks = gathering.blocks
    for at, block in enumerate(blocks):
        if block.form is Form.TABLE:
            for row in block.rows[:30]:
                cells = [clean(cell) for cell in row.cells]
                for place in range(len(cells) - 1):
                    if topic_of(cells[place]) is Topic.INTERESTS and cells[place + 1]:
                        found.append((cells[place + 1], block))
            continue
        topic, _, rest = split_label(block.text)
        if topic is Topic.INTERESTS and rest:
            found.append((rest, block))
            place = at + 1
            while (
                place < len(blocks)
                and blocks[place].form is Form.POINT
                and blocks[place].indent > block.indent
            ):
                found.append((blocks[place].text, blocks[place]))
                place += 1
            if block.form is not Form.HEADING:
                continue
        if topic_of(block.text) is Topic.INTERESTS and (
            block.form is Form.HEADING or block.text.endswith(":") or block.form is Form.POINT
        ):
            deep = block.form is Form.HEADING
            end = gathering.section_end(at) if deep else min(len(blocks), at + 6)
            for place in range(at + 1, min(end, at + 12)):
                below = blocks[place]
                if below.form is Form.TABLE or below.form is Form.HEADING:
                    break
                if (
                    not deep
                    and below.indent <= block.indent
                    and (below.form is block.form or below.after_blank)
                ):
                    break
                found.append((below.text, below))
    return found


def _judge(gathering: Gathering, said: list[tuple[str, Block]], *, headed: bool) -> Interests | None:
    declared: list[tuple[str | None, str, Block]] = []
    none: tuple[str, Block] | None = None
    for words, block in said:
        for sentence in _SENTENCES.split(words):
            who = _DECLARED.search(sentence) or _PASSIVE.search(sentence)
            denied = _NONE.search(sentence)
            if denied and (headed or _MATTER.search(sentence)):
                if (
                    who
                    and denied.start() > who.start()
                    and not re.search(r"declared (?:no|that (?:he|she|they) had no)", sentence)
                ):
                    declared.append((_who(who["who"]), sentence, block))
                else:
                    none = none or (words, block)
            elif (
                who
                and not (_ASKED.search(sentence) and not re.search(r"\bdeclared\b", sentence))
                and not _ELSEWHERE.search(sentence)
            ):
                declared.append((_who(who["who"]), sentence, block))
            elif (
                headed
                and re.search(
                    r"\b(?:declared|recused|"
                    r"conflict(?:ed)?|interest in|"
                    r"is a (?:member|trustee|"
                    r"director)|dispensation)\b",
                    sentence,
                    re.IGNORECASE,
                )
                and not _ASKED.search(sentence)
            ):
                declared.append((None, sentence, block))
            elif (
                headed
                and re.match(r"[A-Z][\w.’' -]{1,40}\s?[:–-]\s+\S", sentence)
                and looks_like_name(re.split(r"\s?[:–-]\s", sentence)[0])
            ):
                declared.append((re.split(r"\s?[:–-]\s", sentence)[0].strip(), sentence, block))
    if declared:
        first, last = declared[0][2].first, declared[-1][2].last
        gathering.places["interests",] = (min(first, last), max(first, last))
        words = declared[0][1] if len(declared) == 1 else " ".join(dict.fromkeys(one[1] for one in declared))
        return Interests(
            InterestsState.DECLARED,
            words,
            tuple(Declaration(name, sentence) for name, sentence, _ in declared),
        )
    if none:
        gathering.places["interests",] = (none[1].first, none[1].last)
        return Interests(InterestsState.NONE_DECLARED, none[0])
    return None


def _who(name: str) -> str | None:
    bare = re.sub(r"^(?:The|Then|Also|In)\s+", "", name).strip()
    return bare if bare and looks_like_name(re.sub(r"\([^()]*\)|\band\b|&", "", bare)) else None
