"""The history of a risk: every change of its words, of what it concerns and of what treats it, at the same cost."""

import pytest

from actions.services import agree
from risks.models import Risk, Treatment
from risks.services.registering import change_risk, enter_risk, no_longer_treats, treat
from tests.factories import OrganisationFactory, ProjectFactory, WithholdingFactory
from tests.risks.test_register_pages import words

pytestmark = pytest.mark.usefixtures("today")
QUERIES = 10


def changed(risk: Risk, team, ally, group, times: int) -> None:
    """Let everything of a risk change, and change back."""
    for number in range(times):
        concerns = [ProjectFactory(name=f"Project {number}"), OrganisationFactory(name=f"Partner {number}")]
        change_risk(
            by=team,
            risk=risk,
            title=f"Title {number}",
            category="financial",
            concerns=concerns,
            looked_after_by=(ally if number % 2 else team).person,
        )
        action = agree(by=team, body=group, text=f"Action {number}", agreed_on=risk.entered_on)
        treat(by=team, risk=risk, action=action)
        no_longer_treats(by=team, treatment=Treatment.objects.get(risk=risk))


@pytest.mark.parametrize("times", [1, 30])
def test_the_history_costs_the_same_after_one_change_and_after_many(
    signed_in, ally, team, group, times, django_assert_num_queries
):
    risk = enter_risk(by=team, body=group, title="The hall is lost", category="external")
    changed(risk, team, ally, group, times)
    client = signed_in(ally)
    with django_assert_num_queries(QUERIES):
        page = words(client.get(f"/risks/{risk.pk}/history/"))
    for said in ("Title", "Project", "Partner", "Action"):
        assert f"{said} {times - 1}" in page
    assert ("added" in page, "removed" in page) == (True, True)


def test_what_a_reader_is_kept_from_is_in_no_history(signed_in, ally, team, group):
    risk = enter_risk(by=team, body=group, title="The hall is lost", category="external")
    changed(risk, team, ally, group, 2)
    earlier = risk.matters.model.history.get(about_project__name="Project 0", history_type="+").about_project
    WithholdingFactory(person=ally.person, about_project=earlier)
    page = words(signed_in(ally).get(f"/risks/{risk.pk}/history/"))
    assert ("Project 0" in page, "Project 1" in page) == (False, True)
