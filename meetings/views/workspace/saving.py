"""Saving an item's notes, as docs/decisions/0010-saving-notes.md says: nothing that was sent is thrown away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from allies.access import public
from allies.form_token import token_is_good
from allies.powers import Refused
from meetings.forms.workspace import SaveForm
from meetings.models import AgendaItem, RevisionOutcome
from meetings.services.minutes import Kept, NotesRefused, save_notes
from meetings.views.finding import meeting_to_write
from meetings.views.workspace.finding import back_to, item_by_id, number_of, wants_json

SIGNED_OUT = (
    "You were signed out. Your words are kept here. Sign in again, in another tab, and save once more."
)
SOMEBODY_ELSE = "Somebody else is signed in now. These words are not sent in their name."
STALE = "You signed in again since this page was loaded. Nothing is lost: save once more."
GONE = "This item is no longer on the agenda. Your words are kept here: copy them to another item."
WRONG = "This could not be read as notes. Your words are kept here."
KEEPS = "Gives back what somebody typed when their sign-in has lapsed; asks for the power to write before it saves."


@csrf_exempt  # the token is checked below, so that words with an old one are given back
@public(reason=KEEPS)
@require_POST
@never_cache
def save(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Keep the notes of one item, and say what became of them."""
    if not request.user.is_authenticated:
        return _not_saved(request, "signed_out", SIGNED_OUT, 401)
    if not token_is_good(request):
        return _not_saved(request, "stale_page", STALE, 403)
    try:
        found = item_by_id(request, pk, item)
    except Refused as error:
        return _not_saved(request, "refused", str(error), 403)
    except Http404:
        return _not_saved(request, "gone", GONE, 404)
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _not_saved(request, "wrong", WRONG, 422)
    typed = form.cleaned_data
    if typed["account"] and typed["account"] != request.user.pk:
        return _not_saved(request, "somebody_else", SOMEBODY_ELSE, 403)
    try:
        kept = save_notes(
            by=request.user, item=found, notes=typed["notes"], base=typed["base"], save_id=typed["save_id"]
        )
    except (NotesRefused, Refused) as error:
        return _not_saved(request, "refused", str(error), 403)
    except AgendaItem.DoesNotExist:
        return _not_saved(request, "gone", GONE, 404)
    return _saved(request, found, kept)


@public(
    reason="Tells a page that waits whether its sign-in has lapsed, and a signed-in note-taker what moved."
)
@require_GET
@never_cache
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is signed in now, with a token that holds, and how far each item's notes have come."""
    if not request.user.is_authenticated:
        return JsonResponse({"outcome": "signed_out", "words": SIGNED_OUT}, status=401)
    try:
        meeting = meeting_to_write(request, pk)
    except Refused as error:
        return JsonResponse({"outcome": "refused", "words": str(error)}, status=403)
    items = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    versions = dict(items.values_list("pk", "version"))
    return JsonResponse({"account": request.user.pk, "token": get_token(request), "version": versions})


def _saved(request: HttpRequest, item: AgendaItem, kept: Kept) -> HttpResponse:
    conflict = kept.outcome is RevisionOutcome.CONFLICT
    if not wants_json(request):
        if conflict:
            return redirect("meetings:both_versions", item.meeting_id, item.pk, kept.kept)
        return back_to(item.meeting_id, number_of(item), "notes")
    answer: dict[str, Any] = {
        "outcome": str(kept.outcome.value),
        "version": kept.version,
        "saved_at": f"{localtime(kept.saved_at):%H:%M}" if kept.saved_at else "",
    }
    if kept.outcome is not RevisionOutcome.SAVED:
        answer |= {"notes": kept.notes, "by": kept.by}
    if kept.outcome is RevisionOutcome.MERGED:
        answer["merged_from"] = kept.kept
    if conflict:
        address = redirect("meetings:both_versions", item.meeting_id, item.pk, kept.kept).url
        answer |= {"kept": kept.kept, "both": address}
    return JsonResponse(answer, status=409 if conflict else 200)


def _not_saved(request: HttpRequest, outcome: str, words: str, status: int) -> HttpResponse:
    """Not saved, and why. A browser without a script gets its words back, to be sent again."""
    if wants_json(request):
        return JsonResponse({"outcome": outcome, "words": words}, status=status)
    kept = [
        (name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "notes"}
    ]
    context = {
        "outcome": outcome,
        "words": words,
        "notes": request.POST.get("notes", ""),
        "kept": kept,
        "again": outcome in {"signed_out", "stale_page", "wrong"},
    }
    return render(request, "meetings/workspace/not_saved.html", context, status=status)
