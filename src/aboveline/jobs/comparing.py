"""Compare an area with what has been published, as at a date."""

from collections.abc import Mapping
from datetime import date

from aboveline.domain import comparison_problems as kinds
from aboveline.domain.comparator import Basis, Comparator, printed_comparator, rows_comparator
from aboveline.domain.comparison import AreaScore, Comparison, compare
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked, Problem, checked, nearest_of
from aboveline.domain.published import PublishedData
from aboveline.exchange.frameworks import load_framework
from aboveline.exchange.published import load_published, published_frameworks


def published_comparator(framework: Framework, as_at: date, basis: Basis = Basis.PRINTED) -> Comparator:
    """The comparator set that comes with the product, frozen as at a date."""
    data = load_published(framework.id)
    if basis is Basis.ROWS:
        return rows_comparator(framework, data.results, as_at)
    return printed_comparator(framework, data.tables, data.results, as_at)


def compare_area(
    area: str, theme_scores: str, as_at: date, framework_id: str, basis: Basis = Basis.PRINTED
) -> Checked[Comparison]:
    """Compare scores written as `safeguarding=75,roh=70`. Raises ProblemsFound only for an unknown framework."""
    framework = load_framework(framework_id)
    scores = read_theme_scores(theme_scores, framework)
    data = load_published(framework_id)
    area, found = _known_area(area.strip(), data)
    problems = [*scores.problems, *found]
    if not data.results:
        problems.append(kinds.NOT_PUBLISHED.at(value=framework_id, known=", ".join(published_frameworks())))
    if not scores.value or not area or not data.results:
        return Checked(None, tuple(problems))
    return checked(compare(framework, area, scores.value, published_comparator(framework, as_at, basis)), problems)


def read_theme_scores(text: str, framework: Framework) -> Checked[Mapping[str, AreaScore]]:
    """Read `theme=percent,theme=percent`."""
    scores: dict[str, AreaScore] = {}
    problems: list[Problem] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        theme, _, percent = (piece.strip() for piece in part.partition("="))
        problem = _wrong(part, theme, percent, framework, scores)
        if problem:
            problems.append(problem)
        else:
            scores[theme] = AreaScore.of_percent(int(percent.removesuffix("%")))
    if not scores and not problems:
        problems.append(kinds.NO_SCORES.at())
    return checked(scores, problems)


def _wrong(
    part: str, theme: str, percent: str, framework: Framework, scores: Mapping[str, AreaScore]
) -> Problem | None:
    number = percent.removesuffix("%")
    if not (theme and number.isascii() and number.isdigit() and len(number) < 4 and int(number) <= 100):
        return kinds.BAD_SCORE.at(value=part)
    known = [known.id for known in framework.themes]
    if theme not in known:
        near = nearest_of(theme.lower(), known)
        return kinds.UNKNOWN_THEME.at(value=theme, nearest=near, allowed=", ".join(known))
    return kinds.REPEATED_THEME.at(value=theme) if theme in scores else None


def _known_area(area: str, data: PublishedData) -> tuple[str, list[Problem]]:
    """The area as it is published; a name that is nearly a published one would quietly lose its own earlier scores."""
    known = {result.area.casefold(): result.area for result in data.results}
    if not area:
        return area, [kinds.NO_AREA.at()]
    if area.casefold() in known:
        return known[area.casefold()], []
    near = nearest_of(area, sorted(known.values()))
    return area, [kinds.AREA_SPELLING.at(value=area, nearest=near)] if near else []
