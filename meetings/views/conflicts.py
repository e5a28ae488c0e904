"""Pages about conflicts of interest: before a meeting, of a whole meeting, and taking back what was a mistake."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allies.access import requires
from allies.models import Declaration, Interest
from allies.powers import Permission, Refused
from meetings.forms.conflicts import OwnDeclarationForm, ReasonForm
from meetings.forms.recording import DeclarationForm, InterestsForm
from meetings.models import (
    AgendaItem,
    Attendance,
    Handling,
    InterestsAnswer,
    InterestsState,
    Meeting,
    SourceDocument,
)
from meetings.models.declared import Declared, Places, read_interests
from meetings.models.in_full import attendance_of, items_of
from meetings.services import conflicts, handling, recording
from meetings.services.conflicts import check_can_declare_for
from meetings.services.recording import RecordRefused
from meetings.views.answering_interests import press
from meetings.views.finding import form_page, meeting_or_404, meeting_to_write
from meetings.views.workspace.finding import back_to
from meetings.views.workspace.touched import HANDLED_WORDS, answers_context, entry_words_of


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the meeting: nothing to declare with one press, entries of one's own, or words."""
    meeting = meeting_or_404(request, pk)
    person = request.user.person
    if person is None:
        raise Refused(
            Permission.ANSWER_FOR_ONESELF,
            "This account belongs to nobody in the record, so it cannot declare anything.",
        )
    check_can_declare_for(request.user, meeting, person)
    # Each keeps the number it has on the agenda, where those that are withheld keep their places.
    numbered = [(n, one) for n, one in enumerate(items_of(meeting, request.user), 1) if not one.is_withheld]
    items = [item for _, item in numbered]
    found = read_interests(request.user, meeting, items)
    declared = [one for one in found.standing if one.person_id == person.pk]
    touching = [
        (number, item, touch)
        for number, item in numbered
        for touch in found.touching(item)
        if touch.person_id == person.pk
    ]
    touched = {touch.entry.pk for *_, touch in touching if touch.entry}
    form = _own_form(request, meeting, numbered, declared, touched)
    problem = ""
    if request.method == "POST":
        try:
            if "none" in request.POST:
                conflicts.answer_none(by=request.user, meeting=meeting, person=person)
                return redirect("meetings:declare", pk)
            if form.is_valid():
                _declare_own(request, meeting, form, items)
                return redirect("meetings:declare", pk)
        except RecordRefused as error:
            problem = str(error)
    mine = Attendance.objects.filter(meeting=meeting, person=person).first()
    context = {
        "meeting": meeting,
        "form": form,
        "problem": problem,
        "answer": mine.interests_answer if mine else InterestsAnswer.NOT_ASKED,
        "declared": [(one, one.in_words(Places())) for one in declared],
        "touching": touching,
    }
    return form_page(request, "meetings/conflict_declare.html", context)


def _own_form(
    request: HttpRequest,
    meeting: Meeting,
    numbered: list[tuple[int, AgendaItem]],
    declared: list[Declared],
    touched: set[int],
) -> OwnDeclarationForm:
    """The form of somebody's own entries that were not declared yet; those that the agenda touches are ticked."""
    entries = list(
        Interest.objects.visible_to(request.user)
        .standing_on(meeting.date)
        .filter(person=request.user.person)
        .exclude(pk__in=[one.interest_id for one in declared if one.interest_id])
        .select_related("about_project", "about_organisation")
    )
    return OwnDeclarationForm(
        request.POST if "declare" in request.POST else None,
        entries=[(entry.pk, entry_words_of(entry)) for entry in entries],
        items=[(item.pk, f"{number}. {item.title}") for number, item in numbered],
        initial={"entries": [entry.pk for entry in entries if entry.pk in touched]},
    )


def _declare_own(
    request: HttpRequest, meeting: Meeting, form: OwnDeclarationForm, items: list[AgendaItem]
) -> None:
    typed = form.cleaned_data
    person = request.user.person
    for entry in Interest.objects.filter(person=person, pk__in=typed.get("entries", [])):
        conflicts.declare(by=request.user, meeting=meeting, person=person, interest=entry)
    if words := typed["words"].strip():
        item = next((one for one in items if one.pk == typed["item"]), None)
        conflicts.declare(by=request.user, meeting=meeting, person=person, words=words, item=item)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def interests(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's answer, what was declared, how it was handled; and what a brought-in document says.

    `do` is a press about an answer; `declare` a declaration by name; neither, the document's own words.
    """
    meeting = meeting_to_write(request, pk)
    brought_in = SourceDocument.objects.filter(meeting=meeting).exists()
    declaring = "declare" in request.POST
    posted = request.POST if request.method == "POST" else None
    declaration = DeclarationForm(posted if declaring else None, prefix="declared")
    initial = {"state": meeting.interests_state, "words": meeting.interests_words}
    state = InterestsForm(
        posted if not declaring and "do" not in request.POST else None, initial=initial, prefix="said"
    )
    pressed = press(request, meeting) if "do" in request.POST else None
    if pressed is not None and pressed.is_done:
        return redirect("meetings:interests", pk)
    if posted is not None and pressed is None and _is_written_down(request, meeting, declaration, state):
        return redirect("meetings:interests", pk)
    items, attendance = items_of(meeting, request.user), attendance_of(meeting)
    found = read_interests(request.user, meeting, every_entry=True)
    context: dict[str, Any] = answers_context(meeting, attendance, items, found) | {
        "meeting": meeting,
        "brought_in": brought_in,
        "state": state,
        "declaration": declaration,
        "handled": [
            (number, item, one, handled, HANDLED_WORDS[handled.how])
            for number, item in enumerate(items, 1)
            for one in found.standing
            for handled in one.handled
            if handled.item_id == item.pk
        ],
    }
    if pressed is not None:
        context["interests_problem"] = pressed.problem
        for row in context["answering"]:
            row.declares = pressed.form if row.pk == pressed.row else row.declares
    return form_page(request, "meetings/interests.html", context)


def _is_written_down(
    request: HttpRequest, meeting: Meeting, declaration: DeclarationForm, state: InterestsForm
) -> bool:
    """Record what was typed in the one form that was sent; what stands in the way is said in it."""
    form = declaration if declaration.is_bound else state
    if not form.is_valid():
        return False
    typed = form.cleaned_data
    try:
        if form is declaration:
            conflicts.record_declaration(by=request.user, meeting=meeting, **typed)
        else:
            said = InterestsState(typed["state"])
            recording.record_interests(by=request.user, meeting=meeting, state=said, words=typed["words"])
    except RecordRefused as error:
        form.add_error(error.field, str(error))
        return False
    return True


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw_declaration(request: HttpRequest, pk: int, declaration: int) -> HttpResponse:
    """Say why a declaration was a mistake: it stays, struck."""
    meeting = meeting_or_404(request, pk)
    made = Declaration.objects.visible_to(request.user).standing().select_related("person")
    found = get_object_or_404(made.filter(body=meeting.body_id, on=meeting.date), pk=declaration)
    check_can_declare_for(request.user, meeting, found.person)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            handling.withdraw_declaration(
                by=request.user, declaration=found, meeting=meeting, reason=form.cleaned_data["reason"]
            )
        except RecordRefused as error:
            form.add_error("reason", str(error))
        else:
            return redirect(meeting)
    context = {"meeting": meeting, "form": form, "said": read_one(request, meeting, found.pk)}
    return form_page(request, "meetings/conflict_withdraw.html", context)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def take_back_handling(request: HttpRequest, pk: int, handled: int) -> HttpResponse:
    """Say why a declaration does not touch an item after all."""
    meeting = meeting_to_write(request, pk)
    rows = Handling.objects.visible_to(request.user).select_related(
        "declaration__person", "item__meeting__body", "withholding"
    )
    found = get_object_or_404(rows, pk=handled, item__meeting=pk)
    number = 1 + AgendaItem.objects.filter(meeting=pk, position__lt=found.item.position).count()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            handling.take_back_handling(by=request.user, handling=found, reason=form.cleaned_data["reason"])
        except RecordRefused as error:
            form.add_error("reason", str(error))
        else:
            return back_to(pk, number, "item-interests")
    context = {
        "meeting": meeting,
        "form": form,
        "item": found.item,
        "number": number,
        "said": read_one(request, meeting, found.declaration_id),
        "back_url": f"{reverse('meetings:workspace', args=[pk])}?item={number}#item-interests",
    }
    return form_page(request, "meetings/conflict_take_back.html", context)


def read_one(request: HttpRequest, meeting: Meeting, pk: int) -> str:
    """One declaration of a meeting as a sentence of its notes."""
    found = read_interests(request.user, meeting)
    one = next((one for one in found.declarations if one.pk == pk), None)
    if one is None:
        raise Http404
    return one.in_words(Places())
