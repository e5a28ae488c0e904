"""A meeting with two items, and browsers in which its notes are taken."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from allies.models import Account, Post
from meetings.models import AgendaItem, Meeting
from tests.factories import AgendaItemFactory, MeetingFactory
from tests.journeys.notes.desk import LONGEST, sign_in

# What takes seconds at somebody's desk takes tenths of them here.
SOON = {"pause": 150, "longest": 1000, "retry": 200, "nap": 200}
HURRIED = """document.addEventListener("readystatechange", () => {
  const form = document.getElementById("notes-form");
  if (form) Object.assign(form.dataset, %s);
})"""


@pytest.fixture
def meeting(group) -> Meeting:
    """A meeting with two items and no notes yet."""
    meeting = MeetingFactory(body=group)
    AgendaItemFactory(meeting=meeting, position=0, title="Welcome")
    AgendaItemFactory(meeting=meeting, position=1, title="Co-chairing")
    return meeting


@pytest.fixture
def item(meeting) -> AgendaItem:
    return meeting.items.get(title="Welcome")


@pytest.fixture
def browser_of(chromium) -> Iterator[Callable[..., Any]]:
    """Open a browser of its own, with the script in a hurry; closed at the end of the test."""
    contexts = []

    def open_browser(
        *, width: int = 1280, height: int = 900, options: dict[str, Any] | None = None, **timings: int
    ) -> Any:
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, reduced_motion="reduce", **(options or {}))
        context.set_default_timeout(LONGEST * 1000)
        context.add_init_script(HURRIED % json.dumps(SOON | timings))
        contexts.append(context)
        return context

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def address(django_db_setup, live_server) -> str:
    """Where the server of the tests answers. It shares the tests' record, so that has to be there before it."""
    return live_server.url


@pytest.fixture
def workspace(browser_of, address, meeting) -> Callable[..., Any]:
    """Open the notes of the meeting as somebody, in a browser of their own."""

    def open_as(account: Account, item: int = 1, **more: Any) -> Any:
        context = browser_of(**more)
        sign_in(context, address, account)
        page = context.new_page()
        page.goto(f"{address}/meetings/{meeting.pk}/notes/?item={item}")
        return page

    return open_as


@pytest.fixture
def second_team(account_of, core_team) -> Account:
    """Another note-taker."""
    return account_of(core_team, Post.CORE_TEAM)
