"""What happens around every view: parts and pages kept apart, what is somebody's own kept to them, clashes in words."""

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from allies.access import public
from allies.models import OPERATOR, Project
from allies.services.projects import enter_project

pytestmark = pytest.mark.django_db


@public(reason="A test's own.")
def enter_twice(request: HttpRequest) -> HttpResponse:
    """What two people do who look at once, see that the name is free, and both save."""
    for _ in range(2):
        enter_project(by=OPERATOR, name="Listening")
    return HttpResponse()


urlpatterns = [path("twice/", enter_twice), path("", include("allies.urls"))]


@pytest.fixture
def twice(settings, client, caplog):
    settings.ROOT_URLCONF = __name__

    def post(**headers):
        with caplog.at_level(logging.CRITICAL):
            return client.post("/twice/", headers=headers)

    return post


def test_whoever_comes_second_is_told_and_the_first_stands(twice):
    response = twice()
    assert response.status_code == 409
    assert "Perhaps somebody saved the same thing just before you" in response.content.decode()
    assert [project.name for project in Project.objects.all()] == ["Listening"]


def test_under_htmx_what_was_typed_stays_on_the_page(twice):
    assert twice(**{"HX-Request": "true"}).status_code == 400


@pytest.mark.parametrize("address", ["/actions/", "/people/", "/meetings/", "/search/", "/", "/account/"])
def test_no_cache_between_us_and_a_browser_keeps_what_somebody_was_shown(signed_in, ally, group, address):
    response = signed_in(ally).get(address)
    assert response["Cache-Control"] == "private, no-cache"
    assert {word.strip() for word in response["Vary"].split(",")} >= {"Cookie", "HX-Request"}


def test_a_file_is_kept_to_whoever_fetched_it_too(signed_in, ally, group):
    assert signed_in(ally).get("/actions/export.csv")["Cache-Control"] == "private, no-cache"
