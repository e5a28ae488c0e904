"""The register in the browser: what it shows, of which day, to whom, at what cost; and how a risk gets into it."""

import csv
import io
import re
from datetime import date

import pytest
from django.utils.html import strip_tags

from allies.models import Account, Withholding
from risks.models import Assessment, Risk, SchemeVersion, Stage
from tests.factories import (
    AgendaItemFactory,
    AssessmentFactory,
    DecisionFactory,
    MeetingFactory,
    ProjectFactory,
    RiskFactory,
    RiskMatterFactory,
    SchemeVersionFactory,
)

pytestmark = pytest.mark.usefixtures("today")
# Session, account with its person, appointments, bodies; then six of the register.
REGISTER_QUERIES = 10
RISK_QUERIES = 12


def words(response) -> str:
    """What the page says, in one line."""
    main = response.content.decode().partition("<main")[2]
    spaced = f"<main{main}".replace("<", " <")
    return re.sub(r"\s+", " ", strip_tags(spaced)).replace(" ,", ",")


@pytest.fixture
def scheme(group) -> SchemeVersion:
    return SchemeVersionFactory(body=group)


@pytest.fixture
def risk(group, scheme) -> Risk:
    return RiskFactory(body=group, title="The hall is lost")


def sent(title: str = "The roof leaks", **more: str) -> dict[str, str]:
    """What a filled form sends."""
    return {
        "title": title,
        "category": "operational",
        "review_months": "3",
        "score-likelihood": "3",
        "score-impact_public": "4",
        "score-impact_team": "2",
        "score-reason": "It dripped on the minutes.",
    } | more


# ---- Reading it


def test_a_row_says_the_number_the_band_and_whom_it_hits(signed_in, ally, risk):
    AssessmentFactory(risk=risk, on_community=2, on_public=4, impact=4)
    page = words(signed_in(ally).get("/risks/"))
    assert f"R{risk.pk} The hall is lost" in page
    assert "16 high Hits the public hardest" in page


def test_two_who_differ_stand_side_by_side_and_in_both_their_squares(signed_in, ally, risk):
    AssessmentFactory(risk=risk, likelihood=2)
    AssessmentFactory(risk=risk, likelihood=4, from_team=False, on=date(2025, 4, 1))
    page = words(signed_in(ally).get("/risks/"))
    assert "Allies 20 high Team 12 watch They differ." in page
    for side, score in (("Team", "12 watch"), ("Allies", "20 high")):
        assert f"{score}, 1 risk: show only it R{risk.pk} The hall is lost, {side}’s score" in page


def test_what_nobody_scored_stands_apart_and_is_not_nought(signed_in, ally, risk):
    page = words(signed_in(ally).get("/risks/"))
    apart = page.partition("Not scored yet")[2]
    assert f"R{risk.pk} The hall is lost" in apart
    assert "Not scored Score it" in apart


def test_what_has_changed_since_a_day_is_said_kind_by_kind(signed_in, ally, group, risk):
    AssessmentFactory(risk=risk, likelihood=2, on=date(2025, 3, 4))
    AssessmentFactory(risk=risk, likelihood=4, on=date(2025, 12, 1))
    same = AssessmentFactory(risk__body=group, risk__title="The same", on=date(2025, 3, 4)).risk
    AssessmentFactory(risk=same, on=date(2025, 12, 1), still_stands=True)
    RiskFactory(body=group, title="Entered later", entered_on=date(2025, 12, 2))
    RiskFactory(
        body=group,
        title="Closed since",
        status="closed",
        closed_because="It is over.",
        closed_on=date(2025, 12, 3),
    )
    page = words(signed_in(ally).get("/risks/?since=2025-11-19"))
    changes = page.partition("What has changed since 19 November 2025")[2].partition("Where the risks stand")[
        0
    ]
    assert re.findall(
        r"New|Gone up|Closed(?= R)|Looked at again, and the same|R\d+ [A-Z]\w+ \w+", changes
    ) == [
        "New",
        f"R{Risk.objects.get(title='Entered later').pk} Entered later",
        "Gone up",
        f"R{risk.pk} The hall",
        "Closed",
        f"R{Risk.objects.get(title='Closed since').pk} Closed since",
        "Looked at again, and the same",
        f"R{same.pk} The same",
    ]
    assert "From 12 to 20" in changes


def test_what_has_changed_is_said_of_the_risks_that_are_asked_for(signed_in, ally, group, risk):
    AssessmentFactory(risk=risk, on=date(2025, 12, 1))
    for title, category in (("The money", "financial"), ("The rooms", "operational")):
        RiskFactory(body=group, title=title, category=category, entered_on=date(2025, 12, 2))
    RiskFactory(
        body=group,
        title="The till",
        category="financial",
        status="closed",
        closed_because="It is over.",
        closed_on=date(2025, 12, 3),
    )
    page = words(signed_in(ally).get("/risks/?since=2025-11-19&category=financial"))
    changes = page.partition("What has changed since")[2].partition("Where the risks stand")[0]
    assert re.findall(r"The (?:hall|money|rooms|till)", changes) == ["The money", "The till"]


@pytest.mark.parametrize(
    ("asked", "name", "why"),
    [
        ("since=2026-02-04", "since", "That day is still to come. Give today, or a day before"),
        ("on=2026-02-04", "on", "That day is still to come. Give today, or a day before"),
        (
            "since=2025-12-02&on=2025-12-01",
            "since",
            "Give a day that is not after the one on which it stood so",
        ),
    ],
)
def test_days_that_say_nothing_are_refused_with_a_sentence(signed_in, ally, risk, asked, name, why):
    page = signed_in(ally).get(f"/risks/?{asked}")
    assert (page.status_code, page.context["form"].errors) == (422, {name: [why]})
    # The other filters stay as they were, in words.
    assert ("Every band Low Watch High" in words(page), "Everything" in words(page)) == (True, True)


def test_the_days_typed_in_three_fields_stay_with_every_link_of_the_map(signed_in, ally, risk):
    AssessmentFactory(risk=risk, likelihood=2, on=date(2025, 3, 4))
    typed = {"on_day": "1", "on_month": "dec", "on_year": "2025", "since_day": "19", "since_month": "11"}
    page = signed_in(ally).get("/risks/", typed | {"since_year": "2025", "category": ""})
    assert '<details class="filters" open>' in page.text
    days = "on=2025-12-01&amp;since=2025-11-19"
    links = re.findall(r'href="(\?[^"]*(?:stage|likelihood)=[^"]*)"', page.text)
    assert links
    assert [link for link in links if not link.startswith(f"?{days}&amp;stage=")] == []


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("category=financial", {"Money"}),
        ("band=red", {"The hall is lost"}),
        ("unscored=on", {"Money"}),
        ("review=on", {"Money"}),
        ("q=HALL", {"The hall is lost"}),
        ("likelihood=3&impact=4", {"The hall is lost"}),
        ("likelihood=3&impact=5", set()),
        ("differ=on", set()),
        ("status=closed", {"Gone"}),
        ("status=all", {"The hall is lost", "Money", "Gone"}),
        ("mine=on", {"Money"}),
    ],
)
def test_the_address_holds_the_filters(signed_in, ally, group, risk, asked, titles):
    AssessmentFactory(risk=risk)
    RiskFactory(
        body=group,
        title="Money",
        category="financial",
        review_on=date(2026, 2, 3),
        looked_after_by=ally.person,
    )
    RiskFactory(
        body=group, title="Gone", status="closed", closed_because="Over.", closed_on=date(2025, 12, 3)
    )
    rows = csv.DictReader(
        io.StringIO(signed_in(ally).get(f"/risks/export.csv?{asked}").content.decode("utf-8-sig"))
    )
    assert {row["Risk"] for row in rows} == titles


def test_a_project_s_risks_are_found_by_its_filter(signed_in, ally, group, risk):
    matter = RiskMatterFactory(risk=risk)
    RiskFactory(body=group, title="Another")
    page = words(signed_in(ally).get(f"/risks/?about=project:{matter.about_project_id}"))
    assert ("The hall is lost" in page, "Another" in page) == (True, False)


def test_an_address_that_cannot_be_read_says_so(signed_in, ally, risk):
    client = signed_in(ally)
    assert [client.get(f"/risks/{path}").status_code for path in ("?on=2025-02-31", "export.csv?band=x")] == [
        422,
        422,
    ]


def test_no_cell_of_the_sheet_is_a_formula(signed_in, ally, group):
    RiskFactory(body=group, title="=1+1")
    assert "'=1+1" in signed_in(ally).get("/risks/export.csv").content.decode()


def test_what_a_reader_is_kept_from_is_not_in_the_register(signed_in, ally, risk):
    matter = RiskMatterFactory(risk=risk)
    Withholding.objects.create(
        person=ally.person, about_project=matter.about_project, since=date(2026, 1, 1), why="Works there."
    )
    client = signed_in(ally)
    for path in ("/risks/", "/risks/?since=2025-01-01", "/risks/export.csv", "/search/?q=hall"):
        assert "The hall is lost" not in client.get(path).content.decode()
    assert client.get(risk.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("many", [1, 40])
def test_the_register_costs_the_same_queries_at_one_row_and_at_many(
    signed_in, ally, group, scheme, many, django_assert_num_queries
):
    for number in range(many):
        risk = RiskFactory(body=group, looked_after_by=ally.person)
        RiskMatterFactory(risk=risk)
        AssessmentFactory(risk=risk, likelihood=1 + number % 5)
        AssessmentFactory(risk=risk, likelihood=1 + number % 4, from_team=False)
    client = signed_in(ally)
    # Another day than today asks once more, for what was closed then.
    for path, more in (
        ("/risks/", 0),
        ("/risks/export.csv", 0),
        ("/risks/?since=2025-01-01", 1),
        ("/risks/?on=2026-01-01", 1),
    ):
        with django_assert_num_queries(REGISTER_QUERIES + more):
            client.get(path)


@pytest.mark.parametrize("many", [5, 5000])
def test_five_thousand_scores_cost_the_same_queries_as_five(
    signed_in, ally, risk, scheme, many, django_assert_num_queries
):
    Assessment.objects.bulk_create(
        AssessmentFactory.build(
            risk=risk,
            scheme=scheme,
            likelihood=1 + number % 5,
            on=date.fromordinal(date(2012, 1, 1).toordinal() + number),
            from_team=number % 2 == 0,
        )
        for number in range(many)
    )
    client = signed_in(ally)
    for path, queries in (("/risks/", REGISTER_QUERIES), (risk.get_absolute_url(), RISK_QUERIES)):
        with django_assert_num_queries(queries):
            assert client.get(path).status_code == 200


# ---- One risk


def test_a_risk_s_page_tells_its_life(signed_in, ally, group, risk):
    AssessmentFactory(risk=risk, likelihood=2, reason="It rained.", by=ally.person)
    AssessmentFactory(risk=risk, likelihood=1, stage=Stage.TARGET, reason="A new roof.")
    AssessmentFactory(risk=risk, likelihood=4, reason="It poured.", on=date(2025, 11, 3))
    item = AgendaItemFactory(meeting=MeetingFactory(body=group), title="The roof", risk=risk)
    DecisionFactory(meeting=item.meeting, item=item, text="We ask the landlord.")
    page = words(signed_in(ally).get(risk.get_absolute_url()))
    for said in (
        "20 high It would hit the community hardest",
        "Up 8 at the last score",
        "The score went from 12 on 4 March 2025 to 20 on 3 November 2025",
        "“It rained.”",
        "“It poured.”",
        "The roof",
        "Decision: “We ask the landlord.”",
    ):
        assert said in page


def test_an_old_score_keeps_the_words_of_its_own_scheme(signed_in, ally, group, risk, scheme):
    AssessmentFactory(risk=risk, scheme=scheme)
    newer = scheme.scheme.as_data() | {"bands": {"green": "Calm", "amber": "Care", "red": "Storm"}}
    SchemeVersionFactory(body=group, version=9, content=newer, adopted_on=date(2026, 1, 1))
    client = signed_in(ally)
    assert "16 high" in words(client.get(risk.get_absolute_url()))
    assert "16 storm" in words(client.get("/risks/"))
    assert "Storm" in words(client.get("/risks/scheme/"))


# ---- Entering and weighing


def test_a_risk_and_its_first_score_are_entered_on_one_page(signed_in, team, scheme):
    project = ProjectFactory()
    data = sent(
        concerns=f"project:{project.pk}",
        **{"score-velocity": "days", "target-likelihood": "1", "target-impact_public": "2"},
    )
    response = signed_in(team).post("/risks/new/", data)
    risk = Risk.objects.get()
    assert response.url == risk.get_absolute_url()
    assert [one.about for one in risk.matters.all()] == [project]
    assert [(one.stage, one.number, one.by) for one in risk.assessments.order_by("pk")] == [
        ("now", 16, team.person),
        ("target", 4, team.person),
    ]
    assert risk.review_on == date(2026, 5, 3)


def test_a_risk_may_be_entered_unscored(signed_in, team, scheme):
    signed_in(team).post("/risks/new/", {"title": "The roof", "category": "financial", "review_months": ""})
    assert Risk.objects.get().assessments.count() == 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "Say what might happen"),
        ({"category": ""}, "Choose the category that fits best"),
        ({"score-reason": ""}, "Say why: one reason is enough"),
        ({"score-likelihood": ""}, "Choose how likely it is"),
        ({"score-impact_public": "", "score-impact_team": ""}, "Choose how bad it would be"),
    ],
)
def test_a_half_filled_form_loses_nothing(signed_in, team, scheme, wrong, said):
    response = signed_in(team).post("/risks/new/", sent(because="The slates are old.", **wrong))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "The slates are old." in page
    assert (Risk.objects.count(), Assessment.objects.count()) == (0, 0)


def score(client, risk: Risk, **more: str):
    data = {"likelihood": "5", "impact_community": "4", "reason": "I live there.", "stage": "now"}
    return client.post(f"/risks/{risk.pk}/score/", data | more)


def test_an_ally_adds_a_second_score_that_differs(signed_in, ally: Account, risk):
    AssessmentFactory(risk=risk)
    assert score(signed_in(ally), risk).status_code == 303
    newest = risk.assessments.latest_first().first()
    assert (newest.number, newest.from_team, newest.by) == (24, False, ally.person)
    assert "they differ" in words(signed_in(ally).get(risk.get_absolute_url()))


def test_an_ally_cannot_score_for_somebody_else_or_another_day(signed_in, ally, team, risk):
    score(signed_in(ally), risk, scored_by=str(team.person.pk), on="2025-01-01")
    newest = risk.assessments.get()
    assert (newest.by, newest.on) == (ally.person, date(2026, 2, 3))


def test_a_score_that_still_stands_says_why(signed_in, ally, risk):
    AssessmentFactory(risk=risk)
    client = signed_in(ally)
    assert client.post(f"/risks/{risk.pk}/stands/", {"reason": ""}).status_code == 422
    client.post(f"/risks/{risk.pk}/stands/", {"reason": "Nobody mended it."})
    assert "it still stands" in words(client.get(risk.get_absolute_url()))


def test_the_group_adopts_a_proposal_by_its_decision(signed_in, team, group, scheme):
    client = signed_in(team)
    page = client.get("/risks/scheme/propose/")
    form = page.context["form"]
    data = {field.html_name: field.value() for field in form} | {"red_from": "16", "why": "15 is rare."}
    assert client.post("/risks/scheme/propose/", data).status_code == 303
    version = SchemeVersion.objects.get(adopted_on=None)
    said = words(client.get("/risks/scheme/"))
    assert "The worst band begins at 15 16" in said
    decision = DecisionFactory(meeting=MeetingFactory(body=group), text="We begin at 16.")
    client.post(f"/risks/scheme/{version.pk}/adopt/", {"decision": decision.pk})
    version.refresh_from_db()
    assert version.adopted_on == decision.meeting.date
    assert "Adopted by the group on" in words(client.get("/risks/scheme/"))


def test_a_meeting_leads_to_the_register_as_it_stood(signed_in, ally, group):
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    page = signed_in(ally).get(meeting.get_absolute_url()).content.decode()
    assert "/risks/?on=2025-11-19" in page
    assert "/risks/?since=2025-11-19" in page
