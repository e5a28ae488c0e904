"""Every saved state of an item's notes: two people's versions side by side, and the revisions to bring back."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allies.access import requires
from allies.powers import Permission
from meetings.models import AgendaItem, Revision, RevisionOutcome
from meetings.notes.comparing import both, compare
from meetings.services.minutes import LONGEST, NotesRefused, bring_back, save_notes
from meetings.views.workspace.finding import back_to, item_by_id, number_of

A_PAGE = 40
KEEPING = [
    ("mine", "Keep mine"),
    ("theirs", "Keep theirs"),
    ("both", "Keep both, one after the other where they differ"),
    ("edit", "Keep what stands in the box below"),
]


class KeepingForm(forms.Form):
    """Which of two versions stays. `base` is the version that the page showed as theirs."""

    keep = forms.ChoiceField(choices=KEEPING, error_messages={"required": "Say which of the two stays"})
    notes = forms.CharField(required=False, strip=False, max_length=LONGEST)
    base = forms.IntegerField(min_value=0)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def both_versions(request: HttpRequest, pk: int, item: int, number: int) -> HttpResponse:
    """What somebody handed in beside what stands: keep either, both, or something new."""
    found = item_by_id(request, pk, item)
    mine = get_object_or_404(Revision.objects.select_related("by__person"), item=found, number=number)
    theirs = Revision.objects.select_related("by__person").filter(item=found, number=found.version).first()
    form = KeepingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, found, mine, form)
        except NotesRefused as error:
            form.add_error(None, str(error))
    typed = request.POST.get("notes") if request.method == "POST" else None
    context = {
        "meeting": found.meeting,
        "item": found,
        "number": number_of(found),
        "mine": mine,
        "theirs": theirs,
        "by_me": mine.by_id == request.user.pk,
        "mine_head": "Yours" if mine.by_id == request.user.pk else "Handed in",
        "rows": compare(mine.notes, found.notes),
        "joined": typed if typed is not None else both(mine.notes, found.notes),
        "is_settled": mine.notes == found.notes or _was_chosen(mine),
        "form": form,
    }
    return render(
        request, "meetings/workspace/both.html", context, status=422 if request.method == "POST" else 200
    )


def _keep(request: HttpRequest, item: AgendaItem, mine: Revision, form: KeepingForm) -> HttpResponse:
    typed = form.cleaned_data
    texts = {
        "mine": mine.notes,
        "theirs": item.notes,
        "both": both(mine.notes, item.notes),
        "edit": typed["notes"],
    }
    kept = save_notes(
        by=request.user,
        item=item,
        notes=texts[typed["keep"]],
        # What holds every line of what stands now is written upon it; mine alone was chosen upon what was shown.
        base=item.version if typed["keep"] == "both" else typed["base"],
        words=f"{_chosen(mine)}{item.version}",
    )
    if kept.outcome is RevisionOutcome.CONFLICT:
        return redirect("meetings:both_versions", item.meeting_id, item.pk, kept.kept)
    return back_to(item.meeting_id, number_of(item), "notes")


def _chosen(mine: Revision) -> str:
    return f"chosen of {mine.number} and "


def _was_chosen(mine: Revision) -> bool:
    """Whether somebody has said since which of the two stays."""
    return Revision.objects.filter(item=mine.item_id, words__startswith=_chosen(mine)).exists()


@requires(Permission.READ_RECORD)
@require_safe
def revisions(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Every saved state, the newest first, and two of them side by side."""
    found = item_by_id(request, pk, item)
    rows = Revision.objects.filter(item=found).select_related("by__person").order_by("-number")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    left, right = _asked(request, "left"), _asked(request, "right")
    compared = None
    if left is not None and right is not None:
        texts = dict(rows.filter(number__in=[left, right]).values_list("number", "notes"))
        if len(texts) == len({left, right}):
            compared = compare(texts[left], texts[right])
    shown = None
    if (asked := _asked(request, "see")) is not None:
        shown = get_object_or_404(rows, number=asked)
    context = {
        "meeting": found.meeting,
        "item": found,
        "number": number_of(found),
        "page_obj": page,
        "left": left,
        "right": right,
        "rows": compared,
        "shown": shown,
    }
    return render(request, "meetings/workspace/revisions.html", context)


@requires(Permission.READ_RECORD)
@require_POST
def bring_revision_back(request: HttpRequest, pk: int, item: int, number: int) -> HttpResponse:
    """Let an earlier state stand again. What stood until now stays among the revisions."""
    found = item_by_id(request, pk, item)
    bring_back(by=request.user, revision=get_object_or_404(Revision, item=found, number=number))
    return back_to(pk, number_of(found), "notes")


def _asked(request: HttpRequest, name: str) -> int | None:
    written = request.GET.get(name, "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else None
