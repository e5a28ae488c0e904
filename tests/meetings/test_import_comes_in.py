"""`import_notes` (DESIGN §8): what comes in, and what a second copy changes. Invented notes."""

from datetime import date

from actions.models import Action
from allies.models import Appointment, Person
from meetings.models import Attendance, Meeting, Mention, SourceDocument, Stage
from tests.meetings.importing import FIRST, SECOND, clear_the_record, import_notes, names_of, the_record


def test_notes_come_in_whole_as_a_draft(db):
    code, _, err = import_notes(SECOND)
    meeting = Meeting.objects.get()

    assert (code, err) == (1, "")
    assert (meeting.date, meeting.stage, meeting.body.slug) == (
        date(2025, 3, 11),
        Stage.DRAFT,
        "allies-group",
    )
    assert meeting.attendance.filter(presence="present").count() == 5
    assert meeting.interests_state == "none_declared"
    assert Action.objects.filter(agreed_on=meeting.date).count() == 3
    assert Action.objects.filter(agreed_on=None, first_seen_on=meeting.date).count() == 2
    assert SourceDocument.objects.get().text == SECOND.read_text()
    assert [one.date.in_words for one in meeting.announced.all()] == ["10 June 2025"]


def test_several_capacities_for_one_attendee_and_chairing_as_it_happens_acceptance_5_7(db):
    import_notes(SECOND)
    kinds = {
        row.person.full_name: [capacity.kind for capacity in row.capacities.all()]
        for row in Attendance.objects.select_related("person")
    }

    assert kinds["Bruno Vale"] == ["guest", "notetaker"]
    assert kinds["Odile Farrow"] == ["chair"]
    assert kinds["Piers Lamb"] == ["co-chair"]


def test_people_who_come_in_are_on_no_body_and_a_co_chair_as_written_has_no_post(db):
    import_notes(SECOND)

    assert Person.objects.count() == 8
    assert not Appointment.objects.exists()
    assert set(Person.objects.values_list("first_seen_on", flat=True)) == {date(2025, 3, 11)}


def test_a_short_form_is_offered_and_a_first_name_placed_acceptance_1(db):
    _, out, _ = import_notes(SECOND)

    assert names_of(Action.objects.get(text__startswith="Draft a rota")) == ["Vero", "Odile Farrow"]
    assert "“Vero” (owns 3 actions) may be Veronica Tindall-Moss." in out


def test_two_whose_names_differ_by_a_letter_are_two_acceptance_2(db):
    import_notes(FIRST)

    assert Person.objects.filter(full_name__startswith="Thea").count() == 2
    assert names_of(Action.objects.get(text__startswith="Ask the landlord")) == ["Thea Brand"]


def test_the_team_leads_someone_supports_and_all_is_the_group_acceptance_18(db):
    import_notes(FIRST)
    heating = Action.objects.get(text__startswith="Find out how other halls")

    assert [(owner.name, owner.role) for owner in heating.assignments.in_order()] == [
        ("Core team", "lead"),
        ("Imogen Sole", "support"),
    ]
    assert names_of(Action.objects.get(text__startswith="Bring friends")) == ["Allies Group"]


def test_a_status_in_the_deadline_column_is_a_status_acceptance_20(db):
    import_notes(SECOND)
    lease = Action.objects.get(text__startswith="Ask the landlord")

    assert (lease.status, lease.deadline_words, lease.deadline_kind) == (
        "in_progress",
        "In progress",
        "unknown",
    )
    assert not lease.stands


def test_what_stands_below_a_row_stays_with_it_acceptance_21(db):
    import_notes(SECOND)

    assert (
        Action.objects.get(text__startswith="Ask the landlord").details
        == "Feed what he says into the budget."
    )


def test_a_carried_row_from_a_meeting_not_in_the_record_has_no_invented_day_acceptance_22(db):
    import_notes(SECOND)
    guide = Action.objects.get(text__startswith="Write a short guide")

    assert (guide.agreed_on, guide.first_seen_on) == (None, date(2025, 3, 11))


def test_an_offer_is_no_action_acceptance_23(db):
    import_notes(SECOND)

    assert not Action.objects.filter(text__icontains="happy to help").exists()
    assert not Mention.objects.filter(text__icontains="happy to help").exists()


def test_every_marker_is_a_mention_and_the_same_words_alone_are_linked_acceptance_24(db):
    import_notes(SECOND)
    linked = {mention.text[:12]: mention.action_id for mention in Mention.objects.in_notes()}
    grant = Action.objects.get(text__startswith="Send round")

    assert linked["Vero to send"] == grant.pk
    assert linked["Vero to upgr"] is None


def test_carried_words_that_are_the_same_are_linked_and_close_ones_asked_about(db):
    import_notes(FIRST)
    code, out, _ = import_notes(SECOND)
    lease = Action.objects.get(text__startswith="Ask the landlord")

    assert code == 1
    assert (lease.agreed_on, lease.status, names_of(lease)) == (
        date(2024, 3, 12),
        "in_progress",
        ["Thea Brand"],
    )
    assert list(lease.mentions.values_list("owners_as_written", flat=True)) == ["Thea", "Thea Brand"]
    assert Action.objects.filter(text__contains="guide for new keyholders").count() == 2
    assert (
        "“Write a short guide for new keyholders and share it with everyone in the group” may be the same action as "
        "“Write a guide for new keyholders and share it with the group”." in out
    )


def test_the_order_in_which_notes_come_in_makes_no_difference(db):
    import_notes(FIRST)
    import_notes(SECOND)
    forward = the_record()
    clear_the_record()
    import_notes(SECOND)
    import_notes(FIRST)

    assert the_record() == forward


def test_the_same_notes_twice_change_nothing(db):
    import_notes(FIRST, SECOND)
    before = the_record()
    code, out, _ = import_notes(FIRST, SECOND)

    assert code == 0
    assert out.count("Nothing changed") == 2
    assert the_record() == before


def test_notes_that_contradict_the_record_are_shown_and_change_nothing(db, tmp_path):
    import_notes(SECOND)
    before = the_record()
    other = tmp_path / "copy.txt"
    other.write_text(SECOND.read_text().replace("Draft a rota for the summer", "Draft a rota for the winter"))
    code, out, _ = import_notes(other)

    assert code == 1
    assert "- Draft a rota for the summer" in out
    assert "+ Draft a rota for the winter" in out
    assert the_record() == before


def test_a_corrected_copy_replaces_when_told_and_unchanged_rows_keep_their_actions(db, tmp_path):
    import_notes(SECOND)
    ids = dict(Action.objects.values_list("text", "pk"))
    kept = next(pk for text, pk in ids.items() if text.startswith("Upgrade"))
    gone = next(pk for text, pk in ids.items() if text.startswith("Send round"))
    reworded = next(pk for text, pk in ids.items() if text.startswith("Draft a rota"))
    lines = SECOND.read_text().splitlines(keepends=True)
    copy = "".join(line for line in lines if ">Send round the council" not in line)
    other = tmp_path / "copy.txt"
    other.write_text(
        copy.replace("Draft a rota for the summer and share", "Draft a rota for the winter and share")
        .replace("Vero / Odile\t30 April 2025", "Vero / Odile\t31 May 2025")
        .replace("Piers Lamb (co-chair), ", "")
    )
    code, _, _ = import_notes(other, replace=True)
    rota = Action.objects.get(pk=reworded)

    assert code == 1
    assert Action.objects.count() == len(ids)
    assert Action.objects.get(pk=kept).mentions.filter(place="agreed").count() == 1
    assert (rota.text, rota.deadline_words) == (
        "Draft a rota for the winter and share it with the group.",
        "31 May 2025",
    )
    assert not rota.stands
    assert Action.objects.get(pk=gone).status == "let_go"
    assert not Attendance.objects.filter(person__full_name="Piers Lamb").exists()
    assert SourceDocument.objects.get().answers["earlier"][0]["text"] == SECOND.read_text()
    assert import_notes(other)[0] == 0
