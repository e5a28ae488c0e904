"""The group adopts a scheme: its decision points at the version, and the version is in force from that day."""

from django.db import transaction

from allies.models import Actor
from allies.services.keeping import change
from meetings.models import Decision
from meetings.policies import check_can_keep_notes
from risks.models import SchemeVersion
from risks.services.schemes import SchemeRefused, adopt_scheme


@transaction.atomic
def adopt_by_decision(*, by: Actor, decision: Decision, version: SchemeVersion) -> None:
    """Let a decision of the group adopt a proposed version, from the day of its meeting (inclusive) on.

    What was scored before keeps its number and its words. Raises Refused; SchemeRefused where the version is no
    proposal, or the decision was another body's, only advice, withdrawn, or adopted another version already.
    """
    # The decision's words stay as they were: what it adopts can be said after its notes have gone out, too.
    check_can_keep_notes(by, decision.meeting)
    decision = Decision.objects.select_for_update().select_related("meeting").get(pk=decision.pk)
    if decision.meeting.body_id != version.body_id:
        raise SchemeRefused("Only the group that holds the scheme adopts it.")
    if decision.withdrawn or decision.kind != "decision":
        raise SchemeRefused("Choose a decision: advice does not adopt a scheme.")
    if decision.scheme_id is not None and decision.scheme_id != version.pk:
        raise SchemeRefused("This decision adopted another version already.")
    adopt_scheme(by=by, version=version, on=decision.meeting.date)
    change(decision, by=by, scheme=version)
