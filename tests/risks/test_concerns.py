"""Raising a concern in a few plain words, following it, and what the chairs do with it (ACCEPTANCE 26, 27)."""

import pytest

from allies.models import OPERATOR, Interest
from allies.powers import Refused
from risks.models import Concern, ConcernRaiser, ConcernState, StoodAside
from risks.policies import can_look_into, can_see_raiser
from risks.services.concerns import look_into, raise_concern, stand_aside
from risks.services.registering import RiskRefused
from tests.factories import (
    ConcernFactory,
    ConcernRaiserFactory,
    OrganisationFactory,
    ParticipationFactory,
    ProjectFactory,
    WithholdingFactory,
)

WORDS = "Nobody rang back."


@pytest.fixture
def project(group, today):
    return ProjectFactory(name="Lanterns")


@pytest.fixture
def concern(ally, group, project) -> Concern:
    return raise_concern(by=ally, body=group, about=project, words=WORDS)


# ---- Raising it


def test_two_fields_are_enough_and_the_raiser_follows_it(ally, project, signed_in):
    client = signed_in(ally)
    answer = client.post("/concerns/new/", {"about": f"project-{project.pk}", "words": WORDS}, follow=True)
    assert answer.redirect_chain == [(Concern.objects.get().get_absolute_url(), 302)]
    page = answer.content.decode()
    assert WORDS in page
    assert "It waits for the chairs" in page
    assert "Raised by you" in client.get("/concerns/").content.decode()


def test_the_same_words_sent_twice_are_one_concern(ally, group, project, concern):
    assert raise_concern(by=ally, body=group, about=project, words=f" {WORDS} ") == concern
    assert ConcernRaiser.objects.count() == 1


def test_a_half_filled_form_comes_back_with_what_was_typed(ally, project, signed_in):
    answer = signed_in(ally).post("/concerns/new/", {"words": WORDS})
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"about": ["Choose the project or partner"]},
    )
    assert WORDS in answer.content.decode()


def test_where_to_turn_stands_first_and_is_the_groups_own(ally, group, project, signed_in):
    group.turn_to = "The duty line: 01632 960 123"
    group.save()
    page = signed_in(ally).get("/concerns/new/").content.decode()
    assert page.index("ring 999") < page.index("01632 960 123") < page.index("What worries you?")


def test_where_nothing_is_written_down_the_page_says_so_and_names_the_core_team(
    ally, team, project, signed_in
):
    page = signed_in(ally).get("/concerns/new/").content.decode()
    assert "The group has not yet written down here whom else to turn to." in page
    assert team.person.full_name in page
    assert page.index("ring 999") < page.index("What worries you?")


def test_the_page_promises_no_more_secrecy_than_the_law_allows_and_names_who_reads_it(
    ally, chair, project, signed_in
):
    page = signed_in(ally).get("/concerns/new/").content.decode()
    assert "We promise no more secrecy than the law allows." in page
    assert f"{chair.person.full_name}</a>. They look into it" in page


def test_it_is_about_nothing_that_somebody_is_kept_from(ally, group, project, signed_in):
    WithholdingFactory(person=ally.person, about_project=project)
    answer = signed_in(ally).post("/concerns/new/", {"about": f"project-{project.pk}", "words": WORDS})
    assert answer.status_code == 422
    with pytest.raises(Refused):
        raise_concern(by=ally, body=group, about=project, words=WORDS)


def test_nobody_raises_one_from_the_command_line_or_without_words(ally, group, project):
    for by, words in ((OPERATOR, WORDS), (ally, "  ")):
        with pytest.raises(RiskRefused):
            raise_concern(by=by, body=group, about=project, words=words)


# ---- Who sees it: one table over everybody


def test_who_reads_raiser_and_words_and_who_looks_into_it(
    ally, team, chair, former_chair, account_of, account_without_person, group, concern
):
    other, member_chair = account_of(group), account_of(group, "chair")
    sight = {
        name: (can_see_raiser(account, concern), can_look_into(account, concern))
        for name, account in {
            "raiser": ally,
            "another Ally": other,
            "core team": team,
            "co-chair": chair,
            "chair": member_chair,
            "former chair": former_chair,
            "no person": account_without_person,
            "command line": OPERATOR,
        }.items()
    }
    assert sight == {
        "raiser": (True, False),
        "another Ally": (False, False),
        "core team": (False, False),
        "co-chair": (True, True),
        "chair": (True, True),
        "former chair": (False, False),
        "no person": (False, False),
        "command line": (False, False),
    }


def _interest(person, **about) -> None:
    Interest.objects.create(
        person=person,
        kind="financial",
        nature="actual",
        full_words="A salary",
        declared_on="2025-11-03",
        **about,
    )


@pytest.mark.parametrize("touches", ["project", "partner in it", "withheld", "stood aside"])
def test_a_chair_with_a_conflict_sees_it_as_others_do(touches, chair, project, concern):
    partner = OrganisationFactory()
    ParticipationFactory(project=project, organisation=partner)
    assert can_look_into(chair, concern) is True
    match touches:
        case "project":
            _interest(chair.person, about_project=project)
        case "partner in it":
            _interest(chair.person, about_organisation=partner)
        case "withheld":
            WithholdingFactory(person=chair.person, about_project=project)
            del chair._powers
        case "stood aside":
            stand_aside(by=chair, concern=concern)
    assert (can_see_raiser(chair, concern), can_look_into(chair, concern)) == (False, False)
    assert not Concern.objects.visible_to(chair).exists()


def test_an_interest_in_something_else_is_no_conflict(chair, concern):
    _interest(chair.person, about_project=ProjectFactory())
    _interest(chair.person, with_whom="Somebody")
    assert can_look_into(chair, concern) is True


def test_a_chair_with_an_interest_in_a_project_looks_into_nothing_about_its_partners(
    ally, chair, group, project
):
    partner = ParticipationFactory(project=project).organisation
    concern = raise_concern(by=ally, body=group, about=partner, words=WORDS)
    _interest(chair.person, about_project=project)
    assert can_look_into(chair, concern) is False


# ---- What the chairs do


def test_26_the_group_is_brought_in_by_the_chairs_own_words(chair, account_of, group, concern, signed_in):
    client = signed_in(chair)
    answer = client.post(
        concern.get_absolute_url(),
        {"state": "taken_up", "summary": "Calls go unanswered.", "outcome": "We talk on Monday."},
    )
    assert answer.status_code == 302
    page = signed_in(account_of(group)).get(concern.get_absolute_url()).content.decode()
    assert "Calls go unanswered." in page
    assert WORDS not in page


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"state": "taken_up", "outcome": "Because"}, "summary"),
        ({"state": "no_further", "summary": "Calls"}, "outcome"),
        ({"summary": "Calls"}, "state"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(chair, concern, signed_in, sent, field):
    answer = signed_in(chair).post(concern.get_absolute_url(), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert [words for words in sent.values() if words in answer.content.decode()] == list(sent.values())


def test_27_it_may_go_no_further_with_the_reason_which_the_raiser_reads(
    ally, chair, account_of, group, concern, signed_in
):
    look_into(by=chair, concern=concern, state=ConcernState.NO_FURTHER, outcome="They rang the day after.")
    page = signed_in(ally).get(concern.get_absolute_url()).content.decode()
    assert "They rang the day after." in page
    assert signed_in(account_of(group)).get(concern.get_absolute_url()).status_code == 404


def test_nobody_else_looks_into_it(team, ally, concern):
    for account in (team, ally, OPERATOR):
        with pytest.raises(Refused) as refused:
            look_into(by=account, concern=concern, state=ConcernState.LOOKED_AT)
        assert str(refused.value) == "Only chairs who have no interest in the matter can see who raised it."


def test_the_history_is_for_those_who_look_into_it_and_names_no_raiser(ally, team, chair, concern, signed_in):
    look_into(by=chair, concern=concern, state=ConcernState.TAKEN_UP, summary="Calls go unanswered.")
    address = f"{concern.get_absolute_url()}history/"
    assert [signed_in(one).get(address).status_code for one in (ally, team)] == [403, 403]
    page = signed_in(chair).get(address).content.decode()
    assert "Calls go unanswered." in page
    assert (ally.person.full_name in page, WORDS in page) == (False, False)


def test_a_chair_stands_aside_without_opening_it(chair, concern, signed_in):
    client = signed_in(chair)
    page = client.get("/concerns/").content.decode()
    assert WORDS not in page
    assert f"{concern.get_absolute_url()}aside/" in page
    answer = client.post(
        f"{concern.get_absolute_url()}aside/", {"why": "My sister works there."}, follow=True
    )
    assert answer.redirect_chain == [("/concerns/", 302)]
    assert StoodAside.objects.get().person == chair.person
    assert "For you to look into" not in answer.content.decode()


def test_the_raiser_is_told_when_no_chair_can_look_into_it(ally, chair, concern, signed_in):
    address = concern.get_absolute_url()
    words = "No chair can look into this at the moment."
    assert words not in signed_in(ally).get(address).content.decode()
    stand_aside(by=chair, concern=concern)
    assert words in signed_in(ally).get(address).content.decode()


def test_the_first_page_tells_a_chair_without_a_conflict_that_one_waits(
    ally, team, chair, concern, signed_in
):
    words = "A concern waits for the chairs."
    assert words in signed_in(chair).get("/").content.decode()
    assert [words in signed_in(one).get("/").content.decode() for one in (ally, team)] == [False, False]
    look_into(by=chair, concern=concern, state=ConcernState.LOOKED_AT)
    assert words not in signed_in(chair).get("/").content.decode()


def test_these_pages_are_kept_nowhere(ally, concern, signed_in):
    for address in ("/concerns/", "/concerns/new/", concern.get_absolute_url()):
        assert "no-store" in signed_in(ally).get(address)["Cache-Control"]


@pytest.mark.parametrize("who", ["ally", "chair"])
def test_the_list_asks_as_often_at_one_concern_as_at_many(
    request, who, group, today, signed_in, django_assert_max_num_queries, django_assert_num_queries
):
    account = request.getfixturevalue(who)

    def fill(count: int) -> None:
        for _ in range(count):
            ConcernRaiserFactory(concern=ConcernFactory(body=group))
            ConcernFactory(body=group, summary="Calls go unanswered.")
            ConcernRaiserFactory(concern=ConcernFactory(body=group), person=account.person)

    fill(1)
    client = signed_in(account)
    client.get("/concerns/")
    with django_assert_max_num_queries(12) as at_one:
        client.get("/concerns/")
    fill(12)
    with django_assert_num_queries(len(at_one.captured_queries)):
        client.get("/concerns/")


@pytest.mark.parametrize("who", ["ally", "chair"])
def test_one_concern_asks_at_most_twelve_times(
    request, who, concern, signed_in, django_assert_max_num_queries
):
    client = signed_in(request.getfixturevalue(who))
    client.get(concern.get_absolute_url())
    with django_assert_max_num_queries(12):
        client.get(concern.get_absolute_url())
