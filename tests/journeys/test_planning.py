"""The core team plans a meeting and adds a paper to it."""

from datetime import date, time

import pytest
from playwright.sync_api import expect

from meetings.models import Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_team_plans_a_meeting_and_adds_a_paper(record, browse, javascript):
    page = browse(record.accounts["team"], "/meetings/", java_script_enabled=javascript)
    page.get_by_role("link", name="Plan a meeting").first.click()
    page.get_by_label("Whose meeting").select_option(label="Allies Group")
    page.get_by_label("Day").fill("5")
    page.get_by_label("Month").fill("5")
    page.get_by_label("Year").fill("2026")
    page.get_by_label("Starts at").fill("11:00")
    page.get_by_label("Ends at").fill("13:00")
    page.get_by_label("Place").fill("The hall")
    page.get_by_role("button", name="Plan the meeting").click()
    assert "Tuesday 5 May 2026, 11:00 to 13:00" in page.locator(".lead").inner_text()

    page.get_by_role("link", name="Add a paper").click()
    page.get_by_label("Name of the paper").fill("Income report")
    page.get_by_label("For which item").select_option(label="Progress and risk report")
    page.get_by_label("File").set_input_files(
        {"name": "income.txt", "mimeType": "text/plain", "buffer": b"What came in, and from whom."}
    )
    page.get_by_role("button", name="Add the paper").click()
    page.get_by_role("link", name="Income report", exact=True).wait_for()

    meeting = Meeting.objects.get(date=date(2026, 5, 5))
    paper = meeting.papers.get()
    assert (meeting.starts, meeting.ends, meeting.place) == (time(11), time(13), "The hall")
    assert (paper.title, paper.item.title, paper.file.read()) == (
        "Income report",
        "Progress and risk report",
        b"What came in, and from whom.",
    )
    paper.file.close()


def test_what_is_missing_is_asked_for_at_its_field(record, browse):
    page = browse(record.accounts["team"], "/meetings/plan/")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("4")
    page.get_by_label("Year").fill("2026")
    page.get_by_role("button", name="Plan the meeting").click()
    expect(page.locator(".errors")).to_be_focused()
    page.locator(".errors a").first.click()
    expect(page.get_by_label("Day")).to_be_focused()
    assert page.get_by_label("Day").input_value() == "31"
