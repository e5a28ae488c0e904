"""Writing the register: entering a risk, changing what it says, closing it, and what treats it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import transaction

from actions.deadlines import Deadline
from actions.models import Action
from actions.services import Owner, agree
from allies import clock
from allies.models import Actor, Body, Organisation, Person, Project
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, discard, keep
from risks.models import Category, Reopening, Response, Risk, RiskMatter, RiskStatus, Treatment
from risks.policies import check_can_keep_risk

type Concerned = Project | Organisation


class RiskRefused(ValueError):
    """Why the register cannot be changed so; its words say what to do."""


@transaction.atomic
def enter_risk(
    *,
    by: Actor,
    body: Body,
    title: str,
    category: Category,
    because: str = "",
    effect: str = "",
    response: Response | None = None,
    looked_after_by: Person | None = None,
    concerns: Sequence[Concerned] = (),
    review_on: date | None = None,
    review_months: int | None = None,
    on: date | None = None,
) -> Risk:
    """Enter a risk that `body` holds, on `on` (default today).

    With `review_months` and no `review_on` it is looked at again that many months after `on`. Raises Refused;
    RiskRefused where nothing is said.
    """
    check(by, Permission.KEEP_RISKS, body=body)
    if not title.strip():
        raise RiskRefused("Say what might happen.")
    day = on or clock.today()
    risk = Risk(
        body=body,
        title=title.strip(),
        because=because.strip(),
        effect=effect.strip(),
        category=category,
        response=response or "",
        looked_after_by=looked_after_by,
        entered_on=day,
        review_on=review_on or next_review(day, review_months),
        review_months=review_months,
    )
    keep(risk, by=by)
    for matter in concerns:
        keep(RiskMatter(risk=risk, **_columns(matter)), by=by)
    return risk


@transaction.atomic
def change_risk(*, by: Actor, risk: Risk, concerns: Sequence[Concerned] | None = None, **values: Any) -> bool:
    """Change what the register says of a risk; `concerns`, where given, replaces what it is about.

    `values` are fields of the risk but its status, which `watch`, `close_risk` and `open_again` move. Answers
    whether anything changed. Raises Refused; RiskRefused for one that is closed.
    """
    check_can_keep_risk(by, risk)
    risk = _locked(risk)
    if risk.status == RiskStatus.CLOSED:
        raise RiskRefused("This risk is closed. Open it again first.")
    changed = change(risk, by=by, **values)
    if concerns is not None:
        changed = _set_matters(risk, concerns, by=by) or changed
    return changed


@transaction.atomic
def watch(*, by: Actor, risk: Risk, watched: bool = True) -> bool:
    """Put a risk on the watch list, or take it off. Answers whether anything changed. Raises as `change_risk`."""
    check_can_keep_risk(by, risk)
    risk = _locked(risk)
    if risk.status == RiskStatus.CLOSED:
        raise RiskRefused("This risk is closed. Open it again first.")
    return change(risk, by=by, status=RiskStatus.WATCHED if watched else RiskStatus.OPEN)


@transaction.atomic
def close_risk(*, by: Actor, risk: Risk, because: str, on: date | None = None) -> None:
    """Close a risk with the reason, from `on` (default today). Raises Refused; RiskRefused without a reason."""
    check_can_keep_risk(by, risk)
    if not because.strip():
        raise RiskRefused("Say why it is closed: the reason goes in the record.")
    change(
        _locked(risk),
        by=by,
        status=RiskStatus.CLOSED,
        closed_because=because.strip(),
        closed_on=on or clock.today(),
    )


@transaction.atomic
def open_again(*, by: Actor, risk: Risk, reason: str, on: date | None = None) -> None:
    """Open a closed risk again, from `on` (default today); the record keeps since when and why it was closed.

    One that is open stays. Raises as `close_risk`; RiskRefused for a day before it was closed.
    """
    check_can_keep_risk(by, risk)
    if not reason.strip():
        raise RiskRefused("Say why it is opened again: the reason goes in the record.")
    risk, day = _locked(risk), on or clock.today()
    if risk.closed_on is None:
        return
    if day < risk.closed_on:
        raise RiskRefused("It was closed later than that day.")
    Reopening.objects.create(
        risk=risk,
        closed_on=risk.closed_on,
        closed_because=risk.closed_because,
        on=day,
        because=reason.strip(),
    )
    change(risk, by=by, reason=reason.strip(), status=RiskStatus.OPEN, closed_because="", closed_on=None)


@transaction.atomic
def treat(*, by: Actor, risk: Risk, action: Action) -> Treatment:
    """Say that an action treats a risk. Saying so twice is saying so once. Raises Refused."""
    check_can_keep_risk(by, risk)
    found = Treatment.objects.filter(risk=_locked(risk), action=action).first()
    if found is None:
        found = Treatment(risk=risk, action=action)
        keep(found, by=by)
    return found


@transaction.atomic
def treat_anew(
    *, by: Actor, risk: Risk, text: str, owners: Sequence[Owner] = (), deadline: Deadline | None = None
) -> Treatment:
    """Write down a new action of the group that holds the risk, to treat it. Raises Refused; RiskRefused without words.

    The action is about what the risk concerns, where that is one thing.
    """
    check_can_keep_risk(by, risk)
    if not text.strip():
        raise RiskRefused("Say what is to be done.")
    matters = list(risk.matters.all()[:2])
    action = agree(
        by=by,
        body=risk.body,
        text=text,
        agreed_on=clock.today(),
        owners=owners,
        deadline=deadline,
        about=matters[0].about if len(matters) == 1 else None,
    )
    return treat(by=by, risk=risk, action=action)


@transaction.atomic
def no_longer_treats(*, by: Actor, treatment: Treatment) -> None:
    """Take an action from what treats a risk; the action itself stays. Raises Refused."""
    check_can_keep_risk(by, treatment.risk)
    discard(treatment, by=by)


def next_review(day: date, months: int | None) -> date | None:
    """Give the day `months` months after `day`, or the last of its month where there is none; None without months."""
    return day + relativedelta(months=months) if months else None


def _locked(risk: Risk) -> Risk:
    return Risk.objects.select_for_update().get(pk=risk.pk)


def _columns(matter: Concerned) -> dict[str, Any]:
    return {"about_project" if isinstance(matter, Project) else "about_organisation": matter}


def _set_matters(risk: Risk, concerns: Sequence[Concerned], *, by: Actor) -> bool:
    """Let the risk be about these, and keep the rows of those that it was about before."""
    wanted = {(type(one), one.pk): one for one in concerns}
    changed = False
    for row in risk.matters.select_related("about_project", "about_organisation"):
        if wanted.pop((type(row.about), row.about.pk), None) is None:
            discard(row, by=by)
            changed = True
    for one in wanted.values():
        keep(RiskMatter(risk=risk, **_columns(one)), by=by)
        changed = True
    return changed
