"""Keeping the rows of marked lines with the lines: which line is which action's, by `meetings.notes.following`.

Called at every save of an item's notes, and so it writes rows of mentions alone, in bulk: no action and no
decision is touched here. A line that is gone leaves its row where an action or decision hangs on it.
"""

from collections.abc import Sequence

from django.db.models import Q

from meetings.models import AgendaItem, Mention, MentionPlace
from meetings.notes.document import Marker
from meetings.notes.following import Edited, KnownLine, Same, Twice, Unsure, follow
from meetings.notes.lines import MarkedAt, marked_lines

_FIELDS = ["text", "line", "position", "item", "asks", "perhaps"]


def follow_lines(item: AgendaItem) -> None:
    """Let the mentions of `item` follow the marked lines of its notes. Call inside the transaction of the save."""
    now = marked_lines(item.notes)
    rows = list(
        Mention.objects.filter(place=MentionPlace.NOTES)
        .filter(Q(item=item) | Q(meeting_id=item.meeting_id, line=None))
        .order_by("position", "pk")
    )
    here = [row for row in rows if row.item_id == item.pk and not _is_gone(row)]
    lost = [row for row in rows if _is_gone(row)]
    changes = _Changes(item)
    for marker in Marker:
        _follow_one(
            changes,
            [row for row in here if row.marker == marker],
            [row for row in lost if row.marker == marker],
            [one for one in now if one.marker is marker],
        )
    changes.write()


def _is_gone(row: Mention) -> bool:
    """Whether its line was here and is gone. A row from a document has never had a number, and is still here."""
    return row.line is None and row.asks == "gone"


class _Changes:
    """What is to be written, gathered so that it is written at once."""

    def __init__(self, item: AgendaItem) -> None:
        self.item = item
        self.new: list[Mention] = []
        self.changed: list[Mention] = []
        self.gone: list[Mention] = []

    def place(
        self, row: Mention, one: MarkedAt, *, asks: str | None = None, perhaps: Sequence[int] = ()
    ) -> None:
        """Let the row be this line; `asks` None keeps the question that stands."""
        values = {
            "text": one.words,
            "line": one.number,
            "position": min(one.number, 32_767),
            "item_id": self.item.pk,
        }
        if asks is not None:
            values |= {"asks": asks, "perhaps": list(perhaps)}
        elif row.asks == "gone":
            values |= {"asks": "", "perhaps": []}
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            if not row._state.adding:
                self.changed.append(row)
        if row._state.adding:
            self.new.append(row)

    def add(self, one: MarkedAt, *, asks: str = "", perhaps: Sequence[int] = ()) -> None:
        row = Mention(
            meeting_id=self.item.meeting_id,
            place=MentionPlace.NOTES,
            marker=one.marker.value,
            item_id=self.item.pk,
        )
        self.place(row, one, asks=asks, perhaps=perhaps)

    def lose(self, row: Mention) -> None:
        """The line is gone: what hangs on it stays, and can be found by its row."""
        if _hangs_on(row) is None:
            self.gone.append(row)
        elif not _is_gone(row):
            row.line, row.asks, row.perhaps = None, "gone", []
            self.changed.append(row)

    def write(self) -> None:
        if self.gone:
            Mention.objects.filter(pk__in=[row.pk for row in self.gone]).delete()
        if self.changed:
            Mention.objects.bulk_update(self.changed, _FIELDS, batch_size=200)
        if self.new:
            Mention.objects.bulk_create(self.new)


def _hangs_on(row: Mention) -> int | None:
    """The action or decision of a row, by its id."""
    return row.action_id or row.decision_id


def _follow_one(
    changes: _Changes, before: list[Mention], lost: list[Mention], now: Sequence[MarkedAt]
) -> None:
    by_pk = {row.pk: row for row in before}
    following = follow([KnownLine(row.pk, row.text) for row in before], [one.words for one in now])
    used: set[int] = set()
    for one, answer in zip(now, following.lines, strict=True):
        match answer:
            case Same(key) | Edited(key):
                changes.place(by_pk[key], one)
                used.add(key)
            case Twice(key):
                said = _hangs_on(by_pk[key])
                changes.add(one, asks="twice" if said else "", perhaps=[said] if said else [])
            case Unsure(keys):
                rows = [by_pk[key] for key in keys if key not in used]
                hanging = [found for row in rows if (found := _hangs_on(row))]
                free = next((row for row in rows if not _hangs_on(row)), None)
                if not hanging and free is not None:
                    changes.place(free, one)
                    used.add(free.pk)
                else:
                    changes.add(one, asks="unsure", perhaps=hanging)
            case _:
                back = next((row for row in lost if row.text.split() == one.words.split()), None)
                if back is None:
                    changes.add(one)
                else:
                    lost.remove(back)
                    changes.place(back, one, asks="")
    for row in before:
        if row.pk not in used:
            changes.lose(row)
