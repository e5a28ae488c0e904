"""What is withheld from somebody reaches them by no address of the site: page, part, file, search, export or history.

Every address is walked, and a new one walks along by itself: one that names a kind of object which
`tests/withheld.py` does not know fails here until it does.
"""

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import product

import pytest
from django.db import transaction
from django.test import Client

from allies.checks import every_view
from allies.models import Account
from meetings.views.notes_files import COPIES
from tests.test_scoping import ASKED as ASKED_OF_LISTS
from tests.withheld import FIELDS, KEPT_ROLES, Withheld, withheld_record, words_in

ENDINGS = [copy.ending for copy in COPIES]
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}
PATHS = sorted({path for path, _ in every_view()})
# What some addresses are asked besides; "?item=" runs over an agenda.
ASKED = {
    "meetings/<int:pk>/notes/": ["", *(f"?item={number}" for number in range(1, 6))],
    "meetings/<int:pk>/live/": ["?seen=0"],
    "meetings/<int:pk>/notes/<int:item>/revisions/": ["", "?see=1", "?left=1&right=2"],
}
# Refused: not there, not theirs, or not by this method.
REFUSED = {403, 404, 405}


@pytest.fixture
def withheld(db, today, settings, tmp_path) -> Withheld:
    settings.MEDIA_ROOT = tmp_path
    return withheld_record()


def signed_in_as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def said_by(response) -> str:
    """All that an answer says: its body, its headers; of a workbook, the text in its cells."""
    content = b"".join(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as workbook:
            content = workbook.read("xl/sharedStrings.xml")
    return content.decode() + str(response.headers)


def ordinary(withheld: Withheld, path: str, role: str) -> list[str]:
    """The addresses of a path about what is not withheld itself: lists, people, the meetings that hold it."""
    if "<" not in path:
        return [f"/{path}{asked}" for asked in ASKED_OF_LISTS]
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
            }
            addresses.add(record.address(path, "walked", role))
    return [address + asked for address in sorted(addresses) for asked in ASKED.get(path, [""])]


def ask(client: Client, address: str, *, method: str = "get", htmx: bool = False):
    with undone():
        response = getattr(client, method)(address, headers=HTMX if htmx else {})
        response.said = words_in(said_by(response))
    return response


@pytest.mark.parametrize("role", KEPT_ROLES)
def test_no_address_says_a_word_of_it_to_whoever_is_kept_from_it(withheld, role):
    account = withheld.record.accounts[role]
    withheld.keep_from(account)
    client, told = signed_in_as(account), defaultdict(set)
    for path in PATHS:
        for address in ordinary(withheld, path, role):
            for htmx in (False, True):
                told[path] |= ask(client, address, htmx=htmx).said
            told[path] |= ask(client, address.partition("?")[0], method="post").said
    assert {path: words for path, words in told.items() if words} == {}


@pytest.mark.parametrize("role", KEPT_ROLES)
def test_it_is_not_there_for_whoever_is_kept_from_it_and_takes_nothing_from_them(withheld, role):
    account = withheld.record.accounts[role]
    withheld.keep_from(account)
    client, wrong = signed_in_as(account), []
    for path in PATHS:
        for address in withheld.addresses(path):
            for method, htmx in (("get", False), ("get", True), ("post", False), ("post", True)):
                response = ask(client, address, method=method, htmx=htmx)
                if response.status_code not in REFUSED or response.said:
                    wrong.append((path, address, method, response.status_code, response.said))
    assert wrong == []


def test_the_same_walk_tells_every_word_to_whoever_is_not(withheld):
    withheld.keep_from(withheld.record.accounts["chair"])
    client, told = signed_in_as(withheld.colleague), set()
    for path in PATHS:
        of_it = [f"{one}{asked}" for one in withheld.addresses(path) for asked in ASKED.get(path, [""])]
        for address in [*ordinary(withheld, path, "team"), *of_it]:
            told |= ask(client, address).said
    assert FIELDS - told == set()
