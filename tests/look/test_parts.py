"""The shared parts: every one renders, is safe under our policy, and reads well to a screen reader."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.look.gallery import gallery_context

ROOT = Path(settings.BASE_DIR)
OURS = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").rglob("*.html"))


class Page(HTMLParser):
    """What a page is made of: its tags with their attributes, in order."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


@pytest.fixture
def gallery(rf: RequestFactory) -> Page:
    request = rf.get("/", {"status": "todo"})
    request.user = AnonymousUser()
    return Page(render_to_string("gallery.html", gallery_context(), request))


def test_no_page_carries_a_style_or_a_script_of_its_own(gallery):
    assert [tag for tag, _ in gallery.tags if tag == "style"] == []
    assert gallery.values("style") == []
    assert [
        attributes for tag, attributes in gallery.tags if tag == "script" and "src" not in attributes
    ] == []
    assert [name for _, attributes in gallery.tags for name in attributes if name.startswith("on")] == []
    assert [link for link in gallery.values("href") if link.startswith("javascript:")] == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_carries_a_style_or_a_script_of_its_own(path):
    words = path.read_text()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=[\"']|javascript:|<script(?![^>]*\ssrc=)", words) == []


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_each_component_says_what_it_takes(path):
    assert path.read_text().startswith("{# ")


def test_ids_are_said_once(gallery):
    ids = gallery.values("id")
    assert sorted(ids) == sorted(set(ids))


def test_labels_descriptions_and_links_within_the_page_lead_somewhere(gallery):
    ids = set(gallery.values("id"))
    assert [name for name in gallery.values("for") if name not in ids] == []
    described = [name for names in gallery.values("aria-describedby") for name in names.split()]
    assert [name for name in described if name not in ids] == []
    within = [link[1:] for link in gallery.values("href") if link.startswith("#")]
    assert [name for name in within if name not in ids | {"x"}] == []


def test_every_control_has_a_label(gallery):
    labelled = set(gallery.values("for"))
    controls = [
        attributes["id"]
        for tag, attributes in gallery.tags
        if tag in {"select", "textarea"}
        or (tag == "input" and attributes.get("type") not in {"hidden", None})
    ]
    assert len(controls) > 20
    assert [name for name in controls if name not in labelled] == []


def test_every_icon_that_is_asked_for_is_drawn(gallery):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static" / "icons.svg").read_text()))
    named = {
        name for path in OURS for name in re.findall(r'icon\.html" with name="(\w+)"', path.read_text())
    } | {link.partition("#")[2] for link in gallery.values("href") if "icons.svg#" in link}
    assert sorted(named - drawn) == []


def test_a_page_of_a_list_keeps_the_filters_of_the_address(gallery):
    assert "?status=todo&page=3" in gallery.values("href")


def render(name: str, **context: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", render_to_string(f"components/{name}.html", context)).split())


@pytest.mark.parametrize(
    ("status", "detail", "words"),
    [
        ("todo", "", "To do"),
        ("in_progress", "", "In progress"),
        ("waiting", "on the university", "Waiting on the university"),
        ("done", "", "Done"),
        ("let_go", "", "Let go"),
        ("merged", "into action 14", "Merged into action 14"),
        (None, "", "Not recorded"),
    ],
)
def test_a_status_is_said_in_words(status, detail, words):
    assert render("status", status=status, detail=detail) == words


@pytest.mark.parametrize(
    ("times", "agreed", "words"),
    [
        (0, "19 Nov 2025", "Agreed 19 Nov 2025"),
        (1, "19 Nov 2025", "Agreed 19 Nov 2025 · carried 1 time"),
        (12, "", "carried 12 times"),
    ],
)
def test_a_trail_is_said_in_words(times, agreed, words):
    assert render("trail", times=times, agreed=agreed) == words


@pytest.mark.parametrize(
    ("times", "drawing"),
    [(1, "trail-1"), (3, "trail-3"), (5, "trail-5"), (6, "trail-many"), (12, "trail-many")],
)
def test_a_trail_has_a_dot_for_each_meeting_up_to_five(times, drawing):
    words = render_to_string("components/trail.html", {"times": times})
    assert re.findall(r"#(trail-\w+)", words) == [drawing]


def test_a_deadline_says_what_was_written_then_what_it_means_then_how_late():
    words = render("deadline", words="31 Jan 2026", meaning="a Saturday", late="2 days overdue")
    assert words == "31 Jan 2026 a Saturday 2 days overdue"


def test_nothing_written_is_no_date():
    assert render("deadline", words="", meaning="", late="") == "No date"


def test_the_words_of_the_record_are_escaped():
    assert "&lt;b&gt;" in render_to_string("components/notice.html", {"title": "<b>", "text": "<i>"})


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_from_anyone(name):
    assert "Go to the first page" in render_to_string(f"{name}.html")


def test_the_section_of_a_page_is_marked_in_the_menu(rf, ally):
    request = rf.get("/")
    request.user = ally
    page = Page(render_to_string("gallery.html", gallery_context(), request))
    current = [attributes["href"] for _, attributes in page.tags if attributes.get("aria-current") == "page"]
    # Once in the row of the wide screen, once in the folded menu of the narrow one.
    assert current == ["/", "/"]
