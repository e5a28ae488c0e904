"""What a save of notes costs beside one small write, how that grows with the notes, and what followers cost."""

import statistics
import sys
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from meetings.models import AgendaItem, LiveNotes
from meetings.services.minutes import let_follow
from tests.benchmarks.test_speed import Times, beside, side_by_side
from tests.factories import AgendaItemFactory, AttendanceFactory, MeetingFactory

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db, pytest.mark.urls("tests.benchmarks.urls")]

FEW, MANY = 100, 5_000  # words
MARKED = 50  # words to a marked line: a hundred of them in five thousand
FOLLOWERS = 50
POLLED_EVERY = 4.0  # seconds: templates/meetings/workspace/live.html
SAVED_EVERY = 1.2  # seconds, by somebody who pauses after each line: PAUSE of workspace.js
# DESIGN §10: "the time of one small write, parsing included". Both go through the same middleware and sign-in.
MOST_OF_A_SMALL_WRITE = 3.0


def notes_of(words: int) -> str:
    """Notes of so many words: of each fifty, ten are an action with its owner and deadline, forty are talk."""
    action = "ACTION: Bel to read part {} aloud by 3 June 2026"
    talk = "Bel said what the guide is for, and who would read it first, and why."
    lines = []
    for number in range(words // MARKED):
        lines += [action.format(number), *([talk] * ((MARKED - 10) // len(talk.split())))]
    left = words - sum(len(line.split()) for line in lines)
    return "\n".join([*lines, " ".join(["word"] * left)])


@pytest.fixture
def item(group, called) -> AgendaItem:
    meeting = MeetingFactory(body=group)
    for name in ("Bel Marsh", "Wren Ashdown", "Grace Holt"):
        AttendanceFactory(meeting=meeting, person=called(name))
    return AgendaItemFactory(meeting=meeting)


def saving(client: Client, item: AgendaItem, words: int) -> Callable[[], None]:
    """Save notes of so many words with one more word each time, as somebody who goes on typing."""
    address = reverse("meetings:save_notes", args=[item.meeting_id, item.pk])
    notes, version = notes_of(words), item.version

    def save() -> None:
        nonlocal notes, version
        notes += " more"
        answer = client.post(
            address, {"notes": notes, "base": version}, headers={"accept": "application/json"}
        )
        assert answer.status_code == 200
        version = answer.json()["version"]

    return save


def test_a_save_beside_one_small_write(client, team, group, item, capsys):
    client.force_login(team)
    other = AgendaItemFactory(meeting=item.meeting)
    times = side_by_side(
        {
            "one small write": lambda: _write(client, item),
            f"{FEW} words": saving(client, other, FEW),
            f"{MANY} words": saving(client, item, MANY),
        }
    )
    assert item.mentions.count() == MANY // MARKED

    with capsys.disabled():
        sys.stdout.write(_table(times, "one small write"))
    assert beside(times, f"{FEW} words", "one small write") <= MOST_OF_A_SMALL_WRITE


def test_fifty_followers_cost_less_than_one_writer(client, team, account_of, group, item, capsys):
    client.force_login(team)
    let_follow(by=team, meeting=item.meeting, on=True)
    follower = Client()
    follower.force_login(account_of(group))
    save = saving(client, item, MANY)
    save()
    live, *beside_the_notes = (
        reverse("meetings:live", args=[item.meeting_id]),
        reverse("meetings:picked_up", args=[item.meeting_id, item.pk]),
        reverse("meetings:as_it_reads", args=[item.meeting_id, item.pk]),
    )
    seen = 0

    def poll() -> None:
        answer = follower.get(live, {"seen": seen})
        assert (answer.status_code, answer.content) == (204, b"")

    def write() -> None:
        nonlocal seen
        save()
        for part in beside_the_notes:
            assert client.get(part, headers={"HX-Request": "true"}).status_code == 200
        seen = LiveNotes.objects.get(meeting=item.meeting).revision

    times = side_by_side({"a writer": write, "a poll": poll})
    followers = FOLLOWERS / POLLED_EVERY * beside(times, "a poll", "a writer") * SAVED_EVERY
    with capsys.disabled():
        sys.stdout.write(_table(times, "a writer"))
        sys.stdout.write(f"  {FOLLOWERS} followers beside one writer, in the same time: {followers:.2f}\n")
    assert followers < 1


def _write(client: Client, item: AgendaItem) -> None:
    assert client.post(f"/bare/{item.meeting_id}/").status_code == 204


def _table(times: Times, other: str) -> str:
    lines = [f"\n{connection.vendor}: median, milliseconds, and beside {other}"]
    for name in times:
        lines.append(
            f"  {name:16} {statistics.median(times[name]) * 1000:7.1f}   {beside(times, name, other):6.2f}"
        )
    return "\n".join(lines) + "\n"
