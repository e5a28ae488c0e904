"""Deciding a case by correspondence: one written proposal, a week, and the answers."""

from django.db import transaction

from actions.wording import day_in_words
from allies import clock
from allies.models import Actor, Person
from allies.policies import check, is_self
from allies.powers import Permission, Refused
from allies.services.keeping import change, keep, person_of
from risks.correspondence import Answer, Result, result
from risks.models import Case, CaseDecision, CaseResponse, DecidedBy, Proposal, ProposalAnswer
from risks.models.situation import electorate
from risks.scheme import Level
from risks.services.cases import CaseRefused, catch_up, locked
from risks.services.deciding import Decided, check_decided, settle
from risks.services.schemes import scheme_on


@transaction.atomic
def propose(*, by: Actor, case: Case, decided: Decided) -> Proposal:
    """Put one written proposal to the Allies; its reason is what they read.

    Counted are those of today without a conflict. Raises Refused, also for whoever is kept from what the case is
    about; CaseRefused where the case is not with the Allies, another proposal is open, or nobody would be counted.
    """
    check(by, Permission.KEEP_RISKS, body=case.body_id)
    case = locked(case, by=by)
    catch_up(case, by=by)
    if case.level != Level.ALLIES:
        raise CaseRefused("This case is not with the Allies now.")
    check_decided(decided)
    if case.proposals.filter(closed_on__isnull=True).exists():
        raise CaseRefused("A proposal is open already.")
    today = clock.today()
    counted = electorate(case.body, case, today)
    if not counted:
        raise CaseRefused("Nobody without an interest in the matter could answer.")
    proposal = Proposal(
        case=case,
        words=decided.reason.strip(),
        response=decided.response,
        until=decided.until,
        opened_on=today,
        days=scheme_on(case.body, today).scheme.correspondence_days,
    )
    keep(proposal, by=by)
    proposal.counted.set(counted)
    return proposal


@transaction.atomic
def answer_proposal(
    *, by: Actor, proposal: Proposal, answer: Answer, words: str = "", person: Person | None = None
) -> CaseDecision | None:
    """Answer a proposal, or write down what `person` said by phone. Gives the decision where this makes it.

    Raises Refused for whoever is not counted, and for whoever is kept from what the case is about; CaseRefused for
    one that is closed or past its last day.
    """
    case = locked(proposal.case, by=by)
    answering = person or person_of(by)
    if answering is None or not proposal.counted.filter(pk=answering.pk).exists():
        raise Refused(Permission.READ_RECORD, "Only those who are counted for this proposal can answer it.")
    if not is_self(by, answering):
        check(by, Permission.KEEP_RISKS, body=proposal.case.body_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    check_can_be_answered(proposal)
    row = proposal.answers.filter(person=answering).first() or ProposalAnswer(
        proposal=proposal, person=answering, on=clock.today()
    )
    row.answer, row.words, row.on = answer, words.strip(), clock.today()
    row.recorded_by = None if is_self(by, answering) else person_of(by)
    keep(row, by=by)
    return _close_where_done(proposal, case, by=by)


def check_can_be_answered(proposal: Proposal) -> None:
    """Raise CaseRefused for a proposal that is closed, or past its last day."""
    if proposal.closed_on is not None:
        raise CaseRefused("This proposal is closed.")
    if proposal.is_over(clock.today()):
        raise CaseRefused(
            f"The last day for answers was {day_in_words(proposal.last_day)}. The core team or a chair writes down "
            "what they have come to."
        )


@transaction.atomic
def close_proposal(*, by: Actor, proposal: Proposal) -> CaseDecision | None:
    """Write down what a proposal past its last day has come to. Nothing while it is open.

    Raises Refused, also for whoever is kept from what the case is about.
    """
    check(by, Permission.KEEP_RISKS, body=proposal.case.body_id)
    case = locked(proposal.case, by=by)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    return None if proposal.closed_on else _close_where_done(proposal, case, by=by)


def _result(proposal: Proposal) -> Result:
    answers = {row.person_id: Answer(row.answer) for row in proposal.answers.all()}
    return result(
        answers,
        counted=set(proposal.counted.values_list("pk", flat=True)),
        opened_on=proposal.opened_on,
        days=proposal.days,
        today=clock.today(),
    )


def _close_where_done(proposal: Proposal, case: Case, *, by: Actor) -> CaseDecision | None:
    found = _result(proposal)
    if found is Result.OPEN:
        return None
    today = clock.today()
    change(proposal, by=by, result=found, closed_on=today)
    if found is not Result.APPROVED:
        return None
    decided = Decided(CaseResponse(proposal.response), proposal.words, proposal.until)
    return settle(case, by=by, decided=decided, decided_by=DecidedBy.CORRESPONDENCE, on=today)
