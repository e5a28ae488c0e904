"""Meetings: their agenda, who was there, what was said, decided and announced."""

from meetings.models.agenda import AgendaItem, ItemKind, Paper, Presenter, Purpose
from meetings.models.attendance import Answer, Attendance, Capacity, CapacityKind, InterestsAnswer, Presence
from meetings.models.decision import Decision, DecisionKind, Reached
from meetings.models.handling import HANDLING_CHOICES, Handling
from meetings.models.meeting import AnnouncedMeeting, InterestsState, Meeting, Stage
from meetings.models.minutes import ItemAbsence, LiveNotes, Revision, RevisionOutcome, Settled
from meetings.models.notes_in import Mention, MentionPlace, SourceDocument

__all__ = [
    "HANDLING_CHOICES",
    "AgendaItem",
    "AnnouncedMeeting",
    "Answer",
    "Attendance",
    "Capacity",
    "CapacityKind",
    "Decision",
    "DecisionKind",
    "Handling",
    "InterestsAnswer",
    "InterestsState",
    "ItemAbsence",
    "ItemKind",
    "LiveNotes",
    "Meeting",
    "Mention",
    "MentionPlace",
    "Paper",
    "Presence",
    "Presenter",
    "Purpose",
    "Reached",
    "Revision",
    "RevisionOutcome",
    "Settled",
    "SourceDocument",
    "Stage",
]
