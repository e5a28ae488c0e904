"""A sitting of the chairs over several cases."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from allies import clock
from allies.models import Actor, Body
from allies.models.held import is_withheld
from allies.policies import check, check_not_withheld
from allies.powers import Permission
from allies.services.keeping import change, keep
from risks.models import Case, CaseDecision, Review, ReviewedCase
from risks.services.cases import CaseRefused


@transaction.atomic
def begin_review(*, by: Actor, body: Body, cases: Iterable[Case], on: date | None = None) -> Review:
    """Begin a sitting over some cases. Raises Refused; CaseRefused without a case."""
    check(by, Permission.DECIDE_CASE, body=body)
    chosen = list(cases)
    if not chosen:
        raise CaseRefused("Choose at least one case.")
    check_not_withheld(by, *chosen)
    review = Review(body=body, on=on or clock.today())
    keep(review, by=by)
    for case in chosen:
        keep(ReviewedCase(review=review, case=case), by=by)
    return review


@transaction.atomic
def let_it_wait(*, by: Actor, reviewed: ReviewedCase, because: str) -> None:
    """Write down why a case of a sitting waits. Raises Refused; CaseRefused without a reason."""
    check(by, Permission.DECIDE_CASE, body=reviewed.review.body_id)
    check_not_withheld(by, reviewed.case)
    if not because.strip():
        raise CaseRefused("Say why it waits.")
    change(reviewed, by=by, waits_because=because.strip())


@transaction.atomic
def end_review(*, by: Actor, review: Review) -> None:
    """End a sitting. Raises Refused; CaseRefused while a case has neither a decision since it began nor a reason.

    The refusal does not name a case that `by` is kept from.
    """
    check(by, Permission.DECIDE_CASE, body=review.body_id)
    for one in review.reviewed.select_related("case"):
        decision = (
            CaseDecision.objects.filter(case=one.case, on__gte=review.on).order_by("-on", "-pk").first()
        )
        if decision is not None:
            change(one, by=by, decision=decision)
        elif not one.waits_because:
            if is_withheld(one.case, by):
                raise CaseRefused("Something in this sitting still waits. Another chair ends it.")
            raise CaseRefused(f"{one.case} has no decision yet. Decide it, or say why it waits.")
    change(review, by=by, ended_on=clock.today())
