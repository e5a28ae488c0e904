"""Words are sent as the person who typed them and nobody else, and leave the browser at sign-out."""

import pytest
from django.contrib.sessions.models import Session

from meetings.models import Revision
from tests.barriers import barriers
from tests.journeys.notes.desk import (
    is_kept,
    kept_in,
    notes_box,
    notes_of,
    press_sign_out,
    put_at_end,
    saved,
    says,
    sign_in,
    type_at_end,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_words_typed_after_the_sign_in_lapsed_go_through_after_the_next(workspace, address, team, item):
    page = workspace(team)
    Session.objects.all().delete()
    put_at_end(page, "Signed out without knowing")
    page.get_by_text("You were signed out. Keep typing.").first.wait_for()
    page.get_by_role("link", name="Sign in, in a new tab").wait_for()
    assert notes_of(item) == ""
    is_kept(page, "Signed out without knowing")

    sign_in(page.context, address, team)
    saved(page)
    assert notes_of(item) == "Signed out without knowing"
    assert Revision.objects.get(item=item).by == team


def test_words_are_never_sent_as_somebody_else(workspace, address, team, second_team, item):
    page = workspace(team)
    page.context.set_offline(True)
    put_at_end(page, "Mine alone")
    says(page, "Not saved")
    sign_in(page.context, address, second_team)
    page.context.set_offline(False)
    page.get_by_text("Somebody else is signed in now.").first.wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_text("Somebody else’s words wait in this browser.").wait_for()
    assert notes_box(other).input_value() == ""
    put_at_end(other, "The words of the second")
    saved(other)
    assert notes_of(item) == "The words of the second"
    assert list(Revision.objects.values_list("by", flat=True)) == [second_team.pk]
    is_kept(page, "Mine alone")
    other.close()

    sign_in(page.context, address, team)
    page.locator("#conflict").wait_for()
    assert Revision.objects.get(notes="Mine alone").by == team
    assert notes_of(item) == "The words of the second"


def test_a_page_that_wakes_notices_that_it_was_signed_out(workspace, team):
    page = workspace(team, nap=0)
    Session.objects.all().delete()
    told = page.get_by_text("You were signed out. Keep typing.").first

    def woken() -> bool:
        page.evaluate("dispatchEvent(new Event('focus'))")
        return told.is_visible()

    until(page, woken)


def test_signing_out_leaves_no_words_behind(workspace, team, item):
    page = workspace(team, pause=5000)
    type_at_end(page, "One last line")
    is_kept(page, "One last line")
    press_sign_out(page)
    page.wait_for_url("**/sign-in/**")

    assert notes_of(item) == "One last line"
    assert kept_in(page) == {}


def test_signing_out_asks_before_it_loses_words(workspace, team, item):
    page = workspace(team)
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Not gone yet")
    says(page, "Not saved")
    press_sign_out(page)
    page.get_by_text("Some of your words are not saved yet.").wait_for()
    is_kept(page, "Not gone yet")
    page.get_by_role("button", name="Stay, and keep them").click()
    is_kept(page, "Not gone yet")
    press_sign_out(page)
    page.get_by_role("button", name="Sign out and lose them").click()
    page.wait_for_url("**/sign-in/**")

    assert kept_in(page) == {}
    assert notes_of(item) == ""


def test_signing_out_on_another_page_sees_to_the_words_first(workspace, address, team, item):
    page = workspace(team)
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Left behind")
    is_kept(page, "Left behind")
    page.goto(f"{address}/actions/")
    press_sign_out(page)
    page.get_by_text("Some of your words are not saved yet.").wait_for()
    assert notes_box(page).input_value() == "Left behind"
    page.unroute("**/save/")
    press_sign_out(page)
    page.wait_for_url("**/sign-in/**")

    assert kept_in(page) == {}
    assert notes_of(item) == "Left behind"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_what_is_said_when_words_wait_has_no_barrier(workspace, team, width):
    page = workspace(team)
    page.set_viewport_size({"width": width, "height": 800})
    page.route("**/save/", lambda route: route.abort())
    type_at_end(page, "Waiting")
    says(page, "Not saved")
    page.evaluate("() => document.querySelector('form[action$=\"/sign-out/\"]').requestSubmit()")
    page.get_by_text("Some of your words are not saved yet.").wait_for()

    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("#announce").inner_text().startswith("The connection is lost. Keep typing.")
