"""Raising a concern, and what the chairs do with it. Who raised it is written in one place and nowhere else."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from allies import clock
from allies.models import OPERATOR, Actor, Body, Organisation, Project
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep, person_of
from risks.models import Concern, ConcernRaiser, ConcernState, StoodAside
from risks.policies import check_can_look_into
from risks.services.cases import open_for_concern
from risks.services.registering import RiskRefused


@sensitive_variables()
@transaction.atomic
def raise_concern(
    *, by: Actor, body: Body, about: Project | Organisation, words: str, on: date | None = None
) -> Concern:
    """Raise a concern about a project or partner with the chairs of `body`, in the raiser's own words.

    It is raised on `on`, by default today. Its history begins with nobody's name and at no hour. The same words on
    the same day are one concern. Raises Refused; RiskRefused without words, or where no person signed in raises it.
    """
    check(by, Permission.RAISE_CONCERN)
    check_not_withheld(by, Concern(**_columns(about)))
    person = person_of(by)
    if person is None:
        raise RiskRefused("A concern is raised by a person who is signed in.")
    if not words.strip():
        raise RiskRefused("Say in a few words what worries you.")
    same = Concern.objects.filter(
        raiser__person=person, raiser__words=words.strip(), on=on or clock.today(), **_columns(about)
    ).first()
    if same is not None:
        return same
    concern = Concern(body=body, on=on or clock.today(), **_columns(about))
    # With the minute, somebody could work out who was signed in.
    concern._history_date = timezone.make_aware(datetime.combine(concern.on, time(12)))  # type: ignore[attr-defined]
    keep(concern, by=OPERATOR, reason="raised")
    ConcernRaiser.objects.create(concern=concern, person=person, words=words.strip())
    return concern


@transaction.atomic
def look_into(
    *, by: Actor, concern: Concern, state: ConcernState, summary: str = "", outcome: str = ""
) -> bool:
    """Say how far the chairs are with a concern, in their own words: `summary` is what others come to read.

    Answers whether anything changed. Raises Refused; RiskRefused where it is taken up without a summary, or goes no
    further without the reason.
    """
    check_can_look_into(by, concern)
    if state is ConcernState.TAKEN_UP and not summary.strip():
        raise RiskRefused(
            "Say in your own words what it is about: the others read that, and not the raiser’s words."
        )
    if state is ConcernState.NO_FURTHER and not outcome.strip():
        raise RiskRefused("Say why it goes no further: whoever raised it reads that.")
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    is_news = state is ConcernState.TAKEN_UP and concern.state != ConcernState.TAKEN_UP
    changed = change(concern, by=by, state=state, summary=summary.strip(), outcome=outcome.strip())
    if is_news:
        open_for_concern(by=by, concern=concern)
    return changed


@transaction.atomic
def stand_aside(*, by: Actor, concern: Concern, why: str = "") -> None:
    """Stand aside from one concern, as a chair who has an interest in it: they then see of it what others see.

    It cannot be taken back. Raises Refused unless `by` could look into it.
    """
    check_can_look_into(by, concern)
    person = person_of(by)
    assert person is not None  # or they could not look into it
    keep(StoodAside(concern=concern, person=person, on=clock.today(), why=why.strip()), by=by)


def _columns(about: Project | Organisation) -> dict[str, Project | Organisation]:
    return {"about_project" if isinstance(about, Project) else "about_organisation": about}
