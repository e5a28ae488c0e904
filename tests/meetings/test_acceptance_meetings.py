"""The facts of ACCEPTANCE.md that belong to meetings: entered in the browser, shown where one looks, given out again.

Each test is named after its line. All words are invented, of the same kind as the group's own.
"""

import re
from datetime import date, time
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from allies.models import OPERATOR, Post, Seat
from meetings.models import AnnouncedMeeting, Attendance, Decision, Meeting, Paper, Stage
from meetings.notes.document import InterestsState, Presence
from meetings.notes.reading import read_text
from meetings.services.importing import Incoming, bring_in
from tests.factories import AgendaItemFactory, AppointmentFactory, AttendanceFactory, MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group, today):
    return MeetingFactory(body=group, date=date(2025, 11, 19))


@pytest.fixture
def client(team, signed_in):
    """The core team's browser."""
    return signed_in(team)


def words(response) -> str:
    """The words of a page, tags taken away and white space made single, also before a comma."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split()).replace(" ,", ",")


def page(client, meeting) -> str:
    return words(client.get(meeting.get_absolute_url()))


def given_out(client, meeting):
    """The notes as the plain-text file says them."""
    response = client.get(reverse("meetings:notes_file", args=[meeting.pk, "txt"]))
    return read_text(response.content.decode())


def brought_in(group, text: str) -> Meeting:
    return bring_in(by=OPERATOR, body=group, incoming=Incoming(read_text(text), text, "notes.txt")).meeting


def attends(client, meeting, name: str, presence: str, *capacities: str) -> None:
    client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {"guest-name_typed": name, "guest-presence": presence, "guest-capacities": capacities},
    )


def test_05_somebody_chairs_as_it_happens_while_two_co_chairs_send_apologies(client, meeting, group, called):
    """Chairing is a fact of one meeting; "(co-chair)" in a list grants nothing; interim is said of the post."""
    hugh, carys = called("Hugh Bannerman"), called("Carys Lund")
    AppointmentFactory(person=carys, body=group, post=Post.CO_CHAIR, seat=Seat.LIVED, interim=True)
    attends(client, meeting, "Hugh Bannerman", "present", "chair")
    # Carys is on the body, so she has a row of her own; Tomas is known to nobody.
    client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {f"person-{carys.pk}-presence": "apologies", f"person-{carys.pk}-capacities": ["co-chair"]},
    )
    attends(client, meeting, "Tomas Reid", "apologies", "co-chair")
    assert "Present Hugh Bannerman (chaired the meeting)" in page(client, meeting)
    assert "Apologies Carys Lund (co-chair), Tomas Reid (co-chair)" in page(client, meeting)
    assert [one.as_written for one in given_out(client, meeting).attendance] == [
        "Hugh Bannerman (chaired the meeting)",
        "Carys Lund (co-chair)",
        "Tomas Reid (co-chair)",
    ]
    assert not hugh.appointments.exists()
    read = brought_in(group, "Meeting notes: 8 November 2021\n\nPresent: Hugh Bannerman (chair), Bel Marsh\n")
    assert "Present Hugh Bannerman (chaired the meeting), Bel Marsh" in page(client, read)


def test_07_one_attendee_was_a_guest_and_took_the_notes(client, meeting, group):
    attends(client, meeting, "Dev Patel", "present", "guest", "notetaker")
    assert "Dev Patel (guest, notetaking)" in page(client, meeting)
    read = brought_in(
        group, "Meeting notes: 8 November 2021\n\nPresent: Bel Marsh, Dev Patel (guest, notetaking).\n"
    )
    assert "Bel Marsh, Dev Patel (guest, notetaking)" in page(client, read)
    for each in (meeting, read):
        assert given_out(client, each).attendance[-1].capacities == ("guest", "notetaker")


def test_09_absence_without_apology_is_never_said(client, meeting, group, called):
    silent = AppointmentFactory(person=called("Joan Pike"), body=group).person
    attends(client, meeting, "Bel Marsh", "present")
    assert not Attendance.objects.filter(person=silent).exists()
    assert "Joan Pike" not in page(client, meeting)
    client.post(
        reverse("meetings:attendance", args=[meeting.pk]),
        {f"person-{silent.pk}-presence": "", f"person-{silent.pk}-capacities": ["presenter"]},
    )
    said = page(client, meeting)
    assert "Not recorded Joan Pike (presenter)" in said
    assert "Apologies" not in said and "Absent" not in said
    assert [
        one.name for one in given_out(client, meeting).attendance if one.presence != Presence.PRESENT
    ] == []


@pytest.mark.parametrize(
    ("written", "day", "starts", "ends"),
    [
        ("Wednesday 19 November 2025", "2025-11-19", None, None),
        ("8 November 2021", "2021-11-08", None, None),
        ("Tuesday 25 January 2022, 14:00-16:00", "2022-01-25", "14:00", "16:00"),
        ("Tuesday 10 February 2026, 11:00–13:00", "2026-02-10", "11:00", "13:00"),
        ("February 2026", "2026-02", None, None),
    ],
)
def test_10_dates_with_and_without_times_and_months_alone(client, meeting, written, day, starts, ends):
    year, month, number = [*day.split("-"), ""][:3]
    client.post(
        reverse("meetings:announce", args=[meeting.pk]),
        {
            "as_written": written,
            "date_day": number,
            "date_month": month,
            "date_year": year,
            "starts": starts or "",
            "ends": ends or "",
        },
    )
    assert f"Date of next meeting {written}" in page(client, meeting)
    found = given_out(client, meeting).next_meetings[0]
    assert (found.as_written, found.date, found.starts, found.ends) == (written, day, starts, ends)


def test_10_a_meeting_may_be_held_without_time_or_place(client, meeting):
    assert "Meeting notes: Wednesday 19 November 2025 Draft notes." in page(client, meeting)
    document = given_out(client, meeting)
    assert (document.date, document.starts, document.place) == ("2025-11-19", None, None)


def test_11_items_have_presenters_discussion_topics_numbers_and_any_other_business(client, meeting, group):
    address = reverse("meetings:agenda", args=[meeting.pk])
    for title, kind, presenters in (
        ("Progress & risk report", "report", "Bel"),
        ("Strategy review planning", "discussion", ""),
        ("Culture change", "discussion", "Ada, Dev"),
        ("Any other business", "other_business", ""),
    ):
        client.post(
            address, {"title": title, "kind": kind, "presenters": presenters, "purpose": "", "about": ""}
        )
    for number in range(1, 5):
        client.post(reverse("meetings:item", args=[meeting.pk, number]), {"notes": f"- Point {number}."})
    said = page(client, meeting)
    assert "Progress & risk report Bel Point 1." in said
    assert "Culture change Ada, Dev Point 3." in said
    assert [(item.title, item.presenters, item.kind) for item in given_out(client, meeting).agenda] == [
        ("Progress & risk report", ("Bel",), "report"),
        ("Strategy review planning", (), "discussion"),
        ("Culture change", ("Ada", "Dev"), "discussion"),
        ("Any other business", (), "other_business"),
    ]


def test_12_who_said_what_with_replies_and_points_nobody_is_named_for(client, meeting):
    AgendaItemFactory(meeting=meeting, position=1, title="Strategy")
    typed = (
        "- Esme stressed the importance of involving community members.\n"
        "  - Hugh suggested that distance could be useful.\n"
        "    - Esme asked how.\n"
        "- There are recurring themes around safety."
    )
    client.post(reverse("meetings:item", args=[meeting.pk, 1]), {"notes": typed})
    html = client.get(meeting.get_absolute_url()).content.decode()
    assert '<ul class="points"><li>Esme stressed the importance of involving community members.' in re.sub(
        r">\s+<", "><", html
    )
    first, second = given_out(client, meeting).agenda[0].lines
    assert (first.speaker, first.children[0].speaker, first.children[0].children[0].speaker) == (
        "Esme",
        "Hugh",
        "Esme",
    )
    assert (second.speaker, second.text) == (None, "There are recurring themes around safety.")


def test_13_conflicts_are_none_declared_not_recorded_or_declared(client, meeting, group, called):
    ada = called("Ada Okafor")
    AttendanceFactory(meeting=meeting, person=ada, presence="present")
    address = reverse("meetings:interests", args=[meeting.pk])
    assert "Nothing was recorded about interests at this meeting." in page(client, meeting)
    assert given_out(client, meeting).interests.state == InterestsState.NOT_RECORDED
    client.post(address, {"do": "nobody"})
    assert "No conflicts of interest were declared." in page(client, meeting)
    assert given_out(client, meeting).interests.state == InterestsState.NONE_DECLARED
    client.post(
        address, {"declare": "1", "declared-name": "Ada Okafor", "declared-words": "Advises the trust."}
    )
    assert "Ada Okafor: Advises the trust." in page(client, meeting)
    found = given_out(client, meeting).interests
    assert (found.state, [(one.name, one.words) for one in found.declarations]) == (
        InterestsState.DECLARED,
        [("Ada Okafor", "Advises the trust.")],
    )
    silent = brought_in(group, "Meeting notes: 8 November 2021\n\nPresent: Bel Marsh\n")
    said = brought_in(
        group,
        "Meeting notes: 8 March 2022\n\nPresent: Bel Marsh\n\nSummary of conversation\n\n"
        "No conflicts of interest were declared.\n",
    )
    assert "Nothing was recorded about interests at this meeting." in page(client, silent)
    assert "No conflicts of interest were declared." in page(client, said)


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("Bel suggested that we meet online, the group agreed.", "agreed"),
        ("Everyone agreed that the guide goes out.", "by_all"),
        ("There was agreement that we go on.", ""),
    ],
)
def test_14_decisions_without_a_vote(client, meeting, text, reached):
    client.post(
        reverse("meetings:add_decision", args=[meeting.pk]),
        {"text": text, "kind": "decision", "reached": reached, "item": ""},
    )
    assert text in page(client, meeting)
    assert [(one.text, one.reached) for one in Decision.objects.all()] == [(text, reached)]


def test_15_notes_may_wait_long_after_the_meeting_until_they_are_sent_round(client, meeting, settings):
    """Publishing itself comes later; the record already tells a meeting held from notes that went out, and when."""
    settings.ALLIES_TODAY = date(2025, 12, 5)
    assert "Wednesday 19 November 2025 Draft notes." in page(client, meeting)
    assert "Wednesday 19 November 2025 Allies Group Draft notes" in words(
        client.get(reverse("meetings:list"))
    )
    meeting.stage, meeting.circulated_on = Stage.CIRCULATED, date(2025, 12, 8)
    meeting.save()
    assert "Circulated, sent round on 8 December 2025." in page(client, meeting)


def test_16_the_next_meeting_is_announced_in_the_notes_of_this_one(client, meeting, group):
    read = brought_in(
        group,
        "Meeting notes: 4 December 2025\n\nPresent: Bel Marsh\n\nDate of next meetings:\n\n"
        "- Tuesday 10 February 2026, 11:00–13:00\n",
    )
    notice = AnnouncedMeeting.objects.get(meeting=read)
    plan = f"{reverse('meetings:plan')}?announced={notice.pk}"
    assert plan in client.get(read.get_absolute_url()).content.decode()
    initial = client.get(plan).context["form"].initial
    assert (initial["date"], initial["starts"], initial["ends"]) == (date(2026, 2, 10), time(11), time(13))
    client.post(
        reverse("meetings:plan"),
        {
            "body": group.pk,
            "announced": notice.pk,
            "date_day": "10",
            "date_month": "2",
            "date_year": "2026",
            "starts": "11:00",
            "ends": "13:00",
            "standing_items": "on",
        },
    )
    planned = Meeting.objects.get(date=date(2026, 2, 10))
    link = f'<a href="{planned.get_absolute_url()}">The meeting of 10 February 2026</a>'
    assert link in client.get(read.get_absolute_url()).content.decode()
    assert "Any other business and date of next meeting" in page(client, planned)


def test_17_deciding_is_told_from_advising(client, meeting):
    address = reverse("meetings:add_decision", args=[meeting.pk])
    client.post(address, {"text": "We meet online.", "kind": "decision", "reached": "", "item": ""})
    client.post(address, {"text": "Ask the funder first.", "kind": "advice", "reached": "advice", "item": ""})
    said = page(client, meeting)
    assert "We meet online. Who took part in “We meet online.” Withdraw “We meet online.” Decision" in said
    assert "Who took part in “Ask the funder first.” Withdraw “Ask the funder first.” Advice" in said
    assert client.post(address, {"text": "Which of the two?"}).status_code == 422


def test_36_an_income_report_is_shared_before_the_meeting(
    client, group, ally, signed_in, today, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    planned = MeetingFactory(body=group, date=date(2026, 2, 10), stage=Stage.PLANNED)
    item = AgendaItemFactory(meeting=planned, position=1, title="Income")
    client.post(
        reverse("meetings:add_paper", args=[planned.pk]),
        {"title": "Income report", "item": item.pk, "file": SimpleUploadedFile("income.pdf", b"%PDF-1.7\n")},
    )
    reader = signed_in(ally)
    assert "1. Income Income report PDF" in page(reader, planned)
    response = reader.get(reverse("meetings:paper", args=[Paper.objects.get().pk]))
    assert b"".join(response.streaming_content) == b"%PDF-1.7\n"
    response.close()


def test_37_documents_go_by_name_and_version_and_two_dashes_are_two_versions_of_one_name(client, meeting):
    address = reverse("meetings:add_paper", args=[meeting.pk])
    for title, version in (("Our Way", "2023–2028"), ("Yearly report", "2025"), ("Our Way", "2023-2028")):
        client.post(address, {"title": title, "version": version, "link": "https://example.org/paper"})
    said = page(client, meeting)
    assert "Our Way, 2023–2028" in said and "Yearly report, 2025" in said
    assert Paper.objects.filter(title="Our Way").count() == 2
