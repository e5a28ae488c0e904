"""The README keeps up with what it describes."""

import re

from tests.house.conftest import ROOT

README = (ROOT / "README.md").read_text()


def test_every_setting_is_explained_and_none_that_is_not_there():
    settings = (ROOT / "allies" / "settings.py").read_text()
    read = set(re.findall(r'(?:environ\.get\(|environ\[|_switch\(|_words\()"([A-Z_]+)"', settings))
    table = README.split("## Settings")[1].split("\n## ")[0]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([A-Z_]+)`", row)
    }
    assert named == read


def test_what_the_readme_links_to_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_every_command_of_the_readme_is_one_of_the_records():
    table = README.split("## Commands")[1].split("\n## ")[0]
    named = {
        name for row in re.findall(r"^\| (`.*?) \|", table, re.M) for name in re.findall(r"`([a-z_]+)", row)
    }
    ours = {path.stem for path in ROOT.glob("*/management/commands/*.py")} - {"__init__"}
    assert named - {"migrate"} <= ours
    assert ours - named <= {"demo"}
