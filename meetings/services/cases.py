"""What the group does with a case at its meeting: an item takes it up, and its decision is written down with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from allies.models import OPERATOR, Actor
from allies.policies import check_not_withheld
from allies.services.keeping import keep
from meetings.models import AgendaItem, Decision, DecisionKind, Meeting, Purpose
from meetings.models.cases import decidable_at
from meetings.models.taking_part import not_handled_yet, who_takes_part
from meetings.policies import check_can_record_for_the_group, check_can_write_notes
from meetings.services.agenda_items import ItemWords, add_item
from meetings.services.holding import hold_open
from meetings.services.keeping_current import bring_up_to_date
from meetings.services.minutes import something_moved
from meetings.services.places import next_place
from meetings.services.recording import RecordRefused, Votes, check_votes
from meetings.wording import decided_of_a_case
from risks.models import Case
from risks.services.cases import CaseRefused
from risks.services.deciding import Decided, ToDo, decide_at_a_meeting, hand_back_to_the_chairs

NOT_FOR_THIS_MEETING = "This case does not wait for this meeting’s decision."
DECIDED_ALREADY = (
    "This meeting has decided about this case already. To think again, open it anew with the reason."
)


@dataclass(frozen=True, slots=True)
class HandedBack:
    """The group hands a case back to its chairs, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """How the group came to its decision: in which way, and the numbers of a vote."""

    reached: str = ""
    votes: Votes | None = None


@transaction.atomic
def take_up(*, by: Actor, meeting: Meeting, case: Case) -> AgendaItem:
    """Put a case that waits for the group on a meeting's agenda as an item of its own, before any other business.

    What it is about goes with it, and so does what is withheld. Pressed twice, it is taken up once. Raises Refused;
    RecordRefused for a case that does not wait for this meeting.
    """
    check_can_write_notes(by, meeting)
    check_not_withheld(by, case)
    hold_open(meeting)
    taken = _items_about(meeting, case).filter(purpose=Purpose.DECISION).order_by("position", "pk").first()
    if taken is not None:
        return taken
    if not decidable_at(meeting, OPERATOR).filter(pk=case.pk).exists():
        raise RecordRefused(NOT_FOR_THIS_MEETING)
    words = ItemWords(f"What we do about {case.about}", purpose=Purpose.DECISION, about=case.about)
    item = add_item(by=by, meeting=meeting, words=words)
    something_moved(meeting)
    return item


@transaction.atomic
def decide_case(
    *,
    by: Actor,
    item: AgendaItem,
    case: Case,
    decided: Decided | HandedBack,
    group: Group | None = None,
    to_do: Sequence[ToDo] = (),
) -> Decision:
    """Write down what the group decided of a case at its meeting, under the item that takes it up.

    Who took part is who was there and did not stand aside at the item. Its actions are agreed at the meeting. The
    same decision sent twice counts once. Raises Refused; CaseRefused and RecordRefused where the case does not wait
    for this meeting, nobody was there who counts, somebody's interest has not been handled yet, or the decision is
    not whole.
    """
    meeting = item.meeting
    check_not_withheld(by, item, case)
    check_can_record_for_the_group(by, meeting)
    group = group or Group()
    check_votes(group.reached, group.votes)
    hold_open(meeting)
    text = _words(case, decided)
    before = Decision.objects.standing().filter(meeting=meeting, case=case).first()
    if before is not None:
        if before.text != text:
            raise RecordRefused(DECIDED_ALREADY)
        return before
    _check_it_can_be_decided(item, case, group.votes or Votes())
    actions = []
    if isinstance(decided, HandedBack):
        if any(one.text.strip() for one in to_do):
            raise RecordRefused(
                "A case that goes back to the chairs makes no actions here. They decide them."
            )
        hand_back_to_the_chairs(by=by, case=case, because=decided.reason, on=meeting.date, minuted=True)
    else:
        made = decide_at_a_meeting(
            by=by, case=case, decided=decided, on=meeting.date, to_do=to_do, minuted=True
        )
        actions = list(made.actions.all())
    decision = _write_down(by, item, case, text, group)
    bring_up_to_date(meeting.body, actions)
    something_moved(meeting)
    return decision


def _write_down(by: Actor, item: AgendaItem, case: Case, text: str, group: Group) -> Decision:
    meeting, numbers = item.meeting, group.votes or Votes()
    decision = Decision(
        meeting=meeting,
        item=item,
        case=case,
        text=text,
        kind=DecisionKind.DECISION,
        reached=group.reached,
        votes_for=numbers.for_it,
        votes_against=numbers.against,
        votes_abstained=numbers.abstained,
        position=next_place(meeting.decisions),
    )
    keep(decision, by=by)
    return decision


def _check_it_can_be_decided(item: AgendaItem, case: Case, votes: Votes) -> None:
    meeting = item.meeting
    if not meeting.is_held:
        raise RecordRefused("A meeting decides once it is held. Begin its notes first.")
    same = (item.about_project_id, item.about_organisation_id) == (
        case.about_project_id,
        case.about_organisation_id,
    )
    if not same or not decidable_at(meeting, OPERATOR).filter(pk=case.pk).exists():
        raise RecordRefused(NOT_FOR_THIS_MEETING)
    taking_part = who_takes_part(OPERATOR, meeting, item.pk)
    if not taking_part.names:
        raise RecordRefused("Say first who is here: the record says who took part in this decision.")
    counted = sum(number or 0 for number in (votes.for_it, votes.against, votes.abstained))
    if counted > len(taking_part.names):
        raise RecordRefused(
            f"There are more votes than people: {len(taking_part.names)} took part in this, and {counted} are counted."
        )
    if names := not_handled_yet(case, item, taking_part):
        raise RecordRefused(
            f"Say first, under the item, how the interest of {' and '.join(names)} in this was handled."
        )


def _words(case: Case, decided: Decided | HandedBack) -> str:
    if isinstance(decided, HandedBack):
        response, until = "hand_back", None
    else:
        response, until = decided.response.value, decided.until
    if not decided.reason.strip():
        raise CaseRefused("Say why: the reason goes in the record.")
    return decided_of_a_case(str(case.about), response, until, decided.reason.strip())


def _items_about(meeting: Meeting, case: Case) -> models.QuerySet[AgendaItem]:
    items = AgendaItem.objects.filter(meeting=meeting)
    if case.about_project_id:
        return items.filter(about_project=case.about_project_id)
    return items.filter(about_organisation=case.about_organisation_id)
