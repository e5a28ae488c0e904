"""Who raised a concern, in what words and when to the minute: on no page, list, file, log line or email of anyone else.

Every address of the site is walked, as everybody who may not know, and every way out of the record. The list of
addresses is the site's own, so a new one is walked without anybody writing it down here.
"""

import json
import logging
import zipfile
from io import BytesIO, StringIO, TextIOWrapper
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.views.debug import ExceptionReporter

from allies.checks import every_view
from allies.models import OPERATOR, Account, Interest
from meetings.models import Meeting
from risks.models import Concern, ConcernRaiser, ConcernState
from risks.policies import can_look_into, can_see_raiser
from risks.services.concerns import look_into, raise_concern, stand_aside
from tests.everything import Record, one_of_everything
from tests.factories import AccountFactory, AppointmentFactory, OrganisationFactory, ParticipationFactory
from tests.walking import answers

NAME, WORDS, SUMMARY = (
    "Quilla Thornbury",
    "kestrel over the allotment",
    "The terms are not clear to everyone.",
)


@pytest.fixture
def record(db, today, settings, tmp_path, watched_htmx) -> Record:
    settings.MEDIA_ROOT = tmp_path
    return one_of_everything()


@pytest.fixture
def raiser(record, group) -> Account:
    account = AccountFactory(person__full_name=NAME)
    AppointmentFactory(person=account.person, body=group)
    return account


@pytest.fixture
def concern(record, raiser, group, caplog, client) -> Concern:
    """Raised on the page itself, with everything that is logged on the way kept."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    project = record.objects["projects", ""]["pk"]
    client.force_login(raiser)
    answer = client.post("/concerns/new/", {"about": f"project-{project}", "words": WORDS})
    found = Concern.objects.get(raiser__person=raiser.person)
    assert (answer.status_code, answer["Location"]) == (302, f"/concerns/{found.pk}/")
    return found


@pytest.fixture
def conflicted(record, account_of, group, concern) -> Account:
    """A chair who has an interest in a partner of the project."""
    account = account_of(group, "co_chair", seat="learnt")
    partner = OrganisationFactory()
    ParticipationFactory(project=concern.about_project, organisation=partner)
    Interest.objects.create(
        person=account.person,
        kind="financial",
        nature="actual",
        full_words="A salary",
        declared_on=concern.on,
        about_organisation=partner,
    )
    record.accounts["conflicted chair"] = account
    return account


@pytest.fixture
def others(record, conflicted) -> dict[str, Account | None]:
    """Everybody who may not know."""
    names = ("public", "ally", "note-taker", "team", "former", "nobody", "conflicted chair")
    return {name: record.accounts[name] for name in names}


def summarise(record: Record, concern: Concern) -> None:
    look_into(by=record.accounts["chair"], concern=concern, state=ConcernState.TAKEN_UP, summary=SUMMARY)


def content_of(response: Any) -> str:
    return said_in(b"".join(response))


def said_in(content: bytes) -> str:
    """All it says; of a workbook or a document, the text of its parts."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())


def walked(record: Record, client: Client, role: str, concern: Concern) -> list[tuple[str, str]]:
    """Each address with all that it says: every path about the objects of the record, this concern among them."""
    record.objects["concerns", ""] = {"pk": concern.pk}
    addresses = [record.address(path, "", role) for path in sorted({path for path, _ in every_view()})]
    addresses += [f"/search/?q={word}" for word in ("kestrel", "Thornbury", "terms")]
    held = record.objects["meetings", "held"]["pk"]
    addresses += [f"/meetings/{held}/notes.{ending}" for ending in ("txt", "md", "html", "docx", "json")]
    addresses += [
        f"/projects/{concern.about_project_id}/?line=1",
        f"/people/{record.accounts['ally'].person.pk}/",
    ]
    return [
        (asked, said_in(response.whole))
        for address in addresses
        for asked, response in answers(client, address)
    ]


@pytest.mark.long
def test_no_page_of_anyone_else_says_who_raised_it_or_in_what_words(record, concern, others):
    """One record and one pass for all of them: reading changes nothing."""
    summarise(record, concern)
    told, named = [], []
    for role, account in others.items():
        client = Client()
        if account:
            client.force_login(account)
        said = walked(record, client, role, concern)
        # Whoever searches for words reads their own words back, which are never all of these.
        told += [(role, where) for where, words in said if "allotment" in words]
        named += [(role, where) for where, words in said if NAME in words and "/concerns/" in where]
    assert (told, named) == ([], [])


@pytest.mark.long
@pytest.mark.one_database  # what shows that the walk above would find them
def test_the_same_walk_finds_them_for_the_raiser_and_for_a_chair_without_a_conflict(record, concern, raiser):
    page = f"/concerns/{concern.pk}/"
    for account in (raiser, record.accounts["chair"]):
        client = Client()
        client.force_login(account)
        told = {where for where, said in walked(record, client, "chair", concern) if "allotment" in said}
        assert told == {page}
        assert NAME in content_of(client.get(page))


def test_an_unsummarised_concern_is_not_there_for_anyone_else(record, concern, others):
    there = {}
    for role, account in others.items():
        client = Client()
        if account:
            client.force_login(account)
        there[role] = client.get(f"/concerns/{concern.pk}/").status_code
    assert there == dict.fromkeys(others, 404) | {"public": 302}


def exported(kind: str) -> str:
    """What the command writes."""
    out = BytesIO()
    kept_open = TextIOWrapper(out, write_through=True)
    call_command("export", format=kind, stdout=kept_open)
    return content_of([out.getvalue()])


@pytest.mark.parametrize("kind", ["json", "popolo", "xlsx"])
def test_no_export_holds_a_raiser(kind, record, concern):
    summarise(record, concern)
    assert "allotment" not in exported(kind)


def test_the_export_holds_the_concern_without_its_raiser(record, concern):
    summarise(record, concern)
    one = next(row for row in json.loads(exported("json"))["concerns"] if row["id"] == concern.pk)
    assert one == {
        "id": concern.pk,
        "body": concern.body_id,
        "about": {"project": concern.about_project_id},
        "state": "taken_up",
        "summary": SUMMARY,
        "outcome": "",
        "on": "2026-02-03",
    }


def test_nothing_is_logged_and_nothing_is_sent(record, concern, caplog):
    summarise(record, concern)
    lines = [line.getMessage() + str(line.__dict__) for line in caplog.records]
    assert [line for line in lines if WORDS in line or NAME in line] == []
    assert mail.outbox == []


def test_an_error_report_carries_neither_words_nor_name(record, concern, raiser, monkeypatch, settings):
    settings.DEBUG = False
    settings.ADMINS = ["admin@example.org"]

    def break_down(**more: Any) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("risks.views.concerns.raise_concern", break_down)
    report = logging.getLogger("django.request")
    sent = StringIO()
    handler = _Reports(sent)
    report.addHandler(handler)
    client = Client(raise_request_exception=False)
    client.force_login(raiser)
    answer = client.post(
        "/concerns/new/", {"about": f"project-{concern.about_project_id}", "words": f"{WORDS} again"}
    )
    report.removeHandler(handler)
    assert answer.status_code == 500
    assert "The disk is full." in sent.getvalue()
    assert "allotment" not in sent.getvalue()


class _Reports(logging.Handler):
    """Writes what Django would send to the administrators."""

    def __init__(self, to: StringIO) -> None:
        super().__init__(logging.ERROR)
        self.to = to

    def emit(self, record: logging.LogRecord) -> None:
        reporter = ExceptionReporter(record.request, *record.exc_info, is_email=True)
        self.to.write(reporter.get_traceback_text())


def test_the_history_of_a_concern_begins_with_nobody_and_at_no_hour(concern):
    first = concern.history.earliest()
    local = timezone.localtime(first.history_date)
    assert (first.history_user, local.hour, local.minute, local.second) == (None, 12, 0, 0)
    assert [field.name for field in ConcernRaiser._meta.fields] == ["id", "concern", "person", "words"]
    assert not hasattr(ConcernRaiser, "history")


def test_the_command_line_may_neither_read_nor_look_into_it(concern):
    assert (can_see_raiser(OPERATOR, concern), can_look_into(OPERATOR, concern)) == (False, False)


def test_a_chair_who_stands_aside_sees_what_others_see(record, concern):
    chair = record.accounts["chair"]
    client = Client()
    client.force_login(chair)
    assert client.get(f"/concerns/{concern.pk}/").status_code == 200
    stand_aside(by=chair, concern=concern, why="My sister works there.")
    assert client.get(f"/concerns/{concern.pk}/").status_code == 404


def test_a_chair_of_another_group_and_a_raiser_in_the_chair_do_not_look_into_it(
    record, concern, account_of, group
):
    elsewhere = record.objects["meetings", "elsewhere"]
    other = account_of(Meeting.objects.get(pk=elsewhere["pk"]).body, "chair")
    assert can_see_raiser(other, concern) is False
    chair = record.accounts["chair"]
    own = raise_concern(by=chair, body=group, about=concern.about_project, words="My own worry.")
    assert (can_see_raiser(chair, own), can_look_into(chair, own)) == (True, False)
