"""A served record with one of everything, and pages of the one browser opened as somebody."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client

from allies.models import Account
from tests.everything import Record, one_of_everything

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def record(transactional_db, today, settings, tmp_path) -> Record:
    """One of everything, on the third of February 2026."""
    settings.MEDIA_ROOT = tmp_path
    return one_of_everything()


@pytest.fixture
def browse(chromium, live_server) -> Iterator[Callable[..., Any]]:
    """Open a page of the served record as somebody (None: as nobody); more options are Playwright's."""
    contexts = []

    def opened(account: Account | None, path: str = "/", *, width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, base_url=live_server.url, **options
        )
        contexts.append(context)
        if account:
            client = Client()
            client.force_login(account)
            session = client.cookies[site_settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": site_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(60_000)  # a busy machine is slow and not wrong
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
