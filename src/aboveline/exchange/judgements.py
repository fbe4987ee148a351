"""Reads the judgements of a whole inspection from CSV: case,question,answer[,assessor][,note], one judgement a row."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from aboveline.domain import judgement_problems as kinds
from aboveline.domain.csv_problems import READER_STOPPED
from aboveline.domain.framework import Framework
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement, answer_from
from aboveline.domain.problems import Checked, Place, Problem, ProblemKind, checked, nearest_of, problem_carried
from aboveline.exchange.csv_text import Columns, CsvRow, read_csv
from aboveline.exchange.identifying_columns import looks_like_name
from aboveline.exchange.limited import ChildStopped, Limits, run_limited

COLUMNS = Columns(required=("case", "question", "answer"), optional=("assessor", "note"))

#: a file at its limit of 8 MB takes 150 MB and 1 s while it is taken apart, one in letters of four bytes the double
LIMITS = Limits(memory_bytes=400_000_000, cpu_seconds=10)

#: the nearest valid name costs time, so only so many different wrong names get one
NEAREST_LIMIT = 50

#: longer values are notes, not answers or questions
SHOWN_CHARACTERS = 30


def read_judgements(data: bytes, *, file: str, framework: Framework) -> Checked[InspectionJudgements]:
    """Read an inspection: `read_rows`, then `judgements_in`."""
    return judgements_in(read_rows(data, file=file), file=file, framework=framework)


def read_rows(data: bytes, *, file: str) -> Checked[tuple[CsvRow, ...]]:
    """Return the rows of a file as text; it is taken apart in a limited child, and breaking that is a problem."""
    try:
        read: Any = run_limited("aboveline.exchange.judgements:parse", data[: COLUMNS.limit_bytes + 1], LIMITS)
    except ChildStopped as stopped:
        return Checked(None, (READER_STOPPED.at(file=file, reason=stopped.reason),))
    problems = tuple(replace(problem_carried(item), file=file) for item in read["problems"])
    rows = read["rows"]
    return Checked(None if rows is None else tuple(CsvRow(number, cells) for number, cells in rows), problems)


def parse(data: bytes) -> dict[str, object]:
    """The child's half of `read_rows`: {rows, problems}, rows as [number, cells by column]."""
    read = read_csv(data, file="", columns=COLUMNS)
    rows = None if read.value is None else [[row.number, dict(row.cells)] for row in read.value]
    return {"rows": rows, "problems": [problem.carried() for problem in read.problems]}


def judgements_in(
    table: Checked[tuple[CsvRow, ...]], *, file: str, framework: Framework
) -> Checked[InspectionJudgements]:
    """Return the judgements of a file's rows. A blank answer is not answered; so is an absent row.

    A case is assessed when at least one of its questions has an answer (not applicable is one); the others are left
    out with a warning. No problem carries a case reference, which could be a name: its row says which it is.
    """
    intake = _Intake(framework, file, list(table.problems))
    for row in table.value or ():
        intake.take(row)
    intake.look_at_cases()
    return checked(intake.inspection(), sorted(intake.problems, key=lambda problem: problem.place.row or 0))


def _shown(value: str) -> str:
    """A wrong value as it may be printed: neither a name nor a note that slipped here from another column."""
    return "…" if len(value) > SHOWN_CHARACTERS or looks_like_name(value) else value


@dataclass
class _Intake:
    """What has been read so far: the good judgements with the row each came from, and every problem."""

    framework: Framework
    file: str
    problems: list[Problem]
    judgements: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    row_of: dict[tuple[str, str], int] = field(default_factory=dict)
    first_row: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    nearest: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def question_ids(self) -> tuple[str, ...]:
        return tuple(self.framework.question_by_id)

    def take(self, row: CsvRow) -> None:
        case, question, answer = row["case"], row["question"], answer_from(row["answer"])
        if case:
            self.first_row.setdefault(case, row.number)
        else:
            self._found(kinds.CASE_MISSING, row, "case")
        if answer is None:
            self.answered.add(case)
            near = self._near(row["answer"].lower(), tuple(str(known) for known in Answer))
            self._found(kinds.ANSWER_UNKNOWN, row, "answer", value=_shown(row["answer"]), nearest=near)
        elif answer is not Answer.NOT_ANSWERED:
            self.answered.add(case)
        if self._question_known(row) and case:
            self._keep(row, Judgement(case, question, answer or Answer.NOT_ANSWERED, row["assessor"], row["note"]))

    def look_at_cases(self) -> None:
        """Warn of cases that differ only by capital letters and of cases without any answer."""
        spelled: dict[str, int] = {}
        for case, number in self.first_row.items():
            first = spelled.setdefault(case.casefold(), number)
            if first != number:
                self._found(kinds.CASE_SPELLING, CsvRow(number, {}), "case", first=first)
            if case not in self.answered:
                self._found(kinds.CASE_UNANSWERED, CsvRow(number, {}), "case")

    def inspection(self) -> InspectionJudgements:
        return InspectionJudgements.of(self.judgements.values(), self.first_row)

    def _question_known(self, row: CsvRow) -> bool:
        question = row["question"]
        if not question:
            self._found(kinds.QUESTION_MISSING, row, "question")
            return False
        if question in self.framework.question_by_id:
            return True
        near = self._near(question, self.question_ids)
        shown = _shown(question)
        self._found(kinds.QUESTION_UNKNOWN, row, "question", value=shown, nearest=near, framework=self.framework.id)
        return False

    def _keep(self, row: CsvRow, judgement: Judgement) -> None:
        key = (judgement.case, judgement.question)
        first = self.row_of.setdefault(key, row.number)
        if first != row.number:
            self._found(kinds.REPEATED, row, "question", value=judgement.question, first=first)
            return
        self.judgements[key] = judgement
        always = self.framework.question_by_id[judgement.question].applies.always
        if always and judgement.answer is Answer.NOT_APPLICABLE:
            self._found(kinds.NOT_APPLICABLE_ALWAYS, row, "answer", value=judgement.question)

    def _near(self, value: str, allowed: tuple[str, ...]) -> str | None:
        if value not in self.nearest and len(self.nearest) < NEAREST_LIMIT:
            self.nearest[value] = nearest_of(value[:80], allowed)
        return self.nearest.get(value)

    def _found(
        self,
        kind: ProblemKind,
        row: CsvRow,
        column: str,
        *,
        value: str | None = None,
        nearest: str | None = None,
        **words: object,
    ) -> None:
        place = Place(row=row.number, column=column)
        self.problems.append(kind.at(place, file=self.file, value=value, nearest=nearest, **words))
