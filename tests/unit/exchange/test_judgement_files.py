"""Judgement files: what is accepted, and one test a problem code."""

from pathlib import Path

import pytest

from aboveline.domain import csv_problems, judgement_problems
from aboveline.domain.judgement import ALIASES, Answer, Judgement, answer_from
from aboveline.domain.problems import Severity
from aboveline.exchange import csv_text, judgements
from aboveline.exchange.judgements import COLUMNS, read_judgements
from tests.builders import a_framework

FIXTURES = Path(__file__).parents[2] / "fixtures" / "judgements"
HEAD = "case,question,answer\n"
GOOD = HEAD + "C1,1.1.1,sufficient\n"

#: code of a problem -> a file that has it and no other error
PLANTED: dict[str, bytes] = {
    "csv.empty": b"",
    "csv.too-large": b"x" * (COLUMNS.limit_bytes + 1),
    "csv.encoding": b"case,question,answer\nC1,1.1.1,\x81\n",
    "csv.encoding-guessed": "case,question,answer,note\nC1,1.1.1,yes,caf\xe9\n".encode("cp1252"),
    "csv.nul": b"PK\x03\x04\0\0 a workbook with the wrong name",
    "csv.malformed": b'case,question,answer,note\nC1,1.1.1,yes,"never closed\n',
    "csv.heading-missing": b"cases,question,answer\nC1,1.1.1,yes\n",
    "csv.heading-twice": b"case,question,answer,answer\nC1,1.1.1,yes,no\n",
    "csv.heading-unknown": b"case,question,answer,colour\nC1,1.1.1,yes,red\n",
    "csv.too-many-columns": ",".join(["case,question,answer", *map(str, range(58))]).encode() + b"\n",
    "csv.ragged": (GOOD + "C1,1.1.2\n").encode(),
    "judgement.case-missing": (HEAD + ",1.1.1,yes\n").encode(),
    "judgement.case-spelling": (GOOD + "c1,1.1.2,yes\n").encode(),
    "judgement.case-unanswered": (GOOD + "C2,1.1.1,\n").encode(),
    "judgement.question-missing": (HEAD + "C1,,yes\n").encode(),
    "judgement.question-unknown": (HEAD + "C1,1.1.9,yes\n").encode(),
    "judgement.answer-unknown": (HEAD + "C1,1.1.1,suficient\n").encode(),
    "judgement.repeated": (GOOD + "C1,1.1.1,sufficient\n").encode(),
    "judgement.not-applicable-always": (HEAD + "C1,1.1.1,n/a\n").encode(),
}
#: covered by tests of their own
ELSEWHERE = {"csv.too-many-rows", "csv.reader-stopped", "judgement.caseload-smaller"}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """test_given_files.py has the child."""
    monkeypatch.setattr(judgements, "run_limited", lambda target, data, limits: judgements.parse(data))


def read(data: bytes | str):
    raw = data.encode() if isinstance(data, str) else data
    return read_judgements(raw, file="judgements.csv", framework=a_framework())


def codes(data: bytes | str) -> list[str]:
    return [problem.code for problem in read(data).problems]


@pytest.mark.parametrize("code", PLANTED)
def test_each_code_has_a_file(code: str) -> None:
    found = read(PLANTED[code])
    assert [problem.code for problem in found.problems] == [code]
    assert all(problem.file == "judgements.csv" for problem in found.problems)
    assert found.ok == all(problem.severity is Severity.WARNING for problem in found.problems)


def test_no_code_is_without_a_test() -> None:
    every = {kind.code for kind in (*csv_problems.CATALOGUE, *judgement_problems.CATALOGUE)}
    assert every == PLANTED.keys() | ELSEWHERE


def test_a_whole_file_is_read() -> None:
    found = read((FIXTURES / "good.csv").read_bytes())
    assert found.problems == ()
    assert found.value.cases == ("C001", "C002", "C003")
    assert found.value.judgements[0] == Judgement("C001", "1.1.1", Answer.SUFFICIENT, "A1", "done, and on time")
    assert [j.answer for j in found.value.judgements if j.case == "C002"] == [
        Answer.INSUFFICIENT,
        Answer.NOT_APPLICABLE,
        Answer.NOT_ANSWERED,
    ]


def test_every_planted_fault_is_told_at_once_with_its_row() -> None:
    found = read((FIXTURES / "faults.csv").read_bytes())
    assert found.value is None
    assert [(p.place.row, p.code.removeprefix("judgement.")) for p in found.problems] == [
        (2, "question-unknown"),
        (3, "answer-unknown"),
        (4, "repeated"),
        (5, "not-applicable-always"),
        (6, "csv.ragged"),
        (7, "case-missing"),
        (7, "answer-unknown"),
        (7, "question-missing"),
        (8, "case-spelling"),
    ]
    assert (found.problems[0].nearest, found.problems[1].nearest) == ("1.1.1", "insufficient")
    assert found.problems[1].place.column == "answer"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheet_programs(codec: str) -> None:
    found = read("case,question,answer,note\nC1,1.1.1,yes,café\n".encode(codec))
    assert found.value.judgements[0].note == "café"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_spreadsheet_programs(separator: str) -> None:
    assert read(GOOD.replace(",", separator)).ok


def test_windows_line_ends_blank_rows_and_spare_columns() -> None:
    found = read("Case , Question,ANSWER,,\r\n\r\n C1 ,1.1.1, Above the line ,,\r\n,,,,\r\n")
    assert found.ok
    assert found.value.judgements == (Judgement("C1", "1.1.1", Answer.SUFFICIENT),)


def test_row_numbers_survive_line_breaks_in_cells() -> None:
    text = 'case,question,answer,note\nC1,1.1.1,yes,"two\nlines"\nC1,9.9,yes,\n'
    assert [p.place.row for p in read(text).problems] == [3]


@pytest.mark.parametrize("length", [csv_text.CELL_CHARACTERS + 1, 200_000])
def test_a_huge_cell_is_refused_not_a_crash(length: int) -> None:
    text = f"case,question,answer,note\nC1,1.1.1,yes,{'x' * length}\nC1,1.1.2,wrong,\n"
    assert codes(text)[:2] == ["csv.malformed", "judgement.answer-unknown"]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    small = csv_text.Columns(COLUMNS.required, limit_rows=2)
    monkeypatch.setattr("aboveline.exchange.judgements.COLUMNS", small)
    assert codes(GOOD + "C1,1.1.2,yes\n") == []
    assert codes(GOOD + "C1,1.1.2,yes\nC1,1.2.1,yes\n") == ["csv.too-many-rows"]
    assert codes(GOOD + 'C1,1.1.2,yes\nC1,"1.2"x,yes\n') == ["csv.too-many-rows"]


def test_a_file_without_headings_prints_none_of_its_values() -> None:
    found = read("Jane Doe,1.1.1,yes\nJohn Doe,1.1.1,yes\n")
    assert {p.code for p in found.problems} == {"csv.heading-missing"}
    assert "jane" not in str(found.problems).lower()


def test_case_references_are_never_printed() -> None:
    found = read(HEAD + "Jane Doe,9.9.9,wrong\nJANE DOE,1.1.1,\nJane Doe,1.1.1,yes\nJane Doe,1.1.1,yes\n")
    assert len(found.problems) == 5
    assert "jane" not in str(found.problems).lower()


@pytest.mark.parametrize(
    "written",
    [*ALIASES, "N/A", " Not-Applicable ", "not_answered", "YES", "Above  the line", "N / A", "n.a.", "NotApplicable"],
)
def test_aliases(written: str) -> None:
    assert answer_from(written) in Answer


@pytest.mark.parametrize("written", ["-", "...", "maybe", "sufficient?", "0"])
def test_what_is_no_answer(written: str) -> None:
    assert answer_from(written) is None


def test_a_name_or_a_note_that_slipped_into_another_column_is_not_printed() -> None:
    note = "Mother says that Jane will not come on Fridays any more"
    found = read(f"{HEAD}C1,Jane Doe,yes\nC1,1.1.1,Jane Doe\nC1,1.1.2,{note}\n")
    assert [p.code for p in found.problems] == ["judgement.question-unknown", *["judgement.answer-unknown"] * 2]
    assert "jane" not in str(found.problems).lower()


def test_many_different_wrong_names_stay_fast() -> None:
    text = HEAD + "".join(f"C1,q{n}-wrong,yes\n" for n in range(5_000))
    found = read(text)
    assert sum(p.code == "judgement.question-unknown" for p in found.problems) == 5_000


def test_a_listed_case_without_an_answer_counts_as_one_in_which_nothing_applied() -> None:
    read = read_judgements((GOOD + "C9,1.1.1,\n").encode(), file="j.csv", framework=a_framework())
    assert read.value is not None
    assert "C9" in read.value.cases
    assert [p.severity for p in read.problems if p.code == "judgement.case-unanswered"] == ["warning"]


def test_sixty_columns_are_not_too_many() -> None:
    assert "csv.too-many-columns" not in codes(",".join(["case,question,answer", *map(str, range(57))]))
