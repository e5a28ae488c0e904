"""What a set of notes means in this record, before anything is written: who is who, which row is which action.

Reading only. People who come in with the document have no id yet: the attendee of row 3 is -4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions.models import Action
from allies.models import Actor, Appointment, Body, BodyKind, Person
from allies.names import (
    Candidate,
    Offered,
    Placing,
    Resolved,
    Unknown,
    initials_introduced,
    is_initials,
    place,
    words_of,
)
from meetings.matching import Close, Known, Match, New, Same, match_mention, match_rows
from meetings.models import Mention
from meetings.notes.document import Line, Marker, NotesDocument, Section

_TEAM = frozenset({"team", "core team", "staff team", "staff", "collective team"})
_ALL = frozenset({"all", "allies", "everyone", "everybody", "group", "all of us", "us all"})


@dataclass(frozen=True, slots=True)
class OfBody:
    """A body that a name means."""

    id: int


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name as the document writes it outside its attendance list, how often, and whom it means."""

    written: str
    owns: int
    presents: int
    declares: int
    placing: Placing | OfBody


@dataclass(frozen=True, slots=True)
class Remark:
    """A line marked ACTION in the notes: the item it stands under, and which action it may be.

    Keys of the match: ("row", n) for row n of the document's tables, ("action", id) for one in the record.
    """

    item: int
    text: str
    match: Match[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Understanding:
    """One entry for each of the document's attendees, names, rows and remarks, in its order."""

    attendees: tuple[Placing, ...]
    names: tuple[WrittenName, ...]
    rows: tuple[Match[int], ...]
    remarks: tuple[Remark, ...]
    people: Mapping[int, Candidate]
    actions: Mapping[int, str]

    def called(self, written: str) -> WrittenName | None:
        """The entry for a name, or None where the document does not use it outside its attendance list."""
        return next((name for name in self.names if name.written == written), None)


def understand(
    document: NotesDocument,
    *,
    actor: Actor,
    body: Body | None,
    day: date | None,
    bodies: Sequence[Body] | None = None,
) -> Understanding:
    """Say what `document`, of a meeting of `body` on `day`, means in the record as it is now, as `actor` may see it.

    Without a body or a day nothing in the record is its own; names are still held against everyone. `bodies` are
    all of the record, where the caller has read them already.
    """
    everyone = candidates()
    bodies = list(Body.objects.order_by("pk")) if bodies is None else bodies
    on_body = _on_body(everyone.values(), body, day)
    attendees = _place_attendees(document, [on_body, list(everyone.values())])
    present, coming = _cast_of(document, attendees, everyone)
    circles = [present, on_body, list(everyone.values())]
    introduced = initials_introduced(
        (one.as_written, found.id) for one, found in zip(document.attendance, present, strict=True)
    )
    names = tuple(_place_names(document, circles, introduced, body, bodies))
    known = _known_actions(body, actor) if body else []
    rows = _match_rows(document, known, day)
    return Understanding(
        attendees=attendees,
        names=names,
        rows=rows,
        remarks=tuple(_match_remarks(document, rows, known, day)),
        people={**everyone, **coming},
        actions={one.known.key: one.known.wordings[0] for one in known},
    )


def candidates() -> dict[int, Candidate]:
    """Everyone in the record as names go, by id. Two queries."""
    return {
        person.pk: Candidate(
            person.pk,
            person.full_name,
            person.short_name,
            tuple(other.name for other in person.other_names.all()),
        )
        for person in Person.objects.prefetch_related("other_names").order_by("pk")
    }


def remarks_in(document: NotesDocument) -> Iterator[tuple[int, Line]]:
    """Every line marked ACTION with the number of its item, in the order of the notes."""
    for number, item in enumerate(document.agenda):
        for line in _all(item.lines):
            if line.marker is Marker.ACTION:
                yield number, line


def body_called(written: str, *, meeting_of: Body | None, bodies: Sequence[Body]) -> OfBody | None:
    """The body that words such as "Team" or "All Allies" mean; None where they name none."""
    words = [word for word in words_of(written) if word != "the"]
    said = " ".join(words)
    for one in bodies:
        if said and said == " ".join(word for word in words_of(one.name) if word != "the"):
            return OfBody(one.pk)
    if said in _TEAM:
        teams = [one for one in bodies if one.kind == BodyKind.CORE_TEAM]
        return OfBody(teams[0].pk) if len(teams) == 1 else None
    without_all = " ".join(words[1:]) if words[:1] == ["all"] else said
    if meeting_of and (
        said in _ALL or without_all in _ALL | {"members", "group members", "allies group members"}
    ):
        return OfBody(meeting_of.pk)
    return None


def _all(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _all(line.children)


def _on_body(everyone: Iterable[Candidate], body: Body | None, day: date | None) -> list[Candidate]:
    if body is None or day is None:
        return []
    sitting = set(Appointment.objects.filter(body=body).on(day).values_list("person_id", flat=True))
    return [one for one in everyone if one.id in sitting]


def _place_attendees(document: NotesDocument, circles: list[list[Candidate]]) -> tuple[Placing, ...]:
    """Whom each row of the attendance list means. Two rows are two people: nobody stands behind both."""
    placings: list[Placing] = [place(one.name, circles) for one in document.attendance]
    names = {one.id: words_of(one.full_name) for one in circles[-1]}
    taken: dict[int, int] = {}
    for number, placing in enumerate(placings):
        if isinstance(placing, Resolved):
            exact = names[placing.id] == words_of(document.attendance[number].name)
            if placing.id not in taken or exact:
                taken[placing.id] = number
    for number, placing in enumerate(placings):
        if isinstance(placing, Resolved) and taken[placing.id] != number:
            same = words_of(document.attendance[number].name) == names[placing.id]
            placings[number] = placing if same else Unknown()
        elif isinstance(placing, Offered):
            left = tuple(offer for offer in placing.offers if offer.id not in taken)
            placings[number] = Offered(left) if left else Unknown()
    return tuple(placings)


def _cast_of(
    document: NotesDocument, attendees: Sequence[Placing], everyone: Mapping[int, Candidate]
) -> tuple[list[Candidate], dict[int, Candidate]]:
    """Those in the attendance list as candidates, and of them those who come in with this document."""
    present: list[Candidate] = []
    coming: dict[int, Candidate] = {}
    by_words: dict[tuple[str, ...], Candidate] = {}
    for number, (one, placing) in enumerate(zip(document.attendance, attendees, strict=True)):
        words = words_of(one.name)
        if isinstance(placing, Resolved):
            found = everyone[placing.id]
        elif words in by_words:
            found = by_words[words]
        else:
            found = Candidate(-1 - number, one.name)
            coming[found.id] = found
        by_words[words] = found
        present.append(found)
    return present, coming


def _place_names(
    document: NotesDocument,
    circles: list[list[Candidate]],
    introduced: Mapping[str, int],
    body: Body | None,
    bodies: Sequence[Body],
) -> Iterator[WrittenName]:
    owns: dict[str, int] = {}
    presents: dict[str, int] = {}
    declares: dict[str, int] = {}
    for action in document.actions:
        for owner in action.owners:
            owns[owner.as_written] = owns.get(owner.as_written, 0) + 1
    for item in document.agenda:
        for name in item.presenters:
            presents[name] = presents.get(name, 0) + 1
    for declaration in document.interests.declarations:
        if declaration.name:
            declares[declaration.name] = declares.get(declaration.name, 0) + 1
    # Somebody in the attendance list is one person, however often the list names them.
    circles = [list({one.id: one for one in circle}.values()) for circle in circles]
    for written in dict.fromkeys([*owns, *presents, *declares]):
        group = body_called(written, meeting_of=body, bodies=bodies)
        placing = group or place(written, circles, introduced=introduced)
        yield WrittenName(
            written,
            owns=owns.get(written, 0),
            presents=presents.get(written, 0),
            declares=declares.get(written, 0),
            placing=placing,
        )


@dataclass(frozen=True, slots=True)
class _KnownAction:
    known: Known[int]
    agreed_on: date | None
    first_seen_on: date
    closed_on: date | None


def _known_actions(body: Body, actor: Actor) -> list[_KnownAction]:
    """The body's actions with every wording that notes gave them; one that was merged lends its own to the other."""
    rows = list(Action.objects.visible_to(actor).filter(body=body).order_by("pk"))
    by_id = {row.pk: row for row in rows}
    wordings: dict[int, list[str]] = {row.pk: [row.text] for row in rows}
    for action, text in Mention.objects.filter(action__body=body).values_list("action", "text"):
        if action in by_id:
            wordings[action].append(text)
    for row in rows:
        end, seen = row, {row.pk}
        while end.merged_into_id and end.merged_into_id in by_id and end.merged_into_id not in seen:
            end = by_id[end.merged_into_id]
            seen.add(end.pk)
        if end is not row:
            wordings[end.pk].extend(wordings[row.pk])
    return [
        _KnownAction(
            Known(row.pk, tuple(dict.fromkeys(wordings[row.pk]))),
            row.agreed_on,
            row.first_seen_on,
            row.closed_on,
        )
        for row in rows
        if not row.merged_into_id
    ]


def _match_rows(
    document: NotesDocument, known: list[_KnownAction], day: date | None
) -> tuple[Match[int], ...]:
    """Which action each row is. Rows agreed at the meeting are new, but for those that later notes carried."""
    matches: dict[int, Match[int]] = {}
    if day is None:
        return tuple(New() for _ in document.actions)
    open_then = [one for one in known if one.closed_on is None or one.closed_on >= day]
    of_section = {
        Section.AGREED: [
            one.known
            for one in open_then
            if one.agreed_on == day or (one.agreed_on is None and one.first_seen_on > day)
        ],
        Section.CARRIED: [one.known for one in open_then if one.agreed_on is None or one.agreed_on < day],
    }
    taken: set[int] = set()
    for section, linkable in of_section.items():
        numbers = [number for number, one in enumerate(document.actions) if one.section is section]
        texts = [document.actions[number].text for number in numbers]
        linked = match_rows(texts, [one for one in linkable if one.key not in taken])
        taken |= {match.key for match in linked if isinstance(match, Same)}
        others = match_rows(texts, [one.known for one in open_then if one.known.key not in taken])
        for number, match, other in zip(numbers, linked, others, strict=True):
            # The same words as an action that was agreed at another meeting: a question, not an answer.
            asked = Close((other.key,)) if isinstance(other, Same) else other
            matches[number] = match if isinstance(match, Same) else asked
    return tuple(matches[number] for number in range(len(document.actions)))


def _match_remarks(
    document: NotesDocument, rows: Sequence[Match[int]], known: list[_KnownAction], day: date | None
) -> Iterator[Remark]:
    own = [Known(("row", number), (one.text,)) for number, one in enumerate(document.actions)]
    linked = {match.key for match in rows if isinstance(match, Same)}
    others = [
        Known(("action", one.known.key), one.known.wordings)
        for one in known
        if day
        and one.known.key not in linked
        and (one.closed_on is None or one.closed_on >= day)
        and (one.agreed_on or one.first_seen_on) <= day
    ]
    for item, line in remarks_in(document):
        match = match_mention(line.text, own)
        if isinstance(match, New):
            match = match_mention(line.text, others)
            # Only the document's own rows are linked by their words; what the record holds besides is proposed.
            match = Close((match.key,)) if isinstance(match, Same) else match
        yield Remark(item, line.text, match)


def unplaceable(name: str) -> bool:
    """Whether an attendance list gives too little to make a person of: initials that nobody explains."""
    return is_initials(name) or not words_of(name)
