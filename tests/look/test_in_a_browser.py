"""The parts in a real browser: no barrier that axe can find, no sideways scrolling, focus where it belongs."""

import pytest

from tests.barriers import barriers

pytestmark = pytest.mark.browser

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def open_gallery(chromium, gallery_address):
    """Open the gallery at a width, in a scheme; what the browser complains of is on `complaints`."""
    contexts = []

    def opened(width=1280, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(gallery_address, wait_until="load")
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(open_gallery, width, scheme):
    assert barriers(open_gallery(width, scheme, bypass_csp=True)) == []


@pytest.mark.parametrize("width", [1280, 700, 390, 320])
def test_nothing_scrolls_sideways(open_gallery, width):
    assert open_gallery(width).evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_with_letters_twice_the_size(open_gallery, width):
    page = open_gallery(width, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_scrolls_sideways_with_text_spaced_out(open_gallery, width):
    page = open_gallery(width, bypass_csp=True)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        "p { margin-bottom: 2em !important }"
    )
    assert page.evaluate(SIDEWAYS) == 0


def test_the_policy_is_kept(open_gallery):
    assert open_gallery().complaints == []


def test_a_form_that_came_back_with_errors_says_so_first(open_gallery):
    assert open_gallery().evaluate("document.activeElement.className") == "errors"


def test_an_error_leads_to_its_field(open_gallery):
    page = open_gallery()
    page.get_by_role("link", name="Give the year in four figures").click()
    assert page.evaluate("document.activeElement.id") == "wrong_on_0"


def test_escape_closes_the_menu_and_stays_on_its_button(open_gallery):
    page = open_gallery(390)
    page.locator(".menu summary").click()
    page.get_by_role("link", name="Meetings").focus()
    page.keyboard.press("Escape")
    state = "[document.querySelector('.menu').open, document.activeElement.tagName]"
    assert page.evaluate(state) == [False, "SUMMARY"]


def test_the_menu_opens_without_scripts(open_gallery):
    page = open_gallery(390, java_script_enabled=False)
    page.locator(".menu summary").click()
    assert page.get_by_role("link", name="Meetings").is_visible()


@pytest.mark.parametrize(
    ("answer", "focused"),
    [
        ('<div id="part"><label for="note">Note</label><input id="note"></div>', "note"),
        ('<div id="part"><h3>Saved</h3></div>', "H3"),
        ('<div id="part"><div class="errors" tabindex="-1" data-focus id="sum">One thing</div></div>', "sum"),
    ],
    ids=["the same field", "the heading of what came instead", "what must be mended"],
)
def test_focus_is_not_lost_in_a_swap(open_gallery, answer, focused):
    page = open_gallery()
    page.route("**/part/", lambda route: route.fulfill(body=answer, content_type="text/html", status=422))
    page.evaluate(
        """() => {
          const part = document.createElement("div");
          part.id = "part";
          part.innerHTML = '<form hx-post="/part/" hx-target="#part"><label for="note">Note</label>' +
            '<input id="note"><button id="save">Save</button></form>';
          document.querySelector("main").append(part);
          htmx.process(part);
        }"""
    )
    page.locator("#note").press("Enter") if focused == "note" else page.locator("#save").click()
    page.locator("#save").wait_for(state="detached")
    focus = page.locator("#part :focus")
    focus.wait_for()
    assert focus.evaluate("at => at.id || at.tagName") == focused


def test_a_request_that_fails_is_not_silent(open_gallery):
    page = open_gallery()
    page.route("**/part/", lambda route: route.abort())
    page.evaluate("() => htmx.ajax('POST', '/part/', 'main').catch(() => {})")
    page.locator("#problem").wait_for(state="visible")
    assert page.get_by_role("alert").filter(has_text="That did not reach us").count() == 1


def test_a_table_keeps_its_roles_when_it_folds(open_gallery):
    table = open_gallery(390).get_by_role("table", name="Overdue")
    assert (table.get_by_role("columnheader").count(), table.get_by_role("rowheader").count()) == (4, 2)


def test_a_long_reason_leaves_the_deadline_beside_it_its_width(open_gallery):
    page = open_gallery(390)
    page.evaluate(
        "() => document.querySelectorAll('.table--fold .cell-right').forEach("
        "cell => cell.append('Waiting for the university’s own review to end, which was put off by a term.'))"
    )
    widths = page.locator(".table--fold tr:visible .cell-left").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().width)"
    )
    assert widths and min(widths) > 150


def test_what_only_leads_to_doing_something_is_not_printed(open_gallery):
    page = open_gallery()
    page.evaluate(
        "() => document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=doing>Write</p>')"
    )
    doing = page.locator("main > .doing")
    shown = doing.is_visible()
    page.emulate_media(media="print")
    assert (shown, doing.is_visible()) == (True, False)
