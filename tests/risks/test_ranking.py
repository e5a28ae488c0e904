"""Every project ranked, and why it stands where it does (ACCEPTANCE 25, 28, 34)."""

from datetime import date, timedelta
from itertools import count, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allies.models import Interest, Post, Seat
from meetings.line_of_time import Kind, Moment, by_year
from risks.ladder import Weighed
from risks.models import Assessment, CaseResponse, Risk, RiskMatter
from risks.ranking import Source, rank, standing_of
from risks.scheme import FIRST, Impact, Level, Velocity
from risks.scoring import Score, score
from risks.services.cases import open_by_hand
from risks.services.deciding import Decided
from risks.services.turning_keys import give_key
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    ConcernFactory,
    DecisionFactory,
    MeetingFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    PositionFactory,
    ProjectFactory,
    SchemeVersionFactory,
    WithholdingFactory,
)


def scored(likelihood: int, impact: int) -> Score:
    found = score(likelihood, {Impact.PUBLIC: impact}, scheme=FIRST)
    assert found is not None
    return found


def weighed(likelihood: int, impact: int, velocity: Velocity | None = None) -> Weighed:
    return Weighed(scored(likelihood, impact), velocity)


# ---- The rule


def test_what_nobody_said_anything_of_is_not_looked_at_and_has_no_score():
    standing = standing_of([Source(), Source(through="Harbour Trust")], scheme=FIRST)
    assert (standing.is_looked_at, standing.score, standing.level) == (False, None, Level.ROUTINE)


def test_a_partners_risk_and_view_count_for_the_project_and_say_through_whom():
    standing = standing_of(
        [
            Source(weighed=(weighed(2, 2),)),
            Source(through="Harbour Trust", weighed=(weighed(4, 4),), positions=(("human", 3),)),
        ],
        scheme=FIRST,
    )
    assert standing.level is Level.CHAIRS
    assert standing.because == (
        "A score of 20 (high), through Harbour Trust",
        "Human: against, through Harbour Trust",
    )
    assert (standing.score.number, standing.score_through) == (20, "Harbour Trust")


@pytest.mark.parametrize(
    ("source", "level"),
    [
        (Source(weighed=(weighed(1, 1),)), Level.ROUTINE),
        (Source(weighed=(weighed(3, 3),)), Level.WATCH),
        (Source(weighed=(weighed(3, 3, Velocity.DAYS),)), Level.CHAIRS),
        (Source(weighed=(weighed(5, 5),)), Level.CHAIRS),
        (Source(weighed=(weighed(5, 5, Velocity.DAYS),)), Level.ALLIES),
        (Source(positions=(("human", 2),)), Level.WATCH),
        (Source(positions=(("human", 3),)), Level.CHAIRS),
        (Source(positions=(("human", 4),)), Level.ALLIES),
        (Source(concern_taken_up=True), Level.CHAIRS),
    ],
)
def test_each_source_reaches_its_rung(source: Source, level: Level):
    assert standing_of([source], scheme=FIRST).level is level


def test_25_rank_all_projects_on_a_scale_and_monitor_them():
    """By level, then number, then impact, then whose last look lies furthest back, then by name."""
    things = {
        "red": Source(weighed=(weighed(5, 5),), last_looked=date(2026, 1, 1)),
        "view alone": Source(positions=(("human", 3),), last_looked=date(2026, 1, 1)),
        "amber": Source(weighed=(weighed(3, 3),), last_looked=date(2026, 1, 1)),
        "twelve by impact": Source(weighed=(weighed(2, 4),), last_looked=date(2026, 1, 1)),
        "green, long ago": Source(weighed=(weighed(1, 1),), last_looked=date(2024, 1, 1)),
        "green": Source(weighed=(weighed(1, 1),), last_looked=date(2026, 1, 1)),
        "nobody looked": Source(),
    }
    pairs = [(name, standing_of([one], scheme=FIRST)) for name, one in things.items()]
    ranked = rank(pairs, name=str)
    assert [name for name, _ in ranked.in_order] == [
        "red",
        "view alone",
        "twelve by impact",
        "amber",
        "green, long ago",
        "green",
    ]
    assert [name for name, _ in ranked.not_looked_at] == ["nobody looked"]


sources = st.builds(
    Source,
    weighed=st.lists(st.builds(weighed, st.integers(1, 5), st.integers(1, 5)), max_size=3).map(tuple),
    positions=st.lists(st.tuples(st.sampled_from(["human", "inclusive"]), st.integers(0, 4)), max_size=3).map(
        tuple
    ),
    last_looked=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
)


@given(st.lists(sources, max_size=4))
def test_the_order_of_what_is_known_changes_no_standing(known: list[Source]):
    found = {
        (one.level, one.score and one.score.number, one.last_looked, frozenset(one.because))
        for one in (standing_of(order, scheme=FIRST) for order in permutations(known))
    }
    assert len(found) == 1


@given(st.lists(sources, min_size=1, max_size=4), sources)
def test_more_that_is_known_never_lowers_a_standing(known: list[Source], more: Source):
    assert standing_of([*known, more], scheme=FIRST).level >= standing_of(known, scheme=FIRST).level


@given(st.lists(st.tuples(st.sampled_from(Kind), st.dates(), st.integers(1, 9)), max_size=12))
def test_the_line_of_time_is_in_order_whatever_order_it_comes_in(told):
    moments = [Moment(kind, day, key, "Words") for kind, day, key in told]
    years = by_year(moments)
    days = [one.day for year in years for one in year.moments]
    assert days == sorted(days, reverse=True)
    assert [year.year for year in years] == sorted({day.year for day in days}, reverse=True)
    assert by_year(reversed(moments)) == years


# ---- The pages


def a_risk(group, *, title="Terms are broken", number=(4, 4), **about) -> Risk:
    risk = Risk.objects.create(body=group, title=title, category="external", entered_on=date(2025, 3, 4))
    RiskMatter.objects.create(risk=risk, **about)
    likelihood, impact = number
    version = group.schemes.first() or SchemeVersionFactory(body=group)
    found = scored(likelihood, impact)
    Assessment.objects.create(
        risk=risk,
        likelihood=likelihood,
        on_public=impact,
        impact=impact,
        number=found.number,
        band=found.band,
        reason="It happened before.",
        scheme=version,
        from_team=True,
        on=date(2025, 11, 3),
    )
    return risk


def one_project(group, **more) -> object:
    """A project of which everything is known, itself and through a partner."""
    project = ProjectFactory(**more)
    part = ParticipationFactory(project=project, organisation=OrganisationFactory())
    version = group.schemes.first() or SchemeVersionFactory(body=group)
    PositionFactory(about_project=project, scheme=version)
    PositionFactory(about_project=None, about_organisation=part.organisation, scheme=version)
    ConcernFactory(about_project=project, body=group, state="taken_up", summary="The terms are not clear.")
    return project


@pytest.fixture
def rows(group, today):
    """Make so many projects, each with everything that a page shows of it."""

    days = (date(2025, 3, 1) + timedelta(days=number) for number in count())

    def make(many: int) -> None:
        for _ in range(many):
            project = one_project(group)
            meeting = MeetingFactory(body=group, date=next(days))
            item = AgendaItemFactory(meeting=meeting, about_project=project)
            DecisionFactory(meeting=meeting, item=item)
            ActionFactory(body=group, about_project=project)
            Interest.objects.create(
                person=PersonFactory(),
                kind="financial",
                nature="actual",
                full_words="A salary",
                declared_on=date(2025, 3, 4),
                about_project=project,
            )

    return make


def test_the_ranking_asks_as_often_at_one_project_as_at_many(
    rows, ally, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    rows(1)
    client = signed_in(ally)
    client.get("/projects/")
    with django_assert_max_num_queries(12) as at_one:
        client.get("/projects/")
    rows(12)
    with django_assert_num_queries(len(at_one.captured_queries)):
        client.get("/projects/")


def test_a_projects_page_asks_as_often_for_little_as_for_much(
    rows, group, ally, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    rows(1)
    project = group.concerns.get().about_project
    client = signed_in(ally)
    client.get(project.get_absolute_url())
    with django_assert_max_num_queries(12) as at_one:
        client.get(project.get_absolute_url())
    version = group.schemes.first()
    for _ in range(60):
        partner = ParticipationFactory(project=project, organisation=OrganisationFactory()).organisation
        PositionFactory(about_project=None, about_organisation=partner, scheme=version)
        PositionFactory(about_project=project, scheme=version)
        ActionFactory(body=group, about_project=project)
    with django_assert_num_queries(len(at_one.captured_queries)):
        client.get(project.get_absolute_url())


def test_a_partners_page_asks_at_most_twelve_times(
    rows, group, ally, signed_in, django_assert_max_num_queries
):
    rows(1)
    partner = group.concerns.get().about_project.participations.get().organisation
    client = signed_in(ally)
    client.get(partner.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(partner.get_absolute_url())


def test_a_project_nobody_looked_at_stands_apart_and_not_at_the_bottom(group, ally, signed_in, today):
    looked_at = one_project(group, name="Lanterns")
    ProjectFactory(name="Unseen work")
    answer = signed_in(ally).get("/projects/")
    assert [row.project.name for row in answer.context["not_looked_at"]] == ["Unseen work"]
    assert [(row.place, row.project) for row in answer.context["rows"]] == [(1, looked_at)]
    page = answer.content.decode()
    assert page.index("Nobody has looked at these yet") < page.index("Ranked")


def test_34_several_organisations_in_different_parts_and_a_values_clause_apart(group, ally, signed_in, today):
    project = ProjectFactory()
    for name, part, agreement in (
        ("Harbour Trust", "partner", "values_clause"),
        ("Northern Fund", "funder", "signed"),
        ("Sea Charity", "reviewer", "none"),
    ):
        ParticipationFactory(
            project=project, organisation=OrganisationFactory(name=name), part=part, agreement=agreement
        )
    page = signed_in(ally).get(project.get_absolute_url()).content.decode()
    assert page.count("Without a values clause") == 2
    assert "Agreement: signed, with a values clause" in page


def test_everything_that_happened_is_on_one_line(rows, group, ally, signed_in):
    rows(1)
    project = group.concerns.get().about_project
    answer = signed_in(ally).get(project.get_absolute_url())
    kinds = {one.kind for year in answer.context["years"] for one in year.moments}
    assert kinds == set(Kind) - {Kind.ASSESSMENT, Kind.CASE, Kind.CASE_DECIDED}


def test_a_case_and_its_decision_are_on_the_line_and_an_open_one_is_led_to(
    group, ally, team, account_of, signed_in, today
):
    project = ProjectFactory()
    chairs = [account_of(group, Post.CO_CHAIR, seat=seat) for seat in Seat]
    case = open_by_hand(by=team, body=group, about=project, because="Worried")
    page = signed_in(team).get(project.get_absolute_url()).content.decode()
    assert ("A case is open: see where it stands" in page, "Open a case" in page) == (True, False)
    for chair in chairs:
        give_key(by=chair, case=case, decided=Decided(CaseResponse.PAUSE, "Quail"))
    answer = signed_in(ally).get(project.get_absolute_url())
    said = [(one.title, one.words, one.url) for year in answer.context["years"] for one in year.moments]
    assert said == [
        ("Case decided: Pause", "The chairs, with both keys", case.get_absolute_url()),
        ("A case was opened", "For the escalation review", case.get_absolute_url()),
    ]
    assert ("A case is open" in answer.content.decode(), "Quail" in answer.content.decode()) == (False, False)


def test_who_is_kept_from_a_partner_sees_nothing_through_it(group, ally, signed_in, today):
    project = one_project(group, name="Lanterns")
    partner = project.participations.get().organisation
    WithholdingFactory(person=ally.person, about_organisation=partner)
    page = signed_in(ally).get(project.get_absolute_url()).content.decode()
    assert partner.name not in page
    assert signed_in(ally).get(partner.get_absolute_url()).status_code == 404


def test_a_risk_of_a_project_and_its_partner_is_one_reason(group, ally, signed_in, today):
    part = ParticipationFactory()
    risk = a_risk(group, about_project=part.project)
    RiskMatter.objects.create(risk=risk, about_organisation=part.organisation)
    a_risk(group, title="The firm closes", number=(5, 5), about_organisation=part.organisation)
    answer = signed_in(ally).get(part.project.get_absolute_url())
    assert answer.context["level"].because == (
        "A score of 20 (high)",
        f"A score of 30 (high), through {part.organisation.name}",
    )
    assert [(row.title, row.through) for row in answer.context["risks"]] == [
        ("The firm closes", part.organisation.name),
        ("Terms are broken", ""),
    ]
