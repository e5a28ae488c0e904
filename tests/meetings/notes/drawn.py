"""Documents, and the words in them, as hypothesis draws them: in normal form, and as awkward as people can be."""

from hypothesis import strategies as st

from actions.deadlines import Deadline, DeadlineKind
from actions.statuses import Status
from meetings.notes.document import (
    AgendaItem,
    Attendee,
    Capacity,
    Decision,
    Declaration,
    Interests,
    InterestsState,
    ItemKind,
    Line,
    Marker,
    NextMeeting,
    NotedAction,
    NotesDocument,
    Owner,
    OwnerRole,
    Presence,
    Reached,
    Section,
    plain,
)
from meetings.notes.speakers import speaker_of

AWKWARD = st.sampled_from(
    [
        "ACTION: Ada to share it",
        "**ACTION:** Ben",
        "ACTION",
        "- a dash first",
        "* star",
        "a | b | c",
        "a\tb",
        "Present: Ada, Ben",
        "Actions",
        "Members",
        "Meeting notes: no",
        "\\ACTION: no",
        "back\\slash\\",
        "Ada, Ben / Cem",
        "Ada (chair, guest",
        "(unclosed [brackets",
        "“quoted” 'single' \"double\"",
        "non\u00a0breaking space",
        "⟨angle⟩ marks ⟨",
        "a • b",
        "1. numbered",
        "# heading",
        "<ul><li>tag",
        "Ada outlined the plan",
        "Next meeting: 3 May 2026",
        "31 Jan 2026",
        "5 March",
        "Team with support from Ada",
        "…",
        ": colon",
        "a: b",
        "; ",
        "x &amp; y",
        "_under_ *star* `code`",
        "\u2028line separator",
        "Presented by: Ada",
        "https://example.org/a_b?c=d",
    ]
)
WORDS = (st.text(max_size=25) | AWKWARD | st.tuples(AWKWARD, AWKWARD).map(" ".join)).map(plain).filter(bool)
DAYS = st.dates().map(lambda day: day.isoformat())
CLOCKS = st.times().map(lambda clock: clock.strftime("%H:%M"))
CAPACITIES = st.lists(st.sampled_from(Capacity), unique=True, max_size=3).map(tuple)
ATTENDEES = st.builds(Attendee, WORDS, WORDS, st.sampled_from(Presence), CAPACITIES)
OWNERS = st.builds(Owner, WORDS, st.sampled_from(OwnerRole))
DEADLINES = st.builds(Deadline, WORDS, st.sampled_from(DeadlineKind), st.none() | DAYS)
ACTIONS = st.builds(
    NotedAction,
    st.sampled_from(Section),
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(OWNERS, max_size=3).map(tuple),
    st.none() | DEADLINES,
    st.none() | st.sampled_from(Status),
)


def _line(text: str, marker: Marker | None, children: tuple[Line, ...]) -> Line:
    return Line(text, marker, children, speaker_of(text))


LINES = st.recursive(
    st.builds(_line, WORDS, st.none() | st.sampled_from(Marker), st.just(())),
    lambda lines: st.builds(
        _line, WORDS, st.none() | st.sampled_from(Marker), st.lists(lines, max_size=3).map(tuple)
    ),
    max_leaves=8,
)
ITEMS = st.builds(
    AgendaItem,
    WORDS,
    st.lists(WORDS, max_size=2).map(tuple),
    st.sampled_from(ItemKind),
    st.lists(LINES, max_size=4).map(tuple),
)
DOCUMENTS = st.builds(
    NotesDocument,
    title=st.none() | WORDS,
    date=st.none() | DAYS,
    starts=st.none() | CLOCKS,
    ends=st.none() | CLOCKS,
    place=st.none() | WORDS,
    attendance=st.lists(ATTENDEES, max_size=4).map(tuple),
    interests=st.builds(
        Interests,
        st.sampled_from(InterestsState),
        st.none() | WORDS,
        st.lists(st.builds(Declaration, st.none() | WORDS, WORDS), max_size=2).map(tuple),
    ),
    actions=st.lists(ACTIONS, max_size=4).map(tuple),
    agenda=st.lists(ITEMS, max_size=3).map(tuple),
    next_meetings=st.lists(
        st.builds(NextMeeting, WORDS, st.none() | DAYS, st.none() | CLOCKS, st.none() | CLOCKS), max_size=2
    ).map(tuple),
    body=st.none() | WORDS,
    decisions=st.lists(st.builds(Decision, WORDS, st.none() | st.sampled_from(Reached)), max_size=2).map(
        tuple
    ),
)
