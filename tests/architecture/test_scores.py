"""Scores of inspections on record go through moderation: one place makes them, and its own pages alone see the rest."""

import ast

from tests.architecture.source import Module, modules

#: who may use what gives scores as computed, whatever moderation decided
MAY_USE = {
    "score_inspection": {"domain.scoring", "jobs.inspections", "jobs.scoring"},
    "computed_scores_of": {"jobs.inspections", "web.views.moderation"},
}


def named(module: Module) -> set[str]:
    names = {node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name)}
    return names | {node.attr for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}


def past_moderation(module: Module) -> set[str]:
    return {name for name, places in MAY_USE.items() if name in named(module) and module.place not in places}


def test_no_output_takes_scores_past_moderation():
    assert {m.place: past_moderation(m) for m in modules() if past_moderation(m)} == {}


def test_control_a_page_that_takes_scores_as_computed_is_named():
    planted = Module("web.views.planted", "def page(inspection):\n    return computed_scores_of(inspection)\n")
    assert past_moderation(planted) == {"computed_scores_of"}
