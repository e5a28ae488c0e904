"""What a person's own data is: every column of the record that points to a person or an account, by subject.

A test walks all models: a column that points to a person or an account is here, or in `LEFT_OUT` with the reason.
"""

from dataclasses import dataclass
from enum import StrEnum


class For(StrEnum):
    """Who may have a section: the person and the core team for them, or the person alone."""

    BOTH = "both"
    THEM_ALONE = "them_alone"


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one table under a heading: those whose column `whose` ("allies.Appointment.person") is the person.

    `about` are the paths to what the rows are about, so that nothing comes along of a matter that the reader is kept
    from; `without` are columns that stay behind. What people declared themselves is theirs whatever it is about
    (`always_theirs`).
    """

    heading: str
    whose: str
    about: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    who: For = For.BOTH
    always_theirs: bool = False

    @property
    def model(self) -> str:
        """The model, as `apps.get_model` takes it."""
        return self.whose.rpartition(".")[0]

    @property
    def column(self) -> str:
        return self.whose.rpartition(".")[2]


_ACTION = ("action__", "action__parent__", "action__merged_into__")
_RISK = ("risk__matters__",)
_ITEM = ("item__",)
_CASE = ("case__",)

SECTIONS = (
    Section("Account", "allies.Account.person", without=("password",)),
    Section("Addresses to sign in with", "account.EmailAddress.user"),
    Section("Address of your calendar", "allies.CalendarAddress.account", without=("seed", "digest")),
    Section("Other names", "allies.OtherName.person"),
    Section("What you need to take part", "allies.AccessNeeds.person"),
    Section("Places on groups", "allies.Appointment.person"),
    Section("Interests in the register", "allies.Interest.person", about=("",), always_theirs=True),
    Section("Interests you wrote down for others", "allies.Interest.recorded_by", about=("",), without=("full_words",)),
    Section("Answers about interests", "allies.InterestsReturn.person"),
    Section("Answers about interests you wrote down for others", "allies.InterestsReturn.recorded_by"),
    Section("What you declared at meetings", "allies.Declaration.person", about=("",), always_theirs=True),
    Section("What you decided to withhold", "allies.Withholding.decided_by", about=("",)),
    Section("Projects you lead", "allies.Project.lead"),
    Section("Actions you carry or carried", "actions.Assignment.person", about=_ACTION),
    Section("What you said of actions", "actions.Update.by", about=_ACTION),
    Section("Meetings: whether you were there", "meetings.Attendance.person"),
    Section("Meetings you were announced to chair", "meetings.AnnouncedMeeting.chair"),
    Section("Items you chaired", "meetings.AgendaItem.chaired_by", about=("",)),
    Section("Items you presented", "meetings.Presenter.person", about=_ITEM),
    Section("Approvals of notes at meetings you chaired", "meetings.Approval.chaired_by", without=("changes",)),
    Section("Approvals of notes you recorded", "meetings.Approval.recorded_by", without=("changes",)),
    Section("Corrections and statements", "meetings.Correction.person", about=(*_ITEM, *_ACTION)),
    Section("Corrections you entered for others", "meetings.Correction.entered_by", about=(*_ITEM, *_ACTION)),
    Section("Corrections you answered", "meetings.Correction.answered_by", about=(*_ITEM, *_ACTION)),
    Section(
        "What you decided about declared interests", "meetings.Handling.decided_by", about=(*_ITEM, "declaration__")
    ),
    Section("Notes you saved", "meetings.Revision.by", about=_ITEM),
    Section("What you said is right in notes", "meetings.Settled.by", without=("words", "key")),
    Section("Notes you brought in", "meetings.SourceDocument.by", without=("text", "understood", "answers")),
    Section("Steps you took with notes", "meetings.NotesStep.by", without=("reason",)),
    Section(
        "Versions of notes you froze", "meetings.NotesVersion.by", without=("content", "salts", "digests", "erased")
    ),
    Section("What you kept from publication", "meetings.Redaction.by", about=(*_ITEM, *_ACTION), without=("words",)),
    Section("Your name was taken out", "meetings.Erasure.person"),
    Section("Names you took out", "meetings.Erasure.by"),
    Section("Risks you look after", "risks.Risk.looked_after_by", about=("matters__",)),
    Section("Scores you gave", "risks.Assessment.by", about=_RISK),
    Section("Scores you wrote down for others", "risks.Assessment.recorded_by", about=_RISK),
    Section("Schemes of scoring you proposed", "risks.SchemeVersion.proposed_by", without=("content",)),
    Section("Your views on values", "risks.ValuesPosition.by", about=("",), who=For.THEM_ALONE),
    Section(
        "Views on values you wrote down for others", "risks.ValuesPosition.recorded_by", about=("",), who=For.THEM_ALONE
    ),
    Section("Concerns you raised", "risks.ConcernRaiser.person", about=("concern__",), who=For.THEM_ALONE),
    Section("Concerns you stood aside from", "risks.StoodAside.person", about=("concern__",), who=For.THEM_ALONE),
    Section("Cases: what you decided", "risks.Key.person", about=_CASE, who=For.THEM_ALONE),
    Section("Cases you stood down from", "risks.StandDown.person", about=_CASE, who=For.THEM_ALONE),
    Section("Cases for which you were named", "risks.Naming.person", about=_CASE),
    Section("Cases for which you named somebody", "risks.Naming.named_by", about=_CASE),
    Section("Substitute", "risks.Substitute.person"),
    Section("What you told the host", "risks.HostNotice.by", about=_CASE),
    Section("Proposals: your answers", "risks.ProposalAnswer.person", about=("proposal__case__",), who=For.THEM_ALONE),
    Section("Proposals: answers you wrote down for others", "risks.ProposalAnswer.recorded_by",
            about=("proposal__case__",), who=For.THEM_ALONE),
)  # fmt: skip

LEFT_OUT = {
    "allies.Withholding.person": (
        "Says what somebody is kept from. They are told that something is withheld, and not what (DESIGN §6)."
    ),
}
