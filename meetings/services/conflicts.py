"""Everyone's answer about interests at a meeting: none, or what; and what the notes may say because of them.

The notes are written from these answers and never assumed: not asked is not recorded. Notes brought in from a
document keep their own words and state (`recording.record_interests`).
"""

from django.db import transaction
from django.db.models import QuerySet

from allies import clock
from allies.models import Actor, Declaration, Interest, Organisation, Person, Project
from allies.powers import Permission, Refused
from allies.services.keeping import change, keep
from meetings.models import (
    AgendaItem,
    Attendance,
    InterestsAnswer,
    Meeting,
    Presence,
)
from meetings.policies import (
    can_answer_for,
    can_write_notes,
    check_can_write_notes,
    check_notes_open,
    notes_are_open,
)
from meetings.services.holding import hold_open
from meetings.services.interests_state import say_state
from meetings.services.minutes import something_moved
from meetings.services.places import next_place
from meetings.services.recording import RecordRefused


def can_declare_for(actor: Actor, meeting: Meeting, person: Person | None) -> bool:
    """Answer for somebody about interests: whoever writes the notes; before the meeting, oneself too."""
    if can_write_notes(actor, meeting):
        return True
    if not notes_are_open(meeting):
        return False
    before = not meeting.is_held and clock.now() < meeting.begins_at
    return person is not None and before and can_answer_for(actor, meeting, person)


def check_can_declare_for(actor: Actor, meeting: Meeting, person: Person | None) -> None:
    """Raise `Refused` unless `can_declare_for`."""
    check_notes_open(meeting)
    if not can_declare_for(actor, meeting, person):
        raise Refused(
            Permission.WRITE_NOTES,
            "Before a meeting you can declare for yourself. Once it has begun, tell the chair: its note-taker "
            "writes it down.",
        )


@transaction.atomic
def nobody_declared(*, by: Actor, meeting: Meeting) -> int:
    """Record "none" for everybody who is here and has not answered otherwise. Gives for how many.

    Whoever is absent, sent apologies or is not known to be here was not asked. Raises Refused; RecordRefused
    where nobody is here yet.
    """
    check_can_write_notes(by, meeting)
    hold_open(meeting)
    here = list(meeting.attendance.select_for_update().filter(presence=Presence.PRESENT))
    if not here:
        raise RecordRefused("Say first who is here: then everybody here was asked.")
    asked = [row for row in here if row.interests_answer == InterestsAnswer.NOT_ASKED]
    for row in asked:
        change(row, by=by, interests_answer=InterestsAnswer.NONE)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)
    return len(asked)


@transaction.atomic
def answer_none(
    *, by: Actor, meeting: Meeting, attendance: Attendance | None = None, person: Person | None = None
) -> Attendance:
    """Record that somebody on the list (`attendance`), or a person, has nothing to declare at this meeting.

    Raises Refused; RecordRefused while a declaration of theirs stands, or for another meeting's list.
    """
    row = _row_of(by, meeting, attendance, person)
    if declared_by(row).exists():
        raise RecordRefused(
            "They declared something at this meeting. Withdraw that first, if it was a mistake."
        )
    change(row, by=by, interests_answer=InterestsAnswer.NONE)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)
    return row


@transaction.atomic
def take_back_answer(*, by: Actor, meeting: Meeting, attendance: Attendance) -> None:
    """Record that somebody was not asked after all. Raises Refused; RecordRefused while a declaration stands."""
    row = _row_of(by, meeting, attendance, None)
    if declared_by(row).exists():
        raise RecordRefused(
            "They declared something at this meeting. Withdraw that first, if it was a mistake."
        )
    change(row, by=by, interests_answer=InterestsAnswer.NOT_ASKED)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)


@transaction.atomic
def declare(
    *,
    by: Actor,
    meeting: Meeting,
    attendance: Attendance | None = None,
    person: Person | None = None,
    words: str = "",
    interest: Interest | None = None,
    item: AgendaItem | None = None,
    about: Project | Organisation | None = None,
) -> Declaration:
    """Write down what somebody declares at a meeting: an entry of theirs in the register, or words of the moment.

    An entry says what it is about, and lends its words unless they are private. Without one, it is about `about`,
    or else about what the `item` is about. The same entry declared twice is one declaration. Raises Refused;
    RecordRefused without words or entry, or for somebody else's entry.
    """
    row = _row_of(by, meeting, attendance, person)
    words = words.strip()
    if interest is None and not words:
        raise RecordRefused("Say what was declared", "words")
    if interest is not None and interest.person_id != row.person_id:
        raise RecordRefused("That entry is somebody else’s", "interest")
    if item is not None and item.meeting_id != meeting.pk:
        raise RecordRefused("That item is on another meeting’s agenda", "item")
    mine = declared_by(row)
    same = mine.filter(interest=interest) if interest else mine.filter(interest=None, words=words)
    declaration = same.first()
    if declaration is None:
        declaration = Declaration(
            body_id=meeting.body_id,
            on=meeting.date,
            person=row.person,
            name_as_written="" if row.person_id else row.name_as_written[:200],
            interest=interest,
            words=words or _lent_by(interest),
        )
        _say_what_it_is_about(declaration, interest, item, about)
        keep(declaration, by=by)
    change(row, by=by, interests_answer=InterestsAnswer.DECLARED)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)
    return declaration


@transaction.atomic
def record_declaration(
    *, by: Actor, meeting: Meeting, words: str, person: Person | None = None, name: str = ""
) -> Declaration:
    """Write down an interest declared at the meeting, by a person, a name as written, or nobody named.

    For what a paper says: nobody is put on the list for it. Raises Refused; RecordRefused without words.
    """
    check_can_write_notes(by, meeting)
    if not words.strip():
        raise RecordRefused("Say what was declared", "words")
    hold_open(meeting)
    name = " ".join(name.split())[:200]
    person = person or Person.objects.only_one_called(name)
    rows = meeting.attendance.select_related("person")
    row = rows.filter(person=person).first() if person else None
    row = row or rows.filter(person=None, name_as_written=name).first() if name else row
    if row is not None:
        return declare(by=by, meeting=meeting, attendance=row, words=words)
    declaration = Declaration(
        body_id=meeting.body_id,
        on=meeting.date,
        person=person,
        name_as_written="" if person else name,
        words=words.strip(),
    )
    keep(declaration, by=by)
    say_state(by=by, meeting=meeting)
    something_moved(meeting)
    return declaration


def declared_by(row: Attendance) -> QuerySet[Declaration]:
    """The standing declarations at a meeting of somebody on its list: a person's, or those under a name."""
    standing = Declaration.objects.filter(body=row.meeting.body_id, on=row.meeting.date, withdrawn="")
    if row.person_id:
        return standing.filter(person=row.person_id)
    return standing.filter(person=None, name_as_written=row.name_as_written[:200])


def _row_of(by: Actor, meeting: Meeting, attendance: Attendance | None, person: Person | None) -> Attendance:
    """Their row on the meeting's list, locked; somebody of the group who is not on it yet is put there.

    Whether they are here is another matter, and stays unsaid.
    """
    if attendance is not None and attendance.meeting_id != meeting.pk:
        raise RecordRefused("That is another meeting’s list")
    whose = attendance.person if attendance is not None else person
    check_can_declare_for(by, meeting, whose)
    if meeting.called_off:
        raise RecordRefused("This meeting was called off, so nobody was asked.")
    hold_open(meeting)
    rows = meeting.attendance.select_for_update(of=("self",)).select_related("person")
    if attendance is not None:
        row = rows.get(pk=attendance.pk)
    elif person is None:
        raise RecordRefused("Say whom you mean", "who")
    else:
        found = rows.filter(person=person).first()
        if found is None:
            found = Attendance(meeting=meeting, person=person, position=next_place(meeting.attendance))
            keep(found, by=by)
        row = found
    row.meeting = meeting
    return row


def _lent_by(interest: Interest | None) -> str:
    """The words that an entry lends a declaration. Private ones stay in the register."""
    if interest is None:
        return ""
    words = "" if interest.private else interest.full_words.strip()
    whom = "" if interest.about else interest.with_whom.strip()
    lent = ": ".join(filter(None, (whom, words)))
    return lent or ("" if interest.about else interest.get_kind_display())


def _say_what_it_is_about(
    declaration: Declaration,
    interest: Interest | None,
    item: AgendaItem | None,
    about: Project | Organisation | None,
) -> None:
    source = interest if interest is not None and interest.about else None
    if source is not None:
        declaration.about_project_id = source.about_project_id
        declaration.about_organisation_id = source.about_organisation_id
    elif about is not None:
        declaration.about_project = about if isinstance(about, Project) else None
        declaration.about_organisation = about if isinstance(about, Organisation) else None
    elif item is not None and interest is None:
        declaration.about_project_id = item.about_project_id
        declaration.about_organisation_id = item.about_organisation_id
    if item is not None:
        declaration.about_matter_id = item.about_matter_id
