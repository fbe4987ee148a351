"""The figures of a committee report as blocks: score table, chart, change, and where each figure is from."""

from collections.abc import Iterator, Set

from aboveline.domain.committee_change import theme_changes
from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.committee_figures import ComparatorSet, Figures, ScoreSet, ScoreSnapshot, percent_words
from aboveline.domain.reinspection import WARNINGS, Change, ChangeVerdict
from aboveline.rendering.outline import Block, Grid, Heading, Para, printable
from aboveline.rendering.score_chart import ChartRow, score_chart

_COMPARATOR_KINDS = {"lowest", "highest", "average", "rank"}
_VERDICTS = {
    ChangeVerdict.BETTER: "Better",
    ChangeVerdict.WORSE: "Worse",
    ChangeVerdict.NO_CLEAR_CHANGE: "No clear change",
}


def figure_blocks(figures: Figures) -> Iterator[Block]:
    """The score table with its chart and notes; nothing where no scores are bound."""
    scores = figures.scores
    if scores is None:
        return
    yield Heading(3, "Scores", "scores")
    if scores.completion and not scores.completion.complete:
        yield Para(f"The inspection is not finished: {scores.completion.words}. These scores are not its result.")
    yield _score_table(scores, figures.comparator)
    yield Para(_how_to_read(scores, figures.comparator), quiet=True)
    yield score_chart(
        printable(f"{scores.area} beside all areas inspected"), printable(scores.area), _chart_rows(figures)
    )
    if figures.comparator:
        yield from _comparator_notes(figures)
    if figures.original:
        yield from _change(figures, scores, figures.original)


def sources_line(figures: Figures, kinds: Set[str]) -> str:
    """Say when and on how many cases the figures named in a passage rest."""
    parts: list[str] = []
    if figures.scores and kinds & {"score", "band", "change", "cases", "interval"}:
        parts.append(_set_words(figures.scores))
    if figures.original and kinds & {"original", "change"}:
        parts.append(_set_words(figures.original))
    if figures.comparator and kinds & _COMPARATOR_KINDS:
        parts.append(f"{figures.comparator.title}, as at {figures.comparator.as_at}")
    return printable(f"Figures here: {'; '.join(parts)}.") if parts else ""


def figure_sources(figures: Figures) -> Iterator[Block]:
    """A table of every bound set: what it is, its date, its number of cases, its source and its fingerprint."""
    rows = [
        (label, group.title, group.when, cases_words(group), group.source, group.source_digest[7:19])
        for label, group in (("Scores", figures.scores), ("Original scores", figures.original))
        if group
    ]
    if figures.comparator:
        c = figures.comparator
        rows.append(("Comparator", c.title, f"as at {c.as_at}", _areas_words(c), c.source, c.source_digest[7:19]))
    if not rows:
        return
    yield Heading(2, "Sources of the figures", "sources-of-the-figures")
    yield Para(
        "The tables and the chart of scores are filled from the sets below and never typed. If a set changes, the "
        "report cannot be made again until its writer has read it against the new figures.",
        quiet=True,
    )
    yield Grid(
        "Where the figures come from",
        ("Figures", "What they are", "Date", "Based on", "Source", "Fingerprint"),
        tuple(tuple(printable(cell[:1].upper() + cell[1:]) for cell in row[:-1]) + row[-1:] for row in rows),
        (0.145, 0.18, 0.135, 0.13, 0.25, 0.16),
    )


def cases_words(scores: ScoreSet) -> str:
    """How many of its cases are finished; where that is not known the number read, if all themes have the same."""
    if scores.completion:
        return scores.completion.cases_words
    numbers = {score.cases_words for score in scores.scores}
    return numbers.pop() if len(numbers) == 1 else "number of cases differs by theme"


def _areas_words(comparator: ComparatorSet) -> str:
    numbers = {row.areas for row in comparator.comparators if row.areas}
    return f"{numbers.pop()} areas" if len(numbers) == 1 else "number of areas not printed"


def _set_words(scores: ScoreSet) -> str:
    return f"{scores.title}, {scores.when}, {cases_words(scores)}"


def _score_table(scores: ScoreSet, comparator: ComparatorSet | None) -> Grid:
    rows = []
    for score in scores.scores:
        other = comparator.by_theme.get(score.theme) if comparator else None
        beside = tuple(percent_words(v) for v in (other.lowest, other.highest, other.average)) if other else ()
        name = f"{score.name} ({score.description})" if score.description else score.name
        name += f": {score.basis_words}" if score.basis_words else ""
        blank = ("not printed",) * 3 if comparator and not other else ()
        rows.append((name, *beside, *blank, score.words, _interval_cell(score), _band_cell(score)))
    columns = ("Lowest", "Highest", "Average") if comparator else ()
    headings = ("Theme", *columns, printable(scores.area), "95% interval", "Improvement required")
    widths = _widths(scores.area) if comparator else (0.36, 0.16, 0.24, 0.24)
    numeric = frozenset(range(1, len(columns) + 2))
    caption = f"{scores.title}, {scores.when} ({cases_words(scores)})"
    if comparator:
        caption += f"; other areas as at {comparator.as_at}"
    return Grid(printable(caption), headings, tuple(tuple(map(printable, row)) for row in rows), widths, numeric)


def _widths(area: str) -> tuple[float, ...]:
    """Columns in which no heading breaks inside a word, as long as the area's longest word has at most 16 letters."""
    longest = max(map(len, area.split()), default=0)
    # about 2.05 mm for a bold letter and 3.8 mm of margins, in a text 170 mm wide
    own = min(0.22, max(0.1, (2.05 * longest + 3.8) / 170))
    fixed = (0.098, 0.104, 0.11, own, 0.13, 0.15)
    return (1 - sum(fixed), *fixed)


def _interval_cell(score: ScoreSnapshot) -> str:
    return score.interval_words if score.interval else "not given"


def _band_cell(score: ScoreSnapshot) -> str:
    words = score.band_words if score.withheld else score.band
    return f"{words[:1].upper()}{words[1:]}" if words else "no band"


def _how_to_read(scores: ScoreSet, comparator: ComparatorSet | None) -> str:
    words = "A score is how often this kind of work was judged good enough, in the cases that were read."
    reasons = sorted({score.interval_words for score in scores.scores if score.interval is None})
    if reasons:
        words += f" No interval is given ({'; '.join(reasons)}): treat a difference of a few points as no difference."
    if comparator and comparator.basis:
        words += f" Basis of the comparison: {comparator.basis}."
    return printable(words)


def _chart_rows(figures: Figures) -> list[ChartRow]:
    rows = []
    for score in figures.scores.scores if figures.scores else ():
        other = figures.comparator.by_theme.get(score.theme) if figures.comparator else None
        rows.append(
            ChartRow(
                name=score.name,
                score=score.percent,
                lowest=other.lowest if other else None,
                highest=other.highest if other else None,
                average=other.average if other else None,
                interval=(score.interval.low, score.interval.high) if score.interval else None,
                withheld=bool(score.withheld),
            )
        )
    return rows


def _comparator_notes(figures: Figures) -> Iterator[Block]:
    scores, comparator = figures.scores, figures.comparator
    if scores is None or comparator is None:
        return
    rank = figures.words_for(FigureRef("rank"))
    if rank:
        yield Para(printable(f"{rank[0].upper()}{rank[1:]}."), quiet=True)
    own = [s.name for s in scores.scores if _holds_lowest(scores.area, comparator, s.theme)]
    if own:
        yield Para(
            printable(
                f"The lowest score printed is {scores.area}’s own earlier one for {_listed(own)}: the distance from it "
                "and the change over time are one fact told twice."
            ),
            quiet=True,
        )
    yield from (Para(printable(words), quiet=True) for words in _verdicts(scores, comparator))
    if comparator.caution:
        yield Para(printable(comparator.caution), quiet=True)


def _holds_lowest(area: str, comparator: ComparatorSet, theme: str) -> bool:
    row = comparator.by_theme.get(theme)
    return row is not None and area in (row.lowest_area or "").split(", ")


def _verdicts(scores: ScoreSet, comparator: ComparatorSet) -> Iterator[str]:
    """How each theme stands to the average; themes with one reason share a sentence, so that it stands once."""
    found: dict[str, dict[str, list[str]]] = {}
    for score in scores.scores:
        row = comparator.by_theme.get(score.theme)
        if row:
            found.setdefault(row.verdict_reason, {}).setdefault(row.verdict, []).append(score.name)
    for reason, verdicts in found.items():
        told = "; ".join(f"{verdict} for {_listed(names)}" for verdict, names in verdicts.items())
        why = reason.removeprefix("Not testable").lstrip(".: ")
        yield f"Against the average: {told}. {why[:1].upper()}{why[1:]}".strip()


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _change(figures: Figures, now: ScoreSet, then: ScoreSet) -> Iterator[Block]:
    """Each theme then and now; where cases are known also the interval of the change and what the samples show."""
    yield Heading(3, "Change since the original inspection", "change-since-the-original-inspection")
    changes = {change.id: change for change in theme_changes(figures)}
    tested = any(change.interval for change in changes.values())
    rows = [
        (
            score.name,
            _score_and_band(then.by_theme.get(score.theme)),
            _score_and_band(score),
            figures.words_for(FigureRef("change", score.theme)) or "not known",
            *_tested(changes.get(score.theme)),
        )
        for score in now.scores
    ]
    headings = ("Theme", then.when, now.when, "Change", "95% interval of the change", "What the samples show")
    shown = len(headings) if tested else 4
    yield Grid(
        printable(_both(then, now)),
        tuple(map(printable, headings[:shown])),
        tuple(tuple(map(printable, row[:shown])) for row in rows),
        (0.17, 0.165, 0.165, 0.165, 0.185, 0.15) if tested else (0.3, 0.23, 0.23, 0.24),
    )
    if not tested:
        yield Para("The change cannot be tested: single cases are not known for both inspections.", quiet=True)
    yield Para(WARNINGS[0], quiet=True)


def _both(then: ScoreSet, now: ScoreSet) -> str:
    first, second = cases_words(then), cases_words(now)
    if first == second:
        each = " each" if now.scores and now.scores[0].cases and not now.completion else ""
        return f"{then.title} and {now.title} ({first}{each})"
    return f"{then.title} ({first}) and {now.title} ({second})"


def _score_and_band(score: ScoreSnapshot | None) -> str:
    if score is None:
        return "not published"
    return f"{score.words}, {score.band.lower()}" if score.band else score.words


def _tested(change: Change | None) -> tuple[str, str]:
    """The interval of a change in whole points, and its verdict, which rests on the unrounded limits."""
    if change is None or change.interval is None:
        return "not known", "not known"
    low, high = (_signed(round(100 * limit)) for limit in (change.interval.low, change.interval.high))
    return f"{low} to {high} points", _VERDICTS[change.verdict]


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "\N{MINUS SIGN}") if points else "0"
