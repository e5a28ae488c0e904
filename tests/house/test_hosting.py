"""The container's steps, taken from the Dockerfile as they stand there and run here.

No image is built: that needs a Docker that the tests do not ask for. What is checked is that the files for the
browser can be collected, that the server starts with a host's settings, and that it says it is well.
"""

import json
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.conftest import ROOT, production_settings


def instructions() -> list[str]:
    """The Dockerfile's instructions, each as one line."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.M)
    return [" ".join(line.split()) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def instruction(word: str, holding: str) -> str:
    """What the only instruction of a kind with this in it says."""
    (found,) = [line for line in instructions() if line.startswith(f"{word} ") and holding in line]
    return found.removeprefix(f"{word} ")


def here(command: list[str]) -> list[str]:
    """A command of the container with this environment's programs."""
    program = Path(sys.executable).with_name(command[0])
    return [sys.executable if command[0] == "python" else str(program), *command[1:]]


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def host(tmp_path: Path, migrated: Path) -> dict[str, str]:
    """A host's settings, after the step that brings the database up to date."""
    settings = production_settings(tmp_path) | {"ALLIES_HOSTED": "1"}
    Path(settings["ALLIES_DATA"]).mkdir()
    shutil.copy(migrated, Path(settings["ALLIES_DATA"]) / "record.sqlite3")
    return settings


def collect(settings: dict[str, str]) -> None:
    """The step of the build that collects the files for the browser."""
    words = shlex.split(instruction("RUN", "collectstatic"))
    assigned = [word for word in words if re.match(r"[A-Z_]+=", word)]
    given = dict(word.split("=", 1) for word in assigned) | {"ALLIES_STATIC": settings["ALLIES_STATIC"]}
    base = {
        name: value
        for name, value in settings.items()
        if name not in {"SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_HOST"}
    }
    given["ALLIES_DATA"] = settings["ALLIES_DATA"]
    subprocess.run(here(words[len(assigned) :]), cwd=ROOT, env=base | given, check=True, capture_output=True)


@pytest.fixture
def server(host: dict[str, str], port: int) -> Iterator[subprocess.Popen[str]]:
    """The server of the container, on a port of its own."""
    collect(host)
    command = json.loads(instruction("CMD", "gunicorn"))
    command = [word.replace(":8000", f":{port}").replace("/dev/shm", host["ALLIES_DATA"]) for word in command]
    child = subprocess.Popen(here(command), cwd=ROOT, env=host, stderr=subprocess.PIPE, text=True)
    yield child
    child.terminate()
    child.communicate(timeout=30)


def is_well(host: dict[str, str], port: int) -> subprocess.CompletedProcess[str]:
    """Ask as the container's healthcheck asks."""
    words = instruction("HEALTHCHECK", "CMD").split("CMD ", 1)[1].replace(":8000", f":{port}")
    return subprocess.run(here(json.loads(words)), env=host, capture_output=True, text=True)


@pytest.mark.long
def test_the_server_starts_with_files_that_carry_their_content_in_their_names_and_says_it_is_well(
    host: dict[str, str], port: int, server: subprocess.Popen[str]
):
    names = [path.name for path in Path(host["ALLIES_STATIC"]).iterdir()]
    assert len([name for name in names if re.fullmatch(r"styles\.[0-9a-f]{12}\.css", name)]) == 1
    deadline = time.monotonic() + 60
    while (asked := is_well(host, port)).returncode and time.monotonic() < deadline and server.poll() is None:
        time.sleep(0.3)
    assert asked.returncode == 0, asked.stderr


def test_a_server_that_is_not_there_is_not_well(host: dict[str, str], port: int):
    assert is_well(host, port).returncode == 1


def test_the_server_runs_as_nobody_in_particular_and_keeps_the_record_on_a_volume():
    after_build = instructions()[[line.startswith("FROM") for line in instructions()].index(True, 1) :]
    assert [line for line in after_build if line.startswith(("USER", "VOLUME"))] == [
        "USER allies",
        "VOLUME /data",
    ]
    assert "ALLIES_DATA=/data" in instruction("ENV", "ALLIES_DATA")


def test_only_what_is_named_goes_into_the_image():
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    named = [line.removeprefix("!") for line in lines if line.startswith("!")]
    assert lines[0] == "*"
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert set(named).isdisjoint({"data", ".env", ".git", "tests"})


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_HOST"])
def test_a_missing_setting_stops_the_start_with_a_sentence_that_names_it(tmp_path: Path, name: str):
    settings = production_settings(tmp_path) | {"ALLIES_HOSTED": "1"}
    del settings[name]
    start = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=settings, capture_output=True, text=True
    )
    assert start.returncode != 0
    assert (
        start.stderr.strip()
        .splitlines()[-1]
        .endswith(
            {
                "SECRET_KEY": "SECRET_KEY is missing. "
                "Set it to a long random text that nobody else knows, and keep it the same.",
                "ALLOWED_HOSTS": "ALLOWED_HOSTS is missing. "
                "Name the addresses people open, such as allies.example.org, with commas between.",
                "EMAIL_HOST": "EMAIL_HOST is missing. People sign in with a code that comes by email.",
            }[name]
        )
    )
