"""The lines of ACCEPTANCE about the register, one test each."""

from datetime import date

import pytest

from meetings.example.loading import load_example
from risks.models import Assessment, Risk
from risks.scheme import Impact
from risks.services.assessing import assess
from risks.services.registering import enter_risk
from tests.factories import ProjectFactory
from tests.risks.test_register_pages import words

pytestmark = pytest.mark.usefixtures("today")


def test_25_projects_are_ranked_by_the_risks_that_concern_them(signed_in, ally, team, group):
    worse, milder = ProjectFactory(name="Worse"), ProjectFactory(name="Milder")
    for project, likelihood in ((milder, 1), (worse, 4)):
        risk = enter_risk(by=team, body=group, title=f"Of {project}", category="external", concerns=[project])
        assess(by=team, risk=risk, likelihood=likelihood, impacts={Impact.PUBLIC: 4}, reason="Seen.")
    page = words(signed_in(ally).get("/projects/")).partition("Ranked")[2]
    assert page.index("Worse") < page.index("Milder")


def test_29_what_would_be_lost_by_stopping_is_asked_and_shown(signed_in, ally, team, group):
    risk = enter_risk(by=team, body=group, title="The hall", category="external")
    client = signed_in(ally)
    assert "What would be lost by stopping" in words(client.get(f"/risks/{risk.pk}/score/"))
    data = {
        "likelihood": "3",
        "impact_public": "4",
        "reason": "Seen.",
        "stage": "now",
        "lost_by_stopping": "The only warm room.",
    }
    client.post(f"/risks/{risk.pk}/score/", data)
    assert "What would be lost by stopping The only warm room." in words(client.get(risk.get_absolute_url()))


def test_30_the_group_holds_a_risk_and_a_person_only_looks_after_it(signed_in, ally, team, group):
    risk = enter_risk(by=team, body=group, title="The hall", category="external", looked_after_by=team.person)
    page = words(signed_in(ally).get(risk.get_absolute_url()))
    assert f"Held by {group}" in page
    assert f"Looked after by {team.person.full_name}" in page


def test_33_the_example_register_echoes_what_the_group_has_named(db):
    load_example()
    titles = " ".join(Risk.objects.values_list("title", flat=True)).lower()
    for theme in (
        "money next year",
        "core funding",
        "inside the university",
        "which group",
        "values",
        "not safe",
    ):
        assert theme in titles
    assert Risk.objects.count() >= 12
    days = Assessment.objects.order_by("on").values_list("on", flat=True)
    assert (days.last() - days.first()).days > 600
    assert Risk.objects.filter(assessments=None).count() == 1
    assert Risk.objects.filter(status="closed").count() == 1
    assert isinstance(days.first(), date)
