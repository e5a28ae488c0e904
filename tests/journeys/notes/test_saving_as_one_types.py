"""While all is well: what is typed is saved without a press."""

import pytest

from meetings.models import Revision
from tests.journeys.notes.desk import (
    kept_in,
    notes_box,
    notes_of,
    nothing_waits,
    put_at_end,
    saved,
    saves_held,
    sign_in,
    type_at_end,
    until,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_is_typed_is_saved_without_a_press(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "Bel shared the plan.")
    saved(page)

    assert notes_of(item) == "Bel shared the plan."
    assert kept_in(page) == {}
    assert page.locator("#counts").inner_text() == "1 line, 4 words"


def test_typing_goes_on_during_a_save(workspace, team, item):
    page = workspace(team, pause=20)
    with saves_held(page) as one_is_on_its_way:
        put_at_end(page, "one ")
        one_is_on_its_way()
        for word in ["two ", "three ", "four ", "five"]:
            type_at_end(page, word)
    saved(page)

    assert notes_box(page).input_value() == "one two three four five"
    assert notes_of(item) == "one two three four five"
    assert list(Revision.objects.values_list("notes", "outcome")) == [
        ("one", "saved"),
        ("one two three four five", "saved"),
    ]


def test_words_typed_before_the_script_came_are_saved_too(browser_of, address, team, meeting, item):
    context = browser_of()
    sign_in(context, address, team)
    page = context.new_page()
    held = []
    page.route("**/workspace*.js", lambda route: held.append(route))
    page.goto(f"{address}/meetings/{meeting.pk}/notes/", wait_until="commit")
    notes_box(page).fill("Typed at once.")
    until(page, lambda: held)
    held[0].continue_()
    saved(page)

    assert notes_of(item) == "Typed at once."


def test_leaving_for_the_next_item_takes_the_words_along(workspace, team, item):
    page = workspace(team, pause=5000)
    put_at_end(page, "Just before leaving")
    page.goto(page.url.replace("item=1", "item=2"))
    nothing_waits(page)

    assert notes_of(item) == "Just before leaving"
    assert Revision.objects.filter(item=item).count() == 1
