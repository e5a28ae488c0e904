"""The register of a past day: what stood then, what was closed then, and what has become of it since."""

import csv
import io
from datetime import date

import pytest

from risks.models import Risk
from risks.services.registering import close_risk, open_again
from tests.factories import AssessmentFactory, RiskFactory, SchemeVersionFactory
from tests.risks.test_register_pages import words

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def risk(group) -> Risk:
    SchemeVersionFactory(body=group)
    return RiskFactory(body=group, title="The hall is lost")


def test_the_register_of_a_past_day_shows_what_stood_then(signed_in, ally, group, risk):
    AssessmentFactory(risk=risk, likelihood=1, on=date(2025, 3, 4))
    AssessmentFactory(risk=risk, likelihood=5, on=date(2025, 12, 1))
    RiskFactory(body=group, title="Entered later", entered_on=date(2025, 12, 2))
    gone = RiskFactory(
        body=group, title="Closed since", status="closed", closed_because="Over.", closed_on=date(2025, 12, 3)
    )
    AssessmentFactory(risk=gone, likelihood=2, on=date(2025, 3, 4))
    then = words(signed_in(ally).get("/risks/?on=2025-11-19"))
    assert "As it stood on Wednesday 19 November 2025." in then
    assert [title in then for title in ("The hall is lost", "Entered later", "Closed since")] == [
        True,
        False,
        True,
    ]
    assert "Closed since, on 3 December 2025" in then
    rows = then.partition("All risks")[2]
    assert f"R{risk.pk} The hall is lost Operational 8 watch Hits the community hardest" in rows
    assert "24 high" not in rows
    assert f"8 watch, 1 risk: show only it R{risk.pk} The hall is lost" in then
    now = words(signed_in(ally).get("/risks/"))
    assert [title in now for title in ("The hall is lost", "Entered later", "Closed since")] == [
        True,
        True,
        False,
    ]


def test_an_unscored_risk_that_was_closed_later_says_so_on_a_past_day(signed_in, ally, group):
    RiskFactory(
        body=group, title="Gone", status="closed", closed_because="Over.", closed_on=date(2025, 12, 3)
    )
    then = words(signed_in(ally).get("/risks/?on=2025-11-19")).partition("Not scored yet")[2]
    assert "Gone Operational · Closed since, on 3 December 2025" in then


def test_between_its_closing_and_its_opening_again_a_risk_was_closed(signed_in, ally, team, risk):
    close_risk(by=team, risk=risk, because="Over.", on=date(2025, 6, 2))
    open_again(by=team, risk=risk, reason="It came back.", on=date(2025, 9, 1))
    client = signed_in(ally)
    for day, stood in (
        ("2025-06-01", True),
        ("2025-06-02", False),
        ("2025-08-31", False),
        ("2025-09-01", True),
    ):
        assert ("The hall is lost" in words(client.get(f"/risks/?on={day}"))) is stood
    closed = words(client.get("/risks/?on=2025-07-01&status=closed"))
    assert "The hall is lost Operational · Closed on 2 June 2025, opened again on 1 September 2025" in closed
    assert "The hall is lost" not in words(client.get("/risks/?on=2025-10-01&status=closed"))
    [row] = csv.DictReader(
        io.StringIO(client.get("/risks/export.csv?on=2025-07-01&status=closed").content.decode("utf-8-sig"))
    )
    assert row["Status"] == "Closed on 2 June 2025, opened again on 1 September 2025"
    assert "Opened again" in words(client.get("/risks/?since=2025-07-01"))
    assert "Opened again" not in words(client.get("/risks/?since=2025-10-01"))
