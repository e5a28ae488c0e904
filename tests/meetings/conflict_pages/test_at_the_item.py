"""Conflicts of interest at an item: what the page shows to whom, what a press does, what is refused."""

from datetime import date, time

import pytest
from django.urls import reverse

from allies.models import Declaration, Interest
from meetings.models import Handling, ItemAbsence, Stage
from tests.factories import MeetingFactory
from tests.meetings.conflict_pages.opening import HTMX, at, workspace

pytestmark = pytest.mark.django_db


# ---- At the item


def test_an_item_prompts_whoever_takes_the_notes(meeting, item, morgan, team, signed_in):
    page = workspace(signed_in(team), meeting)
    assert "Has an interest in the register" in page
    assert "Harbour Trust: works there" in page


def test_private_words_prompt_without_being_read(meeting, item, morgan, team, signed_in):
    Interest.objects.update_or_create(
        pk=morgan.entry.pk, defaults={"private": True, "full_words": "kingfisher"}
    )
    page = workspace(signed_in(team), meeting)
    assert ("Has an interest in the register" in page, "kingfisher" in page) == (True, False)


def test_one_press_records_the_declaration_as_noted(meeting, item, morgan, team, signed_in):
    client, key = signed_in(team), f"entry-{morgan.entry.pk}"
    address = reverse("meetings:touching", args=[meeting.pk, item.pk])
    answer = client.post(address, {"key": key, f"{key}-how": "noted"})
    assert (answer.status_code, answer.url) == (
        302,
        f"{reverse('meetings:workspace', args=[meeting.pk])}?item=1#item-interests",
    )
    assert [(one.how, one.declaration.person, one.declaration.words) for one in Handling.objects.all()] == [
        ("noted", morgan.person, "works there")
    ]
    morgan.refresh_from_db()
    assert morgan.interests_answer == "declared"


@pytest.mark.parametrize(
    ("pressed", "typed", "known"),
    [
        ((11, 20), "", (time(11, 20), time(11, 35))),
        ((11, 20), "11:18", (time(11, 18), time(11, 35))),
        # Pressed when it is over, or before it begins, a press tells no time.
        ((14, 0), "", (None, None)),
        ((10, 30), "", (None, None)),
    ],
)
def test_leaving_and_coming_back_are_two_presses_with_their_times(
    meeting, item, morgan, chairing, team, signed_in, pressed, typed, known
):
    key = f"entry-{morgan.entry.pk}"
    sent = {"key": key, f"{key}-how": "left", f"{key}-decided_by": chairing.person_id, f"{key}-left": typed}
    with at(*pressed):
        client = signed_in(team)
        address = reverse("meetings:touching", args=[meeting.pk, item.pk])
        part = client.post(address, sent, headers=HTMX)
    assert part.status_code == 200
    assert "Left for this item" in part.content.decode() and "<html" not in part.content.decode()

    with at(pressed[0], pressed[1] + 15):
        back = reverse("meetings:came_back", args=[meeting.pk, Handling.objects.get().pk])
        assert client.post(back).status_code == 302
    absence = ItemAbsence.objects.get()
    assert (absence.left, absence.back) == known


def test_what_needs_mending_is_said_and_what_was_typed_stays(meeting, item, morgan, team, signed_in):
    key = f"entry-{morgan.entry.pk}"
    answer = signed_in(team).post(
        reverse("meetings:touching", args=[meeting.pk, item.pk]),
        {"key": key, f"{key}-how": "withheld", f"{key}-reason": "A dispute over pay"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say who decided it" in page and "A dispute over pay" in page
    assert (Handling.objects.count(), Declaration.objects.count()) == (0, 0)


def test_somebody_else_declares_in_words(meeting, item, morgan, chairing, team, signed_in):
    client = signed_in(team)
    address = reverse("meetings:touching", args=[meeting.pk, item.pk])
    wrong = client.post(address, {"key": "else", "else-how": "noted"})
    assert wrong.status_code == 422
    assert "Say who declares it" in wrong.content.decode()
    client.post(
        address,
        {
            "key": "else",
            "else-who": f"row-{chairing.pk}",
            "else-words": "Her sister works there",
            "else-how": "left",
            "else-decided_by": morgan.person_id,
        },
    )
    assert Declaration.objects.get().words == "Her sister works there"
    assert "<b>Carys Lund chairs this meeting, and has an interest here.</b>" in workspace(client, meeting)
    client.post(reverse("meetings:take_chair", args=[meeting.pk, item.pk]), {"chair": morgan.person_id})
    assert "<b>Morgan Reed</b> is in the chair for this item." in workspace(client, meeting)
    refused = client.post(
        reverse("meetings:take_chair", args=[meeting.pk, item.pk]), {"chair": chairing.person_id}
    )
    assert refused.status_code == 422
    assert "Carys Lund takes no part in this" in refused.content.decode()


def test_a_key_that_means_nothing_is_not_found(meeting, item, team, signed_in):
    client = signed_in(team)
    address = reverse("meetings:touching", args=[meeting.pk, item.pk])
    for key in ("entry-99999", "declared-1", "earlier-1", "nonsense", "entry-x"):
        assert client.post(address, {"key": key, f"{key}-how": "noted"}).status_code == 404


def test_an_item_is_moved_from_its_own_head(meeting, item, team, group, signed_in):
    client, address = signed_in(team), reverse("meetings:move_to_next", args=[meeting.pk, item.pk])
    refused = client.post(address)
    assert refused.status_code == 422
    assert "Plan it first" in refused.content.decode()
    later = MeetingFactory(body=group, date=date(2026, 5, 5), stage=Stage.PLANNED)
    client.post(address)
    assert later.items.get().moved_from == item
    assert "Moved to the meeting of" in workspace(client, meeting)
    assert "Moved here from the meeting of" in client.get(later.get_absolute_url()).content.decode()
