"""Scored inspections without a database, and pages' tables as plain texts."""

from collections.abc import Mapping
from datetime import date

from aboveline.domain.framework import Framework
from aboveline.domain.scoring import score_inspection
from aboveline.jobs.inspections import ScoredInspection
from aboveline.records.models import Inspection, Service
from aboveline.web.components import SummaryRow, Table
from tests.builders import a_framework, judgements


def an_unsaved_inspection(kind: str = "core", held_on: date = date(2009, 6, 1), **changes) -> Inspection:
    service = Service(pk=4, slug="exampleshire", name="Exampleshire service", area="Exampleshire")
    values = {"pk": 7, "service": service, "framework_id": "test-1", "framework_digest": "0" * 64} | changes
    return Inspection(kind=kind, held_on=held_on, **values)


def scored(rows: Mapping[str, Mapping[str, str]], framework: Framework | None = None, **changes) -> ScoredInspection:
    """Score {case: {question: letter}} (see builders.judgements) under the small framework."""
    framework = framework or a_framework()
    scores = score_inspection(framework, judgements(rows), caseload_size=None)
    return ScoredInspection(an_unsaved_inspection(**changes), framework, scores)


def texts(table: Table) -> list[list[str]]:
    return [[str(cell.text) for cell in row] for row in table.rows]


def column(table: Table, key: str) -> list[str]:
    at = [one.key for one in table.columns].index(key)
    return [row[at] for row in texts(table)]


def pairs(rows: tuple[SummaryRow, ...]) -> list[tuple[str, str]]:
    return [(row.key, str(row.value)) for row in rows]
