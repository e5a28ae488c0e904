"""What is picked up beside the notes: by keyboard alone, and never under somebody's hands."""

import pytest

from actions.models import Action
from meetings.models import AgendaItem, Decision
from tests.journeys.notes.desk import notes_of, saved, tab_to, type_at_end, until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_item_is_taken_by_keyboard_alone(workspace, team, item, today):
    page = workspace(team)
    tab_to(page, "#notes")
    # At once, as a dictation does: a save half-way would offer half a line.
    page.keyboard.insert_text(
        "Bel shared the plan.\nACTION: All Allies to read the plan, ongoing\nDECISION: the plan is kept"
    )
    page.get_by_text("2 to answer, nothing recorded").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("1 to answer, 1 recorded").wait_for()
    page.locator("#picked-up [data-accept]", has_text="Record it").wait_for()
    page.keyboard.press("Control+Enter")
    page.get_by_text("Nothing to answer, 2 recorded").wait_for()
    page.locator("#notes:focus").wait_for()
    tab_to(page, ".notes-form__end a[href='?item=2#notes']")
    page.keyboard.press("Enter")
    page.wait_for_url("**item=2#notes")
    page.keyboard.type("And the next.")
    page.keyboard.press("Control+Enter")
    saved(page)

    assert Action.objects.get().text == "Read the plan"
    assert Decision.objects.get().text == "The plan is kept"
    assert notes_of(item.meeting.items.get(title="Co-chairing")) == "And the next."


def test_what_is_picked_up_leaves_a_field_alone_that_somebody_is_in(workspace, team, item):
    page = workspace(team)
    type_at_end(page, "ACTION: All Allies to read the plan, ongoing")
    page.locator("#picked-up [data-accept]").wait_for()
    page.locator("#picked-up .pick__change a").click()
    what = page.locator("#picked-up").get_by_label("What is to be done")
    until(page, lambda: what.evaluate("field => field === document.activeElement"))
    AgendaItem.objects.filter(pk=item.pk).update(notes="")
    with page.expect_response("**/picked-up/"):
        page.evaluate("() => document.body.dispatchEvent(new CustomEvent('notes-saved'))")
    what.press_sequentially("Still mine. ")
    assert what.input_value().startswith("Still mine. ")
    assert what.evaluate("field => field === document.activeElement")
