"""What the command line and the browser ask of case lists: read one, show its columns first, hand out a blank one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from aboveline.domain import caseload_problems as p
from aboveline.domain.caseload import Caseload
from aboveline.domain.framework import Framework
from aboveline.domain.problems import Checked, shorten
from aboveline.domain.table_problems import TOO_MANY_ROWS
from aboveline.exchange import case_template, caseloads, tables
from aboveline.exchange.column_mapping import ColumnMapping, guess_mapping
from aboveline.exchange.identifying_columns import identifying_problems

FILE_BYTES = tables.FILE_BYTES
BLANK_KINDS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class CaseListColumns:
    """The headings of a file, in order, and which field each was taken for; no value of any row."""

    headings: tuple[str, ...]
    mapping: ColumnMapping
    rows: int


def case_list_columns(data: bytes, *, file: str) -> Checked[CaseListColumns]:
    """Look at the columns alone, for a person to correct. Refused already here: columns that identify a child and a
    list that is too long."""
    file = plain_name(file)
    raw = tables.read_table(data, file=file)
    if raw.value is None:
        return Checked(None, raw.problems)
    mapping = guess_mapping(raw.value.headings)
    refused = identifying_problems(raw.value, mapping, file=file)
    # Of a list that is too long only its first rows were read: no number of rows could be said of it.
    too_long = any(problem.code == TOO_MANY_ROWS.code for problem in raw.problems)
    value = CaseListColumns(raw.value.headings, mapping, len(raw.value.rows))
    return Checked(None if refused or too_long else value, (*raw.problems, *refused))


def read_case_list(
    data: bytes,
    framework: Framework,
    *,
    file: str,
    choices: Mapping[str, int | None] | None = None,
    earlier_digests: Mapping[str, str] | None = None,
) -> Checked[Caseload]:
    """Read a whole case list, or every problem at once.

    `choices` are a person's columns (index from 0, None for none) over the guessed ones. `earlier_digests` are those
    of lists brought in before, digest to a name people know: the same list again is told as a warning.
    """
    file = plain_name(file)
    read = caseloads.read_case_list(data, framework, file=file, choices=choices)
    if read.value is not None and read.value.digest in (earlier_digests or {}):
        return Checked(read.value, (*read.problems, p.SAME_LIST.at(file=file)))
    return read


def plain_name(file: str) -> str:
    """A file's name as it may be shown: without folders, hidden characters or excess length."""
    return shorten(PurePosixPath(file.replace("\\", "/")).name)


def blank_case_list(framework: Framework, kind: str) -> bytes:
    """The template as xlsx or csv. Raises KeyError on any other kind."""
    makers = {"xlsx": lambda: case_template.blank_template(framework), "csv": case_template.blank_csv}
    return makers[kind]()
