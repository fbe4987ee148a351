"""Reads councils' objective lists and the governance rule sets that come with the product."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict

from aboveline.domain.committee import Objective, ObjectiveList
from aboveline.domain.framework import Certainty, Source
from aboveline.domain.governance_rules import RuleSet
from aboveline.exchange.yaml_reader import read_yaml


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _SourceShape(_Shape):
    text: str
    certainty: Certainty


class _ObjectiveShape(_Shape):
    code: str
    number: int
    name: str


class _ListShape(_Shape):
    id: str
    council: str
    title: str
    source: _SourceShape
    objectives: list[_ObjectiveShape]


class _ParagraphShape(_Shape):
    number: int
    covers: str


class _RulesShape(_Shape):
    id: str
    version: int
    title: str
    jurisdiction: str
    in_force_from: date
    in_force_to: date | None
    has_key_decisions: bool
    key_notice_days: int | None
    clear_days: int
    exempt_paragraphs: list[_ParagraphShape]
    background_papers: str
    sources: list[_SourceShape]


@lru_cache(maxsize=1)
def objective_lists() -> Mapping[str, ObjectiveList]:
    """Every objective list by id. Raises ProblemsFound or pydantic's ValidationError where one of ours is broken."""
    lists = (_objectives(_ListShape.model_validate(tree)) for tree in _trees("councils"))
    return {listed.id: listed for listed in lists}


@lru_cache(maxsize=1)
def rule_sets() -> tuple[RuleSet, ...]:
    """Every governance rule set, in order of id. Raises as `objective_lists` does."""
    return tuple(_rules(_RulesShape.model_validate(tree)) for tree in _trees("governance"))


def _trees(folder: str) -> list[object]:
    files = sorted((resources.files("aboveline") / "data" / folder).iterdir(), key=lambda file: file.name)
    return [_tree(file) for file in files if file.name.endswith(".yaml")]


def _tree(file: Traversable) -> object:
    return read_yaml(file.read_bytes(), file=file.name).expect().tree


def _objectives(read: _ListShape) -> ObjectiveList:
    objectives = tuple(Objective(o.code, o.number, o.name) for o in read.objectives)
    return ObjectiveList(read.id, read.council, read.title, objectives, Source(read.source.text, read.source.certainty))


def _rules(read: _RulesShape) -> RuleSet:
    return RuleSet(
        **{name: value for name, value in read if name not in {"exempt_paragraphs", "sources"}},
        exempt_paragraphs=tuple((p.number, p.covers) for p in read.exempt_paragraphs),
        sources=tuple(Source(s.text, s.certainty) for s in read.sources),
    )
