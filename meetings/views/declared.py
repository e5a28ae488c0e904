"""Where somebody declared an interest, or where an entry was declared, and how it was handled; one decision."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.wording import day_in_words
from allies.access import requires
from allies.models import Declaration, Interest, Person
from allies.policies import check_can_see_person, is_withheld
from allies.powers import Permission
from meetings.interests import took_no_part_words
from meetings.models import Decision, Handling, Meeting
from meetings.models.cases import actions_of
from meetings.models.taking_part import who_took_part
from meetings.views.workspace.touched import HANDLED_WORDS

ON_A_PAGE = 50


@require_safe
@requires(Permission.READ_RECORD)
def declared_by(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a person declared at meetings, the latest first, and how each was handled."""
    person = get_object_or_404(Person, pk=pk)
    check_can_see_person(request.user, person)
    context = {"heading": f"What {person} declared at meetings", "back_url": person.get_absolute_url()}
    return _page(request, Declaration.objects.filter(person=person), context | {"back_text": str(person)})


@require_safe
@requires(Permission.READ_RECORD)
def declared_from(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one entry of the register was declared, and how it was handled."""
    entries = Interest.objects.visible_to(request.user).select_related(
        "person", "about_project", "about_organisation"
    )
    entry = get_object_or_404(entries, pk=pk)
    context = {
        "heading": "Where this interest was declared",
        "back_url": entry.get_absolute_url(),
        "back_text": "The entry in the register",
        "of_whom": str(entry),
    }
    return _page(request, Declaration.objects.filter(interest=entry.pk), context)


def _page(request: HttpRequest, declarations: Any, context: dict[str, Any]) -> HttpResponse:
    """Three queries for the declarations, their handling and their meetings, however many there are."""
    found = declarations.visible_to(request.user).select_related(
        "body", "about_project", "about_organisation"
    )
    page = Paginator(found.order_by("-on", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    rows: list[Any] = list(page)
    handled = Handling.objects.visible_to(request.user).filter(declaration__in=[row.pk for row in rows])
    by_declaration: dict[int, list[Any]] = {}
    for one in handled.select_related("item", "decided_by"):
        one.in_words = HANDLED_WORDS[one.how]
        by_declaration.setdefault(one.declaration_id, []).append(one)
    meetings = {
        (meeting.body_id, meeting.date): meeting
        for meeting in Meeting.objects.visible_to(request.user)
        .standing()
        .filter(date__in={row.on for row in rows}, body__in={row.body_id for row in rows})
    }
    for row in rows:
        row.handled = by_declaration.get(row.pk, [])
        row.meeting = meetings.get((row.body_id, row.on))
        row.day_words = day_in_words(row.on)
        row.is_withheld = is_withheld(row, request.user)
    return render(request, "meetings/conflicts_declared.html", context | {"page_obj": page, "rows": rows})


@require_safe
@requires(Permission.READ_RECORD)
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: its words, how it was reached, who took part, and who did not and why."""
    found = get_object_or_404(
        Decision.objects.visible_to(request.user).select_related(
            "meeting__body", "item__chaired_by", "case__about_project", "case__about_organisation"
        ),
        pk=pk,
    )
    took_part = who_took_part(request.user, found)
    context = {
        "decision": found,
        "meeting": found.meeting,
        "day_words": day_in_words(found.meeting.date),
        "took_part": took_part,
        "case_actions": actions_of(request.user, found),
        "took_no_part": took_no_part_words([one.name for one in took_part.not_deciding]),
        "not_deciding": [(one, HANDLED_WORDS[one.how]) for one in took_part.not_deciding],
    }
    return render(request, "meetings/decision.html", context)
