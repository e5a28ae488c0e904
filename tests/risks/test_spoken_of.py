"""An item of a meeting that speaks of a risk: the link stays with those who see it."""

from datetime import date

import pytest

from meetings.forms.agenda import ItemForm
from meetings.services.agenda_items import ItemWords, change_item
from tests.factories import (
    AgendaItemFactory,
    MeetingFactory,
    RiskFactory,
    RiskMatterFactory,
    WithholdingFactory,
)

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def item(group):
    risk = RiskFactory(body=group, title="The hall is lost")
    RiskMatterFactory(risk=risk)
    return AgendaItemFactory(meeting=MeetingFactory(body=group, date=date(2026, 2, 10)), risk=risk)


def test_whoever_is_kept_from_the_risk_saves_the_item_and_the_link_stays(item, team):
    WithholdingFactory(person=team.person, about_project=item.risk.matters.get().about_project)
    assert not ItemForm(actor=team).fields["risk"].queryset.exists()
    change_item(by=team, item=item, words=ItemWords(title="The hall"))
    item.refresh_from_db()
    assert (item.title, item.risk.title) == ("The hall", "The hall is lost")


def test_whoever_sees_the_risk_takes_the_link_away(item, team):
    change_item(by=team, item=item, words=ItemWords(title="The hall"))
    item.refresh_from_db()
    assert item.risk is None
