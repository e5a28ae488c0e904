"""The example group reads like a real group's record: every kind of thing that pages must show is in it."""

from collections import Counter
from datetime import timedelta
from typing import ClassVar

from django.test import TestCase, override_settings

from actions.deadlines import DeadlineKind
from actions.models import Action, Assignment
from actions.statuses import Status
from allies.models import OPERATOR, Appointment, Person, Post, Seat
from meetings.example.loading import Example, load_example
from meetings.models import Attendance, Capacity, CapacityKind, Decision, Meeting, Mention, Presence
from meetings.models.lists import carried_into
from tests.conftest import TODAY


@override_settings(ALLIES_TODAY=TODAY)
class TestTheExampleGroup(TestCase):
    """Loaded once for all: it is looked at, and not changed."""

    example: ClassVar[Example]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.example = load_example()

    def test_it_has_people_in_every_post_and_capacity(self):
        now = Appointment.objects.on(TODAY)
        assert Person.objects.filter(appointments__in=now).distinct().count() == 14
        assert set(now.values_list("post", flat=True)) == set(Post.values)
        assert set(Capacity.objects.values_list("kind", flat=True)) == set(CapacityKind)
        assert set(Attendance.objects.exclude(presence="").values_list("presence", flat=True)) == {
            Presence.PRESENT,
            Presence.APOLOGIES,
        }

    def test_one_co_chair_seat_is_held_and_one_is_empty(self):
        held = Appointment.objects.on(TODAY).filter(post=Post.CO_CHAIR)
        assert list(held.values_list("seat", flat=True)) == [Seat.LEARNT]

    def test_it_has_three_years_of_meetings_and_one_in_the_coming_days(self):
        held = Meeting.objects.held().filter(body=self.example.bodies["allies-group"]).order_by("date")
        assert held.count() == 12
        assert TODAY - held[0].date > timedelta(days=2.7 * 365)
        assert timedelta(days=5) <= self.example.next_on - TODAY <= timedelta(days=11)
        assert self.example.next_on.weekday() == 1

    def test_it_has_sixty_actions_of_every_kind_and_status(self):
        assert Action.objects.count() >= 60
        assert set(Action.objects.values_list("status", flat=True)) == set(Status)
        assert set(Action.objects.values_list("deadline_kind", flat=True)) == {*DeadlineKind, ""}
        assert not Assignment.objects.filter(person=None, body=None).exists()

    def test_some_are_carried_four_times_some_overdue_and_some_part_of_another(self):
        carried = Counter(Action.objects.open().values_list("times_carried", flat=True))
        assert sum(count for times, count in carried.items() if times >= 4) >= 5
        assert Action.objects.overdue(TODAY).count() >= 3
        assert Action.objects.filter(parent__isnull=False).count() == 2
        assert carried_into(Meeting.objects.get(date=self.example.next_on), OPERATOR).count() >= 20

    def test_every_mention_in_the_notes_has_its_action(self):
        assert Mention.objects.count() >= 20
        assert Mention.objects.unsettled().count() == 0
        assert set(Decision.objects.values_list("kind", flat=True)) == {"decision", "advice"}
