"""`/withheld/`: who is kept from what, for those who write notes and are not kept from it themselves."""

import pytest

from allies.models import Account, Withholding
from allies.services.withholding import withhold
from tests.factories import OrganisationFactory, ProjectFactory, WithholdingFactory

WHY = "Works for the partner."


@pytest.fixture
def partner(db):
    return OrganisationFactory(name="Quiet Water Trust")


def test_somebody_is_kept_from_a_partner_and_released(today, team, ally, partner, signed_in):
    client = signed_in(team)
    sent = {"person": ally.person.pk, "about": f"organisation:{partner.pk}", "why": WHY}
    assert client.post("/withheld/new/", sent).url == "/withheld/"
    row = Withholding.objects.get()
    assert (row.person, row.matter, row.why, row.since) == (ally.person, partner, WHY, today)
    assert WHY in client.get("/withheld/").content.decode()
    assert client.post(f"/withheld/{row.pk}/release/", {"why": "She left it."}).url == "/withheld/"
    row.refresh_from_db()
    assert (row.until, row.released_because) == (today, "She left it.")
    assert "She left it." in client.get("/withheld/").content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [({}, "Say whom you mean"), ({"why": WHY}, "Choose the project or the partner")],
)
def test_what_is_missing_is_asked_for(sent, words, today, team, partner, signed_in):
    response = signed_in(team).post("/withheld/new/", sent)
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_a_release_asks_for_its_reason_and_a_day_that_can_be(today, team, partner, signed_in):
    row = WithholdingFactory(about_organisation=partner)
    client = signed_in(team)
    assert client.post(f"/withheld/{row.pk}/release/", {"why": ""}).status_code == 422
    early = {"why": "Over.", "on_day": "1", "on_month": "1", "on_year": "2026"}
    assert client.post(f"/withheld/{row.pk}/release/", early).status_code == 422
    assert Withholding.objects.get().until is None


def test_a_chair_who_is_kept_from_it_finds_none_of_it(today, team, chair, partner, signed_in):
    row = withhold(by=team, person=chair.person, about=partner, why=WHY)
    client = signed_in(Account.objects.get(pk=chair.pk))
    assert "Quiet Water" not in client.get("/withheld/").content.decode()
    assert "Quiet Water" not in client.get("/withheld/new/").content.decode()
    assert [client.get(f"/withheld/{row.pk}/{page}/").status_code for page in ("release", "history")] == [
        404,
        404,
    ]
    assert client.post(f"/withheld/{row.pk}/release/", {"why": "Please."}).status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_takes_the_same_queries_however_long(
    rows, today, team, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        WithholdingFactory(about_project=ProjectFactory())
        WithholdingFactory(about_project=ProjectFactory(), until=today, released_because="Over.")
    client = signed_in(team)
    with django_assert_num_queries(6):
        assert client.get("/withheld/").status_code == 200
