"""Bringing notes in by the browser: paste or upload, look at what was understood, put it right, save.

Nothing is kept on the server between the steps: the form carries the text and every field. So a POST that comes
after the sign-in lapsed, or with a token of an earlier sign-in, is shown again instead of being thrown away. Only
"save" and "replace" write, and they write with a valid token alone.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from allies.access import requires
from allies.form_token import token_is_good
from allies.models import Body, BodyKind
from allies.policies import can, powers_of
from allies.powers import Permission
from allies.unsent import came_from_here, fields_of, give_back
from meetings.forms.importing import BringInForm
from meetings.forms.offering import offer
from meetings.forms.reviewing import Review, review_of
from meetings.models import SourceDocument
from meetings.notes.decoding import LARGEST, decode
from meetings.notes.document import NotesDocument, from_json
from meetings.services.answers import Answers
from meetings.services.importing import (
    CannotBringIn,
    Contradicts,
    Incoming,
    body_for,
    bring_in,
    first_body,
    meeting_noted,
    what_differs,
)
from meetings.services.settling import left_open
from meetings.services.taking_in import Taken, UnreadableNotes, day_in_name, take_in
from meetings.services.understanding import understand
from meetings.source_lines import lines_of


def keeps_what_was_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a POST that comes after the sign-in lapsed back to its sender, to be sent again after signing in.

    What another site sent is nobody's here, and is not given back.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated and came_from_here(request):
            return _signed_out(request)
        return view(request, *args, **kwargs)

    return kept


@csrf_exempt  # the token is checked before anything is written: see `token_is_good`
@keeps_what_was_sent
@requires(Permission.WRITE_NOTES)
def bring_in_notes(request: HttpRequest) -> HttpResponse:
    """The page that takes a text or a file, and the page that shows what was understood of it."""
    if request.method != "POST":
        return _ask(request, BringInForm(bodies=_bodies(request)))
    if "meeting-source" not in request.POST:
        return _look(request)
    return _review(request)


def _ask(request: HttpRequest, form: BringInForm, *, status: int = 200) -> HttpResponse:
    several = len(form.fields["body"].bodies) > 1
    return render(request, "meetings/import.html", {"form": form, "several": several}, status=status)


def _look(request: HttpRequest) -> HttpResponse:
    """Read what was given, and show it."""
    every = list(Body.objects.order_by("name"))
    form = BringInForm(request.POST, request.FILES, bodies=_bodies(request, every))
    if not form.is_valid():
        return _ask(request, form, status=422)
    content, name = form.content()
    try:
        taken = take_in(content, name)
    except UnreadableNotes as error:
        form.add_error("file" if name else "text", str(error))
        return _ask(request, form, status=422)
    # Only among the groups whose notes somebody may bring in: what a page offers comes from that group's record.
    body = form.cleaned_data.get("body") or body_for(
        taken.document, taken.text, bodies=_bodies(request, every)
    )
    if body is None and can(request.user, Permission.KEEP_PEOPLE) and token_is_good(request):
        body = first_body(by=request.user)
        every = list(Body.objects.order_by("name"))
    document, note = taken.document, None
    meeting = meeting_noted(body, document) if body else None
    if meeting:
        incoming = Incoming(document, taken.text, taken.name)
        note = what_differs(incoming, actor=request.user, meeting=meeting)
        source = SourceDocument.objects.filter(meeting=meeting).first()
        if note is None and source:
            # The same text again: what was put right when it came in stays right.
            document = from_json(source.understood)
    return _show(request, taken, document, every, body=body, differs=note, noted=meeting)


def _review(request: HttpRequest) -> HttpResponse:
    """Save what was put right, or show it again."""
    every = list(Body.objects.order_by("name"))
    bodies = _bodies(request, every)
    review = Review(data=request.POST, bodies=bodies)
    text = request.POST.get("meeting-source", "")
    try:
        taken = take_in(text.encode("utf-8", "replace"), request.POST.get("meeting-source_name", "")[:300])
    except UnreadableNotes as error:
        form = BringInForm({"text": text}, bodies=bodies)
        form.is_valid()
        form.add_error("text", str(error))
        return _ask(request, form, status=422)
    valid = review.is_valid()
    document = review.document(taken.document, whole=not valid)
    body = review.meeting.cleaned_data.get("body")
    answers = review.answers(document)
    step = request.POST.get("step", "look")
    if step not in {"save", "replace"}:
        return _show(
            request, taken, document, every, body=body, answers=answers, bound=None if valid else review
        )
    if not valid:
        return _show(request, taken, document, every, body=body, bound=review, status=422)
    if not token_is_good(request):
        return _show(request, taken, document, every, body=body, answers=answers, stale=True, status=403)
    incoming = Incoming(document, text, taken.name, corrected=True)
    try:
        outcome = bring_in(
            by=request.user, body=body, incoming=incoming, answers=answers, replacing=step == "replace"
        )
    except Contradicts as contradiction:
        meeting = contradiction.meeting
        return _show(
            request,
            taken,
            document,
            every,
            body=body,
            answers=answers,
            differs=contradiction,
            noted=meeting,
            status=409,
        )
    except CannotBringIn as problem:
        review.meeting.add_error(None, str(problem))
        return _show(request, taken, document, every, body=body, bound=review, status=422)
    if can(request.user, Permission.KEEP_PEOPLE) and left_open(outcome.meeting, request.user):
        return redirect("meetings:settle", outcome.meeting.pk)
    return redirect(outcome.meeting)


def _show(
    request: HttpRequest,
    taken: Taken,
    document: NotesDocument,
    every: list[Body],
    *,
    body: Body | None,
    answers: Answers | None = None,
    bound: Review | None = None,
    differs: Contradicts | None = None,
    noted: Any = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The review page: what was understood beside the source."""
    bodies = _bodies(request, every)
    day = bound.meeting.cleaned_data.get("date") if bound else _day(document)
    understood = understand(document, actor=request.user, body=body, day=day, bodies=every)
    review = bound or review_of(
        document, understood, text=taken.text, name=taken.name, body=body, bodies=bodies, answers=answers
    )
    offer(review, document, understood, bodies=every)
    context = {
        "review": review,
        "several_bodies": len(bodies) > 1,
        "no_bodies": not bodies,
        "lines": lines_of(taken.text, taken.places, taken.document),
        "warnings": taken.document.warnings,
        "day_in_name": None if document.date else day_in_name(taken.name),
        "differs": differs,
        "can_replace": bool(
            differs and differs.replaceable and can(request.user, Permission.UPDATE_ANY_ACTION)
        ),
        "noted": noted,
        "open_names": sum(1 for form in review.sets["names"].forms if not form["whom"].value()),
        "stale": stale,
    }
    return render(request, "meetings/import_review.html", context, status=status)


def _day(document: NotesDocument) -> date | None:
    return date.fromisoformat(document.date) if document.date else None


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, in a form to send again; a file as the text that is in it."""
    kept = [(name, value) for name, value in fields_of(request) if name != "step"]
    problem = ""
    if file := request.FILES.get("file"):
        try:
            text, _ = decode(file.read(LARGEST + 1), file.name or "")
            kept = [(name, value) for name, value in kept if name != "text"] + [("text", text)]
        except UnreadableNotes as error:
            problem = str(error)
    return give_back(request, [*kept, ("step", "look")], problem=problem)


def _bodies(request: HttpRequest, every: list[Body] | None = None) -> list[Body]:
    """The groups whose notes somebody may bring in; the core team is not one that meets here."""
    where = powers_of(request.user).where(Permission.WRITE_NOTES)
    bodies = Body.objects.order_by("name") if every is None else every
    return [one for one in bodies if one.kind != BodyKind.CORE_TEAM and (where is None or one.pk in where)]
