"""What was understood of a set of notes as forms, and back: the document as corrected, and what was answered."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from actions.deadlines import read_deadline
from actions.statuses import Status
from allies.models import Body
from allies.names import Offered, Placing, Resolved
from allies.partial_dates import PartialDate
from meetings.forms.importing import SETS, MeetingForm
from meetings.matching import Close, Match, Same
from meetings.notes import document as notes
from meetings.notes.document import NotesDocument
from meetings.notes.lines import parse_lines, write_lines
from meetings.notes.owners import read_owners
from meetings.services.answers import Answers, Say, WhichAction, Whom
from meetings.services.understanding import OfBody, Remark, Understanding, remarks_in


class Review:
    """All forms of the review page: `meeting` and the sets of rows, by name."""

    def __init__(
        self,
        *,
        bodies: Iterable[Body],
        data: Any = None,
        initial: dict[str, Any] | None = None,
        rows: dict[str, list[dict[str, Any]]] | None = None,
    ) -> None:
        self._whole = False
        self.meeting = MeetingForm(data, initial=initial, bodies=bodies, prefix="meeting")
        self.sets: dict[str, forms.BaseFormSet] = {
            name: made(data, initial=(rows or {}).get(name), prefix=name)
            if data is None
            else made(data, prefix=name)
            for name, made in SETS.items()
        }

    @property
    def forms(self) -> list[Any]:
        """Every form, for the summary of errors."""
        return [self.meeting, *self.sets.values()]

    def is_valid(self) -> bool:
        """Whether all of it can be read. Every form is asked, so that all that needs mending is told at once."""
        answers = [form.is_valid() for form in self.forms]
        return all(answers)

    def document(self, original: NotesDocument, *, whole: bool = False) -> NotesDocument:
        """The document as the fields say; what cannot be corrected here comes from the `original` reading.

        Also of fields that did not all pass: what is wrong in them is left out. `whole` keeps the rows that are to
        be left out, so that they count as they do on the page.
        """
        self.is_valid()
        self._whole = whole
        typed = self.meeting.cleaned_data
        day: date | None = typed.get("date")
        state = notes.InterestsState(typed.get("interests_state") or "not_recorded")
        declared = tuple(
            notes.Declaration(one.get("name") or None, one["words"])
            for one in self._rows("declarations")
            if one.get("words")
        )
        return notes.normal_form(
            replace(
                original,
                date=day.isoformat() if day else None,
                starts=_moment(typed.get("starts")),
                ends=_moment(typed.get("ends")),
                place=typed.get("place") or None,
                attendance=tuple(self._attendance()),
                interests=notes.Interests(state, typed.get("interests_words") or None, declared),
                actions=tuple(self._actions(original, day)),
                agenda=tuple(self._agenda()),
                decisions=tuple(
                    notes.Decision(one["text"], notes.Reached(one["reached"]) if one.get("reached") else None)
                    for one in self._rows("decisions")
                    if one.get("text")
                ),
                next_meetings=tuple(
                    notes.NextMeeting(
                        one["as_written"],
                        one.get("date") or None,
                        _moment(one.get("starts")),
                        _moment(one.get("ends")),
                    )
                    for one in self._rows("nexts")
                    if one.get("as_written")
                ),
            )
        )

    def answers(self, document: NotesDocument) -> Answers:
        """What was answered, counted as the corrected `document` counts."""
        attendees = [number for number, one in self._numbered("attendees") if one.get("name")]
        rows = [number for number, one in self._numbered("rows") if one.get("text")]
        asked = dict(self._numbered("attendees"))
        remarks: dict[int, WhichAction] = {}
        waiting = [(one["text"], one.get("action", "")) for one in self._rows("remarks")]
        for number, (_, line) in enumerate(remarks_in(document)):
            found = next((pair for pair in waiting if pair[0] == line.text), None)
            if found:
                waiting.remove(found)
                remarks[number] = _which(found[1], rows)
        return Answers(
            attendees={
                now: _whom(asked[shown].get("whom", ""), attendees) for now, shown in enumerate(attendees)
            },
            names={one["written"]: _whom(one.get("whom", ""), attendees) for one in self._rows("names")},
            rows={
                now: _action(dict(self._numbered("rows"))[shown].get("action", ""))
                for now, shown in enumerate(rows)
            },
            remarks=remarks,
        )

    def _numbered(self, name: str) -> list[tuple[int, dict[str, Any]]]:
        """The rows of a set that stay, each with the number it has on the page."""
        return [
            (number, form.cleaned_data)
            for number, form in enumerate(self.sets[name].forms)
            if getattr(form, "cleaned_data", None) and (self._whole or not form.cleaned_data.get("DELETE"))
        ]

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return [row for _, row in self._numbered(name)]

    def _attendance(self) -> Iterable[notes.Attendee]:
        for one in self._rows("attendees"):
            if name := one.get("name"):
                written = one.get("as_written") or name
                yield notes.Attendee(
                    name,
                    written if name in written else name,
                    notes.Presence(one.get("presence") or "present"),
                    one.get("capacities") or (),
                )

    def _actions(self, original: NotesDocument, day: date | None) -> Iterable[notes.NotedAction]:
        read = {one.deadline.as_written: one.deadline for one in original.actions if one.deadline}
        for one in self._rows("rows"):
            if not one.get("text"):
                continue
            words = " ".join((one.get("deadline") or "").split())
            yield notes.NotedAction(
                notes.Section(one.get("section") or "agreed"),
                one["text"],
                tuple(filter(None, (line.strip() for line in (one.get("details") or "").splitlines()))),
                read_owners(one.get("owners") or ""),
                read.get(words) or read_deadline(words, meeting_date=day),
                Status(one["status"]) if one.get("status") else None,
            )

    def _agenda(self) -> Iterable[notes.AgendaItem]:
        for one in self._rows("items"):
            if one.get("title"):
                presenters = (name.strip() for name in (one.get("presenters") or "").split(","))
                yield notes.AgendaItem(
                    one["title"],
                    tuple(filter(None, presenters)),
                    notes.ItemKind(one.get("kind") or "other"),
                    parse_lines(one.get("notes") or ""),
                )


def review_of(
    document: NotesDocument,
    understood: Understanding,
    *,
    text: str,
    name: str,
    body: Body | None,
    bodies: Iterable[Body],
    answers: Answers | None = None,
) -> Review:
    """The forms that show a document as it was understood, with the answers given so far."""
    given = answers or Answers()
    interests = document.interests
    initial = {
        "source": text,
        "source_name": name,
        "body": body.pk if body else None,
        "date": document.date,
        "starts": document.starts,
        "ends": document.ends,
        "place": document.place,
        "interests_state": interests.state.value,
        "interests_words": interests.as_written,
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "attendees": [
            {
                "as_written": one.as_written,
                "name": one.name,
                "presence": one.presence.value,
                "capacities": ", ".join(one.capacities),
                "whom": _said(given.attendees.get(number), understood.attendees[number], new=True),
            }
            for number, one in enumerate(document.attendance)
        ],
        "names": [
            {"written": one.written, "whom": _said(given.names.get(one.written), one.placing, new=False)}
            for one in understood.names
        ],
        "declarations": [{"name": one.name, "words": one.words} for one in interests.declarations],
        "rows": [
            {
                "section": one.section.value,
                "text": one.text,
                "details": "\n".join(one.details),
                "owners": owners_as_typed(one.owners),
                "deadline": one.deadline.as_written if one.deadline else "",
                "status": one.status or "",
                "action": _row_said(given.rows.get(number), understood.rows[number]),
            }
            for number, one in enumerate(document.actions)
        ],
        "items": [
            {
                "title": one.title,
                "kind": one.kind.value,
                "presenters": ", ".join(one.presenters),
                "notes": write_lines(one.lines),
            }
            for one in document.agenda
        ],
        "remarks": [
            {"text": one.text, "action": _remark_said(given.remarks.get(number), one)}
            for number, one in enumerate(understood.remarks)
        ],
        "decisions": [{"text": one.text, "reached": one.reached or ""} for one in document.decisions],
        "nexts": [
            {
                "as_written": one.as_written,
                "date": PartialDate.read(one.date).in_words if one.date else "",
                "starts": one.starts,
                "ends": one.ends,
            }
            for one in document.next_meetings
        ],
    }
    return Review(bodies=bodies, initial=initial, rows=rows)


def owners_as_typed(owners: Sequence[notes.Owner]) -> str:
    """Owners as one field shows them and `read_owners` reads them again."""
    leads = ", ".join(one.as_written for one in owners if one.role is notes.OwnerRole.LEAD)
    supports = ", ".join(
        one.as_written if leads else f"{one.as_written} (support)"
        for one in owners
        if one.role is notes.OwnerRole.SUPPORT
    )
    return f"{leads} with support from {supports}" if leads and supports else leads or supports


def _moment(value: Any) -> str | None:
    return value.strftime("%H:%M") if value else None


def person_value(found: int) -> str:
    return f"person:{found}" if found > 0 else f"attendee:{-1 - found}"


def _said(answer: Whom | None, placing: Placing | OfBody, *, new: bool) -> str:
    """What a list shows as chosen: the answer given before, else who the name is, if that is known."""
    match answer if answer is not None else placing:
        case Say.LATER:
            return ""
        case Say() as said:
            return said.value
        case int() as found:
            return person_value(found)
        case OfBody(pk):
            return f"body:{pk}"
        case Resolved(found):
            return person_value(found)
        case Offered():
            return ""
        case _:
            return "new" if new else ""


def _row_said(answer: int | Say | None, match: Match[int]) -> str:
    if isinstance(answer, int):
        return f"action:{answer}"
    if answer is Say.NEW:
        return "new"
    if answer is Say.LATER or isinstance(match, Close):
        return ""
    return f"action:{match.key}" if isinstance(match, Same) else "new"


def _remark_said(answer: WhichAction | None, remark: Remark) -> str:
    found = (
        answer if answer is not None else remark.match.key if isinstance(remark.match, Same) else Say.LATER
    )
    if isinstance(found, tuple):
        return f"{found[0]}:{found[1]}"
    return "" if found is Say.LATER else found.value


def _number(value: str) -> int | None:
    number = value.partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def _whom(value: str, attendees: list[int]) -> Whom:
    number = _number(value)
    if number is not None:
        if value.startswith("person:"):
            return number
        if value.startswith("body:"):
            return OfBody(number)
        if value.startswith("attendee:") and number in attendees:
            return -1 - attendees.index(number)
    return {"new": Say.NEW, "as_written": Say.AS_WRITTEN}.get(value, Say.LATER)


def _action(value: str) -> int | Say:
    number = _number(value)
    if value.startswith("action:") and number is not None:
        return number
    return Say.NEW if value == "new" else Say.LATER


def _which(value: str, rows: list[int]) -> WhichAction:
    number = _number(value)
    if number is not None and value.startswith("row:") and number in rows:
        return ("row", rows.index(number))
    if number is not None and value.startswith("action:"):
        return ("action", number)
    return {"new": Say.NEW, "no_action": Say.NO_ACTION}.get(value, Say.LATER)
