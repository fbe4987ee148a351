"""Turns the parsed files of a framework into frozen values, or into every problem at once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from aboveline.domain import framework_problems as kinds
from aboveline.domain.framework import (
    INSPECTION_KINDS,
    Band,
    CaseFact,
    Certainty,
    Criterion,
    CriterionRating,
    EligibilityRule,
    Framework,
    OrderType,
    Question,
    RatingRule,
    SampleRule,
    Section,
    Source,
    Text,
    Theme,
)
from aboveline.domain.framework_conditions import Conditions, read_conditions, read_fact, read_option
from aboveline.domain.framework_linter import lint
from aboveline.domain.framework_node import Document, Findings, Node
from aboveline.domain.judgement import Answer
from aboveline.domain.problems import Checked, checked

MANIFEST, FACTS, ORDERS = "manifest.yaml", "facts.yaml", "orders.yaml"


def is_section_file(name: str) -> bool:
    return name.startswith("section-") and name.endswith(".yaml")


def read_framework_documents(documents: Mapping[str, Document]) -> Checked[Framework]:
    """Read a framework from its parsed files by name; sections come in the order of their file names."""
    findings = Findings()
    roots = {name: Node.root(name, document, findings) for name, document in documents.items()}
    facts, conditions = _facts(roots[FACTS])
    sections = tuple(_section(roots[name], conditions) for name in sorted(roots) if is_section_file(name))
    framework = _framework(roots[MANIFEST], roots[ORDERS], facts, sections)
    _unused(conditions, findings)
    findings.problems.extend(lint(framework, findings.places))
    return checked(replace(framework, digest=digest_of(documents)), findings.problems)


def digest_of(documents: Mapping[str, Document]) -> str:
    """SHA-256 of what the files say, as canonical JSON: comments, layout and key order do not change it."""
    content = {name: document.tree for name, document in documents.items()}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True)
class _Orders:
    order_types: tuple[OrderType, ...]
    eligibility: EligibilityRule
    sample: SampleRule


_REQUIRED = (
    "id",
    "title",
    "inspectorate",
    "in_force_from",
    "review_by",
    "sources",
    "themes",
    "bands",
    "band_source",
    "band_word",
    "answers",
    "not_applicable_reasons",
)
_OPTIONAL = ("in_force_to", "comparison_excludes", "programme_areas", "caution", "assessor_notes", "rating")


def _framework(node: Node, orders: Node, facts: tuple[CaseFact, ...], sections: tuple[Section, ...]) -> Framework:
    got = node.fields(_REQUIRED, _OPTIONAL)
    rules = _orders(orders)
    id = got["id"].id()
    node.mark("framework", "")
    return Framework(
        id=id,
        title=got["title"].text(),
        inspectorate=got["inspectorate"].text(),
        in_force_from=got["in_force_from"].day(),
        in_force_to=got["in_force_to"].day() if "in_force_to" in got else None,
        review_by=got["review_by"].day(),
        sources=tuple(_source(item) for item in got["sources"].items()),
        sections=sections,
        themes=tuple(_theme(item) for item in got["themes"].items()),
        bands=_bands(got["bands"]),
        band_source=_source(got["band_source"]),
        band_word=got["band_word"].text(),
        answers=_answers(got["answers"]),
        not_applicable_reasons=tuple(read_option(item, "reason") for item in got["not_applicable_reasons"].items()),
        case_facts=facts,
        order_types=rules.order_types,
        eligibility=rules.eligibility,
        sample=rules.sample,
        comparison_excludes=_excludes(got.get("comparison_excludes")),
        programme_areas=got["programme_areas"].whole(1, 10_000) if "programme_areas" in got else None,
        caution=got["caution"].text() if "caution" in got else None,
        assessor_notes=_texts(got.get("assessor_notes")),
        rating=_rating(got["rating"]) if "rating" in got else None,
    )


def _excludes(node: Node | None) -> tuple[str, ...]:
    items = node.items(may_be_empty=True) if node else []
    return tuple(item.choice(INSPECTION_KINDS) for item in items)


def _texts(node: Node | None) -> tuple[Text, ...]:
    return tuple(item.text() for item in node.items()) if node else ()


def _rating(node: Node) -> CriterionRating:
    got = node.fields(["criteria", "source"])
    node.mark("rating", "")
    rule = got["criteria"].choice([str(rule) for rule in RatingRule])
    return CriterionRating(RatingRule(rule) if rule else RatingRule.POOLED_SHARE, _source(got["source"]))


def _source(node: Node) -> Source:
    got = node.fields(["text", "certainty"])
    certainty = got["certainty"].choice([str(c) for c in Certainty])
    return Source(got["text"].string(), Certainty(certainty) if certainty else Certainty.OWN)


def _theme(node: Node) -> Theme:
    got = node.fields(["id", "name", "description"])
    theme = Theme(got["id"].id(), got["name"].text(), got["description"].text())
    node.mark("theme", theme.id)
    return theme


def _bands(node: Node) -> tuple[Band, ...]:
    bands = tuple(_band(item) for item in node.items())
    node.mark("bands", "")
    return bands


def _band(node: Node) -> Band:
    got = node.fields(["id", "name", "from", "to"])
    band = Band(got["id"].id(), got["name"].text(), got["from"].whole(0, 100), got["to"].whole(0, 100))
    node.mark("band", band.id)
    return band


def _answers(node: Node) -> Mapping[str, Text]:
    got = node.fields([str(answer) for answer in Answer])
    node.mark("answers", "")
    return {answer: word.text() for answer, word in got.items()}


def _facts(node: Node) -> tuple[tuple[CaseFact, ...], Conditions]:
    got = node.fields(["case_facts", "conditions"])
    facts = tuple(read_fact(item) for item in got["case_facts"].items())
    return facts, read_conditions(got["conditions"], facts)


def _unused(conditions: Conditions, findings: Findings) -> None:
    for name in conditions.named.keys() - conditions.used:
        file, place = findings.places["condition", name]
        findings.problems.append(kinds.UNUSED_CONDITION.at(place, file=file, name=name))


def _orders(node: Node) -> _Orders:
    got = node.fields(["order_types", "eligibility", "sample"])
    got["eligibility"].mark("eligibility", "")
    return _Orders(
        order_types=tuple(_order_type(item) for item in got["order_types"].items()),
        eligibility=_eligibility(got["eligibility"]),
        sample=_sample(got["sample"]),
    )


def _order_type(node: Node) -> OrderType:
    got = node.fields(["id", "name", "eligible"], ["first", "last", "note", "source", "eligibility"])
    order = OrderType(
        id=got["id"].id(),
        name=got["name"].text(),
        eligible=got["eligible"].flag(),
        first=got["first"].day() if "first" in got else None,
        last=got["last"].day() if "last" in got else None,
        note=got["note"].text() if "note" in got else None,
        source=_source(got["source"]) if "source" in got else None,
        eligibility=_eligibility(got["eligibility"]) if "eligibility" in got else None,
    )
    node.mark("order type", order.id)
    return order


def _eligibility(node: Node) -> EligibilityRule:
    got = node.fields(["start_months_min", "start_months_max", "source"])
    low, high = (got[key].whole(0, 120) for key in ("start_months_min", "start_months_max"))
    return EligibilityRule(low, high, _source(got["source"]))


def _sample(node: Node) -> SampleRule:
    got = node.fields(["typical_sizes", "stratify_by", "balance_on", "reserve_share", "source"])
    node.mark("sample", "")
    return SampleRule(
        typical_sizes=tuple(size.whole(1, 5_000) for size in got["typical_sizes"].items()),
        stratify_by=got["stratify_by"].string(),
        balance_on=tuple(name.string() for name in got["balance_on"].items()),
        reserve_share=got["reserve_share"].share(),
        source=_source(got["source"]),
    )


@dataclass(frozen=True)
class _Inherited:
    """What a criterion and its questions take from above where they do not say it themselves."""

    conditions: Conditions
    source: Node | None = field(default=None)

    def under(self, got: Mapping[str, Node]) -> "_Inherited":
        return replace(self, source=got.get("source", self.source))


def _section(node: Node, conditions: Conditions) -> Section:
    got = node.fields(["id", "name", "criteria"], ["source"])
    inherited = _Inherited(conditions).under(got)
    criteria = tuple(_criterion(item, inherited) for item in got["criteria"].items())
    section = Section(got["id"].id(), got["name"].text(), criteria)
    node.mark("section", section.id)
    return section


def _criterion(node: Node, inherited: _Inherited) -> Criterion:
    got = node.fields(["id", "name", "questions"], ["source"])
    below = inherited.under(got)
    questions = tuple(_question(item, below) for item in got["questions"].items())
    criterion = Criterion(got["id"].id(), got["name"].text(), questions)
    node.mark("criterion", criterion.id)
    return criterion


def _question(node: Node, inherited: _Inherited) -> Question:
    required: Sequence[str] = ("id", "text", "sufficient_when", "insufficient_when", "applies", "themes")
    got = node.fields(required, ["source", "split_reason", "prompts"])
    source = got.get("source", inherited.source)
    if source is None:
        node.refuse(kinds.MISSING_KEY, key="source")
    question = Question(
        id=got["id"].id(),
        text=got["text"].text(),
        sufficient_when=got["sufficient_when"].text(),
        insufficient_when=got["insufficient_when"].text(),
        applies=inherited.conditions.combined(got["applies"]),
        themes=tuple(theme.string() for theme in got["themes"].items(may_be_empty=True)),
        source=_source(source) if source else Source("", Certainty.OWN),
        split_reason=got["split_reason"].string() if "split_reason" in got else None,
        prompts=_texts(got.get("prompts")),
    )
    node.mark("question", question.id)
    return question
