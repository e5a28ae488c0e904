"""Whoever sits on a working group alone meets nothing of the group above it, on any page, part, file or search."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from allies.checks import every_view
from allies.models import AccessNeeds, Account, Body, BodyKind, Declaration, Post
from meetings.models import AnnouncedMeeting, Meeting, Paper, Stage
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AssignmentFactory,
    AttendanceFactory,
    BodyFactory,
    DecisionFactory,
    MeetingFactory,
    MentionFactory,
    PersonFactory,
    UpdateFactory,
)
from tests.walking import answers

# The group's own words: what is looked for finds them all, and is never what the pages are searched for.
LOOKED_FOR, SECRET = "heronry", "kingfisher"
WORDS = f"{LOOKED_FOR} {SECRET}"


@pytest.fixture
def working_group(group) -> Body:
    return BodyFactory(name="Data working group", slug="data", kind=BodyKind.WORKING_GROUP, parent=group)


@pytest.fixture
def of_the_group(group, working_group, today, settings, tmp_path) -> Meeting:
    """Meetings, actions, papers and all that is said in them, each with one word that stands nowhere else."""
    settings.MEDIA_ROOT = tmp_path
    held = MeetingFactory(
        body=group, date=date(2025, 11, 19), title=WORDS, interests_state="declared", interests_words=WORDS
    )
    coming = MeetingFactory(
        body=group,
        date=date(2026, 2, 10),
        stage=Stage.PLANNED,
        place=WORDS,
        link=f"https://{SECRET}.example.org",
    )
    MeetingFactory(body=group, date=date(2026, 3, 10), stage=Stage.PLANNED, called_off=WORDS)
    person = PersonFactory(full_name="Bel Marsh")
    AccessNeeds.objects.create(person=person, words=WORDS)
    Declaration.objects.create(body=group, on=held.date, person=person, words=WORDS)
    AnnouncedMeeting.objects.create(meeting=held, as_written=WORDS)
    action = ActionFactory(
        body=group, text=WORDS, details=WORDS, deadline_words=WORDS, deadline_kind="condition"
    )
    ActionFactory(body=group, text=f"{WORDS} of old", stands=False, brought_in=True)
    AssignmentFactory(action=action, person=person, as_written="Bel")
    AssignmentFactory(action=action, person=None, as_written=WORDS)
    UpdateFactory(action=action, note=WORDS)
    for meeting in (held, coming):
        AttendanceFactory(meeting=meeting, person=None, name_as_written=WORDS)
        item = AgendaItemFactory(meeting=meeting, title=WORDS, notes=f"- ACTION: {WORDS}")
        DecisionFactory(meeting=meeting, item=item, text=WORDS)
        Paper(meeting=meeting, title=WORDS, version=WORDS).file.save(
            f"{SECRET}.txt", ContentFile(SECRET.encode())
        )
        MentionFactory(meeting=meeting, item=item, action=action, text=WORDS)
    return held


@pytest.fixture(params=[Post.MEMBER, Post.CHAIR])
def of_the_working_group(request, account_of, working_group) -> Account:
    account = account_of(working_group, request.param)
    action = ActionFactory(body=working_group, text="Count the herons")
    AssignmentFactory(action=action, person=account.person)
    meeting = MeetingFactory(body=working_group, date=date(2025, 12, 2))
    AgendaItemFactory(meeting=meeting, title="Herons")
    MeetingFactory(body=working_group, date=date(2026, 2, 12), stage=Stage.PLANNED)
    return account


def content_of(response) -> str:
    return said_in(b"".join(response))


def said_in(content: bytes) -> str:
    """All it says; of a workbook, the text in its cells."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as workbook:
            content = workbook.read("xl/sharedStrings.xml")
    return content.decode()


PAGES = sorted(path for path, _ in every_view() if "<" not in path)
ASKED = [
    "",
    f"?q={LOOKED_FOR}",
    "?status=all",
    "?status=all&on_day=3&on_month=2&on_year=2026",
    "?unconfirmed=on&status=all",
    "?show=everyone",
    "?body=allies-group",
    "?announced=1",
]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_without_an_object_says_anything_of_the_group(
    path, of_the_group, of_the_working_group, signed_in, watched_htmx
):
    answered = answers(signed_in(of_the_working_group), f"/{path}", ASKED)
    assert [asked for asked, response in answered if SECRET in said_in(response.whole)] == []


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/{meeting}/",
        "/meetings/on/allies-group/2025-11-19/",
        "/meetings/{meeting}/notes.txt",
        "/meetings/{meeting}/notes.json",
        "/meetings/{meeting}/history/",
        "/papers/{paper}/",
        "/actions/{action}/",
        "/actions/{action}/history/",
        "/actions/{action}/mentions/",
        "/actions/{action}/update/",
    ],
)
def test_nothing_of_the_group_is_found_by_its_number(address, of_the_group, of_the_working_group, signed_in):
    action = of_the_group.body.actions.order_by("pk").first()
    address = address.format(meeting=of_the_group.pk, paper=of_the_group.papers.get().pk, action=action.pk)
    assert signed_in(of_the_working_group).get(address).status_code == 404


def test_the_same_walk_finds_it_for_whoever_sits_on_the_group(of_the_group, ally, signed_in):
    client = signed_in(ally)
    told = {f"/{path}" for path in PAGES if SECRET in content_of(client.get(f"/{path}"))}
    assert told == {
        "/",
        "/actions/",
        "/actions/carrying/",
        "/actions/export.csv",
        "/actions/export.xlsx",
        "/calendar.ics",
        "/decisions/",
        "/meetings/",
    }
    assert SECRET in content_of(client.get(f"/search/?q={LOOKED_FOR}"))


def test_what_everyone_may_read_of_a_member_is_there_and_what_they_need_is_not(
    of_the_group, of_the_working_group, signed_in
):
    person = of_the_group.body.actions.order_by("pk").first().assignments.get(person__isnull=False).person
    for page in ("", "history/"):
        response = signed_in(of_the_working_group).get(f"{person.get_absolute_url()}{page}")
        assert (response.status_code, SECRET in content_of(response)) == (200, False)
