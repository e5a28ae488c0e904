"""The answers to what is picked up from the notes: accept, change, not an action, the same action, and the rest."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from actions.deadlines import read_deadline
from actions.forms.deadlines import question_about
from actions.models import Action
from actions.services import Owner as Carrier
from allies.access import requires
from allies.powers import Permission
from meetings.forms.workspace import DecidedForm
from meetings.models import Decision, Mention, Reached
from meetings.models.cast import everyone_for
from meetings.models.workspace import attendance_with_absences
from meetings.notes.document import Marker
from meetings.notes.owners import read_owners
from meetings.services import answering
from meetings.services.answering import AnswerRefused, Said
from meetings.services.picking_up import NamedOwner, Names, picked_up
from meetings.services.recording import RecordRefused, Votes
from meetings.views.workspace.cards import AS_WRITTEN, context_of, tell
from meetings.views.workspace.finding import back_to, mention_by_id, number_of, part, space_to_write
from meetings.views.workspace.showing import workspace_context


class AnswerForm(forms.Form):
    """One answer to one marked line; the fields that an answer does not need are left out.

    "same:12" says at once that the line is the same, and as which. Saying who is meant accepts the line.
    """

    answer = forms.ChoiceField(
        choices=[
            (name, name)
            for name in (
                "accept",
                "change",
                "leave",
                "aside",
                "back",
                "same",
                "another",
                "advice",
                "decision",
            )
        ]
    )
    seen = forms.CharField(required=False, strip=False)
    words = forms.CharField(required=False, max_length=4000)
    owners = forms.CharField(required=False, max_length=400)
    deadline = forms.CharField(required=False, max_length=200)
    asked_deadline = forms.CharField(required=False, max_length=200)

    def __init__(self, data: QueryDict) -> None:
        says_who = any(name.startswith("who-") for name in data)
        answer, _, which = data.get("answer", "accept" if says_who else "").partition(":")
        self.which = int(which) if which.isascii() and which.isdigit() and len(which) < 12 else 0
        super().__init__(data.dict() | {"answer": answer})


@requires(Permission.READ_RECORD)
@require_POST
def answer_line(request: HttpRequest, pk: int, mention: int) -> HttpResponse:
    """Do what was answered about a marked line, and show what stands beside the notes then."""
    found = mention_by_id(request, pk, mention)
    form = AnswerForm(request.POST)
    problem = ""
    try:
        problem = (
            _answer(request, found, form) if form.is_valid() else "Say what is to be done with this line"
        )
    except (AnswerRefused, RecordRefused) as error:
        problem = str(error)
    if not problem and not request.htmx:
        return back_to(pk, number_of(found.item) if found.item else None, f"line-{found.pk}")
    if found.item is None:
        return back_to(pk)
    if not request.htmx:
        return _whole_page(request, found, problem)
    context = context_of(found.item, request, found if problem else None)
    tell(context["cards"], found, problem, request)
    response = part(request, "picked_up", context, status=422 if problem else 200)
    if found.marker == Marker.DECISION:
        trigger_client_event(response, "decided")
    return trigger_client_event(response, "answered")


def _answer(request: HttpRequest, mention: Mention, form: AnswerForm) -> str:
    """Do it. Gives what stands in the way, in words; "" once it is done."""
    typed, by = form.cleaned_data, request.user
    if typed["answer"] in {"accept", "change"} and typed["seen"] and typed["seen"] != mention.text:
        return "The line was edited while you were reading. Look at it again"
    match typed["answer"]:
        case "leave":
            answering.leave_as_it_is(by=by, mention=mention)
        case "aside" | "back":
            answering.set_aside(by=by, mention=mention, aside=typed["answer"] == "aside")
        case "another":
            answering.another_one(by=by, mention=mention)
        case "same":
            _say_same(request, mention, form.which)
        case "advice" | "decision":
            _turn(request, mention, advice=typed["answer"] == "advice")
        case _ if mention.marker == Marker.DECISION:
            return _decide(request, mention)
        case _:
            return _act(request, mention, typed)
    return ""


def _act(request: HttpRequest, mention: Mention, typed: dict[str, Any]) -> str:
    meeting = mention.meeting
    names = Names(meeting, everyone_for(meeting, attendance_with_absences(meeting)))
    card = picked_up(meeting, [mention], names, notes=mention.item.notes if mention.item else "")[0]
    owners = card.owners
    if "owners" in request.POST:
        owners = tuple(names.owner(number, one) for number, one in enumerate(read_owners(typed["owners"])))
    carriers, known, problem = _carriers(request, owners, names)
    if problem:
        return problem
    deadline = card.understood.deadline
    if "deadline" in request.POST:
        # Asked about once: sent again as it is, it is kept in the words that were typed.
        if question := question_about(typed["deadline"], typed["asked_deadline"]):
            return question
        deadline = read_deadline(typed["deadline"], meeting_date=meeting.date)
    said = Said(
        words=typed["words"] if "words" in request.POST else card.understood.words,
        owners=tuple(carriers),
        deadline=deadline,
        status=card.understood.status,
        names=tuple(known),
    )
    if mention.action_id:
        answering.change_the_action(by=request.user, mention=mention, said=said)
    else:
        answering.accept_action(by=request.user, mention=mention, said=said)
    return ""


def _carriers(
    request: HttpRequest, owners: tuple[NamedOwner, ...], names: Names
) -> tuple[list[Carrier], list[tuple[str, Any]], str]:
    """Who is to carry it, from what was understood and what was chosen; and which names that explained."""
    carriers, known = [], []
    for one in owners:
        person = one.person
        if one.is_open:
            chosen = request.POST.get(f"who-{one.number}", "")
            if not chosen:
                return [], [], f"Say which {one.as_written} it is"
            if chosen != AS_WRITTEN:
                person = next(
                    (choice.person for choice in one.choices if str(choice.person.pk) == chosen), None
                )
                if person is None:
                    return [], [], f"Say which {one.as_written} it is"
                if not one.shared:
                    known.append((one.as_written, person))
        carriers.append(Carrier(one.as_written[:200], str(one.role), person, one.body))
    return carriers, known, ""


def _decide(request: HttpRequest, mention: Mention) -> str:
    form = DecidedForm(request.POST, prefix=f"line-{mention.pk}")
    if f"{form.prefix}-text" in request.POST:
        if not form.is_valid():
            return " ".join(words for errors in form.errors.values() for words in errors)
        text, reached, votes = form.cleaned_data["text"], form.cleaned_data["reached"], form.votes()
    else:
        meeting = mention.meeting
        names = Names(meeting, everyone_for(meeting, []), bodies=[])
        understood = picked_up(meeting, [mention], names)[0].understood
        text, reached = understood.words, str(understood.reached or "")
        found = understood.votes if reached == Reached.MAJORITY else None
        votes = Votes(found.for_it, found.against) if found else Votes()
    if mention.decision is not None:
        answering.change_the_decision(
            by=request.user, decision=mention.decision, words=text, reached=reached, votes=votes
        )
    else:
        answering.accept_decision(by=request.user, mention=mention, words=text, reached=reached, votes=votes)
    return ""


def _turn(request: HttpRequest, mention: Mention, *, advice: bool) -> None:
    """This was advice, or a decision after all."""
    reached = Reached.ADVICE if advice else Reached.AGREED
    if mention.decision is None:
        words = picked_up(
            mention.meeting, [mention], Names(mention.meeting, everyone_for(mention.meeting, []), [])
        )
        answering.accept_decision(
            by=request.user, mention=mention, words=words[0].understood.words, reached=reached
        )
    else:
        answering.change_the_decision(
            by=request.user, decision=mention.decision, words=mention.decision.text, reached=reached
        )


def _say_same(request: HttpRequest, mention: Mention, which: int) -> None:
    if mention.marker == Marker.DECISION:
        decisions = Decision.objects.visible_to(request.user)
        answering.same_decision(
            by=request.user, mention=mention, decision=get_object_or_404(decisions, pk=which)
        )
    else:
        actions = Action.objects.visible_to(request.user)
        answering.same_action(by=request.user, mention=mention, action=get_object_or_404(actions, pk=which))


def _whole_page(request: HttpRequest, mention: Mention, problem: str) -> HttpResponse:
    """Without a script, an answer that needs mending gives the whole page again."""
    assert mention.item is not None
    space = space_to_write(request, mention.meeting_id, number_of(mention.item))
    context = workspace_context(request, space)
    tell(context["cards"], mention, problem, request)
    return part(request, "page", context, status=422)
