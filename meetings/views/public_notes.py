"""Published notes, open to everybody: the list, one set, its documents, and a feed.

These pages are made without looking at who asks: no session is read, no cookie set, and anybody's cache may keep them.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from actions.wording import day_in_words
from allies import clock
from allies.access import public
from meetings.models import Publication
from meetings.models.public import Public, listed, newest_published, published_at
from meetings.models.seen_frozen import Frozen
from meetings.notes.places import PART_WORDS, Part
from meetings.notes.printed.html import body_of
from meetings.notes.printed.pdf import NoPdf
from meetings.services.copies import COPIES, copy_named, name_of
from meetings.services.published_copies import published_copy, state_of
from meetings.views.frozen_showing import frozen_context

OPEN = "The group publishes its notes for everybody; what is withheld is not in them."
A_PAGE = 40
IN_THE_FEED = 20
_MINUTES = 5
GONE = 410


@require_safe
@public(reason=OPEN)
def notes_list(request: HttpRequest) -> HttpResponse:
    """All published notes, the latest meeting first, by year."""
    page = Paginator(listed(), A_PAGE).get_page(request.GET.get("page"))
    found = list(page)
    for one in found:
        one.day_words = day_in_words(one.meeting.date)  # type: ignore[attr-defined]
    groups = {one.meeting.body_id for one in found}
    html = _page("meetings/published_list.html", found=found, page_obj=page, several=len(groups) > 1)
    return answer(request, html, changed_at=max((one.changed_at for one in found), default=None))


@require_safe
@public(reason=OPEN)
def notes(request: HttpRequest, address: str) -> HttpResponse:
    """One set of notes; a note in their place where they were withdrawn."""
    found = _published_or_404(address)
    if found.frozen is None:
        return _withdrawn(request, found)
    return answer(request, public_page(found.frozen, found), changed_at=found.changed_at)


@require_safe
@public(reason=OPEN)
def notes_file(request: HttpRequest, address: str, ending: str) -> HttpResponse:
    """The same notes as a document."""
    copy, found = copy_named(ending), _published_or_404(address)
    if copy is None:
        raise Http404
    if found.frozen is None:
        return _withdrawn(request, found)
    etag = quote_etag(state_of(found, copy))
    if get_conditional_response(request, etag=etag) is not None:
        return answer(request, b"", changed_at=found.changed_at, etag=etag, content_type=copy.content_type)
    try:
        content = published_copy(found, copy)
    except NoPdf as problem:
        words = {
            "problem": str(problem),
            "publication": found.publication,
            "copies": COPIES,
            "ending": ending,
        }
        return HttpResponse(_page("meetings/no_public_pdf.html", **words), status=503)
    response = answer(
        request, content, changed_at=found.changed_at, etag=etag, content_type=copy.content_type
    )
    response["Content-Disposition"] = f'attachment; filename="{name_of(found.publication.meeting, copy)}"'
    response["Notes-Version"] = f"{found.publication.version.number}: {found.publication.version.hash}"
    return response


@require_safe
@public(reason=OPEN)
def feed(request: HttpRequest) -> HttpResponse:
    """The notes published last, whole, for readers of feeds."""
    found = newest_published(IN_THE_FEED)
    site = settings.ALLIES_SITE
    atom = _Atom(
        title=f"Notes of the {site['group_name']}",
        link=request.build_absolute_uri(reverse("meetings:published")),
        feed_url=request.build_absolute_uri(),
        description=f"What the {site['group_name']} of {site['host_name']} publishes of its meetings.",
        language="en-GB",
        author_name=site["group_name"],
    )
    for one in found:
        _add(atom, request, one)
    return answer(
        request,
        atom.writeString("utf-8"),
        changed_at=max((one.changed_at for one in found), default=None),
        content_type="application/atom+xml; charset=utf-8",
    )


def public_page(frozen: Frozen, found: Public | None) -> str:
    """The notes of one meeting as the public reads them; without `found`, as it would read them once published."""
    context = frozen_context(frozen)
    for row in (*context["agreed"], *context["carried"]):
        row.action_id = None  # the page of an action is not the public's
        row.is_withheld = row.text.startswith(f"{PART_WORDS[Part.ACTION]} is withheld: ")
    for decision in context["decisions"]:
        decision["took_part"] = ""
    publication = found.publication if found else None
    return _page(
        "meetings/published.html",
        **context,
        publication=publication,
        body=context["frozen"].document.body or "",
        group=frozen.content["group"],
        day=frozen.content["notes"]["date"],
        stage=frozen.content["published"]["stage"],
        has_gaps=bool(found and found.has_gaps),
        published_on=clock.day_of(publication.version.made_at) if publication else clock.today(),
        copies=COPIES,
    )


def answer(
    request: HttpRequest,
    content: str | bytes,
    *,
    changed_at: datetime | None,
    content_type: str = "text/html; charset=utf-8",
    etag: str = "",
    status: int = 200,
) -> HttpResponse:
    """What anybody's cache may keep: 304 where the reader has it already.

    By the tag alone: what is withheld from somebody later changes a page without a moment of its own.
    """
    body = content.encode() if isinstance(content, str) else content
    response = HttpResponse(body, content_type=content_type, status=status)
    response["ETag"] = etag or quote_etag(sha256(body).hexdigest()[:32])
    # What was withdrawn may go out again at the same address: a browser asks each time.
    response["Cache-Control"] = "no-cache" if status == GONE else f"public, max-age={_MINUTES * 60}"
    response["X-Content-Type-Options"] = "nosniff"
    if changed_at is not None:
        response["Last-Modified"] = http_date(changed_at.timestamp())
    given: HttpResponseBase | None = get_conditional_response(
        request, etag=response["ETag"], response=response
    )
    return given if isinstance(given, HttpResponse) else response


def _page(template: str, **context: Any) -> str:
    """A page made without the request: nothing in it can depend on who asks."""
    return render_to_string(template, {"site": settings.ALLIES_SITE, **context})


def _published_or_404(address: str) -> Public:
    try:
        return published_at(address)
    except Publication.DoesNotExist as error:
        raise Http404 from error


def _withdrawn(request: HttpRequest, found: Public) -> HttpResponse:
    publication = found.publication
    html = _page(
        "meetings/published_withdrawn.html",
        publication=publication,
        day_words=day_in_words(publication.meeting.date),
        withdrawn_on=clock.day_of(publication.changed_at),
    )
    return answer(request, html, changed_at=found.changed_at, status=GONE)


class _Atom(Atom1Feed):
    """Django's own, with the whole text of each entry."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["whole"], {"type": "html"})


def _add(atom: _Atom, request: HttpRequest, one: Public) -> None:
    meeting, publication = one.publication.meeting, one.publication
    address = request.build_absolute_uri(publication.get_absolute_url())
    if one.frozen is None:
        whole = render_to_string("meetings/parts/withdrawn_entry.html", {"publication": publication})
    else:
        version = publication.version
        whole = f"{body_of(one.frozen.document)}\n<p>Version {version.number}: {version.hash}</p>"
    atom.add_item(
        title=f"{meeting.body.name}, {day_in_words(meeting.date)}",
        link=address,
        unique_id=address,
        description="",
        pubdate=publication.published_at,
        updateddate=publication.changed_at,
        author_name=meeting.body.name,
        whole=whole,
    )
