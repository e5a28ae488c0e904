"""How much longer our pages take than a bare view of the same rows, and how they grow with a hundred times the data."""

import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client

from actions.models import Action, Assignment, Update
from allies.models import Account, Person
from meetings.models import AgendaItem, Attendance, Meeting, Stage

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db, pytest.mark.urls("tests.benchmarks.urls")]

ROUNDS = 41
FEW, MANY = 100, 10_000
# DESIGN §10.
MOST_OF_BARE = 2.0
MOST_GROWTH = 1.25


def fill(body, people: list[Person], count: int) -> None:
    """Write `count` actions over three years, a quarter of them open, each with an owner and an update."""
    start = Action.objects.count()
    first = date(2023, 1, 10)
    actions = [
        Action(
            body=body,
            text=f"Write part {number} of the guide, and read it aloud with those it is for",
            agreed_on=first + timedelta(days=91 * (number % 12)),
            first_seen_on=first,
            deadline_kind="date",
            deadline_words="31 Jan 2026",
            deadline_date="2026-01-31",
            due_on=date(2026, 1, 31),
            status="in_progress" if number % 4 == 0 else "done",
            closed_on=None if number % 4 == 0 else first + timedelta(days=91 * (number % 12) + 30),
            times_carried=number % 5,
        )
        for number in range(start, start + count)
    ]
    Action.objects.bulk_create(actions, batch_size=1000)
    Assignment.objects.bulk_create(
        [
            Assignment(action=action, person=people[number % len(people)], as_written="Somebody")
            for number, action in enumerate(actions)
        ],
        batch_size=1000,
    )
    Update.objects.bulk_create(
        [
            Update(
                action=action,
                status=action.status,
                note="Moved on.",
                on=action.closed_on or date(2025, 12, 1),
            )
            for action in actions
        ],
        batch_size=1000,
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize=0x10002")


def meeting_with_notes(body, people: list[Person]) -> Meeting:
    """A held meeting whose page shows fifty actions agreed, and eight items of notes."""
    meeting = Meeting.objects.create(body=body, date=date(2022, 11, 8), stage=Stage.DRAFT)
    for number, person in enumerate(people):
        Attendance.objects.create(meeting=meeting, person=person, presence="present", position=number)
    lines = "\n".join(f"- {people[0].full_name} said thing {number}." for number in range(12))
    for number in range(8):
        AgendaItem.objects.create(meeting=meeting, position=number + 1, title=f"Item {number}", notes=lines)
    for number in range(50):
        action = Action.objects.create(
            body=body, text=f"Agreed thing {number}", agreed_on=meeting.date, first_seen_on=meeting.date
        )
        Assignment.objects.create(action=action, person=people[number % len(people)], as_written="Somebody")
    return meeting


type Times = dict[str, list[float]]


def side_by_side(calls: dict[str, Callable[[], object]]) -> Times:
    """The seconds of each call in every round, taken in turns so that a busy machine slows all alike."""
    # The embedded database works in this process, so its processor time leaves out what others do on the machine.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times: Times = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(ROUNDS):
        for name, call in calls.items():
            begun = clock()
            call()
            times[name].append(clock() - begun)
    return times


def beside(times: Times, name: str, other: str) -> float:
    """How many times as long as the other a call takes: the median of the rounds, each with its own two times."""
    return statistics.median(one / two for one, two in zip(times[name], times[other], strict=True))


def pace() -> None:
    """Render the bare rows without a database: how fast this machine is at the moment.

    Growth is measured minutes apart, and other work on the machine in between is no growth of ours.
    """
    when = date(2025, 1, 10)
    rows = [
        Action(pk=number, text=f"Write part {number}", agreed_on=when, due_on=when) for number in range(1, 51)
    ]
    render_to_string("bare.html", {"actions": rows})


def test_the_action_list_and_a_meeting_beside_a_bare_view(
    group, account_of, called, client: Client, capsys, today
):
    people = [called(f"Person {number}") for number in range(12)]
    reader: Account = account_of(group)
    client.force_login(reader)
    meeting = meeting_with_notes(group, people)
    paths = {
        "bare": "/bare/",
        "actions": "/actions/",
        "meeting": f"/meetings/{meeting.pk}/",
        # Measured and not held to the bound: the same list with its form open, and as it once stood.
        "looking": "/actions/?look=on",
        "as it stood": "/actions/?on=2025-02-01",
    }
    calls: dict[str, Callable[[], object]] = {"pace": pace}
    calls |= {name: lambda path=path: _get(client, path) for name, path in paths.items()}

    fill(group, people, FEW)
    few = side_by_side(calls)
    fill(group, people, MANY - FEW)
    many = side_by_side(calls)
    grows = {name: beside(many, name, "pace") / beside(few, name, "pace") for name in paths}

    with capsys.disabled():
        sys.stdout.write(_table(paths, few, many, grows))
    for name in ("actions", "meeting"):
        assert beside(many, name, "bare") <= MOST_OF_BARE, name
        assert grows[name] <= MOST_GROWTH, name


def _get(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200, path


def _table(names: Iterable[str], few: Times, many: Times, grows: dict[str, float]) -> str:
    lines = [f"\n{connection.vendor}: median of {ROUNDS}, milliseconds, and beside the bare view"]
    for name in names:
        few_ms, many_ms = (statistics.median(times[name]) * 1000 for times in (few, many))
        lines.append(
            f"  {name:12} {few_ms:7.1f} at {FEW:6}   {many_ms:7.1f} at {MANY:6}"
            f"   {beside(many, name, 'bare'):5.2f} of bare   grows {grows[name]:5.2f}"
        )
    return "\n".join(lines) + "\n"
