"""The escalation review: what waits and for whom, and the page of one case with the form for its key."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.policies import can, powers_of
from allies.powers import Permission, Refused
from allies.views.pages import sent
from risks.correspondence import Answer
from risks.forms.escalations import DecidedForm
from risks.keys import Step
from risks.models import Case, Review, the_group
from risks.models.case_file import Asked, file_of
from risks.models.key import ClosureDay
from risks.models.proposal import answers_to_close, awaiting_answer_of
from risks.models.situation import Situation, situations_of
from risks.scheme import Level
from risks.services.turning_keys import NOT_A_HOLDER, give_key, leads
from risks.views.doing import FORM, is_done, readable
from risks.views.escalation_said import (
    CLOSED_LATELY,
    around,
    keys_said,
    level_words,
    mine_said,
    time_said,
    timeline,
)

KEPT_NOWHERE = cache_control(no_store=True, private=True)


@requires(Permission.READ_RECORD)
@require_safe
@KEPT_NOWHERE
def cases(request: HttpRequest) -> HttpResponse:
    """List what is mine to decide, what others hold, what rests, and what was closed lately."""
    today, user = clock.today(), request.user
    person = powers_of(user).person_id or 0
    sitting = Review.objects.filter(ended_on=None, body=OuterRef("body"))
    lately = Q(closed_on__isnull=True) | Q(closed_on__gte=today - CLOSED_LATELY)
    found = list(
        Case.objects.visible_to(user)
        .filter(lately)
        .annotate(
            asks_me=awaiting_answer_of(person, today),
            is_over=answers_to_close(today),
            sitting=Subquery(sitting.values("pk")[:1]),
        )
        .select_related("about_project", "about_organisation", "body")
        .order_by("-level", "limit_on", "pk")
    )
    waiting = [case for case in found if case.waits_on(today)]
    situations = situations_of([one for one in waiting if one.level == Level.CHAIRS], today)
    closed = _closure_days(waiting)
    leading, group = leads(user), the_group()
    # A working group's chair chairs nothing here.
    keeps = group is not None and can(user, Permission.KEEP_RISKS, body=group)
    is_chair = group is not None and can(user, Permission.DECIDE_CASE, body=group)
    for case in waiting:
        case.time = time_said(case, today, closed.get(case.body_id, set()))
        case.mine = mine_said(case, situations.get(case.pk), person, leading=leading, keeps=keeps)
    for case in found:
        case.level_words = level_words(case.level)
    return render(
        request,
        "risks/escalations.html",
        {
            "mine": [case for case in waiting if case.mine],
            "others": [case for case in waiting if not case.mine],
            "resting": [case for case in found if not case.closed_on and not case.waits_on(today)],
            "closed": [case for case in found if case.closed_on],
            "is_chair": is_chair,
            "may_open": keeps,
            "sitting": next((case.sitting for case in found if case.sitting), None) if is_chair else None,
        },
    )


@requires(Permission.READ_RECORD)
@FORM
@KEPT_NOWHERE
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one case; whoever holds a key gives it here."""
    found = readable(request, pk)
    today, user = clock.today(), request.user
    for_chairs = can(user, Permission.DECIDE_CASE, body=found.body_id)
    file = file_of(found, user, today, for_chairs=for_chairs)
    situation = file.situation
    person = powers_of(user).person_id or 0
    may_give = _may_give(found, situation, person)
    if request.method == "POST" and situation.seat_of(person) is None:
        raise Refused(Permission.DECIDE_CASE, NOT_A_HOLDER)
    form = None
    if request.method == "POST" or may_give:
        form = decided = DecidedForm(sent(request), today=today)
        if is_done(form, lambda _: give_key(by=user, case=found, decided=decided.decided())):
            return HttpResponseRedirect(f"{found.get_absolute_url()}#keys", status=303)
    waits = found.waits_on(today)
    context = {
        "case": found,
        "level_words": level_words(found.level),
        "time": time_said(found, today, file.closed),
        "waits": waits,
        "form": form,
        "keys": keys_said(found, situation, person, for_chairs=for_chairs),
        "is_with_chairs": found.level == Level.CHAIRS and waits,
        "is_with_allies": found.level == Level.ALLIES and waits,
        "is_with_host": found.level == Level.HOST and waits,
        "is_stuck": found.level == Level.CHAIRS and waits and situation.step is Step.NO_KEY,
        "is_holder": situation.seat_of(person) is not None,
        "to_name": situation.key_to_name(person, leads=file.leads) if waits else None,
        "has_keys": bool(file.rounds) or (found.level == Level.CHAIRS and not found.closed_on),
        "voting": file.voting,
        "not_voting": len(file.not_voting),
        "triggers": file.triggers,
        "timeline": timeline(found, file, for_chairs=for_chairs),
        "decisions": file.decisions,
        "notices": file.notices,
        "sitting": file.sitting,
        "may_keep": can(user, Permission.KEEP_RISKS, body=found.body_id),
        **around(request, found, file),
        **_answering(file.open_proposal, person, today),
        "answered_before": [_answered(one) for one in file.closed_proposals],
    }
    return render(request, "risks/escalation.html", context, status=422 if form and form.errors else 200)


def _may_give(found: Case, situation: Situation, person: int) -> bool:
    """Whether somebody holds a key of a case with the chairs, and has not given it."""
    seat = situation.seat_of(person)
    return (
        seat is not None
        and seat not in situation.counted
        and found.level == Level.CHAIRS
        and found.waits_on(clock.today())
    )


def _answering(asked: Asked | None, person: int, today: date) -> dict[str, Any]:
    """What the page says of an open proposal: whether the reader is counted, how many answered, and until when."""
    if asked is None:
        return {"proposal": None}
    proposal, is_over = asked.proposal, asked.proposal.is_over(today)
    return {
        "proposal": proposal,
        "is_counted": person in asked.counted and not is_over,
        "own_answer": next((one for one in asked.answers if one.person_id == person), None),
        "answered": len(asked.answers),
        "counted": len(asked.counted),
        "last_day": proposal.last_day,
        "is_over": is_over,
        "answer_url": reverse("escalations:answer", args=[proposal.case_id]),
    }


def _answered(asked: Asked) -> dict[str, Any]:
    """What the page says of a proposal that is closed: how many answered and how, in numbers alone."""
    return {
        "proposal": asked.proposal,
        "answered": len(asked.answers),
        "counted": len(asked.counted),
        "approve": asked.said(Answer.APPROVE),
        "against": asked.said(Answer.AGAINST),
        "more_time": asked.said(Answer.MORE_TIME),
    }


def _closure_days(found: list[Case]) -> dict[int, set[Any]]:
    bodies: dict[int, set[Any]] = {}
    rows = ClosureDay.objects.filter(body__in={case.body_id for case in found})
    for body, day in rows.values_list("body_id", "day"):
        bodies.setdefault(body, set()).add(day)
    return bodies
