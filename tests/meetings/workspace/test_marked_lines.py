"""What is picked up from the notes: accepted, changed, answered, and found again after edits."""

import pytest
from django.urls import reverse

from actions.models import Action
from meetings.models import AgendaItem, Decision, Mention
from meetings.services.minutes import save_notes
from tests.factories import AgendaItemFactory, AttendanceFactory


@pytest.fixture
def bel(called, meeting):
    person = called("Bel Marsh")
    AttendanceFactory(meeting=meeting, person=person)
    return person


@pytest.fixture
def answer(client, team, meeting):
    """Answer a marked line, as the core team, and give the response."""
    client.force_login(team)

    def press(mention: Mention, name: str, **more: str):
        return client.post(
            reverse("meetings:answer_line", args=[meeting.pk, mention.pk]), {"answer": name, **more}
        )

    return press


def owners(action: Action) -> list[str]:
    return [str(one.person or one.body or one.as_written) for one in action.assignments.current().in_order()]


def test_one_press_makes_the_action_that_the_line_says(typed, answer, bel, meeting, reload):
    (mention,) = typed("ACTION: Bel to book the hall by 3 June 2026")
    assert answer(mention, "accept").status_code == 302
    action = reload(mention).action
    assert (action.text, action.deadline_date, action.agreed_on) == (
        "Book the hall",
        "2026-06-03",
        meeting.date,
    )
    assert owners(action) == ["Bel Marsh"]


def test_a_second_press_makes_no_second_action(typed, answer, bel):
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept")
    answer(mention, "accept")
    assert Action.objects.count() == 1


def test_everything_can_be_changed_before_it_is_accepted(typed, answer, bel, called, reload):
    called("Kit Sorensen")
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept", words="Book the big hall", owners="Kit Sorensen", deadline="31 March 2026")
    action = reload(mention).action
    assert (action.text, owners(action), action.deadline_date) == (
        "Book the big hall",
        ["Kit Sorensen"],
        "2026-03-31",
    )


def test_a_first_name_that_two_share_asks_which(typed, answer, called, meeting, reload):
    holt, ilori = called("Grace Holt"), called("Grace Ilori")
    for person in (holt, ilori):
        AttendanceFactory(meeting=meeting, person=person)
    (mention,) = typed("ACTION: Grace to send the names")
    page = answer(mention, "accept")
    assert page.status_code == 422
    assert "Say which Grace it is" in page.content.decode()
    answer(mention, "accept", **{"who-0": str(ilori.pk)})
    assert owners(reload(mention).action) == ["Grace Ilori"]


def test_a_name_can_be_left_as_it_is_written(typed, answer, called, reload):
    called("Grace Holt"), called("Grace Ilori")
    (mention,) = typed("ACTION: Grace to send the names")
    answer(mention, "accept", **{"who-0": "as_written"})
    assert owners(reload(mention).action) == ["Grace"]


def test_not_an_action_holds_as_long_as_the_words_stay(typed, answer, bel, client, meeting):
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "aside")
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert "Set aside" in page
    typed("ACTION: Bel to book the hall and the kitchen")
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert "Set aside" not in page
    assert "data-accept" in page


def test_an_edited_line_keeps_its_action_and_proposes_to_change_it(
    typed, answer, bel, client, meeting, reload
):
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept")
    action = reload(mention).action
    (same,) = typed("ACTION: Bel to book the big hall by 3 June 2026")
    assert (same.pk, same.action) == (mention.pk, action)
    assert (
        "This line was changed"
        in client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    )
    answer(same, "change")
    assert (reload(action).text, action.deadline_date) == ("Book the big hall", "2026-06-03")
    assert (
        "This line was changed"
        not in client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    )


def test_an_edited_line_can_leave_its_action_as_it_was(typed, answer, bel, client, meeting, reload):
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept")
    (same,) = typed("ACTION: Bel to book the big hall")
    answer(same, "leave")
    assert reload(reload(mention).action).text == "Book the hall"
    assert (
        "This line was changed"
        not in client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    )


def test_deleting_a_line_never_deletes_its_action_and_typing_it_again_finds_it(typed, answer, bel, reload):
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept")
    typed("Nothing more of that.")
    assert Action.objects.count() == 1
    (again,) = typed("ACTION: Bel to book the hall")
    assert again.action == Action.objects.get()


def test_a_line_that_moves_to_another_item_keeps_its_action(typed, answer, bel, item, meeting, team, reload):
    other = AgendaItemFactory(meeting=meeting, position=2)
    (mention,) = typed("ACTION: Bel to book the hall")
    answer(mention, "accept")
    typed("")
    save_notes(
        by=team, item=AgendaItem.objects.get(pk=other.pk), notes="ACTION: Bel to book the hall", base=0
    )
    assert reload(mention).item == other
    assert Mention.objects.count() == 1


def test_a_deadline_on_a_day_in_no_calendar_is_asked_about_once(typed, answer, bel, reload):
    (mention,) = typed("ACTION: Bel to book the hall")
    said = {"words": "Book the hall", "owners": "Bel", "deadline": "31/02/2026"}
    asked = answer(mention, "accept", **said)
    assert (asked.status_code, Action.objects.count()) == (422, 0)
    page = asked.content.decode()
    assert "No calendar has a 31/02/2026. Give another day, or send it again to keep these words" in page
    assert '<input type="hidden" name="asked_deadline" value="31/02/2026">' in page
    answer(mention, "accept", **said, asked_deadline="31/02/2026")
    action = reload(mention).action
    assert (action.deadline_words, action.deadline_date) == ("31/02/2026", "")


def test_a_line_that_names_such_a_day_says_so_on_its_card(typed, client, team, meeting, bel):
    typed("ACTION: Bel to book the hall by 31/02/2026")
    client.force_login(team)
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert "It names a day that is in no calendar. Was another one meant?" in page


def test_the_same_said_twice_is_linked_once_when_somebody_says_so(typed, answer, bel, reload):
    (mention,) = typed("ACTION: Bel to book the hall for June")
    answer(mention, "accept")
    first, second = typed(
        "ACTION: Bel to book the hall for June\nSo it was.\nACTION: Bel to book the hall for June"
    )
    assert (second.action, second.asks) == (None, "twice")
    answer(second, f"same:{first.action_id}")
    assert reload(second).action == first.action
    assert Action.objects.count() == 1


def test_a_decision_is_recorded_as_the_line_says_it_was_reached(typed, answer, item, reload):
    by_all, majority = typed("AGREED: we meet in June (by all)\nDECISION: the logo stays, majority 5 to 2")
    answer(by_all, "accept")
    answer(majority, "accept")
    first, second = Decision.objects.order_by("pk")
    assert (first.text, first.reached, first.kind, first.item) == (
        "We meet in June",
        "by_all",
        "decision",
        item,
    )
    assert (second.text, second.reached, second.votes_words) == (
        "The logo stays",
        "majority",
        "5 for, 2 against",
    )


def test_this_was_advice(typed, answer):
    (mention,) = typed("AGREED: the team should wait")
    answer(mention, "accept")
    answer(mention, "advice")
    decision = Decision.objects.get()
    assert (decision.kind, decision.reached) == ("advice", "advice")


def test_offers_and_parked_ideas_are_found_again_and_are_no_actions(typed, client, team, meeting):
    offer, parked = typed("OFFER: Femi happy to read the draft\nPARKED: a podcast")
    assert (offer.marker, parked.marker) == ("offer", "parked")
    client.force_login(team)
    page = client.get(reverse("meetings:workspace", args=[meeting.pk])).content.decode()
    assert "Femi happy to read the draft" in page
    assert "data-accept" not in page


def test_a_line_that_was_edited_while_one_read_is_looked_at_again(typed, answer, bel):
    (mention,) = typed("ACTION: Bel to book the hall")
    assert answer(mention, "accept", seen="Bel to book").status_code == 422
    assert Action.objects.count() == 0


def test_under_htmx_the_part_alone_comes_back(typed, client, team, bel, meeting):
    (mention,) = typed("ACTION: Bel to book the hall")
    client.force_login(team)
    address = reverse("meetings:answer_line", args=[meeting.pk, mention.pk])
    page = client.post(address, {"answer": "accept"}, HTTP_HX_REQUEST="true").content.decode()
    assert page.lstrip().startswith('<aside id="picked-up"')
    assert "0 to answer" in page or "Nothing to answer" in page


def test_the_note_taker_accepts_what_the_meeting_agreed(typed, client, note_taker, meeting, reload):
    (mention,) = typed("ACTION: Wren to ring")
    client.force_login(note_taker)
    client.post(
        reverse("meetings:answer_line", args=[meeting.pk, mention.pk]),
        {"answer": "accept", "who-0": "as_written"},
    )
    assert reload(mention).action is not None


def test_an_ally_who_takes_no_notes_answers_nothing(typed, client, ally, meeting):
    (mention,) = typed("ACTION: Wren to ring")
    client.force_login(ally)
    address = reverse("meetings:answer_line", args=[meeting.pk, mention.pk])
    assert client.post(address, {"answer": "accept"}).status_code == 403
    assert Action.objects.count() == 0
