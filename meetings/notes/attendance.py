"""Who was there: attendance read from headings, labels, lists, tables and sentences."""

import re
from dataclasses import dataclass, replace

from actions.statuses import Status, read_sign
from meetings.notes.cleaning import clean, pieces
from meetings.notes.document import Attendee, Capacity, Presence
from meetings.notes.gathering import Gathering
from meetings.notes.headings import ATTENDANCE_TOPICS, Topic, split_label, topic_of
from meetings.notes.people import (
    NamedPerson,
    initials_of,
    looks_like_name,
    looks_like_names,
    read_person,
    split_names,
)
from meetings.notes.source import Block, Form
from meetings.notes.tables import Row

_PRESENCE = {Topic.APOLOGIES: Presence.APOLOGIES, Topic.ABSENT: Presence.ABSENT}
_CAPACITY = {
    Topic.GUESTS: Capacity.GUEST,
    Topic.OBSERVERS: Capacity.OBSERVER,
    Topic.CHAIR: Capacity.CHAIR,
    Topic.CO_CHAIR: Capacity.CO_CHAIR,
    Topic.NOTETAKER: Capacity.NOTETAKER,
}
_HERE = {
    Topic.ATTENDANCE,
    Topic.PRESENT,
    Topic.GUESTS,
    Topic.OBSERVERS,
    Topic.APOLOGIES,
    Topic.ABSENT,
    Topic.MIXED,
}
_ONE = {Topic.CHAIR, Topic.CO_CHAIR, Topic.NOTETAKER, Topic.OFFICER}
_NAMES = r"(?P<names>[^.;:]{3,400}?)"
_NAMES_WIDE = r"(?P<names>(?:\b(?:Cllr|Dr|Mr|Mrs|Ms|Prof|Rev|[A-Z])\.|[^.;:]){3,500})"
_SENTENCES: tuple[tuple[Presence, Capacity | None, re.Pattern[str]], ...] = tuple(
    (presence, capacity, re.compile(words))
    for presence, capacity, words in (
        (
            Presence.APOLOGIES,
            None,
            r"(?i:\b(?:apologies|regrets)\b(?: for absence)?(?: (?:were|was|had been|have been|"
            r"has been))?(?: (?:also|duly))?(?: (?:received|given|sent|noted|tendered|accepted|recorded|"
            r"made))?(?: (?:and|&) (?:accepted|approved|noted|recorded|received))?(?: (?:from|by|"
            r"on behalf of|for))(?: absence)?(?: from)?):?\s+" + _NAMES_WIDE,
        ),
        (
            Presence.APOLOGIES,
            None,
            r"^"
            + _NAMES
            + r"\s+(?i:(?:had |have |has |both )?(?:sent|gave|given|offered|tendered|submitted)(?: (?:his|"
            r"her|their|in))* (?:apologies|regrets)|(?:was|were) (?:unable to attend|excused)|"
            r"could not attend|apologi[sz]ed for)",
        ),
        (Presence.ABSENT, None, r"^" + _NAMES + r"\s+(?:was|were) (?:absent|not present)\b"),
        (
            Presence.PRESENT,
            None,
            r"^(?i:(?:also )?(?:present|in attendance|attending|those present|those attending|"
            r"those in attendance|members present|the meeting was attended by|attended by|participants|"
            r"attendees|the following (?:members|people|trustees|councillors|directors) (?:were|"
            r"was) (?:present|in attendance)|there were present)(?: (?:were|was|included|on the call|"
            r"at the meeting))*)[\s:–-]+(?=[A-Z@])" + _NAMES_WIDE,
        ),
        (Presence.PRESENT, None, r"(?:The|This) meeting was attended by\s+" + _NAMES_WIDE),
        (Presence.PRESENT, None, r"^" + _NAMES_WIDE + r"\s+(?:were|was) (?:present|in attendance)\b"),
        (
            Presence.PRESENT,
            Capacity.CHAIR,
            r"\b(?:[Tt]he )?[Mm]eeting was (?:chaired|facilitated|"
            r"led) by (?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})",
        ),
        (
            Presence.PRESENT,
            Capacity.CHAIR,
            r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) (?:(?:chaired|"
            r"presided)(?: over)? (?:the|this) meeting|(?:was )?in the chair|took the chair|presided)",
        ),
        (
            Presence.PRESENT,
            Capacity.NOTETAKER,
            r"^(?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) (?:took|taking) (?:the )?(?:minutes|"
            r"notes)",
        ),
        (
            Presence.PRESENT,
            Capacity.NOTETAKER,
            r"\b(?:[Mm]inutes|[Nn]otes) (?:were )?(?:taken|recorded|prepared|"
            r"written) by (?P<names>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})",
        ),
    )
)
_COLUMN_NAME = re.compile(
    r"(?:full |member |first )?names?|members?|attendees?|participants?|person|who|people|"
    r"councillors?|trustees?|directors?",
    re.IGNORECASE,
)
_COLUMN_HERE = re.compile(
    r"present\??|attendance|attended\??|in attendance|here|status|presence|attending|"
    r"attend(?:ed|ance)? ?\(?y/n\)?|p/a|here\?",
    re.IGNORECASE,
)
_COLUMN_APOLOGY = re.compile(r"apolog(?:y|ies)|regrets|excused|sent apologies", re.IGNORECASE)
_COLUMN_ABSENT = re.compile(r"absent", re.IGNORECASE)
_COLUMN_ROLE = re.compile(r"roles?|position|title|capacity|office|post|role/.*", re.IGNORECASE)
_YES = re.compile(
    r"(?:y|yes|p|present|in person|online|remote(?:ly)?|virtual(?:ly)?|zoom|x|✓|✔|✅|☑|"
    r"\[x\]|1|attended|here|via .*|by .*|true|•|\*|/)",
    re.IGNORECASE,
)
_APOLOGY = re.compile(
    r"(?:apol\w*|a|ap|excused|e|regrets?|sent apologies|apologies received|r)\.?", re.IGNORECASE
)


@dataclass(slots=True)
class _Found:
    person: NamedPerson
    presence: Presence
    first: int
    last: int
    rank: int = 0


class AttendanceReader:
    """Reads the attendance of one gathering."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.found: list[_Found] = []
        self.roles: list[tuple[NamedPerson, Capacity | None, int]] = []
        self.boxes = False

    def read(self) -> tuple[tuple[Attendee, ...], list[NamedPerson]]:
        """The attendance, and everyone in it as named, initials and all, for telling owners."""
        blocks = self.gathering.blocks
        at = 0
        while at < len(blocks):
            at = self._block(at)
        if not any(one.presence is Presence.PRESENT for one in self.found):
            self._sentences()
        else:
            self._apologies_in_sentences()
        self._give_roles()
        return self._attendance(), [one.person for one in self.found]

    def _block(self, at: int) -> int:
        gathering = self.gathering
        block = gathering.blocks[at]
        if at in gathering.used or block.quoted:
            return at + 1
        if block.form is Form.TABLE:
            if self._table(block, None):
                gathering.used.add(at)
            return at + 1
        if block.form is Form.HEADING:
            topic, rest = topic_of(block.text), ""
            if topic is None:
                topic, _, rest = split_label(block.text)
        else:
            topic, label, rest = split_label(block.text)
            if (
                topic is Topic.OWNER
                and at < 15
                and label.lower() == "who"
                and "," in rest
                and looks_like_names(rest)
            ):
                topic = Topic.PRESENT  # "When", "Where", "Who" at the head of notes
            if topic is None and (block.text.endswith(":") or len(block.text) < 40):
                topic = topic_of(block.text) if block.text.rstrip(":") != block.text or block.bold else None
            if topic in {Topic.MIXED}:
                return at + 1
        if topic is Topic.MIXED:
            return at + 1
        if topic not in ATTENDANCE_TOPICS or topic is Topic.QUORUM:
            return at + 1
        if block.form is not Form.HEADING and topic in _HERE and self.found and at > 60 and not rest:
            return at + 1
        return self._section(at, topic, rest)

    def _section(self, at: int, topic: Topic, rest: str) -> int:
        """Everything that belongs to the heading or label at `at`; gives the place where it ends."""
        gathering, blocks = self.gathering, self.gathering.blocks
        head = blocks[at]
        if topic in _ONE:
            if head.form is Form.HEADING and not rest:
                return at + 1
            return self._one(at, topic, rest)
        took = self._take(rest, head, topic) if rest else False
        if rest and not took and head.form is not Form.HEADING:
            return at + 1
        place, misses, current = at + 1, 0, topic
        listed = sum(block.form is Form.POINT for block in blocks[at + 1 : at + 12])
        while place < len(blocks):
            block = blocks[place]
            if block.form is Form.HEADING:
                sub = topic_of(block.text)
                if sub in _HERE and head.form is Form.HEADING and head.level < block.level:
                    current = sub
                    gathering.used.add(place)
                    place += 1
                    continue
                if (
                    head.form is Form.HEADING
                    and head.level < block.level
                    and sub is None
                    and self._group_of(block.text)
                ):
                    place += 1
                    continue
                break
            if block.form is Form.TABLE:
                if self._table(block, current):
                    gathering.used.add(place)
                    place += 1
                    continue
                break
            label_topic, label, words = split_label(block.text)
            if label_topic in _ONE or label_topic is Topic.QUORUM:
                if label_topic in _ONE:
                    self._one(place, label_topic, words)
                gathering.used.add(place)
                place += 1
                continue
            if label_topic in _HERE or (block.text.endswith(":") and topic_of(block.text) in _HERE):
                if head.form is not Form.HEADING and block.indent <= head.indent:
                    break
                current = label_topic or topic_of(block.text) or current
                if words:
                    self._take(words, block, current)
                gathering.used.add(place)
                place += 1
                continue
            if label_topic is not None and not looks_like_name(label):
                break
            if head.form is not Form.HEADING and rest:
                deeper = block.form is Form.POINT and block.indent > head.indent
                if not deeper and (
                    block.form is not Form.TEXT or block.after_blank or not looks_like_names(block.text)
                ):
                    break
            if self._names(block, label, words, current, listed):
                gathering.used.add(place)
                misses = 0
            elif self._sentence(block):
                gathering.used.add(place)
            else:
                misses += 1
                if misses > 1 or block.form is Form.TEXT and len(block.text) > 60:
                    break
            place += 1
        gathering.used.add(at)
        return max(place, at + 1)

    def _group_of(self, words: str) -> bool:
        return len(words.split()) <= 6

    def _names(self, block: Block, label: str, words: str, topic: Topic, listed: int) -> bool:
        """Names in one point or line under an attendance heading."""
        text = block.text
        if (
            label
            and words
            and looks_like_names(words)
            and not looks_like_name(label)
            and not read_person(text)
            or label
            and words
            and words.count(",") >= 1
            and looks_like_names(words)
            and len(words) > 25
        ):
            text = words
        if block.form is Form.POINT and listed >= 2 and text is block.text:
            if text.count(",") >= 2 and _several_people(text):
                return self._take(text, block, topic)
            return self._take(text, block, topic, one_each=True)
        if not looks_like_names(text):
            return False
        return self._take(text, block, topic)

    def _take(self, words: str, block: Block, topic: Topic, *, one_each: bool = False) -> bool:
        presence, capacity = _PRESENCE.get(topic, Presence.PRESENT), _CAPACITY.get(topic)
        if not one_each and not looks_like_names(words):
            return self._sentence(replace(block, text=words), presence)
        sign, bare = read_sign(words)
        if sign is Status.TODO:
            presence, words = Presence.ABSENT, bare
        elif sign:
            words = bare
        if block.box:
            self.boxes = self.boxes or block.box != " "
            if block.box == " ":
                presence = Presence.ABSENT
        people = split_names(words, one_each=one_each)
        for person in people:
            marks = (capacity,) if capacity and capacity not in person.capacities else ()
            self._add(
                replace(person, capacities=person.capacities + marks),
                _presence_beside(person, presence),
                block,
            )
        return bool(people) or looks_like_names(words)

    def _add(self, person: NamedPerson, presence: Presence, block: Block, row: Row | None = None) -> None:
        first, last = (row.first, row.last) if row else (block.first, block.last)
        if len(person.name.split()) > 4 and not re.search(
            r"\b(?:de|da|di|van|von|der|la|al|bin|y)\b", person.name
        ):
            self.gathering.warn(first, f"“{person.name}” may be several people: a comma may be missing.")
        elif len(person.name.split()) == 2 and len(block.text) < 1000 and _first_names(block.text):
            self.gathering.warn(first, f"“{person.name}” may be two people: a comma may be missing.")
        for one in self.found:
            if one.person.name.casefold() == person.name.casefold():
                if one.presence is presence:
                    extra = tuple(
                        capacity for capacity in person.capacities if capacity not in one.person.capacities
                    )
                    one.person = replace(one.person, capacities=one.person.capacities + extra)
                    return
                if one.presence is not presence:
                    self.gathering.warn(first, f"“{person.name}” stands in two lists of the attendance.")
                    return
        self.found.append(_Found(person, presence, first, last))

    def _one(self, at: int, topic: Topic, rest: str) -> int:
        """A label for one office: "Chair: JC"."""
        block = self.gathering.blocks[at]
        if not rest or not looks_like_names(rest) or len(rest) > 120:
            return at + 1
        people = split_names(rest)
        for person in people:
            self.roles.append((person, _CAPACITY.get(topic), block.first))
        if people:
            self.gathering.used.add(at)
        return at + 1

    def _give_roles(self) -> None:
        """Give "Chair: JC" to the one of the list whom it names, or add who is not in the list."""
        for person, capacity, line in self.roles:
            match = self._match(person.name)
            capacities = (*person.capacities, *((capacity,) if capacity else ()))
            if match:
                extra = tuple(c for c in dict.fromkeys(capacities) if c not in match.person.capacities)
                match.person = replace(match.person, capacities=match.person.capacities + extra)
            elif capacity is not Capacity.CO_CHAIR and looks_like_name(person.name):
                added = replace(person, capacities=tuple(dict.fromkeys(capacities)))
                if capacity is None and self.found:
                    self.gathering.warn(
                        line, f"“{person.name}” holds an office here and is not in the attendance."
                    )
                self.found.append(_Found(added, Presence.PRESENT, line, line))

    def _match(self, name: str) -> _Found | None:
        folded = re.sub(r"^(?:Cllr|Dr|Mr|Mrs|Ms|Miss|Prof|Councillor)\.?\s+", "", name).casefold()
        for test in (
            lambda one: (
                re.sub(
                    r"^(?:cllr|dr|mr|mrs|ms|miss|prof|"
                    r"councillor)\.?\s+",
                    "",
                    one.person.name.casefold(),
                )
                == folded
            ),
            lambda one: name.replace(".", "") in {one.person.initials, initials_of(one.person.name)},
            lambda one: one.person.name.casefold().split()[0] == folded,
            lambda one: (
                one.person.name.casefold().split()[-1] == folded.split()[-1] and len(folded.split()) < 2
            ),
            lambda one: (
                " " in folded
                and one.person.name.casefold().split()[-1] == folded.split()[-1]
                and one.person.name[0].casefold() == folded[0]
            ),
        ):
            here = [one for one in self.found if test(one)]
            if len(here) == 1:
                return here[0]
        return None

    def _sentence(self, block: Block, within: Presence | None = None) -> bool:
        """Names in a sentence: "Apologies were received from A and B"."""
        took = False
        for presence, capacity, reader in _SENTENCES:
            found = reader.search(block.text)
            if not found:
                continue
            names = re.sub(r"\s+(?:who|due to|because|as|for|with|at|in|on|\(late\)).*$", "", found["names"])
            if not looks_like_names(names):
                continue
            for person in split_names(names):
                if capacity:
                    self.roles.append((person, capacity, block.first))
                else:
                    self._add(person, presence, block)
                took = True
        if not took and within is Presence.APOLOGIES:
            for sentence in re.split(r"(?<=[a-z)])\.\s+", block.text):
                bare = re.sub(
                    r"^(?:received )?(?:from|by|were received from|"
                    r"received and accepted from)\s*:?\s+",
                    "",
                    sentence,
                    flags=re.IGNORECASE,
                )
                bare = re.sub(
                    r"\s+(?:\((?:work|holiday|ill|unwell|personal).*|due to .*|"
                    r"were (?:accepted|noted|received).*)$",
                    "",
                    bare.rstrip("."),
                )
                if looks_like_names(bare):
                    for person in split_names(bare):
                        self._add(person, Presence.APOLOGIES, block)
                        took = True
        return took

    def _sentences(self) -> None:
        for place, block in enumerate(self.gathering.blocks[:80]):
            if (
                block.form in {Form.TEXT, Form.POINT}
                and place not in self.gathering.used
                and not block.quoted
            ):
                self._sentence(block)

    def _apologies_in_sentences(self) -> None:
        for place, block in enumerate(self.gathering.blocks):
            if block.form not in {Form.TEXT, Form.POINT} or place in self.gathering.used or block.quoted:
                continue
            if place < 60 and re.search(
                r"apolog|regrets|chaired by|minutes (?:were )?taken by|"
                r"\bin the chair",
                block.text,
                re.IGNORECASE,
            ):
                self._sentence(block)

    def _table(self, block: Block, topic: Topic | None) -> bool:
        """A table of people, with a head or with "Present" and "Apologies" in its first column."""
        rows = [tuple(clean(cell) for cell in row.cells) for row in block.rows]
        if not rows:
            return False
        heads = rows[0]
        named = [cell for cell in heads if cell]
        if (
            len(named) >= 2
            and all(topic_of(cell) in _HERE for cell in named)
            and not any(_COLUMN_NAME.fullmatch(cell) for cell in named)
        ):
            return self._columns_of_names(block, heads)
        labels = [topic_of(cells[0]) if cells and len(cells[0]) < 60 else None for cells in rows]
        if (
            sum(label in _HERE | _ONE for label in labels) >= max(1, (len(rows) + 3) // 4)
            and any(label in _HERE for label in labels)
            and max(len(cells) for cells in rows) == 2
        ):
            return self._labelled_rows(block, rows, labels)
        name_at = next(
            (place for place, cell in enumerate(heads) if _COLUMN_NAME.fullmatch(cell.strip(": *"))), None
        )
        if name_at is None:
            return bool(topic) and self._bare_rows(block, topic)
        others = [cell for place, cell in enumerate(heads) if place != name_at]
        if topic is None and not any(
            _COLUMN_HERE.fullmatch(cell.strip(": *")) or _COLUMN_APOLOGY.fullmatch(cell) for cell in others
        ):
            return False
        return self._headed_rows(block, heads, name_at, topic or Topic.PRESENT)

    def _labelled_rows(self, block: Block, rows: list[tuple[str, ...]], labels: list[Topic | None]) -> bool:
        current: Topic | None = None
        for row, cells, label in zip(block.rows, rows, labels, strict=True):
            current = label if label is not None else (current if cells and not cells[0] else None)
            if current is None or len(cells) < 2:
                continue
            words = ", ".join(pieces(row.cells[1])) if "<" in row.cells[1] else cells[1]
            if current in _ONE:
                for person in split_names(words):
                    self.roles.append((person, _CAPACITY.get(current), row.first))
            elif current in _HERE and looks_like_names(words):
                capacity = _CAPACITY.get(current)
                for person in split_names(words):
                    marks = (capacity,) if capacity and capacity not in person.capacities else ()
                    self._add(
                        replace(person, capacities=person.capacities + marks),
                        _PRESENCE.get(current, Presence.PRESENT),
                        block,
                        row,
                    )
        return True

    def _columns_of_names(self, block: Block, heads: tuple[str, ...]) -> bool:
        for row in block.rows[1:]:
            for head, cell in zip(heads, row.cells, strict=False):
                topic = topic_of(head) if head else None
                if topic is None:
                    continue
                for words in pieces(cell):
                    for person in split_names(words):
                        self._add(person, _PRESENCE.get(topic, Presence.PRESENT), block, row)
        return True

    def _bare_rows(self, block: Block, topic: Topic) -> bool:
        took = False
        for row in block.rows:
            cells = [clean(cell) for cell in row.cells]
            if cells and cells[0] and looks_like_name(re.sub(r"\s*\(.*?\)", "", cells[0]).split(",")[0]):
                person = read_person(
                    f"{cells[0]} ({', '.join(c for c in cells[1:] if c)})" if any(cells[1:]) else cells[0]
                )
                if person:
                    self._add(
                        replace(person, as_written=cells[0]),
                        _PRESENCE.get(topic, Presence.PRESENT),
                        block,
                        row,
                    )
                    took = True
        return took

    def _headed_rows(self, block: Block, heads: tuple[str, ...], name_at: int, topic: Topic) -> bool:
        for row in block.rows[1:]:
            cells = [clean(cell) for cell in row.cells]
            if name_at >= len(cells) or not cells[name_at]:
                continue
            person = read_person(cells[name_at])
            if not person or topic_of(cells[name_at]):
                continue
            presence = _PRESENCE.get(topic, Presence.PRESENT)
            seen = False
            for place, cell in enumerate(cells):
                head = heads[place].strip(": *") if place < len(heads) else ""
                if place == name_at:
                    continue
                if _COLUMN_HERE.fullmatch(head) and not _COLUMN_APOLOGY.fullmatch(head):
                    seen = True
                    presence = (
                        Presence.PRESENT
                        if _YES.fullmatch(cell)
                        else Presence.APOLOGIES
                        if _APOLOGY.fullmatch(cell)
                        else Presence.ABSENT
                    )
                    if not cell and any(_COLUMN_APOLOGY.fullmatch(h) for h in heads):
                        presence = Presence.ABSENT
                elif (
                    _COLUMN_APOLOGY.fullmatch(head)
                    and cell
                    and (_YES.fullmatch(cell) or _APOLOGY.fullmatch(cell))
                ):
                    presence, seen = Presence.APOLOGIES, True
                elif _COLUMN_ABSENT.fullmatch(head) and cell and _YES.fullmatch(cell) and not seen:
                    presence = Presence.ABSENT
                elif re.fullmatch(r"initials?", head, re.IGNORECASE) and cell:
                    person = replace(person, initials=cell)
                elif _COLUMN_ROLE.fullmatch(head) and cell:
                    beside = read_person(f"{cells[name_at]} ({cell})")
                    if beside:
                        person = replace(
                            person, capacities=tuple(dict.fromkeys(person.capacities + beside.capacities))
                        )
            self._add(person, presence, block, row)
        return True

    def _attendance(self) -> tuple[Attendee, ...]:
        kept = []
        for one in self.found:
            place = len(kept)
            self.gathering.places["attendance", place] = (one.first, one.last)
            kept.append(Attendee(one.person.name, one.person.as_written, one.presence, one.person.capacities))
        return tuple(kept)


def _several_people(text: str) -> bool:
    """Whether a point with commas names several people and not one with a role and a house."""
    entries = [entry.strip() for entry in re.sub(r"\([^()]*\)", "", text).split(",")]
    names = [entry for entry in entries if looks_like_name(entry) and len(entry.split()) == 2]
    return len(names) == len(entries)


def _first_names(text: str) -> bool:
    """Whether a list holds mostly single first names, so that two words together may be two people."""
    entries = [
        entry.strip()
        for entry in re.split(r",|\band\b|&", re.sub(r"^[^:]{0,40}:", "", text))
        if entry.strip()
    ]
    single = sum(len(entry.split()) == 1 for entry in entries)
    return single * 2 >= len(entries) and single >= 2


def _presence_beside(person: NamedPerson, presence: Presence) -> Presence:
    """ "Ann Bell (apologies)" in a list of those present."""
    if re.search(r"[(–,-]\s*(?:sent )?(?:apologies|regrets)\b", person.as_written, re.IGNORECASE):
        return Presence.APOLOGIES
    if re.search(r"[(–,-]\s*absent\b", person.as_written, re.IGNORECASE):
        return Presence.ABSENT
    return presence
