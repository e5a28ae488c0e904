"""Whether the record of frozen notes still says what went out: every chain, what hangs on it, and copies on paper."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from allies.models import OPERATOR, Person
from meetings.models import (
    Approval,
    Correction,
    CorrectionState,
    Meeting,
    NotesStep,
    NotesVersion,
    Publication,
    Stage,
    VersionKind,
)
from meetings.notes import frozen
from meetings.notes.frozen import Content
from meetings.services.frozen_content import approval_in_words, content_of

# Which step of the way freezes which kind of version.
_FREEZES = {
    VersionKind.CIRCULATED: "circulate",
    VersionKind.SEALED: "seal",
    VersionKind.ADDENDUM: "add",
    VersionKind.PUBLISHED: "publish",
}
_PARTS = {
    "made_by": "who made it",
    "stage": "how far the notes had come",
    "notes": "when and where, and what was said of interests",
    "attendance": "who was there",
    "declarations": "what was declared",
    "actions": "the lists of actions",
    "agenda": "the summary of conversation",
    "decisions": "decisions",
    "statements": "statements",
    "approval": "the approval",
    "addenda": "addenda",
}

# Rows of a content are known by the id of what they are of.
_IDS = {
    "attendance": "row",
    "declarations": "declaration",
    "actions": "action",
    "agenda": "item",
    "decisions": "decision",
    "statements": "correction",
}
_STEP = re.compile(r"[^.\[\]]+")
_ERASED = "erased"

NOT_OURS = "is that of no version in this record: what it was printed on is not what the record says now"


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is not as it was frozen: where (the meeting and version in words), and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Verified:
    """What was looked at, what was found, and of which version each hash is that was asked about and is ours."""

    versions: int
    chains: int
    found: list[Found]
    ours: dict[str, str]


def verify_record(*, hashes: Iterable[str] = ()) -> Verified:
    """Check every version of every chain, what hangs on it, and that each hash given is a version of this record."""
    rows = list(NotesVersion.objects.select_related("meeting__body").order_by("body", "number"))
    found: list[Found] = []
    chains = 0
    for _, chain in groupby(rows, key=lambda one: one.body_id):
        chains += 1
        found += _chain(list(chain))
    found += _steps(rows)
    found += _stages(rows)
    found += _approvals(rows)
    found += _publications()
    for meeting, newest in _newest(rows).items():
        found += _live_rows(meeting, newest)
    known = {one.hash: where(one) for one in rows}
    asked = [one.strip().lower() for one in hashes]
    found += [Found(f"The hash {given}", NOT_OURS) for given in asked if given not in known]
    return Verified(len(rows), chains, found, {given: known[given] for given in asked if given in known})


def where(version: NotesVersion) -> str:
    """A version in words: its group, number, meeting and kind."""
    meeting = version.meeting
    day = f"{meeting.date.day} {meeting.date:%B %Y}"
    return f"{meeting.body}, version {version.number}, notes of {day}, {version.get_kind_display().lower()}"


def place_in_words(content: Content, place: str) -> str:
    """A place of the content for a person: the part, the item where there is one, and the place as it is kept."""
    part = place.partition("[")[0].partition(".")[0]
    words = _PARTS.get(part, part or "the version as a whole")
    if part == "agenda" and isinstance(content, dict):
        # A place of a row that was altered may be anything.
        written = place.removeprefix("agenda[").partition("]")[0]
        number = int(written) if written.isdecimal() else -1
        items = content.get("agenda") or []
        if 0 <= number < len(items) and isinstance(items[number], dict):
            words = f"{words}, “{items[number].get('title')}”"
    return f"{words} ({place})" if place else words


def _chain(chain: list[NotesVersion]) -> Iterator[Found]:
    previous, number = "", 0
    for one in chain:
        if one.number != number + 1:
            gone = ", ".join(str(missing) for missing in range(number + 1, one.number))
            yield Found(f"{one.meeting.body}, version {gone}", "is missing from the chain")
        elif one.previous != previous:
            yield Found(where(one), "does not follow the version before it")
        for altered in frozen.check(
            one.content, one.sealed(), erased=one.erased, meta=one.meta(), previous=one.previous
        ):
            if altered.place:
                yield Found(where(one), f"{place_in_words(one.content, altered.place)} {altered.words}")
            else:
                yield Found(where(one), altered.words)
        if one.by_id not in {None, _account_of(one)}:
            yield Found(where(one), "names another account than the one that made it")
        previous, number = one.hash, one.number


def _account_of(version: NotesVersion) -> int | None:
    """The id of the account that made a version, as it is frozen in it."""
    made_by = version.content.get("made_by") if isinstance(version.content, dict) else None
    return (made_by or {}).get("account")


def _steps(rows: list[NotesVersion]) -> Iterator[Found]:
    """Each step that sent notes out has its version, and each version its step."""
    versions = {one.pk: one for one in rows}
    taken: dict[int, NotesStep] = {}
    for step in NotesStep.objects.select_related("meeting__body"):
        if step.version_id is None:
            continue
        if step.version_id not in versions:
            yield Found(str(step.meeting), f"the version of the step “{step.get_step_display()}” is gone")
        else:
            taken[step.version_id] = step
    for one in rows:
        wanted = _FREEZES.get(VersionKind(one.kind)) if one.kind in VersionKind.values else None
        if wanted is None:
            continue
        froze = taken.get(one.pk)
        if froze is None:
            yield Found(where(one), "the step that froze it is gone")
        elif froze.step != wanted or froze.meeting_id != one.meeting_id:
            yield Found(where(one), "the step that froze it was another")
        elif froze.by_id not in {None, _account_of(one)}:
            yield Found(where(one), "the step that froze it is said to be somebody else’s")


def _stages(rows: list[NotesVersion]) -> Iterator[Found]:
    """A meeting stands where its versions say."""
    kinds: dict[int, set[str]] = defaultdict(set)
    for one in rows:
        kinds[one.meeting_id].add(one.kind)
    sent = Meeting.objects.exclude(steps=None, versions=None).select_related("body").distinct()
    for meeting in sent:
        sealed = VersionKind.SEALED in kinds[meeting.pk]
        if sealed != (meeting.stage == Stage.SEALED):
            yield Found(
                str(meeting),
                "was sealed, and is said to be open"
                if sealed
                else "is said to be sealed, and no version was",
            )
        elif meeting.stage == Stage.CIRCULATED and VersionKind.CIRCULATED not in kinds[meeting.pk]:
            yield Found(str(meeting), "is said to be circulated, and no version was")


def _approvals(rows: list[NotesVersion]) -> Iterator[Found]:
    """The approval of a sealed version says in the record what the version says."""
    approvals = {
        one.version_id: one
        for one in Approval.objects.select_related("at_meeting", "chaired_by", "decision", "meeting__body")
    }
    for one in rows:
        if one.kind != VersionKind.SEALED:
            continue
        approval = approvals.get(one.pk)
        if approval is None:
            yield Found(where(one), "its approval is gone")
            continue
        erased = any(place.startswith("approval") for place in one.erased)
        if not erased and not _says_what_was_sealed(approval, one.content):
            yield Found(where(one), "the record’s own row of the approval says something else")
        if approval.meeting_id != one.meeting_id:
            yield Found(where(one), "its approval is said to be of another meeting")


def _publications() -> Iterator[Found]:
    """What the public reads of a meeting is a version of it that was made for the public."""
    for one in Publication.objects.select_related("version", "meeting__body"):
        if one.version.kind != VersionKind.PUBLISHED or one.version.meeting_id != one.meeting_id:
            yield Found(
                str(one.meeting), "what the public reads of it is no version that was published of it"
            )


def _says_what_was_sealed(approval: Approval, content: Content) -> bool:
    try:
        sealed, said = content["approval"], approval_in_words(approval)
        # A person of the record may have changed their name since; a name alone does not.
        same_words = sealed["words"] == said["words"] or sealed["chaired_by"] in _names_of(
            approval.chaired_by
        )
        return same_words and (sealed["changes"], sealed["meeting"]) == (said["changes"], said["meeting"])
    except (KeyError, TypeError):
        return False


def _names_of(person: Person | None) -> set[str]:
    """Every full name that somebody has had in the record."""
    return set(person.history.values_list("full_name", flat=True)) if person else set()


def _newest(rows: list[NotesVersion]) -> dict[Meeting, NotesVersion]:
    """The version that shows each meeting whose record is closed."""
    found = {}
    for one in rows:
        if one.kind in {VersionKind.CIRCULATED, VersionKind.SEALED, VersionKind.ADDENDUM}:
            found[one.meeting] = one
    return {
        meeting: one for meeting, one in found.items() if meeting.stage in {Stage.CIRCULATED, Stage.SEALED}
    }


def _live_rows(meeting: Meeting, version: NotesVersion) -> Iterator[Found]:
    """The rows behind closed notes still say what was frozen: nothing in the application writes them any more.

    Names are left aside: a person may change theirs. So are actions, which go on.
    """
    try:
        now = content_of(meeting, stage=Stage(meeting.stage), by=OPERATOR)
        titles = {one["item"]: one["title"] for one in version.content["agenda"]}
        frozen_then, now = _without_erased(version.content, now, version.erased)
        before, after = _watched(frozen_then, titles), _watched(now, titles)
    except (KeyError, TypeError, ValueError) as error:
        yield Found(str(meeting), f"the record behind these notes no longer reads as notes: {error}")
        return
    if _was_corrected(version):
        before, after = _without_lines(before), _without_lines(after)
    for key in [*before, *(key for key in after if key not in before)]:
        if before.get(key) != after.get(key):
            how = (
                "is gone from"
                if key not in after
                else "was added to"
                if key not in before
                else "was altered in"
            )
            yield Found(where(version), f"{key} {how} the record’s own rows")


def _watched(content: Content, titles: dict[int, str]) -> dict[str, Any]:
    notes = content["notes"]
    found: dict[str, Any] = {
        "when and where it was": {name: notes[name] for name in ("title", "date", "starts", "ends", "place")},
        "what was said of interests": notes["interests"],
        "the next meetings announced": notes["next_meetings"],
    }
    for one in content["attendance"]:
        found[f"who was there, row {one['row']}"] = (one["presence"], one["capacities"])
    for one in content["agenda"]:
        called = titles.get(one["item"], one["title"])
        heading = (one["title"], one["kind"], one["presenters"])
        found[f"the heading of item “{called}” ({one['item']})"] = heading
        found[f"the notes of item “{called}” ({one['item']})"] = one["lines"]
    for one in content["decisions"]:
        found[f"decision {one['decision']}"] = (
            one["text"],
            one["kind"],
            one["reached"],
            one["votes"],
            one["item"],
        )
    for one in content["declarations"]:
        found[f"declaration {one['declaration']}"] = (
            one["bare"],
            [(handled["item"], handled["how"], handled["reason"]) for handled in one["handled"]],
        )
    for one in content["statements"]:
        found[f"statement {one['correction']}"] = one["words"]
    return found


def _was_corrected(version: NotesVersion) -> bool:
    """Whether corrections were accepted since: then the notes of items have moved on, rightly."""
    return Correction.objects.filter(
        meeting=version.meeting_id, state=CorrectionState.ACCEPTED, answered_at__gt=version.made_at
    ).exists()


def _without_lines(watched: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value for key, value in watched.items() if not key.startswith(("the notes of item", "statement"))
    }


def _without_erased(then: Content, now: Content, erased: Iterable[str]) -> tuple[Content, Content]:
    """Both contents with the same word at each place that was erased, so that all else can be compared.

    The record's own rows may have lost the same name in other words there. A row of `now` is found by its id.
    """
    then, now = deepcopy(then), deepcopy(now)
    for place in erased:
        path: list[str | int] = [int(one) if one.isdecimal() else one for one in _STEP.findall(place)]
        _cover(now, _same_place(then, now, path))
        _cover(then, path)
    return then, now


def _same_place(then: Content, now: Content, path: list[str | int]) -> list[str | int]:
    """Where the rows of `now` have what stands at `path` of `then`; nowhere, an empty path, where the row is gone."""
    part, *rest = path
    own = _IDS.get(str(part))
    if own is None:
        return path
    row = then[str(part)][rest[0]][own]
    return next(([part, n, *rest[1:]] for n, one in enumerate(now[str(part)]) if one[own] == row), [])


def _cover(content: Any, path: list[str | int]) -> None:
    """Put the same word at a place, where it is there. Who speaks in a line goes with its words."""
    if not path:
        return
    *above, last = path
    try:
        for step in above:
            content = content[step]
        if isinstance(content[last], str) or last == "speaker":
            for name in ("text", "speaker") if last in ("text", "speaker") else (last,):
                content[name] = _ERASED
    except (KeyError, IndexError, TypeError):
        return
