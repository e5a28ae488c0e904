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
from meetings.models.cases import cases_of, with_cases
from meetings.models.lists import carried_into
from meetings.models.taking_part import who_took_part
from risks.models import Case, Trigger
from risks.scheme import Level
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

    def test_its_cases_tell_one_story_each(self):
        told = {
            str(case.about): (
                Level(case.level).name,
                [(str(one.decided_by), str(one.response)) for one in case.decisions.all()],
            )
            for case in Case.objects.all()
        }
        assert told == {
            "Safe to Say": ("CHAIRS", [("chairs", "terms")]),
            "Keys to the Door": ("CHAIRS", [("chairs", "talk")]),
            "Tidewater Council": ("CHAIRS", [("chairs", "accept")]),
            "Streets We Share": ("ALLIES", [("meeting", "terms")]),
            "The Long Wait": ("CHAIRS", []),
            "Corvid Analytics": ("ALLIES", []),
        }

    def test_what_waits_is_within_its_limit_and_what_was_accepted_rests(self):
        waiting = Case.objects.waiting_on(TODAY)
        assert {str(one.about) for one in waiting} == {"The Long Wait", "Corvid Analytics"}
        assert all(one.limit_on and one.limit_on >= TODAY for one in waiting)
        assert [str(one.about) for one in Case.objects.resting_on(TODAY)] == ["Tidewater Council"]

    def test_an_amber_project_climbed_to_red_and_its_case_was_opened_by_that_score(self):
        trigger = Trigger.objects.select_related("assessment__risk").get(
            case__about_project__name="Safe to Say"
        )
        scored = trigger.assessment.risk.assessments.filter(stage="now", on__lte=trigger.on).order_by("on")
        assert list(scored.values_list("band", flat=True)) == ["amber", "red"]

    def test_a_substitute_held_the_key_of_the_chair_who_stood_aside(self):
        case = Case.objects.get(about_project__name="Keys to the Door")
        assert [one.person.full_name for one in case.stand_downs.all()] == ["Carys Lund"]
        assert list(case.keys.filter(substitute=True).values_list("person__full_name", flat=True)) == [
            "Ada Okafor"
        ]

    def test_the_group_decided_with_one_out_of_the_room_and_made_two_actions_of_the_next_meeting(self):
        decision = Decision.objects.select_related("meeting", "case").get(case__isnull=False)
        out = [one.name for one in who_took_part(OPERATOR, decision).not_deciding]
        made = decision.case.decisions.get().actions.all()
        carried = carried_into(Meeting.objects.get(date=self.example.next_on), OPERATOR)
        assert (out, made.count(), carried.filter(pk__in=made).count()) == (["Grace Holt"], 2, 2)

    def test_what_waits_for_the_group_is_on_the_next_agenda_by_itself(self):
        coming = with_cases(Meeting.objects.filter(date=self.example.next_on), OPERATOR).get()
        assert [one.about for one in cases_of(coming)] == ["Corvid Analytics"]

    def test_no_day_of_a_case_is_before_the_one_on_which_it_was_opened(self):
        for case in Case.objects.all():
            days = [*case.triggers.values_list("on", flat=True), *case.keys.values_list("on", flat=True)]
            assert min(days) == case.opened_on
