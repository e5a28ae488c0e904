"""Every address of the site, for every role, by GET and by POST: what it answers stands in access_table.txt.

A new address without its two rows fails here, and so does a row whose address is gone. The failure says what the
site answers now: read that against DESIGN §6 before you write it down. Where an object belongs to somebody, or to a
group, write rows for @own and @elsewhere too.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, time
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from allies.checks import every_view
from allies.models import Account, Body, Post, Seat
from meetings.models import Meeting, Paper, SourceDocument, Stage
from meetings.notes.document import NotesDocument, to_json
from tests.factories import (
    AccountFactory,
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    MentionFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
)

TABLE = Path(__file__).with_name("access_table.txt")
ROLES = ("public", "ally", "note-taker", "team", "chair", "former", "nobody")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: an address, which object it is about where that matters, and the answers by role."""

    path: str
    variant: str
    method: str
    answers: tuple[str, ...]

    def __str__(self) -> str:
        where = f"/{self.path}" + (f" @{self.variant}" if self.variant else "")
        return f"{where:<58} {self.method:<5}" + "".join(f"{answer:<11}" for answer in self.answers).rstrip()


def rows_of_table() -> list[Row]:
    """Read the table. Lines that begin with # are for people."""
    rows = []
    for line in TABLE.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            where, *answers = line.split()
            variant = answers.pop(0)[1:] if answers[0].startswith("@") else ""
            rows.append(Row(where[1:], variant, answers.pop(0), tuple(answers)))
    return rows


# ---- A record with one of everything


@dataclass(slots=True)
class Record:
    """The objects that addresses are about, by the way they are written there."""

    accounts: dict[str, Account | None]
    objects: dict[tuple[str, str], dict[str, Any]]

    def address(self, row: Row, role: str) -> str:
        """The address of a row, about the object that it names; "own" is the role's own person."""
        kind = row.path.split("/")[0]
        values = self.objects.get((kind, row.variant)) or self.objects[kind, ""]
        if (kind, row.variant) == ("people", "own"):
            account = self.accounts[role] or self.accounts["ally"]
            person = account.person or self.accounts["ally"].person
            values = {"pk": person.pk}
        return "/" + re.sub(r"<\w+:(\w+)>", lambda part: str(values[part[1]]), row.path)


@pytest.fixture
def record(db, today, settings, tmp_path, group, core_team, account_of) -> Record:
    settings.MEDIA_ROOT = tmp_path
    accounts: dict[str, Account | None] = {
        "public": None,
        "ally": account_of(group),
        "note-taker": account_of(group),
        "team": account_of(core_team, Post.CORE_TEAM),
        "chair": account_of(group, Post.CO_CHAIR, seat=Seat.LIVED),
        "former": account_of(group, Post.CO_CHAIR, ends="2024-06"),
        "nobody": AccountFactory(person=None),
    }
    elsewhere = BodyFactory(name="Another group", slug="another-group")
    held = _meeting(group, date(2025, 11, 19), Stage.DRAFT)
    planned = _meeting(group, date(2026, 2, 10), Stage.PLANNED)
    apart = _meeting(elsewhere, date(2026, 2, 12), Stage.PLANNED)
    SourceDocument.objects.create(meeting=held, text="Notes", understood=to_json(NotesDocument()))
    for meeting in (held, planned):
        for account in accounts.values():
            if account and account.person:
                one = AttendanceFactory(meeting=meeting, person=account.person, presence="")
                if account is accounts["note-taker"]:
                    CapacityFactory(attendance=one, kind="notetaker")
    action, own = ActionFactory(body=group), ActionFactory(body=group)
    for account in accounts.values():
        if account and account.person:
            AssignmentFactory(action=own, person=account.person)
    MentionFactory(meeting=held, action=action)
    person = AccountFactory().person
    appointment = AppointmentFactory(person=person, body=group)
    part = ParticipationFactory(project=ProjectFactory(), organisation=OrganisationFactory())
    return Record(
        accounts,
        {
            ("people", ""): {"pk": person.pk, "appointment_pk": appointment.pk},
            ("bodies", ""): {"slug": group.slug},
            ("organisations", ""): {"pk": part.organisation_id},
            ("projects", ""): {"pk": part.project_id, "part_pk": part.pk},
            ("actions", ""): {"pk": action.pk},
            ("actions", "own"): {"pk": own.pk},
            ("actions", "elsewhere"): {"pk": ActionFactory(body=elsewhere).pk},
            ("meetings", ""): _names(planned),
            ("meetings", "held"): _names(held),
            ("meetings", "elsewhere"): _names(apart),
            ("papers", ""): {"pk": planned.papers.get().pk},
            ("papers", "elsewhere"): {"pk": apart.papers.get().pk},
            ("decisions", ""): {"pk": held.decisions.get().pk},
            ("decisions", "elsewhere"): {"pk": apart.decisions.get().pk},
        }
        | {(kind, ""): {} for kind in ("", "sign-in", "sign-out", "account", "demo", "healthz")}
        | {(kind, ""): {} for kind in ("accessibility", "privacy", "search")},
    )


def _meeting(body: Body, day: date, stage: str) -> Meeting:
    meeting = MeetingFactory(body=body, date=day, stage=stage, starts=time(11), ends=time(13))
    item = AgendaItemFactory(meeting=meeting, position=0)
    AgendaItemFactory(meeting=meeting, position=1)
    DecisionFactory(meeting=meeting, item=item)
    Paper(meeting=meeting, item=item, title="A paper").file.save(
        "paper.txt", ContentFile(b"Words"), save=True
    )
    return meeting


def _names(meeting: Meeting) -> dict[str, Any]:
    names = {"pk": meeting.pk, "number": 1, "ending": "txt", "slug": meeting.body.slug, "day": meeting.date}
    return names | {"item_pk": meeting.items.first().pk}


# ---- Walking


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def answer(record):
    """How the site answers a row for a role: its status, or "sign-in" where it asks to sign in first."""
    clients = {}
    for role, account in record.accounts.items():
        clients[role] = Client(raise_request_exception=True)
        if account:
            clients[role].force_login(account)

    def ask(row: Row, role: str) -> str:
        client, kept = clients[role], clients[role].cookies.output()
        address = record.address(row, role)
        with undone():
            response = client.get(address) if row.method == "GET" else client.post(address)
            if hasattr(response, "streaming_content"):
                b"".join(response.streaming_content)
                response.close()
        if client.cookies.output() != kept:
            client.cookies = SimpleCookie()
            if account := record.accounts[role]:
                client.force_login(account)
        to_sign_in = response.status_code == 302 and response.url.startswith("/sign-in/?next=")
        return "sign-in" if to_sign_in else str(response.status_code)

    return ask


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


def test_every_address_answers_every_role_as_the_table_says(answer):
    wrong = []
    for row in rows_of_table():
        now = Row(row.path, row.variant, row.method, tuple(answer(row, role) for role in ROLES))
        if now != row:
            wrong.append(f"\n  the table: {row}\n  the site:  {now}")
    assert wrong == []


def test_no_row_is_written_twice():
    rows = [(row.path, row.variant, row.method) for row in rows_of_table()]
    assert len(rows) == len(set(rows))
