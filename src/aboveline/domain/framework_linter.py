"""Proves the rules between the parts of a framework: whatever a page, a draw or a score later relies on.

What the reader could not read (an empty id, a number of -1, the first of all days) is passed over: it is reported.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from aboveline.domain import framework_problems as kinds
from aboveline.domain.framework import (
    SAMPLE_VARIABLES,
    Band,
    CaseFact,
    Condition,
    EligibilityRule,
    Framework,
    RatingRule,
    Text,
)
from aboveline.domain.framework_node import NO_DAY
from aboveline.domain.problems import Place, Problem, ProblemKind, nearest_of
from aboveline.domain.sentences import Sentence

#: more prompts than this and a question is no longer one
LIMIT_PROMPTS = 12

Places = Mapping[tuple[str, str], tuple[str, Place]]


@dataclass(frozen=True)
class _Book:
    """Puts a problem where the thing it is about stands in the files."""

    framework: Framework
    places: Places = field(default_factory=dict)

    def at(
        self,
        kind: ProblemKind,
        thing: str,
        id: str = "",
        /,
        *,
        value: object = None,
        nearest: str | None = None,
        **words: object,
    ) -> Problem:
        file, place = self.places.get((thing, id), (None, Place()))
        return kind.at(place, file=file, value=value, nearest=nearest, **words)


def lint(framework: Framework, places: Places | None = None) -> tuple[Problem, ...]:
    """Every broken rule of the framework; `places` says where each (thing, id) stands in its files."""
    book = _Book(framework, places or {})
    rules: tuple[Callable[[_Book], Iterable[Problem]], ...] = (
        _unique_ids,
        _bands_cover,
        _themes_exist,
        _themes_scored,
        _questions_apply,
        _dates_in_order,
        _orders_in_time,
        _sample_variables,
        _words_apart,
        _prompts_few,
        _lowest_of_several,
    )
    return tuple(problem for rule in rules for problem in rule(book))


def _unique_ids(book: _Book) -> Iterator[Problem]:
    framework = book.framework
    groups: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("section", Sentence.of("sections"), (s.id for s in framework.sections)),
        ("criterion", Sentence.of("criteria"), (c.id for c in framework.criteria)),
        ("question", Sentence.of("questions"), (q.id for q in framework.questions)),
        ("theme", Sentence.of("themes"), (t.id for t in framework.themes)),
        ("band", Sentence.of("bands"), (b.id for b in framework.bands)),
        ("order type", Sentence.of("order types"), (o.id for o in framework.order_types)),
        ("reason", Sentence.of("reasons"), (r.id for r in framework.not_applicable_reasons)),
        ("case fact", Sentence.of("case facts"), (f.id for f in framework.case_facts)),
        *(("option", Sentence.of("options of {fact}", fact=fact.id), fact.option_ids) for fact in framework.case_facts),
    )
    for thing, things, ids in groups:
        for id, times in Counter(ids).items():
            if id and times > 1:
                yield book.at(kinds.DUPLICATE_ID, thing, id, things=things, id=id)


def _bands_cover(book: _Book) -> Iterator[Problem]:
    bands = book.framework.bands
    if not bands or any(-1 in (band.from_percent, band.to_percent) for band in bands):
        return
    for covered, first, last in band_runs(bands):
        if covered != 1:
            kind = kinds.BANDS_OVERLAP if covered else kinds.BANDS_GAP
            percents = (
                f"{first}%" if first == last else Sentence.of("{low} to {high}", low=f"{first}%", high=f"{last}%")
            )
            yield book.at(kind, "bands", percents=percents)


def band_runs(bands: Iterable[Band]) -> Iterator[tuple[int, int, int]]:
    """Runs of whole percents from 0 to 100 as (how many bands cover them: 0, 1 or 2 for more, first, last)."""
    ranges = [(band.from_percent, band.to_percent) for band in bands]
    for covered, run in groupby(range(101), lambda p: min(2, sum(low <= p <= high for low, high in ranges))):
        percents = list(run)
        yield covered, percents[0], percents[-1]


def _themes_exist(book: _Book) -> Iterator[Problem]:
    known = [theme.id for theme in book.framework.themes]
    for question in book.framework.questions if known else ():
        for name in question.themes:
            if name and name not in known:
                near = nearest_of(name, known)
                words = {"name": name, "allowed": ", ".join(known)}
                yield book.at(kinds.UNKNOWN_THEME, "question", question.id, value=name, nearest=near, **words)


def _themes_scored(book: _Book) -> Iterator[Problem]:
    for theme in book.framework.themes:
        if theme.id and not book.framework.theme_questions(theme.id):
            yield book.at(kinds.THEME_WITHOUT_QUESTIONS, "theme", theme.id, id=theme.id)


def _questions_apply(book: _Book) -> Iterator[Problem]:
    for question in book.framework.questions:
        if not satisfiable(question.applies, book.framework.case_facts):
            yield book.at(kinds.NEVER_APPLIES, "question", question.id)


def satisfiable(condition: Condition, facts: Iterable[CaseFact]) -> bool:
    """True when some answers to the case facts make the condition hold; each clause is tried by each of its pairs."""
    options = {fact.id: frozenset(fact.option_ids) for fact in facts}

    def holds_from(clause: int, chosen: Mapping[str, frozenset[str]]) -> bool:
        if clause == len(condition.clauses):
            return True
        for fact, allowed in condition.clauses[clause]:
            left = chosen.get(fact, options.get(fact, frozenset())) & allowed
            if left and holds_from(clause + 1, {**chosen, fact: left}):
                return True
        return False

    return holds_from(0, {})


def _dates_in_order(book: _Book) -> Iterator[Problem]:
    framework = book.framework
    spans: list[tuple[str, str, date | None, date | None]] = [
        ("framework", "", framework.in_force_from, framework.in_force_to),
        *(("order type", order.id, order.first, order.last) for order in framework.order_types),
    ]
    for thing, id, first, last in spans:
        if first and last and last != NO_DAY and last < first:
            yield book.at(kinds.DATES_REVERSED, thing, id, first=first, last=last)
    if NO_DAY != framework.review_by < framework.in_force_from:
        review, first = framework.review_by, framework.in_force_from
        yield book.at(kinds.REVIEW_TOO_EARLY, "framework", review=review, first=first)
    own = (("order type", order.id, order.eligibility) for order in framework.order_types if order.eligibility)
    for thing, id, rule in (("eligibility", "", framework.eligibility), *own):
        low, high = rule.start_months_min, rule.start_months_max
        if -1 not in (low, high) and high < low:
            yield book.at(kinds.WINDOW_REVERSED, thing, id, low=low, high=high)


def _orders_in_time(book: _Book) -> Iterator[Problem]:
    framework = book.framework
    if framework.order_types and not any(order.eligible for order in framework.order_types):
        yield book.at(kinds.NO_ELIGIBLE_ORDER, "order type", framework.order_types[0].id)
    yield from (
        book.at(kinds.WINDOW_UNUSED, "order type", order.id, id=order.id)
        for order in framework.order_types
        if order.eligibility and not order.eligible
    )
    if NO_DAY in (framework.in_force_from, framework.in_force_to):
        return
    for order in framework.order_types:
        earliest = _earliest_start(framework.in_force_from, framework.eligibility_of(order))
        ended = order.last is not None and NO_DAY != order.last < earliest
        unborn = order.first is not None and framework.in_force_to is not None and order.first > framework.in_force_to
        if order.eligible and (ended or unborn):
            yield book.at(kinds.ORDER_OUT_OF_TIME, "order type", order.id, id=order.id)


def _earliest_start(in_force_from: date, rule: EligibilityRule) -> date:
    return in_force_from - timedelta(days=31 * max(0, rule.start_months_max))


def _sample_variables(book: _Book) -> Iterator[Problem]:
    sample = book.framework.sample
    allowed = ", ".join(SAMPLE_VARIABLES)
    for name in dict.fromkeys((sample.stratify_by, *sample.balance_on)):
        if name and name not in SAMPLE_VARIABLES:
            near = nearest_of(name, SAMPLE_VARIABLES)
            yield book.at(kinds.UNKNOWN_VARIABLE, "sample", value=name, nearest=near, name=name, allowed=allowed)


def _words_apart(book: _Book) -> Iterator[Problem]:
    """Answers, bands and the prompts of a question are chosen or read by their words, so these must differ."""
    framework = book.framework
    groups: tuple[tuple[str, str, str, Iterable[Text]], ...] = (
        ("answers", "", "answers", framework.answers.values()),
        ("bands", "", "bands", (band.name for band in framework.bands)),
        *(("question", question.id, "prompts", question.prompts) for question in framework.questions),
    )
    for thing, id, things, texts in groups:
        for words, times in Counter(text.en.casefold() for text in texts).items():
            if words and times > 1:
                yield book.at(kinds.REPEATED_WORDS, thing, id, value=words, things=things, words=words)


def _prompts_few(book: _Book) -> Iterator[Problem]:
    for question in book.framework.questions:
        if len(question.prompts) > LIMIT_PROMPTS:
            yield book.at(kinds.TOO_MANY_PROMPTS, "question", question.id, limit=LIMIT_PROMPTS)


def _lowest_of_several(book: _Book) -> Iterator[Problem]:
    if book.framework.rating_rule is RatingRule.LOWEST_QUESTION:
        for criterion in book.framework.criteria:
            if len(criterion.questions) == 1:
                yield book.at(kinds.LOWEST_OF_ONE, "criterion", criterion.id)
