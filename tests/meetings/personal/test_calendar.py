"""Somebody's own calendar, read with a library that did not write it."""

import logging
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from actions.services.updating import record_update
from actions.statuses import Status
from allies import clock
from allies.logs import WithoutSecrets
from allies.models import Account, CalendarAddress, Post
from allies.services.accounts import close_account, sign_out_everywhere
from allies.services.calendars import end_calendar_address, renew_calendar_address
from meetings.models import Stage
from meetings.services.planning import call_off
from tests.factories import (
    AccountFactory,
    ActionFactory,
    AppointmentFactory,
    AssignmentFactory,
    BodyFactory,
    MeetingFactory,
    ProjectFactory,
    UpdateFactory,
    WithholdingFactory,
)

LONDON = ZoneInfo("Europe/London")


def read(response):
    """The calendar, parsed by vobject."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(response.content.decode())


def entries(calendar, kind):
    return {entry.uid.value: entry for entry in calendar.contents.get(kind, [])}


@pytest.fixture
def calendar_of(signed_in):
    return lambda account: read(signed_in(account).get("/calendar.ics"))


def test_a_meeting_says_when_and_where_with_the_time_zone_told(ally, coming, calendar_of):
    calendar = calendar_of(ally)
    (event,) = calendar.contents["vevent"]
    assert event.dtstart.value == datetime(2026, 2, 10, 11, tzinfo=LONDON)
    assert event.dtend.value == datetime(2026, 2, 10, 13, tzinfo=LONDON)
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Europe/London"]
    assert [zone.tzid.value for zone in calendar.contents["vtimezone"]] == ["Europe/London"]
    assert event.location.value == "The library"
    assert event.status.value == "CONFIRMED"
    assert event.summary.value == "Allies Group"
    assert event.url.value == f"http://testserver/meetings/{coming.pk}/"
    assert event.uid.value == f"meeting-{coming.pk}@testserver"


@pytest.mark.parametrize("day", [date(2026, 3, 28), date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)])
def test_the_time_zone_as_told_is_the_one_of_london_on_both_sides_of_the_change(
    ally, group, calendar_of, day
):
    MeetingFactory(body=group, date=day, stage=Stage.PLANNED, starts="11:00")
    (event,) = calendar_of(ally).contents["vevent"]
    assert (
        event.dtstart.value.utcoffset()
        == datetime(day.year, day.month, day.day, 11, tzinfo=LONDON).utcoffset()
    )


def test_a_meeting_without_a_time_is_a_whole_day(ally, group, calendar_of):
    MeetingFactory(body=group, date=date(2026, 3, 3), stage=Stage.PLANNED)
    (event,) = calendar_of(ally).contents["vevent"]
    assert event.dtstart.value == date(2026, 3, 3)
    assert "dtend" not in event.contents


def test_what_is_called_off_stays_as_cancelled_under_the_same_id_with_a_higher_sequence(
    ally, team, coming, calendar_of
):
    (before,) = calendar_of(ally).contents["vevent"]
    call_off(by=team, meeting=coming, reason="Snow.")
    (after,) = calendar_of(ally).contents["vevent"]
    assert (before.status.value, after.status.value) == ("CONFIRMED", "CANCELLED")
    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) == int(before.sequence.value) + 1
    assert after.last_modified.value >= before.last_modified.value
    assert "Called off: Snow." in after.description.value


def test_an_action_is_a_task_with_a_day_only_where_it_has_one(ally, group, calendar_of):
    dated = ActionFactory(
        body=group, text="Book the hall", deadline_kind="date", deadline_words="31 Jan 2026",
        deadline_date="2026-01-31", due_on=date(2026, 1, 31),
    )  # fmt: skip
    whenever = ActionFactory(
        body=group, text="Keep an ear open", deadline_kind="ongoing", deadline_words="Ongoing"
    )
    for action in (dated, whenever):
        AssignmentFactory(action=action, person=ally.person)
    found = entries(calendar_of(ally), "vtodo")
    book, keep = found[f"action-{dated.pk}@testserver"], found[f"action-{whenever.pk}@testserver"]
    assert (book.summary.value, book.due.value) == ("Book the hall", date(2026, 1, 31))
    assert "due" not in keep.contents
    assert "Deadline as written: Ongoing" in keep.description.value


def test_what_nobody_confirmed_to_stand_has_no_day_that_would_call_it_late(ally, group, calendar_of):
    old = ActionFactory(
        body=group, stands=False, brought_in=True, deadline_kind="date", deadline_words="1 Jan 2022",
        deadline_date="2022-01-01", due_on=date(2022, 1, 1),
    )  # fmt: skip
    AssignmentFactory(action=old, person=ally.person)
    (todo,) = calendar_of(ally).contents["vtodo"]
    assert "due" not in todo.contents


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("", "NEEDS-ACTION"),
        (Status.TODO, "NEEDS-ACTION"),
        (Status.WAITING, "IN-PROCESS"),
        (Status.IN_PROGRESS, "IN-PROCESS"),
        (Status.DONE, "COMPLETED"),
        (Status.LET_GO, "CANCELLED"),
    ],
)
def test_a_status_is_said_in_the_words_of_calendars(ally, group, calendar_of, status, said):
    closed_on = date(2026, 1, 20) if status in {Status.DONE, Status.LET_GO} else None
    action = ActionFactory(body=group, status=status, closed_on=closed_on)
    AssignmentFactory(action=action, person=ally.person)
    (todo,) = calendar_of(ally).contents["vtodo"]
    assert todo.status.value == said


def test_an_update_raises_the_sequence_of_its_task(ally, group, calendar_of):
    action = ActionFactory(body=group)
    AssignmentFactory(action=action, person=ally.person)
    (before,) = calendar_of(ally).contents["vtodo"]
    record_update(
        by=ally,
        action=action,
        status=Status.IN_PROGRESS,
        note="Rang them.",
        on=clock.today(),
    )
    (after,) = calendar_of(ally).contents["vtodo"]
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.status.value == "IN-PROCESS"


def test_only_ones_own_meetings_and_actions_are_in_it(ally, group, calendar_of):
    elsewhere = BodyFactory()
    MeetingFactory(body=elsewhere, date=date(2026, 2, 12), stage=Stage.PLANNED)
    ActionFactory(body=group, text="Somebody else's")
    stopped = ActionFactory(body=group, text="Mine no more")
    AssignmentFactory(action=stopped, person=ally.person, until=date(2026, 1, 5))
    calendar = calendar_of(ally)
    assert "vevent" not in calendar.contents
    assert "vtodo" not in calendar.contents


def test_the_core_team_has_the_meetings_of_every_group(team, coming, calendar_of):
    assert len(calendar_of(team).contents["vevent"]) == 1


def test_what_is_withheld_from_somebody_is_left_out(ally, group, calendar_of):
    project = ProjectFactory()
    kept, open_to_all = ActionFactory(body=group, about_project=project), ActionFactory(body=group)
    for action in (kept, open_to_all):
        AssignmentFactory(action=action, person=ally.person)
    WithholdingFactory(person=ally.person, about_project=project)
    assert set(entries(calendar_of(ally), "vtodo")) == {f"action-{open_to_all.pk}@testserver"}


# ---- The personal address


@pytest.fixture
def feed_of():
    def address(account: Account) -> str:
        return reverse("calendar:feed", args=[renew_calendar_address(by=account).secret])

    return address


def test_the_address_gives_the_same_calendar_to_whoever_has_it_without_a_cookie(
    ally, coming, feed_of, signed_in
):
    stranger = Client()
    by_address = stranger.get(feed_of(ally))
    assert by_address.content == signed_in(ally).get("/calendar.ics").content
    assert not stranger.cookies
    assert by_address["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_an_address_has_256_bits_and_stands_nowhere_in_the_database(ally, feed_of):
    address = renew_calendar_address(by=ally)
    assert len(address.secret) == 43
    values = CalendarAddress.objects.values_list("seed", "digest").get()
    assert address.secret not in values


def test_another_site_key_makes_an_address_unreadable_and_not_wrong(ally, settings):
    address = renew_calendar_address(by=ally)
    settings.SECRET_KEY = "another key of the same site, after an accident"
    assert CalendarAddress.objects.get(pk=address.pk).secret == ""


def ended_by_renewing(ally: Account, team: Account) -> None:
    renew_calendar_address(by=ally)


def ended_by_switching_off(ally: Account, team: Account) -> None:
    end_calendar_address(by=ally)


def ended_by_signing_out_everywhere(ally: Account, team: Account) -> None:
    sign_out_everywhere(by=ally)


def ended_with_the_account(ally: Account, team: Account) -> None:
    close_account(by=team, account=ally)


@pytest.mark.parametrize(
    "end",
    [ended_by_renewing, ended_by_switching_off, ended_by_signing_out_everywhere, ended_with_the_account],
)
def test_an_address_ends(ally, team, feed_of, end):
    address = feed_of(ally)
    end(ally, team)
    assert Client().get(address).status_code == 404


def test_a_closed_account_gives_nothing_whoever_closed_it(ally, feed_of):
    address = feed_of(ally)
    Account.objects.filter(pk=ally.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_somebody_whose_time_is_over_has_an_empty_calendar(former_chair, coming, feed_of):
    calendar = read(Client().get(feed_of(former_chair)))
    assert set(calendar.contents) & {"vevent", "vtodo"} == set()


def test_what_has_not_changed_is_not_sent_again(ally, team, coming, feed_of):
    address = feed_of(ally)
    etag = Client().get(address)["ETag"]
    again = Client().get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    call_off(by=team, meeting=coming, reason="Snow.")
    assert Client().get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_the_feed_asks_five_queries_however_much_is_in_it(
    ally, group, feed_of, rows, django_assert_num_queries
):
    for number in range(rows):
        MeetingFactory(body=group, date=date(2026, 3, number + 1), stage=Stage.PLANNED)
        action = ActionFactory(body=group)
        AssignmentFactory(action=action, person=ally.person)
        UpdateFactory(action=action)
    address = feed_of(ally)
    with django_assert_num_queries(5):
        calendar = read(Client().get(address))
    assert (len(calendar.contents["vevent"]), len(calendar.contents["vtodo"])) == (rows, rows)


def test_no_log_line_holds_the_secret_of_an_address_that_ended(ally, feed_of, caplog):
    address = feed_of(ally)
    end_calendar_address(by=ally)
    caplog.handler.addFilter(WithoutSecrets())
    with caplog.at_level(logging.DEBUG):
        Client().get(address)
    assert [record.getMessage() for record in caplog.records if record.name == "django.request"] == [
        "Not Found: /calendar/(secret).ics"
    ]
    assert address not in caplog.text


def test_the_trace_of_a_failure_does_not_hold_it_either():
    secret = "n0t-A_real" * 4
    try:
        raise ValueError(f"/calendar/{secret}.ics")
    except ValueError as error:
        failure = (ValueError, error, error.__traceback__)
        line = logging.LogRecord("x", logging.ERROR, __file__, 1, "/calendar/%s.ics", (secret,), failure)
    assert WithoutSecrets().filter(line)
    assert secret not in logging.Formatter().format(line)


# ---- The page


def test_the_page_offers_an_address_and_shows_it_once_it_is_made(ally, signed_in):
    client = signed_in(ally)
    assert "You have no address yet." in client.get("/calendar/").text
    assert client.post("/calendar/renew/").url == "/calendar/"
    secret = CalendarAddress.objects.get(account=ally).secret
    page = client.get("/calendar/").text
    assert f'value="http://testserver/calendar/{secret}.ics"' in page
    assert f'href="webcal://testserver/calendar/{secret}.ics"' in page
    client.post("/calendar/end/")
    assert not CalendarAddress.objects.exists()


def test_nobody_renews_or_ends_somebody_elses(ally, feed_of, signed_in):
    address = feed_of(ally)
    other = signed_in(AccountFactory())
    other.post("/calendar/renew/")
    other.post("/calendar/end/")
    assert Client().get(address).status_code == 200


def test_the_page_of_a_member_of_two_groups_asks_few_queries(ally, signed_in, django_assert_max_num_queries):
    AppointmentFactory(person=ally.person, body=BodyFactory(), post=Post.MEMBER)
    client = signed_in(ally)
    with django_assert_max_num_queries(12):
        client.get("/calendar/")
