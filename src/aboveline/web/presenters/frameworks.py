"""A framework as reference: its criteria, questions, bands and rules, each with how sure its source is."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aboveline.domain.framework import Certainty, Framework, OrderType, Question, RatingRule, Source
from aboveline.web.components import Cell, Column, SummaryRow, Table
from aboveline.web.presenters.wording import day_of, listed, said, sentence_case

CERTAINTIES: Mapping[Certainty, object] = {
    Certainty.SEEN: gettext_lazy("Seen in its source"),
    Certainty.INFERRED: gettext_lazy("Inferred from sources"),
    Certainty.RECALLED: gettext_lazy("Recalled, no source opened"),
    Certainty.OWN: gettext_lazy("This project’s own choice"),
}


@dataclass(frozen=True, slots=True)
class SourcePart:
    text: str
    certainty: str


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    id: str
    text: str
    sufficient_when: str
    insufficient_when: str
    prompts: tuple[str, ...]
    applies: str
    themes: str
    source: SourcePart


@dataclass(frozen=True, slots=True)
class CriterionEntry:
    id: str
    name: str
    questions: tuple[QuestionEntry, ...]


@dataclass(frozen=True, slots=True)
class SectionEntry:
    id: str
    name: str
    criteria: tuple[CriterionEntry, ...]


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    title: str
    inspectorate: str
    often: str
    facts: tuple[SummaryRow, ...]
    bands: Table
    band_source: SourcePart
    rating: SourcePart | None
    themes: tuple[tuple[str, str, int], ...]
    sections: tuple[SectionEntry, ...]
    orders: Table
    rules: tuple[SourcePart, ...]
    sources: tuple[SourcePart, ...]
    digest: str


def source_part(source: Source) -> SourcePart:
    return SourcePart(source.text, str(CERTAINTIES[source.certainty]))


def framework_page(framework: Framework) -> FrameworkPage:
    often = ngettext(
        "{sections} section, {criteria} criteria and {questions} questions.",
        "{sections} sections, {criteria} criteria and {questions} questions.",
        len(framework.sections),
    ).format(sections=len(framework.sections), criteria=len(framework.criteria), questions=len(framework.questions))
    sections = tuple(
        SectionEntry(
            section.id,
            said(section.name),
            tuple(
                CriterionEntry(c.id, said(c.name), tuple(_question(framework, q) for q in c.questions))
                for c in section.criteria
            ),
        )
        for section in framework.sections
    )
    return FrameworkPage(
        title=said(framework.title),
        inspectorate=said(framework.inspectorate),
        often=often,
        facts=_facts(framework),
        bands=_bands(framework),
        band_source=source_part(framework.band_source),
        themes=tuple(
            (said(theme.name), said(theme.description), len(framework.theme_questions(theme.id)))
            for theme in framework.themes
        ),
        sections=sections,
        orders=_orders(framework),
        rating=_rating(framework),
        rules=(source_part(framework.eligibility.source), source_part(framework.sample.source)),
        sources=tuple(source_part(source) for source in framework.sources),
        digest=framework.digest,
    )


def _rating(framework: Framework) -> SourcePart | None:
    """How a criterion gets its band; None where the framework takes all its judgements together."""
    if framework.rating is None or framework.rating.rule is RatingRule.POOLED_SHARE:
        return None
    found = source_part(framework.rating.source)
    words = _("A criterion is rated by its lowest question. {source}").format(source=found.text)
    return SourcePart(words, found.certainty)


def _question(framework: Framework, question: Question) -> QuestionEntry:
    words = question.applies.words
    names = [said(theme.name) for theme in framework.themes if theme.id in question.themes]
    return QuestionEntry(
        id=question.id,
        text=said(question.text),
        sufficient_when=said(question.sufficient_when),
        insufficient_when=said(question.insufficient_when),
        prompts=tuple(said(prompt) for prompt in question.prompts),
        applies=_("Always") if words is None else _("When {words}").format(words=said(words)),
        themes=listed(names) or _("No headline theme"),
        source=source_part(question.source),
    )


def _facts(framework: Framework) -> tuple[SummaryRow, ...]:
    end = day_of(framework.in_force_to) if framework.in_force_to else _("today")
    rule = framework.eligibility
    eligible = _("Orders that began {least} to {most} months before").format(
        least=rule.start_months_min, most=rule.start_months_max
    )
    rows = [
        SummaryRow(_("Inspectorate"), said(framework.inspectorate)),
        SummaryRow(_("In force"), _("{start} to {end}").format(start=day_of(framework.in_force_from), end=end)),
        SummaryRow(_("Eligible cases"), eligible),
        SummaryRow(_("Reviewed by us before"), day_of(framework.review_by)),
    ]
    if framework.programme_areas:
        rows.insert(2, SummaryRow(_("Areas in the programme"), str(framework.programme_areas)))
    return tuple(rows)


def _bands(framework: Framework) -> Table:
    columns = (
        Column("band", sentence_case(said(framework.band_word)), sortable=False),
        Column("from", _("From"), numeric=True, sortable=False),
        Column("to", _("To"), numeric=True, sortable=False),
    )
    rows = tuple(
        (Cell(said(band.name)), Cell(f"{band.from_percent}%"), Cell(f"{band.to_percent}%")) for band in framework.bands
    )
    return Table("bands", _("Bands, read on the rounded percent"), columns, rows)


def _orders(framework: Framework) -> Table:
    columns = (
        Column("order", _("Order or disposal"), sortable=False),
        Column("eligible", _("Eligible"), sortable=False),
        Column("dates", _("Could be made"), sortable=False),
        Column("certainty", _("How sure"), sortable=False),
    )
    rows = tuple(
        (
            Cell(said(order.name), detail=said(order.note) if order.note else ""),
            Cell(_("Yes") if order.eligible else _("No"), detail=_own_window(order)),
            Cell(_between(order)),
            Cell(str(CERTAINTIES[order.source.certainty]) if order.source else "–"),
        )
        for order in framework.order_types
    )
    return Table("orders", _("Orders and disposals"), columns, rows)


def _own_window(order: OrderType) -> str:
    rule = order.eligibility
    if rule is None:
        return ""
    words = _("began {least} to {most} months before")
    return words.format(least=rule.start_months_min, most=rule.start_months_max)


def _between(order: OrderType) -> str:
    if order.first and order.last:
        return _("{first} to {last}").format(first=day_of(order.first), last=day_of(order.last))
    if order.first:
        return _("From {first}").format(first=day_of(order.first))
    return _("Until {last}").format(last=day_of(order.last)) if order.last else _("Throughout")
