"""Moving an item to the next meeting: it is put on that agenda, and the earlier record stays where it was."""

from datetime import date

from django.db import transaction

from allies import clock
from allies.models import Actor, Declaration
from allies.services.keeping import change, keep
from meetings.models import AgendaItem, ItemKind, Meeting, Presenter
from meetings.policies import check_can_write_under
from meetings.services.agenda_items import ItemRefused
from meetings.services.minutes import something_moved


def next_planned(meeting: Meeting) -> Meeting | None:
    """The next planned meeting of the same body, after this one and not before today."""
    day = max(meeting.date, clock.today())
    return (
        Meeting.objects.planned()
        .filter(body=meeting.body_id, date__gte=day)
        .exclude(pk=meeting.pk)
        .order_by("date", "starts", "pk")
        .first()
    )


@transaction.atomic
def move_to_next_meeting(*, by: Actor, item: AgendaItem) -> AgendaItem:
    """Put an item on the agenda of the next planned meeting, before any other business. Gives the new item.

    The item here stays with all that was said, and is left out where nothing was; what it is about goes along, and
    with it what is withheld. What was declared on it is asked about again there, and never copied. Moved twice, it
    is moved once. Raises Refused; ItemRefused where no later meeting is planned.
    """
    check_can_write_under(by, item.meeting, item)
    moved = AgendaItem.objects.filter(moved_from=item).first()
    if moved is not None:
        return moved
    later = next_planned(item.meeting)
    if later is None:
        raise ItemRefused("No later meeting is planned. Plan it first, then move the item there.")
    Meeting.objects.select_for_update(no_key=True).only("pk").get(pk=later.pk)
    items = list(AgendaItem.objects.filter(meeting=later).order_by("position", "pk"))
    moved = AgendaItem(
        meeting=later,
        position=len(items) + 1,
        title=item.title,
        kind=item.kind,
        purpose=item.purpose,
        minutes=item.minutes,
        about_project_id=item.about_project_id,
        about_organisation_id=item.about_organisation_id,
        about_matter_id=item.about_matter_id,
        moved_from=item,
    )
    keep(moved, by=by, reason="moved from the meeting before")
    for presenter in item.presenters.all():
        keep(
            Presenter(
                item=moved,
                person_id=presenter.person_id,
                as_written=presenter.as_written,
                position=presenter.position,
            ),
            by=by,
        )
    last = items[-1] if items else None
    if last is not None and last.kind == ItemKind.OTHER_BUSINESS:
        items[-1:] = [moved, last]
    else:
        items.append(moved)
    for position, one in enumerate(items, 1):
        change(one, by=by, position=position)
    if not item.notes.strip():
        change(item, by=by, skipped=True, reason="moved to the next meeting")
    something_moved(item.meeting)
    return moved


def declarations_follow(*, by: Actor, meeting: Meeting, before: date) -> None:
    """After a planned meeting was put on another day: what was declared for it early goes with it.

    For services, inside their transaction: no permission is asked here.
    """
    if meeting.is_held or before == meeting.date:
        return
    for declaration in Declaration.objects.filter(body=meeting.body_id, on=before):
        change(declaration, by=by, on=meeting.date, reason="the meeting was moved to another day")
