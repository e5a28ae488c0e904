"""Opening cases, letting triggers join them, and climbing the ladder. Coming down is a decision: `deciding`."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from allies import clock
from allies.models import OPERATOR, Actor, Body, Organisation, Project
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep
from risks.keys import Step
from risks.ladder import Rung, reached
from risks.limits import limit_of
from risks.models import (
    Assessment,
    Case,
    ClosureDay,
    Concern,
    Move,
    Trigger,
    TriggerKind,
    ValuesPosition,
)
from risks.models.known import what_is_known
from risks.models.situation import situation_of
from risks.scheme import Level
from risks.services.schemes import holder_of, scheme_on

type Thing = Project | Organisation


class CaseRefused(ValueError):
    """Why something cannot be done with a case; its words say what to do."""


def rung_of(thing: Thing, day: date) -> Rung:
    """Say how high what is known of a project or partner brings it by the end of `day`. Four queries."""
    keys = [thing.pk]
    known = (
        what_is_known(OPERATOR, day, projects=keys)
        if isinstance(thing, Project)
        else what_is_known(OPERATOR, day, organisations=keys)
    )
    source = known.of(thing).as_source()
    return reached(source.weighed, source.positions, scheme=known.scheme)


def levels_of(things: Iterable[Thing], day: date) -> list[tuple[Thing, Level]]:
    """Give each thing with the level it has reached by the end of `day`, for `newly_reached`. Four queries each."""
    return [(thing, rung_of(thing, day).level) for thing in things]


@transaction.atomic
def open_by_hand(*, by: Actor, body: Body, about: Thing, because: str) -> Case:
    """Open a case with a reason, or let the reason join the one that is open. Raises Refused, CaseRefused."""
    check(by, Permission.KEEP_RISKS, body=body)
    check_not_withheld(by, Case(**_columns(about)))
    if not because.strip():
        raise CaseRefused("Say why it should be reviewed.")
    return _trigger(
        by=by,
        body=body,
        about=about,
        level=Level.CHAIRS,
        kind=TriggerKind.BY_HAND,
        words=because.strip(),
        on=clock.today(),
    )


def newly_reached(
    *,
    by: Actor,
    body: Body,
    before: Iterable[tuple[Thing, Level]],
    kind: TriggerKind,
    on: date,
    row: Assessment | ValuesPosition,
) -> list[Case]:
    """Open a case of each thing that newly reaches the chairs or climbs above them, or let it join the open one.

    What stands as high as it stood opens nothing, also where its case is closed: nothing is new.
    `before` gives each thing's level before the row was written. For services of this app, in their transaction.
    """
    found = []
    for thing, was in before:
        rung = rung_of(thing, on)
        if rung.level > was and rung.level >= Level.CHAIRS:
            words = "; ".join(rung.because)
            found.append(
                _trigger(
                    by=by,
                    body=holder_of(body),
                    about=thing,
                    level=rung.level,
                    kind=kind,
                    words=words,
                    on=on,
                    row=row,
                )
            )
    return found


@transaction.atomic
def open_for_concern(*, by: Actor, concern: Concern) -> Case:
    """Open a case for a concern that the chairs take up, in their words, or let it join. For `concerns.look_into`."""
    return _trigger(
        by=by,
        body=concern.body,
        about=concern.about,
        level=Level.CHAIRS,
        kind=TriggerKind.CONCERN,
        words=concern.summary,
        on=clock.today(),
        row=concern,
    )


def climb(case: Case, level: Level, *, because: str, on: date, by: Actor) -> None:
    """Bring a case up to a level, with what did it; one that stands there or higher stays. For services of this app.

    What was accepted was accepted at its level: it waits again where it climbs above it.
    """
    if level <= case.level:
        return
    Move.objects.create(case=case, level=level, because=because, on=on)
    change(case, by=by, level=level, accepted_until=None, limit_on=limit_for(case.body, level, on))


def come_back(case: Case, *, by: Actor) -> None:
    """Write down that an acceptance has run out, where it has. For services of this app, before anything is done."""
    today = clock.today()
    if not case.has_run_out(today) or case.accepted_until is None:
        return
    back = case.accepted_until + timedelta(days=1)
    Trigger.objects.create(
        case=case, kind=TriggerKind.RAN_OUT, words="It was accepted until a day that is past.", on=back
    )
    # The limit runs since that day: it was set when the acceptance was.
    change(case, by=by, accepted_until=None, round=case.round + 1)


def catch_up(case: Case, *, by: Actor) -> None:
    """Write down what has become of a case by itself: it came back, or a key can be held by nobody any more.

    For services of this app that act on what the Allies decide: such a case is theirs.
    """
    come_back(case, by=by)
    today = clock.today()
    with_the_chairs = case.level == Level.CHAIRS and case.waits_on(today)
    if with_the_chairs and situation_of(case, today).step is Step.NO_KEY:
        climb(case, Level.ALLIES, because="Nobody can hold one of the keys", on=today, by=by)


def limit_after_acceptance(case: Case, until: date) -> date | None:
    """Give the last day in time for a case that was accepted until a day (inclusive) and comes back after it.

    Two queries. Every page reads it from the case, so that it stands from the day of the return on.
    """
    return limit_for(case.body, Level(case.level), until + timedelta(days=1))


def renew_limits_of_resting(body: Body, *, by: Actor) -> None:
    """Count the limits of accepted cases anew, which do not run yet. For services of this app, once days of closure

    have come.
    """
    for case in Case.objects.select_for_update().filter(body=body).resting_on(clock.today()):
        if case.accepted_until is not None:
            change(case, by=by, limit_on=limit_after_acceptance(case, case.accepted_until))


def limit_for(body: Body, level: Level, on: date) -> date | None:
    """Give the last day in time for a level reached on `on`. Two queries."""
    closed = set(ClosureDay.objects.filter(body=body, day__gte=on).values_list("day", flat=True))
    return limit_of(level, on, scheme=scheme_on(body, on).scheme, closed=closed)


def locked(case: Case, *, by: Actor) -> Case:
    """Fetch a case as it stands and hold it until the transaction ends, for `by` to act on it.

    Raises Refused where `by` is kept from what it is about, whatever their role; CaseRefused for one that is closed.
    """
    check_not_withheld(by, case)
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.closed_on is not None:
        raise CaseRefused("This case is closed.")
    return case


def _open_case(thing: Thing) -> Case | None:
    return Case.objects.select_for_update().open().filter(**_columns(thing)).first()


def _trigger(
    *,
    by: Actor,
    body: Body,
    about: Thing,
    level: Level,
    kind: TriggerKind,
    words: str,
    on: date,
    row: Assessment | ValuesPosition | Concern | None = None,
) -> Case:
    case = _open_case(about)
    if case is None:
        case = Case(
            body=body, level=level, opened_on=on, limit_on=limit_for(body, level, on), **_columns(about)
        )
        keep(case, by=by)
        Move.objects.create(case=case, level=level, because=words, on=on)
    else:
        catch_up(case, by=by)
        climb(case, level, because=words, on=on, by=by)
    Trigger.objects.create(
        case=case,
        kind=kind,
        words=words,
        on=on,
        assessment=row if isinstance(row, Assessment) else None,
        position=row if isinstance(row, ValuesPosition) else None,
        concern=row if isinstance(row, Concern) else None,
    )
    return case


def _columns(thing: Thing) -> dict[str, Thing]:
    return {"about_project" if isinstance(thing, Project) else "about_organisation": thing}
