"""The report on the cases: counts and times by year, who comes back, and nobody's name."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risks.models import CaseResponse
from risks.report import CameBack, Decided, Reviewed, Took, by_level, coming_back, in_words, outcomes, times
from risks.scheme import Level
from risks.services.cases import open_by_hand
from risks.services.deciding import Decided as ToDecide
from risks.services.turning_keys import give_key
from tests.factories import OrganisationFactory, ParticipationFactory, ProjectFactory, WithholdingFactory
from tests.risks.test_register_pages import words

PAGE, FILE = "/escalations/report/", "/escalations/report.csv"
QUERIES = 8


def reviewed(opened_on: date, *decisions: Decided, highest: Level = Level.CHAIRS, **more) -> Reviewed:
    values = {"about": "Lanterns", "partners": (), "is_open": False}
    return Reviewed(opened_on=opened_on, highest=highest, decisions=decisions, **(values | more))


# ---- The rule


def test_cases_count_in_the_year_they_opened_and_decisions_in_their_own():
    cases = [
        reviewed(date(2025, 12, 30), Decided(date(2026, 1, 5), "chairs", "pause")),
        reviewed(date(2026, 2, 3), Decided(date(2026, 2, 4), "meeting", "talk"), highest=Level.ALLIES),
    ]
    assert by_level(cases) == {2026: Counter({Level.ALLIES: 1}), 2025: Counter({Level.CHAIRS: 1})}
    assert list(by_level(cases)) == [2026, 2025]
    assert outcomes(cases) == {2026: Counter({"pause": 1, "talk": 1})}


def test_time_is_counted_in_working_days_without_closure_and_from_the_end_of_an_acceptance():
    good_friday = [date(2026, 4, 3)]
    case = reviewed(
        date(2026, 3, 30),
        Decided(date(2026, 4, 7), "chairs", "accept", date(2026, 4, 30)),
        Decided(date(2026, 5, 5), "chairs", "pause"),
        closed=[date(2026, 4, 1), *good_friday],
    )
    # 31 March, 2 and 7 April: not the closure day, nor Easter. Then 5 May: Friday 1 May is the day it came back.
    assert times([case]) == [Took(2026, "chairs", 2, 2.0, 3)]


def test_a_case_of_a_project_is_one_of_each_of_its_partners():
    cases = [
        reviewed(date(2026, 1, 5), Decided(date(2026, 1, 6), "chairs", "talk"), partners=("Tern Trust",)),
        reviewed(date(2026, 2, 3), about="Safer Starts", partners=("Tern Trust", "Harbour Trust")),
    ]
    assert coming_back(cases) == [
        CameBack("Tern Trust", 2, ("Lanterns", "Safer Starts"), Counter({"talk": 1}))
    ]


@given(
    st.lists(
        st.tuples(
            st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 60), st.sampled_from(CaseResponse)
        ),
        max_size=8,
    )
)
def test_every_decision_is_counted_once(rows):
    cases = [
        reviewed(day, Decided(date.fromordinal(day.toordinal() + wait), "chairs", response))
        for day, wait, response in rows
    ]
    assert sum(one.total() for one in outcomes(cases).values()) == len(rows)
    assert sum(one.count for one in times(cases)) == len(rows)
    assert sum(one.total() for one in by_level(cases).values()) == len(rows)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "the same day"), (1, "1 working day"), (2.5, "2.5 working days"), (3.0, "3 working days")],
)
def test_times_are_said_in_words(number: float, said: str):
    assert in_words(number) == said


# ---- The page


@pytest.fixture
def decide(today, group, team, lived, learnt):
    """Open a case about something and let the chairs decide it, or differ."""

    def decide(about, first="talk", second=None):
        case = open_by_hand(by=team, body=group, about=about, because="Worried")
        give_key(by=lived, case=case, decided=ToDecide(CaseResponse(first), "One"))
        give_key(by=learnt, case=case, decided=ToDecide(CaseResponse(second or first), "Two"))
        return case

    return decide


def test_the_page_counts_what_one_may_read(decide, signed_in, ally, chair, lived):
    partner = OrganisationFactory(name="Tern Trust")
    secret = ProjectFactory(name="Night Ferry")
    for about in (ProjectFactory(name="Lanterns"), secret):
        ParticipationFactory(project=about, organisation=partner)
        decide(about)
    decide(ProjectFactory(name="Safer Starts"), "pause", "terms")
    page = words(signed_in(ally).get(PAGE))
    assert "3 cases in the record, 1 of them not decided yet." in page
    assert "2026 2 1 0 3" in page.partition("How high they climbed")[2]
    assert "2026 0 2 0 0 0 0 2" in page.partition("What was decided")[2]
    assert "2026 The chairs, with both keys 2 the same day the same day" in page
    assert (
        "Tern Trust : 2 cases, about Lanterns, Night Ferry Decided: talk and learn together, 2 times" in page
    )
    WithholdingFactory(person=chair.person, about_project=secret)
    page = words(signed_in(chair).get(PAGE))
    assert "2 cases in the record, 1 of them not decided yet." in page
    assert ("Night Ferry" in page, "Tern Trust" in page) == (False, False)
    assert lived.person.full_name not in page


def test_an_empty_report_says_so(today, group, signed_in, ally):
    assert "There has been no case yet." in words(signed_in(ally).get(PAGE))


def test_the_file_holds_the_same_counts_and_nobodys_name(decide, signed_in, ally, lived, learnt):
    decide(ProjectFactory(name="Lanterns"), "red_line")
    answer = signed_in(ally).get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="escalations-2026-02-03.csv"'
    text = answer.content.decode("utf-8-sig")
    rows = {(row[1], row[2]): row[3] for row in csv.reader(io.StringIO(text))}
    assert rows["Decisions", "Red line: decline or leave"] == "1"
    assert rows["Cases opened, by the highest level", "2 The chairs"] == "1"
    assert rows["Working days, the longest", "The chairs, with both keys"] == "0"
    assert not any(one.person.full_name in text for one in (lived, learnt))


@pytest.mark.parametrize("many", [1, 6])
def test_as_many_queries_for_one_case_as_for_many(decide, signed_in, ally, many, django_assert_num_queries):
    for _ in range(many):
        decide(ParticipationFactory().project)
    client = signed_in(ally)
    for address in (PAGE, FILE):
        with django_assert_num_queries(QUERIES):
            client.get(address)
