"""Proposing another scheme: all of it can be changed, its time limits too, and nothing changes by itself."""

import pytest

from risks.models import SchemeVersion
from risks.scheme import FIRST, Level
from risks.services.cases import limit_for
from tests.factories import DecisionFactory, MeetingFactory, SchemeVersionFactory
from tests.risks.test_register_pages import words

pytestmark = pytest.mark.usefixtures("today")
PAGE = "/risks/scheme/propose/"


@pytest.fixture
def scheme(group) -> SchemeVersion:
    return SchemeVersionFactory(body=group)


def typed(client, **changed: str) -> dict[str, str]:
    """The form as it is filled, with what somebody changed in it."""
    form = client.get(PAGE).context["form"]
    return {field.html_name: field.value() for field in form} | {"why": "Three are enough."} | changed


def test_a_proposal_that_changes_nothing_is_asked_for_a_change(signed_in, team, scheme):
    client = signed_in(team)
    answer = client.post(PAGE, typed(client))
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "Change something first: this is the scheme in force"
    ]


def test_only_the_part_that_needs_something_opens_beside_the_first(signed_in, team, scheme):
    client = signed_in(team)
    page = client.post(PAGE, typed(client, value_human=""))
    shown = [heading for heading, _fields, is_open in page.context["form"].groups() if is_open]
    assert (page.status_code, shown) == (422, ["The bands", "Our values"])
    assert page.text.count("<details open>") == 2


def test_a_wording_over_several_lines_is_kept_in_one(signed_in, team, scheme):
    client = signed_in(team)
    client.post(PAGE, typed(client, likelihood_1="Remote:\r\nonce in  a lifetime"))
    proposed = SchemeVersion.objects.get(adopted_on=None).scheme
    assert proposed.likelihoods[0] == "Remote: once in a lifetime"


def test_what_is_left_alone_stays_as_it_is_in_force(signed_in, team, scheme):
    client = signed_in(team)
    for _ in range(2):  # pressed twice, it is proposed once
        assert client.post(PAGE, typed(client, red_from="16")).status_code == 303
    proposed = SchemeVersion.objects.get(adopted_on=None).scheme
    assert proposed.as_data() == FIRST.as_data() | {"red_from": 16}


def test_time_limits_are_proposed_and_count_once_they_are_adopted(signed_in, team, group, scheme, today):
    client = signed_in(team)
    client.post(PAGE, typed(client, chairs_working_days="3"))
    assert "Working days that the chairs have 5 3" in words(client.get("/risks/scheme/"))
    before = limit_for(group, Level.CHAIRS, today)
    decision = DecisionFactory(meeting=MeetingFactory(body=group, date=today), text="Three days.")
    client.post(f"/risks/scheme/{SchemeVersion.objects.latest('pk').pk}/adopt/", {"decision": decision.pk})
    assert (before.day, limit_for(group, Level.CHAIRS, today).day) == (10, 6)
    assert "3 working days" in words(client.get("/risks/scheme/"))


def test_a_limit_of_no_days_is_refused_with_a_sentence(signed_in, team, scheme):
    client = signed_in(team)
    answer = client.post(PAGE, typed(client, chairs_working_days="0"))
    assert (answer.status_code, "chairs_working_days" in answer.context["form"].errors) == (422, True)
