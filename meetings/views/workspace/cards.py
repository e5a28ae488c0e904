"""The cards beside the notes: what is picked up from the marked lines of an item."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actions.models import Action
from allies.access import requires
from allies.models import Actor
from allies.powers import Permission
from meetings.forms.workspace import DecidedForm
from meetings.models import AgendaItem, Decision, Mention, Reached
from meetings.models.cast import everyone_for
from meetings.models.workspace import Workspace, attendance_with_absences, mentions_of
from meetings.notes.document import Marker
from meetings.services.picking_up import Card, Names, asked_about, picked_up
from meetings.views.workspace.finding import item_by_id, part


@requires(Permission.READ_RECORD)
@require_safe
@never_cache
def picked_up_part(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The part beside the notes, made anew."""
    found = item_by_id(request, pk, item)
    return part(request, "picked_up", context_of(found, request.user))


def picked_up_context(space: Workspace, actor: Actor) -> dict[str, Any]:
    """The cards of the open item, and how many of them ask for something."""
    assert space.item is not None
    names = Names(space.meeting, space.everyone)
    return {"cards": (cards := _cards(space.item, space.mentions, names, actor)), **_counts(cards)}


def context_of(item: AgendaItem, actor: Actor) -> dict[str, Any]:
    attendance = attendance_with_absences(item.meeting)
    names = Names(item.meeting, everyone_for(item.meeting, attendance))
    cards = _cards(item, mentions_of(item, actor), names, actor)
    return {"meeting": item.meeting, "item": item, "cards": cards, **_counts(cards)}


def _cards(item: AgendaItem, mentions: list[Mention], names: Names, actor: Actor) -> list[Card]:
    actions, decisions = asked_about(mentions)
    same: dict[tuple[str, int], Action | Decision] = {}
    if actions:
        found = Action.objects.visible_to(actor).filter(body_id=item.meeting.body_id).in_bulk(actions)
        same |= {(Marker.ACTION, pk): action for pk, action in found.items()}
    if decisions:
        decided = Decision.objects.visible_to(actor).filter(meeting=item.meeting_id).in_bulk(decisions)
        same |= {(Marker.DECISION, pk): decision for pk, decision in decided.items()}
    cards = picked_up(item.meeting, mentions, names, notes=item.notes, same=same)
    for card in cards:
        card.form = _decided_form(card) if card.marker is Marker.DECISION else None
    return cards


def _decided_form(card: Card) -> DecidedForm:
    """The form of a decision, as the line or the record has it."""
    decision, understood = card.decision, card.understood
    votes = understood.votes
    initial = {"text": understood.words, "reached": understood.reached or ""}
    if understood.reached == Reached.MAJORITY and votes:
        initial |= {"votes_for": votes.for_it, "votes_against": votes.against}
    if decision is not None:
        initial = {
            "text": decision.text,
            "reached": decision.reached,
            "votes_for": decision.votes_for,
            "votes_against": decision.votes_against,
            "votes_abstained": decision.votes_abstained,
        }
    return DecidedForm(initial=initial, prefix=f"line-{card.mention.pk}")


def _counts(cards: list[Card]) -> dict[str, int]:
    return {
        "to_answer": sum(1 for card in cards if card.asks),
        "recorded": sum(1 for card in cards if card.kind == "recorded"),
    }


def tell(cards: list[Card], mention: Mention, problem: str, request: HttpRequest) -> None:
    """Say at its card what stands in the way; what was typed stays."""
    if not problem:
        return
    for card in cards:
        if card.mention.pk == mention.pk:
            card.errors = {"all": problem}
            card.typed = request.POST
