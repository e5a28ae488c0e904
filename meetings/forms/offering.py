"""The choices of the lists on the review page: whom a name may mean, which action a row or a remark may be."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from actions.deadlines import DeadlineKind
from actions.models import DEADLINE_WORDS
from allies.models import Body
from allies.names import Offered, Placing, Resolved
from allies.partial_dates import PartialDate
from meetings.forms.reviewing import Review, person_value
from meetings.matching import Close, Same
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument
from meetings.services.open_matters import uses_in_words, why_in_words
from meetings.services.understanding import OfBody, Remark, Understanding

LATER = ("", "Ask me later, and leave it as written")
# Lists of everyone in every row would make the page of a large set too heavy for a phone.
MOST_OPTIONS = 12_000


def offer(
    review: Review,
    document: NotesDocument,
    understood: Understanding,
    *,
    bodies: Sequence[Body],
) -> None:
    """Give every list its choices, and say beside each row what was understood of it."""
    actions = understood.actions
    everyone = sorted(
        (one for one in understood.people.values() if one.id > 0), key=lambda one: one.full_name.lower()
    )
    people = [(f"person:{one.id}", one.full_name) for one in everyone]
    lists = len(review.sets["attendees"].forms) + len(review.sets["names"].forms)
    whole = [("Everyone in the record", people)] if people and lists * len(people) <= MOST_OPTIONS else []
    here = [
        (f"attendee:{number}", f"{one.name}, at this meeting")
        for number, one in enumerate(document.attendance)
    ]
    groups = [(f"body:{one.pk}", one.name) for one in bodies]
    for number, form in enumerate(review.sets["attendees"].forms):
        placing = understood.attendees[number] if number < len(understood.attendees) else None
        _choose(
            form,
            "whom",
            [("new", "Somebody new to the record"), *_offered(placing, understood), LATER, *whole],
        )
        form.says = _attendee_says(form)
        form.asks = form["name"].value() and not form["whom"].value()
    by_name = {one.written: one for one in understood.names}
    for form in review.sets["names"].forms:
        written = form["written"].value() or ""
        name = by_name.get(written)
        offered = _offered(name.placing if name else None, understood)
        form.shown = written
        form.uses = uses_in_words(name) if name else ""
        form.settled = bool(form["whom"].value())
        listed = {value for value, _ in offered}
        _choose(
            form,
            "whom",
            [
                LATER,
                *offered,
                ("new", f"A new person called {written}"),
                ("as_written", "Nobody in particular: these words are right"),
                ("At this meeting", [pair for pair in here if pair[0] not in listed]),
                *([("Groups", groups)] if groups else []),
                *whole,
            ],
        )
    for number, form in enumerate(review.sets["rows"].forms):
        row = document.actions[number] if number < len(document.actions) else None
        match = understood.rows[number] if number < len(understood.rows) else None
        form.deadline_means = _means(row) if row else ""
        form.section_words = dict(form.fields["section"].choices).get(form["section"].value() or "", "")
        form.asks = isinstance(match, Same | Close)
        form.close = isinstance(match, Close)
        keys = (match.key,) if isinstance(match, Same) else match.keys if isinstance(match, Close) else ()
        later = [("", "Ask me later, and keep it as an action of its own")] if form.close else []
        same = [(f"action:{key}", f"The same as “{_cut(actions.get(key, ''))}”") for key in keys]
        _choose(form, "action", [*later, *same, ("new", "An action of its own")])
    for form in review.sets["items"].forms:
        form.line_count = len((form["notes"].value() or "").splitlines())
    rows = [(f"row:{number}", _cut(one.text)) for number, one in enumerate(document.actions)]
    for number, form in enumerate(review.sets["remarks"].forms):
        form.line = form["text"].value()
        remark = understood.remarks[number] if number < len(understood.remarks) else None
        proposed = _proposed(remark, actions, rows)
        listed = {value for value, _ in proposed}
        _choose(
            form,
            "action",
            [
                ("", "Ask me later"),
                *proposed,
                ("no_action", "None: it is right that the tables do not list it"),
                ("new", "A new action"),
                ("Rows of these notes", [pair for pair in rows if pair[0] not in listed]),
            ],
        )


def _cut(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:88].rstrip()}…"


def _choose(form: forms.Form, field: str, choices: list[Any]) -> None:
    """Set the choices, and keep an answer that is no longer among them in sight."""
    flat = {value for value, label in choices if not isinstance(label, list)} | {
        value for _, label in choices if isinstance(label, list) for value, _ in label
    }
    current = form[field].value() or ""
    if current not in flat:
        choices = [*choices, (current, "What you chose before")]
    form.fields[field].widget.choices = choices


def _offered(placing: Placing | OfBody | None, understood: Understanding) -> list[tuple[str, str]]:
    """The person a name is, or those it may be, with the reason."""
    match placing:
        case Resolved(found):
            return [(person_value(found), understood.people[found].full_name)]
        case Offered(offers):
            return [
                (person_value(one.id), f"{understood.people[one.id].full_name} ({why_in_words(one)})")
                for one in offers
            ]
        case _:
            return []


def _proposed(
    remark: Remark | None, actions: Mapping[int, str], rows: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    match remark.match if remark else None:
        case Same(key):
            keys: tuple[tuple[str, int], ...] = (key,)
        case Close(found):
            keys = found
        case _:
            keys = ()
    of_row = dict(rows)
    return [
        (
            f"{kind}:{key}",
            of_row.get(f"row:{key}", "") if kind == "row" else f"{_cut(actions.get(key, ''))}, from before",
        )
        for kind, key in keys
    ]


def _attendee_says(form: forms.Form) -> str:
    """A row of the attendance list as one reads it before changing it."""
    presence = dict(form.fields["presence"].choices).get(form["presence"].value() or "", "")
    labels = dict(pair for pair in form.fields["whom"].widget.choices if not isinstance(pair[1], list))
    whom = form["whom"].value() or ""
    known = "" if whom == LATER[0] else labels.get(whom, "")
    in_record = "new to the record" if whom == "new" else f"in the record as {known}" if known else ""
    return ", ".join(filter(None, (presence, form["capacities"].value() or "", in_record)))


def _means(row: notes.NotedAction) -> str:
    """What was understood of the deadline, after its own words."""
    if row.deadline is None:
        return "No deadline"
    words = f"“{row.deadline.as_written}”"
    if row.deadline.kind is DeadlineKind.UNKNOWN and row.status:
        return f"{words} is a status; no deadline"
    if row.deadline.date:
        day = PartialDate.read(row.deadline.date).in_words
        return words if day == row.deadline.as_written else f"{words}, which is {day}"
    meaning = DEADLINE_WORDS[row.deadline.kind].lower()
    return words if meaning == row.deadline.as_written.lower() else f"{words}: {meaning}"
