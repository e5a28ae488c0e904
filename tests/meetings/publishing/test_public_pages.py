"""The public pages: open to everybody, cached well, without cookie or script, and without what is withheld."""

import gzip
import re
from datetime import timedelta
from io import BytesIO

import feedparser
import pytest
from django.test import Client
from django.utils.http import http_date
from docx import Document
from pypdf import PdfReader

from meetings.models import NotesVersion, Publication, RedactionReason
from meetings.models.for_public import for_public
from meetings.notes.reading import read_text
from meetings.services.circulating import circulate
from meetings.services.copies import COPIES
from meetings.services.publishing import Why, publish, withdraw, withhold
from tests.everything import published
from tests.factories import MeetingFactory, WithholdingFactory

ADDRESS = "/notes/2025-11-19/"
FILES = [f"{ADDRESS}notes.{copy.ending}" for copy in COPIES]
ALL = ["/notes/", "/notes/feed.atom", ADDRESS, *FILES]


@pytest.fixture
def public(way, team):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    publish(by=team, meeting=way.meeting)
    return way


@pytest.fixture
def anybody(db) -> Client:
    return Client()


def words_of(response) -> str:
    """All that an answer says, of a Word document or a PDF its text."""
    if response["Content-Type"].startswith("application/pdf"):
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    if response.content.startswith(b"PK"):
        document = Document(BytesIO(response.content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        feet = [part.text for section in document.sections for part in section.footer.paragraphs]
        return "\n".join([*(part.text for part in document.paragraphs), *cells, *feet])
    return response.content.decode()


@pytest.mark.parametrize("address", ALL)
def test_everybody_reads_it_without_a_cookie_and_any_cache_may_keep_it(public, anybody, address):
    response = anybody.get(address)
    assert response.status_code == 200
    assert response.cookies == {}
    assert "Cookie" not in response["Vary"]
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Last-Modified"] == http_date(Publication.objects.get().changed_at.timestamp())
    again = anybody.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    assert anybody.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.mark.parametrize("address", ["/notes/", ADDRESS])
def test_whoever_is_signed_in_reads_the_very_same_page(public, anybody, signed_in, team, address):
    assert signed_in(team).get(address).content == anybody.get(address).content


@pytest.mark.parametrize("address", ["/notes/", ADDRESS])
def test_a_page_needs_no_script_and_links_nothing_that_is_not_public(public, anybody, address):
    page = anybody.get(address).content.decode()
    assert "<script" not in page
    links = set(re.findall(r'<a [^>]*href="(/[^"#]*)"', page))
    assert {link for link in links if anybody.get(link).status_code != 200} == set()


def test_a_first_visit_fits_in_sixty_kilobytes_and_five_requests(public, anybody):
    page = anybody.get(ADDRESS).content.decode()
    asked = sorted(set(re.findall(r'<link [^>]*href="(/static/[^"]+)"|<use href="(/static/[^"#]+)', page)))
    files = sorted({one for pair in asked for one in pair if one})
    sizes = [len(gzip.compress(page.encode()))]
    for name in files:
        with open(name.lstrip("/"), "rb") as file:
            content = file.read()
        sizes.append(len(content) if name.endswith("woff2") else len(gzip.compress(content)))
    assert [name.rsplit("/", 1)[1] for name in files] == [
        "favicon.svg",
        "atkinson-hyperlegible-next-latin.woff2",
        "icons.svg",
        "styles.css",
    ]
    assert sum(sizes) <= 60_000
    assert sizes[0] <= 12_000


def test_it_reads_as_the_groups_own_notes_do(public, anybody):
    page = " ".join(anybody.get(ADDRESS).content.decode().split())
    heads = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page)
    assert heads == [
        "Meeting notes:<br>Wednesday 19 November 2025",
        "In these notes",
        "Keep a copy",
        "Members",
        "Actions",
        "Summary of conversation",
        "Decisions",
    ]
    assert "Circulated on 3 February 2026, not yet approved. Published on 3 February 2026." in page


@pytest.mark.parametrize("address", [one for one in [ADDRESS, *FILES] if not one.endswith("json")])
def test_each_prints_the_hash_of_its_version(public, anybody, address):
    version = Publication.objects.get().version
    said = "".join(words_of(anybody.get(address)).split())
    assert f"{version.number}:{version.hash}" in said


def test_the_json_carries_the_hash_beside_it(public, anybody):
    version = Publication.objects.get().version
    assert anybody.get(f"{ADDRESS}notes.json")["Notes-Version"] == f"{version.number}: {version.hash}"


def test_the_text_reads_back_as_the_version(public, anybody):
    from meetings.notes.frozen_notes import document_of
    from meetings.notes.printed.foot import without_foot

    text = without_foot(anybody.get(f"{ADDRESS}notes.txt").content.decode())
    assert read_text(text) == document_of(Publication.objects.get().version.content)


@pytest.mark.parametrize("address", ["/notes/feed.atom", ADDRESS, *FILES])
def test_what_was_withheld_is_in_none_of_them(way, team, anybody, address):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    way.meeting.body = way.body
    for spot in for_public(way.meeting).spots:
        if spot.words in {"Ada: the hall is too small", "We look for a larger hall.", "Ring the library"}:
            withhold(by=team, meeting=way.meeting, spot=spot, why=Why(RedactionReason.PERSONAL))
    publish(by=team, meeting=way.meeting)
    said = words_of(anybody.get(address))
    assert "is withheld: personal." in said
    for secret in ("too small", "ask about the library", "larger hall", "Ring the library"):
        assert secret not in said


@pytest.mark.parametrize("address", ["/notes/feed.atom", ADDRESS, *FILES])
def test_what_is_withheld_from_somebody_later_leaves_them_at_once(public, anybody, address):
    before = anybody.get(address)
    assert "it rains in" in words_of(before)
    WithholdingFactory(person=public.away.person, about_project=public.project)
    after = anybody.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    for secret in ("it rains in", "The museum waits", "Mend the roof", "chairs it"):
        assert secret not in words_of(after)


def test_a_withheld_action_is_not_said_to_have_no_owner_and_no_deadline(way, team, anybody):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    older = next(spot for spot in for_public(way.meeting).spots if spot.words == "Write the leaflet")
    withhold(by=team, meeting=way.meeting, spot=older, why=Why(RedactionReason.SAFETY))
    publish(by=team, meeting=way.meeting)
    page = " ".join(anybody.get(ADDRESS).content.decode().split())
    row = page.partition("An action is withheld: safety.")[2].partition("</tr>")[0]
    assert row != ""
    assert re.sub(r"<[^>]*>", "", row).strip() == ""


def test_withdrawn_notes_leave_a_note_in_their_place(public, team, anybody):
    withdraw(by=team, meeting=public.meeting, reason="A name was wrong.\nWe are sorry.")
    for address in [ADDRESS, *FILES]:
        response = anybody.get(address)
        page = " ".join(response.content.decode().split())
        assert response.status_code == 410
        assert response["Cache-Control"] == "no-cache"  # they may go out again
        assert "These notes were withdrawn on Tuesday 3 February 2026." in page
        assert "A name was wrong.<br>We are sorry." in page
        assert "too small" not in page
    assert "Withdrawn on 3 February 2026." in anybody.get("/notes/").content.decode()
    [entry] = feedparser.parse(anybody.get("/notes/feed.atom").content).entries
    assert "A name was wrong." in entry.content[0].value


def test_an_address_without_notes_and_a_form_that_there_is_not_are_not_found(public, anybody):
    for address in ("/notes/2025-11-20/", "/notes/2025-11-20/notes.txt", f"{ADDRESS}notes.exe"):
        assert anybody.get(address).status_code == 404


def test_a_reader_of_feeds_reads_the_feed_whole(public, anybody):
    feed = feedparser.parse(anybody.get("/notes/feed.atom").content)
    assert feed.bozo is False
    assert (feed.version, feed.feed.title, feed.feed.language) == (
        "atom10",
        "Notes of the Allies Group",
        "en-GB",
    )
    [entry] = feed.entries
    assert entry.title == "Allies Group, Wednesday 19 November 2025"
    assert entry.link == entry.id == f"http://testserver{ADDRESS}"
    assert entry.published_parsed[:3] == (2026, 2, 3)
    for told in (
        "the hall is too small",
        "Ring the library",
        "Write the leaflet",
        "We look for a larger hall.",
    ):
        assert told in entry.content[0].value


def test_the_list_goes_by_year_and_says_what_is_not_there_yet(anybody, public, group):
    for year in (2024, 2023):
        published(MeetingFactory(body=group, date=public.meeting.date.replace(year=year), stage="draft"))
    page = anybody.get("/notes/").content.decode()
    assert re.findall(r"<h2[^>]*>(\d{4})</h2>", page) == ["2025", "2024", "2023"]
    assert re.findall(r'<li><a href="(/notes/[^"]+)"', page) == [
        "/notes/2025-11-19/",
        "/notes/2024-11-19/",
        "/notes/2023-11-19/",
    ]


def test_without_any_the_list_says_so(anybody):
    assert "No notes are published yet." in anybody.get("/notes/").content.decode()
    assert feedparser.parse(anybody.get("/notes/feed.atom").content).entries == []


@pytest.mark.parametrize(
    ("address", "queries"), [("/notes/", 2), (ADDRESS, 3), ("/notes/feed.atom", 3), (FILES[3], 3)]
)
def test_pages_ask_as_much_for_many_as_for_one(
    public, anybody, group, django_assert_num_queries, address, queries
):
    WithholdingFactory(person=public.away.person, about_project=public.project)
    with django_assert_num_queries(queries):
        anybody.get(address)
    for days in range(1, 9):
        published(MeetingFactory(body=group, date=public.meeting.date + timedelta(days=days), stage="draft"))
    with django_assert_num_queries(queries):
        anybody.get(address)


def test_making_a_document_again_gives_what_was_kept(public, anybody):
    address = f"{ADDRESS}notes.docx"
    assert anybody.get(address).content == anybody.get(address).content
    assert NotesVersion.objects.filter(kind="published").count() == 1
