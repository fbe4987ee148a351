"""Make up answers that hang together within a case, follow from its facts, and pool to the published percentages.

Each answer comes from a latent value: the criterion's level + the question's own difficulty + the case's quality of
work + chance; above zero the work was sufficient. Levels are set so that criteria come near their aims. Then, for each
theme, the free answers nearest to zero (the least surprising to turn) are turned until the percent is exact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from aboveline.domain.framework import Criterion, Framework, Question
from aboveline.domain.judgement import Answer
from aboveline.exchange.demonstration import PlannedInspection
from aboveline.jobs.demonstration.odds import Odds

#: judged insufficient where the piece of work named after it was never done
FOLLOWS = {
    "Q1.1.2": "Q1.1.1", "Q1.1.3": "Q1.1.1", "Q1.1.5": "Q1.1.4", "Q1.1.6": "Q1.1.4", "Q1.1.10": "Q1.1.9",
    "Q1.1.11": "Q1.1.9", "Q1.2.2": "Q1.2.1", "Q1.2.3": "Q1.2.1", "Q1.2.10": "Q1.2.9", "Q1.2.11": "Q1.2.9",
    "Q1.2.17": "Q1.2.9", "Q1.2.18": "Q1.2.9", "Q1.2.19": "Q1.2.9", "Q1.2.20": "Q1.2.9", "Q1.2.21": "Q1.2.9",
    "Q1.3.2": "Q1.3.1", "Q1.3.3": "Q1.3.1", "Q1.3.7": "Q1.3.6", "Q1.3.8": "Q1.3.6",
}  # fmt: skip
_KINDS = {
    "done": {"Q1.1.1", "Q1.1.4", "Q1.1.9", "Q1.2.1", "Q1.2.9", "Q1.3.1", "Q1.3.6"},
    "on_time": {"Q1.1.2", "Q1.1.5", "Q1.1.10", "Q1.2.2", "Q1.2.10", "Q1.3.2", "Q1.3.7"},
    "quality": {"Q1.1.3", "Q1.1.6", "Q1.1.11", "Q1.2.3", "Q1.2.11", "Q1.3.3", "Q1.3.8"},
    "oversight": {"Q1.1.14", "Q1.3.11", "Q2.1.10", "Q2.3.8"},
    "home_visits": {"Q2.1.6"},
    "urgent": {"Q2.3.1", "Q2.3.2", "Q2.3.3"},
    "custody_and_mappa": {"Q1.2.16", "Q1.3.9", "Q2.2.13", "Q2.1.4", "Q2.1.5"},
}
_DONE_IS_EASIER = 1.7
#: spreads on the logit scale: of questions, of whole cases, and of a case within one criterion
_QUESTIONS, _CASES, _WITHIN = 0.5, 1.0, 0.6
_PLANS = {"Q1.1.9": "rosh", "Q1.3.6": "vulnerability"}
_SCREENINGS = {"Q1.1.1": "rosh", "Q1.3.1": "vulnerability"}
_CLASSES = {"Q1.1.7": "rosh", "Q1.3.4": "vulnerability"}


class CannotReach(ValueError):
    """Raised where no turning of free answers gives the percentages asked for."""


@dataclass
class MadeCase:
    """One case under way. `values` are latent; `fixed` are answers that follow from facts and never turn."""

    number: str
    facts: Mapping[str, str]
    left_out: Mapping[str, str]
    values: dict[str, float] = field(default_factory=dict)
    fixed: dict[str, bool] = field(default_factory=dict)
    turned: dict[str, bool] = field(default_factory=dict)

    def sufficient(self, question: str, level: float) -> bool:
        if question in self.turned:
            return self.turned[question]
        if question in self.fixed:
            return self.fixed[question]
        return self.values[question] + level > 0


def made_cases(
    plan: PlannedInspection, framework: Framework, facts: Mapping[str, Mapping[str, str]], ages: Mapping[str, int]
) -> list[MadeCase]:
    """The latent answers of each case. `facts` are the assessor's by case number, `ages` in years."""
    lean = _leanings(plan, framework)
    return [_case(plan, framework, lean, number, facts[number], ages[number]) for number in sorted(facts)]


def _leanings(plan: PlannedInspection, framework: Framework) -> Mapping[str, float]:
    """How hard each question is: its own difficulty, the same in every inspection, and this one's by kind of work."""
    found = {q.id: Odds("difficulty", q.id).normal(_QUESTIONS) for q in framework.questions}
    kinds = {"done": _DONE_IS_EASIER, **plan.leanings}
    for kind, shift in kinds.items():
        for question in _KINDS[kind]:
            found[question] += shift
    return found


def _case(
    plan: PlannedInspection,
    framework: Framework,
    lean: Mapping[str, float],
    number: str,
    facts: Mapping[str, str],
    age: int,
) -> MadeCase:
    odds = Odds(plan.seed, "judgements", number)
    applying = list(framework.applicable(facts))
    case = MadeCase(number, facts, dict(_left_out(odds, facts, age, {q.id for q in applying})))
    quality = odds.normal(_CASES)
    within = {criterion.id: odds.normal(_WITHIN) for criterion in framework.criteria}
    for question in applying:
        if question.id in case.left_out:
            continue
        base = quality + within[framework.criterion_of[question.id].id] + lean[question.id]
        case.values[question.id] = base + odds.logistic()
    case.fixed |= _follows_from(facts, case.values)
    return case


def _left_out(odds: Odds, facts: Mapping[str, str], age: int, applying: set[str]) -> Iterator[tuple[str, str]]:
    """Questions that would apply by the facts but could not be judged in this case, each with the reason."""
    if age >= 17 and facts["looked_after"] == "yes" and odds.happens(0.6):
        yield from ((q, "no_parent_or_carer") for q in ("Q1.2.5", "Q1.2.14", "Q2.2.7"))
    for question, reason, share in (
        ("Q2.3.2", "not_called_for", 0.5),
        ("Q2.3.3", "not_called_for", 0.2),
        ("Q2.1.3", "not_called_for", 0.25),
        ("Q2.2.13", "too_early", 0.2),
    ):
        if question in applying and odds.happens(share):
            yield question, reason


def _follows_from(facts: Mapping[str, str], judged: Iterable[str]) -> dict[str, bool]:
    """The answers that the facts alone decide."""
    unseen = {"low", "not_assessed"}
    found = {q: facts[f"{name}_recorded"] == facts[f"{name}_should_be"] for q, name in _CLASSES.items()}
    found |= {q: False for q, name in _SCREENINGS.items() if facts[f"{name}_recorded"] == "not_assessed"}
    found |= {q: False for q, name in _PLANS.items() if facts[f"{name}_recorded"] in unseen}
    if facts["non_compliance"] == "no":
        found["Q3.1.2"] = True
    return {q: answer for q, answer in found.items() if q in set(judged)}


class Sheet:
    """All cases of an inspection with the level of each criterion; turns answers to meet the plan."""

    def __init__(self, plan: PlannedInspection, framework: Framework, cases: Sequence[MadeCase]) -> None:
        self.plan, self.framework, self.cases = plan, framework, cases
        self.levels: dict[str, float] = {}
        for criterion in framework.criteria:
            self._set_level(criterion, plan.criteria[criterion.id])

    def answer(self, case: MadeCase, question: str) -> bool:
        root = FOLLOWS.get(question)
        if root and not self.answer(case, root):
            return False
        return case.sufficient(question, self.levels[self.framework.criterion_of[question].id])

    def count(self, questions: Iterable[Question]) -> tuple[int, int]:
        """Sufficient and applicable judgements over these questions."""
        given = [self.answer(case, q.id) for q in questions for case in self.cases if q.id in case.values]
        return sum(given), len(given)

    def _set_level(self, criterion: Criterion, percent: int) -> None:
        """Where the criterion comes nearest to its aim; a higher level never means fewer sufficient."""
        low, high = -8.0, 8.0
        for _ in range(30):
            self.levels[criterion.id] = (low + high) / 2
            sufficient, applicable = self.count(criterion.questions)
            if 100 * sufficient < percent * applicable:
                low = self.levels[criterion.id]
            else:
                high = self.levels[criterion.id]

    def meet(self) -> None:
        """Turn answers until each theme is at its percent. Raises CannotReach."""
        for theme, percent in self.plan.themes.items():
            self._turn(self.framework.theme_questions(theme), percent)

    def _turn(self, questions: Sequence[Question], percent: int) -> None:
        sufficient, applicable = self.count(questions)
        missing = round(percent * applicable / 100) - sufficient
        free = sorted(self._free(questions, towards=missing > 0))
        if len(free) < abs(missing):
            raise CannotReach(f"{abs(missing)} answers would have to turn and {len(free)} can")
        for _, number, question in free[: abs(missing)]:
            case = next(c for c in self.cases if c.number == number)
            case.turned[question] = missing > 0

    def _free(self, questions: Sequence[Question], *, towards: bool) -> Iterator[tuple[float, str, str]]:
        """(surprise, case, question) of what could turn: not what facts decide, others follow or two themes share."""
        roots = set(FOLLOWS.values())
        for question in (q for q in questions if len(q.themes) == 1 and q.id not in roots):
            level = self.levels[self.framework.criterion_of[question.id].id]
            for case in self.cases:
                if question.id not in case.values or question.id in case.fixed:
                    continue
                root = FOLLOWS.get(question.id)
                if (root is None or self.answer(case, root)) and self.answer(case, question.id) is not towards:
                    yield abs(case.values[question.id] + level), case.number, question.id

    def none_made(self, case: MadeCase, question: str) -> bool:
        """True where the piece of work this question judges was never done."""
        root = FOLLOWS.get(question)
        return root is not None and root in case.values and not self.answer(case, root)

    def answers(self, case: MadeCase) -> Mapping[str, tuple[Answer, str]]:
        """The assessor's own answers: those judged, and those left out with the reason. The facts settle the rest."""
        judged = {
            question: (Answer.SUFFICIENT if self.answer(case, question) else Answer.INSUFFICIENT, "")
            for question in case.values
        }
        return judged | {question: (Answer.NOT_APPLICABLE, reason) for question, reason in case.left_out.items()}
