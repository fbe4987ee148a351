"""A new committee report: every block of the template blank, its figures bound to one inspection and pinned."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from aboveline.domain.committee_figures import ScoreSet
from aboveline.domain.committee_finance import FinancialYear, MoneyRow
from aboveline.domain.governance_rules import rules_on
from aboveline.jobs.inspections import compared_frameworks
from aboveline.jobs.service_report_figures import RecordFigures, reference_to
from aboveline.jobs.service_reports import Tree, rule_sets, text_of
from aboveline.records.models import Inspection


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a report cannot start without. `jurisdiction` is a country that has rule sets."""

    subject: str
    council: str
    jurisdiction: str
    body: str
    body_kind: str
    meets_on: date
    report_of: str
    contact: str


def jurisdictions() -> tuple[str, ...]:
    return tuple(sorted({rules.jurisdiction for rules in rule_sets()}))


def started(beginning: Beginning, inspection: Inspection) -> str:
    """Return the text of a new draft. What nobody has said yet stays blank: it is never "not applicable"."""
    rules = rules_on(rule_sets(), beginning.jurisdiction, beginning.meets_on)
    figures, opening = _figures(inspection)
    return text_of(
        {
            "council": beginning.council,
            "subject": beginning.subject,
            "status": "draft",
            "rule_set": rules.id if rules else "",
            "report_to": [{"body": beginning.body, "kind": beginning.body_kind, "date": beginning.meets_on}],
            "report_of": {"post": beginning.report_of},
            "contact_officer": {"post": beginning.contact},
            "figures": figures,
            "purpose": opening,
            "financial": _amounts(beginning.meets_on),
        }
    )


def _amounts(day: date) -> Tree:
    """Every row of four years, each amount null: not stated yet, which is not zero."""
    years = [str(year) for year in FinancialYear.four_from(day)]
    found: Tree = {}
    for row in MoneyRow:
        section, _, name = row.partition(".")
        found.setdefault(section, {})[name] = dict.fromkeys(years)
    return found


def figures_of(inspection: Inspection) -> Tree:
    """The bindings of a report to an inspection on record, its first inspection, and what was published by then."""
    return _figures(inspection)[0]


def _figures(inspection: Inspection) -> tuple[Tree, list[str]]:
    source = RecordFigures(inspection.service)
    own = source.scores(reference_to(inspection))
    if own is None:
        return {}, []
    figures: Tree = {"scores": {"inspection": own.reference, "digest": own.source_digest}}
    original = source.scores(reference_to(inspection.original)) if inspection.original else None
    if original and set(original.by_theme) == set(own.by_theme):
        figures["original"] = {"inspection": original.reference, "digest": original.source_digest}
    if inspection.framework_id in compared_frameworks():
        day = inspection.published_on or timezone.localdate()
        reference = f"printed:{inspection.framework_id}@{day.isoformat()}"
        found = source.comparator(reference, own)
        if found and set(found.by_theme) == set(own.by_theme):
            figures["comparator"] = {"set": reference, "digest": found.source_digest}
    return figures, _opening(own, original if "original" in figures else None)


def _opening(own: ScoreSet, original: ScoreSet | None) -> list[str]:
    """One sentence on each theme in references, so that the writer sees how a figure is put into the text."""
    lines = [f"How often the work was good enough ({own.title}, {own.when}):"]
    for score in own.scores:
        then = f", against {{{{original.{score.theme}}}}} in {original.when}" if original else ""
        lines.append(f"- {score.name}: {{{{score.{score.theme}}}}} (95% interval {{{{interval.{score.theme}}}}}){then}")
    return lines
