"""What the tests of the house share: its place, the Pythons of this machine, a small house for run.py."""

import base64
import glob
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES_OF_RUN = ["run.py"]


def production_settings(folder: Path) -> dict[str, str]:
    """An environment as a host would give it, with its data in this folder and nothing of the tests' own."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ALLIES_", "DJANGO_", "PYTEST_", "EMAIL_"))
        and name not in {"DEBUG", "DATABASE_URL"}
    }
    environment.update(
        SECRET_KEY="a long random text that nobody else knows, kept the same for as long as it serves",
        ALLOWED_HOSTS="allies.example.org,127.0.0.1",
        EMAIL_HOST="mail.example.org",
        DEFAULT_FROM_EMAIL="allies@example.org",
        ALLIES_DATA=str(folder / "data"),
        ALLIES_STATIC=str(folder / "static"),
        DJANGO_SETTINGS_MODULE="allies.settings",
        PYTHONWARNINGS="default",
    )
    return environment


def pythons_of_this_machine() -> list[str]:
    """One Python of every version that pyenv or the system has here, old ones too."""
    home = os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv")
    found = sorted(glob.glob(f"{home}/versions/*/bin/python"))
    return [path for path in [*found, "/usr/bin/python3"] if os.path.exists(path)] or [sys.executable]


@dataclass
class SmallHouse:
    """A folder with our run.py, a manage.py that repeats what it hears, one tiny package to install.

    The package is found through the person's own pip settings alone, so nothing here needs a network.
    """

    folder: Path
    shelf: Path

    def pin(self, version: str = "1.0", digest: str | None = None) -> None:
        """Put a version of the package on the shelf and into both requirements files."""
        wheel = self.shelf / f"pebble-{version}-py3-none-any.whl"
        if not wheel.exists():
            write_wheel(wheel, version)
        digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
        for name in ("requirements.txt", "requirements-dev.txt"):
            (self.folder / name).write_text(f"pebble=={version} --hash=sha256:{digest}\n")

    def environment(self, **more: str) -> dict[str, str]:
        """The surroundings of a person whose pip looks at the shelf alone."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PIP_", "ALLIES_", "PYTEST_"))
        }
        environment.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=str(self.shelf), PIP_CONFIG_FILE=os.devnull)
        return environment | more

    def run(
        self, *arguments: str, python: str = sys.executable, typed: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        """Start run.py as a person would, and wait for its end."""
        return subprocess.run(
            [python, str(self.folder / "run.py"), *arguments],
            env=self.environment(**more),
            input=typed,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def version_installed(self) -> str:
        """The version of the package that the environment holds."""
        return self.run("manage", "version").stdout.strip()


def write_wheel(wheel: Path, version: str) -> None:
    """Write a package with one module, by hand: a wheel is a zip file with four members."""
    members = {
        "pebble.py": f"VERSION = {version!r}\n",
        f"pebble-{version}.dist-info/METADATA": f"Metadata-Version: 2.1\nName: pebble\nVersion: {version}\n",
        f"pebble-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
    }
    record = []
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record.append(f"{name},sha256={digest},{len(text.encode())}\n")
        record.append(f"pebble-{version}.dist-info/RECORD,,\n")
        archive.writestr(zipfile.ZipInfo(f"pebble-{version}.dist-info/RECORD"), "".join(record))


MANAGE = """
import json, os, sys, time
import pebble
command = sys.argv[1]
if command == "version":
    print(pebble.VERSION)
elif command == "fail":
    sys.exit(int(sys.argv[2]))
elif command == "wait":
    try:
        print("waiting", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(0)
else:
    print(json.dumps({
        "arguments": sys.argv[1:], "typed": sys.stdin.read(), "demo": os.environ.get("ALLIES_DEMO"),
        "folder": os.getcwd(), "prefix": sys.prefix, "python": list(sys.version_info[:2]),
    }))
"""


def build_small_house(folder: Path) -> SmallHouse:
    """Build one in an empty place, nothing made in it yet."""
    house = SmallHouse(folder=folder / "house", shelf=folder / "shelf")
    house.folder.mkdir()
    house.shelf.mkdir()
    for name in FILES_OF_RUN:
        shutil.copy(ROOT / name, house.folder / name)
    (house.folder / "manage.py").write_text(MANAGE)
    house.pin()
    return house


@pytest.fixture
def small_house(tmp_path: Path) -> SmallHouse:
    """A small house of the test's own, before its first start."""
    return build_small_house(tmp_path)


@pytest.fixture(scope="module")
def lived_in_house(tmp_path_factory: pytest.TempPathFactory) -> SmallHouse:
    """A small house after its first start; tests that use it leave it able to start."""
    house = build_small_house(tmp_path_factory.mktemp("lived-in"))
    first = house.run("manage", "version")
    assert (first.returncode, first.stdout) == (0, "1.0\n"), first.stderr
    return house
