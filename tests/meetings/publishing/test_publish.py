"""Publishing: what goes out, to which address, what is withheld from it, and taking it back."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError

from allies.models import SaidBy
from allies.powers import Refused
from meetings.models import (
    CorrectionKind,
    Meeting,
    NotesStep,
    NotesVersion,
    Publication,
    Redaction,
    RedactionChoice,
    RedactionReason,
    Stage,
    VersionKind,
)
from meetings.models.for_public import for_public
from meetings.notes.frozen import check
from meetings.notes.frozen_notes import document_of
from meetings.notes.places import Part
from meetings.notes.published import fates
from meetings.notes.writing import write_text
from meetings.services.approving import Approving, add_to_notes, seal
from meetings.services.circulating import StepRefused, circulate, reopen
from meetings.services.corrections import Suggested, accept, suggest
from meetings.services.planning import begin_notes
from meetings.services.publishing import Why, let_be, publish, say, withdraw, withhold
from tests.factories import AttendanceFactory, MeetingFactory, WithholdingFactory

PERSONAL = Why(RedactionReason.PERSONAL)


@pytest.fixture
def circulated(way, team):
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    return way


def spot(meeting: Meeting, words: str, part: Part = Part.LINE):
    meeting = Meeting.objects.select_related("body").get(pk=meeting.pk)
    return next(one for one in for_public(meeting).spots if words in one.words and one.place.part is part)


def public_text(publication: Publication) -> str:
    publication = Publication.objects.get(pk=publication.pk)
    return write_text(document_of(publication.version.content))


def test_publishing_freezes_a_version_of_its_own_that_says_what_it_is_made_of(circulated, team):
    source = NotesVersion.objects.get()
    publication = publish(by=team, meeting=circulated.meeting)
    version = publication.version
    assert (version.kind, version.number, version.previous) == (VersionKind.PUBLISHED, 2, source.hash)
    assert version.content["published"] == {
        "of": 1,
        "hash": source.hash,
        "stage": "Circulated on 3 February 2026, not yet approved",
    }
    assert document_of(version.content) == document_of(source.content)
    altered = check(
        version.content, version.sealed(), erased={}, meta=version.meta(), previous=version.previous
    )
    assert altered == []
    assert NotesStep.objects.get(step="publish").version == version
    assert Meeting.objects.get(pk=circulated.meeting.pk).stage == Stage.CIRCULATED


def test_notes_that_have_not_gone_out_are_not_published(way, team):
    with pytest.raises(StepRefused, match="Only notes that are circulated or approved and sealed"):
        publish(by=team, meeting=way.meeting)


def test_a_chair_may_publish_and_an_ally_may_not(circulated, chair, ally):
    with pytest.raises(Refused, match="The chairs and the core team publish notes"):
        publish(by=ally, meeting=circulated.meeting)
    with pytest.raises(Refused):
        withhold(
            by=ally, meeting=circulated.meeting, spot=spot(circulated.meeting, "too small"), why=PERSONAL
        )
    assert publish(by=chair, meeting=circulated.meeting).address == "2025-11-19"
    with pytest.raises(Refused):
        withdraw(by=ally, meeting=circulated.meeting, reason="No.")


def test_notes_published_weeks_after_their_meeting_say_both_days(circulated, team, settings):
    # ACCEPTANCE 15: publication comes later than the meeting.
    settings.ALLIES_TODAY = None
    with time_machine.travel("2026-02-19T12:00:00Z"):
        publication = publish(by=team, meeting=circulated.meeting)
    assert publication.meeting.date == date(2025, 11, 19)
    assert publication.published_at.date() == date(2026, 2, 19)
    assert publication.address == "2025-11-19"


def test_a_paragraph_that_is_withheld_keeps_its_place_and_takes_its_replies_along(circulated, team):
    withhold(
        by=team,
        meeting=circulated.meeting,
        spot=spot(circulated.meeting, "the hall is too small"),
        why=PERSONAL,
    )
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "A paragraph is withheld: personal." in text
    assert "too small" not in text
    assert "ask about the library" not in text
    assert "Ada to ring the library" in text


def test_what_leaves_no_trace_leaves_none(circulated, team):
    why = Why(RedactionReason.SAFETY, without_trace=True)
    withhold(by=team, meeting=circulated.meeting, spot=spot(circulated.meeting, "too small"), why=why)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "too small" not in text
    assert "withheld" not in text


def test_another_reason_is_said_in_words(circulated, team):
    small = spot(circulated.meeting, "too small")
    with pytest.raises(StepRefused, match="Say the reason in a few words"):
        withhold(by=team, meeting=circulated.meeting, spot=small, why=Why(RedactionReason.OTHER))
    why = Why(RedactionReason.OTHER, "the landlord asked for it")
    withhold(by=team, meeting=circulated.meeting, spot=small, why=why)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "A paragraph is withheld: the landlord asked for it." in text


def test_a_decision_goes_with_the_line_that_says_the_same(circulated, team):
    decided = spot(circulated.meeting, "We look for a larger hall", Part.DECISION)
    withhold(by=team, meeting=circulated.meeting, spot=decided, why=PERSONAL)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "larger hall" not in text
    assert "A decision is withheld: personal." in text


def test_an_action_is_withheld_with_its_owner_and_deadline(circulated, team):
    ring = spot(circulated.meeting, "Ring the library", Part.ACTION)
    withhold(by=team, meeting=circulated.meeting, spot=ring, why=Why(RedactionReason.COMMERCIAL))
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "Ring the library" not in text
    assert "An action is withheld: commercially sensitive." in text


def test_a_person_who_is_withheld_is_named_nowhere(way, team):
    person = way.there.person
    person.full_name = "Ada Quill"
    person.save()
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    listed = spot(way.meeting, "Ada Quill", Part.PERSON)
    withhold(by=team, meeting=way.meeting, spot=listed, why=PERSONAL)
    publication = publish(by=team, meeting=way.meeting)
    text = public_text(publication)
    assert "Ada" not in text
    assert "Quill" not in text
    assert "Name withheld (personal)" in text
    assert "[name withheld] to ring the library" in text


def test_a_person_who_is_withheld_without_a_trace_leaves_no_gap_in_any_words(way, team):
    person = way.there.person
    person.full_name = "Ada Quill"
    person.save()
    circulate(by=team, meeting=way.meeting)
    way.meeting.refresh_from_db()
    why = Why(RedactionReason.SAFETY, without_trace=True)
    withhold(by=team, meeting=way.meeting, spot=spot(way.meeting, "Ada Quill", Part.PERSON), why=why)
    text = public_text(publish(by=team, meeting=way.meeting))
    assert ["Ada" in text, "Quill" in text, "withheld" in text] == [False, False, False]
    assert "Somebody to ring the library" in text


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (RedactionChoice.ROLE, "Somebody: the hall is too small"),
        (RedactionChoice.NOBODY, "The hall is too small"),
    ],
)
def test_a_line_can_be_said_by_role_or_by_nobody(circulated, team, choice, words):
    say(by=team, meeting=circulated.meeting, spot=spot(circulated.meeting, "too small"), choice=choice)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert words in text
    assert "Ada:" not in text


def test_whoever_is_on_the_list_is_called_by_their_part(way, team):
    way.there.person.full_name = "Ada Quill"
    way.there.person.save()
    way.body.said_by = SaidBy.ROLE
    way.body.save()
    circulate(by=team, meeting=way.meeting)
    text = public_text(publish(by=team, meeting=way.meeting))
    assert "An Ally: the hall is too small" in text


def test_by_name_in_one_line_stands_before_what_the_group_does(way, team):
    way.body.said_by = SaidBy.NOBODY
    way.body.save()
    circulate(by=team, meeting=way.meeting)
    say(
        by=team,
        meeting=way.meeting,
        spot=spot(way.meeting, "too small"),
        choice=RedactionChoice.NAME,
    )
    assert "Ada: the hall is too small" in public_text(publish(by=team, meeting=way.meeting))


@pytest.mark.parametrize(
    ("choice", "who"), [("name", "Gale Guest"), ("role", "A guest"), ("nobody", "Somebody")]
)
def test_a_statement_is_shown_before_it_goes_out_as_it_goes_out(circulated, team, choice, who):
    said = Suggested("I left at noon.", kind=CorrectionKind.STATEMENT, name="Gale Guest")
    accept(by=team, correction=suggest(by=team, meeting=circulated.meeting, suggested=said))
    circulate(by=team, meeting=circulated.meeting)
    statement = spot(circulated.meeting, "at noon", Part.STATEMENT)
    say(by=team, meeting=circulated.meeting, spot=statement, choice=RedactionChoice(choice))
    found = for_public(Meeting.objects.select_related("body").get(pk=circulated.meeting.pk))
    shown = [one.words for one in fates(found.content, found.choices) if one.spot == statement]
    assert shown == [f"{who}: I left at noon."]
    assert shown[0] in public_text(publish(by=team, meeting=circulated.meeting))


def test_nobody_speaks_in_a_table(circulated, team):
    ring = spot(circulated.meeting, "Ring the library", Part.ACTION)
    with pytest.raises(ValueError, match="Nobody speaks"):
        say(by=team, meeting=circulated.meeting, spot=ring, choice=RedactionChoice.NOBODY)


def test_shown_again_it_goes_out_and_every_choice_stays_on_record(circulated, team):
    small = spot(circulated.meeting, "too small")
    withhold(by=team, meeting=circulated.meeting, spot=small, why=PERSONAL)
    say(by=team, meeting=circulated.meeting, spot=small, choice=RedactionChoice.SHOWN)
    assert "too small" in public_text(publish(by=team, meeting=circulated.meeting))
    rows = [(one.choice, one.reason, one.by) for one in Redaction.objects.all()]
    assert rows == [("withheld", "personal", team), ("shown", "", team)]


def test_what_is_withheld_from_anybody_in_the_record_stays_out_until_released(circulated, team, account_of):
    kept = WithholdingFactory(person=circulated.away.person, about_project=circulated.project)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert "An item withheld from publication" in text
    for secret in ("it rains in", "The museum", "Mend the roof", "chairs it"):
        assert secret not in text
    kept.until, kept.released_because = date(2026, 2, 3), "It is over."
    kept.save()
    text = public_text(publish(by=team, meeting=circulated.meeting))
    for told in ("it rains in", "The museum waits.", "Mend the roof"):
        assert told in text


def test_what_was_chosen_in_an_item_withheld_since_waits_with_it_and_stands_once_it_is_released(
    circulated, team
):
    row = withhold(
        by=team, meeting=circulated.meeting, spot=spot(circulated.meeting, "it rains in"), why=PERSONAL
    )
    kept = WithholdingFactory(person=circulated.away.person, about_project=circulated.project)
    assert "An item withheld from publication" in public_text(publish(by=team, meeting=circulated.meeting))
    kept.until, kept.released_because = date(2026, 2, 3), "It is over."
    kept.save()
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert ("it rains in" in text, "A paragraph is withheld: personal." in text) == (False, True)
    assert list(Redaction.objects.all()) == [row]


def test_an_item_that_is_withheld_takes_along_what_was_decided_and_said_under_it(circulated, team):
    begin_notes(by=team, meeting=circulated.next_one)
    said = Approving(chaired_by_name="Wren Chair")
    seal(by=team, meeting=circulated.meeting, at_meeting=circulated.next_one, said=said)
    add_to_notes(by=team, meeting=circulated.meeting, words="The roof was mended.", item=circulated.museum)
    add_to_notes(by=team, meeting=circulated.meeting, words="The hall is let.", item=circulated.hall)
    museum = spot(circulated.meeting, "The museum", Part.ITEM)
    withhold(by=team, meeting=circulated.meeting, spot=museum, why=PERSONAL)
    text = public_text(publish(by=team, meeting=circulated.meeting))
    assert [one for one in ("it rains in", "The museum", "The roof was mended") if one in text] == []
    assert [
        text.count(f"{part} is withheld: personal.") for part in ("An item", "A decision", "An addendum")
    ] == [
        1,
        1,
        1,
    ]
    assert ("We look for a larger hall." in text, "The hall is let." in text) == (True, True)


def test_email_addresses_never_go_out(way, team):
    way.hall.notes = "- Write to ada.quill@example.org about the hall"
    way.hall.save()
    circulate(by=team, meeting=way.meeting)
    text = public_text(publish(by=team, meeting=way.meeting))
    assert "Write to [email address withheld] about the hall" in text


def test_the_same_notes_are_not_published_twice(circulated, team):
    publish(by=team, meeting=circulated.meeting)
    with pytest.raises(StepRefused, match="Nothing has changed"):
        publish(by=team, meeting=circulated.meeting)


def test_published_anew_after_approval_they_stand_at_the_same_address_and_say_so(circulated, team):
    withhold(by=team, meeting=circulated.meeting, spot=spot(circulated.meeting, "too small"), why=PERSONAL)
    first = publish(by=team, meeting=circulated.meeting)
    begin_notes(by=team, meeting=circulated.next_one)
    seal(
        by=team,
        meeting=circulated.meeting,
        at_meeting=circulated.next_one,
        said=Approving(chaired_by_name="Wren Chair"),
    )
    second = publish(by=team, meeting=circulated.meeting)
    assert (second.pk, second.address) == (first.pk, first.address)
    assert second.version.content["published"]["stage"] == "Approved on 3 February 2026"
    assert "too small" not in public_text(second)
    add_to_notes(by=team, meeting=circulated.meeting, words="The hall is in Rye Street.")
    assert "The hall is in Rye Street." in public_text(publish(by=team, meeting=circulated.meeting))


def test_withheld_words_that_were_changed_since_are_asked_about_before_anything_goes_out(circulated, team):
    row = withhold(
        by=team, meeting=circulated.meeting, spot=spot(circulated.meeting, "too small"), why=PERSONAL
    )
    reopen(by=team, meeting=circulated.meeting, reason="A word was wrong.")
    circulated.hall.refresh_from_db()
    circulated.meeting.refresh_from_db()
    circulated.hall.notes = "- Ada: the hall is far too small for us"
    circulated.hall.save()
    circulate(by=team, meeting=circulated.meeting)
    with pytest.raises(StepRefused, match="is not found in these notes"):
        publish(by=team, meeting=circulated.meeting)
    let_be(by=team, redaction=row)
    assert "far too small" in public_text(publish(by=team, meeting=circulated.meeting))


def test_withdrawn_notes_say_why_and_can_be_published_again(circulated, team):
    publish(by=team, meeting=circulated.meeting)
    with pytest.raises(StepRefused, match="Say why"):
        withdraw(by=team, meeting=circulated.meeting, reason=" ")
    withdraw(by=team, meeting=circulated.meeting, reason="A name was wrong.")
    publication = Publication.objects.get()
    assert (publication.withdrawn, publication.is_open) == ("A name was wrong.", False)
    assert NotesStep.objects.get(step="withdraw").reason == "A name was wrong."
    with pytest.raises(StepRefused, match="are not published"):
        withdraw(by=team, meeting=circulated.meeting, reason="Again.")
    publish(by=team, meeting=circulated.meeting)
    assert Publication.objects.get().is_open


def test_notes_of_another_group_of_the_same_day_stand_at_an_address_with_its_name(circulated, team, group):
    from tests.factories import BodyFactory

    other = MeetingFactory(
        body=BodyFactory(slug="rain-group"), date=circulated.meeting.date, stage=Stage.DRAFT
    )
    AttendanceFactory(meeting=other)
    circulate(by=team, meeting=other)
    assert publish(by=team, meeting=circulated.meeting).address == "2025-11-19"
    assert publish(by=team, meeting=other).address == "2025-11-19-rain-group"


def test_the_database_keeps_a_reason_with_what_is_withheld(circulated):
    with pytest.raises(IntegrityError):
        Redaction.objects.create(meeting=circulated.meeting, part="line", words="x", choice="withheld")
