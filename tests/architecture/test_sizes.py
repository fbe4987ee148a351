"""Files and functions stay small, exceptions narrow, imports named."""

import ast
import re

from tests.architecture.source import ROOT, Module, modules

FILE_LIMIT, FUNCTION_LIMIT, P90_LIMIT = 400, 50, 25
#: the one process boundary: the child that parses an uploaded file must report whatever happens to it
MAY_CATCH_ALL = {"exchange.limited"}


def lengths(module: Module) -> dict[str, int]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        f"{module.place}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(module.tree)
        if isinstance(node, kinds)
    }


def broad_excepts(module: Module) -> list[int]:
    rows = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or getattr(kind, "id", "") in {"Exception", "BaseException"} for kind in kinds):
                rows.append(node.lineno)
    return rows


def star_imports(module: Module) -> bool:
    return any(alias.name == "*" for n in ast.walk(module.tree) if isinstance(n, ast.ImportFrom) for alias in n.names)


def test_no_file_is_long():
    assert [m.place for m in modules() if m.text.count("\n") > FILE_LIMIT] == []


def test_no_template_style_or_script_of_ours_is_long():
    kinds = ("*.html", "*.css", "*.js", "*.typ")
    ours = [p for kind in kinds for p in (ROOT / "src").rglob(kind) if "vendor" not in p.parts]
    assert [p.name for p in ours if p.read_text(encoding="utf-8").count("\n") > FILE_LIMIT] == []


def test_functions_are_short():
    found = {name: n for m in modules() for name, n in lengths(m).items()}
    assert {name: n for name, n in found.items() if n > FUNCTION_LIMIT} == {}
    assert sorted(found.values())[int(len(found) * 0.9)] < P90_LIMIT


def test_exceptions_are_narrow_and_imports_named():
    assert [m.place for m in modules() if broad_excepts(m) and m.place not in MAY_CATCH_ALL] == []
    assert [m.place for m in modules() if star_imports(m)] == []


def test_no_room_for_everything():
    names = {part for m in modules() for part in m.place.split(".")}
    assert names.isdisjoint({"utils", "common", "helpers", "core", "misc"})


def test_lock_files_hold_no_address():
    locks = [*ROOT.glob("requirements*.lock"), *ROOT.glob("frontend/package-lock.json")]
    assert len(locks) >= 3
    assert [p.name for p in locks if re.search(r"[a-z]+://", p.read_text())] == []


def test_control_each_measure_sees_its_fault():
    long = "def f():\n" + "    x = 1\n" * 60
    caught = "try:\n    f()\nexcept (ValueError, Exception):\n    pass\n"
    assert max(lengths(Module("a.b", long)).values()) == 61
    assert broad_excepts(Module("a.b", caught)) == [3]
    assert broad_excepts(Module("a.b", "try:\n    f()\nexcept ValueError:\n    pass\n")) == []
    assert star_imports(Module("a.b", "from os import *\n"))
