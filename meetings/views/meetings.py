"""The list of meetings, and the page of one."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.wording import ahead, day_in_words
from allies import clock
from allies.access import requires
from allies.models import Body
from allies.policies import can
from allies.powers import Permission
from meetings import agenda, policies
from meetings.interests import took_no_part_words
from meetings.models import Answer, Attendance, Meeting, Presence
from meetings.models.declared import places_of
from meetings.models.in_full import MeetingInFull, meeting_in_full
from meetings.models.listing import (
    announced_and_not_planned,
    bodies_that_meet,
    past,
    still_planned,
    with_actions_agreed,
)
from meetings.notes.lines import parse_lines
from meetings.points import blocks
from meetings.services.copies import COPIES
from meetings.uploads import kind_by_name
from meetings.views.before_meeting import before_context
from meetings.views.frozen_showing import besides_of, frozen_context
from meetings.views.workspace.live import hold_back
from meetings.wording import capacities_in_words, hours_in_words, short_day, stage_in_words

A_PAGE = 20


@requires(Permission.READ_RECORD)
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Coming meetings first, then those held, by year."""
    today = clock.today()
    bodies = list(bodies_that_meet(request.user))
    chosen = next((body for body in bodies if body.slug == request.GET.get("body")), None)
    seen = with_actions_agreed(Meeting.objects.visible_to(request.user), request.user)
    if chosen:
        seen = seen.filter(body=chosen)
    page = Paginator(past(seen), A_PAGE).get_page(request.GET.get("page"))
    planned = list(still_planned(seen))
    can_plan = can(request.user, Permission.WRITE_NOTES)
    context = {
        "bodies": bodies,
        "chosen": chosen,
        "coming": [_said(one, today) for one in planned if one.date >= today],
        "waiting": [_said(one, today) for one in reversed(planned) if one.date < today],
        "page_obj": page,
        "past": [_said(one, today) for one in page],
        "announced": announced_and_not_planned(request.user, today=today) if can_plan else [],
        "can_plan": can_plan,
    }
    return render(request, "meetings/list.html", context)


@requires(Permission.READ_RECORD)
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: what is planned before it, and its notes after."""
    try:
        full = meeting_in_full(request.user, pk)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    context = meeting_context(request, full)
    if context["followed"]:
        context |= _as_followed(full)
    if full.frozen and full.is_sealed:
        return render(request, "meetings/sealed.html", context | frozen_context(full.frozen))
    template = "meetings/meeting.html" if full.meeting.is_held else "meetings/planned.html"
    return render(request, template, context)


@requires(Permission.READ_RECORD)
@require_safe
def on_day(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """The meeting of a body on a day, by its own address; or on the "next" day for which one is planned."""
    if day == "next":
        return _next_of(request, slug)
    try:
        on = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    # One that was called off stands behind another of the same day.
    found = (
        Meeting.objects.visible_to(request.user)
        .filter(body__slug=slug, date=day)
        .order_by("called_off", "pk")
        .first()
    )
    if found is None:
        # Actions that were written down outside a meeting carry a day on which nobody met.
        if not any(body.slug == slug for body in bodies_that_meet(request.user)):
            raise Http404
        messages.info(request, f"No meeting of {day_in_words(on)} is in the record.")
        return redirect(f"{reverse('meetings:list')}?body={slug}")
    return redirect(found)


def _next_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The planned meeting of a body that comes next; without one, the list says so."""
    found = Meeting.objects.visible_to(request.user).coming(clock.today()).filter(body__slug=slug).first()
    if found is not None:
        return redirect(found)
    body = get_object_or_404(Body, slug=slug)
    messages.info(request, f"No meeting of the {body} is planned yet.")
    return redirect(f"{reverse('meetings:list')}?body={slug}")


def meeting_context(request: HttpRequest, full: MeetingInFull) -> dict[str, Any]:
    """What both templates of a meeting say, from what was read; no query is left for them to make."""
    meeting, today = full.meeting, clock.today()
    _said(meeting, today)
    times = agenda.timetable(meeting.starts, [item.minutes for item in full.items])
    for number, (item, at) in enumerate(zip(full.items, times, strict=True), 1):
        item.number, item.at, item.blocks = number, at, blocks(parse_lines(item.notes))
        item.papers_here = [paper for paper in full.papers if paper.item_id == item.pk]
    for paper in full.papers:
        kind = kind_by_name(paper.file.name) if paper.file else None
        paper.kind_name = kind.name if kind else "File"
    live = getattr(meeting, "live", None)
    followed = bool(live and live.followed)
    for person in full.attendance:
        person.did = capacities_in_words(person.kinds, is_over=meeting.is_held and not followed)
    for action in full.carried:
        action.agreed_words = short_day(action.agreed_on) if action.agreed_on else ""
    mine = request.user.person_id and next(
        (one for one in full.attendance if one.person_id == request.user.person_id), None
    )
    places = places_of(full.items, full.attendance)
    not_deciding = full.interests.not_deciding()
    for decision in full.decisions:
        decision.took_no_part = took_no_part_words(not_deciding.get(decision.item_id, []))
    return {
        "meeting": meeting,
        "full": full,
        "declared": [(one, one.in_words(places)) for one in full.interests.standing],
        "besides": besides_of(full.frozen),
        "struck": [(one, one.in_words(places)) for one in full.interests.withdrawn],
        **before_context(request.user, full, mine),
        "followed": followed,
        "followed_at": live.revision if live else 0,
        "copies": COPIES,
        "presences": _grouped(full, "presence", Presence),
        "answers": _grouped(full, "answer", Answer),
        "papers_apart": [paper for paper in full.papers if paper.item_id is None],
        "mine": mine,
        "can_answer": bool(request.user.person_id)
        and can(request.user, Permission.ANSWER_FOR_ONESELF, body=meeting.body_id)
        and clock.now() < meeting.begins_at,
        "can_plan": policies.can_plan(request.user, meeting.body_id),
        "can_write": policies.can_write_notes(request.user, meeting),
        "can_suggest": _can_suggest(full, mine, today),
        "can_record": policies.can_record_for_the_group(request.user, meeting),
        "can_begin": not meeting.called_off
        and meeting.date <= today
        and policies.can_write_notes(request.user, meeting),
        "can_invite": policies.can_invite(request.user, meeting),
        "how_far": ahead(meeting.date, today) if meeting.date >= today else "",
        "chairs": [one for one in full.attendance if "chair" in one.kinds],
        "note_takers": [one for one in full.attendance if "notetaker" in one.kinds],
    }


def _can_suggest(full: MeetingInFull, mine: Attendance | None, today: date) -> bool:
    """Whether to lead to a correction beside each item: for those who were there, while words can be checked."""
    was_there = mine is not None and mine.presence == Presence.PRESENT
    return was_there and full.closes is not None and today <= full.closes


def _as_followed(full: MeetingInFull) -> dict[str, Any]:
    """Hold back the line that is being typed, as the live view does."""
    readable = [item for item in full.items if not item.is_withheld]
    return hold_back(full.meeting.pk, readable, clock.now())


def _said(meeting: Meeting, today: date) -> Meeting:
    """The meeting with its day, hours and stage in words."""
    meeting.day_words = day_in_words(meeting.date)
    meeting.hours = hours_in_words(meeting.starts, meeting.ends)
    meeting.stage_words = stage_in_words(
        meeting.stage, day=meeting.date, today=today, called_off=bool(meeting.called_off)
    )
    return meeting


def _grouped(full: MeetingInFull, field: str, choices: Any) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {choice.value: [] for choice in choices} | {"nothing": []}
    for one in full.attendance:
        groups[getattr(one, field) or "nothing"].append(one)
    return groups
