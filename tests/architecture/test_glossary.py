"""The glossary's words are names in the code."""

import ast
import re
from functools import cache

from tests.architecture.source import ROOT, modules

ROW = re.compile(r"^\| (?!Word|---)(?P<word>[^|]+) \|[^|]+\| `(?P<name>\w+)` \|$", re.M)


@cache
def names_in_code() -> set[str]:
    kinds = (ast.ClassDef, ast.FunctionDef)
    return {node.name for m in modules() for node in ast.walk(m.tree) if isinstance(node, kinds)} | {
        target.id
        for m in modules()
        for node in m.tree.body
        if isinstance(node, ast.Assign)
        for target in getattr(node, "targets", [])
        if isinstance(target, ast.Name)
    }


def missing(glossary: str) -> list[str]:
    return [row["name"] for row in ROW.finditer(glossary) if row["name"] not in names_in_code()]


def test_every_word_exists_as_a_name():
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert len(ROW.findall(glossary)) > 20
    assert missing(glossary) == []


def test_control_an_invented_word_is_named():
    assert missing("| thing | something | `NoSuchThing` |\n") == ["NoSuchThing"]
