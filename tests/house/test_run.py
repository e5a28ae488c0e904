"""run.py in a small house of its own: what it makes, mends, passes on and refuses."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.conftest import ROOT, SmallHouse, pythons_of_this_machine

posix = pytest.mark.skipif(os.name == "nt", reason="signals and symbolic links as POSIX has them")


def test_the_first_start_makes_the_environment_and_says_so_apart_from_the_output(small_house: SmallHouse):
    first = small_house.run("manage", "version")
    assert (first.returncode, first.stdout) == (0, "1.0\n")
    assert [line.split(" with ")[0] for line in first.stderr.splitlines()] == [
        "Making an environment",
        "Installing the packages ...",
    ]


def test_a_later_start_makes_nothing_and_says_nothing(lived_in_house: SmallHouse):
    python = lived_in_house.folder / ".venv" / "allies-ready"
    before = python.stat().st_mtime_ns
    later = lived_in_house.run("manage", "version", PIP_FIND_LINKS="nowhere")
    assert (later.returncode, later.stdout, later.stderr) == (0, "1.0\n", "")
    assert python.stat().st_mtime_ns == before


def test_a_command_gets_its_arguments_its_input_and_the_folder_it_was_called_from(lived_in_house: SmallHouse):
    heard = json.loads(
        lived_in_house.run("manage", "repeat", "--two words", "", "é", typed="lines\nof é\n").stdout
    )
    assert heard["arguments"] == ["repeat", "--two words", "", "é"]
    assert heard["typed"] == "lines\nof é\n"
    assert heard["folder"] == os.getcwd()
    assert heard["prefix"] == str((lived_in_house.folder / ".venv").resolve())
    assert heard["demo"] is None


def test_the_exit_code_of_a_command_is_passed_on(lived_in_house: SmallHouse):
    assert [lived_in_house.run("manage", "fail", code).returncode for code in ("0", "1", "2", "77")] == [
        0,
        1,
        2,
        77,
    ]


def test_demo_is_the_demo_command_with_its_switch_on(lived_in_house: SmallHouse):
    heard = json.loads(lived_in_house.run("demo", "--port", "8475", "--no-open").stdout)
    assert (heard["arguments"], heard["demo"]) == (["demo", "--port", "8475", "--no-open"], "1")


def test_changed_requirements_are_installed_at_the_next_start(lived_in_house: SmallHouse):
    lived_in_house.pin("1.1")
    assert lived_in_house.version_installed() == "1.1"
    lived_in_house.pin("1.0")
    assert lived_in_house.version_installed() == "1.0"


@pytest.mark.parametrize("harm", ["unfinished", "no Python", "moved", "another Python's"])
def test_a_broken_environment_is_made_anew(lived_in_house: SmallHouse, harm: str):
    venv = lived_in_house.folder / ".venv"
    stamp = venv / "allies-ready"
    if harm == "unfinished":  # a first start that was stopped half-way leaves an empty stamp
        stamp.write_text("")
        shutil.rmtree(next(venv.glob("[lL]ib/**/site-packages/pebble*.dist-info")))
    elif harm == "no Python":
        for python in venv.glob("[bS]*/python*"):
            python.unlink()
    elif harm == "moved":
        lived_in_house.folder.rename(lived_in_house.folder.with_name("moved"))
        lived_in_house.folder = lived_in_house.folder.with_name("moved")
    else:
        stamp.write_text(stamp.read_text().replace("python 3.", "python 3.9"))
    mended = lived_in_house.run("manage", "version")
    assert (mended.returncode, mended.stdout) == (0, "1.0\n"), mended.stderr
    assert "Making an environment" in mended.stderr
    assert lived_in_house.run("manage", "version").stderr == ""


@posix
def test_a_first_start_that_is_killed_is_repaired_by_the_next(small_house: SmallHouse):
    stamp = small_house.folder / ".venv" / "allies-ready"
    child = subprocess.Popen(
        [sys.executable, str(small_house.folder / "run.py"), "manage", "version"],
        env=small_house.environment(),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    while "Making" not in child.stderr.readline():
        pass
    while not stamp.exists():
        pass
    child.kill()
    child.communicate()
    assert small_house.version_installed() == "1.0"


@posix
def test_two_first_starts_at_once_both_end_well(small_house: SmallHouse):
    command = [sys.executable, str(small_house.folder / "run.py"), "manage", "version"]
    both = [
        subprocess.Popen(
            command, env=small_house.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ends = [child.communicate(timeout=300) for child in both]
    assert [(child.returncode, out) for child, (out, _) in zip(both, ends, strict=True)] == [(0, "1.0\n")] * 2
    said = "".join(words for _, words in ends)
    assert (said.count("Making an environment"), said.count("Another start is preparing")) == (1, 1)


def listen_to_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so does all that this starts in its turn."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@posix
def test_ctrl_c_ends_a_command_as_the_command_wishes(lived_in_house: SmallHouse):
    child = subprocess.Popen(
        [sys.executable, str(lived_in_house.folder / "run.py"), "manage", "wait"],
        env=lived_in_house.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=listen_to_ctrl_c,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "waiting\n"
    child.send_signal(signal.SIGINT)
    assert (*child.communicate(timeout=30), child.returncode) == ("", "", 0)


@posix
def test_ctrl_c_during_the_preparation_ends_without_a_traceback(small_house: SmallHouse):
    child = subprocess.Popen(
        [sys.executable, str(small_house.folder / "run.py"), "manage", "version"],
        env=small_house.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=listen_to_ctrl_c,
    )
    assert child.stderr is not None
    first = child.stderr.readline()
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: to all that run there
    out, said = child.communicate(timeout=60)
    assert (child.returncode, out) == (130, "")
    assert (first + said).splitlines()[-1] == "Stopped."
    assert "Traceback" not in said


def test_a_developers_own_environment_is_kept(small_house: SmallHouse):
    subprocess.run([sys.executable, "-m", "venv", str(small_house.folder / ".venv")], check=True)
    mine = small_house.folder / ".venv" / "my-own-note"
    mine.write_text("kept")
    assert small_house.run("manage", "version").stdout == "1.0\n"
    assert mine.read_text() == "kept"


def test_something_else_called_venv_is_left_alone(small_house: SmallHouse):
    (small_house.folder / ".venv").write_text("the name of an environment elsewhere")
    refused = small_house.run("manage", "version")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert (
        refused.stderr
        == "Here .venv is not a folder, so it is left alone. Move it away, then start this again.\n"
    )


def test_packages_that_cannot_be_fetched_end_in_a_plain_sentence(small_house: SmallHouse):
    refused = small_house.run("manage", "version", PIP_FIND_LINKS="nowhere")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines()[2:4] == [
        "The packages could not be installed: the package index could not be reached, or does not have them.",
        "Connect to the internet, then start this again.",
    ]
    assert small_house.version_installed() == "1.0"


def test_a_package_that_is_not_the_pinned_one_is_refused(small_house: SmallHouse):
    small_house.pin(digest="0" * 64)
    refused = small_house.run("manage", "version")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines()[2] == (
        "The packages could not be installed: a package is not the one that was pinned (its hash differs)."
    )


def test_pip_settings_that_would_send_packages_elsewhere_do_no_harm(small_house: SmallHouse, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    settings = {"PIP_USER": "1", "PIP_TARGET": str(elsewhere), "PIP_PREFIX": "", "PYTHONHOME": ""}
    first = small_house.run("manage", "version", **settings)
    assert (first.returncode, first.stdout) == (0, "1.0\n"), first.stderr
    assert not elsewhere.exists()


@pytest.mark.parametrize("python", pythons_of_this_machine())
def test_any_python_can_say_what_run_can_do(python: str):
    for arguments in ([], ["--help"]):
        shown = subprocess.run([python, str(ROOT / "run.py"), *arguments], capture_output=True, text=True)
        assert (shown.returncode, shown.stderr) == (0, "")
        assert shown.stdout.splitlines()[0] == "Allies: the governance record of a co-production group."
    wrong = subprocess.run([python, str(ROOT / "run.py"), "dance"], capture_output=True, text=True)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.splitlines()[0] == '"dance" is not something run.py can do.'


def old_pythons() -> list[str]:
    """Pythons of this machine that are too old for the record."""
    question = "import sys; sys.exit(sys.version_info >= (3, 12))"
    return [
        path for path in pythons_of_this_machine() if subprocess.run([path, "-c", question]).returncode == 0
    ]


def ends_of_the_row() -> list[str]:
    """The two oldest and the newest of them: each costs an environment of its own."""
    return sorted({*old_pythons()[:2], *old_pythons()[-1:]})


@pytest.mark.parametrize("python", ends_of_the_row())
def test_an_old_python_finds_a_newer_one(small_house: SmallHouse, python: str):
    heard = json.loads(small_house.run("manage", "repeat", python=python).stdout)
    assert heard["python"] >= [3, 12]


@pytest.mark.parametrize("python", ends_of_the_row())
def test_no_newer_python_and_no_network_end_in_a_plain_sentence(
    small_house: SmallHouse, tmp_path: Path, python: str
):
    if any(
        os.path.exists(f"{place}/python3.{minor}")
        for place in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
        for minor in range(12, 20)
    ):
        pytest.skip("this machine has a newer Python in a usual place, where run.py would find it")
    nobody = {"HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path), "PATH": str(tmp_path)}
    refused = small_house.run("demo", python=python, **nobody)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.splitlines() == [
        "No Python 3.12 or newer was found that can be used. Trying to fetch one, for this folder alone ...",
        "Allies needs Python 3.12 or newer. None was found on this machine that can be used, and none could "
        "be fetched (is there a network?).",
        "Install Python 3.12 or newer from python.org or with your system's packages, then start this again.",
    ]
