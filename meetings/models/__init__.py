"""Meetings: their agenda, who was there, what was said, decided and announced."""

from meetings.models.agenda import AgendaItem, ItemKind, Paper, Presenter, Purpose
from meetings.models.approving import Approval, Correction, CorrectionKind, CorrectionPlace, CorrectionState
from meetings.models.attendance import Answer, Attendance, Capacity, CapacityKind, InterestsAnswer, Presence
from meetings.models.decision import Decision, DecisionKind, Reached
from meetings.models.erasure import Erasure
from meetings.models.frozen import NotesStep, NotesVersion, VersionKind
from meetings.models.handling import HANDLING_CHOICES, Handling
from meetings.models.meeting import AnnouncedMeeting, InterestsState, Meeting, Stage
from meetings.models.minutes import ItemAbsence, LiveNotes, Revision, RevisionOutcome, Settled
from meetings.models.notes_in import Mention, MentionPlace, SourceDocument
from meetings.models.publishing import Publication, Redaction, RedactionChoice, RedactionReason

__all__ = [
    "HANDLING_CHOICES",
    "AgendaItem",
    "AnnouncedMeeting",
    "Answer",
    "Approval",
    "Attendance",
    "Capacity",
    "CapacityKind",
    "Correction",
    "CorrectionKind",
    "CorrectionPlace",
    "CorrectionState",
    "Decision",
    "DecisionKind",
    "Erasure",
    "Handling",
    "InterestsAnswer",
    "InterestsState",
    "ItemAbsence",
    "ItemKind",
    "LiveNotes",
    "Meeting",
    "Mention",
    "MentionPlace",
    "NotesStep",
    "NotesVersion",
    "Paper",
    "Presence",
    "Presenter",
    "Publication",
    "Purpose",
    "Reached",
    "Redaction",
    "RedactionChoice",
    "RedactionReason",
    "Revision",
    "RevisionOutcome",
    "Settled",
    "SourceDocument",
    "Stage",
    "VersionKind",
]
