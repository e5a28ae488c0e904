"""Who may open which page about people, groups, projects and accounts: one table over every role."""

import pytest

from allies.models import Post
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
)

# Who may do what is worked out in Python; tests/test_every_url.py asks the second database for every address.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ["nobody", "ally", "chair", "former_chair", "account_without_person", "team"]
TO_SIGN_IN, REFUSED, MENDED, WRONG_METHOD = 302, 403, 422, 405
READ = dict.fromkeys(ROLES, 200) | {
    "nobody": TO_SIGN_IN,
    "former_chair": REFUSED,
    "account_without_person": REFUSED,
}
KEEP = dict.fromkeys(ROLES, REFUSED) | {"nobody": TO_SIGN_IN, "team": 200}
OWN = dict.fromkeys(ROLES, 200) | {"nobody": TO_SIGN_IN}
NOT_HERE = dict.fromkeys(ROLES, WRONG_METHOD) | {"nobody": TO_SIGN_IN}


def posted(gets: dict[str, int], to: int) -> dict[str, int]:
    return {role: to if code == 200 else code for role, code in gets.items()}


def not_posted(gets: dict[str, int]) -> dict[str, int]:
    return posted(gets, WRONG_METHOD)


PAGES = {
    "/people/": (READ, not_posted(READ)),
    "/people/new/": (KEEP, posted(KEEP, MENDED)),
    "/people/{person}/": (READ, NOT_HERE),
    "/people/{person}/edit/": (KEEP, posted(KEEP, MENDED)),
    "/people/{person}/details/": (KEEP, posted(KEEP, 302)),
    "/people/{person}/history/": (READ, NOT_HERE),
    "/people/{person}/places/new/": (KEEP, posted(KEEP, MENDED)),
    "/people/{person}/places/{place}/": (KEEP, posted(KEEP, MENDED)),
    "/people/{person}/places/{place}/end/": (KEEP, posted(KEEP, MENDED)),
    "/people/{person}/invite/": (not_posted(KEEP), posted(KEEP, 302)),
    "/people/{person}/close-account/": (not_posted(KEEP), posted(KEEP, 302)),
    "/bodies/": (READ, not_posted(READ)),
    "/bodies/new/": (KEEP, posted(KEEP, MENDED)),
    "/bodies/allies-group/": (READ, not_posted(READ)),
    "/bodies/allies-group/edit/": (KEEP, posted(KEEP, MENDED)),
    "/bodies/allies-group/history/": (READ, not_posted(READ)),
    "/organisations/": (READ, not_posted(READ)),
    "/organisations/new/": (KEEP, posted(KEEP, MENDED)),
    "/organisations/{organisation}/": (READ, not_posted(READ)),
    "/organisations/{organisation}/edit/": (KEEP, posted(KEEP, MENDED)),
    "/organisations/{organisation}/history/": (READ, not_posted(READ)),
    "/projects/": (READ, not_posted(READ)),
    "/projects/new/": (KEEP, posted(KEEP, MENDED)),
    "/projects/{project}/": (READ, not_posted(READ)),
    "/projects/{project}/edit/": (KEEP, posted(KEEP, MENDED)),
    "/projects/{project}/history/": (READ, not_posted(READ)),
    "/projects/{project}/parts/new/": (KEEP, posted(KEEP, MENDED)),
    "/projects/{project}/parts/{part}/": (KEEP, posted(KEEP, MENDED)),
    "/projects/{project}/parts/{part}/end/": (KEEP, posted(KEEP, MENDED)),
    "/account/": (OWN, not_posted(OWN)),
    "/account/sign-out-everywhere/": (not_posted(OWN), posted(OWN, 302)),
}


@pytest.fixture
def account_for(request):
    return lambda role: None if role == "nobody" else request.getfixturevalue(role)


@pytest.fixture
def ids():
    account = AccountFactory(person=PersonFactory(email="wren@example.org"))
    part = ParticipationFactory()
    return {
        "person": account.person.pk,
        "place": AppointmentFactory(person=account.person, post=Post.MEMBER).pk,
        "organisation": OrganisationFactory().pk,
        "project": part.project.pk,
        "part": part.pk,
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_for_those_in_the_table_alone(path, role, ids, account_for, signed_in):
    client = signed_in(account_for(role))
    get, post = PAGES[path]

    address = path.format(**ids)
    answered = client.get(address).status_code, client.post(address).status_code
    assert answered == (get[role], post[role])


def test_whoever_left_still_sees_their_own_page_and_changes_their_own_details(signed_in, former_chair):
    client = signed_in(former_chair)
    own = former_chair.person.get_absolute_url()

    assert [client.get(own + page).status_code for page in ("", "details/", "history/")] == [200, 200, 200]


def test_a_refusal_says_who_can(signed_in, ally):
    assert "Only the core team can do this." in signed_in(ally).get("/people/new/").text
