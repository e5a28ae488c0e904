"""A browser, and the gallery served as a page under our own policy, without a record behind it."""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import django_htmx
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.csp import build_policy

from tests.look.gallery import gallery_context

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


class Handler(SimpleHTTPRequestHandler):
    """Serves files under the site's Content-Security-Policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", build_policy(settings.SECURE_CSP))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser; the tests that need one are skipped where there is none, unless one is required."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        if os.environ.get("ALLIES_REQUIRE_BROWSER") == "1":
            pytest.fail("ALLIES_REQUIRE_BROWSER is 1, and there is no Chromium.")
        pytest.skip("There is no Chromium on this machine.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def gallery_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the gallery stands, as a signed-in reader sees it."""
    folder = tmp_path_factory.mktemp("gallery")
    request = RequestFactory().get("/")
    person = SimpleNamespace(pk=3, full_name="Ada Okafor", short_name="Ada")
    request.user = SimpleNamespace(is_authenticated=True, email="ada@example.org", person=person)
    (folder / "index.html").write_text(render_to_string("gallery.html", gallery_context(), request))
    shutil.copytree(Path(settings.BASE_DIR) / "static", folder / "static")
    shutil.copytree(
        Path(django_htmx.__file__).parent / "static" / "django_htmx", folder / "static" / "django_htmx"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
