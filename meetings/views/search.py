"""`/search/`: words anywhere in the record, as far as one may see it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from actions.models import STATUS_WORDS
from actions.wording import agreed_in_words, day_in_words
from allies.access import requires
from allies.powers import Permission
from meetings.models import Meeting
from meetings.models.search import Found, Results, pattern_of, search, words_of
from meetings.snippets import Piece, marked, snippet

NAMES = {
    "people": ("People", ""),
    "bodies": ("Groups", ""),
    "projects": ("Projects", ""),
    "organisations": ("Partners", ""),
    "meetings": ("Meetings", ""),
    "actions": ("Actions", "actions:list"),
    "risks": ("Risks", ""),
    "views": ("Views on values", ""),
    "concerns": ("Concerns", ""),
    "decisions": ("Decisions", "decisions"),
    "items": ("In the notes of meetings", ""),
    "papers": ("Papers", ""),
    "interests": ("Interests", ""),
}


class SearchForm(forms.Form):
    """What to look for."""

    mark_optional = False
    q = forms.CharField(
        label="Words to look for",
        max_length=200,
        help_text="Every word must occur. Capitals and accents do not matter.",
        error_messages={"required": "Write at least one word of two letters"},
    )

    def clean_q(self) -> list[str]:
        words = words_of(self.cleaned_data["q"])
        if not words:
            raise forms.ValidationError("Write at least one word of two letters")
        return words


@dataclass(frozen=True, slots=True)
class Line:
    """One result as the page shows it."""

    title: list[Piece]
    url: str
    about: str
    words: list[Piece]


@dataclass(frozen=True, slots=True)
class Section:
    """The results of one kind, and where all of them are listed."""

    key: str
    name: str
    count: int
    lines: list[Line]
    all_url: str


@require_safe
@requires(Permission.READ_RECORD)
def search_page(request: HttpRequest) -> HttpResponse:
    """Ask for words, and show what was found, kind by kind."""
    asked = "q" in request.GET
    form = SearchForm(request.GET if asked else None)
    context = {"form": form, "asked": asked}
    if asked and form.is_valid():
        words = form.cleaned_data["q"]
        found = search(request.user, words)
        patterns = [pattern_of(word) for word in words]
        context |= {
            "sections": [_section(results, patterns, words) for results in found],
            "count": sum(results.count for results in found),
            "words": " ".join(words),
        }
    return render(request, "meetings/search.html", context, status=422 if asked and form.errors else 200)


def _section(results: Results, patterns: list[str], words: list[str]) -> Section:
    name, all_url = NAMES[results.kind]
    query = {"q": " ".join(words)} | ({"status": "all"} if results.kind == "actions" else {})
    return Section(
        results.kind,
        name,
        results.count,
        [_line(found, patterns) for found in results.found],
        f"{reverse(all_url)}?{urlencode(query)}" if all_url else "",
    )


def _line(found: Found, patterns: list[str]) -> Line:
    url, about = _where(found)
    title = found.title
    if found.kind == "meetings":
        title = f"{found.thing.body}, {day_in_words(found.thing.date)}"
    # A decision and an action are their own words: no need to say them twice.
    texts = [text for text in found.texts if text and text != found.title]
    return Line(marked(title, patterns), url, about, snippet(texts, patterns))


def _where(found: Found) -> tuple[str, str]:
    """Where it is, and a line that places it."""
    thing = found.thing
    match found.kind:
        case "people":
            return reverse("people:person", args=[found.pk]), ""
        case "bodies":
            return reverse("bodies:body", args=[found.url_key]), ""
        case "projects":
            return reverse("projects:project", args=[found.pk]), ""
        case "concerns":
            return reverse("concerns:concern", args=[found.pk]), ""
        case "views":
            kind, _, pk = found.url_key.partition(" ")
            page = {"projects": "projects:project", "organisations": "organisations:organisation"}[kind]
            return f"{reverse(page, args=[pk])}#values", ""
        case "organisations":
            return reverse("organisations:organisation", args=[found.pk]), ""
        case "meetings":
            return thing.get_absolute_url(), thing.title
        case "actions":
            status = STATUS_WORDS[thing.status] if thing.status else "Status not recorded"
            return (
                thing.get_absolute_url(),
                f"{agreed_in_words(thing.agreed_on, thing.first_seen_on)}. {status}.",
            )
        case "decisions":
            return (
                f"{thing.meeting.get_absolute_url()}#decisions",
                f"{thing.get_kind_display()}. {_meeting(thing.meeting)}",
            )
        case "risks":
            return thing.get_absolute_url(), f"{thing.get_category_display()}. {thing.get_status_display()}."
        case "interests":
            return thing.get_absolute_url(), "Withdrawn as a mistake." if thing.withdrawn else ""
        case "items":
            return (
                f"{thing.meeting.get_absolute_url()}#item-{thing.number}",
                f"Item {thing.number}. {_meeting(thing.meeting)}",
            )
        case _:
            url = thing.link or reverse("meetings:paper", args=[thing.pk])
            return url, f"{'Withdrawn. ' if thing.withdrawn else ''}{_meeting(thing.meeting)}"


def _meeting(meeting: Meeting) -> str:
    return f"{meeting.body}, {day_in_words(meeting.date)}"
