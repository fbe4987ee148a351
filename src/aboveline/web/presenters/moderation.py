"""Moderation as its lead sees it: scores as computed, what was decided of each, and the cases far from the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import InspectionJudgements
from aboveline.domain.moderation import kept_back_with, outliers, questions_counted
from aboveline.domain.score import Score
from aboveline.jobs.inspections import ScoredInspection
from aboveline.records.models import BandOverride, ScoreMark
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.scale import interval_words
from aboveline.web.presenters.wording import said, sentence_case, short_band

STATES: Mapping[str, object] = {
    ScoreMark.State.SHOWN: gettext_lazy("As computed"),
    ScoreMark.State.PROVISIONAL: gettext_lazy("Provisional"),
    ScoreMark.State.WITHHELD: gettext_lazy("Withheld"),
}
OUTCOMES: Mapping[str, object] = {
    BandOverride.Outcome.PROPOSED: gettext_lazy("Waits for a second person"),
    BandOverride.Outcome.CONFIRMED: gettext_lazy("Confirmed"),
    BandOverride.Outcome.DECLINED: gettext_lazy("Declined"),
    BandOverride.Outcome.WITHDRAWN: gettext_lazy("Withdrawn"),
}


def all_scores(scored: ScoredInspection) -> dict[str, Score]:
    """Every score by its id; ids are unique over a framework's levels."""
    scores = scored.scores
    return {one.id: one for one in (*scores.questions, *scores.criteria, *scores.sections, *scores.themes)}


def score_by_id(scored: ScoredInspection, target: str) -> Score | None:
    return all_scores(scored).get(target)


def moderation_tables(
    scored: ScoredInspection,
    shown: ScoredInspection,
    marks: Mapping[str, ScoreMark],
    overrides: Iterable[BandOverride],
) -> tuple[Table, ...]:
    """Themes, sections, criteria and questions as computed, each with how it is `shown` to others."""
    open_ = {BandOverride.Outcome.PROPOSED, BandOverride.Outcome.CONFIRMED}
    bands = {one.target: one for one in overrides if one.outcome in open_}
    columns = (
        Column("score", _("Work")),
        Column("percent", _("Score as computed"), numeric=True),
        Column("interval", _("95% interval"), numeric=True),
        Column("band", sentence_case(said(scored.framework.band_word))),
        Column("shown", _("How it is shown")),
    )
    levels = (
        ("themes", _("Headline scores"), scored.scores.themes),
        ("sections", _("Sections"), scored.scores.sections),
        ("criteria", _("Criteria"), scored.scores.criteria),
        ("questions", _("Questions"), scored.scores.questions),
    )
    others = all_scores(shown)
    return tuple(
        Table(
            f"moderation-{id_}",
            caption,
            columns,
            tuple(_row(scored, one, others[one.id], marks, bands) for one in scores),
        )
        for id_, caption, scores in levels
    )


def _row(
    scored: ScoredInspection,
    score: Score,
    shown: Score,
    marks: Mapping[str, ScoreMark],
    bands: Mapping[str, BandOverride],
) -> tuple[Cell, ...]:
    override = bands.get(score.id)
    band = Cell(short_band(scored.framework, score.band))
    if override:
        words = _("{band}: {state}").format(
            band=_band(scored.framework, override.band), state=_outcome(override, score)
        )
        band = Cell(short_band(scored.framework, score.band), detail=words)
    return (
        Cell(named(scored.framework, score), href=reverse("moderated-score", args=[scored.inspection.pk, score.id])),
        Cell("–" if score.percent is None else f"{score.percent}%"),
        Cell(interval_words(score.interval)),
        band,
        _shown_cell(shown, marks.get(score.id)),
    )


def _shown_cell(shown: Score, mark: ScoreMark | None) -> Cell:
    """How others see the score; one kept back with another says so, whatever its own mark."""
    state = mark.state if mark else ScoreMark.State.SHOWN
    if shown.withheld and state != ScoreMark.State.WITHHELD:
        return Cell(_("Withheld with another score"), detail=shown.withheld)
    return Cell(str(STATES[state]), detail=mark.reason if mark and state != ScoreMark.State.SHOWN else "")


def kept_back_words(scored: ScoredInspection, target: str) -> str:
    """What else is withheld where this score is, themes to criteria by name and questions by id."""
    found = kept_back_with(scored.framework, scored.scores, target)
    questions = [one.id for one in found if one.id in scored.scores.question_by_id]
    names = [named(scored.framework, one) for one in found if one.id not in scored.scores.question_by_id]
    told = [*names, _("questions {ids}").format(ids=", ".join(questions))] if questions else names
    words = _("Withholding it keeps back everything that counts the same judgements: {scores}.")
    return words.format(scores="; ".join(told)) if told else ""


def _outcome(override: BandOverride, score: Score | None) -> str:
    """What became of a proposed band; one that is open lapses with the computed band that it was decided on."""
    now = score.band.id if score and score.band else ""
    if override.outcome in (BandOverride.Outcome.PROPOSED, BandOverride.Outcome.CONFIRMED) and now != override.computed:
        return _("Lapsed: the computed band is another one now")
    return str(OUTCOMES[override.outcome])


def _band(framework: Framework, band_id: str) -> str:
    return next((short_band(framework, one) for one in framework.bands if one.id == band_id), band_id)


def overrides_table(scored: ScoredInspection, overrides: Sequence[BandOverride]) -> Table:
    columns = (
        Column("score", _("Score")),
        Column("computed", _("Computed")),
        Column("band", _("Proposed")),
        Column("by", _("By")),
        Column("outcome", _("Outcome")),
    )
    names = all_scores(scored)
    rows = tuple(
        (
            Cell(
                said(names[one.target].name) if one.target in names else one.target,
                href=reverse("decide-band", args=[scored.inspection.pk, one.pk]),
            ),
            Cell(_band(scored.framework, one.computed) or "–"),
            Cell(_band(scored.framework, one.band), detail=one.reason),
            Cell(one.proposed_by.name),
            Cell(_outcome(one, names.get(one.target)), detail=one.decided_by.name if one.decided_by else ""),
        )
        for one in overrides
    )
    return Table("overrides", _("Bands put in place of computed ones"), columns, rows)


def named(framework: Framework, score: Score) -> str:
    """A score's name, after its number where it has one; a theme's id is no number."""
    name = said(score.name)
    return name if any(score.id == theme.id for theme in framework.themes) else f"{score.id} {name}"


def override_rows(scored: ScoredInspection, override: BandOverride, computed: str) -> tuple[SummaryRow, ...]:
    """`computed` is the band as computed now."""
    return (
        SummaryRow(_("Score"), override.target),
        SummaryRow(_("Computed when it was proposed"), _band(scored.framework, override.computed) or "–"),
        SummaryRow(_("Computed now"), _band(scored.framework, computed) or "–"),
        SummaryRow(_("Proposed"), _band(scored.framework, override.band)),
        SummaryRow(_("Reason"), override.reason),
        SummaryRow(_("Proposed by"), override.proposed_by.name),
        SummaryRow(_("State"), _outcome(override, score_by_id(scored, override.target))),
    )


def cases_table(
    scored: ScoredInspection, target: str, judgements: InspectionJudgements, sees: Callable[[str], bool]
) -> Table:
    """Each case's own share in this score, the lowest first, for cases this person may see."""
    columns = (
        Column("case", _("Case")),
        Column("share", _("Sufficient of applicable"), numeric=True),
        Column("far", _("Far from the rest")),
    )
    rows = tuple(
        (
            Cell(one.case, href=reverse("case", args=[scored.inspection.pk, one.case])),
            Cell(
                _("{sufficient} of {applicable}").format(sufficient=one.sufficient, applicable=one.applicable),
                detail=f"{one.share:.0%}",
            ),
            Cell(_("Yes: look at it again") if one.outlying else "–"),
        )
        for one in outliers(judgements, questions_counted(scored.framework, target))
        if sees(one.case)
    )
    return Table("cases", _("Cases, the lowest share first"), columns, rows)
