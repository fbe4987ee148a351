"""Builders for tests of frameworks: the tiny valid framework, and copies of it with one thing changed."""

import shutil
from pathlib import Path

FIXTURES = Path(__file__).parent / "fixtures" / "frameworks"
THREE_QUESTIONS = FIXTURES / "three-questions"


def copy_of_three_questions(folder: Path) -> Path:
    return Path(shutil.copytree(THREE_QUESTIONS, folder / "three-questions"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; a fixture that no longer fits is an error, not a silent pass."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
