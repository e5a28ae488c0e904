"""Which actions somebody looks for, and in which order: one frozen value in, one queryset out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Lower

from actions.models.action import Action, ActionQuerySet
from actions.models.assignment import Assignment
from actions.statuses import CLOSED, Status
from allies.models import Actor

NO_DEADLINE = "none"
NOT_RECORDED = "not_recorded"
OPEN, CLOSED_ONES, EVERY = "open", "closed", "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. An empty part asks for nothing.

    `owner` is ("person" | "body", id) or ("words", as written); `about` is ("project" | "organisation", id);
    `agreed_at` is a body's id and a day; `status` is "open", "closed", "all", "not_recorded" or a status;
    `on` asks how the list stood at the end of that day.
    """

    words: str = ""
    owner: tuple[str, str] | None = None
    mine_of: int | None = None
    status: str = OPEN
    overdue: bool = False
    kind: str = ""
    agreed_at: tuple[int, date] | None = None
    carried: int = 0
    about: tuple[str, str] | None = None
    unconfirmed: bool = False
    on: date | None = None
    sort: str = "deadline"


def find(wanted: Wanted, *, actor: Actor, today: date) -> ActionQuerySet:
    """The actions that `wanted` asks for, of those `actor` may read, in order.

    With `wanted.on` each carries `status_then`, and owners are those of that day; deadlines, and how often
    an action was carried, are as the record has them now.
    """
    found = Action.objects.visible_to(actor)
    if wanted.on:
        found = found.agreed_by(wanted.on).with_status_on(wanted.on)
    found = _by_status(found, wanted)
    if wanted.mine_of is not None:
        found = found.filter(_carried(Q(person=wanted.mine_of), wanted.on))
    if wanted.owner:
        found = found.filter(_carried(_owner(*wanted.owner), wanted.on))
    for word in wanted.words.split():
        named = Assignment.objects.filter(action=OuterRef("pk"), as_written__icontains=word)
        found = found.filter(Q(text__icontains=word) | Q(details__icontains=word) | Exists(named))
    if wanted.overdue:
        late = Q(due_on__lt=wanted.on or today, stands=True)
        found = found.filter(late).exclude(**{f"{_status(wanted)}__in": CLOSED})
    if wanted.kind:
        found = found.filter(deadline_kind="" if wanted.kind == NO_DEADLINE else wanted.kind)
    if wanted.agreed_at:
        body, day = wanted.agreed_at
        found = found.filter(body=body, agreed_on=day)
    if wanted.carried:
        found = found.filter(times_carried__gte=wanted.carried)
    if wanted.about:
        matter, pk = wanted.about
        found = found.filter(**{f"about_{matter}": pk})
    if wanted.unconfirmed:
        found = found.filter(stands=False)
    return _in_order(found, wanted.sort, _status(wanted))


def _status(wanted: Wanted) -> str:
    return "status_then" if wanted.on else "status"


def _by_status(found: ActionQuerySet, wanted: Wanted) -> ActionQuerySet:
    column = _status(wanted)
    match wanted.status:
        case "all":
            return found
        case "open" if wanted.on:
            # Sooner answered for most: what closed by that day, and was not opened again, was closed then.
            closed_later = Q(closed_on=None) | Q(closed_on__gt=wanted.on)
            return found.filter(closed_later).exclude(status_then__in=CLOSED)
        case "open":
            return found.open()
        case "closed":
            return found.filter(**{f"{column}__in": CLOSED})
        case "not_recorded":
            return found.filter(**{column: ""})
        case status:
            return found.filter(**{column: Status(status)})


def _owner(kind: str, key: str) -> Q:
    match kind:
        case "person" | "body":
            return Q(**{kind: key})
        case _:
            return Q(person__isnull=True, body__isnull=True, as_written=key)


def _carried(owner: Q, on: date | None) -> Q:
    """Actions with such an owner now, or at the end of a day."""
    assignments = Assignment.objects.filter(owner)
    assignments = assignments.held_on(on) if on else assignments.current()
    return Q(pk__in=assignments.values("action"))


def _in_order(found: ActionQuerySet, sort: str, column: str) -> ActionQuerySet:
    match sort:
        case "oldest":
            return found.by_age()
        case "newest":
            return found.with_since().order_by("-since", "-pk")
        case "carried":
            return found.order_by("-times_carried", "pk")
        case "owner":
            first = Assignment.objects.filter(action=OuterRef("pk")).current().in_order()
            name = first.values(name=Lower(Coalesce("person__full_name", "body__name", "as_written")))[:1]
            # Those whom nobody carries stand last: "~" sorts after every letter.
            return found.annotate(first_owner=Coalesce(Subquery(name), Value("~"))).order_by(
                "first_owner", "pk"
            )
        case "status":
            places = [When(**{column: status}, then=Value(place)) for place, status in enumerate(Status)]
            return found.order_by(Case(*places, default=Value(len(places))), "pk")
        case "words":
            return found.order_by(Lower("text"), "pk")
        case _:
            return found.order_by(F("due_on").asc(nulls_last=True), "pk")
