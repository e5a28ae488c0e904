"""Settling what was left open when notes came in: one question at a time, each with its own form."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from actions.models import Action
from allies.access import requires
from allies.models import Body, Person
from allies.names import Offered, Resolved
from allies.powers import Permission
from meetings.forms.settling import NameAnswerForm, RemarkAnswerForm, TwinsAnswerForm
from meetings.models import Meeting
from meetings.services.open_matters import uses_in_words, why_in_words
from meetings.services.settling import (
    LeftOpen,
    left_open,
    settle_as_the_same,
    settle_as_two,
    settle_name,
    settle_name_as_new,
    settle_remark,
)


@dataclass(frozen=True, slots=True)
class Question:
    """One open matter with the form that answers it."""

    form: Any
    matter: Any
    words: str = ""


@requires(Permission.KEEP_PEOPLE)
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """What was left open about the notes of one meeting, and the answer to one of the questions."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    matters = left_open(meeting, request.user)
    questions = _questions(matters)
    if request.method != "POST":
        return _page(request, meeting, matters, questions)
    asked = next(
        (
            one
            for kind in questions.values()
            for one in kind
            if one.form.prefix == request.POST.get("question")
        ),
        None,
    )
    if asked is None:
        # Answered already, perhaps in another tab.
        return redirect("meetings:settle", meeting.pk)
    form = type(asked.form)(request.POST, prefix=asked.form.prefix, **asked.form.choices)
    if not form.is_valid():
        for kind in questions.values():
            for number, one in enumerate(kind):
                if one is asked:
                    kind[number] = Question(form, one.matter, one.words)
        return _page(request, meeting, matters, questions, status=422)
    _answer(request, meeting, asked, form)
    return redirect("meetings:settle", meeting.pk)


def question_about(written: str) -> str:
    """The name of the question about a name: the same in every tab, whatever was answered meanwhile."""
    return f"name-{sha256(written.encode()).hexdigest()[:12]}"


def _answer(request: HttpRequest, meeting: Meeting, asked: Question, form: Any) -> None:
    match form:
        case NameAnswerForm():
            _answer_name(request, meeting, asked, form)
        case RemarkAnswerForm():
            answer = form.cleaned_data["action"]
            action = get_object_or_404(_actions(meeting, request.user), pk=answer) if answer else None
            settle_remark(by=request.user, mention=asked.matter.mention, action=action)
        case TwinsAnswerForm():
            settle_twins = settle_as_the_same if form.cleaned_data["answer"] == "same" else settle_as_two
            settle_twins(
                by=request.user, meeting=meeting, action=asked.matter.action, other=asked.matter.other
            )


def _answer_name(request: HttpRequest, meeting: Meeting, asked: Question, form: NameAnswerForm) -> None:
    written, whom = asked.matter.written, form.cleaned_data["whom"]
    kind, _, key = whom.partition(":")
    if kind == "new":
        settle_name_as_new(
            by=request.user,
            meeting=meeting,
            written=written,
            full_name=form.cleaned_data["full_name"] or written,
        )
    elif kind == "person":
        settle_name(
            by=request.user, meeting=meeting, written=written, person=get_object_or_404(Person, pk=key)
        )
    elif kind == "body":
        settle_name(by=request.user, meeting=meeting, written=written, body=get_object_or_404(Body, pk=key))
    elif kind == "as_written":
        settle_name(by=request.user, meeting=meeting, written=written)
    else:
        raise Http404


def _questions(matters: LeftOpen) -> dict[str, list[Question]]:
    bodies = (
        [(f"body:{body.pk}", body.name) for body in Body.objects.order_by("name")] if matters.names else []
    )
    everyone = sorted(matters.people.values(), key=lambda one: one.full_name.lower())
    people = [(f"person:{one.id}", one.full_name) for one in everyone]
    # What is open, and what these notes list: a remark speaks of one of them, or of none.
    actions = [(action.pk, action.text) for action in matters.actions]
    names, remarks = [], []
    for name in matters.names:
        offered = []
        if isinstance(name.placing, Resolved):
            offered = [(f"person:{name.placing.id}", matters.people[name.placing.id].full_name)]
        elif isinstance(name.placing, Offered):
            offered = [
                (f"person:{one.id}", f"{matters.people[one.id].full_name} ({why_in_words(one)})")
                for one in name.placing.offers
            ]
        form = NameAnswerForm(
            prefix=question_about(name.written),
            written=name.written,
            offered=offered,
            people=people,
            bodies=bodies,
        )
        names.append(Question(form, name, uses_in_words(name)))
    for remark in matters.remarks:
        proposed = [(action.pk, action.text) for action in remark.proposed]
        form = RemarkAnswerForm(prefix=f"remark-{remark.mention.pk}", proposed=proposed, actions=actions)
        remarks.append(Question(form, remark))
    twins = [
        Question(TwinsAnswerForm(prefix=f"twins-{one.action.pk}-{one.other.pk}"), one)
        for one in matters.twins
    ]
    return {"names": names, "remarks": remarks, "twins": twins}


def _page(
    request: HttpRequest,
    meeting: Meeting,
    matters: LeftOpen,
    questions: dict[str, list[Question]],
    *,
    status: int = 200,
) -> HttpResponse:
    asked = [one.form for kind in questions.values() for one in kind if one.form.is_bound]
    context = {
        "meeting": meeting,
        "questions": questions,
        "bound": asked,
        "merged": matters.merged,
        "nothing_open": not matters,
        "co_chairs": matters.called_co_chair,
    }
    return render(request, "meetings/settle.html", context, status=status)


def _actions(meeting: Meeting, actor: Any) -> Any:
    return Action.objects.visible_to(actor).filter(body=meeting.body)
