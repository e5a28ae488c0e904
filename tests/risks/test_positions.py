"""Views on values: in words of alignment, with evidence, appended; whose they are is for the chairs alone.

ACCEPTANCE 31 and 32.
"""

import re
from datetime import date

import pytest

from allies.models import OPERATOR
from allies.powers import Refused
from risks.models import ValuesPosition
from risks.services.positions import View, take_position, take_positions
from risks.services.registering import RiskRefused
from tests.factories import (
    OrganisationFactory,
    ParticipationFactory,
    PositionFactory,
    ProjectFactory,
    WithholdingFactory,
)


@pytest.fixture
def project(group, today):
    return ProjectFactory(name="Lanterns")


def say(by, group, about, **more) -> ValuesPosition:
    values = {"value": "human", "position": 2, "evidence": "Seen at two sessions."}
    return take_position(by=by, body=group, about=about, **(values | more))


# ---- The rule of writing


def test_a_view_is_appended_and_an_earlier_one_stays(ally, group, project):
    say(ally, group, project, position=3, on=date(2025, 11, 3))
    say(ally, group, project, position=1, on=date(2026, 1, 12))
    held = ValuesPosition.objects.filter(about_project=project)
    assert list(held.order_by("on").values_list("position", flat=True)) == [3, 1]
    assert [one.position for one in held.standing_on(date(2026, 2, 3))] == [1]
    assert [one.position for one in held.standing_on(date(2025, 12, 1))] == [3]
    assert [one.position for one in held.standing_on(date(2025, 1, 1))] == []


def test_two_viewers_stand_side_by_side(ally, team, group, project):
    say(ally, group, project, position=3)
    say(team, group, project, position=1)
    standing = ValuesPosition.objects.standing_on(date(2026, 2, 3))
    assert sorted((one.from_team, one.position) for one in standing) == [(False, 3), (True, 1)]


def test_the_same_view_said_twice_is_said_once(ally, group, project):
    assert say(ally, group, project).pk == say(ally, group, project).pk


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"evidence": "  "}, "Say what it rests on: something seen, read or told."),
        ({"value": "profit"}, "Choose one of the group’s values."),
        ({"position": 5}, "Choose how far it fits."),
    ],
)
def test_a_view_without_what_it_needs_is_refused(ally, group, project, wrong, words):
    with pytest.raises(RiskRefused) as refused:
        say(ally, group, project, **wrong)
    assert str(refused.value) == words


def test_several_are_kept_all_or_none(ally, group, project):
    with pytest.raises(RiskRefused):
        take_positions(
            by=ally,
            body=group,
            about=project,
            views=[View("human", 1, "Kind."), View("inclusive", 2, " ")],
        )
    assert ValuesPosition.objects.count() == 0


def test_whoever_is_kept_from_it_or_left_the_group_gives_no_view(ally, former_chair, group, project):
    WithholdingFactory(person=ally.person, about_project=project)
    for account in (ally, former_chair):
        with pytest.raises(Refused):
            say(account, group, project)
    with pytest.raises(RiskRefused):
        say(OPERATOR, group, project)


# ---- Whose view it is


@pytest.fixture
def seen(ally, team, group, project):
    say(ally, group, project, position=3, evidence="The drawings were decided before.")
    return project


def test_chairs_read_whose_view_it_is_and_nobody_else_even_in_the_data(
    seen, ally, team, chair, account_of, group
):
    other = account_of(group)
    viewers = {
        name: ValuesPosition.objects.visible_to(actor).get().viewer
        for name, actor in {
            "themself": ally,
            "an Ally": other,
            "the core team": team,
            "a chair": chair,
            "the command line": OPERATOR,
        }.items()
    }
    name = ally.person.full_name
    assert viewers == {
        "themself": name,
        "an Ally": "",
        "the core team": "",
        "a chair": name,
        "the command line": "",
    }
    assert "by_id" not in ValuesPosition.objects.visible_to(other).get().__dict__


@pytest.mark.parametrize(("who", "is_named"), [("team", False), ("chair", True)])
def test_the_page_says_an_allys_view_and_names_them_to_chairs(request, seen, ally, signed_in, who, is_named):
    page = signed_in(request.getfixturevalue(who)).get(seen.get_absolute_url()).content.decode()
    assert "An Ally’s view" in page
    assert f"An Ally’s view ({ally.person.full_name})" in page or not is_named
    assert (ally.person.full_name in page) is is_named


def test_the_worst_is_shown_first(group, ally, project, signed_in):
    for value, position in (("human", 0), ("inclusive", 1), ("challenging", 4), ("transparent", 2)):
        say(ally, group, project, value=value, position=position)
    rows = signed_in(ally).get(project.get_absolute_url()).context["values"]
    assert [row.name for row in rows] == ["Challenging", "Transparent", "Inclusive", "Human", "Anti-racism"]
    assert [view.is_worst for view in rows[0].views] == [True]


# ---- The form


def test_31_what_an_interview_told_is_evidence_for_a_view(ally, group, signed_in, today):
    partner = OrganisationFactory(name="Harbour Trust")
    answer = signed_in(ally).post(
        f"/organisations/{partner.pk}/values/",
        {
            "position_transparent": "2",
            "evidence_transparent": "In the interview nobody could say who owns it.",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/organisations/{partner.pk}/#values")
    page = signed_in(ally).get(partner.get_absolute_url()).content.decode()
    assert "In the interview nobody could say who owns it." in page
    assert "2 In tension" in page


def test_32_every_core_value_and_anti_racism_is_asked_in_words_of_alignment(ally, project, signed_in):
    page = signed_in(ally).get(f"/projects/{project.pk}/values/").content.decode()
    for value in ("Human", "Inclusive", "Transparent", "Challenging", "Anti-racism"):
        assert f">{value}</h2>" in page
    for words in ("Aligned", "Mostly aligned", "In tension", "Against", "Crosses a line"):
        assert page.count(words) >= 5


def test_a_half_filled_form_comes_back_with_all_that_was_typed(ally, project, signed_in):
    answer = signed_in(ally).post(
        f"/projects/{project.pk}/values/",
        {"position_human": "3", "evidence_human": "", "evidence_inclusive": "Half the room was empty."},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "evidence_human": ["Say what it rests on: something seen, read or told"],
        "position_inclusive": ["Choose how far it fits"],
    }
    assert "Half the room was empty." in page
    assert ValuesPosition.objects.count() == 0


def test_the_core_team_writes_down_a_view_that_was_told_to_them(ally, team, chair, group, project, signed_in):
    address = f"/projects/{project.pk}/values/"
    typed = {"viewer": ally.person.pk, "position_human": "3", "evidence_human": "Nobody was asked."}
    assert signed_in(team).post(address, typed).status_code == 302
    view = ValuesPosition.objects.get()
    assert (view.by, view.recorded_by, view.from_team) == (ally.person, team.person, False)
    said = {
        account: re.search(r"an ally’s view[^<:]*", page, re.IGNORECASE)[0].strip()
        for account in (ally, team, chair)
        for page in [signed_in(account).get(f"/projects/{project.pk}/").content.decode()]
    }
    whose = f"An Ally’s view ({ally.person.full_name}), told to {team.person.full_name}"
    assert {who: words.casefold() for who, words in said.items()} == {
        ally: f"{whose}".casefold(),
        chair: f"{whose}".casefold(),
        team: "An Ally’s view, told to us".casefold(),
    }


def test_a_view_for_somebody_else_is_neither_offered_to_an_ally_nor_taken(ally, chair, project, signed_in):
    address = f"/projects/{project.pk}/values/"
    assert "Whose view it is" not in signed_in(ally).get(address).content.decode()
    typed = {"viewer": chair.person.pk, "position_human": "3", "evidence_human": "Nobody was asked."}
    signed_in(ally).post(address, typed)
    view = ValuesPosition.objects.get()
    assert (view.by, view.recorded_by) == (ally.person, None)


def test_a_form_that_says_nothing_is_asked_for_one_value(ally, project, signed_in):
    answer = signed_in(ally).post(f"/projects/{project.pk}/values/", {})
    assert answer.context["form"].non_field_errors() == ["Give your view on at least one value"]


def test_what_one_said_before_stands_at_the_field(ally, group, project, signed_in):
    say(ally, group, project, on=date(2025, 11, 3))
    page = signed_in(ally).get(f"/projects/{project.pk}/values/").content.decode()
    assert "You said “in tension” on Monday 3 November 2025." in page


def test_a_partners_view_is_in_the_ranking_with_whose_it_is_in_kind(group, ally, signed_in, today):
    part = ParticipationFactory()
    PositionFactory(
        about_project=None,
        about_organisation=part.organisation,
        scheme__body=group,
        position=3,
        from_team=True,
    )
    (row,) = signed_in(ally).get("/projects/").context["rows"]
    assert (row.worst.words, row.worst.whose, row.worst.through) == (
        "Against",
        "a team member’s view",
        part.organisation.name,
    )
