"""Score an inspection from a file of judgements, and set a re-inspection against its original."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aboveline.domain.framework import Framework
from aboveline.domain.judgement import InspectionJudgements
from aboveline.domain.problems import Checked, ProblemsFound
from aboveline.domain.question_set import QuestionSet, question_set
from aboveline.domain.reinspection import SAME_FILE, PlanCarriedOut, Reinspection, reinspect
from aboveline.domain.scoring import InspectionScores, score_inspection
from aboveline.exchange.frameworks import load_framework
from aboveline.exchange.judgements import COLUMNS, read_judgements

#: what a set of questions named on the command line is called
SHORT_SET = "Short question set"


@dataclass(frozen=True, slots=True)
class JudgementFile:
    """A file as given; `caseload_size` is the number of all eligible cases, None where it is not known."""

    name: str
    data: bytes
    caseload_size: int | None = None

    @classmethod
    def at(cls, path: Path, caseload_size: int | None = None) -> "JudgementFile":
        """Read a file from disk, but no more of it than decides whether it is too large."""
        with path.open("rb") as file:
            return cls(path.name, file.read(COLUMNS.limit_bytes + 1), caseload_size)


def score_file(
    file: JudgementFile, framework_id: str, questions: Sequence[str] | None = None
) -> Checked[InspectionScores]:
    """Score a file under a framework, over the questions with these ids only where they are given.

    Raises ProblemsFound only for an unknown or broken framework.
    """
    framework = load_framework(framework_id)
    found: Checked[QuestionSet] = Checked(None)
    if questions is not None:
        found = question_set(framework, SHORT_SET, questions)
    if found.errors:
        return Checked(None, found.problems)
    scored = _score(file, framework, found.value)[1]
    return Checked(scored.value, (*found.problems, *scored.problems))


def reinspect_files(
    original: JudgementFile,
    new: JudgementFile,
    framework_id: str,
    first_plan: PlanCarriedOut = PlanCarriedOut.NOT_RECORDED,
) -> Checked[Reinspection]:
    """Score two files and compare them, with the problems of both. Raises ProblemsFound for an unknown framework."""
    framework = load_framework(framework_id)
    (first, before), (second, after) = (_score(file, framework) for file in (original, new))
    problems = [*before.problems, *after.problems]
    if before.value is None or after.value is None:
        return Checked(None, tuple(problems))
    if first == second:
        problems.append(SAME_FILE.at(file=new.name))
    result = reinspect(before.value, after.value, first_plan_carried_out=first_plan)
    return Checked(result, (*problems, *result.problems))


def _score(
    file: JudgementFile, framework: Framework, asked: QuestionSet | None = None
) -> tuple[InspectionJudgements | None, Checked[InspectionScores]]:
    read = read_judgements(file.data, file=file.name, framework=framework)
    if read.value is None:
        return None, Checked(None, read.problems)
    try:
        scores = score_inspection(framework, read.value, caseload_size=file.caseload_size, question_set=asked)
    except ProblemsFound as refused:
        return read.value, Checked(None, (*read.problems, *refused.problems))
    return read.value, Checked(scores, read.problems)
