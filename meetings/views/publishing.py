"""Getting a meeting's notes ready for the public: what is withheld, who is named, the preview, and the one button."""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions.wording import day_in_words
from allies.access import requires
from allies.models import SaidBy
from allies.powers import Permission
from meetings import policies
from meetings.forms.publishing import WhyForm, WithdrawForm
from meetings.models import Meeting, RedactionChoice, RedactionReason
from meetings.models.for_public import ForPublic, for_public, visible_missing
from meetings.models.seen_frozen import Frozen
from meetings.notes.attribution import Attribution
from meetings.notes.places import Part, Place
from meetings.notes.published import Fate, fates
from meetings.services import publishing
from meetings.services.circulating import StepRefused
from meetings.services.publishing import SPOKEN, Why, published_words
from meetings.stages import Step, may_follow, way
from meetings.views.finding import form_page, meeting_or_404
from meetings.views.public_notes import public_page

HEADS = {
    Part.VENUE: "Where it was",
    Part.PERSON: "Members",
    Part.ACTION: "Actions",
    Part.INTERESTS: "Interests",
    Part.DECLARATION: "Interests",
    Part.DECISION: "Decisions",
    Part.STATEMENT: "Statements",
    Part.CHANGE: "Changes when they were approved",
    Part.ADDENDUM: "Addenda",
}
SAID = {Attribution.NAME: "by name", Attribution.ROLE: "by role", Attribution.NOBODY: "by nobody"}


@dataclass(slots=True)
class Row:
    """One part of the notes on the page, with what can be chosen for it."""

    key: str
    fate: Fate
    how: Attribution | None
    may_name: bool
    title: bool

    @property
    def ways(self) -> list[tuple[str, str]]:
        """The other ways to say who spoke."""
        return [(how.value, words) for how, words in SAID.items() if how is not self.how] if self.how else []


@dataclass(slots=True)
class Group:
    """Rows under one heading; `title` is the row of the heading itself, where it is an item's."""

    head: str
    title: Row | None
    rows: list[Row] = field(default_factory=list)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes line by line, each with what the public will read; one press withholds a line or unnames it."""
    meeting = _for_publishing(request, pk)
    found = for_public(meeting)
    asked = request.GET
    form = WhyForm(
        request.POST or None,
        initial={"reason": asked.get("reason", ""), "reason_words": asked.get("reason_words", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _chosen(request, found, form.cleaned_data)
        except StepRefused as error:
            form.add_error(error.field, str(error))
    return form_page(request, "meetings/publish.html", _context(request, found, form))


@requires(Permission.READ_RECORD)
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The very page that the public will read."""
    meeting = _for_publishing(request, pk)
    found = for_public(meeting)
    if found.source is None:
        raise Http404
    content = {**found.derived, "published": published_words(found)}
    return HttpResponse(public_page(Frozen(found.source, content), None))


@requires(Permission.READ_RECORD)
@require_POST
def put_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish them."""
    meeting = _for_publishing(request, pk)
    try:
        publication = publishing.publish(by=request.user, meeting=meeting)
    except StepRefused as error:
        messages.warning(request, str(error))
    else:
        address = request.build_absolute_uri(publication.get_absolute_url())
        messages.success(request, f"The notes are published. Everybody can read them at {address}")
    return redirect("meetings:publish", pk)


@requires(Permission.READ_RECORD)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take published notes back, with a reason that stands in their place."""
    meeting = _for_publishing(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.withdraw(by=request.user, meeting=meeting, reason=form.cleaned_data["reason"])
        except StepRefused as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("meetings:publish", pk)
    context = {"meeting": meeting, "form": form, "step": way(Step.WITHDRAW), "button": "Withdraw the notes"}
    return form_page(request, "meetings/step.html", context)


def _for_publishing(request: HttpRequest, pk: int) -> Meeting:
    meeting = meeting_or_404(request, pk)
    if not meeting.is_held:
        raise Http404
    policies.check_can_publish(request.user, meeting)
    return meeting


def _chosen(request: HttpRequest, found: ForPublic, typed: dict[str, Any]) -> HttpResponse:
    """Take down what was pressed, and lead back to it."""
    choice, _, key = request.POST.get("choose", "").partition(":")
    if choice == "let-be":
        for one in visible_missing(found, request.user):
            if str(one.pk) == key:
                one.meeting = found.meeting
                publishing.let_be(by=request.user, redaction=one)
        return redirect("meetings:publish", found.meeting.pk)
    spot = next((spot for spot in found.spots if _key(spot.place) == key), None)
    if spot is None or choice not in RedactionChoice:
        raise StepRefused("These notes have changed meanwhile. Look at them again.")
    if choice == RedactionChoice.WITHHELD:
        why = Why(RedactionReason(typed["reason"]), typed["reason_words"], typed["without_trace"])
        publishing.withhold(by=request.user, meeting=found.meeting, spot=spot, why=why)
    elif choice == RedactionChoice.SHOWN or spot.place.part in SPOKEN:
        publishing.say(by=request.user, meeting=found.meeting, spot=spot, choice=RedactionChoice(choice))
    kept = {name: typed[name] for name in ("reason", "reason_words") if typed[name]}
    address = reverse("meetings:publish", args=[found.meeting.pk])
    return HttpResponseRedirect(f"{address}?{urlencode(kept)}#spot-{key}")


def _context(request: HttpRequest, found: ForPublic, form: WhyForm) -> dict[str, Any]:
    meeting, publication = found.meeting, found.publication
    return {
        "meeting": meeting,
        "day_words": day_in_words(meeting.date),
        "form": form,
        "found": found,
        "publication": publication,
        "groups": _groups(found),
        "missing": visible_missing(found, request.user),
        "missing_count": len(found.missing),
        "stage": published_words(found)["stage"] if found.source else "",
        "would_change": publishing.would_change(found),
        "can_publish": bool(found.source) and may_follow(Step.PUBLISH, meeting.stage),
        "said_by": SaidBy(meeting.body.said_by).label,
    }


def _groups(found: ForPublic) -> list[Group]:
    """The parts of the notes under their headings, an item's lines under its title."""
    groups: list[Group] = []
    if not found.source:
        return groups
    choices = found.choices
    for fate in fates(found.content, choices):
        spot, part = fate.spot, fate.spot.place.part
        how = None
        if fate.withheld is None and (part is Part.STATEMENT or spot.speaker):
            how = choices.attributed.get(spot.place, choices.default)
        said = " ".join([fate.words, fate.beside.owners, fate.beside.deadline, *fate.beside.details])
        row = Row(_key(spot.place), fate, how, found.may_name(said), part is Part.ITEM)
        head = HEADS.get(part, "")
        if row.title:
            groups.append(Group(spot.words, row))
            continue
        if head and (not groups or groups[-1].title or groups[-1].head != head):
            groups.append(Group(head, None))
        groups[-1].rows.append(row)
    return groups


def _key(at: Place) -> str:
    """What a button calls a place: the same as long as the place is, and nothing of its words."""
    return sha256(f"{at.part} {at.item} {at.row} {at.words}".encode()).hexdigest()[:20]
