"""An action in words, for templates. The words themselves are in `actions.wording`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypedDict

from django import template
from django.templatetags.static import static
from django.urls import reverse

from actions import wording
from actions.models import STATUS_WORDS, Action, Assignment, OwnerRole
from actions.statuses import CLOSED, Status

register = template.Library()


class StateWords(TypedDict):
    """Where an action is found, and how it stood: the shape and the word."""

    address: str
    icons: str
    shape: str
    status: str


class RowWords(TypedDict):
    """All that a row says. A dictionary, for that is what a template reads fastest, and a list has fifty rows."""

    address: str
    icons: str
    words: str
    meaning: str
    lateness: str
    unconfirmed: str
    who: str
    agreed: str
    trail: str
    trail_width: int
    carried: str
    shape: str
    status: str
    reason: str


@register.simple_tag
def rows_in_words(
    actions: Iterable[Action], today: date, then_on: date | None = None
) -> list[tuple[Action, RowWords]]:
    """Give each action with what its row says: as it stands today, or as it stood at the end of the day `then_on`."""
    icons, address = static("icons.svg"), _addresses()
    return [(action, _row_words(action, address(action.pk), icons, today, then_on)) for action in actions]


@register.simple_tag
def states_in_words(actions: Iterable[Action], field: str) -> list[tuple[Action, StateWords]]:
    """Give each action with how it stood by `field`: "status", "status_then" or "status_after"."""
    icons, address = static("icons.svg"), _addresses()
    found = []
    for action in actions:
        status = getattr(action, field)
        words = StateWords(
            address=address(action.pk),
            icons=icons,
            shape=status or "not_recorded",
            status=_status_in_words(status),
        )
        found.append((action, words))
    return found


def _addresses() -> Callable[[int], str]:
    """What gives the address of an action. Looked up once for a list: an address takes as long as five cells."""
    before, after = reverse("actions:action", args=[0]).rsplit("0", 1)
    return lambda pk: f"{before}{pk}{after}"


def _status_in_words(status: str) -> str:
    return STATUS_WORDS[Status(status)] if status else "Not recorded"


def _row_words(action: Action, address: str, icons: str, today: date, then_on: date | None) -> RowWords:
    status = action.status_then if then_on else action.status
    # Of an earlier day the record does not know the reason, how often it was carried, or who had confirmed it.
    detail = "" if then_on else status_detail(action)
    times = 0 if then_on else action.times_carried
    lines = deadline_of(action, then_on or today, status)
    return RowWords(
        address=address,
        icons=icons,
        words=lines.words,
        meaning=lines.meaning,
        lateness=lines.lateness,
        unconfirmed="" if then_on else lines.unconfirmed,
        who=wording.who(owner_names(action.owners)),
        agreed=wording.agreed_in_words(action.agreed_on, action.first_seen_on, short=True),
        trail=wording.trail(times),
        trail_width=wording.trail_width(times),
        carried=wording.carried_in_words(times),
        shape=status or "not_recorded",
        status=f"{_status_in_words(status)} {detail}".rstrip(),
        reason=action.status_reason if not then_on and needs_its_reason(action) else "",
    )


@register.simple_tag
def deadline_of(action: Action, today: date, status: str | None = None) -> wording.DeadlineLines:
    """Give the lines of an action's deadline; `status` is how it stood, where that is not as it stands now."""
    return wording.deadline_lines(
        action.deadline,
        due_on=action.due_on,
        agreed_on=action.agreed_on,
        first_seen_on=action.first_seen_on,
        is_open=(action.status if status is None else status) not in CLOSED,
        stands=action.stands,
        today=today,
    )


@register.filter
def who(action: Action) -> str:
    """Give those who carry it, for a table. The action comes from `with_owners()`."""
    return wording.who(owner_names(action.owners))


@register.simple_tag
def who_leads(action: Action, reader: Any = None) -> str:
    """Give those who carry it, for a sentence, with "you" for the reader."""
    return wording.who_leads(owner_names(action.owners, reader))


def owner_names(owners: list[Assignment], reader: Any = None) -> list[wording.OwnerName]:
    """Give assignments as the wording knows them. A body shows as it was written: "All Allies" is everybody's."""
    you = getattr(reader, "person_id", None)
    return [
        wording.OwnerName(
            name=owner.person.full_name if owner.person else owner.as_written,
            leads=owner.role == OwnerRole.LEAD,
            is_you=owner.person_id is not None and owner.person_id == you,
            placed=bool(owner.person_id or owner.body_id),
        )
        for owner in owners
    ]


@register.filter
def agreed(action: Action) -> str:
    """Give when it was agreed, in full."""
    return wording.agreed_in_words(action.agreed_on, action.first_seen_on)


@register.filter
def agreed_briefly(action: Action) -> str:
    """Give when it was agreed, for a table."""
    return wording.agreed_in_words(action.agreed_on, action.first_seen_on, short=True)


@register.filter
def status_detail(action: Action) -> str:
    """Give what stands beside a status that needs it: the day it closed, or that another holds it."""
    if action.status == Status.MERGED:
        return "into another"
    if action.closed_on:
        return f"on {action.closed_on.day} {action.closed_on:%b %Y}"
    return ""


@register.filter
def needs_its_reason(action: Action) -> bool:
    """Tell whether what it waits for, or why it was let go, belongs beside the status."""
    return bool(action.status_reason) and action.status in {Status.WAITING, Status.LET_GO}


@register.filter
def day(value: date) -> str:
    """Give a day in full: "Tuesday 10 February 2026"."""
    return wording.day_in_words(value)
