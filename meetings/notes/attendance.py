"""Who was there: attendance read from headings, labels, lists, tables and sentences."""

import re
from dataclasses import replace

from actions.statuses import Status, read_sign
from meetings.notes.attendance_sentences import people_in_sentence
from meetings.notes.attendance_tables import read_people_table
from meetings.notes.document import Attendee, Presence
from meetings.notes.gathering import Gathering
from meetings.notes.headings import ATTENDANCE_TOPICS, Topic, split_label, topic_of
from meetings.notes.people import (
    NamedPerson,
    looks_like_name,
    looks_like_names,
    read_person,
    split_names,
)
from meetings.notes.roll import CAPACITIES, HERE, OFFICES, PRESENCES, Roll
from meetings.notes.source import Block, Form


class AttendanceReader:
    """Reads the attendance of one gathering."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.roll = Roll(gathering)
        self.unticked: list[int] = []
        self.ticked = False

    def read(self) -> tuple[tuple[Attendee, ...], list[NamedPerson]]:
        """The attendance, and everyone in it as named, initials and all, for telling owners."""
        blocks = self.gathering.blocks
        at = 0
        while at < len(blocks):
            at = self._block(at)
        if not any(one.presence is Presence.PRESENT for one in self.roll.found):
            self._sentences()
        else:
            self._apologies_in_sentences()
        if self.unticked and not self.ticked:
            self.gathering.warn(
                self.unticked[0], "No box in the list of people is ticked; all are taken as present."
            )
            for one in self.roll.found:
                if one.first in self.unticked:
                    one.presence = Presence.PRESENT
        self.roll.give_offices()
        return self.roll.attendance(), [one.person for one in self.roll.found]

    def _block(self, at: int) -> int:
        gathering = self.gathering
        block = gathering.blocks[at]
        if at in gathering.used or block.quoted:
            return at + 1
        if block.form is Form.TABLE:
            if read_people_table(block, None, self.roll):
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
        if block.form is not Form.HEADING and topic in HERE and self.roll.found and at > 60 and not rest:
            return at + 1
        return self._section(at, topic, rest)

    def _section(self, at: int, topic: Topic, rest: str) -> int:
        """Everything that belongs to the heading or label at `at`; gives the place where it ends."""
        gathering, blocks = self.gathering, self.gathering.blocks
        head = blocks[at]
        if topic in OFFICES:
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
                if sub in HERE and head.form is Form.HEADING and head.level < block.level:
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
                if read_people_table(block, current, self.roll):
                    gathering.used.add(place)
                    place += 1
                    continue
                break
            label_topic, label, words = split_label(block.text)
            if label_topic in OFFICES or label_topic is Topic.QUORUM:
                if label_topic in OFFICES:
                    self._one(place, label_topic, words)
                gathering.used.add(place)
                place += 1
                continue
            if label_topic in HERE or (block.text.endswith(":") and topic_of(block.text) in HERE):
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
        presence, capacity = PRESENCES.get(topic, Presence.PRESENT), CAPACITIES.get(topic)
        if not one_each and not looks_like_names(words):
            return self._sentence(replace(block, text=words), presence)
        sign, bare = read_sign(words)
        if sign is Status.TODO:
            presence, words = Presence.ABSENT, bare
        elif sign:
            words = bare
        if block.box:
            if block.box == " ":
                presence = Presence.ABSENT
                self.unticked.append(block.first)
            else:
                self.ticked = True
        people = split_names(words, one_each=one_each)
        for person in people:
            marks = (capacity,) if capacity and capacity not in person.capacities else ()
            self.roll.add(
                replace(person, capacities=person.capacities + marks),
                _presence_beside(person, presence),
                block.first,
                block.last,
                beside=block.text,
            )
        return bool(people) or looks_like_names(words)

    def _one(self, at: int, topic: Topic, rest: str) -> int:
        """A label for one office: "Chair: JC"."""
        block = self.gathering.blocks[at]
        if not rest or not looks_like_names(rest) or len(rest) > 120:
            return at + 1
        people = split_names(rest)
        for person in people:
            self.roll.offices.append((person, CAPACITIES.get(topic), block.first))
        if people:
            self.gathering.used.add(at)
        return at + 1

    def _sentence(self, block: Block, within: Presence | None = None) -> bool:
        """Whether a sentence says who was there; they are put on the roll."""
        people = people_in_sentence(block.text, within)
        for person, presence, capacity in people:
            if capacity:
                self.roll.offices.append((person, capacity, block.first))
            else:
                self.roll.add(person, presence, block.first, block.last, beside=block.text)
        return bool(people)

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


def _several_people(text: str) -> bool:
    """Whether a point with commas names several people and not one with a role and a house."""
    entries = [entry.strip() for entry in re.sub(r"\([^()]*\)", "", text).split(",")]
    names = [entry for entry in entries if looks_like_name(entry) and len(entry.split()) == 2]
    return len(names) == len(entries)


def _presence_beside(person: NamedPerson, presence: Presence) -> Presence:
    """ "Ann Bell (apologies)" in a list of those present."""
    if re.search(r"[(–,-]\s*(?:sent )?(?:apologies|regrets)\b", person.as_written, re.IGNORECASE):
        return Presence.APOLOGIES
    if re.search(r"[(–,-]\s*absent\b", person.as_written, re.IGNORECASE):
        return Presence.ABSENT
    return presence
