"""What is withheld from somebody reaches them by no address of the site: page, part, file, search, export or history.

Every address is walked, and a new one walks along by itself: one that names a kind of object which
`tests/withheld.py` does not know fails here until it does.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import product

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pypdf import PdfReader

from allies.checks import every_view
from allies.models import Account
from meetings.services.copies import COPIES
from tests.test_scoping import ASKED as ASKED_OF_LISTS
from tests.walking import answers
from tests.withheld import FIELDS, KEPT_ROLES, Withheld, withheld_record, words_in

ENDINGS = [copy.ending for copy in COPIES]
PATHS = sorted({path for path, _ in every_view()})
# What some addresses are asked besides; "?item=" runs over an agenda.
ASKED = {
    "meetings/<int:pk>/notes/": ["", *(f"?item={number}" for number in range(1, 6))],
    "meetings/<int:pk>/live/": ["?seen=0"],
    "meetings/<int:pk>/notes/<int:item>/revisions/": ["", "?see=1", "?left=1&right=2"],
}
OTHERS = {"ally", "note-taker", "team"}
# Refused: not there, not theirs, or not by this method.
REFUSED = {403, 404, 405}


@pytest.fixture
def withheld(db, today, settings, tmp_path, watched_htmx) -> Withheld:
    settings.MEDIA_ROOT = tmp_path
    return withheld_record()


def signed_in_as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def said_by(response) -> str:
    """All that an answer says: body, headers, what the next page will say; of a document or archive, its text."""
    content = response.whole
    if content.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(content))
        lines = "\n".join(page.extract_text() for page in reader.pages)
        # A line of a PDF may end inside a word, after its hyphen.
        content = f"{lines.replace('-\n', '-')} {reader.metadata}".encode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            strings = [name for name in archive.namelist() if name == "xl/sharedStrings.xml"]
            content = b"".join(map(archive.read, strings or archive.namelist()))
    said_next = [str(message) for message in get_messages(response.wsgi_request)]
    return f"{content.decode()} {response.headers} {said_next}"


def ordinary(withheld: Withheld, path: str, role: str) -> set[str]:
    """The addresses of a path about what is not withheld itself: lists, people, the meetings that hold it."""
    if "<" not in path:
        return {f"/{path}"}
    record = withheld.record
    addresses = set()
    for variant in ("", "held", "own"):
        with suppress(KeyError):  # what everything.py does not hold, test_every_url.py asks for
            addresses.add(record.address(path, variant, role))
    if path.startswith("meetings/") and not withheld.addresses(path):
        for meeting, ending in product(withheld.meetings, ENDINGS if "<str:ending>" in path else ENDINGS[:1]):
            record.objects["meetings", "walked"] = {
                **record.objects["meetings", ""],
                "pk": meeting.pk,
                "day": meeting.date,
                "attendance": meeting.attendance.first().pk,
                "ending": ending,
                "number": getattr(meeting.versions.last(), "number", 1),
            }
            addresses.add(record.address(path, "walked", role))
    return addresses


def asked_of(path: str) -> list[str]:
    """What a path is asked besides, each with an empty one first."""
    return ASKED.get(path, [""] if "<" in path else ASKED_OF_LISTS)


def spread(addresses: list[str]) -> list[str]:
    """Some of them: of three matters at three meetings, each matter and each meeting once."""
    return addresses if len(addresses) <= 3 else addresses[:: 4 if len(addresses) < 12 else 5]


def words_of(
    client: Client, path: str, address: str, *, method: str = "get"
) -> Iterator[tuple[int, set[str]]]:
    """The status and the withheld words of every answer of an address."""
    asked = asked_of(path) if method == "get" else [""]
    for _, response in answers(client, address, asked, method=method):
        yield response.status_code, words_in(said_by(response))


# What keeps it from a chair keeps it from the others by the same queries.
@pytest.fixture(
    params=[
        pytest.param(role, marks=pytest.mark.one_database if role in OTHERS else []) for role in KEPT_ROLES
    ]
)
def role(request) -> str:
    return request.param


def test_no_address_says_a_word_of_it_to_whoever_is_kept_from_it(withheld, role):
    account = withheld.record.accounts[role]
    withheld.keep_from(account)
    client, told = signed_in_as(account), defaultdict(set)
    for path in PATHS:
        for address, method in product(ordinary(withheld, path, role), ("get", "post")):
            told[path].update(*(words for _, words in words_of(client, path, address, method=method)))
    assert {path: words for path, words in told.items() if words} == {}


@pytest.mark.long
def test_it_is_not_there_for_whoever_is_kept_from_it_and_takes_nothing_from_them(withheld, role):
    account = withheld.record.accounts[role]
    withheld.keep_from(account)
    client, wrong = signed_in_as(account), []
    for path in PATHS:
        addresses = withheld.addresses(path)
        for address, method in product(spread(addresses) if role in OTHERS else addresses, ("get", "post")):
            for status, words in words_of(client, path, address, method=method):
                if status not in REFUSED or words:
                    wrong.append((path, address, method, status, words))
    assert wrong == []


@pytest.mark.long
def test_the_same_walk_tells_every_word_to_whoever_is_not(withheld):
    withheld.keep_from(withheld.record.accounts["chair"])
    client, told = signed_in_as(withheld.colleague), set()
    for path in PATHS:
        for address in [*ordinary(withheld, path, "team"), *spread(withheld.addresses(path))]:
            told.update(*(words for _, words in words_of(client, path, address)))
    assert FIELDS - told == set()


def test_every_form_of_the_notes_is_read_by_this_walk(withheld, can_set_pdf):
    client = signed_in_as(withheld.colleague)
    for meeting in withheld.meetings:
        if meeting.is_held:
            page = f"/meetings/{meeting.pk}/notes."
            forms = {one: words for one in ENDINGS for _, words in words_of(client, "", f"{page}{one}")}
            assert forms["txt"] >= {"title", "notes", "decision"}
            assert forms == dict.fromkeys(ENDINGS, forms["txt"])
