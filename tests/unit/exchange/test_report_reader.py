"""The shape of a report file: what is refused, where, and in which line."""

import re

import pytest

from aboveline.domain.committee import CommitteeReport
from aboveline.domain.problems import Problem
from aboveline.exchange.councils import objective_lists
from aboveline.exchange.report_reader import read_report
from tests.report_builders import FIXTURES

CLEAN = re.sub(r'"DIGEST_\w+"', '""', (FIXTURES / "clean.yaml").read_text("utf-8"))


def read(text: str) -> tuple[CommitteeReport | None, tuple[Problem, ...]]:
    result = read_report(text.encode(), file="r.yaml", objective_lists=objective_lists())
    return (result.value.report if result.value else None), result.problems


@pytest.fixture
def clean() -> str:
    return CLEAN


def test_a_file_that_is_no_yaml_or_no_mapping() -> None:
    assert [p.code for p in read("a: [")[1]] == ["yaml.syntax"]
    assert [p.code for p in read("- 1")[1]] == ["report.wrong-shape"]
    assert read("x" * 600_000)[1][0].code == "yaml.too-large"


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("date: 2024-06-11", "date: 2024", "report_to.0.date"),
        ("kind: executive,", "kind: cabinet,", "report_to.0.kind"),
        ("status: cleared", "status: final", "status"),
        ("is_key: true", "is_key: yes", "key_decision.is_key"),
        ("2024/25: 1000", "2024/25: 1000.5", "financial.capital.gross.2024/25"),
        ("2024/25: 1000", "2024/25: true", "financial.capital.gross.2024/25"),
        ("gross: {2024/25: 1000", "gross: {2024/26: 1000", "financial.capital.gross.2024/26"),
        ("legal: The", "legal: {maybe: The", "legal"),
        ("paragraphs: [3]", "paragraphs: [three]", "access.paragraphs.0"),
        ("learning_community: positive", "learning_community: good", "corporate_objectives.impacts.learning_community"),
        ("action_status: complete", "action_status: done", "improvement_plan.0.action_status"),
        ("wards: [All]", "wards: All", "wards"),
        ("council: Northmoor Council", "council: 12", "council"),
    ],
)
def test_wrong_values_are_placed(clean: str, before: str, after: str, path: str) -> None:
    assert before in clean
    text = clean.replace(before, after, 1)
    if after.startswith("legal"):
        text = text.replace("Disorder Act 1998.", "Disorder Act 1998.}")
    value, problems = read(text)
    assert value is None
    found = {p.place.path for p in problems}
    assert path in found, found
    assert all(p.place.line == text[: text.index(after)].count("\n") + 1 for p in problems if p.place.path == path)


def test_every_wrong_value_is_told_at_once(clean: str) -> None:
    text = (
        clean.replace("status: cleared", "status: final")
        .replace("is_key: true", "is_key: 1")
        .replace("\nlegal:", "\nlegl:")
    )
    assert {p.place.path for p in read(text)[1]} == {"status", "key_decision.is_key", "legl"}


def test_states_of_an_entry(clean: str) -> None:
    report, problems = read(clean)
    assert problems == ()
    assert report is not None
    assert report.asset_management.words == "Not applicable: no asset is concerned"
    assert report.budget_policy_framework.words == "Not considered: nothing changes"
    empty, _ = read(clean.replace("ensuring_integration: Partners work together.", "ensuring_integration:"))
    assert empty is not None
    assert empty.ensuring_integration.words == "Not yet completed"
    none, _ = read(
        clean.replace("  - {title: Audit of case files, location: Civic Centre}", "  {not_applicable: none used}")
    )
    assert none is not None
    assert none.background_papers.words == "Not applicable: none used"
