"""The habits that a tool can check: style, types, templates, migrations, a production start."""

import os
import subprocess
import sys
from pathlib import Path

from tests.house.conftest import ROOT, production_settings

APPS = ["meetings", "risks", "actions", "allies"]


def passes(*command: str, environment: dict[str, str] | None = None) -> None:
    """Fail with everything that a command said, unless it succeeds."""
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, f"{' '.join(command[:6])}\n{run.stdout}{run.stderr}"


def python_files() -> list[str]:
    return [str(path) for app in [*APPS, "tests"] for path in sorted((ROOT / app).rglob("*.py"))]


def program(name: str) -> str:
    """A program that came with the development set."""
    return str(Path(sys.executable).with_name(name))


def test_ruff_finds_nothing():
    passes(sys.executable, "-m", "ruff", "check", ".")


def test_ruff_would_format_nothing_otherwise():
    passes(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_templates_are_formatted():
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    assert templates != []
    passes(program("djade"), "--check", "--target-version", "6.1", *templates)


def test_nothing_is_written_for_an_older_django():
    files = [path for path in python_files() if f"{os.sep}migrations{os.sep}" not in path]
    passes(program("django-upgrade"), "--check", "--target-version", "6.1", *files)


def test_rules_policies_and_services_are_typed():
    passes(sys.executable, "-m", "mypy")


def test_models_and_migrations_agree():
    passes(sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", environment=at_home())


def test_a_production_start_has_nothing_to_complain_of(tmp_path: Path):
    environment = production_settings(tmp_path)
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    checked = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (0, "System check identified no issues (0 silenced).\n"), (
        checked.stdout + checked.stderr
    )


def at_home() -> dict[str, str]:
    """The surroundings of the tests, for a manage.py of their own."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
