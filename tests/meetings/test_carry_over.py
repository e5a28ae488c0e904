"""Carry-over is a query and a record, never a copied row (DESIGN §4)."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.utils import timezone

from actions.deadlines import Deadline, DeadlineKind
from actions.models import Action
from actions.services import agree, change_deadline, merge, record_update
from actions.statuses import Status
from meetings.models import Stage
from meetings.models.lists import agreed_at, also_open, carried_into, closed_before, listed_in
from meetings.models.notes_in import MentionPlace
from meetings.services.keeping_current import bring_up_to_date
from tests.factories import ActionFactory, BodyFactory, MeetingFactory, MentionFactory, UpdateFactory

pytestmark = pytest.mark.django_db

SPRING, SUMMER, AUTUMN, WINTER = date(2025, 3, 4), date(2025, 6, 3), date(2025, 9, 2), date(2025, 12, 2)


@pytest.fixture
def meetings(group):
    """Four meetings of the group at 14:00; the last is only planned."""
    return [
        MeetingFactory(body=group, date=day, starts=time(14), stage=stage)
        for day, stage in ((SPRING, "sealed"), (SUMMER, "circulated"), (AUTUMN, "draft"), (WINTER, "planned"))
    ]


@pytest.fixture
def spring(meetings):
    return meetings[0]


@pytest.fixture
def summer(meetings):
    return meetings[1]


@pytest.fixture
def autumn(meetings):
    return meetings[2]


@pytest.fixture
def winter(meetings):
    return meetings[3]


def said(action: Action, on: date, status: str, *, at: time = time(9), body=None) -> None:
    """Put an update in the record that was typed at a moment of the day it speaks of."""
    typed = timezone.make_aware(datetime.combine(on, at))
    UpdateFactory(action=action, on=on, status=status, note="", body=body, recorded_at=typed)


def carried(meeting, actor) -> list[Action]:
    return list(carried_into(meeting, actor))


def closed(meeting, actor) -> list[Action]:
    return list(closed_before(meeting, actor))


def test_a_meeting_lists_what_was_agreed_at_it_and_the_next_one_carries_it(spring, summer, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    assert list(agreed_at(spring, operator)) == [action]
    assert carried(spring, operator) == []
    assert carried(summer, operator) == [action]


def test_an_action_that_nobody_touched_for_three_years_is_carried_still(winter, operator, group):
    old = ActionFactory(body=group, agreed_on=date(2022, 11, 29))
    young = ActionFactory(body=group, agreed_on=AUTUMN)
    assert carried(winter, operator) == [old, young]


def test_an_action_without_a_status_counts_as_open(summer, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING, status="")
    assert carried(summer, operator) == [action]


def test_one_closed_between_meetings_shows_once_more_as_done_and_then_no_more(
    summer, autumn, winter, operator, group
):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    assert (carried(summer, operator), closed(summer, operator)) == ([action], [])
    assert (carried(autumn, operator), closed(autumn, operator)) == ([], [action])
    assert (carried(winter, operator), closed(winter, operator)) == ([], [])


def test_one_said_to_be_done_twice_does_not_come_back_as_just_done(autumn, winter, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    said(action, date(2025, 10, 1), "done")
    assert closed(autumn, operator) == [action]
    assert closed(winter, operator) == []


def test_one_reopened_is_carried_again(autumn, winter, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    said(action, date(2025, 10, 1), "todo")
    assert (carried(autumn, operator), closed(autumn, operator)) == ([], [action])
    assert (carried(winter, operator), closed(winter, operator)) == ([action], [])


def test_one_reopened_and_closed_again_between_two_meetings_shows_once_more(autumn, winter, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    said(action, date(2025, 10, 1), "todo")
    said(action, date(2025, 10, 20), "let_go")
    assert (carried(winter, operator), closed(winter, operator)) == ([], [action])


def test_one_closed_and_reopened_between_two_meetings_is_carried_as_if_nothing_had_been(
    autumn, operator, group
):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    said(action, date(2025, 7, 8), "in_progress")
    assert (carried(autumn, operator), closed(autumn, operator)) == ([action], [])


def test_one_agreed_at_a_meeting_that_is_not_in_the_record_is_carried_into_the_one_that_first_lists_it(
    spring, summer, operator, group
):
    action = ActionFactory(body=group, agreed_on=None, first_seen_on=SPRING)
    assert list(agreed_at(spring, operator)) == []
    assert carried(spring, operator) == [action]
    assert carried(summer, operator) == [action]


def test_of_two_planned_meetings_the_later_sees_what_is_agreed_at_the_earlier(winter, operator, group):
    later = MeetingFactory(body=group, date=date(2026, 2, 10), stage="planned")
    assert carried(later, operator) == []
    action = ActionFactory(body=group, agreed_on=WINTER)
    assert carried(winter, operator) == []
    assert carried(later, operator) == [action]


def test_a_meeting_begins_at_its_start_so_what_was_said_that_morning_came_before_it(
    autumn, winter, operator, group
):
    before = ActionFactory(body=group, agreed_on=SPRING)
    after = ActionFactory(body=group, agreed_on=SPRING)
    said(before, AUTUMN, "done", at=time(13, 59))
    said(after, AUTUMN, "done", at=time(14))
    assert (carried(autumn, operator), closed(autumn, operator)) == ([after], [before])
    assert closed(winter, operator) == [after]


def test_a_meeting_without_a_time_begins_as_its_day_begins(operator, group):
    MeetingFactory(body=group, date=SPRING)
    meeting = MeetingFactory(body=group, date=SUMMER, starts=None)
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, SUMMER, "done", at=time(0, 0))
    assert (carried(meeting, operator), closed(meeting, operator)) == ([action], [])


def test_what_was_said_at_the_meeting_came_after_it_began_whenever_it_was_typed(
    autumn, winter, operator, group
):
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, AUTUMN, "done", at=time(9), body=group)
    assert (carried(autumn, operator), closed(autumn, operator)) == ([action], [])
    assert (carried(winter, operator), closed(winter, operator)) == ([], [action])


def test_an_entry_made_later_for_an_earlier_day_is_right_then(autumn, winter, operator, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    UpdateFactory(
        action=action,
        on=date(2025, 8, 1),
        status="done",
        recorded_at=timezone.make_aware(datetime(2025, 11, 1)),
    )
    assert (carried(autumn, operator), closed(autumn, operator)) == ([], [action])
    assert (carried(winter, operator), closed(winter, operator)) == ([], [])


def test_a_meeting_that_was_called_off_breaks_nothing(autumn, operator, group):
    MeetingFactory(body=group, date=date(2025, 8, 1), stage="planned", called_off="Too few could come.")
    action = ActionFactory(body=group, agreed_on=SPRING)
    said(action, date(2025, 7, 1), "done")
    assert closed(autumn, operator) == [action]


def test_other_bodies_carry_their_own(autumn, operator):
    ActionFactory(body=BodyFactory(name="Equity working group"), agreed_on=SPRING)
    assert carried(autumn, operator) == []


def test_one_merged_into_another_shows_once_as_merged_and_the_other_goes_on(autumn, winter, operator, group):
    kept = agree(by=operator, body=group, text="Write the guide.", agreed_on=SPRING)
    same = agree(by=operator, body=group, text="Write a guide.", agreed_on=SPRING)
    merge(by=operator, action=same, into=kept, on=date(2025, 7, 1))
    assert (carried(autumn, operator), closed(autumn, operator)) == ([kept], [same])
    assert (carried(winter, operator), closed(winter, operator)) == ([kept], [])


# Times carried: the held meetings of that body after the one that agreed it.


def times(action: Action) -> int:
    bring_up_to_date(action.body)
    action.refresh_from_db()
    return action.times_carried


def test_times_carried_counts_held_meetings_only(meetings, group):
    action = ActionFactory(body=group, agreed_on=SPRING)
    assert times(action) == 2
    meetings[3].stage = Stage.DRAFT
    meetings[3].save()
    assert times(action) == 3


def test_times_carried_leaves_out_other_bodies_and_meetings_called_off(meetings, group):
    MeetingFactory(body=BodyFactory(), date=date(2025, 7, 7))
    MeetingFactory(body=group, date=date(2025, 7, 7), stage="planned", called_off="Snow.")
    assert times(ActionFactory(body=group, agreed_on=SPRING)) == 2


def test_times_carried_counts_the_meeting_that_first_lists_one_from_a_meeting_not_in_the_record(
    meetings, group
):
    assert times(ActionFactory(body=group, agreed_on=None, first_seen_on=SUMMER)) == 2


def test_times_carried_stops_when_it_is_closed_and_goes_on_when_it_is_reopened(meetings, operator, group):
    action = agree(by=operator, body=group, text="Write the guide.", agreed_on=SPRING)
    assert action.times_carried == 2
    record_update(by=operator, action=action, status=Status.DONE, note="Sent.", on=date(2025, 7, 1))
    assert action.times_carried == 1
    record_update(by=operator, action=action, status=Status.TODO, on=date(2025, 10, 1))
    assert action.times_carried == 2


# "Next meeting" and "with the notes" are dates once the meetings are known.


def test_the_next_meeting_is_the_first_after_the_one_that_agreed_it_and_moves_with_it(
    spring, summer, operator, group
):
    action = agree(
        by=operator, body=group, text="Report back.", agreed_on=SPRING,
        deadline=Deadline("at next meeting", DeadlineKind.NEXT_MEETING),
    )  # fmt: skip
    assert action.due_on == SUMMER
    summer.date = date(2025, 6, 10)
    summer.save()
    bring_up_to_date(group)
    action.refresh_from_db()
    assert action.due_on == date(2025, 6, 10)


def test_with_the_notes_is_the_day_they_are_circulated(spring, operator, group):
    action = agree(
        by=operator, body=group, text="Share the paper.", agreed_on=SPRING,
        deadline=Deadline("Share with meeting notes", DeadlineKind.WITH_NOTES),
    )  # fmt: skip
    assert action.due_on is None
    spring.circulated_on = date(2025, 3, 20)
    spring.save()
    bring_up_to_date(group)
    action.refresh_from_db()
    assert action.due_on == date(2025, 3, 20)


def test_a_deadline_changed_to_the_next_meeting_gets_its_day_at_once(winter, operator, group):
    action = agree(by=operator, body=group, text="Report back.", agreed_on=AUTUMN)
    change_deadline(by=operator, action=action, deadline=Deadline("next meeting", DeadlineKind.NEXT_MEETING))
    assert action.due_on == WINTER


# A meeting brought in from its document shows that document's own two lists.


def test_a_meeting_brought_in_shows_its_own_two_lists_in_the_documents_order(summer, autumn, operator, group):
    first, second, third = (ActionFactory(body=group, agreed_on=SUMMER) for _ in range(3))
    old = ActionFactory(body=group, agreed_on=None, first_seen_on=SUMMER)
    for position, action in enumerate((third, first, second)):
        MentionFactory(meeting=summer, action=action, place="agreed", position=position)
    MentionFactory(meeting=summer, action=old, place="carried", position=0)
    # Later notes list them in another order; that is theirs.
    for position, action in enumerate((first, second, third)):
        MentionFactory(meeting=autumn, action=action, place="carried", position=position)
    assert list(listed_in(summer, MentionPlace.AGREED, operator)) == [third, first, second]
    assert list(listed_in(summer, MentionPlace.CARRIED, operator)) == [old]
    assert list(listed_in(autumn, MentionPlace.CARRIED, operator)) == [first, second, third]


def test_what_the_query_finds_besides_stands_apart_as_open_in_our_record(summer, operator, group):
    listed = ActionFactory(body=group, agreed_on=SPRING)
    only_spoken_of = ActionFactory(body=group, agreed_on=SPRING)
    neglected = ActionFactory(body=group, agreed_on=SPRING)
    done = ActionFactory(body=group, agreed_on=SPRING)
    said(done, date(2025, 4, 1), "done")
    MentionFactory(meeting=summer, action=listed, place="carried", position=0)
    MentionFactory(meeting=summer, action=only_spoken_of, place="notes", position=0)
    MentionFactory(meeting=summer, action=None, place="notes", position=1)
    assert list(also_open(summer, operator)) == [only_spoken_of, neglected]


def test_an_action_listed_as_carried_at_its_meeting_may_be_said_done_there(summer, autumn, operator, group):
    action = agree(
        by=operator, body=group, text="Send the guide.", agreed_on=None, first_seen_on=SUMMER,
        status=Status.DONE, brought_in=True,
    )  # fmt: skip
    assert (carried(summer, operator), closed(summer, operator)) == ([action], [])
    assert (carried(autumn, operator), closed(autumn, operator)) == ([], [action])


def test_people_see_the_lists_of_the_bodies_whose_record_they_read(summer, account_of, group):
    other = BodyFactory(name="Equity working group")
    action = ActionFactory(body=group, agreed_on=SPRING)
    assert list(carried_into(summer, account_of(group))) == [action]
    assert list(carried_into(summer, account_of(other))) == []


def test_the_list_is_one_query_however_long(summer, operator, group, django_assert_num_queries):
    for _ in range(3):
        ActionFactory(body=group, agreed_on=SPRING)
    with django_assert_num_queries(1):
        assert len(carried(summer, operator)) == 3


@time_machine.travel("2025-06-03 15:30:00+01:00", tick=False)
def test_what_is_said_last_at_a_meeting_is_its_word_and_nothing_said_before_is_lost(
    summer, autumn, operator, group
):
    action = agree(by=operator, body=group, text="Send the guide.", agreed_on=SPRING)
    record_update(by=operator, action=action, status=Status.IN_PROGRESS, on=SUMMER, at_meeting_of=group)
    record_update(
        by=operator, action=action, status=Status.DONE, note="Sent.", on=SUMMER, at_meeting_of=group
    )
    assert [(update.status, update.body) for update in action.updates.filter(on=SUMMER)] == [
        ("done", group), ("in_progress", None),
    ]  # fmt: skip
    assert (carried(summer, operator), closed(autumn, operator)) == ([action], [action])
