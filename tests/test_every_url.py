"""Every address of the site, for every role, by GET and by POST: what it answers stands in access_table.txt.

A new address without its two rows fails here, and so does a row whose address is gone. The failure says what the
site answers now: read that against DESIGN §6 before you write it down. Where an object belongs to somebody, or to a
group, write rows for @own and @elsewhere too.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from allies.checks import every_view
from tests.everything import ROLES, Record, one_of_everything

TABLE = Path(__file__).with_name("access_table.txt")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an address, which object it is about where that matters, and the answers by role."""

    path: str
    variant: str
    method: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        where = f"/{self.path}" + (f" @{self.variant}" if self.variant else "")
        return f"{where:<80} {self.method:<5}" + "".join(f"{answer:<11}" for answer in self.answers).rstrip()


def rows_of_table() -> list[Row]:
    """Read the table. Lines that begin with # are for people."""
    rows = []
    for line in TABLE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            where, *answers = line.split()
            variant = answers.pop(0)[1:] if answers[0].startswith("@") else ""
            rows.append(Row(where[1:], variant, answers.pop(0), tuple(answers)))
    return rows


@pytest.fixture
def record(db, today, settings, tmp_path) -> Record:
    settings.MEDIA_ROOT = tmp_path
    return one_of_everything()


# ---- Walking


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def session_of(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


@pytest.fixture
def answer(record):
    """How the site answers a row for a role: its status, or "sign-in" where it asks to sign in first."""
    clients = {}
    for role, account in record.accounts.items():
        clients[role] = Client(raise_request_exception=True)
        if account:
            clients[role].force_login(account)

    def ask(row: Row, role: str) -> str:
        client = clients[role]
        kept = session_of(client)
        address = record.address(row.path, row.variant, role)
        with undone():
            response = client.get(address) if row.method == "GET" else client.post(address)
            if hasattr(response, "streaming_content"):
                b"".join(response.streaming_content)  # read to its end, it closes itself
        if session_of(client) != kept:  # signed out by what it pressed
            client.cookies = SimpleCookie()
            if account := record.accounts[role]:
                client.force_login(account)
        to_sign_in = response.status_code == 302 and response.url.startswith("/sign-in/?next=")
        return "sign-in" if to_sign_in else str(response.status_code)

    return ask


@pytest.mark.django_db
def test_every_address_has_its_rows_in_the_table_and_no_row_is_left_over(request):
    addresses = {(path, method) for path, _ in every_view() for method in ("GET", "POST")}
    written = {(row.path, row.method) for row in rows_of_table()}
    missing = sorted(addresses - written)
    if missing:
        ask = request.getfixturevalue("answer")
        rows = [Row(path, "", method, ()) for path, method in missing]
        answered = [replace(row, answers=tuple(ask(row, role) for role in ROLES)) for row in rows]
        pytest.fail("These are not in access_table.txt:\n" + "\n".join(str(row) for row in answered))
    assert sorted(written - addresses) == []


# Whoever may do less is asked by the same queries.
LESS = {"public", "ally", "note-taker", "former", "nobody"}


@pytest.mark.long
@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=pytest.mark.one_database if role in LESS else []) for role in ROLES]
)
def test_every_address_answers_a_role_as_the_table_says(answer, role):
    wrong = []
    for row in rows_of_table():
        said, now = row.answers[ROLES.index(role)], answer(row, role)
        if now != said:
            wrong.append(f"\n  {row.path} {row.variant} {row.method}: the table says {said}, the site {now}")
    if wrong:
        pytest.fail("The table and the site differ:" + "".join(wrong))


def test_no_row_is_written_twice():
    rows = [(row.path, row.variant, row.method) for row in rows_of_table()]
    assert len(rows) == len(set(rows))
