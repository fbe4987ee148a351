"""Reads the assessor's case facts and the named conditions that decide when a question applies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aboveline.domain import framework_problems as kinds
from aboveline.domain.framework import CaseFact, Condition, FactOption, Text
from aboveline.domain.framework_node import Node
from aboveline.domain.problems import nearest_of

#: what a question writes where it applies in every case
ALWAYS = "always"

LIMIT_CLAUSES = 6

Pair = tuple[str, frozenset[str]]


@dataclass
class Conditions:
    """The conditions a framework defines by name, and which of them its questions used."""

    named: Mapping[str, Condition]
    used: set[str] = field(default_factory=set)

    def combined(self, node: Node) -> Condition:
        """`always`, the name of one condition, or a list of names that must all hold."""
        if node.value == ALWAYS:
            return Condition()
        nodes = node.items() if isinstance(node.value, list) else [node]
        parts = [part for part in (self._one(n) for n in nodes) if part is not None]
        clauses = tuple(dict.fromkeys(clause for part in parts for clause in part.clauses))
        if len(clauses) > LIMIT_CLAUSES:
            node.refuse(kinds.TOO_MANY_CLAUSES, limit=LIMIT_CLAUSES)
            return Condition()
        return Condition(clauses, joined([part.words for part in parts if part.words]))

    def _one(self, node: Node) -> Condition | None:
        name = node.string()
        if name in self.named:
            self.used.add(name)
            return self.named[name]
        if name:
            node.refuse(kinds.UNKNOWN_CONDITION, value=name, name=name, nearest=nearest_of(name, [*self.named, ALWAYS]))
        return None


def joined(words: Sequence[Text]) -> Text | None:
    """The wordings of several conditions as one; Welsh only where every part has it."""
    if not words:
        return None
    welsh = [text.cy for text in words if text.cy]
    return Text(
        "; and ".join(text.en for text in words),
        "; ac ".join(welsh) if len(welsh) == len(words) else None,
    )


def read_fact(node: Node) -> CaseFact:
    got = node.fields(["id", "name", "options"], ["hint"])
    fact = CaseFact(
        id=got["id"].id(),
        name=got["name"].text(),
        options=tuple(read_option(option, "option") for option in got["options"].items()),
        hint=got["hint"].text() if "hint" in got else None,
    )
    node.mark("case fact", fact.id)
    return fact


def read_option(node: Node, thing: str) -> FactOption:
    got = node.fields(["id", "name"])
    option = FactOption(got["id"].id(), got["name"].text())
    node.mark(thing, option.id)
    return option


def read_conditions(node: Node, facts: Sequence[CaseFact]) -> Conditions:
    """`{name: {words, all: [{fact: [options], ...}, ...]}}`; each item of `all` is a clause, true when any of it is."""
    options = {fact.id: fact.option_ids for fact in facts}
    named = {}
    for name, condition in node.mapping().items():
        named[name] = _condition(condition, options)
        condition.mark("condition", name)
    return Conditions(named)


def _condition(node: Node, options: Mapping[str, Sequence[str]]) -> Condition:
    got = node.fields(["words", "all"])
    clauses = [_clause(clause, options) for clause in got["all"].items()]
    return Condition(tuple(clause for clause in clauses if clause), got["words"].text())


def _clause(node: Node, options: Mapping[str, Sequence[str]]) -> tuple[Pair, ...]:
    pairs = (_pair(fact, allowed, options) for fact, allowed in node.mapping().items())
    return tuple(pair for pair in pairs if pair is not None)


def _pair(fact: str, node: Node, options: Mapping[str, Sequence[str]]) -> Pair | None:
    if fact not in options:
        node.refuse(kinds.UNKNOWN_FACT, name=fact, nearest=nearest_of(fact, options))
        return None
    allowed = [(item, item.string()) for item in node.items()]
    for item, name in allowed:
        if name and name not in options[fact]:
            known = options[fact]
            item.refuse(
                kinds.UNKNOWN_OPTION, name=name, fact=fact, allowed=", ".join(known), nearest=nearest_of(name, known)
            )
    names = frozenset(name for _, name in allowed if name in options[fact])
    return (fact, names) if names else None
