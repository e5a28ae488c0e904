"""Every page that a team member, and that everybody, can open: no barrier that axe finds, no sideways scrolling.

The pages are those of tests/access_table.txt, so that a new one is walked as soon as it is written down there.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.barriers import barriers
from tests.everything import ROLES
from tests.journeys.conftest import SIDEWAYS
from tests.test_every_url import rows_of_table

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

# Files to keep, answers for machines, and parts of a page.
NO_PAGES = {
    "actions/export.csv",
    "actions/export.xlsx",
    "calendar.ics",
    "calendar/<slug:secret>.ics",
    "escalations/report.csv",
    "healthz",
    "meetings/<int:pk>/notes.<str:ending>",
    "meetings/<int:pk>/notes/<int:item>/as-it-reads/",
    "meetings/<int:pk>/notes/<int:item>/picked-up/",
    "meetings/<int:pk>/notes/who/",
    "notes/<slug:address>/notes.<str:ending>",
    "notes/feed.atom",
    "papers/<int:pk>/",
    "people/<int:pk>/data/download/",
    "risks/export.csv",
    "risks/export.xlsx",
}
# Not in the table: pages for what went wrong, what a question in the address finds, and what nobody may open.
MORE = {
    "team": [
        "/search/?q=guide",
        "/search/?q=x",
        "/actions/?q=nothing+like+it",
        "/nothing/",
        "/actions/?mine=on",
    ]
}
IN_DARK = ["/", "/actions/", "/actions/new/", "/meetings/", "/decisions/", "/search/?q=guide", "/people/"]
# What is folded away is looked at too; the menus lie over the page and are looked at by the tests of the look.
UNFOLD = "document.querySelectorAll('main details').forEach((details) => { details.open = true; })"
LARGE_LETTERS = "document.documentElement.style.fontSize = '200%'"


def pages_of(record: Any, role: str) -> Iterator[str]:
    """The addresses of every page that answers this role with a page; another group's look the same."""
    for row in rows_of_table():
        answers = dict(zip(ROLES, row.answers, strict=True))
        is_page = row.method == "GET" and row.path not in NO_PAGES and row.variant != "elsewhere"
        if is_page and answers[role] in {"200", "403"}:
            yield record.address(row.path, row.variant, role)
    yield from MORE.get(role, [])


def looked_at(page: Any, address: str) -> list[str]:
    """Open a page, all of it unfolded, and give what axe finds, a line each; or that it failed."""
    answer = page.goto(address)
    if answer.status >= 500:
        return [f"answers {answer.status}"]
    page.evaluate(UNFOLD)
    return barriers(page)


def too_wide(page: Any) -> list[str]:
    """The widths at which one must scroll sideways: 320 pixels, and 640 with letters twice the size."""
    found = []
    page.set_viewport_size({"width": 320, "height": 700})
    if page.evaluate(SIDEWAYS):
        found.append("scrolls sideways at 320 pixels")
    page.set_viewport_size({"width": 640, "height": 700})
    page.evaluate(LARGE_LETTERS)
    if page.evaluate(SIDEWAYS):
        found.append("scrolls sideways with letters twice the size")
    return found


@pytest.mark.long
@pytest.mark.parametrize(
    ("role", "start", "step"), [("team", 0, 3), ("team", 1, 3), ("team", 2, 3), ("public", 0, 1)]
)
def test_no_page_has_a_barrier_or_scrolls_sideways(record, browse, role, start, step):
    page = browse(record.accounts[role])
    wrong: dict[str, list[str]] = {}
    for address in list(dict.fromkeys(pages_of(record, role)))[
        start::step
    ]:  # in parts, so that workers share them
        page.set_viewport_size({"width": 1280, "height": 900})
        if found := looked_at(page, address) + too_wide(page):
            wrong[address] = found
    assert wrong == {}


def test_no_page_has_a_barrier_in_dark(record, browse):
    page = browse(record.accounts["team"], color_scheme="dark")
    meeting = record.address("meetings/<int:pk>/", "held", "team")
    wrong: dict[str, list[str]] = {}
    for address in [*IN_DARK, meeting, record.address("meetings/<int:pk>/", "", "team")]:
        if found := looked_at(page, address):
            wrong[address] = found
    assert wrong == {}


@pytest.mark.parametrize("role", ["ally", "chair", "nobody"])
def test_the_first_page_of_each_has_no_barrier_and_does_not_scroll_sideways(record, browse, role):
    page = browse(record.accounts[role])
    assert looked_at(page, "/") + too_wide(page) == []
