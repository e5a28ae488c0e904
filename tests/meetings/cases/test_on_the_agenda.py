"""A case that has come to the group is on the next meeting's agenda by itself: a query, and no copy."""

from datetime import date

import pytest
from django.urls import reverse

from allies.powers import Refused
from meetings.models import AgendaItem, Meeting, Purpose, Stage
from meetings.models.cases import cases_of, decidable_at, with_cases
from meetings.models.in_full import items_of
from meetings.services.cases import take_up
from meetings.services.recording import RecordRefused
from risks.models import Case
from risks.scheme import Level
from tests.factories import (
    AgendaItemFactory,
    BodyFactory,
    CaseFactory,
    MeetingFactory,
    OrganisationFactory,
    WithholdingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def planned(group) -> Meeting:
    return MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)


@pytest.fixture
def on_the_agenda(operator):
    """What stands on a meeting's agenda by itself, by name."""

    def names(meeting: Meeting, actor=operator) -> list[str]:
        return [one.about for one in cases_of(with_cases(Meeting.objects.filter(pk=meeting.pk), actor).get())]

    return names


def test_cases_with_the_group_are_on_the_next_meetings_agenda_by_name(
    planned, to_the_group, on_the_agenda, group
):
    to_the_group("Streets")
    to_the_group("Alleys")
    CaseFactory(body=group, about_project=None, about_organisation=OrganisationFactory(name="Museum"))
    CaseFactory(body=group, level=Level.HOST)
    assert on_the_agenda(planned) == ["Alleys", "Streets"]


def test_they_are_on_the_next_alone_where_two_are_planned(planned, case, on_the_agenda, group):
    later = MeetingFactory(body=group, date=date(2026, 5, 12), stage=Stage.PLANNED)
    assert (on_the_agenda(planned), on_the_agenda(later)) == (["Safer Starts"], [])
    planned.called_off = "Snow"
    planned.save()
    assert (on_the_agenda(planned), on_the_agenda(later)) == ([], ["Safer Starts"])


def test_another_groups_meeting_has_them_not(case, on_the_agenda, group):
    theirs = MeetingFactory(body=BodyFactory(parent=group), date=date(2026, 2, 5), stage=Stage.PLANNED)
    assert on_the_agenda(theirs) == []


@pytest.mark.parametrize(
    ("until", "names"), [(date(2026, 2, 9), ["Safer Starts"]), (date(2026, 2, 10), [])], ids=["over", "rests"]
)
def test_what_was_accepted_is_there_again_once_its_day_is_past(planned, case, on_the_agenda, until, names):
    case.accepted_until = until
    case.save()
    assert on_the_agenda(planned) == names


@pytest.mark.parametrize(("stage", "names"), [(Stage.DRAFT, ["Safer Starts"]), (Stage.CIRCULATED, [])])
def test_it_stays_while_the_notes_are_written_and_no_longer(meeting, case, on_the_agenda, stage, names):
    meeting.stage = stage
    meeting.save()
    assert on_the_agenda(meeting) == names


def test_what_came_to_the_group_later_is_not_on_an_earlier_meeting(group, to_the_group, on_the_agenda):
    before = MeetingFactory(body=group, date=date(2026, 2, 2))
    to_the_group("Safer Starts", on=date(2026, 2, 3))
    assert on_the_agenda(before) == []


@pytest.mark.parametrize(("purpose", "names"), [(Purpose.DECISION, []), (Purpose.ADVICE, ["Safer Starts"])])
def test_an_item_that_asks_for_a_decision_about_it_takes_it_up(
    planned, case, on_the_agenda, operator, purpose, names
):
    AgendaItemFactory(meeting=planned, about_project=case.about, purpose=purpose)
    assert on_the_agenda(planned) == names
    assert [one.case_pk for one in items_of(planned, operator)] == ([None] if names else [case.pk])


def test_whoever_is_kept_from_it_sees_neither_the_case_nor_its_item(
    planned, case, on_the_agenda, ally, signed_in
):
    WithholdingFactory(person=ally.person, about_project=case.about)
    assert (on_the_agenda(planned), on_the_agenda(planned, ally)) == (["Safer Starts"], [])
    assert not decidable_at(planned, ally).exists()
    for address in ("/", planned.get_absolute_url()):
        assert "Safer Starts" not in signed_in(ally).get(address).content.decode()


def test_before_the_notes_go_out_they_say_what_the_allies_have_not_decided(meeting, case, team, signed_in):
    AgendaItemFactory(meeting=meeting, about_project=case.about, purpose=Purpose.DECISION)
    address = reverse("meetings:before_leaving", args=[meeting.pk])
    said = "The Allies have not decided yet about"
    assert signed_in(team).get(address).content.decode().count(said) == 1
    Case.objects.update(closed_on=meeting.date)
    assert said not in signed_in(team).get(address).content.decode()


# ---- One press takes it up


def test_one_press_makes_it_an_item_before_any_other_business(planned, case, team, on_the_agenda):
    AgendaItemFactory(meeting=planned, position=1, kind="other_business", title="Any other business")
    item = take_up(by=team, meeting=planned, case=case)
    assert [one.title for one in AgendaItem.objects.filter(meeting=planned).order_by("position")] == [
        "What we do about Safer Starts",
        "Any other business",
    ]
    assert (item.about, item.purpose, on_the_agenda(planned)) == (case.about, "decision", [])


def test_pressed_twice_it_is_taken_up_once(planned, case, team):
    first = take_up(by=team, meeting=planned, case=case)
    assert take_up(by=team, meeting=planned, case=case) == first
    assert AgendaItem.objects.count() == 1


def test_one_that_is_with_the_chairs_is_not_taken_up(planned, group, team):
    with pytest.raises(RecordRefused, match="does not wait for this meeting"):
        take_up(by=team, meeting=planned, case=CaseFactory(body=group))


def test_a_member_takes_nothing_up_and_sees_it_without_a_button(planned, case, ally, signed_in):
    with pytest.raises(Refused):
        take_up(by=ally, meeting=planned, case=case)
    page = signed_in(ally).get(planned.get_absolute_url()).content.decode()
    assert (page.count("The Allies decide about"), page.count("take-up")) == (1, 0)


@pytest.mark.parametrize(
    ("page", "then"),
    [
        ("meeting", "/meetings/{}/agenda/"),
        ("agenda", "/meetings/{}/agenda/"),
        ("workspace", "/meetings/{}/notes/?item=1#item-title"),
    ],
)
def test_the_button_is_on_the_pages_of_the_meeting(planned, case, team, signed_in, page, then):
    client = signed_in(team)
    content = client.get(reverse(f"meetings:{page}", args=[planned.pk])).content.decode()
    address = reverse("meetings:take_up_case", args=[planned.pk, case.pk])
    assert content.count(f'action="{address}"') == 1
    response = client.post(address, {"to": "notes"} if page == "workspace" else {})
    assert (response.status_code, response["Location"]) == (302, then.format(planned.pk))


def test_the_page_before_the_meeting_says_what_the_allies_decide_about(planned, case, ally, signed_in):
    page = signed_in(ally).get("/").content.decode()
    assert (page.count("The Allies decide about"), page.count("Safer Starts")) == (1, 1)
    AgendaItemFactory(meeting=planned, title="Ours", about_project=case.about, purpose=Purpose.DECISION)
    page = signed_in(ally).get("/").content.decode()
    assert page.count(f'href="{case.get_absolute_url()}"') == 1


def test_chairs_are_told_of_a_case_for_the_allies_while_no_meeting_is_planned(case, chair, signed_in, group):
    said = "A case waits for the Allies, and no meeting is planned."
    assert said in signed_in(chair).get("/").content.decode()
    MeetingFactory(body=group, date=date(2026, 5, 12), stage=Stage.PLANNED)
    assert said not in signed_in(chair).get("/").content.decode()


# ---- How much it asks of the database


@pytest.mark.parametrize("number", [1, 9])
def test_home_and_the_planned_meeting_ask_no_oftener(
    planned, to_the_group, ally, signed_in, django_assert_num_queries, number
):
    for one in range(number):
        to_the_group(f"Project {one}")
        AgendaItemFactory(
            meeting=planned, about_project=to_the_group(f"Other {one}").about, purpose="decision"
        )
    client = signed_in(ally)
    client.get("/")
    with django_assert_num_queries(10):
        client.get("/")
    with django_assert_num_queries(11):
        client.get(planned.get_absolute_url())
