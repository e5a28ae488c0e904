"""Bringing in a set of notes and correcting two matches, in a real browser, with and without JavaScript."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from actions.models import Action
from allies.models import OtherName, Person
from meetings.models import Meeting, Mention
from tests.barriers import barriers
from tests.factories import AccountFactory, AlliesGroupFactory, AppointmentFactory, CoreTeamFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTES = (Path(__file__).parent.parent / "samples" / "hall-2025-03-11.txt").read_text()
SMALL, LARGE = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
def open_page(chromium, django_db_setup, live_server):
    """Open a page as the core team, at a size, with or without JavaScript."""
    AlliesGroupFactory()
    account = AccountFactory()
    AppointmentFactory(person=account.person, body=CoreTeamFactory(), post="core_team")
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_at(path: str, *, viewport: dict[str, int], javascript: bool):
        context = chromium.new_context(viewport=viewport, java_script_enabled=javascript)
        contexts.append(context)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(f"{live_server.url}{path}")
        return page

    yield open_at
    for context in contexts:
        context.close()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("viewport", [LARGE, SMALL], ids=["wide", "narrow"])
def test_notes_come_in_and_two_matches_are_corrected(open_page, viewport, javascript):
    page = open_page("/meetings/import/", viewport=viewport, javascript=javascript)
    page.get_by_label("Paste the notes").fill(NOTES)
    page.get_by_role("button", name="See what was understood").click()
    assert page.get_by_role("heading", level=1).inner_text() == "What was understood"

    names = page.get_by_role("region", name="Who is meant")
    vero = names.get_by_role("listitem").filter(has_text="“Vero”")
    vero.get_by_label("Who is it?").select_option(label="Veronica Tindall-Moss (may be the long form)")
    remarks = page.get_by_role("region", name="Marked ACTION in the notes")
    register = remarks.get_by_role("listitem").filter(has_text="Vero to upgrade our register")
    register.get_by_label("Which action is it?").select_option(index=1)
    page.get_by_role("button", name="Save these notes as a draft").click()

    assert page.get_by_role("heading", level=1).inner_text() == "Settle what was left open"
    veronica = Person.objects.get(full_name="Veronica Tindall-Moss")
    assert OtherName.objects.get(person=veronica).name == "Vero"
    assert veronica.assignments.count() == 4
    assert Mention.objects.get(text__startswith="Vero to upgrade").action.text.startswith("Upgrade")
    assert (Meeting.objects.count(), Action.objects.count()) == (1, 5)


@pytest.mark.parametrize(
    "viewport", [LARGE, SMALL, {"width": 320, "height": 700}], ids=["wide", "narrow", "least"]
)
def test_the_pages_have_no_barrier_and_no_sideways_scrolling(open_page, viewport):
    page = open_page("/meetings/import/", viewport=viewport, javascript=True)
    assert barriers(page) == []
    page.get_by_label("Paste the notes").fill(NOTES)
    page.get_by_role("button", name="See what was understood").click()
    for summary in page.locator(".review__fold > summary").all()[:3]:
        summary.click()

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_error_takes_the_focus_and_keeps_what_was_typed(open_page):
    page = open_page("/meetings/import/", viewport=LARGE, javascript=True)
    page.get_by_label("Paste the notes").fill(NOTES)
    page.get_by_role("button", name="See what was understood").click()
    page.get_by_label("Month", exact=True).fill("13")
    page.get_by_label("Place", exact=True).fill("The kitchen")
    page.get_by_role("button", name="Save these notes as a draft").click()

    expect(page.locator(".errors")).to_be_focused()
    assert page.get_by_label("Place", exact=True).input_value() == "The kitchen"
    assert not Meeting.objects.exists()
