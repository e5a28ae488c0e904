"""Settling what was left open when notes came in: names, remarks, twins. Invented notes."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from actions.models import Action
from allies.models import OPERATOR, OtherName, Person
from meetings.models import Meeting, Mention
from meetings.services.settling import left_open
from meetings.views.settling import question_about
from tests.form_reader import read_form
from tests.meetings.importing import import_notes

VERO = question_about("Vero")
SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture
def meeting(db, group, core_team) -> Meeting:
    """The second meeting of two, both brought in at the command line."""
    for name in ("hall-2024-03-12.txt", "hall-2025-03-11.txt"):
        with pytest.raises(SystemExit):
            call_command("import_notes", str(SAMPLES / name), stdout=io.StringIO(), stderr=io.StringIO())
    return Meeting.objects.get(date="2025-03-11")


@pytest.fixture
def page(signed_in, team, meeting):
    """Send an answer to the settling page."""
    client = signed_in(team)

    def answer(**fields: object):
        return client.post(f"/meetings/{meeting.pk}/settle/", fields)

    answer.get = lambda: client.get(f"/meetings/{meeting.pk}/settle/")
    return answer


def test_the_page_lists_what_was_left_open(page, meeting):
    html = page.get().content.decode()

    assert "“Vero”" in html
    assert "Vero to upgrade our register" in html
    assert "One action or two?" in html
    assert "Called co-chair in these notes" in html


@pytest.mark.parametrize("role", ["ally", "chair"])
def test_only_the_core_team_settles(signed_in, meeting, role, request):
    client = signed_in(request.getfixturevalue(role))

    assert client.get(f"/meetings/{meeting.pk}/settle/").status_code == 403
    assert client.post(f"/meetings/{meeting.pk}/settle/", {"question": "name-0"}).status_code == 403


def test_an_answer_places_a_name_everywhere_in_these_notes_and_is_remembered(page, meeting):
    veronica = Person.objects.get(full_name="Veronica Tindall-Moss")
    response = page(**{"question": VERO, f"{VERO}-whom": f"person:{veronica.pk}"})

    assert response.status_code == 302
    assert not any(name.written == "Vero" for name in left_open(meeting, OPERATOR).names)
    assert (
        veronica.assignments.filter(as_written="Vero", action__mentions__meeting=meeting).distinct().count()
        == 3
    )
    assert OtherName.objects.get().name == "Vero"


def test_a_name_can_be_a_new_person_or_stay_as_written(page, meeting):
    page(**{"question": VERO, f"{VERO}-whom": "new", f"{VERO}-full_name": "Vero Nash"})

    assert Person.objects.get(full_name="Vero Nash").assignments.count() == 3


def test_words_that_are_right_as_written_are_not_asked_about_again(page, meeting):
    page(**{"question": VERO, f"{VERO}-whom": "as_written"})

    assert not any(name.written == "Vero" for name in left_open(meeting, OPERATOR).names)


def test_a_remark_gets_its_action_or_has_none(page, meeting):
    remark = Mention.objects.get(text__startswith="Vero to upgrade")
    action = Action.objects.get(text__startswith="Upgrade")
    page(**{"question": f"remark-{remark.pk}", f"remark-{remark.pk}-action": action.pk})
    remark.refresh_from_db()

    assert remark.action == action


def test_that_a_remark_has_no_action_is_an_answer_too(page, meeting):
    remark = Mention.objects.get(text__startswith="Vero to upgrade")
    page(**{"question": f"remark-{remark.pk}", f"remark-{remark.pk}-action": "0"})
    remark.refresh_from_db()

    assert (remark.action, remark.settled) == (None, "Not an action: that is right")
    assert remark.pk not in {one.mention.pk for one in left_open(meeting, OPERATOR).remarks}


def test_twins_that_are_the_same_become_the_older_with_every_mention(page, meeting):
    older = Action.objects.get(text__startswith="Write a guide")
    younger = Action.objects.get(text__startswith="Write a short guide")
    prefix = f"twins-{younger.pk}-{older.pk}"
    page(**{"question": prefix, f"{prefix}-answer": "same"})
    younger.refresh_from_db()

    assert (younger.status, younger.merged_into) == ("merged", older)
    assert older.mentions.count() == 2
    assert not left_open(meeting, OPERATOR).twins
    assert import_notes(SAMPLES / "hall-2025-03-11.txt")[0] == 0


def test_twins_that_are_two_stay_two_and_are_not_asked_about_again(page, meeting):
    older = Action.objects.get(text__startswith="Write a guide")
    younger = Action.objects.get(text__startswith="Write a short guide")
    prefix = f"twins-{younger.pk}-{older.pk}"
    page(**{"question": prefix, f"{prefix}-answer": "two"})

    assert not left_open(meeting, OPERATOR).twins
    assert not left_open(Meeting.objects.get(date="2024-03-12"), OPERATOR).twins
    assert Action.objects.open().filter(pk__in=[older.pk, younger.pk]).count() == 2


def test_without_an_answer_the_question_says_so(page):
    response = page(**{"question": VERO, f"{VERO}-whom": ""})

    assert response.status_code == 422
    assert "Choose who it is" in response.content.decode()
    assert read_form(response.content.decode(), "review__row")[0][f"{VERO}-whom"] == [""]


def test_a_question_that_was_answered_elsewhere_is_simply_gone(page):
    assert page(question="name-99").status_code == 302


def test_the_page_asks_the_database_the_same_few_things_however_much_is_open(
    page, meeting, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12):
        page.get()
