"""The gallery served as a page under our own policy, without a record behind it."""

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


class Handler(SimpleHTTPRequestHandler):
    """Serves files under the site's Content-Security-Policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", build_policy(settings.SECURE_CSP))
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


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
