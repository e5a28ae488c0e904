"""The direction of imports: the contracts hold, and each of them bites."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.conftest import ROOT

APPS = ["meetings", "risks", "actions", "allies"]


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the project in this folder against its contracts."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-logo",
    ]
    return subprocess.run([*command, "--no-cache"], cwd=folder, capture_output=True, text=True)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The four apps and their contracts in a folder of their own."""
    for app in APPS:
        shutil.copytree(ROOT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_goes_the_right_way():
    checked = check_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("module", "wrong", "contract"),
    [
        ("actions/statuses.py", "import meetings.models", "Apps"),
        ("allies/models/people.py", "import actions.models", "Apps"),
        ("risks/apps.py", "import meetings.urls", "Apps"),
        ("actions/models/action.py", "import actions.services.updating", "Layers"),
        ("allies/policies.py", "import allies.services.keeping", "Layers"),
        ("actions/deadlines.py", "import actions.models.action", "Layers"),
        ("actions/deadlines.py", "import django.utils.timezone", "Rules"),
        ("meetings/notes/document.py", "import allies.clock", "Rules"),
        ("allies/partial_dates.py", "import allies.fields", "Rules"),
    ],
)
def test_a_wrong_import_breaks_its_contract(copy: Path, module: str, wrong: str, contract: str):
    file = copy / module
    file.write_text(f"{file.read_text()}\n{wrong}\n")
    checked = check_imports(copy)
    assert checked.returncode == 1, checked.stderr
    broken = [line for line in checked.stdout.splitlines() if line.endswith(" BROKEN")]
    assert [line for line in broken if line.startswith(contract)] != [], checked.stdout


def test_a_module_without_a_place_breaks_the_layers(copy: Path):
    (copy / "actions" / "utils.py").write_text('"""Anything at all."""\n')
    checked = check_imports(copy)
    assert checked.returncode == 1
    assert "actions.utils" in checked.stdout


def test_every_rule_of_the_layers_is_held_to_be_plain():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    held = {contract["id"]: contract for contract in contracts}
    layers = held["layers"]["layers"]
    below = layers[layers.index("(models)") + 1 :]
    rules = [name.strip("()") for layer in below for name in layer.split(" : ")]
    assert held["rules"]["source_modules"] == [f"*.{rule}" for rule in rules]
