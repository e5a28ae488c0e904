"""Writing organisations, projects, and which part an organisation plays in a project."""

from typing import Any

from django.db import transaction

from allies.models import Actor, Agreement, Organisation, Part, Participation, Person, Project
from allies.partial_dates import PartialDate
from allies.policies import check
from allies.powers import Permission
from allies.services.keeping import change, discard, keep


@transaction.atomic
def enter_organisation(*, by: Actor, name: str, short_name: str = "") -> Organisation:
    """Add an organisation. Raises Refused; IntegrityError for a name that is there already."""
    check(by, Permission.KEEP_PEOPLE)
    organisation = Organisation(name=name.strip(), short_name=short_name.strip())
    keep(organisation, by=by)
    return organisation


@transaction.atomic
def change_organisation(*, by: Actor, organisation: Organisation, name: str, short_name: str) -> None:
    """Change an organisation. Raises as `enter_organisation`."""
    check(by, Permission.KEEP_PEOPLE)
    change(organisation, by=by, name=name.strip(), short_name=short_name.strip())


@transaction.atomic
def enter_project(
    *,
    by: Actor,
    name: str,
    summary: str = "",
    lead: Person | None = None,
    starts: PartialDate | None = None,
    ends: PartialDate | None = None,
) -> Project:
    """Add a project; its dates are inclusive. Raises Refused; IntegrityError for a name that is there already."""
    check(by, Permission.KEEP_PEOPLE)
    dates: dict[str, Any] = {"starts": starts, "ends": ends}
    project = Project(name=name.strip(), summary=summary.strip(), lead=lead, **dates)
    keep(project, by=by)
    return project


@transaction.atomic
def change_project(
    *,
    by: Actor,
    project: Project,
    name: str,
    summary: str,
    lead: Person | None,
    starts: PartialDate | None,
    ends: PartialDate | None,
) -> None:
    """Change a project. Raises as `enter_project`."""
    check(by, Permission.KEEP_PEOPLE)
    change(project, by=by, name=name.strip(), summary=summary.strip(), lead=lead, starts=starts, ends=ends)


@transaction.atomic
def take_part(
    *,
    by: Actor,
    project: Project,
    organisation: Organisation,
    part: Part,
    agreement: Agreement = Agreement.NONE,
) -> Participation:
    """Write down the part an organisation plays in a project, and how far the agreement has come.

    Raises Refused; IntegrityError where it has that part already.
    """
    check(by, Permission.KEEP_PEOPLE)
    participation = Participation(project=project, organisation=organisation, part=part, agreement=agreement)
    keep(participation, by=by)
    return participation


@transaction.atomic
def change_participation(
    *, by: Actor, participation: Participation, part: Part, agreement: Agreement
) -> None:
    """Change the part, or how far the agreement has come. Raises as `take_part`."""
    check(by, Permission.KEEP_PEOPLE)
    change(participation, by=by, part=part, agreement=agreement)


@transaction.atomic
def end_participation(*, by: Actor, participation: Participation, reason: str) -> None:
    """Take an organisation out of a project; the history keeps that it was there, and why. Raises Refused."""
    check(by, Permission.KEEP_PEOPLE)
    discard(participation, by=by, reason=reason.strip())
