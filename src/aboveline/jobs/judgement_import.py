"""A file of judgements for an inspection: read, matched to its cases, shown, then saved whole.

Between showing and saving, the file travels sealed in the page itself: nothing of it is kept on the server before a
person confirms it, and only that person can confirm it, for that inspection.
"""

import base64
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aboveline.domain import judgement_import_problems as kinds
from aboveline.domain.assessment_checks import TEXT_LIMIT
from aboveline.domain.judgement import Answer, InspectionJudgements, Judgement
from aboveline.domain.problems import Checked, Place, Problem, ProblemKind, checked
from aboveline.exchange.csv_text import CsvRow
from aboveline.exchange.judgements import judgements_in, read_rows
from aboveline.jobs.inspections import framework_of
from aboveline.records.actions.assessments import AnswerChange
from aboveline.records.actions.judgement_imports import import_judgements
from aboveline.records.identity import CannotUnseal, reference_hash, seal, unseal
from aboveline.records.models import Case, Inspection, User
from aboveline.records.models import Judgement as StoredJudgement
from aboveline.records.queries.assessing import KnownCases, answers_in, known_cases
from aboveline.records.queries.overview import marks_of

LIMIT_BYTES = 2_000_000


@dataclass(frozen=True)
class ImportPlan:
    """What confirming would do. `answers` by case, `of_new_cases` by the service's own reference.

    `same` answers are on record already; `kept` are on record although the file leaves them blank; `replaced` are on
    record with another value.
    """

    counts: Mapping[Answer, int]
    by_number: int
    by_reference: int
    answers: Mapping[int, Sequence[AnswerChange]]
    of_new_cases: Mapping[str, Sequence[AnswerChange]]
    same: int = 0
    kept: int = 0
    replaced: int = 0
    assessors: int = 0

    @property
    def cases(self) -> int:
        return self.by_number + self.by_reference + len(self.of_new_cases)

    @property
    def new(self) -> int:
        """Answers that were not on record in any form."""
        changes = [*self.answers.values(), *self.of_new_cases.values()]
        return sum(len(one) for one in changes) - self.replaced


@dataclass(frozen=True, slots=True)
class StagedFile:
    name: str
    data: bytes
    marks: str


def plan_import(inspection: Inspection, data: bytes, *, file: str) -> Checked[ImportPlan]:
    """Read a file and match it, with every problem at once."""
    rows = read_rows(data, file=file)
    read = judgements_in(rows, file=file, framework=framework_of(inspection))
    if read.value is None:
        return Checked(None, read.problems)
    matching = _Matching(inspection, known_cases(inspection), file, _first_rows(rows.value or ()))
    matching.match(read.value)
    problems = sorted((*read.problems, *matching.problems), key=lambda p: p.place.row or 0)
    return checked(_plan(inspection, read.value, matching), problems)


def stage(inspection: Inspection, data: bytes, *, file: str, by: User) -> str:
    """The file as sealed text, for the page that shows what it would do."""
    content = {
        "inspection": inspection.pk,
        "user": by.pk,
        "name": file,
        "marks": marks_of(inspection),
        "data": base64.b64encode(zlib.compress(data)).decode(),
    }
    return seal(json.dumps(content).encode()).decode()


def staged(inspection: Inspection, sealed: str, *, by: User) -> StagedFile:
    """Open what `stage` made. Raises CannotUnseal where it is changed, another person's or for another inspection."""
    content = json.loads(unseal(sealed.encode("ascii", "replace")))
    if (content["inspection"], content["user"]) != (inspection.pk, by.pk):
        raise CannotUnseal("this file was staged by someone else, or for another inspection")
    return StagedFile(content["name"], zlib.decompress(base64.b64decode(content["data"])), content["marks"])


def import_staged(inspection: Inspection, file: StagedFile, *, key: str, by: User) -> dict[str, Any]:
    """Save a staged file whole. Raises Stale where judgements were saved since it was shown, ProblemsFound where it no
    longer fits the inspection, KeyReused."""
    plan = plan_import(inspection, file.data, file=file.name).expect()
    return import_judgements(
        inspection=inspection,
        answers=plan.answers,
        of_new_cases=plan.of_new_cases,
        digest=hashlib.sha256(file.data).hexdigest(),
        expected_marks=file.marks,
        key=key,
        by=by,
    )


def _first_rows(rows: Iterable[CsvRow]) -> dict[str, int]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row["case"], row.number)
    return first


@dataclass
class _Matching:
    """Which case each name in the file means: our number, or the service's own reference."""

    inspection: Inspection
    known: KnownCases
    file: str
    first_row: Mapping[str, int]
    case_of: dict[str, Case] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    by_number: int = 0
    problems: list[Problem] = field(default_factory=list)

    def match(self, judgements: InspectionJudgements) -> None:
        named: dict[int, str] = {}
        for name in judgements.cases:
            case = self._case(name)
            if case is None:
                continue
            first = named.setdefault(case.pk, name)
            if first != name:
                self._found(kinds.CASE_TWICE, name, first=self.first_row[first])
            elif case.pk not in self.known.sampled:
                self._found(kinds.CASE_NOT_SAMPLED, name)
            else:
                self.case_of[name] = case
        for row in judgements.judgements:
            if len(row.note) > TEXT_LIMIT:
                found, limit = f"{len(row.note):,}", f"{TEXT_LIMIT:,}"
                self._found(kinds.NOTE_TOO_LONG, row.case, value=row.question, found=found, limit=limit)

    def _case(self, name: str) -> Case | None:
        numbered = self.known.by_number.get(name.upper())
        referred = self.known.by_hash.get(reference_hash(self.inspection.pk, name))
        if numbered and referred and numbered != referred:
            self._found(kinds.CASE_AMBIGUOUS, name)
            return None
        if numbered or referred:
            self.by_number += bool(numbered)
        elif self.known.listed:
            self._found(kinds.CASE_UNKNOWN, name)
        else:
            self.new.append(name)
        return numbered or referred

    def _found(self, kind: ProblemKind, name: str, value: str | None = None, **words: str | int) -> None:
        place = Place(row=self.first_row.get(name), column="case")
        self.problems.append(kind.at(place, file=self.file, value=value, nearest=None, **words))


def _plan(inspection: Inspection, judgements: InspectionJudgements, matching: _Matching) -> ImportPlan:
    stored = answers_in(inspection)
    answers: dict[int, list[AnswerChange]] = {}
    of_new: dict[str, list[AnswerChange]] = {name: [] for name in matching.new}
    tally: Counter[str] = Counter()
    for row in judgements.judgements:
        case = matching.case_of.get(row.case)
        before = stored.get((case.pk, row.question)) if case else None
        change, what = _change(row, before)
        tally[what] += 1
        if change and case:
            answers.setdefault(case.pk, []).append(change)
        elif change and row.case in of_new:
            of_new[row.case].append(change)
    return ImportPlan(
        counts=Counter(row.answer for row in judgements.judgements),
        by_number=matching.by_number,
        by_reference=len(matching.case_of) - matching.by_number,
        answers=answers,
        of_new_cases=of_new,
        same=tally["same"],
        kept=tally["kept"],
        replaced=tally["replaced"],
        assessors=len({row.assessor for row in judgements.judgements if row.assessor}),
    )


def _change(row: Judgement, before: StoredJudgement | None) -> tuple[AnswerChange | None, str]:
    """What a row changes. A blank one takes nothing back, and words on record stay where the file has none."""
    if before is None:
        if row.answer is Answer.NOT_ANSWERED and not row.note:
            return None, "blank"
        return AnswerChange(row.question, row.answer.value, 0, note=row.note), "new"
    blank = row.answer is Answer.NOT_ANSWERED
    answer = before.answer if blank else row.answer.value
    note = row.note or before.note
    if (answer, note) == (before.answer, before.note):
        return None, "kept" if blank and before.answer != Answer.NOT_ANSWERED else "same"
    reason = before.reason if answer == before.answer else ""
    return AnswerChange(row.question, answer, before.version, reason, note, before.improvement), "replaced"
