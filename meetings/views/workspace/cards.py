"""The cards beside the notes: what is picked up from the marked lines of an item.

A save loads them anew, so of very many only a handful are made, and the fields of one alone that is to be changed.
`?all=1` asks for every one, `?change=<id>` for those fields; without a script both lead to the page of the notes.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
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
from meetings.services.picking_up import (
    ASKS,
    Card,
    CardKind,
    Names,
    a_handful,
    asked_about,
    kind_of,
    picked_up,
    still_there,
)
from meetings.views.workspace.finding import item_by_id, number_of, part

AS_WRITTEN = "as_written"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the cards: every one of them, and which is to be changed (0: none)."""

    all: bool = False
    change: int = 0

    @classmethod
    def by(cls, request: HttpRequest) -> "Asked":
        written = request.GET.get("change", "")
        known = written.isascii() and written.isdigit() and len(written) < 12
        return cls(request.GET.get("all") == "1", int(written) if known else 0)

    @property
    def query(self) -> str:
        """What addresses beside the cards carry on: "?all=1", or nothing."""
        return "?all=1" if self.all else ""


@requires(Permission.READ_RECORD)
@require_safe
@never_cache
def picked_up_part(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The part beside the notes, made anew."""
    found = item_by_id(request, pk, item)
    asked = Asked.by(request)
    if (asked.all or asked.change) and not request.htmx:
        query = {"item": number_of(found)} | {
            name: request.GET[name] for name in ("all", "change") if name in request.GET
        }
        anchor = f"line-{asked.change}" if asked.change else "picked-up"
        return HttpResponseRedirect(f"{reverse('meetings:workspace', args=[pk])}?{urlencode(query)}#{anchor}")
    return part(request, "picked_up", context_of(found, request))


def picked_up_context(space: Workspace, request: HttpRequest) -> dict[str, Any]:
    """The cards of the open item, and how many of them ask for something."""
    assert space.item is not None
    return _context(space.item, space.mentions, Names(space.meeting, space.everyone), request)


def context_of(item: AgendaItem, request: HttpRequest, answered: Mention | None = None) -> dict[str, Any]:
    """The whole part of an item; the line that was `answered` is there, however many there are."""
    names = Names(item.meeting, everyone_for(item.meeting, attendance_with_absences(item.meeting)))
    context = _context(item, mentions_of(item, request.user), names, request, answered)
    return {"meeting": item.meeting, "item": item} | context


def _context(
    item: AgendaItem,
    mentions: list[Mention],
    names: Names,
    request: HttpRequest,
    answered: Mention | None = None,
) -> dict[str, Any]:
    asked = Asked.by(request)
    lines = still_there(mentions)
    also = [asked.change, answered.pk if answered else 0]
    shown = lines if asked.all else a_handful(lines, also)
    cards = _cards(item, shown, names, request.user)
    for card in cards:
        if card.mention.pk == asked.change and card.asks:
            _open(card)
    kinds = [kind_of(one) for one in lines]
    return {
        "cards": cards,
        "cards_query": asked.query,
        "more": len(lines) - len(shown),
        "to_answer": sum(1 for kind in kinds if kind in ASKS),
        "recorded": kinds.count(CardKind.RECORDED),
    }


def _cards(item: AgendaItem, mentions: list[Mention], names: Names, actor: Actor) -> list[Card]:
    actions, decisions = asked_about(mentions)
    same: dict[tuple[str, int], Action | Decision] = {}
    if actions:
        found = Action.objects.visible_to(actor).filter(body_id=item.meeting.body_id).in_bulk(actions)
        same |= {(Marker.ACTION, pk): action for pk, action in found.items()}
    if decisions:
        decided = Decision.objects.visible_to(actor).filter(meeting=item.meeting_id).in_bulk(decisions)
        same |= {(Marker.DECISION, pk): decision for pk, decision in decided.items()}
    return picked_up(item.meeting, mentions, names, notes=item.notes, same=same)


def _open(card: Card) -> None:
    """Let the card show its fields."""
    card.changing = True
    if card.marker is Marker.DECISION:
        card.form = _decided_form(card)


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


def tell(cards: list[Card], mention: Mention, problem: str, request: HttpRequest) -> None:
    """Say at its card what stands in the way; what was typed, and chosen, stays."""
    if not problem:
        return
    for card in cards:
        if card.mention.pk != mention.pk:
            continue
        card.typed = request.POST
        card.chosen = _chosen(card, request)
        # Whoever answers one of two questions is asked the other: nothing stands in their way.
        if card.question is None:
            card.chosen = {}
        if not card.chosen:
            card.errors = {"all": problem}
        text = f"line-{mention.pk}-text"
        if card.asks and ("words" in request.POST or text in request.POST):
            _open(card)
        if card.form is not None and text in request.POST:
            card.form = DecidedForm(request.POST, prefix=f"line-{mention.pk}")


def _chosen(card: Card, request: HttpRequest) -> dict[int, str]:
    chosen = {}
    for one in card.owners:
        value = request.POST.get(f"who-{one.number}", "")
        if one.is_open and value in {AS_WRITTEN, *(str(choice.person.pk) for choice in one.choices)}:
            chosen[one.number] = value
    return chosen
