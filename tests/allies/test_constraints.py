"""What may never stand in the record of people, groups and projects, whoever writes it: the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from allies.models import Account, Body, BodyKind, Declaration, OtherName, Post, Seat
from tests.factories import (
    AccountFactory,
    AppointmentFactory,
    BodyFactory,
    CoreTeamFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def refused(name: str, make) -> None:
    """The database refuses, by this constraint; SQLite names the columns of some of them instead."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("person_has_a_name", lambda: PersonFactory(full_name="")),
        ("body_has_a_name", lambda: BodyFactory(name="")),
        ("organisation_has_a_name", lambda: OrganisationFactory(name="")),
        ("project_has_a_name", lambda: ProjectFactory(name="")),
        ("other_name_is_not_empty", lambda: OtherName.objects.create(person=PersonFactory(), name="")),
    ],
)
def test_everybody_and_everything_has_a_name(name, make):
    refused(name, make)


def test_organisations_and_projects_are_entered_once_whatever_the_capitals():
    OrganisationFactory(name="Harbour Trust"), ProjectFactory(name="Listening")
    refused("organisation_is_entered_once", lambda: OrganisationFactory(name="HARBOUR TRUST"))
    refused("project_is_entered_once", lambda: ProjectFactory(name="listening"))


def test_a_person_has_another_name_once_and_two_people_may_share_it():
    person = PersonFactory()
    OtherName.objects.create(person=person, name="Bel")
    OtherName.objects.create(person=PersonFactory(), name="Bel")
    refused("person_has_another_name_once", lambda: OtherName.objects.create(person=person, name="BEL"))


def test_an_address_signs_in_one_account_whatever_its_capitals():
    AccountFactory(email="ada@example.org")
    refused("one_account_for_an_address", lambda: Account.objects.create(email="Ada@example.org"))


def test_a_body_is_not_part_of_itself():
    body = BodyFactory()
    refused("body_is_not_its_own_parent", lambda: Body.objects.filter(pk=body.pk).update(parent=body.pk))


def test_there_is_one_core_team():
    CoreTeamFactory()
    refused(r"there_is_one_core_team|allies_body\.kind", lambda: BodyFactory(kind=BodyKind.CORE_TEAM))


def test_only_a_co_chair_has_a_seat():
    AppointmentFactory(post=Post.CO_CHAIR, seat=Seat.LIVED)
    refused("only_a_co_chair_has_a_seat", lambda: AppointmentFactory(post=Post.MEMBER, seat=Seat.LIVED))


@pytest.mark.parametrize("starts", [None, "2023", "2023-04-01"])
def test_a_place_is_entered_once_also_where_nobody_knows_its_start(starts):
    held = AppointmentFactory(starts=starts)
    refused(
        r"appointment_is_entered_once|allies_appointment\.starts",
        lambda: AppointmentFactory(person=held.person, body=held.body, starts=starts),
    )


def test_an_organisation_has_a_part_in_a_project_once():
    held = ParticipationFactory()
    ParticipationFactory(project=held.project, organisation=held.organisation, part="funder")
    refused(
        r"organisation_has_a_part_in_a_project_once|allies_participation\.part",
        lambda: ParticipationFactory(project=held.project, organisation=held.organisation),
    )


def test_a_declaration_is_about_one_matter():
    refused(
        "declaration_is_about_one_matter",
        lambda: Declaration.objects.create(
            body=BodyFactory(),
            on="2026-02-03",
            words="I work there.",
            about_project=ProjectFactory(),
            about_organisation=OrganisationFactory(),
        ),
    )
