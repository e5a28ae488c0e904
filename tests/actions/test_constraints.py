"""What may never stand in the record of actions, whoever writes it: the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    ActionFactory,
    AssignmentFactory,
    BodyFactory,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    UpdateFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 10)


def refused(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("action_has_words", {"text": ""}),
        ("deadline_has_the_date_of_its_kind", {"deadline_kind": "date", "deadline_date": "2026-01"}),
        ("deadline_has_the_date_of_its_kind", {"deadline_kind": "month", "deadline_date": "2026-01-31"}),
        ("deadline_has_the_date_of_its_kind", {"deadline_kind": "date"}),
        ("deadline_has_the_date_of_its_kind", {"deadline_kind": "asap", "deadline_date": "2026-01-31"}),
        ("merged_means_merged_into_another", {"status": "merged", "closed_on": DAY}),
        ("closed_means_closed_on_a_day", {"status": "done"}),
        ("closed_means_closed_on_a_day", {"status": "todo", "closed_on": DAY}),
    ],
)
def test_an_action_has_words_and_agrees_with_itself(name, fields):
    refused(name, lambda: ActionFactory(**fields))


def test_only_a_merged_action_is_merged_into_another():
    refused("merged_means_merged_into_another", lambda: ActionFactory(merged_into=ActionFactory()))


def test_an_action_is_about_one_matter():
    refused(
        "action_is_about_one_matter",
        lambda: ActionFactory(about_project=ProjectFactory(), about_organisation=OrganisationFactory()),
    )


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("action_is_not_part_of_itself", {"parent": "self"}),
        ("action_is_not_merged_into_itself", {"merged_into": "self", "status": "merged", "closed_on": DAY}),
    ],
)
def test_an_action_is_never_its_own(name, fields):
    action = ActionFactory()
    for field, value in fields.items():
        setattr(action, field, action if value == "self" else value)
    refused(name, action.save)


def test_an_owner_is_a_person_or_a_body_and_has_a_name():
    refused("owner_is_a_person_or_a_body", lambda: AssignmentFactory(body=BodyFactory()))
    refused("owner_has_a_name", lambda: AssignmentFactory(as_written=""))


def test_a_person_carries_an_action_once_at_a_time():
    action, person = ActionFactory(), PersonFactory()
    AssignmentFactory(action=action, person=person, until=DAY)
    AssignmentFactory(action=action, person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssignmentFactory(action=action, person=person, role="support")


def test_an_update_says_something():
    refused("update_says_something", lambda: UpdateFactory(note="", status=""))


def test_an_action_is_reviewed_once_at_a_meeting():
    action, body = ActionFactory(), BodyFactory()
    UpdateFactory(action=action, body=body, on=DAY)
    UpdateFactory(action=action, body=None, on=DAY)
    UpdateFactory(action=action, body=BodyFactory(), on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        UpdateFactory(action=action, body=body, on=DAY)


def test_an_action_that_is_spoken_of_is_never_deleted_with_its_group():
    action = ActionFactory()
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        action.body.delete()
