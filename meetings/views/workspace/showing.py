"""What the page for taking notes says, made from what was read: no query is left for the templates."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.utils.timezone import localtime

from actions.templatetags.action_words import deadline_of
from actions.wording import day_in_words
from allies import clock
from meetings import agenda
from meetings.forms.workspace import (
    AgainForm,
    DecidedForm,
    GuestByNameForm,
    ItemTitleForm,
    NextMeetingForm,
    ReviewForm,
    TimesForm,
)
from meetings.models import AgendaItem, Attendance, Presence, Stage
from meetings.models.attendance import PRESENCE_WORDS
from meetings.models.workspace import Workspace
from meetings.notes.lines import parse_lines
from meetings.points import blocks
from meetings.views.workspace.cards import picked_up_context
from meetings.views.workspace.roles import roles
from meetings.views.workspace.touched import answers_context, item_interests_context
from meetings.wording import capacities_in_words, short_day


def workspace_context(request: HttpRequest, space: Workspace) -> dict[str, Any]:
    """All that the page says. No query is left for the template."""
    meeting, item = space.meeting, space.item
    meeting.day_words = day_in_words(meeting.date)
    times = agenda.timetable(meeting.starts, [one.minutes for one in space.items])
    for one, at in zip(space.items, times, strict=True):
        one.at, one.state = at, _state(one, space)  # type: ignore[attr-defined]
    live = getattr(meeting, "live", None)
    context: dict[str, Any] = {
        "space": space,
        "meeting": meeting,
        "item": item,
        "number": space.number,
        "is_begun": meeting.is_held,
        "can_begin": meeting.stage == Stage.PLANNED
        and not meeting.called_off
        and meeting.date <= clock.today(),
        "followed": bool(live and live.followed),
        "new_item": ItemTitleForm(),
        "decisions": _decided(space),
        "decided_form": DecidedForm(prefix="decided"),
        "next_form": NextMeetingForm(prefix="next"),
        **attendance_context(space),
    }
    context["roles"] = roles(space, context["rows"], request.user)
    if item is not None:
        context |= {
            "item_template": f"meetings/workspace/{'withheld_item' if item.is_withheld else 'item'}.html",
            "blocks": blocks(parse_lines(item.notes)),
            "save_id": uuid4(),
            "saved_at": f"{localtime(item.saved_at):%H:%M}" if item.saved_at else "",  # type: ignore[attr-defined]
            "lines": len(item.notes.splitlines()),
            "words": len(item.notes.split()),
            "previous": space.items[space.number - 2] if space.number > 1 else None,
            "following": space.items[space.number] if space.number < len(space.items) else None,
            **picked_up_context(space, request),
            **item_interests_context(space),
        }
    if space.shows_interests:
        context |= answers_context(meeting, space.attendance, space.items, space.interests)
    if space.shows_carried:
        context |= reviewing_context(space)
    return context


def _decided(space: Workspace) -> list[Any]:
    """The decisions of the meeting, each with its item's number and its form."""
    numbers = {item.pk: item.number for item in space.items}  # type: ignore[attr-defined]
    rows: list[Any] = list(space.decisions)
    for row in rows:
        row.item_number = numbers.get(row.item_id)
        initial = {
            "text": row.text,
            "reached": row.reached,
            "votes_for": row.votes_for,
            "votes_against": row.votes_against,
            "votes_abstained": row.votes_abstained,
        }
        row.form = DecidedForm(
            prefix=f"decision-{row.pk}", auto_id=f"id_decision-{row.pk}-%s", initial=initial
        )
    return rows


def _state(item: AgendaItem, space: Workspace) -> str:
    """Where an item stands: the shape of a status and its word beside it."""
    if item.skipped:
        return "skipped"
    if space.item is not None and item.pk == space.item.pk:
        return "open"
    if item.is_withheld:
        return "withheld"
    return "done" if item.notes.strip() else "to_come"


def attendance_context(space: Workspace) -> dict[str, Any]:
    """Everybody on the list, and everybody on the body who is not, each with their form; and the sum in words."""
    on_list = {one.person_id for one in space.attendance}
    rows: list[Any] = list(space.attendance)
    for row in rows:
        row.who, row.did = _who(row), capacities_in_words(row.kinds, is_over=False)
        row.out_now = row.out.get(space.item.pk) if space.item and not space.item.is_withheld else None
        prefix = f"row-{row.pk}"
        row.form = TimesForm(prefix=prefix, initial=_initial(row), auto_id=f"id_{prefix}-%s")
    for pk in space.everyone.on_the_body:
        if pk not in on_list:
            row = Attendance(meeting=space.meeting, person=space.everyone.people[pk])
            row.who, row.did, row.out_now, row.form = _who(row), "", None, None  # type: ignore[attr-defined]
            rows.append(row)
    return {
        "rows": rows,
        "presences": [
            (one.value, "Here" if one is Presence.PRESENT else PRESENCE_WORDS[one]) for one in Presence
        ],
        "attendance_words": attendance_words(rows),
        "guest_form": GuestByNameForm(prefix="guest"),
        "out_now": [row for row in rows if row.out_now],
    }


def _who(row: Any) -> str:
    """The name of a row on the page, the same before and after somebody of the body is put on the list."""
    return f"person-{row.person_id}" if row.person_id else f"row-{row.pk}"


def attendance_words(rows: list[Any]) -> str:
    """How many are here, in one line: "10 here, 3 apologies, 1 not known"."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.presence] = counts.get(row.presence, 0) + 1
    words = [f"{counts.get(Presence.PRESENT, 0)} here"]
    if apologies := counts.get(Presence.APOLOGIES, 0):
        words.append(f"{apologies} {'apology' if apologies == 1 else 'apologies'}")
    if absent := counts.get(Presence.ABSENT, 0):
        words.append(f"{absent} absent")
    if unknown := counts.get("", 0):
        words.append(f"{unknown} not known")
    return ", ".join(words)


def reviewing_context(space: Workspace) -> dict[str, Any]:
    """The carried actions, each with its form and what was said of it at this meeting."""
    today = clock.today()
    rows: list[Any] = list(space.carried)
    for row in rows:
        row.is_reviewed = row.said_pk is not None
        row.agreed_words = short_day(row.agreed_on) if row.agreed_on else ""
        row.deadline_words = deadline_of(row, today)
        row.asks = row.is_open and row.times_carried >= settings.ALLIES_ASK_AFTER_CARRIES
        row.form = (AgainForm if row.asks else ReviewForm)(
            prefix=f"action-{row.pk}",
            auto_id=f"id_action-{row.pk}-%s",
            initial={"status": row.said_status or "", "note": row.said_note or ""},
        )
    return {
        "carried": rows,
        "reviewed": sum(1 for row in rows if row.is_reviewed),
        "together_form": ReviewForm(prefix="together"),
    }


def _initial(row: Any) -> dict[str, Any]:
    out = row.out_now
    return {
        "capacities": [str(kind) for kind in row.kinds],
        "arrived": row.arrived,
        "left": row.left,
        "out": out is not None,
        "out_left": out.left if out else None,
        "out_back": out.back if out else None,
    }
