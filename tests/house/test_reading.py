"""The watch over questions asked row by row (tests/reading.py) would find one."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from zeal.errors import NPlusOneError

from allies.access import public
from allies.models import Appointment
from tests.factories import AppointmentFactory

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]


@public(reason="A test's own.")
def by_row(request: HttpRequest) -> HttpResponse:
    return HttpResponse(" ".join(one.person.full_name for one in Appointment.objects.all()))


@public(reason="A test's own.")
def at_once(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        " ".join(one.person.full_name for one in Appointment.objects.select_related("person"))
    )


urlpatterns = [path("by-row/", by_row), path("at-once/", at_once), path("", include("allies.urls"))]


@pytest.fixture(autouse=True)
def three_people(settings, group):
    settings.ROOT_URLCONF = __name__
    for _ in range(3):
        AppointmentFactory(body=group)


def test_a_page_that_asks_row_by_row_fails(client):
    with pytest.raises(NPlusOneError, match=r"Appointment\.person"):
        client.get("/by-row/")


def test_a_page_that_asks_once_does_not(client):
    assert client.get("/at-once/").status_code == 200
