"""Somebody of the group, and the words of a page as somebody reads it."""

import pytest
from django.utils.html import strip_tags

from tests.factories import AppointmentFactory, PersonFactory


@pytest.fixture
def somebody(group):
    return AppointmentFactory(
        person=PersonFactory(full_name="Bel Marsh", short_name="Bel"), body=group, starts="2023"
    ).person


@pytest.fixture
def read(signed_in):
    """The words of a page, as somebody reads it."""

    def page(account, address):
        response = signed_in(account).get(address)
        assert response.status_code == 200
        return " ".join(strip_tags(response.content.decode()).split())

    return page
