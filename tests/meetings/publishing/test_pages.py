"""The pages of the notes' way: what they offer to whom, and that they leave out what is withheld."""

from datetime import timedelta

import pytest
from django.urls import reverse

from meetings.models import Approval, Correction, Decision, Meeting, NotesVersion, Stage
from meetings.services.approving import Approving, add_to_notes, seal
from meetings.services.circulating import circulate
from meetings.services.corrections import Suggested, accept, suggest
from meetings.services.planning import begin_notes
from tests.factories import CaseFactory, ProjectFactory, WithholdingFactory


def address(name, way, *more) -> str:
    return reverse(f"meetings:{name}", args=[way.meeting.pk, *more])


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def circulated(way, team):
    circulate(by=team, meeting=way.meeting)
    return way


@pytest.fixture
def sealed(circulated, team):
    begin_notes(by=team, meeting=circulated.next_one)
    seal(
        by=team,
        meeting=circulated.meeting,
        at_meeting=circulated.next_one,
        said=Approving(chaired_by_name="Wren Chair"),
    )
    return circulated


def test_one_press_circulates_and_asks_those_who_were_there(way, team, signed_in, mailoutbox):
    client = signed_in(team)
    assert "Circulate the notes</button>" in words(client.get(address("circulation", way)))
    response = client.post(address("circulate", way), follow=True)
    assert "1 person who were there" not in words(response)
    assert "One person who was there will get an email." in words(response)
    assert [mail.to for mail in mailoutbox] == [[way.there.email]]
    assert Meeting.objects.get(pk=way.meeting.pk).stage == Stage.CIRCULATED


def test_each_item_leads_those_who_were_there_to_a_correction_while_words_can_be_checked(
    circulated, team, signed_in, today, settings
):
    link = f'href="{address("suggest", circulated)}?about=item-{circulated.hall.pk}"'
    there, page = signed_in(circulated.there), circulated.meeting.get_absolute_url()
    assert link in words(there.get(page))
    assert link not in words(signed_in(team).get(page))
    settings.ALLIES_TODAY = today + timedelta(days=15)
    assert link not in words(there.get(page))


def test_an_ally_reads_where_they_stand_and_is_offered_no_step(way, ally, signed_in):
    page = words(signed_in(ally).get(address("circulation", way)))
    assert "They are a draft." in page
    assert "Circulate the notes</button>" not in page


@pytest.mark.parametrize("name", ["circulate", "reopen", "approve", "add_to_notes"])
def test_an_ally_is_refused_each_step(circulated, ally, signed_in, name):
    assert signed_in(ally).post(address(name, circulated)).status_code == 403


def test_a_meeting_that_is_only_planned_has_no_way_yet(way, team, signed_in):
    assert signed_in(team).get(reverse("meetings:circulation", args=[way.next_one.pk])).status_code == 404


def test_reopening_asks_for_the_reason(circulated, team, signed_in):
    client = signed_in(team)
    empty = client.post(address("reopen", circulated), {"reason": ""})
    assert (empty.status_code, "Say why" in words(empty)) == (422, True)
    assert client.post(address("reopen", circulated), {"reason": "A name."}).status_code == 302
    assert "A name." in words(client.get(address("circulation", circulated)))


def test_the_approval_is_recorded_from_the_page(circulated, team, signed_in):
    begin_notes(by=team, meeting=circulated.next_one)
    client = signed_in(team)
    empty = client.post(address("approve", circulated), {"at_meeting": circulated.next_one.pk})
    assert (empty.status_code, "Say who chaired" in words(empty)) == (422, True)
    sent = {"at_meeting": circulated.next_one.pk, "chaired_by_name": "Wren Chair", "changes": "one\ntwo"}
    assert client.post(address("approve", circulated), sent).status_code == 302
    assert [change["words"] for change in Approval.objects.get().changes] == ["one", "two"]
    page = words(client.get(address("circulation", circulated)))
    assert "approved them with changes, chaired by Wren Chair." in page


def test_before_any_later_meeting_is_held_the_page_says_so(circulated, team, signed_in):
    page = words(signed_in(team).get(address("approve", circulated)))
    assert "No later meeting of this group has begun its notes yet." in page


def test_somebody_who_was_there_suggests_and_the_team_accepts_without_a_script(circulated, team, client):
    client.force_login(circulated.there)
    about = f"item-{circulated.hall.pk}"
    empty = client.post(address("suggest", circulated), {"kind": "correction", "about": about})
    assert (empty.status_code, "Write what it should say" in words(empty)) == (422, True)
    sent = {
        "kind": "correction",
        "about": about,
        "line": "we ask about the library",
        "words": "we ask the school",
    }
    assert client.post(address("suggest", circulated), sent).status_code == 302
    one = Correction.objects.get()
    client.force_login(team)
    page = client.get(address("answer_correction", circulated, one.pk))
    form = page.context["form"]
    assert "we ask the school" in form.initial["notes"]
    declined = client.post(address("answer_correction", circulated, one.pk), {"answer": "decline"})
    assert (declined.status_code, "whoever suggested it reads this" in words(declined)) == (422, True)
    accepted = {"answer": "accept", "notes": form.initial["notes"], "base": form.initial["base"]}
    assert client.post(address("answer_correction", circulated, one.pk), accepted).status_code == 302
    circulated.hall.refresh_from_db()
    assert "we ask the school" in circulated.hall.notes


def test_after_sealing_the_meetings_page_shows_what_was_sealed(sealed, team, signed_in):
    sealed.hall.notes = "- changed behind everybody’s back"
    sealed.hall.save_base(raw=True)
    page = words(signed_in(team).get(reverse("meetings:meeting", args=[sealed.meeting.pk])))
    assert ("the hall is too small" in page, "behind everybody" in page) == (True, False)
    assert "Approved as presented by the meeting of Monday 2 February 2026, chaired by Wren Chair." in page


@pytest.mark.parametrize("ending", ["txt", "md", "json"])
def test_after_sealing_the_documents_say_what_was_sealed(sealed, team, signed_in, ending):
    sealed.hall.notes = "- changed behind everybody’s back"
    sealed.hall.save_base(raw=True)
    response = signed_in(team).get(address("notes_file", sealed, ending))
    text = b"".join(response).decode()
    assert ("the hall is too small" in text, "behind everybody" in text) == (True, False)


def test_after_sealing_nobody_is_offered_to_write(sealed, team, signed_in):
    client = signed_in(team)
    page = words(client.get(reverse("meetings:meeting", args=[sealed.meeting.pk])))
    assert "Take the notes" not in page
    refused = client.get(reverse("meetings:workspace", args=[sealed.meeting.pk]))
    assert (refused.status_code, "approved and sealed" in words(refused)) == (403, True)


def test_an_addendum_is_added_from_the_page(sealed, team, signed_in):
    client = signed_in(team)
    assert client.post(address("add_to_notes", sealed), {"words": ""}).status_code == 422
    sent = {"words": "The hall holds fifty.", "item": sealed.hall.pk}
    assert client.post(address("add_to_notes", sealed), sent).status_code == 302
    page = words(client.get(reverse("meetings:meeting", args=[sealed.meeting.pk])))
    assert "Addendum of 3 February 2026" in page


def test_a_version_stays_readable_with_its_hash(sealed, ally, signed_in):
    version = NotesVersion.objects.get(number=1)
    page = words(signed_in(ally).get(address("version", sealed, 1)))
    assert (version.hash in page, "the hall is too small" in page) == (True, True)
    assert signed_in(ally).get(address("version", sealed, 99)).status_code == 404


def test_a_version_leaves_out_what_is_withheld_and_holds_its_place(sealed, team, signed_in):
    suggest_words = "it rains in"
    add_to_notes(by=team, meeting=sealed.meeting, words="The roof was mended.", item=sealed.museum)
    before = {
        number: words(signed_in(sealed.away).get(address("version", sealed, number))) for number in (1, 2, 3)
    }
    assert all(suggest_words in page and "The museum waits." in page for page in before.values())
    WithholdingFactory(person=sealed.away.person, about_project=sealed.project)
    for number in (1, 2, 3):
        page = words(signed_in(sealed.away).get(address("version", sealed, number)))
        said = [suggest_words, "The museum", "Mend the roof", "chairs it", "The roof was mended"]
        assert [one for one in said if one in page] == []
        assert "An item withheld from you" in page
    own = words(signed_in(sealed.away).get(reverse("meetings:meeting", args=[sealed.meeting.pk])))
    assert (suggest_words in own, "An item withheld from you" in own) == (False, True)


def test_a_version_leaves_out_what_was_decided_of_a_case_that_is_withheld_whatever_its_item(
    sealed, signed_in
):
    case = CaseFactory(body=sealed.body, about_project=ProjectFactory())
    Decision.objects.filter(item=sealed.hall).update(case=case)
    assert "We look for a larger hall." in words(signed_in(sealed.away).get(address("version", sealed, 1)))
    WithholdingFactory(person=sealed.away.person, about_project=case.about_project)
    page = words(signed_in(sealed.away).get(address("version", sealed, 1)))
    assert ("We look for a larger hall." in page, "The museum waits." in page) == (False, True)


def test_their_own_declaration_stays_theirs_without_what_was_done(sealed, signed_in):
    WithholdingFactory(person=sealed.there.person, about_project=sealed.project)
    page = words(signed_in(sealed.there).get(address("version", sealed, 2)))
    assert ("chairs it" in page, "left for item" in page) == (True, False)


def many_corrections(way, count, team):
    for number in range(count):
        suggest(by=team, meeting=way.meeting, suggested=Suggested(words=f"More, {number}", item=way.hall))


@pytest.mark.parametrize("role", ["team", "ally"])
def test_the_page_asks_as_often_at_one_correction_as_at_many(
    circulated, signed_in, request, role, team, django_assert_max_num_queries
):
    client = signed_in(request.getfixturevalue(role))
    many_corrections(circulated, 1, team)
    with django_assert_max_num_queries(12) as few:
        client.get(address("circulation", circulated))
    many_corrections(circulated, 12, team)
    with django_assert_max_num_queries(12) as many:
        client.get(address("circulation", circulated))
    assert len(few) == len(many)


@pytest.mark.parametrize("name", ["circulation", "suggest", "reopen", "approve", "version", "meeting"])
def test_each_page_asks_at_most_twelve_times_also_of_somebody_kept_from_something(
    sealed, team, signed_in, name, django_assert_max_num_queries
):
    WithholdingFactory(person=team.person, about_project=sealed.project)
    more = [2] if name == "version" else []
    client = signed_in(team)
    with django_assert_max_num_queries(12):
        assert client.get(address(name, sealed, *more)).status_code in {200, 403, 404}


def test_home_asks_those_who_were_there_while_words_can_be_checked(circulated, signed_in, settings, today):
    asked = "Check your words</a> until Tuesday 17 February 2026, or until the notes are approved."
    there = signed_in(circulated.there).get("/")
    assert asked in words(there)
    assert asked not in words(signed_in(circulated.away).get("/"))
    settings.ALLIES_TODAY = today + timedelta(days=15)
    assert "Check your words" not in words(signed_in(circulated.there).get("/"))


def test_notes_that_went_round_again_can_be_checked_as_long_anew_on_every_page(
    circulated, team, signed_in, settings, today
):
    settings.ALLIES_TODAY = today + timedelta(days=10)
    suggested = Suggested(words="Ada: the hall is too damp", item=circulated.hall)
    one = suggest(by=circulated.there, meeting=circulated.meeting, suggested=suggested)
    accept(by=team, correction=one, notes="- Ada: the hall is too damp", base=circulated.hall.version)
    circulate(by=team, meeting=circulated.meeting)
    client = signed_in(circulated.there)
    leads = f'href="{address("suggest", circulated)}'
    says = "until Friday 27 February 2026, or until the notes are approved."
    for day, can in ((24, True), (25, False)):
        settings.ALLIES_TODAY = today + timedelta(days=day)
        assert (f"Check your words</a> {says}" in words(client.get("/"))) is can
        assert (leads in words(client.get(address("meeting", circulated)))) is can
        way = words(client.get(address("circulation", circulated)))
        assert (leads in way, f"Words can be checked {says}" in way) == (can, can)


def test_the_approving_meeting_leads_to_the_notes_it_approves(circulated, team, signed_in):
    page = words(signed_in(team).get(reverse("meetings:meeting", args=[circulated.next_one.pk])))
    assert "Notes of the meeting of 19 November 2025, to approve" in page
    assert f'href="{address("circulation", circulated)}"' in page
    begin_notes(by=team, meeting=circulated.next_one)
    workspace = reverse("meetings:workspace", args=[circulated.next_one.pk])
    assert f'href="{address("circulation", circulated)}"' in words(signed_in(team).get(f"{workspace}?item=1"))
