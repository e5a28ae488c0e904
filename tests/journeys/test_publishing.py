"""From a draft to published notes: one paragraph withheld, one line said by nobody, read by everybody."""

import re
from datetime import date

import pytest

from meetings.models import Publication, Stage
from tests.factories import AgendaItemFactory, AttendanceFactory, MeetingFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTES = (
    "- Ada: her mother is unwell\n- Bel noted that the hall is too small\n- The group agreed to meet in May"
)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_team_publishes_notes_with_a_gap_and_a_line_that_nobody_is_named_for(record, browse, javascript):
    team = record.accounts["team"]
    meeting = MeetingFactory(
        body=record.accounts["ally"].person.appointments.get().body,
        date=date(2026, 1, 20),
        stage=Stage.DRAFT,
    )
    AgendaItemFactory(meeting=meeting, position=0, title="The hall", notes=NOTES)
    AttendanceFactory(meeting=meeting, person=team.person, position=0)

    page = browse(team, meeting.get_absolute_url(), java_script_enabled=javascript)
    page.get_by_role("link", name="The way of these notes").click()
    page.get_by_role("button", name="Circulate the notes").click()
    page.get_by_role("link", name="Get them ready, and publish them").click()

    page.get_by_role("button", name=re.compile("Withhold ?: Ada: her mother")).click()
    page.get_by_role("link", name="Choose why first").click()
    page.get_by_label("Why, for what you withhold").select_option(label="Personal")
    page.get_by_role("button", name=re.compile("Withhold ?: Ada: her mother")).click()
    page.get_by_text("A paragraph is withheld: personal.", exact=True).wait_for()
    page.get_by_role("button", name=re.compile("Said by nobody ?: Bel noted")).click()
    page.get_by_text("Somebody noted that the hall is too small").wait_for()

    page.get_by_role("link", name="Read them as everybody will").click()
    page.get_by_role("heading", name="Meeting notes").wait_for()
    assert "her mother" not in page.content()
    page.go_back()
    page.get_by_role("button", name="Publish the notes").click()
    page.get_by_text("Everybody can read them at http").wait_for()

    everybody = browse(None, "/", java_script_enabled=javascript)
    everybody.get_by_role("link", name="open to everybody").click()
    everybody.get_by_role("link", name="Tuesday 20 January 2026").click()
    body = everybody.locator(".document__body").inner_text()
    for told in (
        "A paragraph is withheld: personal.",
        "Somebody noted that the hall is too small",
        "The group agreed to meet in May",
        Publication.objects.get(meeting=meeting).version.hash,
    ):
        assert told in body
    for kept in ("her mother", "Ada:", "Bel noted"):
        assert kept not in body
    assert everybody.context.cookies() == []
