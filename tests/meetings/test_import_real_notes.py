"""The group's own notes, read from where they lie. They name real people: nothing of them stands here."""

import json
import os
from datetime import date, time
from pathlib import Path

import pytest

from actions.models import Action
from allies.models import OPERATOR
from meetings.models import Meeting, MentionPlace, Stage
from meetings.models.lists import also_open, carried_into, listed_in
from tests.factories import AlliesGroupFactory, CoreTeamFactory, MeetingFactory
from tests.form_reader import read_form
from tests.meetings.importing import clear_the_record, import_notes, the_record

NOTES = Path(__file__).parent.parent.parent.parent / "shared" / "notes"
OLDER, NEWER = "2021-11-08", "2025-11-19"

if not NOTES.is_dir() and os.environ.get("ALLIES_REQUIRE_SHARED") == "1":
    pytest.fail(f"The group's notes are not at {NOTES}.", pytrace=False)
pytestmark = pytest.mark.skipif(not NOTES.is_dir(), reason="the group's own notes are not beside the project")


def path_of(day: str) -> Path:
    return NOTES / f"{day}.txt"


def expected(day: str) -> list[dict]:
    return json.loads((NOTES / "expected" / f"{day}.json").read_text())["actions"]


def by_command(day: str) -> None:
    assert import_notes(path_of(day))[0] in {0, 1}


@pytest.fixture
def bring_in(request, signed_in, team):
    """Bring in notes of a day, by the command line or by the browser."""
    if request.param == "command":
        return by_command
    client = signed_in(team)

    def by_browser(day: str) -> None:
        page = client.post("/meetings/import/", {"text": path_of(day).read_text(), "step": "look"})
        assert page.status_code == 200
        fields = read_form(page.content.decode(), "review")[0]
        assert client.post("/meetings/import/", fields | {"step": "save"}).status_code == 302

    return by_browser


WAYS = pytest.mark.parametrize("bring_in", ["command", "browser"], indirect=True)
ORDERS = pytest.mark.parametrize("days", [(OLDER, NEWER), (NEWER, OLDER)], ids=["in order", "newer first"])


@WAYS
@ORDERS
def test_the_planned_meeting_carries_sixteen_each_with_its_own_words_owners_and_deadline(
    today, group, core_team, bring_in, days
):
    planned = MeetingFactory(
        body=group, date=date(2026, 2, 10), starts=time(11), ends=time(13), stage=Stage.PLANNED
    )
    for day in days:
        bring_in(day)
    carried = list(carried_into(planned, OPERATOR).with_owners())
    rows = [*expected(OLDER), *expected(NEWER)]
    found = {
        action.text: (
            sorted(owner.as_written for owner in action.owners),
            action.deadline_words,
        )
        for action in carried
    }

    assert len(carried) == 16
    assert {row["text"] for row in rows} == set(found)
    for row in rows:
        owners, deadline = found[row["text"]]
        assert owners == sorted(row["owners"])
        assert deadline == (row["deadline"] or {}).get("as_written", "")
    spoken_of = {row["text"] for row in expected(NEWER)}
    unspoken = [action for action in carried if action.text not in spoken_of]
    assert len(unspoken) == 7
    assert {action.agreed_on for action in unspoken} == {date(2021, 11, 8)}
    assert not any(action.mentions.filter(meeting__date=NEWER).exists() for action in unspoken)
    assert not any(action.stands for action in carried)


@WAYS
@ORDERS
def test_the_meeting_of_november_2025_shows_its_own_five_and_four_and_the_seven_apart(
    today, group, core_team, bring_in, days
):
    for day in days:
        bring_in(day)
    meeting = Meeting.objects.get(date=NEWER)
    of = {
        section: [row["text"] for row in expected(NEWER) if row["section"] == section]
        for section in ("agreed", "carried")
    }

    assert [one.text for one in listed_in(meeting, MentionPlace.AGREED, OPERATOR)] == of["agreed"]
    assert [one.text for one in listed_in(meeting, MentionPlace.CARRIED, OPERATOR)] == of["carried"]
    assert (len(of["agreed"]), len(of["carried"])) == (5, 4)
    assert sorted(one.text for one in also_open(meeting, OPERATOR)) == sorted(
        row["text"] for row in expected(OLDER)
    )


def test_the_page_of_november_2025_shows_the_same(today, group, core_team, signed_in, team):
    by_command(OLDER)
    by_command(NEWER)
    client = signed_in(team)
    html = client.get(Meeting.objects.get(date=NEWER).get_absolute_url()).content.decode()

    assert "Open in our record, not in these notes" in html
    before, _, after = html.partition('id="also-open"')
    assert before and after
    assert client.get(f"/meetings/{Meeting.objects.get(date=NEWER).pk}/settle/").status_code == 200


def test_both_orders_make_the_same_record(db, group, core_team):
    by_command(OLDER)
    by_command(NEWER)
    forward = the_record()
    clear_the_record()
    AlliesGroupFactory()
    CoreTeamFactory()
    by_command(NEWER)
    by_command(OLDER)

    assert the_record() == forward


def test_both_again_change_nothing(db):
    by_command(OLDER)
    by_command(NEWER)
    before = the_record()
    code, out, _ = import_notes(path_of(OLDER), path_of(NEWER))

    assert (code, out.count("Nothing changed")) == (0, 2)
    assert the_record() == before
    assert Action.objects.count() == 16
