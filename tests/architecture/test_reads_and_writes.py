"""Every write stands in records/actions (and the audit it calls), every queryset in records."""

import ast

from tests.architecture.source import Module, modules

WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "raw", "execute", "executemany", "set_password",
}  # fmt: skip
QUERYSET = {
    "objects", "filter", "exclude", "annotate", "aggregate", "select_related", "prefetch_related", "values_list",
    "order_by", "raw",
}  # fmt: skip
#: methods of these names that are no database's: a document, a workbook, a hash or a dictionary written in memory
IN_MEMORY = {"rendering", "exchange", "domain", "config"}
WRITERS = ("records.actions.", "records.audit", "records.migrations", "records.database.")


def attributes(module: Module, *, called: bool) -> set[str]:
    nodes = [n.func for n in ast.walk(module.tree) if isinstance(n, ast.Call)] if called else ast.walk(module.tree)
    return {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def writes(module: Module) -> set[str]:
    """Names of writing methods called where no write may stand. A dictionary's `update` is spelt `|=` here."""
    if module.package in IN_MEMORY or module.place.startswith(WRITERS):
        return set()
    return attributes(module, called=True) & WRITES


def querysets(module: Module) -> set[str]:
    if module.package in {*IN_MEMORY, "records"}:
        return set()
    return attributes(module, called=False) & QUERYSET


def test_no_write_outside_actions():
    assert {m.place: writes(m) for m in modules() if writes(m)} == {}


def test_no_queryset_outside_records():
    assert {m.place: querysets(m) for m in modules() if querysets(m)} == {}


def test_every_action_is_told_who_and_by_name_only():
    loose = []
    for module in modules():
        if not module.place.startswith("records.actions."):
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                names = {argument.arg for argument in node.args.kwonlyargs}
                if node.args.args or "by" not in names:
                    loose.append(f"{module.place}.{node.name}")
    assert loose == []


def test_control_a_write_in_a_view_is_named():
    planted = Module("web.views.planted", "def view(request, case):\n    case.save()\n")
    assert writes(planted) == {"save"}


def test_control_a_queryset_in_a_view_is_named():
    planted = Module("web.views.planted", "def view(request):\n    return Case.objects.filter(number='C001')\n")
    assert querysets(planted) == {"objects", "filter"}


def test_control_a_write_in_a_query_is_named():
    assert writes(Module("records.queries.planted", "def f(row):\n    row.delete()\n")) == {"delete"}
