"""Planning meetings: when, where, with which agenda; moving, calling off, beginning their notes."""

from datetime import date, time

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from actions.deadlines import read_deadline
from actions.services import agree
from allies.models import OPERATOR
from allies.partial_dates import PartialDate
from allies.powers import Refused
from meetings.agenda import STANDING_ITEMS, timetable
from meetings.models import AnnouncedMeeting, ItemKind, Meeting, Purpose, Stage
from meetings.services import agenda_items, planning
from meetings.services.agenda_items import ItemRefused, ItemWords
from meetings.services.planning import Arrangements, MeetingRefused
from tests.factories import AgendaItemFactory, BodyFactory, DecisionFactory, MeetingFactory, ProjectFactory

FEBRUARY = date(2026, 2, 10)


def titles(meeting) -> list[str]:
    return list(meeting.items.order_by("position").values_list("title", flat=True))


# ---- The rules


def test_items_come_up_one_after_the_other_until_a_length_is_unknown():
    assert timetable(time(11), [10, 20, None, 5, 5]) == [time(11), time(11, 10), time(11, 30), None, None]


def test_without_a_start_no_item_has_a_time_and_none_comes_after_midnight():
    assert timetable(None, [10, 20]) == [None, None]
    assert timetable(time(23, 50), [10, 20]) == [time(23, 50), None]


@given(st.times(), st.lists(st.none() | st.integers(1, 600), max_size=8))
def test_there_is_one_time_for_each_item_and_they_only_go_forward(starts, minutes):
    times = timetable(starts, minutes)
    known = [one for one in times if one is not None]
    assert len(times) == len(minutes)
    assert known == sorted(known)


def test_the_standing_items_are_words_that_the_record_knows():
    assert {item.purpose for item in STANDING_ITEMS} <= set(Purpose.values)
    assert {item.kind for item in STANDING_ITEMS} <= set(ItemKind)
    assert (STANDING_ITEMS[0].title, STANDING_ITEMS[-1].title) == (
        "Welcome, apologies and interests",
        "Any other business and date of next meeting",
    )


# ---- The services


@pytest.mark.django_db
class TestPlanning:
    def test_a_planned_meeting_begins_with_the_standing_items_and_tells_its_actions(self, group, today):
        action = agree(
            by=OPERATOR,
            body=group,
            text="Bring a plan",
            agreed_on=date(2025, 11, 19),
            deadline=read_deadline("at next meeting"),
        )
        meeting = planning.plan_meeting(
            by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY, time(11), time(13), place="Online")
        )
        action.refresh_from_db()
        assert titles(meeting) == [item.title for item in STANDING_ITEMS]
        assert (meeting.stage, meeting.starts, meeting.ends, meeting.place) == (
            Stage.PLANNED,
            time(11),
            time(13),
            "Online",
        )
        assert action.due_on == FEBRUARY
        assert meeting.history.get().history_user is None

    def test_a_notice_of_that_day_becomes_the_meeting(self, group, today):
        notes = MeetingFactory(body=group, date=date(2025, 11, 19))
        of_the_day = AnnouncedMeeting.objects.create(
            meeting=notes, as_written="10 February", date=PartialDate(2026, 2, 10)
        )
        of_a_month = AnnouncedMeeting.objects.create(
            meeting=notes, as_written="April", date=PartialDate(2026, 4)
        )
        first = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        second = planning.plan_meeting(
            by=OPERATOR, body=group, arrangements=Arrangements(date(2026, 4, 14)), announced=of_a_month
        )
        of_the_day.refresh_from_db()
        of_a_month.refresh_from_db()
        assert (of_the_day.became, of_a_month.became) == (first, second)

    def test_two_may_be_planned_at_once_but_not_on_one_day(self, group, today):
        planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(date(2026, 4, 14)))
        with pytest.raises(MeetingRefused) as refusal:
            planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        assert (
            str(refusal.value) == "The Allies Group already meets on Tuesday 10 February 2026. "
            "Choose another day, or change that meeting"
        )
        assert refusal.value.field == "date"
        planning.plan_meeting(by=OPERATOR, body=BodyFactory(), arrangements=Arrangements(FEBRUARY))
        assert Meeting.objects.filter(date=FEBRUARY).count() == 2

    @pytest.mark.parametrize(
        ("starts", "ends", "field"),
        [(None, time(13), "starts"), (time(13), time(11), "ends"), (time(11), time(11), "ends")],
    )
    def test_it_ends_after_it_starts(self, group, today, starts, ends, field):
        with pytest.raises(MeetingRefused) as refusal:
            planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY, starts, ends))
        assert refusal.value.field == field

    def test_moving_a_meeting_moves_the_deadlines_that_hang_on_it(self, group, today):
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        action = agree(
            by=OPERATOR,
            body=group,
            text="Bring a plan",
            agreed_on=date(2025, 11, 19),
            deadline=read_deadline("at next meeting"),
        )
        planning.change_meeting(by=OPERATOR, meeting=meeting, arrangements=Arrangements(date(2026, 2, 17)))
        action.refresh_from_db()
        assert action.due_on == date(2026, 2, 17)

    def test_a_held_meeting_keeps_its_day(self, group, today):
        meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
        with pytest.raises(MeetingRefused, match="has been held"):
            planning.change_meeting(by=OPERATOR, meeting=meeting, arrangements=Arrangements(FEBRUARY))
        planning.change_meeting(
            by=OPERATOR, meeting=meeting, arrangements=Arrangements(meeting.date, place="Town hall")
        )
        meeting.refresh_from_db()
        assert meeting.place == "Town hall"

    def test_calling_off_needs_a_reason_and_frees_the_day_and_the_notice(self, group, today):
        notes = MeetingFactory(body=group, date=date(2025, 11, 19))
        notice = AnnouncedMeeting.objects.create(
            meeting=notes, as_written="10 February", date=PartialDate(2026, 2, 10)
        )
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        with pytest.raises(MeetingRefused, match="Say why"):
            planning.call_off(by=OPERATOR, meeting=meeting, reason=" ")
        planning.call_off(by=OPERATOR, meeting=meeting, reason="Too few could come.")
        notice.refresh_from_db()
        assert (meeting.called_off, notice.became) == ("Too few could come.", None)
        again = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        notice.refresh_from_db()
        assert notice.became == again

    def test_begun_notes_make_it_held_and_carry_what_is_open(self, group, settings, today):
        action = agree(by=OPERATOR, body=group, text="Write", agreed_on=date(2025, 11, 19))
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        with pytest.raises(MeetingRefused, match="on the day"):
            planning.begin_notes(by=OPERATOR, meeting=meeting)
        settings.ALLIES_TODAY = FEBRUARY
        planning.begin_notes(by=OPERATOR, meeting=meeting)
        planning.begin_notes(by=OPERATOR, meeting=meeting)
        action.refresh_from_db()
        assert (meeting.stage, action.times_carried) == (Stage.DRAFT, 1)
        assert meeting.history.count() == 2

    def test_allies_plan_nothing(self, group, ally, today):
        with pytest.raises(Refused):
            planning.plan_meeting(by=ally, body=group, arrangements=Arrangements(FEBRUARY))

    def test_a_chair_plans_for_their_own_body_only(self, chair, group, today):
        planning.plan_meeting(by=chair, body=group, arrangements=Arrangements(FEBRUARY))
        with pytest.raises(Refused):
            planning.plan_meeting(by=chair, body=BodyFactory(), arrangements=Arrangements(FEBRUARY))


@pytest.mark.django_db
class TestAgenda:
    def test_a_new_item_goes_before_any_other_business(self, group, today):
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        agenda_items.add_item(
            by=OPERATOR, meeting=meeting, words=ItemWords("Co-chairing", presenters=("Bel", "Ada"))
        )
        assert titles(meeting)[-2:] == ["Co-chairing", "Any other business and date of next meeting"]
        assert [item.position for item in meeting.items.all()] == [1, 2, 3, 4, 5, 6, 7]

    def test_an_item_keeps_who_presents_it_and_what_it_is_about(self, group, today, called):
        meeting, project, ada = MeetingFactory(body=group), ProjectFactory(), called("Ada Okafor")
        item = agenda_items.add_item(
            by=OPERATOR,
            meeting=meeting,
            words=ItemWords(
                "Ranking", purpose="decision", minutes=15, presenters=("Ada Okafor", "Bel"), about=project
            ),
        )
        assert [(one.as_written, one.person) for one in item.presenters.all()] == [
            ("Ada Okafor", ada),
            ("Bel", None),
        ]
        agenda_items.change_item(by=OPERATOR, item=item, words=ItemWords("Ranking", presenters=("Bel",)))
        item.refresh_from_db()
        assert (item.about, item.minutes, item.purpose) == (None, None, "")
        assert [one.as_written for one in item.presenters.all()] == ["Bel"]

    def test_items_move_up_and_down_and_stay_at_the_ends(self, group, today):
        meeting = MeetingFactory(body=group)
        first, second, third = (
            AgendaItemFactory(meeting=meeting, position=n, title=str(n)) for n in (1, 2, 3)
        )
        agenda_items.move_item(by=OPERATOR, item=third, places=-1)
        assert titles(meeting) == ["1", "3", "2"]
        agenda_items.move_item(by=OPERATOR, item=first, places=-1)
        agenda_items.move_item(by=OPERATOR, item=second, places=1)
        assert titles(meeting) == ["1", "3", "2"]

    def test_an_item_with_something_under_it_stays(self, group, today):
        meeting = MeetingFactory(body=group)
        noted = AgendaItemFactory(meeting=meeting, notes="- Something was said.")
        decided = AgendaItemFactory(meeting=meeting)
        DecisionFactory(meeting=meeting, item=decided)
        empty = AgendaItemFactory(meeting=meeting)
        for item in (noted, decided):
            with pytest.raises(ItemRefused):
                agenda_items.remove_item(by=OPERATOR, item=item)
        agenda_items.remove_item(by=OPERATOR, item=empty)
        assert set(meeting.items.all()) == {noted, decided}

    def test_notes_are_kept_as_typed_and_a_second_save_changes_nothing(self, group, today):
        item = AgendaItemFactory(meeting=MeetingFactory(body=group))
        typed = "- One point\r\n    - a reply  \r\n\r\nACTION: Wren to write"
        first = agenda_items.write_item_notes(by=OPERATOR, item=item, notes=typed)
        assert item.notes == "- One point\n    - a reply\n\nACTION: Wren to write"
        again = agenda_items.write_item_notes(by=OPERATOR, item=item, notes=typed)
        assert (again.version, again.notes) == (first.version, item.notes)


# ---- The pages

ARRANGED = {
    "date_day": "10",
    "date_month": "2",
    "date_year": "2026",
    "starts": "11:00",
    "ends": "13.00",
    "place": "Online",
    "link": "https://meet.example.org/allies",
    "access": "Captions",
    "title": "",
}


@pytest.mark.django_db
class TestPages:
    def test_the_form_is_filled_from_the_notice(self, group, team, signed_in, today):
        notes = MeetingFactory(body=group, date=date(2025, 11, 19), place="Online")
        notice = AnnouncedMeeting.objects.create(
            meeting=notes,
            as_written="Tuesday 10 February 2026, 11:00–13:00",
            date=PartialDate(2026, 2, 10),
            starts=time(11),
            ends=time(13),
        )
        client = signed_in(team)
        page = client.get(reverse("meetings:plan"), {"announced": notice.pk})
        initial = page.context["form"].initial
        assert (initial["date"], initial["starts"], initial["ends"], initial["place"]) == (
            FEBRUARY,
            time(11),
            time(13),
            "Online",
        )
        response = client.post(
            reverse("meetings:plan"),
            ARRANGED | {"body": group.pk, "announced": notice.pk, "standing_items": "on"},
        )
        meeting = Meeting.objects.get(date=FEBRUARY)
        notice.refresh_from_db()
        assert (response.status_code, response.url) == (302, meeting.get_absolute_url())
        assert (meeting.starts, meeting.ends, meeting.link) == (
            time(11),
            time(13),
            "https://meet.example.org/allies",
        )
        assert notice.became == meeting
        assert meeting.history.get().history_user == team

    def test_the_same_day_again_is_said_in_words_and_what_was_typed_stays(
        self, group, team, signed_in, today
    ):
        MeetingFactory(body=group, date=FEBRUARY, stage=Stage.PLANNED)
        response = signed_in(team).post(reverse("meetings:plan"), ARRANGED | {"body": group.pk})
        assert response.status_code == 422
        assert response.context["form"].errors["date"] == [
            "The Allies Group already meets on Tuesday 10 February 2026. "
            "Choose another day, or change that meeting"
        ]
        assert 'value="https://meet.example.org/allies"' in response.content.decode()

    def test_a_chair_is_offered_their_own_bodies_alone(self, group, chair, signed_in, today):
        BodyFactory(name="Elsewhere")
        below = BodyFactory(name="Safety", parent=group)
        form = signed_in(chair).get(reverse("meetings:plan")).context["form"]
        assert set(form.fields["body"].queryset) == {group, below}

    def test_the_agenda_is_written_by_buttons(self, group, team, signed_in, today):
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        client = signed_in(team)
        client.post(
            reverse("meetings:agenda", args=[meeting.pk]),
            {
                "title": "Co-chairing",
                "kind": "discussion",
                "purpose": "decision",
                "minutes": "20",
                "presenters": "Bel, Ada",
                "about": "",
            },
        )
        client.post(reverse("meetings:move_item", args=[meeting.pk, 6]), {"to": "up"})
        client.post(reverse("meetings:remove_item", args=[meeting.pk, 1]))
        assert titles(meeting)[3:] == [
            "Co-chairing",
            "Discussion",
            "Any other business and date of next meeting",
        ]
        client.post(reverse("meetings:item", args=[meeting.pk, 4]), {"notes": "- Bel began."})
        assert meeting.items.get(title="Co-chairing").notes == "- Bel began."

    def test_a_change_and_a_calling_off_are_in_the_history(self, group, team, signed_in, today):
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        client = signed_in(team)
        client.post(reverse("meetings:change", args=[meeting.pk]), ARRANGED | {"place": "Town hall"})
        client.post(reverse("meetings:call_off", args=[meeting.pk]), {"reason": "Too few could come."})
        page = client.get(reverse("meetings:history", args=[meeting.pk])).content.decode()
        assert "Town hall" in page
        assert "Too few could come." in page
        assert "Welcome, apologies and interests" in page

    def test_the_button_that_begins_the_notes_is_there_on_the_day(
        self, group, team, signed_in, settings, today
    ):
        meeting = planning.plan_meeting(by=OPERATOR, body=group, arrangements=Arrangements(FEBRUARY))
        client, address = signed_in(team), reverse("meetings:begin_workspace", args=[meeting.pk])
        assert address not in client.get(meeting.get_absolute_url()).content.decode()
        settings.ALLIES_TODAY = FEBRUARY
        assert address in client.get(meeting.get_absolute_url()).content.decode()
        client.post(address)
        meeting.refresh_from_db()
        assert meeting.stage == Stage.DRAFT
        assert "Meeting notes:" in client.get(meeting.get_absolute_url()).content.decode()

    def test_an_item_that_is_not_there_is_not_found(self, group, team, signed_in, today):
        meeting = MeetingFactory(body=group)
        numbers = (0, 1, 10**30)
        pages = [signed_in(team).get(reverse("meetings:item", args=[meeting.pk, one])) for one in numbers]
        assert [page.status_code for page in pages] == [404, 404, 404]

    def test_the_second_of_two_who_save_one_item_sees_both_and_loses_nothing(
        self, group, team, chair, signed_in, today
    ):
        meeting = MeetingFactory(body=group)
        AgendaItemFactory(meeting=meeting)
        address = reverse("meetings:item", args=[meeting.pk, 1])
        signed_in(team).post(address, {"notes": "- As Bel heard it.", "base": "0"})
        answer = signed_in(chair).post(address, {"notes": "- As Ada heard it.", "base": "0"}, follow=True)
        assert answer.resolver_match.view_name == "meetings:both_versions"
        assert "As Bel heard it." in answer.content.decode()
        assert "As Ada heard it." in answer.content.decode()

    def test_sealed_notes_stay_and_the_page_says_what_to_do(self, group, team, signed_in, today):
        meeting = MeetingFactory(body=group, stage=Stage.SEALED)
        item = AgendaItemFactory(meeting=meeting, notes="As approved.")
        page = signed_in(team).post(reverse("meetings:item", args=[meeting.pk, 1]), {"notes": "Otherwise."})
        assert page.status_code == 403
        assert "What was wrong goes in as an addendum." in page.content.decode()
        item.refresh_from_db()
        assert item.notes == "As approved."
