"""The blank case list to download: headings, and for a workbook the codes on a second sheet and as drop-down lists."""

import io
from collections.abc import Mapping, Sequence

from aboveline.domain.caseload import AGES, CODES, FIELDS, REQUIRED_FIELDS
from aboveline.domain.framework import Framework
from aboveline.exchange.table_parsers import CODES_SHEET, ROWS

_NOTES: Mapping[str, str] = {
    "case_ref": "your own reference for the case; not a name",
    "order_start": "a date: 2009-06-03 or 03/06/2009",
    "order_end": "a date, or blank while the order runs",
    "age": "whole years at the start of the order, 10 to 18",
    "team": "a short code or name of the team",
    "case_manager": "a short staff code",
}


def codes_of(framework: Framework) -> dict[str, tuple[str, ...]]:
    """The values each coded column may hold, in the template's order."""
    orders = {"order_type": tuple(o.id for o in framework.order_types)}
    return {name: ({**orders, **CODES})[name] for name in FIELDS if name in {**orders, **CODES}}


def blank_csv() -> bytes:
    """The headings alone."""
    return (",".join(FIELDS) + "\r\n").encode()


def blank_template(framework: Framework) -> bytes:
    """An XLSX workbook: the sheet to fill in, with drop-down lists, and the sheet of codes."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    cases = book.create_sheet("Cases", 0)
    del book[book.sheetnames[1]]
    cases.append(list(FIELDS))
    cases.freeze_panes = "A2"
    codes = book.create_sheet(CODES_SHEET)
    codes.append(["column", "needed", "what to write"])
    for name in FIELDS:
        for text in codes_of(framework).get(name, (_NOTES.get(name, ""),)):
            codes.append([name, "yes" if name in REQUIRED_FIELDS else "if held", text])
    for sheet in (cases, codes):
        for number, cell in enumerate(sheet[1], start=1):
            cell.font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(number)].width = 26
    _add_lists(cases, codes, framework)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _add_lists(cases, codes, framework: Framework) -> None:  # type: ignore[no-untyped-def]  # openpyxl sheets
    """Drop-down lists that read the codes sheet, a whole-number rule for ages, and text for references."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    column = [row[0].value for row in codes.iter_rows()]
    for index, name in enumerate(FIELDS, start=1):
        letter = get_column_letter(index)
        span = f"{letter}2:{letter}{ROWS + 1}"
        if name in codes_of(framework):
            first, last = _rows_of(name, column)
            rule = DataValidation("list", formula1=f"{CODES_SHEET}!$C${first}:$C${last}", allow_blank=True)
        elif name == "age":
            rule = DataValidation("whole", formula1=str(AGES[0]), formula2=str(AGES[-1]), allow_blank=True)
            rule.operator = "between"
        else:
            continue
        cases.add_data_validation(rule)
        rule.add(span)


def _rows_of(name: str, column: Sequence[object]) -> tuple[int, int]:
    rows = [number for number, value in enumerate(column, start=1) if value == name]
    return rows[0], rows[-1]
