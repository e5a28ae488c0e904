"""Writing the agenda, and the notes of an item."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from allies.models import Actor, Organisation, Person, Project
from allies.policies import check_not_withheld
from allies.services.keeping import change, discard, keep
from meetings.models import AgendaItem, ItemKind, Meeting, Mention, Presenter
from meetings.policies import check_can_write_notes, check_can_write_under
from meetings.services.holding import hold_open
from meetings.services.matters import about_follows
from meetings.services.minutes import Kept, save_notes
from risks.models import Risk


class ItemRefused(ValueError):
    """What cannot be done to an item. Its words say why, and what to do."""


@dataclass(frozen=True, slots=True)
class ItemWords:
    """What the agenda says of an item.

    `presenters` in order, as written; `minutes` is how long it takes; `risk` is the one that it speaks of.
    """

    title: str
    kind: str = ItemKind.DISCUSSION
    purpose: str = ""
    minutes: int | None = None
    presenters: tuple[str, ...] = ()
    about: Project | Organisation | None = None
    risk: Risk | None = None


@transaction.atomic
def add_item(*, by: Actor, meeting: Meeting, words: ItemWords) -> AgendaItem:
    """Put an item at the end of the agenda; any other business stays last. Raises Refused, ItemRefused."""
    check_can_write_notes(by, meeting)
    items = _locked_items(meeting)
    item = AgendaItem(meeting=meeting, position=len(items) + 1)
    _fill(item, words)
    check_not_withheld(by, item)
    keep(item, by=by)
    _present(item, words.presenters, by=by)
    last = items[-1] if items else None
    before_last = last is not None and ItemKind.OTHER_BUSINESS == last.kind != words.kind
    _number([*items[:-1], item, items[-1]] if before_last else [*items, item], by=by)
    return item


@transaction.atomic
def change_item(*, by: Actor, item: AgendaItem, words: ItemWords) -> None:
    """Say anew what an item is. Raises Refused, ItemRefused."""
    check_can_write_under(by, item.meeting, item)
    hold_open(item.meeting)
    changed = AgendaItem(meeting=item.meeting)
    _fill(changed, words)
    if (
        changed.risk is None
        and item.risk
        and not Risk.objects.visible_to(by).filter(pk=item.risk.pk).exists()
    ):
        # Whoever may not see which risk it speaks of did not choose to take that away.
        changed.risk = item.risk
    check_not_withheld(by, changed)
    fields = ("title", "kind", "purpose", "minutes", "about_project", "about_organisation", "risk")
    before = item.about
    change(item, by=by, **{name: getattr(changed, name) for name in fields})
    about_follows(by=by, item=item, before=before)
    if tuple(item.presenters.values_list("as_written", flat=True)) != words.presenters:
        for presenter in item.presenters.all():
            discard(presenter, by=by)
        _present(item, words.presenters, by=by)


@transaction.atomic
def move_item(*, by: Actor, item: AgendaItem, places: int) -> None:
    """Move an item down by `places`, or up where negative; at either end it stays. Raises Refused."""
    check_can_write_under(by, item.meeting, item)
    items = _locked_items(item.meeting)
    at = next(index for index, other in enumerate(items) if other.pk == item.pk)
    moved = items.pop(at)
    items.insert(max(0, min(len(items), at + places)), moved)
    _number(items, by=by)


@transaction.atomic
def remove_item(*, by: Actor, item: AgendaItem) -> None:
    """Take an item off the agenda. One that has something in the record under it stays: raises ItemRefused.

    Raises Refused too.
    """
    check_can_write_under(by, item.meeting, item)
    meeting = item.meeting
    if item.notes.strip() or item.revisions.exists():
        raise ItemRefused("This item has notes, or had some, so it stays on the agenda. It can be skipped.")
    if item.decisions.exists() or Mention.objects.filter(item=item).exists() or item.papers.exists():
        raise ItemRefused("This item has decisions, actions or papers, so it stays on the agenda.")
    if item.has_a_record():
        raise ItemRefused("Something of the record stands under this item, so it stays on the agenda.")
    for presenter in item.presenters.all():
        discard(presenter, by=by)
    discard(item, by=by, reason="taken off the agenda")
    _number(_locked_items(meeting), by=by)


@transaction.atomic
def write_item_notes(*, by: Actor, item: AgendaItem, notes: str, base: int | None = None) -> Kept:
    """Keep what was said under an item, as typed upon version `base` (None: upon what stands).

    Answers and raises as `save_notes`.
    """
    text = "\n".join(line.rstrip() for line in notes.splitlines()).strip("\n")
    kept = save_notes(by=by, item=item, notes=text, base=max(item.version, 0) if base is None else base)
    item.notes, item.version = kept.notes, kept.version
    return kept


def _fill(item: AgendaItem, words: ItemWords) -> None:
    if not words.title.strip():
        raise ItemRefused("Say what the item is")
    item.title = words.title.strip()
    item.kind, item.purpose, item.minutes = words.kind, words.purpose, words.minutes
    item.risk = words.risk
    item.about_project = words.about if isinstance(words.about, Project) else None
    item.about_organisation = words.about if isinstance(words.about, Organisation) else None


def _present(item: AgendaItem, names: Sequence[str], *, by: Actor) -> None:
    for position, name in enumerate(names):
        keep(
            Presenter(
                item=item, person=Person.objects.only_one_called(name), as_written=name, position=position
            ),
            by=by,
        )


def _locked_items(meeting: Meeting) -> list[AgendaItem]:
    """The items in order. The lock keeps two people from numbering at once. Raises Refused for closed notes."""
    hold_open(meeting)
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))


def _number(items: Sequence[AgendaItem], *, by: Actor) -> None:
    for position, item in enumerate(items, 1):
        change(item, by=by, position=position)
