"""Finding words anywhere in the record, as far as one may see it.

Every word must occur. Capitals and accents do not matter, on both databases alike: a word becomes a pattern in
which each letter stands for all its accented forms, for neither database folds accents by itself.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.fields import CharField, TextField
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber

from actions.models import Action, Assignment, Update
from allies.models import Actor, Body, Interest, Organisation, OtherName, Person, Project
from meetings.models.agenda import AgendaItem, Paper
from meetings.models.decision import Decision
from meetings.models.meeting import Meeting
from risks.models import Assessment, Concern, Risk, ValuesPosition

OF_EACH = 20
MOST_WORDS = 8
# Either sign is typed for the other.
_ALIKE = {"'": "'’‘ʼ", "-": "-‐‑–—"}
_SAID_OF_A_SCORE = ("reason", "evidence", "lost_by_stopping")
_PLAIN = str.maketrans({other: sign for sign, others in _ALIKE.items() for other in others})


@dataclass(frozen=True, slots=True)
class Found:
    """Something found: its name, where it is, a second line, and the texts in which the words may stand."""

    kind: str
    pk: int
    title: str
    url_key: str = ""
    texts: tuple[str, ...] = ()
    thing: Any = None


@dataclass(frozen=True, slots=True)
class Results:
    """What was found of one kind: how many in all, and the first twenty."""

    kind: str
    count: int
    found: list[Found]


def words_of(query: str) -> list[str]:
    """The words to look for, the first eight, without doubles; a word of one letter is too little to look for."""
    plain = unicodedata.normalize("NFC", query.replace("\x00", " ")).lower().translate(_PLAIN)
    words = [word for word in dict.fromkeys(plain.split()) if len(word) > 1]
    return words[:MOST_WORDS]


def pattern_of(word: str) -> str:
    """A regular expression, for Python and both databases, that a text with the word fits."""
    return "".join(_letter(letter) for letter in _bare(word))


def search(actor: Actor, words: list[str]) -> list[Results]:
    """Look for the words among all that `actor` may see: eight queries. Kinds with nothing found are left out."""
    patterns = [pattern_of(word) for word in words]
    found = _names(actor, patterns)
    for kind, rows, texts in _kinds(actor, patterns):
        some = list(rows.annotate(found_count=Window(Count("pk")))[:OF_EACH])
        if some:
            found[kind] = Results(
                kind,
                some[0].found_count,
                [Found(kind, one.pk, str(one), "", texts(one), one) for one in some],
            )
    return [found[kind] for kind in KINDS if kind in found]


KINDS = (
    "people",
    "bodies",
    "projects",
    "organisations",
    "meetings",
    "actions",
    "risks",
    "views",
    "concerns",
    "decisions",
    "items",
    "papers",
    "interests",
)


def _kinds(actor: Actor, patterns: list[str]) -> list[tuple[str, Any, Callable[[Any], tuple[str, ...]]]]:
    meetings = Meeting.objects.visible_to(actor)
    named = Assignment.objects.filter(action=OuterRef("pk"))
    said = Update.objects.filter(action=OuterRef("pk"))
    weighings = Assessment.objects.filter(risk=OuterRef("pk"))
    return [
        (
            "meetings",
            meetings.select_related("body")
            .filter(*_all(patterns, "title", "place", "body__name", "interests_words", "called_off"))
            .order_by("-date", "-pk"),
            lambda one: (one.title, one.place, one.interests_words, one.called_off),
        ),
        (
            "actions",
            Action.objects.visible_to(actor)
            .filter(
                *(
                    Q(text__iregex=each)
                    | Q(details__iregex=each)
                    | Q(deadline_words__iregex=each)
                    | Exists(named.filter(Q(as_written__iregex=each) | Q(person__full_name__iregex=each)))
                    | Exists(said.filter(note__iregex=each))
                    for each in patterns
                )
            )
            .with_since()
            .order_by("-since", "-pk"),
            lambda one: (one.text, one.details, one.deadline_words, one.status_reason),
        ),
        (
            "risks",
            Risk.objects.visible_to(actor)
            .annotate(weighed=_weighed(patterns))
            .filter(
                *(
                    _anywhere(each, ("title", "because", "effect", "closed_because"))
                    | Exists(weighings.filter(_anywhere(each, _SAID_OF_A_SCORE)))
                    for each in patterns
                )
            )
            .order_by("-entered_on", "-pk"),
            lambda one: (one.because, one.effect, one.closed_because, one.weighed),
        ),
        (
            "decisions",
            Decision.objects.visible_to(actor)
            .select_related("meeting__body")
            .filter(*_all(patterns, "text"))
            .order_by("-meeting__date", "-pk"),
            lambda one: (one.text,),
        ),
        (
            "items",
            AgendaItem.objects.visible_to(actor)
            .select_related("meeting__body")
            .annotate(number=_number_on_agenda())
            .filter(*_all(patterns, "title", "notes"))
            .order_by("-meeting__date", "position", "pk"),
            lambda one: (one.notes,),
        ),
        (
            "papers",
            Paper.objects.visible_to(actor)
            .select_related("meeting__body")
            .filter(*_all(patterns, "title", "version"))
            .order_by("-meeting__date", "-pk"),
            lambda one: (),
        ),
        (
            # By the words that the reader may read: what is kept back is not found either.
            "interests",
            Interest.objects.visible_to(actor)
            .select_related("person", "about_project", "about_organisation")
            .filter(*_all(patterns, "words", "with_whom", "about_project__name", "about_organisation__name"))
            .order_by("-declared_on", "-pk"),
            lambda one: (one.words,),
        ),
    ]


def _weighed(patterns: list[str]) -> Coalesce:
    """What was said of a risk's newest score that has one of the words in it; empty where none has."""
    of_it = Assessment.objects.filter(risk=OuterRef("pk"))
    with_a_word = Q()
    for each in patterns:
        with_a_word |= _anywhere(each, _SAID_OF_A_SCORE)
    first, second, third = (F(column) for column in _SAID_OF_A_SCORE)
    said = (
        of_it.filter(with_a_word)
        .latest_first()
        .annotate(said=Concat(first, Value(" "), second, Value(" "), third, output_field=TextField()))
    )
    return Coalesce(Subquery(said.values("said")[:1]), Value(""), output_field=TextField())


def _names(actor: Actor, patterns: list[str]) -> dict[str, Results]:
    """What has a name of a few words: people, bodies, projects, organisations, views and concerns. One query."""
    others = OtherName.objects.filter(person=OuterRef("pk"))
    people = Person.objects.filter(
        *(
            Q(full_name__iregex=each) | Q(short_name__iregex=each) | Exists(others.filter(name__iregex=each))
            for each in patterns
        )
    )
    concerns = (
        Concern.objects.summarised_for(actor)
        .annotate(
            named=Concat(
                Value("A concern about "), Coalesce("about_project__name", "about_organisation__name")
            )
        )
        .filter(*_all(patterns, "named", "summary", "outcome"))
    )
    # By what they rest on; whose they are is not looked through.
    views = (
        ValuesPosition.objects.visible_to(actor)
        .annotate(
            named=Concat(Value("A view of "), Coalesce("about_project__name", "about_organisation__name")),
            place=Case(
                When(
                    about_project__isnull=False,
                    then=Concat(Value("projects "), Cast("about_project_id", CharField())),
                ),
                default=Concat(Value("organisations "), Cast("about_organisation_id", CharField())),
                output_field=CharField(),
            ),
        )
        .filter(*_all(patterns, "named", "evidence"))
    )
    parts = [
        _part("people", people, "full_name", F("short_name")),
        _part(
            "bodies", Body.objects.filter(*_all(patterns, "name", "purpose")), "name", F("purpose"), "slug"
        ),
        _part(
            "projects",
            Project.objects.visible_to(actor).filter(*_all(patterns, "name", "summary")),
            "name",
            F("summary"),
        ),
        _part(
            "organisations",
            Organisation.objects.visible_to(actor).filter(*_all(patterns, "name", "short_name")),
            "name",
            F("short_name"),
        ),
        _part("views", views, "named", F("evidence"), "place"),
        # Once the chairs have put it in words of their own, and by those alone: never by its raiser's.
        _part("concerns", concerns, "named", Concat("summary", Value(" ", TextField()), "outcome")),
    ]
    found: dict[str, Results] = {}
    rows = parts[0].union(*parts[1:], all=True)
    for kind, pk, title, words, url_key, number, _ in sorted(rows, key=lambda row: (row[0], row[-1])):
        results = found.setdefault(kind, Results(kind, number, []))
        results.found.append(Found(kind, pk, title, url_key, (words,)))
    return found


def _part(kind: str, rows: Any, name: str, words: Any, url_key: str = "") -> Any:
    """The first twenty of one kind, as a piece of the one query."""
    text = CharField()
    return (
        rows.order_by()
        .annotate(
            found_kind=Value(kind, text),
            found_name=F(name),
            found_words=words,
            found_key=F(url_key) if url_key else Value("", text),
            found_count=Window(Count("pk")),
            found_place=Window(RowNumber(), order_by=[F(name), F("pk")]),
        )
        .filter(found_place__lte=OF_EACH)
        .values_list(
            "found_kind", "pk", "found_name", "found_words", "found_key", "found_count", "found_place"
        )
    )


def _number_on_agenda() -> Any:
    """An item's number, counted from 1, as its page shows it."""
    here = AgendaItem.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    before = Q(position__lt=OuterRef("position")) | Q(position=OuterRef("position"), pk__lte=OuterRef("pk"))
    return Subquery(here.filter(before).annotate(number=Count("pk")).values("number"))


def with_words(rows: Any, words: list[str], *columns: str) -> Any:
    """Those of the rows in which every word occurs, in one of the columns or another."""
    return rows.filter(*_all([pattern_of(word) for word in words], *columns))


def _all(patterns: list[str], *columns: str) -> list[Q]:
    """Every pattern somewhere in these columns."""
    return [_anywhere(each, columns) for each in patterns]


def _anywhere(pattern: str, columns: tuple[str, ...]) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__iregex": pattern})
    return found


def _bare(word: str) -> str:
    """The word with its Latin letters without accents; signs of other scripts carry meaning and stay."""
    return "".join(_bare_letter(letter) for letter in word)


def _bare_letter(letter: str) -> str:
    base, *marks = unicodedata.normalize("NFD", letter)
    is_latin = base.isascii() and base.isalpha() and all(unicodedata.combining(mark) for mark in marks)
    return base if is_latin else letter


def _letter(letter: str) -> str:
    if letter in _ALIKE:
        return f"[{''.join(re.escape(one) for one in _ALIKE[letter])}]"
    forms = _accented().get(letter, "")
    return f"[{letter}{letter.upper()}{forms}]" if forms else re.escape(letter)


@cache
def _accented() -> dict[str, str]:
    """Each Latin letter with its accented forms, small and capital."""
    forms: dict[str, str] = {}
    for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(number)
        if (bare := _bare_letter(letter)) != letter:
            forms[bare.lower()] = forms.get(bare.lower(), "") + letter
    return forms
