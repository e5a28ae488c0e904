"""A case of the escalation review at a meeting: an item takes it up, and what the group decides is written down."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from actions.wording import day_in_words
from allies import clock
from allies.access import requires
from allies.powers import Permission
from allies.views.pages import sent
from meetings.forms.cases import CaseDecidedForm, action_forms
from meetings.models import AgendaItem, Attendance, Decision
from meetings.models.cases import decidable_at
from meetings.models.in_full import attendance_of, knows_its_hands
from meetings.models.taking_part import not_handled_yet, who_takes_part
from meetings.policies import can_write_notes, check_can_record_for_the_group
from meetings.services import cases
from meetings.services.recording import RecordRefused
from meetings.views.finding import meeting_to_write, refused
from meetings.views.workspace.finding import back_to, number_of
from risks.models import Case
from risks.services.cases import CaseRefused


@requires(Permission.READ_RECORD)
@require_POST
def take_up(request: HttpRequest, pk: int, case: int) -> HttpResponse:
    """Put a case on the agenda as an item; it is open then, where the notes are being taken."""
    meeting = meeting_to_write(request, pk)
    found = get_object_or_404(Case.objects.visible_to(request.user), pk=case, body=meeting.body_id)
    try:
        item = cases.take_up(by=request.user, meeting=meeting, case=found)
    except RecordRefused as error:
        return refused(request, error, meeting)
    if request.POST.get("to") == "notes":
        return back_to(pk, number_of(item))
    return redirect("meetings:agenda", pk)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int, item: int, case: int) -> HttpResponse:
    """What the group decided of a case, why, and the actions that this makes."""
    found, of_case, attendance = _found(request, pk, item, case)
    meeting = found.meeting
    if request.method == "GET" and (elsewhere := _decided_or_gone(request, of_case)):
        return elsewhere
    form = CaseDecidedForm(sent(request), today=clock.today())
    rows = action_forms(sent(request), meeting_date=meeting.date)
    if request.method == "POST" and all([form.is_valid(), *(row.is_valid() for row in rows)]):
        try:
            decision = cases.decide_case(
                by=request.user,
                item=found,
                case=of_case,
                decided=form.said(),
                group=form.group(),
                to_do=[one for one in (row.to_do() for row in rows) if one is not None],
            )
        except (CaseRefused, RecordRefused) as error:
            form.add_error(None, str(error))
        else:
            if can_write_notes(request.user, meeting):
                return back_to(pk, number_of(found), "decisions")
            return HttpResponseRedirect(reverse("meetings:decision", args=[decision.pk]), status=303)
    context = {
        "form": form,
        "rows": rows,
        "forms": [form, *rows],
        **_around(request, found, of_case, attendance),
    }
    return render(
        request, "meetings/decide_case.html", context, status=422 if request.method == "POST" else 200
    )


def _found(request: HttpRequest, pk: int, item: int, case: int) -> tuple[AgendaItem, Any, list[Attendance]]:
    """The item and the case, as far as the reader may read them, and who is there: for whoever may write this down.

    The case knows the decision that this meeting has made of it (`decision_pk`), and whether it waits for one.
    Three queries.
    """
    user = request.user
    items = AgendaItem.objects.visible_to(user).select_related(
        "meeting__body", "about_project", "about_organisation"
    )
    found = get_object_or_404(items, pk=item, meeting=pk)
    meeting = found.meeting
    attendance = attendance_of(meeting, found.pk)
    knows_its_hands(meeting, attendance)
    check_can_record_for_the_group(user, meeting)
    made = Decision.objects.visible_to(user).standing().filter(meeting=meeting, case=OuterRef("pk"))
    seen = Case.objects.visible_to(user).filter(
        body=meeting.body_id,
        about_project=found.about_project_id,
        about_organisation=found.about_organisation_id,
    )
    seen = seen.annotate(
        decision_pk=Subquery(made.values("pk")[:1]),
        is_decidable=Exists(decidable_at(meeting, user).filter(pk=OuterRef("pk"))),
    ).select_related("about_project", "about_organisation", "body__parent")
    return found, get_object_or_404(seen, pk=case), attendance


def _decided_or_gone(request: HttpRequest, case: Any) -> HttpResponse | None:
    """Where there is nothing to decide here: the decision that was made, or the case itself."""
    if case.decision_pk is not None:
        return redirect("meetings:decision", case.decision_pk)
    if case.is_decidable:
        return None
    messages.info(request, cases.NOT_FOR_THIS_MEETING)
    return redirect(case)


def _around(
    request: HttpRequest, item: AgendaItem, case: Case, attendance: list[Attendance]
) -> dict[str, Any]:
    """Who counts for the decision so far, who does not, and of whom that is still to be said."""
    taking_part = who_takes_part(request.user, item.meeting, item.pk, attendance)
    return {
        "meeting": item.meeting,
        "item": item,
        "case": case,
        "day_words": day_in_words(item.meeting.date),
        "taking_part": taking_part,
        "not_handled": not_handled_yet(case, item, taking_part),
        "can_write": can_write_notes(request.user, item.meeting),
        "item_url": f"{reverse('meetings:workspace', args=[item.meeting_id])}?item={number_of(item)}",
    }
