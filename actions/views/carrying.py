"""`/actions/carrying/`: who carries how much, now and over time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.carrying import Held, Load, loads, quarter_ends
from actions.models import Action, Assignment, OwnerRole, Update
from allies import clock
from allies.access import requires
from allies.models import Actor
from allies.powers import Permission

QUARTERS = 6
# A bar is at most this many units wide; its number always stands beside it.
BAR = 100


@dataclass(frozen=True, slots=True)
class Carrier:
    """A line of the table: who, how much on each day, and how wide the bars of today are."""

    name: str
    query: str
    then: list[tuple[date, Load]]
    now: Load
    lead_bar: int
    support_bar: int

    @property
    def support_rect(self) -> int:
        """How wide the outline is inside its own line of 2."""
        return max(self.support_bar - 2, 0)


@require_safe
@requires(Permission.READ_RECORD)
def carrying(request: HttpRequest) -> HttpResponse:
    """Show people first, most first; groups and words that nobody has placed apart."""
    days = quarter_ends(clock.today(), QUARTERS)
    carried, names = _carried(request.user, days)
    most = max((each[-1].total for each in carried.values()), default=0) or 1
    lines: dict[bool, list[Carrier]] = {True: [], False: []}
    for (kind, key), each in carried.items():
        query = f"{kind}:{key}" if kind != "words" else f"words:{key}"
        line = Carrier(
            names[kind, key],
            query,
            list(zip(days[:-1], each, strict=False)),
            each[-1],
            round(each[-1].leads * BAR / most),
            round(each[-1].supports * BAR / most),
        )
        lines[kind == "person"].append(line)
    for some in lines.values():
        some.sort(key=lambda line: (-line.now.leads, -line.now.supports, line.name.casefold()))
    open_now = Action.objects.visible_to(request.user).open().count()
    context = {
        "days": days[:-1],
        "groups": [
            ("People", lines[True], "person"),
            ("Everybody’s, and not placed", lines[False], "apart"),
        ],
        "open_now": open_now,
        "leader": _leads_most(lines[True], open_now),
    }
    return render(request, "actions/carrying.html", context)


def _carried(
    actor: Actor, days: list[date]
) -> tuple[dict[tuple[str, str], list[Load]], dict[tuple[str, str], str]]:
    """Three queries, however many actions there are: actions, their statuses, their owners."""
    visible = Action.objects.visible_to(actor)
    begun = dict(visible.values_list("pk", Coalesce("agreed_on", "first_seen_on")))
    said: dict[int, list[tuple[date, str]]] = defaultdict(list)
    statuses = (
        Update.objects.filter(action__in=visible).exclude(status="").order_by("on", "recorded_at", "pk")
    )
    for action, on, status in statuses.values_list("action_id", "on", "status"):
        said[action].append((on, status))
    held, names = [], {}
    columns = (
        "action_id",
        "person_id",
        "person__full_name",
        "body_id",
        "as_written",
        "role",
        "since",
        "until",
    )
    for action, person, full_name, body, written, role, since, until in Assignment.objects.filter(
        action__in=visible
    ).values_list(*columns):
        owner = ("person", str(person)) if person else ("body", str(body)) if body else ("words", written)
        names[owner] = full_name or written
        held.append(Held(action, owner, role == OwnerRole.LEAD, since, until))
    return loads(held, begun, said, days), names


def _leads_most(people: list[Carrier], open_now: int) -> Any:
    """Whoever leads more than half of what is open, when there is enough to speak of."""
    if people and open_now >= 4 and people[0].now.leads * 2 > open_now:
        return people[0]
    return None
