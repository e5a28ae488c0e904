"""One press a fact: who chairs, who takes the notes, whose name is meant; and what a save does not load again."""

import re

import pytest
from django.urls import reverse

from actions.models import Action
from allies.models import Post
from meetings.models import Attendance, CapacityKind
from meetings.services.picking_up import SHOWN
from tests.factories import AppointmentFactory, AttendanceFactory, CapacityFactory, PersonFactory

HTMX = {"HX-Request": "true"}


@pytest.fixture
def read(client, team, meeting):
    """The page, or a part of it by its name, as the core team sees it."""
    client.force_login(team)

    def get(name: str = "workspace", *args: int, **more) -> str:
        answer = client.get(reverse(f"meetings:{name}", args=[meeting.pk, *args]), **more)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


@pytest.fixture
def press(client, team, meeting):
    def send(name: str, *args: int, **data):
        client.force_login(team)
        return client.post(reverse(f"meetings:{name}", args=[meeting.pk, *args]), data, headers=HTMX)

    return send


@pytest.fixture
def graces(called, meeting):
    """Two people of one first name, both at the meeting."""
    people = [called("Grace Holt"), called("Grace Ilori")]
    for person in people:
        AttendanceFactory(meeting=meeting, person=person)
    return people


def offered(page: str, kind: str) -> list[str]:
    """Who is offered in one press: the pressed and the others of a role, not those a press further."""
    form = page.split(f'name="kind" value="{kind}"')[1].split("</form>")[0].split("<details")[0]
    return re.findall(r"</svg>\s*([A-Z][^<]+)</button>", form)


def test_a_press_says_who_chairs_and_a_second_takes_it_back(press, meeting):
    row = AttendanceFactory(meeting=meeting, presence="present", person=PersonFactory(full_name="Bel Marsh"))
    CapacityFactory(attendance=row, kind=CapacityKind.PRESENTER)
    press("presence", kind="chair", did=f"person-{row.person_id}")
    assert set(row.capacities.values_list("kind", flat=True)) == {"presenter", "chair"}
    press("presence", kind="chair", did_not=f"person-{row.person_id}")
    row.refresh_from_db()
    assert (list(row.capacities.values_list("kind", flat=True)), row.presence) == (["presenter"], "present")


def test_taking_the_notes_puts_on_the_list_and_says_nothing_of_being_there(press, team):
    press("presence", kind="notetaker", did=f"person-{team.person_id}")
    row = Attendance.objects.get()
    assert (row.person, row.presence, row.capacities.get().kind) == (team.person, "", "notetaker")


@pytest.mark.parametrize(("kind", "whom"), [("king", "person-1"), ("chair", "person-x"), ("chair", "")])
def test_a_press_that_says_nothing_is_told(press, meeting, kind, whom):
    assert press("presence", kind=kind, did=whom).status_code in {404, 422}
    assert Attendance.objects.count() == 0


def test_the_chairs_of_the_group_are_offered_for_the_chair(read, meeting, group, called):
    AppointmentFactory(person=called("Carys Lund"), body=group, post=Post.CO_CHAIR)
    AttendanceFactory(meeting=meeting, person=called("Bel Marsh"), presence="present")
    assert offered(read(), "chair") == ["Carys Lund"]


def test_where_the_chairs_are_away_those_here_are_offered(read, meeting, group, called):
    carys = called("Carys Lund")
    AppointmentFactory(person=carys, body=group, post=Post.CO_CHAIR)
    AttendanceFactory(meeting=meeting, person=carys, presence="apologies")
    AttendanceFactory(meeting=meeting, person=called("Bel Marsh"), presence="present")
    AttendanceFactory(meeting=meeting, person=called("Tomas Reid"), presence="")
    assert offered(read(), "chair") == ["Bel Marsh"]


def test_whoever_is_at_the_page_and_guests_are_offered_for_the_notes(read, meeting, team, called):
    guest = AttendanceFactory(meeting=meeting, person=called("Samir Haddad"), presence="present")
    CapacityFactory(attendance=guest, kind=CapacityKind.GUEST)
    AttendanceFactory(meeting=meeting, person=called("Bel Marsh"), presence="present")
    assert set(offered(read(), "notetaker")) == {"Samir Haddad", team.person.full_name}


def test_saying_who_is_meant_accepts_the_line(typed, press, graces):
    (mention,) = typed("ACTION: Grace to ring the hall")
    press("answer_line", mention.pk, seen=mention.text, **{"who-0": str(graces[1].pk)})
    assert [one.person for one in Action.objects.get().assignments.all()] == [graces[1]]


def test_of_two_names_the_second_is_asked_and_the_first_stays_chosen(typed, press, graces, called, meeting):
    for name in ("Nia Crane", "Nia Cream"):
        AttendanceFactory(meeting=meeting, person=called(name))
    (mention,) = typed("ACTION: Grace / Nia to ring the hall")
    asked = press("answer_line", mention.pk, seen=mention.text, **{"who-0": str(graces[0].pk)})
    page = asked.content.decode()
    assert f'<input type="hidden" name="who-0" value="{graces[0].pk}">' in page
    assert ("Which Nia?" in page, 'role="alert"' in page, Action.objects.count()) == (True, False, 0)
    press("answer_line", mention.pk, seen=mention.text, **{"who-0": str(graces[0].pk), "who-1": "as_written"})
    assert [str(one) for one in Action.objects.get().assignments.values_list("as_written", flat=True)] == [
        "Grace",
        "Nia",
    ]


def test_of_very_many_lines_a_handful_is_loaded_and_the_rest_when_asked_for(typed, read, item):
    typed("\n".join(f"ACTION: All Allies to read part {number}" for number in range(SHOWN + 15)))
    few = read("picked_up", item.pk, headers=HTMX)
    assert (few.count('<div id="line-'), "Show the other 15" in few) == (SHOWN, True)
    assert f"{SHOWN + 15} to answer" in few
    every = read("picked_up", item.pk, headers=HTMX, data={"all": "1"})
    assert (every.count('<div id="line-'), "Show the other" in every) == (SHOWN + 15, False)
    assert "picked-up/?all=1" in every.split("hx-trigger")[0]


def test_without_a_script_all_of_them_and_the_fields_are_on_the_page(client, team, typed, meeting, item):
    (mention,) = typed("ACTION: All Allies to read the plan")
    client.force_login(team)
    address = reverse("meetings:picked_up", args=[meeting.pk, item.pk])
    page = reverse("meetings:workspace", args=[meeting.pk])
    assert client.get(address, {"all": "1"}).url == f"{page}?item=1&all=1#picked-up"
    there = client.get(address, {"change": mention.pk})
    assert there.url == f"{page}?item=1&change={mention.pk}#line-{mention.pk}"
    assert f'<textarea id="words-{mention.pk}"' in client.get(there.url).content.decode()


def test_the_fields_of_a_line_are_there_when_asked_for(typed, read, item):
    action, decision = typed("ACTION: All Allies to read the plan\nAGREED: the plan is kept")
    assert 'name="words"' not in read("picked_up", item.pk, headers=HTMX)
    assert 'name="words"' in read("picked_up", item.pk, headers=HTMX, data={"change": action.pk})
    fields = read("picked_up", item.pk, headers=HTMX, data={"change": decision.pk})
    assert f'name="line-{decision.pk}-reached"' in fields


def test_a_decision_that_cannot_be_so_keeps_what_was_typed(typed, press):
    (mention,) = typed("AGREED: the plan is kept")
    prefix = f"line-{mention.pk}"
    wrong = {f"{prefix}-text": "Kept for a year", f"{prefix}-reached": "by_all", f"{prefix}-votes_for": "5"}
    answer = press("answer_line", mention.pk, seen=mention.text, answer="accept", **wrong)
    assert answer.status_code == 422
    assert "Kept for a year" in answer.content.decode()
