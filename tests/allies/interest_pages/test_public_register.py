"""`/register-of-interests/`: what everybody reads once a group opens its register, and never more."""

from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.test import Client
from django.utils.html import strip_tags

from allies import clock
from allies.interests import PublicAnswer, public_answer
from allies.models import Body, Matter, Withholding
from allies.partial_dates import PartialDate
from allies.services.interests import set_words_private
from allies.services.public_register import close_register, open_register
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    BodyFactory,
    InterestFactory,
    InterestsReturnFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    WithholdingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ADDRESS = "/register-of-interests/"
SECRET = "kingfisher"
BECAUSE = "Agreed by the group on 19 November 2025."


@pytest.fixture
def opened(group, operator) -> Body:
    open_register(by=operator, body=group, because=BECAUSE)
    return group


@pytest.fixture
def public():
    """The words of the page, as anybody reads it."""

    def page() -> str:
        response = Client().get(ADDRESS)
        assert response.status_code == 200
        return " ".join(strip_tags(response.content.decode().replace("<", " <")).split())

    return page


# ---- What is said of an answer


@pytest.mark.parametrize(
    ("joined", "answered", "nil", "has_entries", "said"),
    [
        ("2023", None, False, False, PublicAnswer.NOT_ANSWERED),
        ("2023", None, False, True, PublicAnswer.NOT_ANSWERED),
        ("2023", date(2022, 12, 31), True, False, PublicAnswer.NOT_ANSWERED),
        ("2023", date(2023, 1, 1), True, False, PublicAnswer.NIL),
        (None, date(2020, 1, 1), True, False, PublicAnswer.NIL),
        ("2023", date(2025, 1, 1), True, True, PublicAnswer.ALL),
        ("2023", date(2025, 1, 1), False, True, PublicAnswer.ALL),
        ("2023", date(2025, 1, 1), False, False, PublicAnswer.ALL),
    ],
)
def test_who_has_not_answered_is_never_said_to_have_nothing(joined, answered, nil, has_entries, said):
    since = PartialDate.read(joined) if joined else None
    assert public_answer(since, answered, nil=nil, has_entries=has_entries) is said


# ---- Open or not


def test_there_is_no_page_until_a_group_opens_its_register(client, group, operator, somebody):
    InterestFactory(person=somebody, full_words="Sits on their board")
    assert (group.register_is_public, client.get(ADDRESS).status_code) == (False, 404)
    open_register(by=operator, body=group, because=BECAUSE)
    assert client.get(ADDRESS).status_code == 200
    close_register(by=operator, body=group, because="Asked to by a member.")
    assert client.get(ADDRESS).status_code == 404


def test_a_group_that_keeps_its_register_to_itself_is_not_on_the_page_of_one_that_opens_it(opened, public):
    other = BodyFactory(name="Data working group")
    InterestFactory(
        person=AppointmentFactory(body=other, person__full_name="Esme Ward").person, full_words=SECRET
    )
    page = public()
    assert [word in page for word in ("Allies Group", "Data working group", "Esme Ward", SECRET)] == [
        True,
        False,
        False,
        False,
    ]


def test_the_start_page_leads_there_once_there_is_one(client, group, operator):
    link = f'href="{ADDRESS}"'
    assert link not in client.get("/").content.decode()
    open_register(by=operator, body=group, because=BECAUSE)
    assert link in client.get("/").content.decode()


# ---- What it says


def test_it_names_members_with_posts_interests_and_answers(opened, somebody, public):
    InterestFactory(
        person=somebody,
        about_organisation=OrganisationFactory(name="Harbour Trust"),
        kind="financial",
        full_words="A paid seat on its board",
        begun=PartialDate(2023),
    )
    InterestsReturnFactory(person=somebody, nil=False, on=date(2026, 1, 5))
    nil = AppointmentFactory(body=opened, post="co_chair", seat="lived", person__full_name="Cato Reid").person
    InterestsReturnFactory(person=nil, on=date(2026, 2, 3))
    AppointmentFactory(body=opened, person__full_name="Dora Lunn")
    InterestFactory(
        person=AppointmentFactory(body=opened, person__full_name="Edda Moss").person,
        with_whom="Old Mill",
        full_words="Lives there",
        kind="personal",
    )

    page = public()
    assert (
        "Bel Marsh Member Harbour Trust A paid seat on its board Financial. From 2023. "
        "Last answered on 5 January 2026 "
        "Cato Reid Co-chair Nothing to declare, 3 February 2026 "
        "Dora Lunn Member Not answered yet "
        "Edda Moss Member Old Mill Lives there Personal loyalty. Since when is not known. "
        "Not answered yet: there may be more"
    ) in page
    assert "lived experience" not in page.lower()


def test_it_is_of_those_who_sit_there_today(opened, public):
    for name, start, end in (
        ("Anna Gone", "2020", "2026-02-02"),
        ("Berta Last Day", "2020", "2026-02-03"),
        ("Cato Coming", "2026-02-04", None),
        ("Dora Now", "2026-02-03", None),
    ):
        person = AppointmentFactory(body=opened, person__full_name=name, starts=start, ends=end).person
        InterestFactory(person=person, full_words=f"Words of {name}")
    page = public()
    names = ["Anna Gone", "Berta Last Day", "Cato Coming", "Dora Now"]
    assert [(name in page, f"Words of {name}" in page) for name in names] == [
        (False, False),
        (True, True),
        (False, False),
        (True, True),
    ]


def test_an_answer_from_before_they_joined_anew_does_not_count(opened, public):
    person = AppointmentFactory(body=opened, starts="2019", ends="2021", person__full_name="Bel Marsh").person
    AppointmentFactory(body=opened, starts="2024", person=person)
    InterestsReturnFactory(person=person, on=date(2020, 5, 1))
    assert "Bel Marsh Member Not answered yet" in public()


def test_ended_entries_mistakes_and_what_is_yet_to_be_declared_are_left_out(opened, somebody, public):
    InterestsReturnFactory(person=somebody, nil=False, on=date(2025, 1, 5))
    InterestFactory(person=somebody, full_words="Ended words", until=PartialDate.read("2026-02-02"))
    InterestFactory(person=somebody, full_words="Mistaken words", withdrawn="Another Bel.")
    InterestFactory(person=somebody, full_words="Later words", declared_on=date(2026, 2, 4))
    page = public()
    assert [words in page for words in ("Ended words", "Mistaken words", "Later words")] == [False] * 3
    # They answered, and not that there was nothing.
    assert "Bel Marsh Member Nothing shown here. Last answered on 5 January 2025" in page


def test_an_answer_that_was_withdrawn_is_none(opened, somebody, public):
    InterestsReturnFactory(person=somebody, on=date(2026, 1, 5), withdrawn="Pressed by mistake.")
    assert "Bel Marsh Member Not answered yet" in public()


# ---- What never goes out


def test_private_words_are_in_none_of_its_bytes_whoever_asks(opened, somebody, ally, team, chair, signed_in):
    entry = InterestFactory(
        person=somebody,
        private=True,
        full_words=f"A {SECRET} in the family",
        about_organisation=OrganisationFactory(name="Riverside Health"),
    )
    answers = [signed_in(account).get(ADDRESS) for account in (None, ally, team, chair)]
    assert [SECRET.encode() in answer.content or SECRET in str(answer.headers) for answer in answers] == [
        False
    ] * 4
    assert len({answer.content for answer in answers}) == 1
    account = AccountFactory(person=somebody)
    assert b"Riverside Health" in answers[0].content and b"Words kept private" in answers[0].content
    set_words_private(by=account, interest=entry, private=False)
    assert SECRET.encode() in Client().get(ADDRESS).content


@pytest.mark.parametrize("column", ["about_project", "about_organisation", "about_matter"])
def test_what_anybody_is_kept_from_stays_in_until_it_is_released(opened, somebody, public, column, today):
    matter = {
        "about_project": ProjectFactory,
        "about_organisation": OrganisationFactory,
        "about_matter": Matter.objects.create,
    }[column](name=f"The {SECRET}")
    InterestFactory(person=somebody, full_words="Sits on their board", **{column: matter})
    InterestFactory(person=somebody, full_words="Another interest", with_whom="Old Mill")
    InterestsReturnFactory(person=somebody, on=date(2025, 1, 5))
    kept = WithholdingFactory(person=PersonFactory(), **{column: matter})

    page = public()
    assert [words in page for words in (SECRET, "Sits on their board", "Another interest")] == [
        False,
        False,
        True,
    ]
    Withholding.objects.filter(pk=kept.pk).update(until=today, released_because="It is over.")
    assert "Sits on their board" in public()


def test_over_a_withheld_entry_nobody_is_said_to_have_nothing(opened, somebody, public):
    project = ProjectFactory()
    InterestsReturnFactory(person=somebody, on=date(2025, 1, 5))
    InterestFactory(person=somebody, about_project=project, declared_on=date(2025, 1, 6))
    WithholdingFactory(about_project=project)
    assert "Bel Marsh Member Nothing shown here. Last answered on 5 January 2025" in public()


# ---- How it is sent


def test_it_sets_no_cookie_reads_no_session_and_has_no_script(opened, signed_in, chair):
    for client in (Client(), signed_in(chair)):
        answer = client.get(ADDRESS)
        assert (answer.cookies, "Set-Cookie" in answer.headers) == ({}, False)
        assert "cookie" not in answer.headers.get("Vary", "").lower()
        assert [tag in answer.content for tag in (b"<script", b"csrf", b"<form", b"hx-")] == [False] * 4
        assert answer["Cache-Control"] == "public, no-cache"


def test_an_unchanged_page_is_not_sent_again_and_a_changed_one_is(opened, somebody):
    first = Client().get(ADDRESS)
    again = Client().get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(ADDRESS, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304

    InterestFactory(person=somebody, full_words="Sits on their board")
    changed = Client().get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, b"Sits on their board" in changed.content) == (200, True)


def test_it_was_last_changed_when_the_record_was_or_as_the_day_began(opened, somebody, today, settings):
    entry = InterestFactory(person=somebody)
    last = entry.history.latest().history_date.replace(microsecond=0)
    assert parsedate_to_datetime(Client().get(ADDRESS)["Last-Modified"]) == last
    settings.ALLIES_TODAY = (last + timedelta(days=30)).date()
    began = parsedate_to_datetime(Client().get(ADDRESS)["Last-Modified"])
    assert began == clock.begins_at(settings.ALLIES_TODAY, None)


def test_it_is_read_and_never_written_to(client, opened):
    assert [client.head(ADDRESS).status_code, client.post(ADDRESS).status_code] == [200, 405]


@pytest.mark.parametrize("rows", [1, 60])
def test_it_asks_as_often_at_one_member_as_at_many(opened, operator, rows, django_assert_num_queries):
    for number in range(rows):
        person = AppointmentFactory(body=opened, starts="2023").person
        InterestFactory(person=person, about_project=ProjectFactory())
        InterestsReturnFactory(person=person, nil=False)
        if number < 3:
            open_register(
                by=operator, body=AppointmentFactory(person=person, body=BodyFactory()).body, because=BECAUSE
            )
    with django_assert_num_queries(3):
        assert Client().get(ADDRESS).status_code == 200
