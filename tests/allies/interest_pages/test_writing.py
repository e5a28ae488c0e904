"""The register of interests, as people write in it: their own, and for somebody else."""

from datetime import date

import pytest

from allies.models import Interest, InterestsReturn
from allies.partial_dates import PartialDate
from tests.factories import (
    AppointmentFactory,
    InterestFactory,
    InterestsReturnFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

SECRET = "kingfisher"
NEW = {
    "about": "",
    "with_whom": "Harbour Trust",
    "words": "I sit on their board.",
    "kind": "professional",
    "nature": "actual",
    "begun": "2023",
}


# ---- Mine


def test_whoever_has_nothing_to_declare_says_so_with_one_press(signed_in, ally, read, today):
    page = read(ally, "/interests/")
    assert "You have not answered yet." in page
    assert "Have you anything to declare?" in page

    response = signed_in(ally).post("/interests/answer/", {"person": ally.person_id, "nil": "yes"})

    assert (response.status_code, response.url) == (302, "/interests/")
    assert [(one.person, one.on, one.nil) for one in InterestsReturn.objects.all()] == [
        (ally.person, today, True)
    ]
    page = read(ally, "/interests/")
    assert "On 3 February 2026 you said: nothing to declare." in page
    assert "Have you anything to declare?" not in page


def test_nothing_said_over_an_entry_that_came_meanwhile_is_pointed_out(signed_in, ally):
    InterestFactory(person=ally.person)
    page = signed_in(ally).post("/interests/answer/", {"nil": "yes"}, follow=True).content.decode()
    assert "the answer cannot be “nothing”" in page
    assert InterestsReturn.objects.count() == 0


def test_an_ally_files_an_interest_and_says_that_it_is_all(signed_in, ally, read):
    response = signed_in(ally).post("/interests/new/", NEW | {"is_all": "on"})

    kept = Interest.objects.get()
    assert (response.status_code, response.url) == (302, f"/interests/{kept.pk}/")
    assert (kept.person, kept.full_words, kept.with_whom, kept.begun, kept.private) == (
        ally.person,
        "I sit on their board.",
        "Harbour Trust",
        PartialDate(2023),
        False,
    )
    assert [one.nil for one in InterestsReturn.objects.all()] == [False]
    page = read(ally, "/interests/")
    assert "you said: all is in the register" in page
    assert "Professional loyalty, actual. From 2023. Declared on 3 February 2026." in page
    assert "recorded for them" not in page


def test_what_is_missing_is_named_and_what_was_typed_is_kept(signed_in, ally):
    response = signed_in(ally).post(
        "/interests/new/", {"with_whom": "Harbour Trust", "until": "2022", "begun": "2024"}
    )
    page = response.content.decode()

    assert response.status_code == 422
    assert [
        words
        for words in (
            "Say what the interest is",
            "Choose the kind that fits best",
            "Choose how near it is",
            "It cannot end before it begins. Mend one of the two",
        )
        if page.count(words) != 2
    ] == []
    assert 'value="Harbour Trust"' in page
    assert Interest.objects.count() == 0


def test_with_whom_is_chosen_or_written_and_not_both(signed_in, ally):
    partner = OrganisationFactory()
    response = signed_in(ally).post("/interests/new/", NEW | {"about": f"organisation:{partner.pk}"})
    assert response.status_code == 422
    assert "Choose from the list, or write a name here, not both" in response.content.decode()


def test_an_ally_cannot_choose_whose_it_is(signed_in, ally, somebody):
    signed_in(ally).post(f"/interests/new/?person={somebody.pk}", NEW | {"person": somebody.pk})
    assert [one.person for one in Interest.objects.all()] == [ally.person]


def test_a_second_entry_about_the_same_is_allowed_and_pointed_out(signed_in, ally, read):
    first = InterestFactory(person=ally.person, with_whom="harbour trust")
    signed_in(ally).post("/interests/new/", NEW)
    second = Interest.objects.exclude(pk=first.pk).get()

    assert "There is another entry about the same." in read(ally, second.get_absolute_url())
    InterestFactory(person=PersonFactory(), with_whom="Harbour Trust")
    Interest.objects.filter(pk=first.pk).delete()
    assert "There is another entry" not in read(ally, second.get_absolute_url())


def test_an_entry_is_put_right_ended_and_withdrawn_by_its_owner(signed_in, ally, read):
    interest = InterestFactory(person=ally.person, full_words="A seat")
    client = signed_in(ally)
    page = client.get(f"/interests/{interest.pk}/edit/").content.decode()
    assert ">\nA seat</textarea>" in page

    client.post(f"/interests/{interest.pk}/edit/", NEW)
    client.post(f"/interests/{interest.pk}/end/", {"until_month": "12", "until_year": "2025"})
    interest.refresh_from_db()
    assert (interest.full_words, interest.until) == ("I sit on their board.", PartialDate(2025, 12))
    assert "ended." in read(ally, interest.get_absolute_url())

    client.post(f"/interests/{interest.pk}/withdraw/", {"reason": "It was another trust."})
    assert "It was another trust." in read(ally, interest.get_absolute_url())
    assert [
        client.get(f"/interests/{interest.pk}/{page}/").status_code for page in ("edit", "end", "withdraw")
    ] == [404, 404, 404]


def test_an_end_before_the_beginning_is_refused_at_its_field(signed_in, ally):
    interest = InterestFactory(person=ally.person, begun=PartialDate(2024))
    response = signed_in(ally).post(f"/interests/{interest.pk}/end/", {"until": "2023"})
    assert response.status_code == 422
    assert "It cannot end before it begins" in response.content.decode()


# ---- For somebody else


def test_the_core_team_records_for_somebody_and_the_page_says_so(signed_in, team, somebody, read):
    sent = NEW | {"person": somebody.pk, "declared_on": "2025-11-19"}
    response = signed_in(team).post(f"/interests/new/?person={somebody.pk}", sent)

    kept = Interest.objects.get()
    assert (kept.person, kept.declared_on) == (somebody, date(2025, 11, 19))
    assert f"Recorded for them by {team.person} on" in read(team, response.url)
    signed_in(team).post("/interests/answer/", {"person": somebody.pk, "nil": "no"})
    assert "Recorded for them on 3 February 2026: all is in the register." in read(
        team, f"/people/{somebody.pk}/"
    )


def test_the_core_team_mends_what_it_wrote_without_reading_what_has_become_private(signed_in, team, somebody):
    interest = InterestFactory(person=somebody, private=True, full_words=SECRET)
    client = signed_in(team)
    page = client.get(f"/interests/{interest.pk}/edit/").content.decode()
    assert SECRET not in page
    assert 'name="words"' not in page

    client.post(f"/interests/{interest.pk}/edit/", NEW | {"words": "Something else", "with_whom": "Them"})
    interest.refresh_from_db()
    assert (interest.full_words, interest.private, interest.with_whom) == (SECRET, True, "Them")


def test_who_has_not_answered_is_named_to_the_chairs_and_the_core_team_alone(
    ally, chair, team, somebody, read
):
    answered = AppointmentFactory(person__full_name="Esme Ward").person
    InterestsReturnFactory(person=answered, on=date(2025, 11, 1))

    for account in (chair, team):
        page = read(account, "/interests/")
        part = page[page.index("Not answered yet") : page.index("The register")]
        assert ("Bel Marsh" in part, "Esme Ward" in part) == (True, False)
    assert "Not answered yet" not in read(ally, "/interests/")
    assert "Not answered yet" not in read(ally, f"/people/{somebody.pk}/")
    assert "Not answered yet" in read(chair, f"/people/{somebody.pk}/")


def test_an_answer_by_mistake_is_withdrawn_with_its_reason(signed_in, ally, read):
    answer = InterestsReturnFactory(person=ally.person, on=date(2026, 2, 1))
    signed_in(ally).post(f"/interests/answers/{answer.pk}/withdraw/", {"reason": "I had forgotten one."})

    assert "You have not answered yet." in read(ally, "/interests/")
    assert signed_in(ally).get(f"/interests/answers/{answer.pk}/withdraw/").status_code == 404
