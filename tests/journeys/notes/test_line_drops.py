"""The line drops: words stay in the browser, the page says so, and they go through afterwards."""

import pytest

from meetings.models import Revision
from tests.journeys.notes.desk import (
    is_kept,
    kept_in,
    notes_box,
    notes_of,
    nothing_waits,
    put_at_end,
    saved,
    says,
    type_at_end,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Another page of ours took all the room there is.
FILL = """() => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try { for (let i = 0; i < 4; i++) localStorage[`filler${size}-${i}`] = "x".repeat(size); } catch { /* full */ }
  }
}"""


def test_words_typed_without_a_line_go_through_when_it_is_back(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "Before.")
    saved(page)
    page.context.set_offline(True)
    type_at_end(page, " During.")
    says(page, r"Not saved since \d\d:\d\d")
    page.get_by_text("The connection is lost. Keep typing.").first.wait_for()
    type_at_end(page, " Still.")
    is_kept(page, "Before. During. Still.")
    assert notes_of(item) == "Before."

    page.context.set_offline(False)
    saved(page)
    assert notes_of(item) == "Before. During. Still."
    assert not page.locator("#lost").is_visible()
    assert kept_in(page) == {}


def test_a_save_whose_answer_was_lost_counts_once(workspace, team, item):
    page = workspace(team)
    lost = []

    def lose_the_first(route):
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/save/", lose_the_first, times=1)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/save/")):
        put_at_end(page, "Said once")
    saved(page)
    assert len(lost) == 1
    put_at_end(page, " and gone on.")
    saved(page)

    assert notes_of(item) == "Said once and gone on."
    assert list(Revision.objects.order_by("number").values_list("notes", "outcome")) == [
        ("Said once", "saved"),
        ("Said once and gone on.", "saved"),
    ]


def test_a_page_loaded_anew_without_a_line_has_kept_the_words(workspace, team, item):
    page = workspace(team)
    page.context.set_offline(True)
    type_at_end(page, "Not to be lost")
    is_kept(page, "Not to be lost")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.reload()
    saved(page)

    assert notes_box(page).input_value() == "Not to be lost"
    assert notes_of(item) == "Not to be lost"
    assert kept_in(page) == {}


def test_words_of_an_item_go_through_from_the_page_of_another(workspace, team, item):
    page = workspace(team)
    address = page.url
    page.context.set_offline(True)
    type_at_end(page, "Of the first item")
    is_kept(page, "Of the first item")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    page.context.set_offline(False)
    page.goto(address.replace("item=1", "item=2"))
    nothing_waits(page)

    assert notes_of(item) == "Of the first item"
    assert notes_box(page).input_value() == ""


def test_a_browser_without_room_says_so_and_goes_on_trying(workspace, team, item):
    page = workspace(team)
    page.evaluate(FILL)
    page.context.set_offline(True)
    type_at_end(page, "No room for me")
    page.locator("#lost").get_by_text("This browser has no room for your words").wait_for()
    page.context.set_offline(False)
    saved(page)

    assert notes_of(item) == "No room for me"
