"""A released framework never changes: inspections keep its digest, and a score must mean later what it meant then."""

import shutil
from pathlib import Path

import pytest

from aboveline.exchange.frameworks import FOLDER, framework_ids, read_framework
from aboveline.exchange.yaml_reader import read_yaml

RELEASED = read_yaml((FOLDER / "released.yaml").read_bytes(), file="released.yaml").expect().tree


def changed(folder: Path, digest: object) -> str:
    """What is wrong with a framework that should have this digest; empty where nothing is."""
    found = read_framework(folder).expect().digest
    return "" if found == digest else f"{folder.name} was released and has changed: make a new version (now {found})"


@pytest.mark.parametrize("id", RELEASED)
def test_a_released_framework_is_as_it_was(id: str) -> None:
    assert changed(FOLDER / id, RELEASED[id]) == ""


def test_every_framework_of_the_product_is_released() -> None:
    assert set(framework_ids()) == set(RELEASED)


def test_one_changed_word_asks_for_a_new_version(tmp_path: Path) -> None:
    folder = tmp_path / "cci-2009"
    shutil.copytree(FOLDER / "cci-2009", folder)
    section = folder / "section-3.yaml"
    section.write_text(section.read_text("utf-8").replace("have plainly eased", "have eased", 1), "utf-8")
    assert "make a new version" in changed(folder, RELEASED["cci-2009"])


def test_a_comment_or_another_layout_is_no_change(tmp_path: Path) -> None:
    folder = tmp_path / "cci-2009"
    shutil.copytree(FOLDER / "cci-2009", folder)
    section = folder / "section-3.yaml"
    section.write_text("# looked at\n\n" + section.read_text("utf-8"), "utf-8")
    assert changed(folder, RELEASED["cci-2009"]) == ""
