"""Following along: others see finished lines, an unchanged poll costs next to nothing, and it ends when told."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from meetings.models import LiveNotes, Stage
from meetings.services.minutes import save_notes
from tests.conftest import TODAY
from tests.factories import AgendaItemFactory, MeetingFactory

ELEVEN = timezone.make_aware(datetime(TODAY.year, TODAY.month, TODAY.day, 11))


@pytest.fixture
def press(client, team, meeting):
    """Post to one of the workspace's addresses, as the core team."""

    def send(name: str, *args: int, **data):
        client.force_login(team)
        return client.post(reverse(f"meetings:{name}", args=[meeting.pk, *args]), data)

    return send


@pytest.fixture
def poll(client, press, meeting, ally):
    """Ask as the page of somebody who follows does: with what the last answer said to ask with."""
    press("follow", on="1")
    client.force_login(ally)
    asks = reverse("meetings:live", args=[meeting.pk]) + f"?seen={LiveNotes.objects.get().revision}"

    def ask():
        nonlocal asks
        answer = client.get(asks)
        if found := re.search(r'hx-get="([^"]+)"', answer.content.decode()):
            asks = found[1].replace("&amp;", "&")
        return answer

    return ask


def at(seconds: float):
    return time_machine.travel(ELEVEN + timedelta(seconds=seconds), tick=False)


def test_following_is_off_until_somebody_turns_it_on(client, press, meeting, item, ally):
    live = reverse("meetings:live", args=[meeting.pk])
    client.force_login(ally)
    assert client.get(live).status_code == 404
    press("follow", on="1")
    client.force_login(ally)
    assert client.get(live).status_code == 200
    assert f'hx-get="{live}' in client.get(meeting.get_absolute_url()).content.decode()
    press("follow", on="0")
    client.force_login(ally)
    assert client.get(live).status_code == 286


def test_an_unchanged_poll_has_no_body_and_one_query_beyond_the_sign_in(
    client, press, meeting, item, team, ally, django_assert_num_queries
):
    press("follow", on="1")
    save_notes(by=team, item=item, notes="One", base=0)
    seen = LiveNotes.objects.get().revision
    client.force_login(ally)
    signing_in = 4
    with django_assert_num_queries(signing_in + 1):
        answer = client.get(reverse("meetings:live", args=[meeting.pk]), {"seen": seen})
    assert (answer.status_code, answer.content) == (204, b"")


def test_only_the_item_that_moved_is_sent(client, press, meeting, item, team, ally):
    other = AgendaItemFactory(meeting=meeting, position=2)
    press("follow", on="1")
    save_notes(by=team, item=other, notes="Before", base=0)
    seen = LiveNotes.objects.get().revision
    save_notes(by=team, item=item, notes="A finished line\n", base=0)
    client.force_login(ally)
    read = client.get(reverse("meetings:live", args=[meeting.pk]), {"seen": seen}).content.decode()
    assert "A finished line" in read
    assert f"live-{other.pk}" not in read


def test_those_who_may_not_read_the_meeting_do_not_follow_it(client, press, meeting, account_of):
    press("follow", on="1")
    elsewhere = MeetingFactory(body__slug="another", body__name="Another").body
    client.force_login(account_of(elsewhere))
    assert client.get(reverse("meetings:live", args=[meeting.pk])).status_code == 404


def test_a_line_that_is_being_typed_is_held_back_until_its_newline(poll, item, team):
    with at(0):
        save_notes(by=team, item=item, notes="Wren began.\nBel sa", base=0)
    with at(2):
        read = poll().content.decode()
        assert ("Wren began." in read, "Bel sa" in read) == (True, False)
    with at(6):
        assert (poll().status_code, poll().content) == (204, b"")
        item.refresh_from_db()
        save_notes(by=team, item=item, notes="Wren began.\nBel said so.\n", base=item.version)
    with at(8):
        assert "Bel said so." in poll().content.decode()


def test_a_line_that_is_gone_on_with_is_seen_as_it_was_left(poll, item, team):
    saved = [(0, "Wren began.\nBel agreed.\nAll"), (30, "Wren began.\nBel agreed wi\nAll")]
    for second, notes in saved:
        with at(second):
            item.refresh_from_db()
            save_notes(by=team, item=item, notes=notes, base=item.version)
    with at(31):
        read = poll().content.decode()
        assert ("Bel agreed." in read, "Bel agreed wi" in read, "All" in read) == (True, False, True)
    with at(51):
        assert "Bel agreed wi" in poll().content.decode()


def test_a_line_that_nobody_goes_on_with_appears_though_nothing_moved(
    poll, item, team, django_assert_num_queries
):
    with at(0):
        save_notes(by=team, item=item, notes="The last word", base=0)
    with at(1):
        assert "The last word" not in poll().content.decode()
    signing_in = 4
    with at(19), django_assert_num_queries(signing_in + 1):
        assert poll().status_code == 204
    with at(22):
        assert "The last word" in poll().content.decode()
    with at(26), django_assert_num_queries(signing_in + 1):
        assert poll().status_code == 204


def test_a_line_is_finished_once_its_writer_goes_on_in_another_item(poll, meeting, item, team):
    other = AgendaItemFactory(meeting=meeting, position=2)
    with at(0):
        save_notes(by=team, item=item, notes="Without an end", base=0)
    with at(1):
        assert "Without an end" not in poll().content.decode()
    with at(3):
        save_notes(by=team, item=other, notes="Next item", base=0)
    with at(4):
        read = poll().content.decode()
        assert ("Without an end" in read, "Next item" in read) == (True, False)


def test_the_page_that_is_opened_meanwhile_waits_for_the_line_too(client, poll, meeting, item, team):
    with at(0):
        save_notes(by=team, item=item, notes="Wren began.\nBel sa", base=0)
    with at(1):
        read = client.get(meeting.get_absolute_url()).content.decode()
    assert ("Wren began." in read, "Bel sa" in read) == (True, False)
    asks = re.search(r'hx-get="([^"]+live[^"]+)"', read)[1].replace("&amp;", "&")
    with at(10):
        assert client.get(asks).status_code == 204
    with at(25):
        assert "Bel sa" in client.get(asks).content.decode()


@pytest.mark.parametrize("asked", ["seen=x", "seen=0&held=a,,9999999&until=b", "seen=0&held=1&until=-4"])
def test_a_question_that_makes_no_sense_is_answered_with_what_there_is(client, poll, meeting, item, asked):
    assert client.get(reverse("meetings:live", args=[meeting.pk]) + f"?{asked}").status_code == 200


def test_a_meeting_that_is_only_planned_is_not_followed_yet(client, group, team, today):
    planned = MeetingFactory(body=group, date=TODAY, stage=Stage.PLANNED)
    client.force_login(team)
    assert client.get(reverse("meetings:live", args=[planned.pk])).status_code == 404
