"""Saying how far a partner's conduct fits a value. Appended, never edited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from allies import clock
from allies.models import Actor, Body, Organisation, Person, Project
from allies.policies import check, check_not_withheld, is_self
from allies.powers import Permission
from allies.services.keeping import person_of
from risks.models import TriggerKind, ValuesPosition
from risks.policies import is_of_the_team
from risks.services.cases import levels_of, newly_reached
from risks.services.registering import RiskRefused
from risks.services.schemes import scheme_on


@dataclass(frozen=True, slots=True)
class View:
    """One value's key, a position from 0 to 4, and what it rests on."""

    value: str
    position: int
    evidence: str


@transaction.atomic
def take_positions(
    *,
    by: Actor,
    body: Body,
    about: Project | Organisation,
    views: Iterable[View],
    viewer: Person | None = None,
) -> list[ValuesPosition]:
    """Append several views of one person's on one thing, all or none. `viewer` and what it raises: `take_position`."""
    return [
        take_position(
            by=by,
            body=body,
            about=about,
            value=one.value,
            position=one.position,
            evidence=one.evidence,
            viewer=viewer,
        )
        for one in views
    ]


@transaction.atomic
def take_position(
    *,
    by: Actor,
    body: Body,
    about: Project | Organisation,
    value: str,
    position: int,
    evidence: str,
    viewer: Person | None = None,
    on: date | None = None,
) -> ValuesPosition:
    """Append somebody's view of one value, on `on` (default today), under the scheme of that day.

    `viewer` is whoever `by` writes it down for, who is kept beside it; without it, `by` themself. The same view on
    the same day is said once.
    One that newly brings the thing to the chairs opens a case.
    Raises Refused; RiskRefused without evidence, without a person, or for what is no value or no position.
    """
    check(by, Permission.SCORE_RISK, body=body)
    columns = {"about_project" if isinstance(about, Project) else "about_organisation": about}
    check_not_withheld(by, ValuesPosition(**columns))
    person = viewer or person_of(by)
    if person is None:
        raise RiskRefused("Say whose view it is.")
    if not is_self(by, person):
        check(by, Permission.ANSWER_FOR_ANYONE, body=body)
    day = on or clock.today()
    version = scheme_on(body, day)
    scheme = version.scheme
    if value not in scheme.values:
        raise RiskRefused("Choose one of the group’s values.")
    if not 0 <= position < len(scheme.positions):
        raise RiskRefused("Choose how far it fits.")
    if not evidence.strip():
        raise RiskRefused("Say what it rests on: something seen, read or told.")
    before = levels_of([about], day)
    row, is_new = ValuesPosition.objects.get_or_create(
        about_project=about if isinstance(about, Project) else None,
        about_organisation=about if isinstance(about, Organisation) else None,
        value=value,
        position=position,
        evidence=evidence.strip(),
        by=person,
        on=day,
        defaults={
            "scheme": version,
            "from_team": is_of_the_team(person, day),
            "recorded_by": None if is_self(by, person) else person_of(by),
        },
    )
    if is_new:
        newly_reached(by=by, body=body, before=before, kind=TriggerKind.POSITION, on=day, row=row)
    return row
