"""The page before a meeting with the keyboard alone; where the focus is, one always sees."""

import pytest
from playwright.sync_api import expect

from actions.models import Action

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RINGS = """() => {
    const style = getComputedStyle(document.activeElement);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow.includes("6px")];
}"""
WHERE = """() => {
    const at = document.activeElement;
    return at.name || at.id || (at.innerText || "").trim().split("\\n")[0];
}"""


def tab_to(page, wanted: str) -> list[str]:
    """Press Tab until the focus is there; every stop on the way must show its two rings."""
    way = []
    for _ in range(120):
        page.keyboard.press("Tab")
        way.append(page.evaluate(WHERE))
        assert page.evaluate(RINGS) == ["solid", "3px", True], way[-1]
        if way[-1].startswith(wanted):
            return way
    pytest.fail(f"Tab never came to {wanted!r}: {way}")


def test_the_first_stop_leads_past_the_menu(record, browse):
    page = browse(record.accounts["ally"])
    assert tab_to(page, "Skip to the page") == ["Skip to the page"]
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_action_is_found_and_updated(record, browse, javascript):
    page = browse(record.accounts["ally"], java_script_enabled=javascript)
    tab_to(page, "Update this action")
    page.keyboard.press("Enter")
    tab_to(page, "status")
    page.keyboard.press("ArrowDown")
    tab_to(page, "note")
    page.keyboard.type("The office answers on Friday.")
    tab_to(page, "Save update")
    page.keyboard.press("Enter")
    card = page.locator(f"#card-{record.objects['actions', 'own']['pk']}")
    card.get_by_text("“The office answers on Friday.”").wait_for()
    action = Action.objects.get(pk=record.objects["actions", "own"]["pk"])
    assert (action.status, action.updates.first().note) == ("waiting", "The office answers on Friday.")
    if javascript:
        page.locator(".action-card:focus, .action-card :focus").first.wait_for()


def test_an_answer_is_given_and_the_focus_stays_with_it(record, browse):
    page = browse(record.accounts["ally"])
    tab_to(page, "answer")
    page.keyboard.press("Enter")
    page.locator("[aria-pressed=true]", has_text="I am coming").wait_for()
    page.locator(".programme__cover:focus, .programme__cover :focus").first.wait_for()
