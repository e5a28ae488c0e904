"""The server is killed while somebody types, and comes back."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.journeys.notes.desk import notes_box, saved, says, type_at_end, until

# Its server keeps a record in a file, whichever database the tests run on.
pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]


PREPARE = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
from allies.models import Post
from tests.factories import AccountFactory, AgendaItemFactory, AppointmentFactory, CoreTeamFactory, MeetingFactory
account = AccountFactory()
AppointmentFactory(person=account.person, body=CoreTeamFactory(), post=Post.CORE_TEAM)
item = AgendaItemFactory(meeting=MeetingFactory())
client = Client()
client.force_login(account)
print(json.dumps({"session": client.cookies[settings.SESSION_COOKIE_NAME].value, "meeting": item.meeting_id}))
"""


class OwnServer:
    """The application as a process of its own, with a record of its own in a folder, to be killed at any moment."""

    def __init__(self, folder: Path, migrated: Path) -> None:
        unset = {"DATABASE_URL", "ALLIES_TODAY", "ALLOWED_HOSTS"}
        self.environment = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment |= {
            "ALLIES_DATA": str(folder),
            "ALLIES_STATIC": str(folder),
            "DJANGO_SETTINGS_MODULE": "allies.settings",
            "PYTHONPATH": str(ROOT),
        }
        shutil.copy(migrated, folder / "record.sqlite3")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        prepared = subprocess.run(
            [sys.executable, "-c", PREPARE], env=self.environment, cwd=ROOT, capture_output=True, check=True
        )
        self.facts = json.loads(prepared.stdout)

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{self.port}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, **quiet)

    def wait(self, page: Any) -> None:
        def answers() -> bool:
            with socket.socket() as line:
                return line.connect_ex(("127.0.0.1", self.port)) == 0

        until(page, answers)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@pytest.fixture
def own_server(tmp_path, migrated) -> Iterator[OwnServer]:
    server = OwnServer(tmp_path, migrated)
    yield server
    server.kill()


def test_words_typed_while_the_server_was_dead_are_there_when_it_lives_again(browser_of, own_server):
    context = browser_of()
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": own_server.facts["session"], "url": own_server.url}]
    )
    page = context.new_page()
    own_server.start()
    own_server.wait(page)
    page.goto(f"{own_server.url}/meetings/{own_server.facts['meeting']}/notes/")
    type_at_end(page, "While it lived.")
    saved(page)
    own_server.kill()
    type_at_end(page, " While it was dead.")
    says(page, r"Not saved since \d\d:\d\d")
    own_server.start()
    own_server.wait(page)
    saved(page)
    page.reload()

    assert notes_box(page).input_value() == "While it lived. While it was dead."
