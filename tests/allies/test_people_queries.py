"""Pages of people, groups, projects and organisations ask as often at one row as at many."""

import pytest

from allies.models import (
    OtherName,
    Post,
    Seat,
)
from tests.factories import (
    AppointmentFactory,
    BodyFactory,
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db

QUERIES = {  # session, account with its person, appointments, groups; then the page's own
    "/people/?show=everyone": 4 + 3,
    "/bodies/": 4 + 1,
    "/bodies/allies-group/": 4 + 5,
    "/projects/": 4 + 6,
    "/organisations/": 4 + 3,
    "/people/{pk}/": 4 + 6,
    "/projects/{project}/": 4 + 8,
    "/organisations/{organisation}/": 4 + 8,
    "/bodies/allies-group/history/": 4 + 5,
    "/people/{pk}/history/": 4 + 6,
}


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("path", QUERIES)
def test_a_page_asks_as_often_at_one_row_as_at_many(
    today, path, rows, signed_in, ally, group, django_assert_num_queries
):
    project, organisation = ProjectFactory(), OrganisationFactory()
    somebody = PersonFactory()
    for number in range(rows):
        person = PersonFactory()
        AppointmentFactory(person=person, body=group, starts="2023-03")
        AppointmentFactory(person=person, body=group, starts="2020", ends="2022")
        AppointmentFactory(person=somebody, body=BodyFactory(parent=group), starts="2024")
        AppointmentFactory(body=group, post=Post.CO_CHAIR, seat=Seat.LIVED)
        OtherName.objects.create(person=somebody, name=f"Bird {number}")
        ParticipationFactory(project=project)
        ParticipationFactory(organisation=organisation, project=ProjectFactory(lead=somebody))
    client = signed_in(ally)
    address = path.format(pk=somebody.pk, project=project.pk, organisation=organisation.pk)

    with django_assert_num_queries(QUERIES[path]):
        assert client.get(address).status_code == 200
