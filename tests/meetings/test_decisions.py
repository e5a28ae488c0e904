"""Every decision, decision apart from advice."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import BodyFactory, DecisionFactory, MeetingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def listed(signed_in, ally):
    """The texts on the page, in their order."""

    def texts(**query: str) -> list[str]:
        page = signed_in(ally).get(reverse("decisions"), query)
        assert page.status_code == 200
        return [decision.text for decision in page.context["page_obj"]]

    return texts


def test_the_newest_come_first(listed, group):
    for day in (date(2024, 3, 5), date(2025, 11, 19), date(2025, 3, 4)):
        DecisionFactory(meeting=MeetingFactory(body=group, date=day), text=f"On {day}")
    assert listed() == ["On 2025-11-19", "On 2025-03-04", "On 2024-03-05"]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("", ["Both seats stay.", "Ask the council first."]),
        ("decision", ["Both seats stay."]),
        ("advice", ["Ask the council first."]),
        ("nonsense", ["Both seats stay.", "Ask the council first."]),
    ],
)
def test_decisions_and_advice_can_be_seen_apart(listed, group, kind, texts):
    meeting = MeetingFactory(body=group)
    DecisionFactory(meeting=meeting, position=1, text="Both seats stay.", kind="decision")
    DecisionFactory(meeting=meeting, position=2, text="Ask the council first.", kind="advice")
    assert listed(kind=kind) == texts


def test_words_ask_for_some_of_them(listed, group):
    meeting = MeetingFactory(body=group)
    DecisionFactory(meeting=meeting, text="José chairs in May.")
    DecisionFactory(meeting=meeting, text="Nobody chairs in June.")
    assert listed(q="chairs jose") == ["José chairs in May."]


def test_each_says_its_kind_how_it_was_reached_and_at_which_meeting(signed_in, ally, group):
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    DecisionFactory(meeting=meeting, text="Both seats stay.", reached="by_all")
    page = signed_in(ally).get(reverse("decisions")).content.decode()
    for words in ("tag--decision", "Agreed by all", "Wednesday 19 November 2025"):
        assert page.count(words) == 1
    assert f'<a href="{meeting.get_absolute_url()}#decisions">' in page


def test_one_that_was_withdrawn_stays_and_says_why(signed_in, ally, group):
    DecisionFactory(meeting=MeetingFactory(body=group), withdrawn="It was advice.")
    assert "<b>Withdrawn:</b> It was advice." in signed_in(ally).get(reverse("decisions")).content.decode()


def test_those_of_a_group_one_may_not_read_are_not_here(listed):
    DecisionFactory(meeting=MeetingFactory(body=BodyFactory()))
    assert listed() == []


def test_an_empty_list_says_why(signed_in, ally):
    page = signed_in(ally).get(reverse("decisions")).content.decode()
    assert "No decisions are recorded yet." in page


def test_pages_keep_what_was_asked_for(signed_in, ally, group):
    meeting = MeetingFactory(body=group)
    for _ in range(53):
        DecisionFactory(meeting=meeting)
    page = signed_in(ally).get(reverse("decisions"), {"kind": "decision"}).content.decode()
    assert "53 decisions" in page
    assert 'href="?kind=decision&amp;page=2"' in page


def test_it_asks_as_often_at_one_as_at_many(signed_in, django_assert_num_queries, ally, group):
    client = signed_in(ally)
    DecisionFactory(meeting=MeetingFactory(body=group))
    client.get(reverse("decisions"))
    with django_assert_num_queries(6):
        client.get(reverse("decisions"))
    for _ in range(40):
        DecisionFactory(meeting=MeetingFactory(body=group))
    with django_assert_num_queries(6):
        client.get(reverse("decisions"))
