"""Getting notes ready for the public, line by line: one press each, without JavaScript, and the preview."""

import re

import pytest
from django.urls import reverse

from meetings.models import Publication, Redaction
from meetings.services.circulating import circulate
from meetings.services.corrections import Suggested, accept, suggest
from meetings.services.publishing import publish
from tests.factories import AgendaItemFactory, WithholdingFactory


@pytest.fixture
def page(way, team, signed_in):
    """The page of circulated notes, as the core team has it: its words, and pressing one of its buttons."""
    circulate(by=team, meeting=way.meeting)
    return PublishPage(signed_in(team), way.meeting)


class PublishPage:
    def __init__(self, client, meeting) -> None:
        self.client, self.meeting = client, meeting
        self.address = reverse("meetings:publish", args=[meeting.pk])

    def words(self) -> str:
        return " ".join(self.client.get(self.address).content.decode().split())

    def key_of(self, words: str) -> str:
        """The key of the row that shows these words."""
        return next(key for key, row in self.rows() if words in row)

    def rows(self) -> list[tuple[str, str]]:
        """All rows, those of headings too: their keys, and what stands in them."""
        _, *rows = re.split(r'<(?:li|div) class="for-public__row[^>]*id="spot-', self.words())
        return [(row[:20], row) for row in rows]

    def press(self, choice: str, words: str, **typed):
        return self.client.post(self.address, {"choose": f"{choice}:{self.key_of(words)}", **typed})

    def preview(self) -> str:
        return " ".join(self.client.get(f"{self.address}preview/").content.decode().split())


def test_one_press_withholds_a_line_and_leads_back_to_it(page):
    response = page.press("withheld", "the hall is too small", reason="safety")
    key = page.key_of("A paragraph is withheld: safety.")
    assert (response.status_code, response.url) == (302, f"{page.address}?reason=safety#spot-{key}")
    assert "too small" not in page.preview()
    assert "A paragraph is withheld: safety." in page.preview()
    page.press("shown", "A paragraph is withheld: safety.")
    assert "too small" in page.preview()


def test_an_item_is_one_row_its_title_is_the_heading(page):
    titled = [row for _, row in page.rows() if "The hall</h2>" in row]
    assert len(titled) == 1
    assert "Withhold the item" in titled[0]
    assert page.words().count(">The hall<") == 1
    page.press("withheld", "The hall</h2>", reason="safety")
    assert [
        row.count("An item is withheld: safety.") for _, row in page.rows() if "The hall</h2>" in row
    ] == [1]
    assert sum("Left out with what stands above it." in row for _, row in page.rows()) == 3
    assert "A paragraph is withheld" not in page.words().replace("“A paragraph is withheld: personal.”", "")
    page.press("shown", "The hall</h2>")
    assert "An item is withheld" not in page.words()


def test_an_action_says_whose_it_is_as_everybody_will_read_it(page, way):
    name = str(way.there.person)
    row = next(row for _, row in page.rows() if "Ring the library</p>" in row)
    assert f'<p class="second">Taken on by {name}.</p>' in row
    page.press("withheld", f"<p>{name}", reason="personal")
    row = next(row for _, row in page.rows() if "Ring the library</p>" in row)
    assert '<p class="second">Taken on by [name withheld].</p>' in row


def test_without_a_reason_nothing_is_withheld_and_the_page_says_what_it_needs(page):
    response = page.press("withheld", "the hall is too small", reason_words="it is ours")
    assert response.status_code == 422
    said = response.content.decode()
    assert "One thing needs you" in said
    assert said.count("Choose why first: the reason goes in the record") == 2
    assert 'value="it is ours"' in said
    assert Redaction.objects.count() == 0


def test_one_press_says_a_line_by_role_or_by_nobody(page):
    page.press("nobody", "Ada: the hall is too small")
    assert "<li>The hall is too small" in page.preview()
    page.press("role", "The hall is too small")
    assert "Somebody: the hall is too small" in page.preview()
    page.press("name", "Somebody: the hall is too small")
    assert "Ada: the hall is too small" in page.preview()


def test_a_press_on_something_that_is_not_there_any_more_says_so(page):
    response = page.client.post(page.address, {"choose": "shown:0123456789"})
    assert response.status_code == 422
    assert "These notes have changed meanwhile. Look at them again." in response.content.decode()


def test_the_preview_is_the_very_page_that_the_public_reads(page, client):
    page.press("withheld", "the hall is too small", reason="personal")
    before = page.preview()
    page.client.post(f"{page.address}out/")
    published = " ".join(client.get("/notes/2025-11-19/").content.decode().split())
    body = r'<div class="document__body">(.*?)<p class="second hash">'
    assert re.search(body, before)[1] == re.search(body, published)[1]


def test_the_button_publishes_and_says_where(page):
    response = page.client.post(f"{page.address}out/", follow=True)
    assert "Everybody can read them at http://testserver/notes/2025-11-19/" in response.content.decode()
    assert "Publish them anew</button>" not in page.words()
    page.press("nobody", "Ada: the hall is too small")
    assert "Publish them anew</button>" in page.words()
    assert Publication.objects.count() == 1


def test_a_newer_version_can_be_published_also_where_all_that_is_new_in_it_is_withheld(page, team, way):
    waits, anew = (
        "The notes of Wednesday 19 November 2025 wait to be published.",
        "Publish them anew</button>",
    )

    def said() -> tuple[bool, bool]:
        return waits in page.client.get("/").content.decode(), anew in page.words()

    page.press("withheld", "The hall</h2>", reason="safety")
    publish(by=team, meeting=page.meeting)
    assert said() == (False, False)
    one = suggest(by=way.there, meeting=page.meeting, suggested=Suggested("Ada: it is damp", item=way.hall))
    accept(by=team, correction=one, notes="- Ada: it is damp", base=way.hall.version)
    circulate(by=team, meeting=page.meeting)
    before = Publication.objects.get().version
    assert said() == (True, True)
    page.client.post(f"{page.address}out/")
    assert said() == (False, False)
    after = Publication.objects.get().version
    assert after.content["agenda"] == before.content["agenda"]
    assert after.content["published"]["of"] > before.content["published"]["of"]


def test_withdrawing_asks_for_the_reason(page, team):
    publish(by=team, meeting=page.meeting)
    address = f"{page.address}withdraw/"
    assert page.client.post(address, {"reason": ""}).status_code == 422
    assert page.client.post(address, {"reason": "A name was wrong."}).status_code == 302
    assert "They were published, and withdrawn on 3 February 2026." in page.words()
    assert Publication.objects.get().withdrawn == "A name was wrong."


def test_a_draft_has_nothing_to_publish(way, team, signed_in):
    draft = PublishPage(signed_in(team), way.meeting)
    assert "There is nothing to publish yet." in draft.words()
    assert draft.client.get(f"{draft.address}preview/").status_code == 404
    response = draft.client.post(f"{draft.address}out/", follow=True)
    assert "Only notes that are circulated or approved and sealed" in response.content.decode()


@pytest.mark.parametrize("more", ["", "preview/", "withdraw/"])
def test_an_ally_is_refused(page, signed_in, ally, more):
    response = signed_in(ally).get(page.address + more)
    assert response.status_code == 403
    assert "The chairs and the core team publish notes." in response.content.decode()


def test_what_is_kept_from_somebody_is_not_on_the_page(page, way):
    WithholdingFactory(person=way.away.person, about_project=way.project)
    for said in (page.words(), page.preview()):
        assert "it rains in" not in said
        assert "Mend the roof" not in said
        assert "An item withheld from publication" in said


def test_it_asks_as_much_for_many_lines_as_for_one(page, way, team, django_assert_num_queries):
    WithholdingFactory(person=way.away.person, about_project=way.project)
    page.press("withheld", "the hall is too small", reason="personal")
    with django_assert_num_queries(10):
        page.client.get(page.address)
    with django_assert_num_queries(10):
        page.client.get(f"{page.address}preview/")


def test_many_lines_ask_no_more(way, team, signed_in, django_assert_num_queries):
    for number in range(20):
        AgendaItemFactory(meeting=way.meeting, position=10 + number, notes=f"- Ada: point {number}\n- more")
    circulate(by=team, meeting=way.meeting)
    page = PublishPage(signed_in(team), way.meeting)
    WithholdingFactory(person=way.away.person, about_project=way.project)
    for number in range(3):
        page.press("withheld", f"Ada: point {number}", reason="personal")
    with django_assert_num_queries(10):
        page.client.get(page.address)
