"""What the journeys of notes share: a hand at the keyboard, and waits on what the page or the record says.

Nothing here waits for a moment to pass: a busy machine is slow and not wrong.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from allies.models import Account
from meetings.models import AgendaItem

LONGEST = 60  # seconds for something to come to be so, on the slowest machine


def sign_in(context: Any, url: str, account: Account) -> None:
    """Give a browser the session of somebody, as if they had signed in, in another tab."""
    client = Client()
    client.force_login(account)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def notes_box(page: Any) -> Any:
    return page.get_by_label("Notes", exact=True)


def type_at_end(page: Any, words: str) -> None:
    notes_box(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def put_at_end(page: Any, words: str) -> None:
    """Put words in at once, as a dictation or a paste does: no save can come between two of their letters."""
    notes_box(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def type_at_start(page: Any, words: str) -> None:
    notes_box(page).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type(words)


def says(page: Any, words: str) -> None:
    """Wait until the place of "Saved 14:32" says so."""
    from playwright.sync_api import expect

    expect(page.locator("#saved")).to_have_text(re.compile(rf"^\s*{words}"), timeout=LONGEST * 1000)


def saved(page: Any) -> None:
    says(page, r"Saved \d\d:\d\d")


def kept_in(page: Any) -> dict[str, Any]:
    """What waits in the browser's own store, by its name."""
    return page.evaluate(
        "Object.fromEntries(Object.entries(localStorage).filter(([name]) => name.startsWith('allies.notes.')))"
    )


def until(page: Any, is_so: Callable[[], object]) -> None:
    """Wait until something is so. (The page allows no code in strings, so it cannot be asked to wait itself.)"""
    patience = time.monotonic() + LONGEST
    while time.monotonic() < patience:
        if is_so():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not come to be so.")


def is_kept(page: Any, words: str) -> None:
    until(page, lambda: any(words in kept for kept in kept_in(page).values()))


def nothing_waits(page: Any) -> None:
    """Wait until nothing is left in the browser's own store."""
    until(page, lambda: kept_in(page) == {})


def notes_of(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.notes


@contextmanager
def saves_held(page: Any) -> Iterator[Callable[[], None]]:
    """Hold the page's saves on their way; call what is given to wait for one. They go on at the end."""
    held: list[Any] = []
    holding = True

    def handle(route: Any) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    page.route("**/save/", handle)
    yield lambda: until(page, lambda: held)
    holding = False
    for route in held:
        route.continue_()


def press_sign_out(page: Any) -> None:
    button = page.get_by_role("button", name="Sign out", exact=True).first
    if not button.is_visible():
        page.locator("summary", has_text="Wren Ashdown").first.click()
    button.click()


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(200):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {selector}.")
