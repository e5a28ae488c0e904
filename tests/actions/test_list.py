"""`/actions/`: what each filter asks for, how it stood on a day, and what it costs."""

from datetime import date

import pytest
from django.urls import reverse

from actions.deadlines import read_deadline
from actions.models import OwnerRole
from actions.models.finding import Wanted, find
from actions.services import Owner, agree, change_owners, merge, record_update
from actions.statuses import Status
from tests.factories import (
    ActionFactory,
    AssignmentFactory,
    BodyFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(operator, today):
    """The words of the actions that somebody looks for, in order."""
    return lambda actor=None, **wanted: [
        action.text for action in find(Wanted(**wanted), actor=actor or operator, today=today)
    ]


@pytest.fixture
def agreed(operator, group):
    """Write down an action with owners and a deadline in words."""

    def make(text, *owners, on=date(2025, 11, 19), deadline="", **more):
        people = [owner if isinstance(owner, Owner) else Owner(str(owner), person=owner) for owner in owners]
        return agree(
            by=operator, body=more.pop("body", group), text=text, agreed_on=on, owners=people,
            deadline=read_deadline(deadline, meeting_date=on), **more,
        )  # fmt: skip

    return make


def test_it_shows_what_is_open_and_an_address_can_ask_for_every_status(found, agreed, operator):
    todo, kept = agreed("Write."), agreed("Keep.", status=Status.IN_PROGRESS)
    done, waiting = agreed("Send."), agreed("Ask.")
    record_update(by=operator, action=done, status=Status.DONE)
    record_update(by=operator, action=waiting, status=Status.WAITING, note="The university.")
    agreed("Old.", status=None)
    merge(by=operator, action=todo, into=kept)
    assert found() == ["Keep.", "Ask.", "Old."]
    assert found(status="all") == ["Write.", "Keep.", "Send.", "Ask.", "Old."]
    assert found(status="closed") == ["Write.", "Send."]
    assert found(status="not_recorded") == ["Old."]
    assert (found(status="waiting"), found(status="merged")) == (["Ask."], ["Write."])


def test_mine_is_what_i_lead_or_support_now_and_not_what_is_everybodys(found, agreed, operator, group):
    me, other = PersonFactory(), PersonFactory()
    agreed("I lead.", me)
    agreed("I support.", other, Owner("me", OwnerRole.SUPPORT, person=me))
    agreed("All Allies.", Owner("All Allies", body=group))
    agreed("In words.", Owner(str(me)))
    agreed("Another's.", other)
    left = agreed("I left it.", me)
    change_owners(by=operator, action=left, owners=[Owner("Other", person=other)])
    assert found(mine_of=me.pk) == ["I lead.", "I support."]
    assert found(mine_of=0) == []


def test_who_can_be_a_person_a_group_or_words(found, agreed, group):
    wren = PersonFactory()
    agreed("Hers.", wren)
    agreed("The group's.", Owner("All Allies", body=group))
    agreed("Grace's.", Owner("Grace"))
    assert found(owner=("person", str(wren.pk))) == ["Hers."]
    assert found(owner=("body", str(group.pk))) == ["The group's."]
    assert found(owner=("words", "Grace")) == ["Grace's."]


def test_overdue_leaves_out_what_is_closed_and_what_nobody_has_confirmed(found, agreed, operator):
    agreed("Late.", deadline="31 Jan 2026")
    agreed("Due today.", deadline="3 Feb 2026")
    agreed("Old and unconfirmed.", deadline="Feb 2022", brought_in=True)
    record_update(by=operator, action=agreed("Done late.", deadline="31 Jan 2026"), status=Status.DONE)
    assert found(overdue=True) == ["Late."]
    assert found(unconfirmed=True) == ["Old and unconfirmed."]


def test_by_kind_of_deadline(found, agreed):
    agreed("Dated.", deadline="31 Mar 2026")
    agreed("Soon.", deadline="ASAP")
    agreed("Undated.")
    assert (found(kind="asap"), found(kind="none")) == (["Soon."], ["Undated."])


def test_by_the_meeting_that_agreed_it(found, agreed, group):
    other = BodyFactory()
    agreed("November.")
    agreed("June.", on=date(2025, 6, 10))
    agreed("Another group's.", body=other)
    assert found(agreed_at=(group.pk, date(2025, 11, 19))) == ["November."]
    assert found(agreed_at=(other.pk, date(2025, 11, 19))) == ["Another group's."]


def test_by_times_carried(found):
    for times in (0, 2, 3):
        ActionFactory(text=f"Carried {times}.", times_carried=times)
    assert found(carried=2) == ["Carried 2.", "Carried 3."]


def test_by_the_project_or_partner_it_is_about(found, agreed):
    project, partner = ProjectFactory(), OrganisationFactory()
    agreed("The project.", about=project)
    agreed("The partner.", about=partner)
    agreed("Neither.")
    assert found(about=("project", str(project.pk))) == ["The project."]
    assert found(about=("organisation", str(partner.pk))) == ["The partner."]


def test_by_words_in_it_in_its_details_or_in_its_owners_as_written(found, agreed):
    agreed("Write the guide.")
    agreed("Something else.", details=["It feeds the guide"])
    agreed("A third.", Owner("The guide group"))
    agreed("The guidance.", details=["not that"])
    assert found(words="GUIDE") == ["Write the guide.", "Something else.", "A third."]
    assert found(words="guide write") == ["Write the guide."]


def test_in_the_order_of_how_it_is_going(found, agreed):
    for text, status in (
        ("Done.", Status.DONE),
        ("Old.", None),
        ("Begun.", Status.IN_PROGRESS),
        ("New.", Status.TODO),
    ):
        agreed(text, status=status)
    assert found(sort="status", status="all") == ["New.", "Begun.", "Done.", "Old."]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("deadline", ["Cats.", "Ants.", "Bees."]),
        ("oldest", ["Bees.", "Ants.", "Cats."]),
        ("newest", ["Cats.", "Ants.", "Bees."]),
        ("words", ["Ants.", "Bees.", "Cats."]),
        ("owner", ["Bees.", "Ants.", "Cats."]),
    ],
)
def test_in_an_order(found, agreed, sort, expected):
    agreed("Ants.", PersonFactory(full_name="Wren"), deadline="1 May 2026")
    agreed("Bees.", PersonFactory(full_name="Ash"), on=date(2024, 6, 4))
    agreed("Cats.", on=date(2026, 1, 1), deadline="1 Apr 2026")
    assert found(sort=sort) == expected


def test_as_it_stood_on_a_day_goes_by_the_days_that_updates_speak_of(found, agreed, operator):
    agreed("Agreed later.", on=date(2026, 1, 10))
    done = agreed("Closed since.", on=date(2025, 6, 10))
    UpdateFactory(action=done, status="done", note="", on=date(2025, 12, 1))
    typed_later = agreed("Closed before, typed today.", on=date(2025, 6, 10))
    UpdateFactory(action=typed_later, status="done", note="", on=date(2025, 11, 19))
    seen = agreed("First seen that day.", on=None, first_seen_on=date(2025, 11, 19))
    record_update(by=operator, action=seen, status=Status.DONE, on=date(2025, 11, 20))
    assert found(on=date(2025, 11, 19), sort="oldest") == ["Closed since.", "First seen that day."]
    assert found(on=date(2025, 11, 19), status="done") == ["Closed before, typed today."]


def test_owners_are_those_of_that_day(found, agreed, operator):
    then, now = PersonFactory(), PersonFactory()
    action = agreed("Handed on.", then)
    change_owners(by=operator, action=action, owners=[Owner("Now", person=now)], since=date(2025, 12, 1))
    assert found(mine_of=then.pk, on=date(2025, 11, 30)) == ["Handed on."]
    assert found(mine_of=then.pk, on=date(2025, 12, 1)) == []
    assert found(mine_of=now.pk, on=date(2025, 12, 1)) == ["Handed on."]


def test_people_see_the_actions_of_the_bodies_whose_record_they_read(found, account_of, group):
    ActionFactory(text="Ours.", body=group)
    ActionFactory(text="Theirs.", body=BodyFactory())
    assert found(actor=account_of(group)) == ["Ours."]


# The page


def words_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_shows_what_the_address_asks_for(signed_in, ally, agreed, today):
    agreed("Late.", ally.person, deadline="31 Jan 2026")
    agreed("Not late.", deadline="31 Mar 2026")
    page = words_of(signed_in(ally).get("/actions/?overdue=on"))
    assert "Late." in page and "3 days overdue" in page
    assert "Not late." not in page
    assert "1 open action<" in page


def test_a_day_in_the_address_shows_the_list_as_it_stood_and_says_what_is_of_today(
    signed_in, ally, agreed, today
):
    agreed("Agreed that day.")
    agreed("Agreed later.", on=date(2026, 1, 10))
    page = words_of(signed_in(ally).get("/actions/?on=2025-11-19"))
    assert "Agreed that day." in page and "Agreed later." not in page
    assert "1 open action on Wednesday 19 November 2025" in page
    assert "Deadlines and words are as they are now." in page
    assert f"{reverse('actions:export_csv')}?on=2025-11-19" in page


def test_nothing_found_says_what_one_could_do(signed_in, ally, today):
    assert "Nothing is open." in words_of(signed_in(ally).get("/actions/"))
    assert "No action matches what you asked for." in words_of(signed_in(ally).get("/actions/?q=nothing"))


@pytest.mark.parametrize(
    "query",
    [
        "owner=person:x",
        "owner=9",
        "about=case:1",
        "agreed=1:2025-13-45",
        "status=late",
        "carried=many",
        "on=soon",
    ],
)
def test_an_address_that_cannot_be_read_says_so(signed_in, ally, query):
    response = signed_in(ally).get(f"/actions/?{query}")
    assert response.status_code == 422
    assert "One thing needs you" in words_of(response)
    assert signed_in(ally).get(f"/actions/export.csv?{query}").status_code == 422


def test_fifty_to_a_page_and_the_filters_go_along(signed_in, ally, today):
    for number in range(51):
        ActionFactory(text=f"Write part {number:02}.")
    first = words_of(signed_in(ally).get("/actions/?q=write&sort=words"))
    assert "Page 1 of 2: 1 to 50 of 51 actions" in first
    assert "?q=write&amp;sort=words&amp;page=2" in first
    second = words_of(signed_in(ally).get("/actions/?q=write&sort=words&page=2"))
    assert "Write part 50." in second and "Write part 49." not in second


def test_under_htmx_the_results_alone_come_back_and_the_address_is_kept_short(signed_in, ally, today):
    ActionFactory(text="Write.")
    response = signed_in(ally).get(
        "/actions/?q=write&owner=&status=open&page=1", headers={"HX-Request": "true"}
    )
    page = words_of(response)
    assert page.startswith(
        '<span hx-swap-oob="innerHTML:#results-said">1 open action</span> <section id="results"'
    )
    assert response["HX-Push-Url"] == "/actions/?q=write&status=open"
    assert "HX-Request" in response["Vary"]


def test_the_form_to_look_for_some_is_filled_only_for_those_who_look(signed_in, ally, group, agreed, today):
    agreed("Write.", ally.person)
    offered = f'<option value="person:{ally.person_id}">{ally.person}</option>'
    client = signed_in(ally)
    closed = words_of(client.get("/actions/"))
    assert offered not in closed
    assert 'href="/actions/?look=on"' in closed
    open_ones = [words_of(client.get(path)) for path in ("/actions/?look=on", "/actions/?q=write")]
    assert [offered in page for page in open_ones] == [True, True]
    part = words_of(client.get("/actions/?look=on", headers={"HX-Request": "true"}))
    assert part.startswith("<form") and offered in part


def test_the_row_offers_an_update_only_to_those_who_may(signed_in, ally, team, account_of, group, agreed):
    mine, other = agreed("Mine.", ally.person), agreed("Another's.")
    page = words_of(signed_in(ally).get("/actions/"))
    assert reverse("actions:update", args=[mine.pk]) in page
    assert reverse("actions:update", args=[other.pk]) not in page
    assert reverse("actions:new") not in page
    page = words_of(signed_in(team).get("/actions/"))
    assert reverse("actions:update", args=[other.pk]) in page
    assert reverse("actions:new") in page


def test_after_the_third_carry_the_row_asks_the_core_team(signed_in, ally, team):
    often, seldom = ActionFactory(times_carried=3), ActionFactory(times_carried=2)
    page = words_of(signed_in(team).get("/actions/"))
    assert reverse("actions:deadline", args=[often.pk]) in page
    assert reverse("actions:owners", args=[often.pk]) in page
    assert reverse("actions:let_go", args=[often.pk]) in page
    assert reverse("actions:let_go", args=[seldom.pk]) not in page
    assert reverse("actions:let_go", args=[often.pk]) not in words_of(signed_in(ally).get("/actions/"))


def test_how_many_carries_it_takes_is_a_setting(signed_in, team, settings):
    settings.ALLIES_ASK_AFTER_CARRIES = 2
    action = ActionFactory(times_carried=2)
    assert reverse("actions:let_go", args=[action.pk]) in words_of(signed_in(team).get("/actions/"))


def test_who_reads_no_record_sees_no_list(signed_in, account_without_person):
    assert signed_in(None).get("/actions/").status_code == 302
    assert signed_in(account_without_person).get("/actions/").status_code == 403


def several(group, number: int) -> None:
    for each in range(number):
        action = ActionFactory(body=group, text=f"Write part {each}.", about_project=ProjectFactory())
        AssignmentFactory(action=action)
        AssignmentFactory(action=action, person=None, as_written=f"Grace {each}", role="support")
        UpdateFactory(action=action)


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/actions/", 7),
        ("/actions/?look=on", 9),
        ("/actions/?on=2025-11-19&mine=&sort=owner", 9),
        ("/actions/export.csv", 6),
        ("/actions/export.xlsx", 6),
        ("/actions/carrying/", 8),
    ],
)
def test_a_list_asks_as_much_of_the_database_at_one_row_as_at_many(
    signed_in, ally, group, today, django_assert_num_queries, rows, path, queries
):
    several(group, rows)
    client = signed_in(ally)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
