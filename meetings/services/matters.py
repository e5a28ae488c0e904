"""What an item can be withheld by, and what was raised under it: the two go together."""

from django.db import transaction

from actions.models import Action
from actions.services import change_about, change_matter
from allies.models import Actor, Matter, Organisation, Project
from allies.services.keeping import change
from allies.services.withholding import enter_matter
from meetings.models import AgendaItem
from meetings.policies import check_can_write_under
from meetings.services.holding import hold_open


@transaction.atomic
def matter_of(*, by: Actor, item: AgendaItem) -> Project | Organisation | Matter:
    """Give what keeping somebody from an item keeps them from: its project or partner, or else the item by itself.

    An item about nothing becomes a matter then, and so does what was agreed under it. Raises Refused.
    """
    check_can_write_under(by, item.meeting, item)
    hold_open(item.meeting)
    about: Project | Organisation | None = item.about
    if about is not None:
        return about
    matter: Matter | None = item.about_matter
    if matter is None:
        matter = enter_matter(by=by, name=item.title)
        change(item, by=by, about_matter=matter)
    for action in raised_under(item):
        change_matter(by=by, action=action, matter=matter)
    return matter


def raised_under(item: AgendaItem) -> list[Action]:
    """The actions that were agreed at the item's meeting and are spoken of in its notes, by id. One query."""
    meeting = item.meeting
    return list(
        Action.objects.filter(body=meeting.body_id, agreed_on=meeting.date, mentions__item=item)
        .distinct()
        .order_by("pk")
    )


def about_follows(*, by: Actor, item: AgendaItem, before: Project | Organisation | None) -> None:
    """After an item was said to be about something else: what was agreed under it goes along.

    But for actions that somebody said are about another matter than the item was. For services, inside their
    transaction, which have checked that `by` may write the item.
    """
    now: Project | Organisation | None = item.about
    if now == before:
        return
    for action in raised_under(item):
        if action.about == before:
            change_about(by=by, action=action, about=now, minuted=True)
