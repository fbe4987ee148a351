"""Builds a committee report: read, bind its figures, check everything, render, and scan what was made."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Protocol

from aboveline.domain import committee_problems as kinds
from aboveline.domain.committee import CommitteeReport
from aboveline.domain.committee_checks import check_completion, check_report
from aboveline.domain.committee_figures import Binding, ComparatorSet, Figures, ScoreSet
from aboveline.domain.committee_prose import check_prose
from aboveline.domain.problems import Checked, Place, Problem, checked
from aboveline.exchange.councils import objective_lists, rule_sets
from aboveline.exchange.limited import ChildStopped, Limits, build_limited
from aboveline.exchange.report_reader import ReportFile, read_report
from aboveline.exchange.yaml_given import read_given_yaml
from aboveline.rendering.font_coverage import missing_letters
from aboveline.rendering.outline import Outline
from aboveline.rendering.outline_json import outline_as_json
from aboveline.rendering.report_outline import report_outline


class FigureSource(Protocol):
    """Where figures come from: published data, or the inspections of this system."""

    def scores(self, reference: str) -> ScoreSet | None:
        """Return the scores a reference names, or None where there are none."""

    def comparator(self, reference: str, beside: ScoreSet | None) -> ComparatorSet | None:
        """Return the comparator set a reference names, as it stands to `beside`; None where there is none."""


@dataclass(frozen=True)
class BuiltReport:
    """A report that may be rendered, with its figures."""

    report: CommitteeReport
    figures: Figures
    outline: Outline


@dataclass
class _Bound:
    figures: Figures
    problems: list[Problem] = field(default_factory=list)


def open_report(data: bytes, *, file: str, source: FigureSource) -> Checked[BuiltReport]:
    """Read a report file and return it ready to render, with every problem of file, figures, prose, money and law."""
    read = read_report(data, file=file, objective_lists=objective_lists(), read_text=read_given_yaml)
    if read.value is None:
        return Checked(None, read.problems)
    built, found = build_report(read.value.report, source)
    problems = (*read.problems, *_placed(read.value, found))
    return Checked(None, problems) if built is None else checked(built, problems)


def build_report(report: CommitteeReport, source: FigureSource) -> tuple[BuiltReport | None, tuple[Problem, ...]]:
    """Bind a report to its figures and check it. The report is None only where it goes to nobody."""
    bound = _bind(report, source)
    figures = bound.figures
    checks = (*check_completion(report, figures), *check_prose(report, figures))
    problems = (*check_report(report, rule_sets()), *bound.problems, *checks)
    if not report.submissions:
        return None, problems
    outline = report_outline(report, bound.figures)
    return BuiltReport(report, bound.figures, outline), (*problems, *_letters(outline))


def _letters(outline: Outline) -> Iterator[Problem]:
    missing = missing_letters(json.dumps(asdict(outline), ensure_ascii=False, default=list))
    if missing:
        yield kinds.LETTER_NOT_IN_FONT.at(value=missing, letters=" ".join(missing))


def _placed(file: ReportFile, problems: Sequence[Problem]) -> Iterator[Problem]:
    return (file.placed(problem) for problem in problems)


def _bind(report: CommitteeReport, source: FigureSource) -> _Bound:
    """Resolve each set of figures; one that is missing or has changed since it was bound is a problem."""
    wanted = report.figures
    scores = source.scores(wanted.scores.reference) if wanted.scores else None
    original = source.scores(wanted.original.reference) if wanted.original else None
    comparator = source.comparator(wanted.comparator.reference, scores) if wanted.comparator else None
    bound = _Bound(Figures(scores, original, comparator))
    found = {"scores": scores, "original": original, "comparator": comparator}
    for name, binding in wanted.named():
        bound.problems += _check_binding(name, binding, found[name])
    bound.problems += _themes(bound.figures)
    return bound


def _check_binding(name: str, binding: Binding, found: ScoreSet | ComparatorSet | None) -> Iterator[Problem]:
    place = Place(path=f"figures.{name}")
    if found is None:
        yield kinds.UNKNOWN_SOURCE.at(place, value=binding.reference, reference=binding.reference)
    elif not binding.digest:
        yield kinds.NOT_PINNED.at(place, reference=binding.reference, digest=found.source_digest)
    elif binding.digest != found.source_digest:
        yield kinds.FIGURE_CHANGED.at(place, reference=binding.reference, digest=found.source_digest)


def _themes(figures: Figures) -> Iterator[Problem]:
    if figures.scores is None:
        return
    own = set(figures.scores.by_theme)
    for name, other in (("original", figures.original), ("comparator", figures.comparator)):
        if other is not None and set(other.by_theme) != own:
            words = {"scores": ", ".join(sorted(own)), "found": ", ".join(sorted(other.by_theme)) or "none"}
            yield kinds.THEMES_DIFFER.at(Place(path=f"figures.{name}"), other=name, **words)


#: the formats a report can be made in, by the ending of the file's name
FORMATS = (".docx", ".pdf", ".html")

#: the longest table a report can hold takes a sixth of the time as DOCX and a third of the memory as PDF; a worker of
#: the server is given up after 30 s
BUILD_LIMITS = Limits(memory_bytes=1_000_000_000, cpu_seconds=20, wall_seconds=25.0)


def render_report(outline: Outline, ending: str) -> Checked[bytes]:
    """Return the document in the format of an ending, made in a limited child; a child that stops is a problem.

    Raises KeyError for another ending.
    """
    if ending not in FORMATS:
        raise KeyError(ending)
    form = ending.removeprefix(".")
    try:
        made = build_limited(f"aboveline.rendering.report_builds:{form}", outline_as_json(outline), BUILD_LIMITS)
    except ChildStopped as stopped:
        return Checked(None, (kinds.BUILD_STOPPED.at(form=form.upper(), reason=stopped.reason),))
    return Checked(made)
