"""The figures of a committee report as blocks: score table, chart, change, and where each figure is from."""

from collections.abc import Iterator, Set

from aboveline.domain.committee_entry import FigureRef
from aboveline.domain.committee_figures import ComparatorSet, Figures, ScoreSet, ScoreSnapshot, percent_words
from aboveline.rendering.outline import Block, Grid, Heading, Para, printable
from aboveline.rendering.score_chart import ChartRow, score_chart

_COMPARATOR_KINDS = {"lowest", "highest", "average", "rank"}


def figure_blocks(figures: Figures) -> Iterator[Block]:
    """The score table with its chart and notes; nothing where no scores are bound."""
    scores = figures.scores
    if scores is None:
        return
    yield Heading(3, "Scores", "scores")
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
        "No figure in this report is typed. Each is taken from the sets below; if a set changes, the report cannot be "
        "made again until its writer has read it against the new figures.",
        quiet=True,
    )
    yield Grid(
        "Where the figures come from",
        ("Figures", "What they are", "Date", "Based on", "Source", "Fingerprint"),
        tuple(tuple(map(printable, row)) for row in rows),
        (0.13, 0.19, 0.13, 0.13, 0.26, 0.16),
    )


def cases_words(scores: ScoreSet) -> str:
    """How many cases a set of scores rests on: one number where all themes agree."""
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
        blank = ("not printed",) * 3 if comparator and not other else ()
        rows.append(
            (name, *beside, *blank, percent_words(score.percent), _interval_cell(score), score.band or "no band")
        )
    columns = ("Lowest", "Highest", "Average") if comparator else ()
    headings = ("Theme", *columns, printable(scores.area), "95% interval", "Improvement required")
    widths = (0.22, 0.09, 0.095, 0.1, 0.155, 0.155, 0.185) if comparator else (0.36, 0.16, 0.24, 0.24)
    numeric = frozenset(range(1, len(columns) + 2))
    caption = f"{scores.title}, {scores.when} ({cases_words(scores)})"
    if comparator:
        caption += f"; other areas as at {comparator.as_at}"
    return Grid(printable(caption), headings, tuple(tuple(map(printable, row)) for row in rows), widths, numeric)


def _interval_cell(score: ScoreSnapshot) -> str:
    return score.interval_words if score.interval else "not given"


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
            )
        )
    return rows


def _comparator_notes(figures: Figures) -> Iterator[Block]:
    comparator = figures.comparator
    if comparator is None:
        return
    rank = figures.words_for(FigureRef("rank"))
    if rank:
        yield Para(printable(f"{rank[0].upper()}{rank[1:]}."), quiet=True)
    if figures.scores and any(row.lowest_area == figures.scores.area for row in comparator.comparators):
        yield Para(
            printable(f"Lowest scores in the table include {figures.scores.area}’s own earlier ones."), quiet=True
        )
    untested = " ".join(sorted({row.verdict_reason for row in comparator.comparators if row.verdict == "not testable"}))
    if untested:
        yield Para(printable(f"Above or below the average: {untested[:1].lower()}{untested[1:]}"), quiet=True)
    if comparator.caution:
        yield Para(printable(comparator.caution), quiet=True)


def _change(figures: Figures, now: ScoreSet, then: ScoreSet) -> Iterator[Block]:
    yield Heading(3, "Change since the original inspection", "change-since-the-original-inspection")
    rows = tuple(
        (
            score.name,
            percent_words(then.by_theme[score.theme].percent) if score.theme in then.by_theme else "not published",
            then.by_theme[score.theme].band or "no band" if score.theme in then.by_theme else "no band",
            percent_words(score.percent),
            score.band or "no band",
            figures.words_for(FigureRef("change", score.theme)) or "not known",
        )
        for score in now.scores
    )
    headings = ("Theme", then.when, "Improvement then", now.when, "Improvement now", "Change")
    yield Grid(
        printable(f"{then.title} ({cases_words(then)}) and {now.title} ({cases_words(now)})"),
        tuple(map(printable, headings)),
        tuple(tuple(map(printable, row)) for row in rows),
        (0.22, 0.12, 0.16, 0.14, 0.16, 0.2),
        frozenset({1, 3}),
    )
    if not all(score.cases for group in (now, then) for score in group.scores):
        yield Para(
            "The number of cases read is not published for both inspections, so the change cannot be tested. The area "
            "was re-inspected because its first scores were so low, and such scores tend to rise in part by chance.",
            quiet=True,
        )
