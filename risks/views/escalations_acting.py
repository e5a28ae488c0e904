"""What is done with a case beside its keys: standing aside, substitutes, correspondence, the university, actions."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from allies import clock
from allies.access import requires
from allies.models import Seat
from allies.policies import can, check, powers_of
from allies.powers import Permission, Refused
from allies.views.pages import form_page, sent
from risks import keys
from risks.forms.escalations import (
    AnswerForm,
    AsideForm,
    DecidedForm,
    HostAnswerForm,
    HostDecidedForm,
    OpenForm,
    PersonForm,
    TellForm,
    ToDoForm,
)
from risks.models import Case, the_group
from risks.models.situation import situation_of
from risks.services.cases import CaseRefused, open_by_hand
from risks.services.corresponding import answer_proposal, check_can_be_answered, close_proposal, propose
from risks.services.deciding import host_answered, host_decided, tell_the_host
from risks.services.turning_keys import (
    add_actions_to,
    leads,
    name_substitute,
    stand_down,
    take_to_the_allies,
)
from risks.views.doing import FORM, Doing, case_form, readable


@requires(Permission.KEEP_RISKS)
@FORM
def open_case(request: HttpRequest) -> HttpResponse:
    """Open a case by hand, with a reason; where one is open, the reason joins it."""
    group = the_group()
    if group is None:
        raise Http404
    check(request.user, Permission.KEEP_RISKS, body=group)
    form = OpenForm(sent(request), actor=request.user, initial={"about": request.GET.get("about", "")})
    if form.is_valid():
        try:
            found = open_by_hand(by=request.user, body=group, **form.cleaned_data)
        except CaseRefused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(found.get_absolute_url(), status=303)
    return form_page(
        request,
        form,
        title="Open a case",
        lead="The chairs then decide about it. Everyone in the group reads the reason.",
        button="Open the case",
        back_url=reverse("escalations:list"),
        back_text="The escalation review",
        section="projects",
    )


@requires(Permission.READ_RECORD)
@case_form(
    title="Stand aside from this case",
    lead="Having an interest is normal. Saying so protects you and the group. It cannot be taken back.",
    button="Stand aside",
)
def aside(request: HttpRequest, case: Case) -> Doing:
    """Stand aside from a case: for whoever holds a key, or could come to hold one."""
    situation = situation_of(case, clock.today())
    person = request.user.person
    if person is None or person.pk not in {*situation.seats.values(), *situation.substitutes}:
        raise Refused(
            Permission.DECIDE_CASE, "Only the chairs and their substitutes stand aside from a case."
        )
    return Doing(
        AsideForm(sent(request)),
        lambda typed: stand_down(
            by=request.user, case=case, person=person, why=keys.Why.CONFLICT, words=typed["words"]
        ),
    )


@requires(Permission.KEEP_RISKS)
@case_form(
    title="Somebody cannot be reached",
    lead="Somebody else then holds their key in this case. It cannot be taken back.",
    button="Write it down",
)
def unreachable(request: HttpRequest, case: Case) -> Doing:
    """Write down that whoever holds a key cannot be reached in time."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    situation = situation_of(case, clock.today())
    holders = [one.person for one in situation.held if isinstance(one, keys.Held)]
    return Doing(
        PersonForm(sent(request), label="Who cannot be reached?", people=holders),
        lambda typed: stand_down(by=request.user, case=case, person=typed["person"], why=keys.Why.ABSENT),
    )


@requires(Permission.READ_RECORD)
@case_form(
    title="Name a substitute",
    button="Name them",
)
def substitute(request: HttpRequest, case: Case) -> Doing:
    """Name who holds a key in a chair's place."""
    person = powers_of(request.user).person_id
    waiting = situation_of(case, clock.today()).key_to_name(person, leads=leads(request.user))
    if waiting is None:
        raise Refused(
            Permission.DECIDE_CASE, "The other chair names the substitute, or else the core team’s lead."
        )
    return Doing(
        PersonForm(sent(request), label="Who holds the key?", people=waiting.candidates),
        lambda typed: name_substitute(by=request.user, case=case, seat=waiting.seat, person=typed["person"]),
        lead=f"For the {Seat(waiting.seat).label.lower()} seat. From the list that the group agreed, without those "
        "who have an interest in the matter.",
    )


@requires(Permission.KEEP_RISKS)
@require_POST
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case to the Allies of which nobody can hold a key."""
    case = readable(request, pk)
    try:
        take_to_the_allies(by=request.user, case=case)
    except CaseRefused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(case.get_absolute_url(), status=303)


@requires(Permission.KEEP_RISKS)
@case_form(
    title="Propose by correspondence",
    lead="Every Ally without an interest in the matter is asked. It is decided at once when more than three "
    "quarters approve and nobody asks for time.",
    button="Put it to the Allies",
)
def put(request: HttpRequest, case: Case) -> Doing:
    """Put one written proposal to the Allies, to be answered within a week."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    form = DecidedForm(sent(request), today=clock.today())
    form.fields["reason"].label = "What is proposed, and why"
    return Doing(form, lambda _: propose(by=request.user, case=case, decided=form.decided()))


@requires(Permission.READ_RECORD)
@case_form(title="Answer the proposal", button="Send the answer")
def answer(request: HttpRequest, case: Case) -> Doing:
    """Answer the open proposal, or write down what somebody said by phone."""
    proposal = case.proposals.order_by("pk").last()
    if proposal is None:
        raise Http404
    for_others = can(request.user, Permission.KEEP_RISKS, body=case.body_id)
    mine = powers_of(request.user).person_id
    if not for_others and not proposal.counted.filter(pk=mine or 0).exists():
        raise Refused(Permission.READ_RECORD, "Only those who are counted for this proposal can answer it.")
    if request.method != "POST":  # what was typed too late is kept in the form, with the same sentence
        check_can_be_answered(proposal)
    form = AnswerForm(sent(request), counted=proposal.counted, for_others=for_others)
    return Doing(
        form,
        lambda _: answer_proposal(by=request.user, proposal=proposal, **form.values()),
        lead=f"{proposal.get_response_display()}. {proposal.words}",
    )


@requires(Permission.KEEP_RISKS)
@require_POST
def close_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a proposal past its last day has come to."""
    case = readable(request, pk)
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    close_proposal(by=request.user, proposal=get_object_or_404(case.proposals.filter(closed_on=None)))
    return HttpResponseRedirect(case.get_absolute_url(), status=303)


@requires(Permission.KEEP_RISKS)
@case_form(
    title="Tell the university",
    lead="For what is legal or regulatory, or the university’s own to decide. Tell it yourself: nothing is sent from "
    "here. Once it is written down, the case stands with the university.",
    button="Write down what it was told",
)
def tell(request: HttpRequest, case: Case) -> Doing:
    """Write down what the university was told."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    return Doing(TellForm(sent(request)), lambda typed: tell_the_host(by=request.user, case=case, **typed))


@requires(Permission.KEEP_RISKS)
@case_form(title="What the university answered", button="Save the answer")
def told_answer(request: HttpRequest, case: Case) -> Doing:
    """Write down what the university answered to the last that it was told."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    notice = case.notices.order_by("-pk").first()
    if notice is None:
        raise Http404
    return Doing(
        HostAnswerForm(sent(request)),
        lambda typed: host_answered(
            by=request.user, notice=notice, answer=typed["answer"], on=typed["on"] or clock.today()
        ),
        lead=f"It was told: {notice.words}",
    )


@requires(Permission.KEEP_RISKS)
@case_form(
    title="What the university decided",
    lead="The group’s advice stands beside it in the record.",
    button="Write down its decision",
)
def told_decision(request: HttpRequest, case: Case) -> Doing:
    """Write down what the university decided."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    form = HostDecidedForm(sent(request), today=clock.today())
    return Doing(
        form,
        lambda typed: host_decided(
            by=request.user, case=case, decided=form.decided(), on=typed["on"] or clock.today()
        ),
    )


@requires(Permission.KEEP_RISKS)
@case_form(title="Add an action", button="Add the action")
def actions(request: HttpRequest, case: Case) -> Doing:
    """Write down an action that the last decision asks for."""
    check(request.user, Permission.KEEP_RISKS, body=case.body_id)
    decision = case.decisions.order_by("-on", "-pk").first()
    if decision is None:
        raise Http404
    form = ToDoForm(sent(request), today=clock.today())
    return Doing(
        form,
        lambda _: add_actions_to(by=request.user, decision=decision, to_do=[form.to_do()]),
        lead=f"That this decision asks for: {decision.get_response_display().lower()}.",
    )
