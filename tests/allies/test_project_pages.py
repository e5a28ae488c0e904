"""What the pages about projects and organisations show and keep."""

import pytest

from allies.models import (
    Agreement,
    Part,
    Participation,
)
from tests.factories import (
    OrganisationFactory,
    ParticipationFactory,
    PersonFactory,
    ProjectFactory,
)

pytestmark = pytest.mark.django_db


def test_a_project_is_entered_with_its_partners_and_its_history_is_told(today, signed_in, team):
    client, lead = signed_in(team), PersonFactory(full_name="Wren Ashdown")
    client.post("/organisations/new/", {"name": "Harbour Trust", "short_name": "HT"})
    client.post("/projects/new/", {"name": "Listening well", "lead": lead.pk, "starts_year": "2025"})
    project = ProjectFactory._meta.model.objects.get()
    parts = f"{project.get_absolute_url()}parts/"
    client.post(
        parts + "new/",
        {
            "organisation": OrganisationFactory._meta.model.objects.get().pk,
            "part": "funder",
            "agreement": "draft",
        },
    )
    row = Participation.objects.get()
    client.post(f"{parts}{row.pk}/", {"part": "funder", "agreement": "values_clause"})

    row.refresh_from_db()
    assert (row.part, row.agreement) == (Part.FUNDER, Agreement.VALUES_CLAUSE)
    page = client.get(project.get_absolute_url()).text
    assert "Agreement: signed, with a values clause" in page
    client.post(f"{parts}{row.pk}/end/", {"reason": "Their money ended"})
    told = client.get(f"{project.get_absolute_url()}history/").text
    assert Participation.objects.exists() is False
    assert "Why: Their money ended" in told
    assert "Wren Ashdown" in told


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        ("/projects/new/", "LISTENING", "A project of this name is in the record already"),
        ("/organisations/new/", "harbour", "An organisation of this name is in the record already"),
    ],
)
def test_a_name_is_entered_once_whatever_its_capitals(today, signed_in, team, path, name, said):
    ProjectFactory(name="Listening")
    OrganisationFactory(name="Harbour")

    answer = signed_in(team).post(path, {"name": name})

    assert (answer.status_code, said in answer.text) == (422, True)


def test_an_organisation_has_one_part_in_a_project_once(today, signed_in, team):
    row = ParticipationFactory(part=Part.PARTNER)

    answer = signed_in(team).post(
        f"{row.project.get_absolute_url()}parts/new/",
        {"organisation": row.organisation.pk, "part": "partner", "agreement": "none"},
    )

    assert answer.status_code == 422
    assert "plays this part in the project already" in answer.text
