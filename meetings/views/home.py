"""`/`: what comes next, for whoever opens it. First what it asks of me; then the facts; then everything."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.forms.updating import ReasonForm, UpdateForm
from actions.views.showing import prepare_rows
from actions.wording import ahead, day_in_words
from allies import clock
from allies.access import public
from allies.models import Appointment, Post
from allies.models.public_register import public_bodies
from allies.policies import can, powers_of
from allies.powers import Permission, Role
from meetings import agenda, policies
from meetings.models import Answer, CapacityKind, InterestsAnswer, ItemKind
from meetings.models.cases import cases_of
from meetings.models.home import (
    Programme,
    appointed_and_asked,
    meetings_around,
    programme_of,
)
from meetings.models.outstanding import Outstanding, outstanding_before
from meetings.numbers import length_in_words, number_in_words
from meetings.outstanding import Group
from meetings.uploads import kind_by_name
from meetings.views.waiting import asked_of_members, for_chairs, for_the_team, late_for_the_allies
from meetings.wording import hours_in_words
from risks.models.situation import waiting_for_the_team

# What is asked of each group, and where the list of actions shows all of it.
GROUPS = {
    Group.OVERDUE: ("Overdue", "", "overdue=on"),
    Group.CARRIED: (
        "Carried {} times or more",
        "Set a new date, find another owner, or let it go and say why.",
        "sort=carried",
    ),
    Group.THIS_MEETING: ("For this meeting", "", "sort=deadline"),
    Group.SILENT: (
        "Not confirmed, from old notes",
        "No later notes speak of these, and nobody has said since whether they still stand.",
        "unconfirmed=on",
    ),
    Group.NO_DATE: ("No date", "Looked at in every meeting.", "sort=oldest"),
    Group.LATER: ("Later", "", "sort=deadline"),
}


@require_safe
@public(reason="Whoever is not signed in is welcomed and told what this is; the record itself is not shown.")
def home(request: HttpRequest) -> HttpResponse:
    """Show a welcome, a kind sentence, or the page before the next meeting."""
    if not request.user.is_authenticated:
        return render(request, "meetings/welcome.html", {"register_is_public": public_bodies().exists()})
    if not can(request.user, Permission.READ_RECORD):
        return render(request, "meetings/no_place.html")
    return render(request, "meetings/home.html", _context(request))


def _context(request: HttpRequest) -> dict[str, Any]:
    user, today = request.user, clock.today()
    powers = powers_of(user)
    to_keep = can(user, Permission.WRITE_NOTES)
    meetings = meetings_around(user, today, to_keep=to_keep)
    chaired = powers.bodies.get(Role.CHAIR) or frozenset()
    # Their own groups too: a limit that the chairs missed is told to the members.
    bodies = set(chaired) | (powers.bodies.get(Role.ALLY) or frozenset())
    bodies |= {meetings.next.body_id} if meetings.next else set()
    appointed, is_asked = appointed_and_asked(bodies, powers.person_id, today, reader=user)
    programme = programme_of(meetings.next, user) if meetings.next else None
    outstanding = outstanding_before(meetings.next, user, today)
    context = _actions(request, outstanding)
    if programme:
        context |= _programme(request, programme, appointed)
        context["steps"] = _steps(context, programme, outstanding)
    may_see_all = powers.has(Role.CORE_TEAM)
    return context | {
        "others": [_said(meeting) for meeting in meetings.others[:5]],
        "can_plan": to_keep,
        "team_needs": for_the_team(
            meetings, programme, outstanding, cases=waiting_for_the_team(user, today), today=today
        )
        if may_see_all
        else [],
        "is_team": may_see_all,
        "chair_needs": for_chairs(meetings, appointed, chaired, today=today) if chaired else [],
        "is_chair": bool(chaired),
        "late_cases": [*asked_of_members(appointed), *late_for_the_allies(appointed)],
        "asked_for_interests": is_asked,
        "to_check": meetings.to_check,
    }


# ---- The next meeting


def _programme(request: HttpRequest, programme: Programme, appointed: list[Appointment]) -> dict[str, Any]:
    meeting, user, today = programme.meeting, request.user, clock.today()
    times = agenda.timetable(meeting.starts, [item.minutes for item in programme.items])
    for paper in programme.papers:
        paper.kind_name = getattr(kind_by_name(paper.file.name), "name", "File") if paper.file else ""
    for number, (item, at) in enumerate(zip(programme.items, times, strict=True), 1):
        item.number, item.at = number, at
        item.papers_here = [paper for paper in programme.papers if paper.item_id == item.pk]
    people = programme.attendance
    chairing = [one.name for one in people if CapacityKind.CHAIR in one.kinds]
    sitting = [one.person.full_name for one in appointed if _chairs(one, meeting.body_id)]
    mine = next((one for one in people if one.person_id and one.person_id == user.person_id), None)
    return {
        "meeting": _said(meeting),
        "how_far": ahead(meeting.date, today),
        "mine": mine,
        "can_answer": bool(user.person_id)
        and can(user, Permission.ANSWER_FOR_ONESELF, body=meeting.body_id)
        and clock.now() < meeting.begins_at,
        "chairs": chairing or sitting,
        "note_takers": [one.name for one in people if CapacityKind.NOTETAKER in one.kinds],
        "invited": len(people),
        "coming": sum(one.answer == Answer.COMING for one in people),
        "apologies": sum(one.answer == Answer.APOLOGIES for one in people),
        "items": programme.items,
        "cases": cases_of(meeting),
        "papers": programme.papers,
        "papers_apart": [paper for paper in programme.papers if paper.item_id is None],
        "actions_item": next((one for one in programme.items if one.kind == ItemKind.ACTIONS), None),
        "can_write": policies.can_plan(user, meeting.body_id),
    }


def _chairs(appointment: Appointment, body_id: int) -> bool:
    return appointment.body_id == body_id and appointment.post in {Post.CHAIR, Post.CO_CHAIR}


def _said(meeting: Any) -> Any:
    """The meeting with its day, hours and length in words."""
    meeting.day_words = day_in_words(meeting.date)
    meeting.hours = hours_in_words(meeting.starts, meeting.ends)
    meeting.length = length_in_words(meeting.starts, meeting.ends)
    return meeting


def _steps(context: dict[str, Any], programme: Programme, outstanding: Outstanding) -> list[dict[str, str]]:
    """Up to four short things left to do before the meeting, each with how far it has come."""
    steps = []
    if context["can_answer"]:
        answer = context["mine"].answer if context["mine"] else ""
        said = {
            Answer.COMING: ("done", "Done. You are coming."),
            Answer.APOLOGIES: ("done", "Done. You sent apologies."),
            Answer.UNDECIDED: ("in_progress", "You are not sure yet."),
        }
        shape, words = said.get(answer, ("todo", "Not answered yet"))
        steps.append(_step("Say if you are coming", f"#answer-{programme.meeting.pk}", shape, words))
        said = {
            InterestsAnswer.NONE: ("done", "Done. Nothing to declare."),
            InterestsAnswer.DECLARED: ("done", "Done. You declared an interest."),
        }
        declared = context["mine"].interests_answer if context["mine"] else ""
        shape, words = said.get(declared, ("todo", "Not answered yet"))
        address = reverse("meetings:declare", args=[programme.meeting.pk])
        steps.append(_step("Say if you have anything to declare", address, shape, words))
    if count := outstanding.mine_count:
        updated = outstanding.mine_updated
        shape = "done" if updated == count else "in_progress" if updated else "todo"
        steps.append(_step("Update your actions", "#your-actions", shape, f"{updated} of {count} updated"))
    if number := len(programme.papers):
        words = "A paper" if number == 1 else f"{number} papers"
        steps.append(_step(f"Read {words.lower()}", "#agenda", "document", "With the agenda, below"))
    return steps


def _step(name: str, url: str, shape: str, words: str) -> dict[str, str]:
    labels = {"done": "Done:", "in_progress": "In progress:", "todo": "To do:", "document": ""}
    return {
        "name": name,
        "url": "" if shape == "done" else url,
        "shape": shape,
        "label": labels[shape],
        "words": words,
    }


# ---- Actions


def _actions(request: HttpRequest, outstanding: Outstanding) -> dict[str, Any]:
    user = request.user
    for action in prepare_rows(outstanding.mine, user):
        action.update_form = UpdateForm(action=action) if action.may_update else None
    together = can(user, Permission.UPDATE_ANY_ACTION) and Group.SILENT in outstanding.groups
    return {
        "outstanding": outstanding,
        "groups": [
            _group(group, prepare_rows(actions, user), outstanding.counts[group])
            for group, actions in outstanding.groups.items()
        ],
        "together_form": ReasonForm(auto_id="together-%s") if together else None,
    }


def _group(group: Group, actions: list[Any], count: int) -> dict[str, Any]:
    name, asks, query = GROUPS[group]
    return {
        "key": group.value,
        "name": name.format(number_in_words(settings.ALLIES_ASK_AFTER_CARRIES)),
        "asks": asks,
        "count": count,
        "actions": actions,
        "more": count - len(actions),
        "url": f"{reverse('actions:list')}?{query}",
        "is_silent": group is Group.SILENT,
    }
