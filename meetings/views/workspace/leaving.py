"""Before leaving: the list of what does not agree, each with its remedies; it never blocks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from allies.access import requires
from allies.powers import Permission
from meetings.models import ItemKind, Meeting
from meetings.models.cases import undecided_of
from meetings.models.workspace import meeting_at_hand
from meetings.notes.reconciling import Disagreement, Kind, Remedy
from meetings.policies import check_can_write_notes
from meetings.services.answering import AnswerRefused
from meetings.services.before_leaving import Reconciling, read_before_leaving
from meetings.services.recording import RecordRefused
from meetings.services.settling_notes import NeedsAPerson, leave_unreviewed, settle, unsettle
from meetings.views.workspace.finding import back_to, number_of, part

KINDS = {
    Kind.SAID_TWICE: "Said twice",
    Kind.OWNERS_DIFFER: "Two owners",
    Kind.DEADLINES_DIFFER: "Two deadlines",
    Kind.ONLY_IN_NOTES: "Only in the notes",
    Kind.ONLY_IN_LIST: "Only in the list",
    Kind.DECISION_ONLY_IN_NOTES: "A decision only in the notes",
    Kind.NOT_REVIEWED: "Nothing was said of it",
}
REMEDIES = {
    Remedy.ONE_ACTION: "One action",
    Remedy.CHANGE_THE_ACTION: "As the notes say",
    Remedy.CHANGE_THE_NOTES: "As the list says",
    Remedy.MAKE_AN_ACTION: "Make it an action",
    Remedy.ADD_A_LINE: "Add a line to the notes",
    Remedy.RECORD_THE_DECISION: "Record the decision",
    Remedy.REVIEW: "Say what was said",
}
LEAVE_UNREVIEWED = "leave_unreviewed"  # one press for all that nothing was said of
THAT_IS_RIGHT = {
    Kind.SAID_TWICE: "Two actions: that is right",
    Kind.NOT_REVIEWED: "Not reviewed: that is right",
}


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
@never_cache
def before_leaving(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left to settle; a press settles one of them. The page of the notes asks how many there are."""
    reading = _reading(request, pk)
    if request.htmx and request.method == "GET":
        return part(request, "sums", _sums(reading))
    if request.method == "POST":
        return _settle(request, reading)
    return render(request, "meetings/workspace/before_leaving.html", _context(reading))


@requires(Permission.READ_RECORD)
@require_POST
def ask_again(request: HttpRequest, pk: int, settled: int) -> HttpResponse:
    """Take "that is right" back."""
    reading = _reading(request, pk)
    row = next((one for one in reading.settled if one.pk == settled), None)
    if row is None:
        raise Http404
    row.meeting = reading.meeting
    unsettle(by=request.user, settled=row)
    return redirect("meetings:before_leaving", pk)


def _reading(request: HttpRequest, pk: int) -> Reconciling:
    try:
        meeting, announced, attendance = meeting_at_hand(request.user, pk)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    check_can_write_notes(request.user, meeting)
    return read_before_leaving(request.user, meeting, announced, attendance)


def _settle(request: HttpRequest, reading: Reconciling) -> HttpResponse:
    pk = reading.meeting.pk
    if request.POST.get("remedy") == LEAVE_UNREVIEWED:
        leave_unreviewed(by=request.user, reading=reading)
        return redirect("meetings:before_leaving", pk)
    one = reading.one(request.POST.get("key", ""))
    remedy, _, which = request.POST.get("remedy", "").partition(":")
    if one is None or remedy not in set(Remedy):
        # Settled in another window, or the words have changed since: the list shows how it is now.
        return redirect("meetings:before_leaving", pk)
    if remedy == Remedy.REVIEW:
        return _to_the_review(reading, one)
    try:
        settle(
            by=request.user,
            reading=reading,
            one=one,
            remedy=Remedy(remedy),
            which=int(which) if which.isascii() and which.isdigit() else None,
        )
    except NeedsAPerson as error:
        messages.warning(request, f"{error}.")
        if error.mention is not None and error.mention.item is not None:
            return back_to(pk, number_of(error.mention.item), f"line-{error.mention.pk}")
    except (AnswerRefused, RecordRefused) as error:
        messages.warning(request, f"{error}.")
    return redirect("meetings:before_leaving", pk)


def _to_the_review(reading: Reconciling, one: Disagreement[int]) -> HttpResponse:
    items = reading.meeting.items.order_by("position", "pk").values_list("kind", flat=True)
    number = next((place for place, kind in enumerate(items, 1) if kind == ItemKind.ACTIONS), 1)
    return back_to(reading.meeting.pk, number, f"action-{one.actions[0]}")


def _sums(reading: Reconciling) -> dict[str, Any]:
    """How much is left to settle, and how many of the carried actions were reviewed."""
    carried = [action for action in reading.actions.values() if action.agreed_on != reading.meeting.date]
    return {
        "meeting": reading.meeting,
        "to_settle": len(reading.found),
        "reviewed": sum(1 for action in carried if action.is_reviewed),  # type: ignore[attr-defined]
        "carried": carried,
    }


def _context(reading: Reconciling) -> dict[str, Any]:
    address = reverse("meetings:workspace", args=[reading.meeting.pk])
    rows = []
    for one in reading.found:
        buttons = []
        for remedy in one.remedies:
            if remedy is Remedy.LINK:
                buttons += [
                    (f"link:{pk}", f"It is “{reading.actions[pk].text}”")
                    for pk in one.proposed[:3]
                    if pk in reading.actions
                ]
            elif remedy is Remedy.THAT_IS_RIGHT:
                buttons.append((str(remedy), THAT_IS_RIGHT.get(one.kind, "That is right")))
            else:
                buttons.append((str(remedy), REMEDIES[remedy]))
        rows.append({"one": one, "kind": KINDS[one.kind], "buttons": buttons})
    return {
        "meeting": reading.meeting,
        "rows": rows,
        "undecided": undecided_of(reading.meeting),
        "unreviewed": sum(1 for one in reading.found if one.kind is Kind.NOT_REVIEWED),
        "leave_unreviewed": LEAVE_UNREVIEWED,
        "settled": reading.settled,
        "is_ready": reading.is_ready,
        "workspace_url": address,
    }
