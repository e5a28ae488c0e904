"""The pages about conflicts of interest: what they show to whom, what a press does, what is refused."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse

from allies.interests import Handling as How
from allies.models import OPERATOR, Declaration, Interest
from meetings.models import AgendaItem, Handling, ItemAbsence, Meeting, Stage
from meetings.services import conflicts
from meetings.services.handling import Declaring, declare_and_handle, handle
from tests.factories import (
    AgendaItemFactory,
    AppointmentFactory,
    AttendanceFactory,
    CapacityFactory,
    DecisionFactory,
    MeetingFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def trust():
    return OrganisationFactory(name="Harbour Trust")


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=today, starts=time(11), ends=time(13))


@pytest.fixture
def item(meeting, trust) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, position=1, title="The offer", about_organisation=trust)


@pytest.fixture
def chairing(meeting):
    row = AttendanceFactory(meeting=meeting, person=PersonFactory(full_name="Carys Lund"))
    CapacityFactory(attendance=row, kind="chair")
    return row


@pytest.fixture
def morgan(meeting, group, trust):
    """Morgan Reed, who is here and has an entry about the trust in the register."""
    row = AttendanceFactory(meeting=meeting, person=PersonFactory(full_name="Morgan Reed"))
    AppointmentFactory(person=row.person, body=group)
    row.entry = Interest.objects.create(
        person=row.person,
        kind="financial",
        nature="actual",
        full_words="works there",
        about_organisation=trust,
        declared_on=date(2026, 1, 2),
    )
    return row


@pytest.fixture
def planned(meeting) -> Meeting:
    """The same meeting a week from now."""
    meeting.stage, meeting.date = Stage.PLANNED, date(2026, 2, 10)
    meeting.save()
    return meeting


def workspace(client, meeting, number=1) -> str:
    return client.get(f"{reverse('meetings:workspace', args=[meeting.pk])}?item={number}").content.decode()


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


def at(hour: int, minute: int):
    return time_machine.travel(datetime(2026, 2, 3, hour, minute, tzinfo=UTC), tick=False)


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


# ---- Everybody's answer


@pytest.fixture
def interests_item(meeting) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, position=1, title="Interests", kind="interests")


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


# ---- Decisions, and where it was declared


def test_a_decision_has_a_page_that_says_who_took_part(meeting, item, morgan, chairing, ally, signed_in):
    decision = DecisionFactory(meeting=meeting, item=item, text="We take it.")
    made = conflicts.declare(
        by=OPERATOR, meeting=meeting, attendance=morgan, interest=morgan.entry, item=item
    )
    handle(
        by=OPERATOR,
        declaration=made,
        item=item,
        how=How.STAYED,
        reason="They work there.",
        decided_by=chairing.person,
    )
    client = signed_in(ally)
    page = client.get(reverse("meetings:decision", args=[decision.pk])).content.decode()
    assert "Morgan Reed took no part." in page
    assert "Decided by Carys Lund: They work there." in page
    assert "We take it. Morgan Reed took no part." in client.get(meeting.get_absolute_url()).content.decode()
    assert "Morgan Reed took no part." in client.get(reverse("decisions")).content.decode()


@pytest.mark.parametrize("rows", [1, 8])
def test_a_decision_takes_twelve_queries_at_most(
    meeting, item, trust, ally, signed_in, django_assert_num_queries, rows
):
    decision = DecisionFactory(meeting=meeting, item=item)
    for number in range(rows):
        row = AttendanceFactory(meeting=meeting)
        AppointmentFactory(person=row.person, body=meeting.body)
        CapacityFactory(attendance=row, kind="presenter")
        declare_and_handle(
            by=OPERATOR,
            item=item,
            declaring=Declaring(attendance=row, words=f"Words {number}"),
            how=How.NOTED,
        )
    client = signed_in(ally)
    with django_assert_num_queries(9):
        assert client.get(reverse("meetings:decision", args=[decision.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_where_somebody_declared_takes_nine_queries_at_one_row_and_at_many(
    group, today, morgan, ally, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        meeting = MeetingFactory(body=group, date=date(2024, 1, 1 + number))
        item = AgendaItemFactory(meeting=meeting)
        row = AttendanceFactory(meeting=meeting, person=morgan.person)
        declare_and_handle(
            by=OPERATOR,
            item=item,
            declaring=Declaring(attendance=row, interest=morgan.entry),
            how=How.NOTED,
        )
    client = signed_in(ally)
    for address, queries in (
        (reverse("meetings:declared_by", args=[morgan.person_id]), 9),
        (reverse("meetings:declared_from", args=[morgan.entry.pk]), 9),
    ):
        with django_assert_num_queries(queries):
            page = client.get(address).content.decode()
        assert page.count("<b>Noted</b>") == rows


@pytest.mark.parametrize("rows", [1, 9])
def test_the_workspace_with_prompts_takes_twelve_queries_at_one_row_and_at_many(
    meeting, item, trust, note_taker_of, signed_in, django_assert_num_queries, rows
):
    for number in range(rows):
        row = AttendanceFactory(meeting=meeting)
        Interest.objects.create(
            person=row.person,
            kind="financial",
            nature="actual",
            full_words=f"Words {number}",
            about_organisation=trust,
            declared_on=date(2026, 1, 2),
        )
        conflicts.declare(by=OPERATOR, meeting=meeting, attendance=row, words=f"More {number}", item=item)
    client = signed_in(note_taker_of(meeting))
    with django_assert_num_queries(12):
        workspace(client, meeting)


@pytest.fixture
def note_taker_of(ally):
    def make(meeting):
        CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
        return ally

    return make
