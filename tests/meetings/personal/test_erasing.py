"""Erasing a person: who may, what is asked first, what a person decides, and what is left to do by hand."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.test import Client

from actions.models import Assignment
from allies.models import CalendarAddress, Interest, OtherName
from allies.names_in_text import REMOVED
from allies.powers import Refused
from allies.services.calendars import renew_calendar_address
from allies.services.people import change_person
from meetings.models import AgendaItem, Attendance, Erasure, Paper, Presenter, Publication
from meetings.safekeeping.verifying import verify_record
from meetings.services.by_hand import ByHand
from meetings.services.circulating import circulate
from meetings.services.erasing import (
    CannotErase,
    erase_person,
    key_of,
    preview,
    what_stands_in_the_way,
)
from meetings.services.publishing import publish, withdraw
from meetings.services.rewriting import WORDS_REMOVED
from tests.factories import (
    AccountFactory,
    ActionFactory,
    AgendaItemFactory,
    AppointmentFactory,
    AssignmentFactory,
    AttendanceFactory,
    ConcernFactory,
    ConcernRaiserFactory,
    InterestFactory,
    MeetingFactory,
    PersonFactory,
    ProjectFactory,
    RiskFactory,
    WithholdingFactory,
)

NOTES = "- Laura: the hall is cold\n- Laura Vale will ask\n- ACTION: Laura to ring"


@pytest.fixture
def laura(db):
    return PersonFactory(full_name="Laura Vale", short_name="Laura", email="l.vale@example.org")


@pytest.fixture
def other_laura(db):
    return PersonFactory(full_name="Laura Moss", short_name="Laura")


@pytest.fixture
def item(group) -> AgendaItem:
    return AgendaItemFactory(meeting__body=group, notes=NOTES)


def erase(by, person, decided=()):
    return erase_person(
        by=by, person=person, typed_name=person.full_name, reason="They asked.", decided=decided
    )


# ---- Who may, and when


def test_only_the_team_may_and_nobody_for_themself(team, ally, chair, laura):
    for account in (ally, chair):
        with pytest.raises(Refused, match="Only the core team"):
            preview(by=account, person=laura)
        with pytest.raises(Refused, match="Only the core team"):
            erase(account, laura)
    with pytest.raises(Refused, match="Ask somebody else in the team"):
        erase(team, team.person)


def test_whoever_is_kept_from_a_matter_does_not_read_where_a_name_stands(team, laura):
    WithholdingFactory(person=team.person, about_project=ProjectFactory())
    with pytest.raises(Refused, match="Something is withheld from you"):
        preview(by=team, person=laura)


def test_whoever_sits_on_a_group_is_not_erased_before_that_ends(team, laura, group):
    place = AppointmentFactory(person=laura, body=group)
    assert what_stands_in_the_way(laura) == "Laura still sits on Allies Group. End those places first."
    with pytest.raises(CannotErase, match="still sits on"):
        erase(team, laura)
    place.ends = "2026-01"
    place.save()
    assert what_stands_in_the_way(laura) == ""


@pytest.mark.parametrize(
    ("typed", "reason", "why"),
    [
        ("Laura Moss", "They asked.", "This is not the name"),
        ("Laura Vale", "  ", "Say why"),
        ("", "x", "not the name"),
    ],
)
def test_the_name_must_be_typed_and_a_reason_given(team, laura, typed, reason, why):
    with pytest.raises(CannotErase, match=why):
        erase_person(by=team, person=laura, typed_name=typed, reason=reason)
    laura.refresh_from_db()
    assert laura.full_name == "Laura Vale"
    assert not Erasure.objects.exists()


def test_nobody_is_erased_twice(team, laura):
    erase(team, laura)
    with pytest.raises(CannotErase, match="taken out already"):
        erase(team, laura)


# ---- What is theirs, and what a person decides


def test_a_name_that_two_share_is_left_and_a_whole_name_goes(team, laura, other_laura, item):
    erase(team, laura)
    item.refresh_from_db()
    assert item.notes == "- Laura: the hall is cold\n- [name removed] will ask\n- ACTION: Laura to ring"
    other_laura.refresh_from_db()
    assert (other_laura.full_name, other_laura.short_name) == ("Laura Moss", "Laura")


def test_a_line_that_somebody_ticks_goes_too_wherever_it_stands(team, laura, other_laura, item, group):
    again = AgendaItemFactory(meeting=item.meeting, position=7, notes="* Laura to ring")
    lines = {line.words: line for line in preview(by=team, person=laura).lines}
    assert {words: line.times for words, line in lines.items()} == {
        "Laura: the hall is cold": 1,
        "Laura to ring": 2,
    }
    erase(team, laura, decided=[lines["Laura to ring"].key])
    item.refresh_from_db()
    again.refresh_from_db()
    assert (
        item.notes == "- Laura: the hall is cold\n- [name removed] will ask\n- ACTION: [name removed] to ring"
    )
    assert again.notes == "* [name removed] to ring"


def test_a_first_name_that_is_theirs_alone_goes_without_being_asked_about(team, laura, item):
    found = preview(by=team, person=laura)
    assert found.lines == []
    erase(team, laura)
    item.refresh_from_db()
    assert "Laura" not in item.notes


def test_what_a_list_calls_them_goes_also_where_others_share_the_name(team, laura, other_laura, group):
    meeting = MeetingFactory(body=group)
    for position, person in enumerate((laura, other_laura)):
        AttendanceFactory(meeting=meeting, person=person, name_as_written="Laura", position=position)
    erase(team, laura)
    assert list(Attendance.objects.order_by("position").values_list("name_as_written", flat=True)) == [
        REMOVED,
        "Laura",
    ]


def test_in_frozen_notes_too_a_row_says_which_of_two_is_meant(team, laura, other_laura, group, today):
    meeting = MeetingFactory(body=group, date=date(2026, 1, 20))
    for position, person in enumerate((laura, other_laura)):
        AttendanceFactory(meeting=meeting, person=person, name_as_written="Laura", position=position)
        action = ActionFactory(body=group, agreed_on=meeting.date, text=f"Part {position}")
        AssignmentFactory(action=action, person=person, as_written="Laura")
        item = AgendaItemFactory(meeting=meeting, position=position, notes="- a point")
        Presenter.objects.create(item=item, person=person, as_written="Laura")
    version = circulate(by=team, meeting=meeting)
    erase(team, laura, decided=[key_of("laura")])
    version.refresh_from_db()
    content = version.content
    assert [row["as_written"] for row in content["attendance"]] == [REMOVED, "Laura"]
    assert {row["text"]: row["owners"][0]["as_written"] for row in content["actions"]} == {
        "Part 0": REMOVED,
        "Part 1": "Laura Moss",
    }
    assert [row["presenters"] for row in content["agenda"]] == [[REMOVED], ["Laura"]]
    assert [one.as_written for one in Assignment.objects.order_by("pk")] == [REMOVED, "Laura"]
    assert verify_record().found == []


def test_after_an_erasure_whatever_else_was_altered_behind_closed_notes_is_still_found(
    team, laura, group, today
):
    meeting = MeetingFactory(body=group, date=date(2026, 1, 20))
    AttendanceFactory(meeting=meeting, person=laura)
    named = AgendaItemFactory(
        meeting=meeting, position=1, title="Hall", notes=f"- {laura.full_name}: too small\n- we ask"
    )
    other = AgendaItemFactory(meeting=meeting, position=2, title="Museum", notes="- it rains in")
    circulate(by=team, meeting=meeting)
    erase(team, laura)
    assert verify_record().found == []

    def told(item: AgendaItem, notes: str) -> list[str]:
        before = AgendaItem.objects.get(pk=item.pk).notes
        AgendaItem.objects.filter(pk=item.pk).update(notes=notes)
        found = [str(one).partition(": ")[2] for one in verify_record().found]
        AgendaItem.objects.filter(pk=item.pk).update(notes=before)
        return found

    of_other = f"the notes of item “Museum” ({other.pk}) was altered in the record’s own rows"
    of_named = f"the notes of item “Hall” ({named.pk}) was altered in the record’s own rows"
    assert told(other, "- it is dry") == [of_other]
    # Beside the line that lost the name another one was altered; the line itself may say it in other words.
    assert told(named, f"- {REMOVED}: too small\n- we refuse") == [of_named]
    assert told(named, "- Somebody: too small\n- we ask") == []


def test_a_name_they_had_before_goes_too(team, laura, group):
    item = AgendaItemFactory(meeting__body=group, notes="- Laura Ashgrove opens")
    OtherName.objects.create(person=laura, name="Lolly")
    change_person(
        by=team,
        person=laura,
        full_name="Laura Ashgrove",
        short_name="",
        pronouns="",
        email="",
        other_names=[],
    )
    change_person(
        by=team, person=laura, full_name="Laura Vale", short_name="", pronouns="", email="", other_names=[]
    )
    action = ActionFactory(body=group, text="Lolly writes to l.vale@example.org")
    erase(team, laura)
    item.refresh_from_db()
    action.refresh_from_db()
    assert (item.notes, action.text) == ("- [name removed] opens", "[name removed] writes to [name removed]")


def test_words_that_only_others_may_read_are_counted_and_not_shown(team, laura, other_laura, group):
    ConcernRaiserFactory(concern=ConcernFactory(body=group), words="Laura shouted at us.")
    InterestFactory(person=other_laura, private=True, full_words="Laura is my sister.")
    found = preview(by=team, person=laura)
    assert (found.lines, found.private) == ([], 2)


def test_their_private_words_go_and_what_the_register_shows_stays(team, laura):
    private = InterestFactory(person=laura, private=True, full_words="My sister runs it.")
    public = InterestFactory(person=laura, full_words="A seat on its board.")
    erase(team, laura)
    private.refresh_from_db()
    public.refresh_from_db()
    assert (private.full_words, public.full_words) == (WORDS_REMOVED, "A seat on its board.")
    assert set(Interest.history.filter(id=private.pk).values_list("full_words", flat=True)) == {WORDS_REMOVED}


def test_the_account_is_closed_and_emptied_and_every_sign_in_ends(team, laura):
    account = AccountFactory(person=laura, email="l.vale@example.org")
    renew_calendar_address(by=account)
    browser = Client()
    browser.force_login(account)
    colleague = Client()
    colleague.force_login(team)
    erase(team, laura)
    account.refresh_from_db()
    assert (account.is_active, account.email) == (False, f"removed-{account.pk}@removed.invalid")
    assert not CalendarAddress.objects.exists()
    assert browser.get("/account/").url.startswith("/sign-in/")
    assert colleague.get("/account/").status_code == 200
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(team.pk)]


def test_the_reason_does_not_keep_the_name(team, laura, other_laura):
    erased = erase_person(
        by=team, person=laura, typed_name="laura vale", reason="Laura asked, Laura Vale did."
    )
    assert erased.reason == "[name removed] asked, [name removed] did."


def test_history_shows_the_erasure_and_nothing_of_before(team, laura):
    erase(team, laura)
    rows = laura.history.order_by("history_date").values_list("full_name", "email", "history_user")
    assert list(rows) == [(REMOVED, "", None), (REMOVED, "", team.pk)]


# ---- By hand


def office_file(words: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:p><w:r><w:t>{words[:3]}</w:t></w:r><w:r>{words[3:]}</w:r></w:p>"
        )
    return out.getvalue()


def test_files_that_hold_the_name_are_listed_and_work_that_needs_an_owner(
    team, laura, group, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    meeting = MeetingFactory(body=group, date=date(2025, 11, 19))
    for name, content in (
        ("a.txt", b"By Laura Vale"),
        ("b.docx", office_file("Laura Vale wrote")),
        ("c.txt", b"By somebody else"),
        ("d.pdf", b"%PDF-1.7"),
    ):
        Paper(meeting=meeting, title=name).file.save(name, ContentFile(content))
    AssignmentFactory(action=ActionFactory(body=group), person=laura)
    AssignmentFactory(
        action=ActionFactory(body=group, status="done", closed_on=date(2026, 1, 2)), person=laura
    )
    ProjectFactory(lead=laura)
    RiskFactory(body=group, looked_after_by=laura)
    by_hand = preview(by=team, person=laura).by_hand
    assert [one.words.split("”")[0] for one in by_hand[:2]] == [
        "The name stands in the file “a.txt",
        "The name stands in the file “b.docx",
    ]
    assert [one.words for one in by_hand[2:6]] == [
        "Files that cannot be searched (PDF, pictures): 1. Open those that may hold the name.",
        "Open actions that need another owner: 1.",
        "Projects that need another lead: 1.",
        "Risks that somebody else should look after: 1.",
    ]
    assert by_hand[3] == ByHand(
        "Open actions that need another owner: 1.", f"/actions/?owner=person:{laura.pk}"
    )
    erased = erase(team, laura)
    assert [one["words"] for one in erased.by_hand][3:5] == [one.words for one in by_hand[3:5]]


# ---- The pages


def test_it_takes_two_steps_and_says_what_was_done(team, laura, other_laura, item, signed_in):
    client = signed_in(team)
    page = client.get(f"/people/{laura.pk}/erase/")
    assert page.status_code == 200
    assert "Laura: the hall is cold" in page.text
    key = preview(by=team, person=laura).lines[0].key
    asked = client.post(f"/people/{laura.pk}/erase/confirm/", {"line": key})
    assert (asked.status_code, "This is the last step. 1 line that you ticked" in asked.text) == (200, True)
    laura.refresh_from_db()
    assert laura.full_name == "Laura Vale"
    done = client.post(
        f"/people/{laura.pk}/erase/confirm/", {"line": key, "reason": "They asked.", "name": "Laura Vale"}
    )
    erasure = Erasure.objects.get()
    assert (done.status_code, done.url) == (302, f"/erasures/#erasure-{erasure.pk}")
    assert "They asked." in client.get("/erasures/").text


def test_another_name_comes_back_with_what_was_typed(team, laura, signed_in):
    sent = {"line": "abc", "reason": "They asked.", "name": "Laura"}
    page = signed_in(team).post(f"/people/{laura.pk}/erase/confirm/", sent)
    assert page.status_code == 422
    assert "This is not the name." in page.text
    assert "They asked.</textarea>" in page.text
    assert '<input type="hidden" name="line" value="abc">' in page.text


def test_what_stands_in_the_way_is_said_instead(team, laura, group, signed_in):
    AppointmentFactory(person=laura, body=group)
    client = signed_in(team)
    page = client.get(f"/people/{laura.pk}/erase/")
    assert "Laura still sits on Allies Group." in page.text
    assert "Go on" not in page.text
    assert client.post(f"/people/{laura.pk}/erase/confirm/").url == f"/people/{laura.pk}/erase/"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_first_page_asks_as_little_whatever_there_is(
    team, laura, group, rows, signed_in, settings, tmp_path, django_assert_num_queries
):
    settings.MEDIA_ROOT = tmp_path
    for number in range(rows):
        meeting = MeetingFactory(body=group, date=date(2025, 1, number + 1))
        AgendaItemFactory(meeting=meeting, notes=NOTES)
        Paper(meeting=meeting, title="A").file.save("a.txt", ContentFile(b"Laura Vale"))
        OtherName.objects.create(person=PersonFactory(), name=f"Laura {number}")
    client = signed_in(team)
    with django_assert_num_queries(9):
        client.get(f"/people/{laura.pk}/erase/")


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_of_erasures_asks_as_little(team, rows, signed_in, django_assert_num_queries):
    for _ in range(rows):
        Erasure.objects.create(person=PersonFactory(), by=AccountFactory(), reason="They asked.")
    client = signed_in(team)
    with django_assert_num_queries(5):
        client.get("/erasures/")


def test_notes_that_were_withdrawn_say_the_same_day_after_an_erasure(team, laura, item):
    meeting = item.meeting
    AttendanceFactory(meeting=meeting, person=laura)
    circulate(by=team, meeting=meeting)
    published = publish(by=team, meeting=meeting)
    withdraw(by=team, meeting=meeting, reason="A name was wrong.")
    day = datetime(2026, 1, 5, 12, tzinfo=UTC)
    Publication.objects.filter(pk=published.pk).update(changed_at=day)
    erase(team, laura)
    published = Publication.objects.select_related("version").get(pk=published.pk)
    assert "Laura Vale" not in str(published.version.content)
    assert published.changed_at == day
