"""What a visit weighs on the wire (DESIGN §10). Sizes are counts of bytes and not times: they are the same everywhere.

As a host serves it: pages through our own gzip, static files in the smallest form that `collectstatic` makes
of them, type as it is.
"""

import gzip
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from allies.models import Account, Post
from meetings.example.loading import load_example
from meetings.models import Meeting
from tests.factories import AccountFactory
from tests.house.conftest import ROOT, production_settings

pytestmark = pytest.mark.one_database
KILOBYTE = 1000
FIRST_VISIT = 60 * KILOBYTE
LATER_PAGE = 12 * KILOBYTE


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """The bytes on the wire of each static file as a host collects it, by the name that templates say."""
    folder = tmp_path_factory.mktemp("weight")
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=ROOT, env=production_settings(folder), check=True, capture_output=True)
    static = folder / "static"
    names = json.loads((static / "staticfiles.json").read_text())["paths"]
    return {name: _smallest(static / hashed) for name, hashed in names.items()}


def _smallest(path: Path) -> int:
    forms = [path, path.with_name(f"{path.name}.gz"), path.with_name(f"{path.name}.br")]
    return min(form.stat().st_size for form in forms if form.exists())


@pytest.fixture
def ally(db: None, today: date) -> Account:
    """An Ally of the example group."""
    example = load_example()
    members = example.bodies["allies-group"].appointments.on(today).filter(post=Post.MEMBER)
    person = members.order_by("pk")[0].person
    return Account.objects.filter(person=person).first() or AccountFactory(person=person)


@pytest.fixture
def visit(client: Client, ally: Account) -> Any:
    """Open a page as a browser does, compressed."""
    client.force_login(ally)

    def get(path: str) -> HttpResponse:
        response = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert (response.status_code, response["Content-Encoding"]) == (200, "gzip")
        return response

    return get


def parts_of(page: HttpResponse) -> set[str]:
    """The static files that a page names: styles, scripts, icons, and the type it asks for beforehand.

    The other half of the type, for letters such as "ő", is fetched only where one of them stands on the page.
    """
    return {*re.findall(r"(?:href|src)=\"/static/([^\"#?]+)", gzip.decompress(page.content).decode())}


def test_a_first_visit_weighs_at_most_sixty_kilobytes(visit, collected):
    home = visit("/")
    weights = {name: collected[name] for name in parts_of(home)}
    assert {"styles.css", "icons.svg", "fonts/atkinson-hyperlegible-next-latin.woff2"} <= weights.keys()
    assert len(home.content) + sum(weights.values()) <= FIRST_VISIT, weights | {"/": len(home.content)}


def test_a_later_page_weighs_at_most_twelve_kilobytes(visit):
    meetings = [f"/meetings/{meeting.pk}/" for meeting in Meeting.objects.all()]
    assert len(meetings) >= 12
    lists = ["/", "/actions/", "/actions/?look=on", "/actions/?status=all", "/meetings/"]
    weights = {path: len(visit(path).content) for path in [*lists, *meetings]}
    assert {path: weight for path, weight in weights.items() if weight > LATER_PAGE} == {}
