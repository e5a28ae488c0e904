"""Entries that stand in lists and cells: each as its words, and what the words alone do not say.

Every writer and every exact reader of our own documents shares these pairs. What is added is "" where a reader finds
it in the words by itself, as mostly.
"""

from datetime import date

from actions.deadlines import Deadline, DeadlineKind, read_deadline
from meetings.notes.document import Attendee, Capacity, NextMeeting, Presence
from meetings.notes.layout import TEXT, Layout, needs_brackets_escaped, split_unescaped, unescape
from meetings.notes.next_meetings import read_announcement
from meetings.notes.people import read_person

# Whoever is withheld from published notes stands in the list as "Name withheld (personal)".
SOMEBODY_WITHHELD = "Name withheld"


def attendee_out(one: Attendee, layout: Layout = TEXT) -> tuple[str, str]:
    """The escaped words of an attendee, and their name and capacities where the words give others."""
    words = layout.escape(one.as_written, ",()[]{}" if needs_brackets_escaped(one.as_written) else "")
    if _read(one.as_written) == (one.name, one.capacities):
        return words, ""
    facts = [layout.escape(one.name, ";,()[]{}"), *(capacity.value for capacity in one.capacities)]
    return words, "; ".join(facts)


def attendee_in(words: str, added: str, presence: Presence) -> Attendee:
    """The attendee that `attendee_out` gave. Raises ValueError for what it never gives."""
    written = unescape(words)
    if not added:
        read = _read(written)
        if read is None:
            raise ValueError(written)
        return Attendee(read[0], written, presence, read[1])
    name, *capacities = split_unescaped(added, "; ")
    return Attendee(unescape(name), written, presence, tuple(Capacity(capacity) for capacity in capacities))


def _read(written: str) -> tuple[str, tuple[Capacity, ...]] | None:
    """The name and the capacities that a reader finds in an entry; None where it finds nobody."""
    if written.startswith(f"{SOMEBODY_WITHHELD} (") and written.endswith(")"):
        return SOMEBODY_WITHHELD, ()
    read = read_person(written)
    return (read.name, read.capacities) if read else None


def deadline_added(deadline: Deadline, meeting_date: date | None) -> str:
    """Kind and day of a deadline ("date; 2026-01-31"), where its words give others at a meeting of this day."""
    if read_deadline(deadline.as_written, meeting_date=meeting_date) == deadline:
        return ""
    return "; ".join((deadline.kind.value, deadline.date or ""))


def deadline_in(words: str, added: str, meeting_date: date | None) -> Deadline:
    """The deadline of these words (not escaped) and of what `deadline_added` gave. Raises ValueError otherwise."""
    if not added:
        read = read_deadline(words, meeting_date=meeting_date)
        if read is None:
            raise ValueError(words)
        return read
    kind, _, day = added.partition("; ")
    return Deadline(words, DeadlineKind(kind), day or None)


def next_meeting_added(one: NextMeeting) -> str:
    """Day and times of a next meeting ("2026-02-10; 11:00; 13:00"), where its words give others."""
    if read_announcement(one.as_written) == one:
        return ""
    return "; ".join((one.date or "", one.starts or "", one.ends or ""))


def next_meeting_in(words: str, added: str) -> NextMeeting:
    """The next meeting of these words (not escaped) and of what was added. Raises ValueError otherwise."""
    if not added:
        return read_announcement(words)
    day, starts, ends = (part or None for part in added.split("; "))
    return NextMeeting(words, day, starts, ends)
