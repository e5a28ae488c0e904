"""Pages are measured as a server renders them, and the bare pages beside them come from a folder of their own."""

from pathlib import Path

import pytest
from django.template import Template


@pytest.fixture(autouse=True)
def _as_served(settings, monkeypatch):
    """As a server renders: Django's tests copy the context of every include, which no visitor waits for."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))
    templates = [{**settings.TEMPLATES[0]}]
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
