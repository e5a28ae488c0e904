"""The pages of everybody's answer, at a meeting and before it, and of taking back what was a mistake."""

import re

import pytest
from django.urls import reverse

from allies.interests import Handling as How
from allies.models import OPERATOR, Declaration, Interest
from allies.services.withholding import withhold
from meetings.models import Handling
from meetings.services import conflicts
from meetings.services.handling import Declaring, declare_and_handle
from meetings.services.matters import matter_of
from tests.factories import AgendaItemFactory, AttendanceFactory
from tests.meetings.conflict_pages.opening import HTMX, workspace

pytestmark = pytest.mark.django_db


def test_nobody_had_anything_to_declare_is_one_press(meeting, interests_item, morgan, team, signed_in):
    AgendaItemFactory(meeting=meeting, position=2, kind="actions")
    client = signed_in(team)
    assert "Morgan Reed has not been asked" in workspace(client, meeting)
    client.post(reverse("meetings:say_interests", args=[meeting.pk]), {"do": "nobody", "item": "1"})
    assert "The notes say: “No conflicts of interest were declared.”" in workspace(client, meeting)
    assert (
        "<p>No conflicts of interest were declared.</p>"
        in client.get(meeting.get_absolute_url()).content.decode()
    )


def test_a_part_comes_back_under_htmx(meeting, interests_item, morgan, team, signed_in):
    answer = signed_in(team).post(
        reverse("meetings:say_interests", args=[meeting.pk]),
        {"do": "none", "who": f"row-{morgan.pk}", "item": "1"},
        headers=HTMX,
    )
    assert (answer.status_code, "<html" in answer.content.decode()) == (200, False)
    morgan.refresh_from_db()
    assert morgan.interests_answer == "none"


@pytest.mark.parametrize("page", ["meetings:say_interests", "meetings:interests"])
def test_one_person_declares_an_entry_and_words(meeting, interests_item, morgan, team, signed_in, page):
    client, prefix = signed_in(team), f"declares-{morgan.pk}"
    address, who = reverse(page, args=[meeting.pk]), f"row-{morgan.pk}"
    wrong = client.post(address, {"do": "declare", "who": who})
    assert wrong.status_code == 422
    assert "Say what was declared" in wrong.content.decode()
    done = client.post(
        address,
        {
            "do": "declare",
            "who": who,
            f"{prefix}-entries": [morgan.entry.pk],
            f"{prefix}-words": "A cousin has applied",
        },
    )
    assert done.status_code == 302
    assert sorted(Declaration.objects.values_list("words", flat=True)) == [
        "A cousin has applied",
        "works there",
    ]


def test_a_declaration_is_withdrawn_with_its_reason(meeting, item, morgan, team, signed_in):
    made = conflicts.declare(by=OPERATOR, meeting=meeting, attendance=morgan, words="A cousin works there")
    client, address = signed_in(team), reverse("meetings:withdraw_declaration", args=[meeting.pk, made.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Another trust."}).status_code == 302
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "<s>Morgan Reed: A cousin works there</s> Withdrawn as a mistake: Another trust." in page
    assert client.get(address).status_code == 404


def test_a_handling_is_taken_back_with_its_reason(meeting, item, morgan, team, signed_in):
    handled = declare_and_handle(
        by=OPERATOR, item=item, declaring=Declaring(attendance=morgan, interest=morgan.entry), how=How.NOTED
    )
    client, address = signed_in(team), reverse("meetings:take_back_handling", args=[meeting.pk, handled.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Another trust."}).status_code == 302
    assert not Handling.objects.exists()


# ---- Before the meeting


def test_before_a_meeting_only_they_and_the_chairs_are_told(
    planned, item, morgan, ally, chair, account_of, signed_in, group
):
    address = planned.get_absolute_url()
    told = "<b>Morgan Reed</b> has an interest here: Harbour Trust: works there"
    assert told in signed_in(chair).get(address).content.decode()
    assert "has an interest here" not in signed_in(ally).get(address).content.decode()
    own = account_of(group)
    Interest.objects.update_or_create(pk=morgan.entry.pk, defaults={"person": own.person})
    page = signed_in(own).get(address).content.decode()
    assert "<b>You have an interest here</b>" in page and "Declare it" in page


def test_somebody_says_before_a_meeting_that_they_have_nothing_and_later_that_they_have(
    planned, item, ally, signed_in
):
    client, address = signed_in(ally), reverse("meetings:declare", args=[planned.pk])
    client.post(address, {"none": "1"})
    assert planned.attendance.get().interests_answer == "none"
    assert "You have nothing to declare at this meeting." in client.get(address).content.decode()
    assert client.post(address, {"declare": "1", "words": ""}).status_code == 422
    client.post(address, {"declare": "1", "words": "My sister works there", "item": item.pk})
    made = Declaration.objects.get()
    assert (made.person, made.about_organisation, made.on) == (
        ally.person,
        item.about_organisation,
        planned.date,
    )
    assert planned.attendance.get().interests_answer == "declared"
    refused = client.post(address, {"none": "1"})
    assert refused.status_code == 422
    assert "They declared something at this meeting" in refused.content.decode()


def test_once_a_meeting_is_held_its_note_taker_writes_it_down(meeting, ally, signed_in):
    answer = signed_in(ally).post(reverse("meetings:declare", args=[meeting.pk]), {"none": "1"})
    assert answer.status_code == 403
    assert "its note-taker writes it down" in answer.content.decode()


def test_home_asks_for_an_answer_before_the_next_meeting(planned, ally, signed_in):
    client = signed_in(ally)
    assert "Say if you have anything to declare" in client.get("/").content.decode()
    conflicts.answer_none(by=ally, meeting=planned, person=ally.person)
    assert "Done. Nothing to declare." in client.get("/").content.decode()


def test_an_item_keeps_its_number_where_one_before_it_is_withheld(planned, ally, team, signed_in):
    kept = AgendaItemFactory(meeting=planned, position=1, title="A complaint")
    AgendaItemFactory(meeting=planned, position=2, title="The fair")
    withhold(by=team, person=ally.person, about=matter_of(by=team, item=kept), why="It is about them.")
    page = signed_in(ally).get(reverse("meetings:declare", args=[planned.pk])).content.decode()
    assert ("2. The fair" in page, "1. The fair" in page) == (True, False)


def test_those_who_were_not_asked_are_named_as_one_says_it(
    meeting, interests_item, morgan, chairing, called, team, signed_in
):
    AttendanceFactory(meeting=meeting, person=called("Bel Marsh"))
    page = workspace(signed_in(team), meeting)
    said = re.search(r"interests yet: (.*) have not been asked", page)[1]
    assert sorted(re.split(", | and ", said)) == ["Bel Marsh", "Carys Lund", "Morgan Reed"]
    assert (said.count(", "), said.count(" and ")) == (1, 1)
