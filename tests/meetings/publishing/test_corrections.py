"""Corrections: suggested by those who were there, answered with a reason, readable whatever became of them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from allies.powers import Refused
from meetings.models import AgendaItem, Correction, CorrectionKind, CorrectionPlace, NotesStep, Revision
from meetings.models.circulation import window_of
from meetings.notes.frozen_notes import document_of
from meetings.services.approving import Approving, seal
from meetings.services.circulating import StepRefused, circulate, reopen
from meetings.services.corrections import Suggested, accept, decline, suggest
from meetings.services.minutes import NotesRefused
from meetings.services.planning import begin_notes
from tests.factories import WithholdingFactory

LINE = "Ada: the hall is too small"
BETTER = "Ada: the hall is too damp"


@pytest.fixture
def circulated(way, team):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    return way


def suggestion(way, **more) -> Suggested:
    return Suggested(**{"words": BETTER, "line": LINE, "item": way.hall} | more)


def test_somebody_who_was_there_suggests_other_words_for_a_line(circulated):
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    assert (one.person, one.place, one.line, one.words, one.state) == (
        circulated.there.person,
        "item",
        LINE,
        BETTER,
        "open",
    )


def test_an_ally_who_sent_apologies_is_refused(circulated):
    with pytest.raises(Refused):
        suggest(by=circulated.away, meeting=circulated.meeting, suggested=suggestion(circulated))


def test_a_draft_takes_no_corrections(way):
    with pytest.raises(StepRefused, match="circulated"):
        suggest(by=way.there, meeting=way.meeting, suggested=suggestion(way))


def test_the_window_is_the_groups_setting_and_counts_from_the_day_it_went_round(circulated, today):
    assert window_of(circulated.meeting) == today + timedelta(days=14)
    circulated.body.words_checked_for = 3
    circulated.body.save()
    circulated.meeting.refresh_from_db()
    assert window_of(circulated.meeting) == today + timedelta(days=3)


def test_after_the_window_only_chairs_and_the_core_team_write_one_down(
    circulated, today, settings, team, chair
):
    settings.ALLIES_TODAY = today + timedelta(days=15)
    with pytest.raises(StepRefused, match="17 February 2026"):
        suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    for account in (team, chair):
        assert suggest(by=account, meeting=circulated.meeting, suggested=suggestion(circulated)).pk


def test_the_core_team_writes_one_down_for_a_guest_and_nobody_else_does(circulated, team, chair):
    one = suggest(by=team, meeting=circulated.meeting, suggested=suggestion(circulated, name="Gale Guest"))
    assert (one.person, one.whose, one.entered_by) == (None, "Gale Guest", team)
    with pytest.raises(Refused):
        suggest(by=chair, meeting=circulated.meeting, suggested=suggestion(circulated, name="Gale Guest"))


def test_accepting_changes_the_item_and_goes_out_with_the_next_version(circulated, team):
    first = circulated.meeting.versions.get()
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    accept(by=team, correction=one, notes=circulated.hall.notes.replace(LINE, BETTER), base=0)
    item = AgendaItem.objects.get(pk=circulated.hall.pk)
    assert BETTER in item.notes
    assert Revision.objects.get(item=item, number=item.version).words == (
        f"corrected, as suggested by {circulated.there.person}"
    )
    first.refresh_from_db()
    assert LINE in first.content["agenda"][0]["lines"][0]["text"]
    second = circulate(by=team, meeting=circulated.meeting)
    assert second.content["agenda"][0]["lines"][0]["text"] == BETTER
    assert second.content["actions"] == first.content["actions"]


def test_what_was_accepted_since_counts_as_a_change_when_they_are_approved(circulated, team):
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    begin_notes(by=team, meeting=circulated.next_one)
    said = Approving(chaired_by_name="Wren Chair")
    with pytest.raises(StepRefused, match="waits for an answer"):
        seal(by=team, meeting=circulated.meeting, at_meeting=circulated.next_one, said=said)
    accept(by=team, correction=one, notes=circulated.hall.notes.replace(LINE, BETTER), base=0)
    approval = seal(by=team, meeting=circulated.meeting, at_meeting=circulated.next_one, said=said)
    assert approval.changes == [
        {"item": circulated.hall.pk, "action": None, "words": f"“{LINE}” became “{BETTER}”"}
    ]
    assert approval.version.content["agenda"][0]["lines"][0]["text"] == BETTER


def test_what_was_accepted_in_other_words_is_not_said_in_those_that_were_suggested(circulated, team):
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    accept(by=team, correction=one, notes=circulated.hall.notes.replace(LINE, "Something else."), base=0)
    begin_notes(by=team, meeting=circulated.next_one)
    said = Approving(chaired_by_name="Wren Chair")
    approval = seal(by=team, meeting=circulated.meeting, at_meeting=circulated.next_one, said=said)
    [change] = approval.changes
    assert change["words"] == f"“{LINE}” was put right, in other words than those that were suggested"


def test_declining_needs_a_reason_and_keeps_both_readable(circulated, team):
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    with pytest.raises(StepRefused, match="Say why"):
        decline(by=team, correction=one, reason=" ")
    decline(by=team, correction=one, reason="It was said so.")
    one.refresh_from_db()
    assert (one.state, one.reason, one.answered_by, one.words) == (
        "declined",
        "It was said so.",
        team,
        BETTER,
    )
    with pytest.raises(StepRefused, match="already"):
        accept(by=team, correction=one, notes="x", base=0)


def test_an_answer_upon_old_notes_is_refused(circulated, team):
    two = [
        suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
        for _ in range(2)
    ]
    accept(by=team, correction=two[0], notes="- other", base=0)
    with pytest.raises(NotesRefused, match="Somebody changed"):
        accept(by=team, correction=two[1], notes="- mine", base=0)
    two[1].refresh_from_db()
    assert two[1].state == "open"


def test_a_statement_stands_beside_the_notes_in_the_next_version(circulated, team):
    one = suggest(
        by=circulated.there,
        meeting=circulated.meeting,
        suggested=Suggested(words="I had left by then.", kind=CorrectionKind.STATEMENT),
    )
    accept(by=team, correction=one)
    version = circulate(by=team, meeting=circulated.meeting)
    last = document_of(version.content).agenda[-1]
    assert (last.title, [line.text for line in last.lines]) == (
        "Statements",
        [f"{circulated.there.person}: I had left by then."],
    )


def test_notes_with_a_statement_name_their_version_at_the_foot_until_they_are_corrected_again(
    circulated, team, signed_in
):
    address = reverse("meetings:notes_file", args=[circulated.meeting.pk, "txt"])
    for kind in (CorrectionKind.STATEMENT, CorrectionKind.CORRECTION):
        suggest(by=team, meeting=circulated.meeting, suggested=suggestion(circulated, kind=kind))
    statement, other = Correction.objects.order_by("pk")
    accept(by=team, correction=statement)
    version = circulate(by=team, meeting=circulated.meeting)
    text = b"".join(signed_in(team).get(address)).decode()
    assert (f"{team.person}: {BETTER}" in text, version.hash in text) == (True, True)
    page = signed_in(team).get(circulated.meeting.get_absolute_url()).content.decode()
    assert f"{team.person}: {BETTER}" in page
    accept(by=team, correction=other, notes="- anew", base=circulated.hall.version)
    text = b"".join(signed_in(team).get(address)).decode()
    assert ("anew" in text, version.hash in text) == (True, False)


def test_what_is_about_a_list_is_accepted_once_it_was_put_right_in_reopened_notes(circulated, team):
    one = suggest(
        by=circulated.there,
        meeting=circulated.meeting,
        suggested=Suggested(words="I was not there.", place=CorrectionPlace.MEMBERS),
    )
    with pytest.raises(StepRefused, match="Reopen"):
        accept(by=team, correction=one)
    reopen(by=team, meeting=circulated.meeting, reason="A name.")
    accept(by=team, correction=Correction.objects.get())
    assert Correction.objects.get().state == "accepted"


def test_the_acting_person_must_keep_the_notes_to_answer(circulated, ally):
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggestion(circulated))
    for answer in (
        lambda: accept(by=ally, correction=one, notes="x", base=0),
        lambda: decline(by=circulated.there, correction=one, reason="No."),
    ):
        with pytest.raises(Refused):
            answer()


def test_whoever_is_kept_from_an_item_neither_suggests_nor_reads_what_is_said_of_it(circulated, team):
    WithholdingFactory(person=circulated.there.person, about_project=circulated.project)
    about = suggestion(circulated, item=circulated.museum)
    with pytest.raises(Refused):
        suggest(by=circulated.there, meeting=circulated.meeting, suggested=about)
    suggest(by=team, meeting=circulated.meeting, suggested=about)
    assert not Correction.objects.visible_to(circulated.there).exists()
    assert Correction.objects.visible_to(circulated.away).count() == 1


def test_every_step_is_written_down_once(circulated):
    assert NotesStep.objects.count() == 1
