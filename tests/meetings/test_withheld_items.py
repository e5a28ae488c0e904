"""An item that somebody is kept from holds its place; what was raised under it goes with it; nobody writes it."""

from datetime import time

import pytest
from django.urls import reverse

from actions.models import Action
from allies.interests import Handling as How
from allies.models import Account, Matter
from allies.powers import Refused
from allies.services.withholding import release, withhold
from meetings.models import AgendaItem, Meeting, Mention
from meetings.models.declared import read_interests
from meetings.models.in_full import items_of
from meetings.notes.document import NotesDocument
from meetings.services.agenda_items import ItemWords, change_item
from meetings.services.answering import Said, accept_action
from meetings.services.conflicts import declare
from meetings.services.handling import handle
from meetings.services.importing import Incoming, what_differs
from meetings.services.matters import matter_of
from meetings.services.minutes import save_notes
from meetings.services.recording import record_decision
from tests.factories import (
    AgendaItemFactory,
    AttendanceFactory,
    CapacityFactory,
    MeetingFactory,
    MentionFactory,
    ProjectFactory,
    RiskMatterFactory,
    WithholdingFactory,
)

WHY = "It is about her."


@pytest.fixture
def meeting(group, today) -> Meeting:
    return MeetingFactory(body=group, date=today, starts=time(11), stage="draft")


@pytest.fixture
def items(meeting) -> list[AgendaItem]:
    titles = ("Welcome", "A complaint", "Any other business")
    return [
        AgendaItemFactory(
            meeting=meeting, position=number, title=title, minutes=10, notes="ACTION: Wren to write back"
        )
        for number, title in enumerate(titles)
    ]


@pytest.fixture
def note_taker(ally, meeting) -> Account:
    CapacityFactory(attendance=AttendanceFactory(meeting=meeting, person=ally.person), kind="notetaker")
    return ally


@pytest.fixture
def raised(items, meeting, team) -> Action:
    line = MentionFactory(meeting=meeting, item=items[1], action=None, line=1, text="Wren to write back")
    return accept_action(by=team, mention=line, said=Said("Write back"))


@pytest.fixture
def withheld(items, raised, team, note_taker):
    return withhold(by=team, person=note_taker.person, about=matter_of(by=team, item=items[1]), why=WHY)


def again(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_it_holds_its_number_and_its_time_and_says_no_more(withheld, meeting, note_taker, team):
    seen = items_of(meeting, again(note_taker))
    assert [(one.title, one.minutes, one.is_withheld) for one in seen] == [
        ("Welcome", 10, False), ("An item withheld from you", 10, True), ("Any other business", 10, False),
    ]  # fmt: skip
    assert (seen[1].notes, seen[1].presented_by, seen[1].about) == ("", [], None)
    assert [one.title for one in items_of(meeting, again(team))] == [
        "Welcome",
        "A complaint",
        "Any other business",
    ]


def test_the_page_of_the_notes_shows_its_place_and_no_box_for_words(withheld, meeting, note_taker, signed_in):
    page = signed_in(again(note_taker)).get(f"/meetings/{meeting.pk}/notes/?item=2").content.decode()
    assert "An item withheld from you" in page
    assert ("A complaint" in page, 'id="notes"' in page) == (False, False)


def test_what_was_raised_under_it_goes_with_it_and_comes_back_with_it(withheld, raised, note_taker, team):
    assert not Action.objects.visible_to(again(note_taker)).filter(pk=raised.pk).exists()
    release(by=team, withholding=withheld, why="It is settled.")
    assert Action.objects.visible_to(again(note_taker)).filter(pk=raised.pk).exists()


def test_what_is_raised_later_goes_with_it_too(withheld, items, meeting, team, note_taker):
    line = MentionFactory(meeting=meeting, item=items[1], action=None, line=2, text="Ask her")
    line.item.refresh_from_db()
    action = accept_action(by=team, mention=line, said=Said("Ask her"))
    assert action.about_matter == Matter.objects.get()
    assert not Action.objects.visible_to(again(note_taker)).filter(pk=action.pk).exists()


def test_an_item_withheld_twice_is_one_matter(withheld, items, team):
    assert matter_of(by=team, item=AgendaItem.objects.get(pk=items[1].pk)) == Matter.objects.get()


def test_nobody_writes_what_they_are_kept_from(withheld, items, meeting, raised, note_taker):
    item, by = AgendaItem.objects.get(pk=items[1].pk), again(note_taker)
    for write in (
        lambda: save_notes(by=by, item=item, notes="Mine", base=0),
        lambda: change_item(by=by, item=item, words=ItemWords("Mine")),
        lambda: record_decision(by=by, meeting=meeting, text="Mine", kind="decision", item=item),
        lambda: accept_action(by=by, mention=Mention.objects.get(action=raised), said=Said("Mine")),
        lambda: matter_of(by=by, item=item),
    ):
        with pytest.raises(Refused):
            write()
    assert AgendaItem.objects.get(pk=item.pk).title == "A complaint"


def test_an_item_cannot_be_put_under_a_project_that_one_is_kept_from(items, team, chair):
    project = ProjectFactory()
    withhold(by=team, person=chair.person, about=project, why=WHY)
    with pytest.raises(Refused):
        change_item(by=again(chair), item=items[0], words=ItemWords("Welcome", about=project))


def test_a_project_that_one_is_kept_from_is_not_offered_and_not_taken(items, meeting, team, chair, signed_in):
    project = ProjectFactory(name="Quiet water")
    withhold(by=team, person=chair.person, about=project, why=WHY)
    client, address = signed_in(again(chair)), f"/meetings/{meeting.pk}/items/1/change/"
    assert "Quiet water" not in client.get(address).content.decode()
    sent = {"title": "Welcome", "kind": "discussion", "about": f"project-{project.pk}"}
    assert client.post(address, sent).status_code == 422


def test_once_an_item_is_about_a_project_so_is_what_was_agreed_under_it(items, raised, team):
    project = ProjectFactory()
    change_item(by=team, item=items[1], words=ItemWords("A complaint", about=project))
    raised.refresh_from_db()
    assert raised.about == project


def test_notes_with_a_gap_are_not_held_against_a_document(withheld, meeting, note_taker, team):
    incoming = Incoming(NotesDocument(date=meeting.date.isoformat()), "Notes")
    assert what_differs(incoming, actor=again(team), meeting=meeting).differences != ()
    with pytest.raises(Refused):
        what_differs(incoming, actor=again(note_taker), meeting=meeting)


def test_the_documents_say_that_something_was_withheld(withheld, meeting, note_taker, signed_in):
    text = signed_in(again(note_taker)).get(f"/meetings/{meeting.pk}/notes.txt").content.decode()
    assert ("An item withheld from you" in text, "complaint" in text) == (True, False)


def test_their_own_declaration_stays_theirs_without_what_was_done_about_it(
    items, meeting, team, chair, ally, signed_in
):
    handle(
        by=team,
        item=items[1],
        declaration=declare(by=team, meeting=meeting, person=ally.person, words="Ran it", item=items[1]),
        how=How.WITHHELD,
        reason="Said in confidence",
        decided_by=chair.person,
    )
    reader = Account.objects.get(pk=ally.pk)

    own = read_interests(reader, meeting, items_of(meeting, reader)).declarations
    page = signed_in(reader).get(reverse("meetings:declared_by", args=[ally.person.pk])).content.decode()

    assert [(one.words, one.handled) for one in own] == [("Ran it", [])]
    assert [
        text in page for text in ("Ran it", "withheld from you", "Said in confidence", "A complaint")
    ] == [
        True,
        True,
        False,
        False,
    ]
    told = read_interests(team, meeting, items_of(meeting, team)).declarations
    assert [[handled.how for handled in one.handled] for one in told] == [[How.WITHHELD]]


def test_the_risk_an_item_speaks_of_stays_where_whoever_saves_the_item_may_not_read_it(
    group, team, signed_in, today
):
    matter = RiskMatterFactory(risk__body=group, about_project=ProjectFactory())
    item = AgendaItemFactory(meeting__body=group, risk=matter.risk)
    WithholdingFactory(person=team.person, about_project=matter.about_project)
    address = reverse("meetings:change_item", args=[item.meeting_id, 1])
    form = signed_in(team).get(address).content.decode()
    assert matter.risk.title not in form
    signed_in(team).post(address, {"title": "Another name", "kind": "discussion", "risk": ""})
    item.refresh_from_db()
    assert (item.title, item.risk) == ("Another name", matter.risk)
