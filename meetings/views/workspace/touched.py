"""What the page for taking notes says of interests: of the open item, and of everybody's answer. No query here."""

from typing import Any

from allies.interests import Handling as How
from allies.models import Interest
from meetings.forms.conflicts import ChairForm, Choices, DeclaredForm, HandlingForm, SomebodyElseForm
from meetings.interests import NONE_WERE_DECLARED, takes_part
from meetings.models import CapacityKind, InterestsAnswer, InterestsState, Presence
from meetings.models.declared import Entry, InterestsAtMeeting, Touch, places_of
from meetings.models.workspace import Workspace

HANDLED_WORDS = {
    How.NOTED: "Noted",
    How.STAYED: "Stayed for the discussion, and took no part in the decision",
    How.LEFT: "Left for this item",
    How.WITHHELD: "This is withheld from them",
}
_AWAY = {Presence.APOLOGIES.value, Presence.ABSENT.value}


def item_interests_context(space: Workspace) -> dict[str, Any]:
    """Whom the open item touches, each with a form; who else may declare; and who is in the chair for it."""
    item = space.item
    if item is None or item.is_withheld:
        return {"touches": [], "touched_form": None}
    away = {one.person_id for one in space.attendance if one.person_id and one.presence in _AWAY}
    touches: list[Any] = [
        touch
        for touch in space.interests.touching(item)
        if touch.declared is not None or touch.person_id not in away
    ]
    for touch in touches:
        _say(touch, space)
    chairing = chairs_of(space)
    chair_declared = [
        touch
        for touch in touches
        if touch.handled is not None and touch.person_id in {pk for pk, _ in chairing}
    ]
    deciders = deciders_of(space)
    out = {touch.person_id for touch in touches if touch.handled and not takes_part([touch.handled.how])}
    return {
        "touches": touches,
        "touched_form": SomebodyElseForm(
            prefix="else",
            auto_id="id_else-%s",
            people=whom_of(space),
            deciders=deciders,
            initial={"decided_by": _decider(space, None)},
        ),
        "chair_asked": [touch.name for touch in chair_declared] if not item.chaired_by_id else [],
        "chair_name": getattr(item, "chair_name", None),
        "chair_form": ChairForm(
            auto_id="id_chair-%s",
            people=[(pk, name) for pk, name in deciders if pk not in out],
            initial={"chair": item.chaired_by_id},
        ),
    }


def _say(touch: Any, space: Workspace) -> None:
    assert space.item is not None
    touch.handled = touch.declared.handled_at(space.item.pk) if touch.declared else None
    row = next((one for one in space.attendance if _is_of(one, touch)), None)
    touch.out = row.out.get(space.item.pk) if row is not None and touch.handled else None  # type: ignore[attr-defined]
    handled = touch.handled
    touch.what = what_of(touch)
    if handled is not None:
        touch.handled_words = HANDLED_WORDS[handled.how]
    initial = {"how": How.NOTED.value, "decided_by": _decider(space, touch.person_id)}
    if handled is not None:
        initial = {
            "how": handled.how.value,
            "decided_by": handled.decided_by_id,
            "reason": handled.reason,
            "left": touch.out.left if touch.out else None,
            "back": touch.out.back if touch.out else None,
        }
    touch.form = HandlingForm(
        prefix=touch.key,
        auto_id=f"id_{touch.key}-%s",
        deciders=deciders_of(space, touch.person_id),
        initial=initial,
    )
    touch.can_come_back = (
        handled is not None and handled.how is How.LEFT and touch.out is not None and touch.out.back is None
    )


def what_of(touch: Touch) -> str:
    """What ties somebody to an item, in one line: what it is in, and what they say it is."""
    words = touch.declared or touch.earlier or touch.entry
    said = words.words if words is not None else ""
    return ": ".join(filter(None, (touch.how, said.strip().rstrip(".")))) or "Its words are private"


def _is_of(row: Any, touch: Touch) -> bool:
    if touch.person_id:
        return bool(row.person_id == touch.person_id)
    return row.person_id is None and row.name_as_written == touch.name


def chairs_of(space: Workspace) -> list[tuple[int, str]]:
    """Who chairs the meeting, as the list of those at it says."""
    return [
        (one.person_id, one.name)
        for one in space.attendance
        if one.person_id and CapacityKind.CHAIR in one.kinds  # type: ignore[attr-defined]
    ]


def deciders_of(space: Workspace, but: int | None = None) -> list[tuple[int, str]]:
    """Those who may decide how something is handled: who is here, the chairs first; not whoever declared it."""
    chairing = chairs_of(space)
    others = [
        (one.person_id, one.name) for one in space.attendance if one.person_id and one.presence not in _AWAY
    ]
    return [(pk, name) for pk, name in dict.fromkeys((*chairing, *others)) if pk != but]


def _decider(space: Workspace, declarant: int | None) -> int | None:
    """Whoever is in the chair for the open item, if that is somebody else."""
    chairs = [pk for pk, _ in chairs_of(space)]
    if space.item is not None and space.item.chaired_by_id:
        chairs = [space.item.chaired_by_id]
    return next((pk for pk in chairs if pk != declarant), None)


def whom_of(space: Workspace) -> Choices:
    """Everybody on the list who may be here, as "row-4", and those on the body who are not on it, as "person-7"."""
    listed = [(f"row-{one.pk}", one.name) for one in space.attendance if one.presence not in _AWAY]
    on_list = {one.person_id for one in space.attendance}
    members = [
        (f"person-{pk}", space.everyone.people[pk].full_name)
        for pk in space.everyone.on_the_body
        if pk not in on_list
    ]
    return [*listed, *members]


# ---- Everybody's answer


def answers_context(
    meeting: Any, attendance: list[Any], items: list[Any], found: InterestsAtMeeting
) -> dict[str, Any]:
    """Everybody who is here, or answered, with their answer and what they may declare; and what the notes say."""
    places = places_of(items, attendance)
    rows = []
    for row in attendance:
        declared = [one for one in found.standing if _made_by(one, row)]
        if row.presence in _AWAY and row.interests_answer == InterestsAnswer.NOT_ASKED and not declared:
            continue
        entries = [entry for entry in found.entries if row.person_id and entry.person_id == row.person_id]
        row.key, row.declared = f"row-{row.pk}", declared
        row.declares = DeclaredForm(
            prefix=f"declares-{row.pk}",
            auto_id=f"id_declares-{row.pk}-%s",
            entries=[(entry.pk, entry_words(entry)) for entry in entries],
        )
        rows.append(row)
    here = [row for row in rows if row.presence == Presence.PRESENT]
    not_asked = [row.name for row in here if row.interests_answer == InterestsAnswer.NOT_ASKED]
    declared_words = [(one, one.in_words(places)) for one in found.standing]
    return {
        "answering": rows,
        "answered": len(here) - len(not_asked),
        "here": len(here),
        "not_asked": not_asked,
        "declared": declared_words,
        "struck": [(one, one.in_words(places)) for one in found.withdrawn],
        "none_words": NONE_WERE_DECLARED if meeting.interests_state == InterestsState.NONE_DECLARED else "",
    }


def _made_by(one: Any, row: Any) -> bool:
    if row.person_id:
        return bool(one.person_id == row.person_id)
    return one.person_id is None and one.as_written == row.name_as_written


def entry_words(entry: Entry) -> str:
    """An entry of the register in one line: with whom, and its words as far as the reader may see them."""
    return ": ".join(filter(None, (entry.about.name, entry.words))) or "A private entry"


def entry_words_of(entry: Interest) -> str:
    """The same of a row of the register that was read through `visible_to`."""
    return ": ".join(filter(None, (entry.with_in_words, entry.words))) or "A private entry"  # type: ignore[attr-defined]
