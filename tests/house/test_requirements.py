"""The pinned sets: whole, hashed, without an address, and agreeing with pyproject.toml."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.house.conftest import ROOT

FILES = ["requirements.txt", "requirements-dev.txt"]


def pinned(name: str) -> dict[str, Requirement]:
    """What a requirements file pins, by the package's name."""
    lines = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    asked = [Requirement(line.split(" --hash")[0]) for line in lines if line and not line.startswith("#")]
    return {plain(requirement.name): requirement for requirement in asked}


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by the file that must hold it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = project["project"]["dependencies"]
    return {
        "requirements.txt": runtime,
        "requirements-dev.txt": runtime + project["dependency-groups"]["dev"],
    }


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_pinned_package_with_its_hashes_and_nothing_else(name: str):
    allowed = re.compile(
        r"(#.*"  # how the file was made
        r"|[a-z0-9-]+==[0-9][0-9a-z.]*( ; [a-z_]+ [<>=!]+ '[\w.]+')? \\"
        r"|    --hash=sha256:[0-9a-f]{64}( \\)?)"
    )
    text = (ROOT / name).read_text()
    assert [line for line in text.splitlines() if not allowed.fullmatch(line)] == []
    assert re.findall(r"://|file:|find-links|index-url|/", text) == []


@pytest.mark.parametrize("name", FILES)
def test_every_package_the_project_asks_for_is_pinned_as_it_asks(name: str):
    held = pinned(name)
    for words in asked_for()[name]:
        asked = Requirement(words)
        (version,) = held[plain(asked.name)].specifier
        assert asked.specifier.contains(version.version), words


def test_the_development_set_holds_all_of_the_runtime_set_at_the_same_versions():
    runtime, development = pinned("requirements.txt"), pinned("requirements-dev.txt")
    assert {name: str(development[name].specifier) for name in runtime} == {
        name: str(requirement.specifier) for name, requirement in runtime.items()
    }


def test_no_lock_file_with_addresses_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if kept.returncode:
        pytest.skip("not a git checkout")
    assert [
        name for name in kept.stdout.splitlines() if Path(name).name.endswith((".lock", "pylock.toml"))
    ] == []
