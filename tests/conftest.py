"""What every test may ask for: one signed-in person of each role, on a day the tests agree on."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from allies.models import OPERATOR, Account, Body, Operator, Person, Post, Seat
from tests.factories import AccountFactory, AlliesGroupFactory, AppointmentFactory, CoreTeamFactory
from tests.walking import Watched

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 2, 3)

# A busy machine is slow and not wrong: an example may take as long as it takes (no timed assertions in tests).
hypothesis_settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("patient")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long, and on a second database leave out what says nothing new of it."""
    if os.environ.get("ALLIES_ONLY_RECORD") == "1":
        _leave_out(config, items)
    # Each worker begins with an equal part of the list: each part begins with its share of what takes long.
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 1))
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    share = -(-len(others) // workers)
    items[:] = [
        item
        for number in range(workers)
        for item in (*long[number::workers], *others[number * share : (number + 1) * share])
    ]


def _leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no record, and what asks a second database the same again."""
    touching = {"db", "transactional_db", "django_db_setup", "live_server"}
    walked, kept, left_out = set(), [], []
    for item in items:
        asks = item.get_closest_marker("django_db") or touching & set(getattr(item, "fixturenames", ()))
        journey = item.nodeid.partition("[")[0]
        again = item.get_closest_marker("one_database") or (journey in walked and _is_seen_otherwise(item))
        if asks and not again:
            kept.append(item)
            walked.add(journey)
        else:
            left_out.append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _is_seen_otherwise(item: pytest.Item) -> bool:
    """Whether a journey differs from others of its name only in the browser: it asks the same of the record."""
    differs = getattr(getattr(item, "callspec", None), "params", {}).keys()
    return bool(
        item.get_closest_marker("browser") and differs <= {"width", "viewport", "javascript", "scheme"}
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup) -> None:
    """Once the tables are there, do not list every permission anew after each test that empties them.

    Nothing here reads Django's own permissions (allies/powers.py), and listing them was all but a fraction of the
    half second that a journey takes to end.
    """
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db.models.signals import post_migrate  # noqa: TID251 - taken away here, not added

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


@pytest.fixture
def transactional_db(transactional_db) -> Iterator[None]:
    """The record is emptied when the served pages are done with it: a question half asked would hold its tables."""
    yield
    until = time.monotonic() + 20
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:  # one for each line that a browser holds open
            thread.join(max(0, until - time.monotonic()))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record in a file as `migrate` leaves a new one, for servers of their own to take a copy of.

    Migrating takes some ten seconds, so that the workers of a run share one file (at worst two make it at once).
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    record = folder / "migrated.sqlite3"
    if not record.exists():
        own = tmp_path_factory.mktemp("migrating")
        environment = os.environ | {"ALLIES_DATA": str(own), "DJANGO_SETTINGS_MODULE": "allies.settings"}
        environment.pop("DATABASE_URL", None)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"], env=environment, cwd=ROOT, check=True
        )
        with closing(sqlite3.connect(own / "record.sqlite3")) as made:
            made.execute("VACUUM INTO ?", [str(own / "whole")])
        os.replace(own / "whole", record)
    return record


@pytest.fixture
def today(settings) -> date:
    """The third of February 2026, for every clock in the project."""
    settings.ALLIES_TODAY = TODAY
    return TODAY


@pytest.fixture
def watched_htmx(monkeypatch) -> None:
    """Each request knows whether anybody asked if htmx sent it (tests/walking.py)."""
    monkeypatch.setattr("django_htmx.middleware.HtmxDetails", Watched)


@pytest.fixture
def operator() -> Operator:
    return OPERATOR


@pytest.fixture
def group(db) -> Body:
    """The Allies Group."""
    return AlliesGroupFactory()


@pytest.fixture
def core_team(db) -> Body:
    return CoreTeamFactory()


@pytest.fixture
def account_of(db) -> Callable[..., Account]:
    """Make an account whose person holds a post on a body."""

    def make(body: Body, post: str = Post.MEMBER, **more: object) -> Account:
        account = AccountFactory()
        AppointmentFactory(person=account.person, body=body, post=post, **more)
        return account

    return make


@pytest.fixture
def ally(account_of, group) -> Account:
    return account_of(group)


@pytest.fixture
def team(account_of, core_team) -> Account:
    return account_of(core_team, Post.CORE_TEAM)


@pytest.fixture
def chair(account_of, group) -> Account:
    return account_of(group, Post.CO_CHAIR, seat=Seat.LIVED)


@pytest.fixture
def former_chair(account_of, group) -> Account:
    return account_of(group, Post.CO_CHAIR, ends="2024-06")


@pytest.fixture
def account_without_person(db) -> Account:
    return AccountFactory(person=None)


@pytest.fixture
def signed_in(client) -> Callable[[Account | None], Client]:
    """The test client, signed in as somebody (None: as nobody)."""

    def sign_in(account: Account | None) -> Client:
        if account:
            client.force_login(account)
        else:
            client.logout()
        return client

    return sign_in


@pytest.fixture
def called() -> Callable[[str], Person]:
    """Make a person by name."""
    from tests.factories import PersonFactory

    return lambda name, **more: PersonFactory(full_name=name, **more)


@pytest.fixture(scope="session")
def can_set_pdf() -> None:
    """Skip a test that sets a PDF where Pango is missing; fail under ALLIES_REQUIRE_PDF=1."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        if os.environ.get("ALLIES_REQUIRE_PDF") == "1":
            pytest.fail("ALLIES_REQUIRE_PDF is 1, and there is no Pango.")
        pytest.skip("There is no Pango on this machine.")


@pytest.fixture
def without_pango(monkeypatch) -> None:
    """A machine without Pango: nothing finds the libraries that WeasyPrint opens when it is imported."""

    def not_found(*_args: object) -> None:
        raise OSError("cannot open shared object file")

    monkeypatch.setattr("cffi.FFI.dlopen", not_found)
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)


CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The one browser of a run (Playwright's); a test takes `chromium.new_context()` and closes it.

    Tests that need it are skipped where there is none, and fail under ALLIES_REQUIRE_BROWSER=1.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        if os.environ.get("ALLIES_REQUIRE_BROWSER") == "1":
            pytest.fail("ALLIES_REQUIRE_BROWSER is 1, and there is no Chromium.")
        pytest.skip("There is no Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop open in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
