"""Small builders with sensible defaults: say only what the test is about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from aboveline.domain.framework import (
    Band,
    Certainty,
    Condition,
    Criterion,
    EligibilityRule,
    Framework,
    OrderType,
    Question,
    SampleRule,
    Section,
    Source,
    Text,
    Theme,
)
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement

OWN = Source("made for a test", Certainty.OWN)
LETTERS = {
    "s": Answer.SUFFICIENT,
    "i": Answer.INSUFFICIENT,
    "-": Answer.NOT_APPLICABLE,
    ".": Answer.NOT_ANSWERED,
}
SOMETIMES = Condition(clauses=((("victim", frozenset({"yes"})),),), words=Text("there is a victim"))


def a_question(id_: str = "1.1.1", *themes: str, applies: Condition | None = None) -> Question:
    return Question(
        id=id_,
        text=Text(f"Was {id_} done well enough?"),
        sufficient_when=Text("it was"),
        insufficient_when=Text("it was not"),
        applies=applies or Condition(),
        themes=themes,
        source=OWN,
    )


def a_criterion(id_: str, *questions: Question) -> Criterion:
    return Criterion(id_, Text(f"Criterion {id_}"), questions)


def a_section(id_: str, *criteria: Criterion) -> Section:
    return Section(id_, Text(f"Section {id_}"), criteria)


def some_bands() -> tuple[Band, ...]:
    return (
        Band("drastic", Text("Drastic"), 0, 44),
        Band("substantial", Text("Substantial"), 45, 59),
        Band("moderate", Text("Moderate"), 60, 74),
        Band("minimum", Text("Minimum"), 75, 100),
    )


def small_sections() -> tuple[Section, ...]:
    """Two sections, three criteria, six questions; 1.1.2 applies only sometimes; themes cut across criteria."""
    return (
        a_section(
            "1",
            a_criterion("1.1", a_question("1.1.1", "roh"), a_question("1.1.2", "roh", applies=SOMETIMES)),
            a_criterion("1.2", a_question("1.2.1", "lor"), a_question("1.2.2")),
        ),
        a_section("2", a_criterion("2.1", a_question("2.1.1", "roh", "lor"), a_question("2.1.2", "safeguarding"))),
    )


def a_framework(
    sections: Sequence[Section] | None = None,
    *,
    id_: str = "test-1",
    bands: Sequence[Band] | None = None,
    theme_ids: Iterable[str] = ("safeguarding", "roh", "lor"),
    programme_areas: int | None = 157,
    comparison_excludes: tuple[str, ...] = ("reinspection",),
    order_types: tuple[OrderType, ...] = (),
) -> Framework:
    return Framework(
        id=id_,
        title=Text("A framework for tests"),
        inspectorate=Text("An inspectorate"),
        in_force_from=date(2009, 4, 1),
        in_force_to=date(2012, 8, 31),
        review_by=date(2030, 1, 1),
        sources=(OWN,),
        sections=tuple(small_sections() if sections is None else sections),
        themes=tuple(Theme(theme, Text(theme.title()), Text(f"about {theme}")) for theme in theme_ids),
        bands=tuple(bands or some_bands()),
        band_source=OWN,
        band_word=Text("Improvement required"),
        answers={str(answer): Text(answer.replace("_", " ")) for answer in Answer},
        not_applicable_reasons=(),
        case_facts=(),
        order_types=order_types,
        eligibility=EligibilityRule(3, 12, OWN),
        sample=SampleRule((38, 62), "order_type", ("order_type",), 0.2, OWN),
        comparison_excludes=comparison_excludes,
        programme_areas=programme_areas,
        digest="0" * 64,
    )


def framework_of(questions: int) -> Framework:
    """One criterion of so many questions, all feeding the theme `all`."""
    made = (a_question(f"1.1.{number}", "all") for number in range(1, questions + 1))
    return a_framework([a_section("1", a_criterion("1.1", *made))], theme_ids=("all",))


def judgements(rows: Mapping[str, Mapping[str, str]], cases: Iterable[str] = ()) -> InspectionJudgements:
    """Build from {case: {question: letter}}; s sufficient, i insufficient, - not applicable, . not answered."""
    made = (Judgement(case, question, LETTERS[x]) for case, answers in rows.items() for question, x in answers.items())
    return InspectionJudgements.of(made, {*rows, *cases})


def judgements_of_counts(counts: Sequence[tuple[int, int]]) -> InspectionJudgements:
    """One case for each (sufficient, applicable) pair, for `framework_of` with at least that many questions."""
    return judgements(
        {
            f"C{case:03}": {f"1.1.{q}": "s" if q <= y else "i" for q in range(1, m + 1)}
            for case, (y, m) in enumerate(counts, 1)
        }
    )
