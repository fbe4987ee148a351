"""How far two readers of the same cases agree: by criterion, by assessor and over the whole inspection.

The declared rule for answers: a pair counts only where both readers answered. A question that the case facts of both
readers switched off was judged by neither, so it is no pair either. What is left is read on one of two scales.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from aboveline.domain.chance_agreement import Coefficient, Table, ac1, kappa, percent_agreement
from aboveline.domain.framework import Framework, Text
from aboveline.domain.judgement import Answer
from aboveline.domain.score import Step
from aboveline.domain.sentences import Sentence
from aboveline.domain.statistics import LEVEL, t_quantile

WHOLE = "inspection"
PERFECT = Sentence.of(
    "The readers agreed on every answer. That is no proof that they always would: the interval then rests on the "
    "number of cases alone."
)
FEW_CASES = Sentence.of("The interval is wide because few cases were read twice; more second reads would narrow it.")
_FEW = 5


class Scale(StrEnum):
    """What counts as the same answer, and which answers are looked at."""

    ANSWERS = "answers"
    LINE = "line"

    @property
    def categories(self) -> tuple[Answer, ...]:
        """Answers: all three a reader can give. Line: above or below, where both found that the question applied."""
        line = (Answer.SUFFICIENT, Answer.INSUFFICIENT)
        return line if self is Scale.LINE else (*line, Answer.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class PairedAnswers:
    """Two readers' answers to one question in one case, given blind.

    `by_case_facts`: the case facts of both readers made it not applicable, so nobody judged it. Raises ValueError
    where both readers are the same person.
    """

    case: str
    question: str
    first: Answer
    second: Answer
    first_reader: str
    second_reader: str
    by_case_facts: bool = False

    def __post_init__(self) -> None:
        if self.first_reader == self.second_reader:
            raise ValueError("a second read needs a second reader")

    @property
    def answered(self) -> bool:
        return Answer.NOT_ANSWERED not in (self.first, self.second)

    def counts_on(self, scale: Scale) -> bool:
        return not self.by_case_facts and self.first in scale.categories and self.second in scale.categories


@dataclass(frozen=True)
class Agreement:
    """How far two readers agree in one group of pairs. `table` counts each (first, second) pair of answers.

    `cases` are all cases read twice, `cases_with_pairs` those with a pair in this group. What was left out is counted:
    `not_answered` by at least one reader, `by_case_facts` of both, `not_applicable` to at least one (line scale only).
    """

    id: str
    name: Text | str
    scale: Scale
    cases: int
    cases_with_pairs: int
    table: Table
    not_answered: int
    by_case_facts: int
    not_applicable: int
    share: Coefficient
    ac1: Coefficient
    kappa: Coefficient

    @property
    def pairs(self) -> int:
        return self.table.total()

    @property
    def agreeing(self) -> int:
        return sum(count for (first, second), count in self.table.items() if first is second)

    @property
    def first_above(self) -> int:
        """Pairs in which the first reader found the work sufficient and the second did not."""
        return self.table[Answer.SUFFICIENT, Answer.INSUFFICIENT]

    @property
    def second_above(self) -> int:
        return self.table[Answer.INSUFFICIENT, Answer.SUFFICIENT]

    @property
    def notes(self) -> tuple[Sentence, ...]:
        perfect = (PERFECT,) if self.share.value == 1 and self.share.interval else ()
        few = (FEW_CASES,) if self.share.interval and self.cases_with_pairs < _FEW else ()
        return perfect + few

    def working(self) -> tuple[Step, ...]:
        """Return the steps from counts to intervals, for a reader who wants to check them."""
        counts = (
            Step(
                Sentence.of("Cases read twice, of which with a pair of answers"),
                f"{self.cases}, {self.cases_with_pairs}",
            ),
            Step(Sentence.of("Left out: not answered by at least one reader"), str(self.not_answered)),
            Step(Sentence.of("Left out: switched off by the case facts of both"), str(self.by_case_facts)),
            Step(Sentence.of("Left out: not applicable to one or both"), str(self.not_applicable)),
            Step(Sentence.of("Pairs of answers"), str(self.pairs)),
            Step(Sentence.of("Pairs that agree"), str(self.agreeing)),
        )
        named = (
            (Sentence.of("Percent agreement"), self.share),
            (Sentence.of("Gwet's AC1"), self.ac1),
            (Sentence.of("Cohen's kappa"), self.kappa),
        )
        return (*counts, *(step for name, figure in named for step in self._steps(name, figure)))

    def as_dict(self) -> dict[str, object]:
        return {
            "id": self.id,
            "name": str(self.name),
            "scale": str(self.scale),
            "cases": self.cases,
            "cases_with_pairs": self.cases_with_pairs,
            "pairs": self.pairs,
            "agreeing": self.agreeing,
            "first_above": self.first_above,
            "second_above": self.second_above,
            "not_answered": self.not_answered,
            "by_case_facts": self.by_case_facts,
            "not_applicable": self.not_applicable,
            "share": self.share.as_dict(),
            "ac1": self.ac1.as_dict(),
            "kappa": self.kappa.as_dict(),
            "notes": list(self.notes),
        }

    def _steps(self, name: Sentence, figure: Coefficient) -> tuple[Step, ...]:
        steps = []
        if figure.chance:
            steps.append(Step(Sentence.of("{name}: agreement by chance", name=name), f"{float(figure.chance):.6f}"))
        if figure.value is not None:
            steps.append(Step(name, f"{float(figure.value):.6f}"))
        if figure.interval is None or figure.variance is None:
            return (*steps, Step(Sentence.of("{name}: interval", name=name), figure.reason or ""))
        quantile, limits = t_quantile(self.cases - 1, figure.interval.level), figure.interval
        return (
            *steps,
            Step(Sentence.of("{name}: variance, the case as unit", name=name), f"{float(figure.variance):.8f}"),
            Step(Sentence.of("Student's t with {df} degrees of freedom", df=self.cases - 1), f"{quantile:.6f}"),
            Step(
                Sentence.of("{name}: interval, {method}", name=name, method=limits.method),
                f"{limits.low:.6f} to {limits.high:.6f}",
            ),
        )


@dataclass(frozen=True)
class InspectionAgreement:
    """Agreement over the whole inspection, by criterion, and by the assessor who read first."""

    scale: Scale
    whole: Agreement
    criteria: tuple[Agreement, ...]
    assessors: tuple[Agreement, ...]

    @cached_property
    def criterion_by_id(self) -> dict[str, Agreement]:
        return {agreement.id: agreement for agreement in self.criteria}

    @cached_property
    def assessor_by_id(self) -> dict[str, Agreement]:
        return {agreement.id: agreement for agreement in self.assessors}

    def as_dict(self) -> dict[str, object]:
        return {
            "scale": str(self.scale),
            "whole": self.whole.as_dict(),
            "criteria": [agreement.as_dict() for agreement in self.criteria],
            "assessors": [agreement.as_dict() for agreement in self.assessors],
        }


def inspection_agreement(
    framework: Framework, pairs: Iterable[PairedAnswers], *, scale: Scale = Scale.ANSWERS, level: float = LEVEL
) -> InspectionAgreement:
    """Return the agreement of one inspection's second reads.

    A criterion counts every case read twice; an assessor's row only the cases that this assessor read first. Raises
    KeyError for a question that the framework does not have, ValueError for a case and question that come twice.
    """
    rows = tuple(sorted(pairs, key=lambda pair: (pair.case, pair.question)))
    criterion = {pair.question: framework.criterion_of[pair.question].id for pair in rows}
    everything = agreement(WHOLE, Sentence.of("Whole inspection"), rows, scale=scale, level=level)

    def of_criterion(id_: str) -> Callable[[PairedAnswers], bool]:
        return lambda pair: criterion[pair.question] == id_

    return InspectionAgreement(
        scale=scale,
        whole=everything,
        criteria=tuple(
            agreement(c.id, c.name, rows, of_criterion(c.id), scale=scale, level=level) for c in framework.criteria
        ),
        assessors=tuple(
            agreement(name, name, [pair for pair in rows if pair.first_reader == name], scale=scale, level=level)
            for name in sorted({pair.first_reader for pair in rows})
        ),
    )


def agreement(
    id_: str,
    name: Text | str,
    pairs: Sequence[PairedAnswers],
    chosen: Callable[[PairedAnswers], bool] = lambda _: True,
    *,
    scale: Scale = Scale.ANSWERS,
    level: float = LEVEL,
) -> Agreement:
    """Return the agreement in the `chosen` pairs, over all cases that `pairs` name.

    Raises ValueError for a case and question that come twice.
    """
    if len({(pair.case, pair.question) for pair in pairs}) != len(pairs):
        raise ValueError("a case has two pairs of answers to one question")
    rows = sorted(pairs, key=lambda pair: pair.case)
    tables = [
        Table((p.first, p.second) for p in of_case if chosen(p) and p.counts_on(scale))
        for _, of_case in groupby(rows, key=lambda pair: pair.case)
    ]
    asked = [pair for pair in rows if chosen(pair)]
    judged = [pair for pair in asked if pair.answered and not pair.by_case_facts]
    return Agreement(
        id=id_,
        name=name,
        scale=scale,
        cases=len(tables),
        cases_with_pairs=sum(1 for table in tables if table),
        table=sum(tables, Table()),
        not_answered=sum(not pair.answered for pair in asked),
        by_case_facts=sum(pair.answered and pair.by_case_facts for pair in asked),
        not_applicable=sum(not pair.counts_on(scale) for pair in judged),
        share=percent_agreement(tables, level),
        ac1=ac1(tables, scale.categories, level),
        kappa=kappa(tables, level),
    )
