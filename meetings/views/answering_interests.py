"""What a press about somebody's answer does; shared by the page for taking notes and the page of interests."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from allies.models import Interest
from meetings.forms.conflicts import DeclaredForm
from meetings.models import Attendance, Meeting
from meetings.services import conflicts
from meetings.services.recording import RecordRefused
from meetings.views.workspace.touched import entry_words_of


@dataclass(slots=True)
class Pressed:
    """What came of it: what stands in the way, in words, and the form to mend with the id of its row."""

    problem: str = ""
    row: int | None = None
    form: DeclaredForm | None = None

    @property
    def is_done(self) -> bool:
        return not self.problem and self.form is None


def press(request: HttpRequest, meeting: Meeting) -> Pressed:
    """Do what `do` asks: "nobody" for everybody here; for `who` ("row-4") "none", "not_asked" or "declare"."""
    do = request.POST.get("do", "")
    try:
        if do == "nobody":
            conflicts.nobody_declared(by=request.user, meeting=meeting)
            return Pressed()
        row = _row(request, meeting)
        if row is None:
            return Pressed("Say whom you mean")
        if do == "none":
            conflicts.answer_none(by=request.user, meeting=meeting, attendance=row)
        elif do == "not_asked":
            conflicts.take_back_answer(by=request.user, meeting=meeting, attendance=row)
        elif do == "declare":
            return _declare(request, meeting, row)
        else:
            return Pressed("Say what they answered")
    except RecordRefused as error:
        return Pressed(str(error))
    return Pressed()


def _declare(request: HttpRequest, meeting: Meeting, row: Attendance) -> Pressed:
    entries = {}
    if row.person_id:
        theirs = Interest.objects.visible_to(request.user).standing_on(meeting.date)
        theirs = theirs.filter(person=row.person_id).select_related("about_project", "about_organisation")
        entries = {entry.pk: entry for entry in theirs}
    form = DeclaredForm(
        request.POST,
        prefix=f"declares-{row.pk}",
        auto_id=f"id_declares-{row.pk}-%s",
        entries=[(pk, entry_words_of(entry)) for pk, entry in entries.items()],
    )
    if not form.is_valid():
        return Pressed(row=row.pk, form=form)
    declare_all(request, meeting, row, form, entries)
    return Pressed()


def declare_all(
    request: HttpRequest, meeting: Meeting, row: Attendance, form: DeclaredForm, entries: dict[int, Interest]
) -> None:
    """Declare each entry that was chosen, and what was written in words."""
    for pk in form.cleaned_data.get("entries", []):
        conflicts.declare(by=request.user, meeting=meeting, attendance=row, interest=_in_full(entries[pk]))
    if words := form.cleaned_data["words"].strip():
        conflicts.declare(by=request.user, meeting=meeting, attendance=row, words=words)


def _in_full(entry: Interest) -> Interest:
    """The entry as the record holds it: what it lends a declaration is the service's rule."""
    return Interest.objects.get(pk=entry.pk)


def _row(request: HttpRequest, meeting: Meeting) -> Attendance | None:
    kind, _, written = request.POST.get("who", "").partition("-")
    if kind != "row" or not (written.isascii() and written.isdigit() and len(written) < 10):
        return None
    return get_object_or_404(Attendance.objects.select_related("person"), pk=written, meeting=meeting)
