"""Finding words anywhere in the record, as far as one may see it."""

from datetime import date

import pytest
from django.urls import reverse

from allies.models import OtherName
from meetings.models import Paper
from meetings.models.search import OF_EACH, search, words_of
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssessmentFactory,
    AssignmentFactory,
    BodyFactory,
    ConcernFactory,
    ConcernRaiserFactory,
    DecisionFactory,
    InterestFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
    PositionFactory,
    ProjectFactory,
    RiskFactory,
    SchemeVersionFactory,
    UpdateFactory,
    WithholdingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def found_by(actor, query: str) -> dict[str, list[str]]:
    """What is found, by kind: the titles."""
    return {results.kind: [one.title for one in results.found] for results in search(actor, words_of(query))}


@pytest.fixture
def meeting(group):
    return MeetingFactory(body=group, date=date(2025, 11, 19))


def test_every_kind_of_thing_is_looked_through(ally, group, meeting):
    PersonFactory(full_name="Heron Vale")
    BodyFactory(name="Heron working group")
    ProjectFactory(name="The heron project")
    OrganisationFactory(name="Heron Trust")
    MeetingFactory(body=group, date=date(2025, 3, 4), title="About the heron")
    ActionFactory(body=group, text="Ask about the heron")
    DecisionFactory(meeting=meeting, text="The heron stays.")
    AgendaItemFactory(meeting=meeting, title="Progress", notes="- Bel had seen the heron")
    Paper.objects.create(meeting=meeting, title="Heron report", link="https://example.org/a")
    about = ProjectFactory(name="Lanterns")
    PositionFactory(about_project=about, scheme__body=group, evidence="No heron was asked.")
    assert found_by(ally, "heron") == {
        "people": ["Heron Vale"],
        "bodies": ["Heron working group"],
        "projects": ["The heron project"],
        "organisations": ["Heron Trust"],
        "meetings": ["Allies Group, 4 March 2025"],
        "actions": ["Ask about the heron"],
        "views": ["A view of Lanterns"],
        "decisions": ["The heron stays."],
        "items": ["Progress"],
        "papers": ["Heron report"],
    }


def test_every_word_must_occur_in_any_order(ally, group):
    ActionFactory(body=group, text="Ask the harbour office")
    ActionFactory(body=group, text="Ask the museum")
    assert found_by(ally, "office ask") == {"actions": ["Ask the harbour office"]}


@pytest.mark.parametrize("query", ["jose", "JOSÉ", "josé", "Jose"])
def test_capitals_and_accents_do_not_matter_on_any_database(ally, query):
    PersonFactory(full_name="José Alvarez")
    assert found_by(ally, query) == {"people": ["José Alvarez"]}


def test_a_sign_that_means_something_in_a_pattern_is_only_a_sign(ally, group):
    ActionFactory(body=group, text="Spend 50% (half) of it [or so]")
    ActionFactory(body=group, text="Spend 500")
    assert found_by(ally, "50% (half) [or") == {"actions": ["Spend 50% (half) of it [or so]"]}


def test_a_person_is_found_by_another_name(ally):
    person = PersonFactory(full_name="Rosamund Teal")
    OtherName.objects.create(person=person, name="Rozz")
    assert found_by(ally, "rozz") == {"people": ["Rosamund Teal"]}


def test_an_action_is_found_by_who_carries_it_and_by_what_was_said(ally, group):
    carried = ActionFactory(body=group, text="Write the guide")
    AssignmentFactory(action=carried, person=None, as_written="Harbour team")
    said = ActionFactory(body=group, text="Ring the office")
    UpdateFactory(action=said, note="The harbour office was closed.")
    assert sorted(found_by(ally, "harbour")["actions"]) == ["Ring the office", "Write the guide"]


def test_what_one_may_not_read_is_not_found(ally, team):
    elsewhere = MeetingFactory(body=BodyFactory(), title="Heron")
    ActionFactory(body=elsewhere.body, text="Heron")
    DecisionFactory(meeting=elsewhere, text="Heron")
    AgendaItemFactory(meeting=elsewhere, title="Heron")
    Paper.objects.create(meeting=elsewhere, title="Heron", link="https://example.org/a")
    assert found_by(ally, "heron") == {}
    assert sorted(found_by(team, "heron")) == ["actions", "decisions", "items", "meetings", "papers"]


def test_of_many_the_first_twenty_are_given_with_the_number_of_all(ally, group):
    for _ in range(23):
        ActionFactory(body=group, text="Heron")
        PersonFactory(full_name="Heron Vale")
    assert [(one.kind, one.count, len(one.found)) for one in search(ally, ["heron"])] == [
        ("people", 23, OF_EACH),
        ("actions", 23, OF_EACH),
    ]


# ---- The page


def test_before_anything_is_asked_there_is_the_form_alone(signed_in, ally):
    page = signed_in(ally).get(reverse("search"))
    assert [page.status_code, b"Nothing with" in page.content, b"errors" in page.content] == [
        200,
        False,
        False,
    ]


@pytest.mark.parametrize("query", ["", "a", " a b "])
def test_too_little_to_look_for_is_said_at_the_field(signed_in, ally, query):
    page = signed_in(ally).get(reverse("search"), {"q": query})
    assert page.status_code == 422
    assert b"Write at least one word of two letters" in page.content


def test_words_are_marked_and_what_people_typed_stays_words(signed_in, ally, group):
    ActionFactory(body=group, text="Ask <b>the</b> heron & co", details="Look for the heron at <em>dusk</em>")
    page = signed_in(ally).get(reverse("search"), {"q": "heron"}).content.decode()
    assert "Ask &lt;b&gt;the&lt;/b&gt; <mark>heron</mark> &amp; co" in page
    assert "Look for the <mark>heron</mark> at &lt;em&gt;dusk&lt;/em&gt;" in page


def test_a_line_of_the_notes_leads_to_its_item(signed_in, ally, meeting):
    AgendaItemFactory(meeting=meeting, position=4, title="Welcome")
    AgendaItemFactory(meeting=meeting, position=7, title="Progress", notes="- Bel had seen the heron")
    page = signed_in(ally).get(reverse("search"), {"q": "heron"}).content.decode()
    assert f'<a href="{meeting.get_absolute_url()}#item-2">' in page
    assert "Item 2. Allies Group, Wednesday 19 November 2025" in page


def test_nothing_found_says_so_and_what_one_could_do(signed_in, ally):
    page = signed_in(ally).get(reverse("search"), {"q": "heron"}).content.decode()
    assert ["Nothing with “heron”" in page, "Try fewer words" in page] == [True, True]


def test_more_actions_than_show_lead_to_the_list_with_the_same_words(signed_in, ally, group):
    for _ in range(21):
        ActionFactory(body=group, text="The grey heron")
    page = signed_in(ally).get(reverse("search"), {"q": "grey heron"}).content.decode()
    assert f"{reverse('actions:list')}?q=grey+heron&amp;status=all" in page


def test_it_asks_as_often_at_one_of_each_as_at_many(
    signed_in, django_assert_num_queries, ally, group, meeting
):
    client, scheme = signed_in(ally), SchemeVersionFactory(body=group)
    client.get(reverse("search"), {"q": "heron"})
    for number in (1, 30):
        for place in range(number):
            PersonFactory(full_name="Heron Vale")
            ProjectFactory(name=f"Heron {number} {place}")
            ActionFactory(body=group, text="Heron")
            DecisionFactory(meeting=meeting, text="Heron")
            AgendaItemFactory(meeting=meeting, title="Heron")
            Paper.objects.create(meeting=meeting, title="Heron", link="https://example.org/a")
            BodyFactory(name="Heron")
            ConcernFactory(body=group, summary="Heron")
            OrganisationFactory(name=f"Heron {number} {place}")
            PositionFactory(about_project=ProjectFactory(), scheme=scheme, evidence="Heron")
            AssessmentFactory(risk=RiskFactory(body=group), scheme=scheme, reason="Heron")
        with django_assert_num_queries(12):
            client.get(reverse("search"), {"q": "heron"})


def test_a_risk_is_found_by_what_a_score_of_it_rests_on(ally, group):
    risk = RiskFactory(body=group, title="The hall is lost")
    for reason, evidence in (("Seen twice.", "The heron minutes"), ("Seen again.", "Nothing new")):
        AssessmentFactory(risk=risk, scheme__body=group, reason=reason, evidence=evidence)
    AssessmentFactory(risk=RiskFactory(body=group), scheme__body=group, evidence="The kestrel minutes")
    [results] = search(ally, words_of("heron hall"))
    assert [one.title for one in results.found] == ["The hall is lost"]
    assert "The heron minutes" in results.found[0].texts[-1]


def test_a_view_leads_to_its_place_and_one_of_a_withheld_partner_is_not_found(signed_in, ally, chair, group):
    partner = OrganisationFactory(name="Harbour Trust")
    PositionFactory(
        about_project=None, about_organisation=partner, scheme__body=group, evidence="A heron was sold."
    )
    WithholdingFactory(person=chair.person, about_project=None, about_organisation=partner)
    assert f'href="/organisations/{partner.pk}/#values"' in _page(signed_in(ally), "heron")
    assert found_by(chair, "heron") == {}


def test_a_concern_is_found_by_the_chairs_words_and_never_by_its_raisers(ally, chair, group):
    told = ConcernFactory(body=group, summary="The heron is sold.", outcome="Taken to the office.")
    ConcernRaiserFactory(concern=told, person=ally.person, words="A kestrel, too.")
    ConcernRaiserFactory(concern=ConcernFactory(body=group), person=ally.person, words="The heron again.")
    for account in (ally, chair):
        assert found_by(account, "heron office") == {"concerns": [str(told)]}
        assert found_by(account, "kestrel") == {}
        assert found_by(account, "again") == {}


def test_an_interest_is_found_by_the_words_that_the_reader_may_read(signed_in, ally, chair, group):
    owner = AppointmentFactory(person=PersonFactory(full_name="Bel Marsh"), body=group).person
    InterestFactory(person=owner, full_words="A grey heron", with_whom="Harbour Trust", private=True)

    found = [
        [
            "Bel Marsh: Professional loyalty" in _page(signed_in(account), words)
            for words in ("heron", "harbour")
        ]
        for account in (ally, chair)
    ]
    assert found == [[False, True], [True, True]]


def _page(client, words):
    return client.get("/search/", {"q": words}).content.decode()
