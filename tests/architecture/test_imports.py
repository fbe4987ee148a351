"""Who may import whom. The table is the rule; nothing else is allowed."""

import ast

from tests.architecture.source import Module, modules

MAY_IMPORT = {
    "domain": set(),
    "exchange": {"domain"},
    "rendering": {"domain"},
    "records": {"domain"},
    "jobs": {"domain", "exchange", "rendering", "records"},
    "web": {"domain", "records", "rendering", "jobs"},
    "cli": {"domain", "records", "rendering", "jobs"},
    "config": {"web", "records", "jobs"},
}
NAMES_SETTINGS = {"cli.audit": {"config"}}
PURE = {"django", "os", "sys", "pathlib", "time", "random", "socket", "subprocess", "io", "open"}


def imports(module: Module) -> set[str]:
    """The full dotted names a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module if node.module != "aboveline" else f"aboveline.{node.names[0].name}")
    return found


def forbidden(module: Module) -> set[str]:
    ours = {name.split(".")[1] for name in imports(module) if name.startswith("aboveline.")}
    allowed = (
        MAY_IMPORT.get(module.package, set())
        | {module.package, "__version__"}
        | NAMES_SETTINGS.get(module.place, set())
    )
    return ours - allowed


def impure(module: Module) -> set[str]:
    return {name for name in imports(module) if name.split(".")[0] in PURE}


def test_every_package_is_in_the_table():
    packages = {m.package for m in modules() if "." in m.place}
    assert packages <= set(MAY_IMPORT)


def test_imports_follow_the_table():
    assert {m.place: forbidden(m) for m in modules() if forbidden(m)} == {}


def test_the_domain_is_pure():
    assert {m.place: impure(m) for m in modules() if m.package == "domain" and impure(m)} == {}


def test_the_table_itself_has_no_cycle():
    """The table's rows can be put in an order in which each imports only earlier ones."""
    done: set[str] = set()
    while ready := {p for p, others in MAY_IMPORT.items() if p not in done and others <= done}:
        done |= ready
    assert done == set(MAY_IMPORT)


def test_control_a_forbidden_import_is_named():
    planted = Module("domain.planted", "def f():\n    from aboveline.records import models\n")
    assert forbidden(planted) == {"records"}


def test_control_an_impure_domain_module_is_named():
    assert impure(Module("domain.planted", "import os.path\nfrom django.db import models\n")) == {
        "os.path",
        "django.db",
    }
