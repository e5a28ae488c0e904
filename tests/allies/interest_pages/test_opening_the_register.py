"""Opening a group's register to the public and closing it: who may, with which words, and what members are told."""

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from allies.models import Body
from allies.powers import Refused
from allies.services.interests import CannotKeepInterest, set_words_private
from allies.services.public_register import CannotOpenRegister, close_register, open_register
from allies.views.showing_public_register import groups_of
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    InterestFactory,
    ProjectFactory,
    WithholdingFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

BECAUSE = "Agreed by the group on 19 November 2025."
SECRET = "kingfisher"


@pytest.fixture
def address(group) -> str:
    return f"/interests/public/{group.slug}/"


@pytest.fixture
def opened(group, operator) -> Body:
    open_register(by=operator, body=group, because=BECAUSE)
    group.refresh_from_db()
    return group


# ---- The service


@pytest.mark.parametrize(
    ("who", "may"), [("ally", False), ("former_chair", False), ("team", True), ("chair", True)]
)
def test_the_chairs_and_the_core_team_open_and_close_it(request, group, who, may):
    account = request.getfixturevalue(who)
    if not may:
        with pytest.raises(Refused):
            open_register(by=account, body=group, because=BECAUSE)
        with pytest.raises(Refused):
            close_register(by=account, body=group, because=BECAUSE)
        return
    open_register(by=account, body=group, because=f" {BECAUSE} ")
    group.refresh_from_db()
    assert (group.register_is_public, group.register_because) == (True, BECAUSE)
    close_register(by=account, body=group, because="A member asked.")
    group.refresh_from_db()
    assert (group.register_is_public, group.register_because) == (False, "A member asked.")


def test_a_chair_opens_no_other_groups(chair):
    other = BodyFactory()
    with pytest.raises(Refused):
        open_register(by=chair, body=other, because=BECAUSE)
    other.refresh_from_db()
    assert other.register_is_public is False


def test_it_keeps_who_opened_it_when_and_why(chair, team, group):
    open_register(by=chair, body=group, because=BECAUSE)
    close_register(by=team, body=group, because="A member asked.")
    rows = group.history.order_by("history_id").values_list(
        "history_user", "register_is_public", "register_because"
    )
    assert list(rows)[-2:] == [(chair.pk, True, BECAUSE), (team.pk, False, "A member asked.")]


def test_it_needs_a_reason_and_is_not_done_twice(chair, opened):
    for write, because in (
        (close_register, "  "),
        (open_register, BECAUSE),
    ):
        with pytest.raises(CannotOpenRegister):
            write(by=chair, body=opened, because=because)
    opened.refresh_from_db()
    assert (opened.register_is_public, opened.history.count()) == (True, 2)


def test_the_database_keeps_no_open_register_without_a_reason(group):
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.filter(pk=group.pk).update(register_is_public=True)


# ---- Its page


def test_the_preview_is_what_the_public_reads_byte_for_byte(
    signed_in, client, chair, group, address, somebody, today
):
    InterestFactory(person=somebody, private=True, full_words=SECRET, with_whom="Old Mill")
    before = signed_in(chair).get(address).content.decode()
    signed_in(chair).post(address, {"because": BECAUSE, "to_public": "yes"})
    after = client.get("/register-of-interests/").content.decode()

    (shown,) = groups_of([group], today)
    part = render_to_string("allies/public_register_group.html", {"group": shown}).strip()
    assert [part in before, part in after, SECRET in before] == [True, True, False]
    assert "Old Mill" in part and "Words kept private" in part


def test_it_is_opened_and_closed_with_a_reason_and_leads_back(signed_in, chair, group, address):
    client = signed_in(chair)
    answer = client.post(address, {"because": BECAUSE, "to_public": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, "/interests/#public")
    page = words_of(client.get(address))
    assert "The register is open to the public" in page and f"because: {BECAUSE}" in page
    client.post(address, {"because": "A member asked.", "to_public": "no"})
    group.refresh_from_db()
    assert (group.register_is_public, group.register_because) == (False, "A member asked.")
    history = words_of(client.get(f"/bodies/{group.slug}/history/"))
    assert "A member asked." in history and BECAUSE in history


def test_without_a_reason_it_asks_for_one_and_nothing_changes(signed_in, chair, group, address):
    answer = signed_in(chair).post(address, {"because": " ", "to_public": "yes"})
    assert answer.status_code == 422
    assert words_of(answer).count("Say why, or which decision it rests on") == 2
    group.refresh_from_db()
    assert group.register_is_public is False


def test_whoever_is_late_does_not_turn_it_back(signed_in, chair, opened, address):
    answer = signed_in(chair).post(address, {"because": "Mine", "to_public": "yes"})
    assert (answer.status_code, "The register is open to the public already." in words_of(answer)) == (
        422,
        True,
    )
    opened.refresh_from_db()
    assert opened.register_because == BECAUSE


@pytest.mark.parametrize("rows", [1, 40])
def test_its_page_asks_as_often_at_one_member_as_at_many(
    signed_in, chair, group, address, rows, django_assert_num_queries
):
    for _ in range(rows):
        InterestFactory(person=AppointmentFactory(body=group).person, about_project=ProjectFactory())
    client = signed_in(chair)
    with django_assert_num_queries(4 + 3):
        assert client.get(address).status_code == 200


# ---- What members are told


def test_everyone_on_the_group_reads_whether_it_is_open_and_whose_words_go_out(read, ally, opened, somebody):
    InterestFactory(person=somebody, full_words="Sits on their board")
    InterestFactory(person=ally.person, private=True, full_words=SECRET)
    BodyFactory(name="Data working group")
    page = read(ally, "/interests/")
    assert "Open to the public. What everybody reads of Allies Group" in page
    assert f"Because: {BECAUSE}" in page
    assert "Whose words go outBel Marsh" in page
    assert f"Who keeps words private{ally.person.full_name}" in page
    assert "Data working group" not in page


def test_while_it_is_closed_they_read_that(read, ally, chair, group):
    page = read(ally, "/interests/")
    assert "Not open to the public: members and the core team read it." in page
    assert ["or open it" in page, "Whose words go out" in page] == [False, False]
    assert "See what would go out, or open it" in read(chair, "/interests/")


def test_ones_own_entries_say_what_the_public_reads_of_them(read, ally, opened):
    InterestFactory(person=ally.person, full_words="Open words")
    assert "The public reads these words." in read(ally, "/interests/")
    set_words_private(by=ally, interest=ally.person.interests.get(), private=True)
    page = read(ally, "/interests/")
    assert "The public reads that there is an interest, and not its words." in page
    assert "The public reads these words." not in page


def test_an_entry_that_stays_in_is_not_said_to_go_out(read, ally, opened):
    project = ProjectFactory()
    InterestFactory(person=ally.person, about_project=project)
    WithholdingFactory(about_project=project)
    assert "The public reads" not in read(ally, "/interests/")


# ---- One press


def test_one_press_keeps_the_words_of_ones_own_entry_private_and_one_opens_them(signed_in, ally, read):
    entry = InterestFactory(person=ally.person, full_words="Open words")
    assert "Keep its words private" in read(ally, "/interests/")
    for private, is_private in (("yes", True), ("no", False), ("", False)):
        answer = signed_in(ally).post(f"/interests/{entry.pk}/words/", {"private": private})
        entry.refresh_from_db()
        assert (answer["Location"], entry.private) == (f"/interests/#entry-{entry.pk}", is_private)
    assert entry.history.count() == 3
    answer = signed_in(ally).post(f"/interests/{entry.pk}/words/", {"private": "yes", "back": "entry"})
    assert answer["Location"] == entry.get_absolute_url()


@pytest.mark.parametrize(("who", "status"), [("ally", 403), ("chair", 403), ("team", 403)])
def test_nobody_opens_the_words_of_another(request, signed_in, somebody, who, status):
    entry = InterestFactory(person=somebody, private=True, full_words=SECRET)
    account = request.getfixturevalue(who)
    answer = signed_in(account).post(f"/interests/{entry.pk}/words/", {"private": "no"})
    entry.refresh_from_db()
    assert (answer.status_code, entry.private) == (status, True)


def test_a_withdrawn_entry_stays_as_it_is(ally, signed_in):
    entry = InterestFactory(person=ally.person, withdrawn="Another Bel.")
    with pytest.raises(CannotKeepInterest):
        set_words_private(by=ally, interest=entry, private=True)
    assert signed_in(ally).post(f"/interests/{entry.pk}/words/", {"private": "yes"}).status_code == 404


def words_of(answer) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())
