"""What can be wrong with a file that should hold a table, before its meaning is looked at."""

from aboveline.domain.problems import ProblemKind, Severity

EMPTY_FILE = ProblemKind("table.empty-file", "The file is empty.", "Choose the file again; it may not have been saved.")
FILE_TOO_LARGE = ProblemKind(
    "table.file-too-large",
    "The file is larger than {limit} MB.",
    "Keep only the case list in it: at most 5,000 rows and 60 columns, without pictures.",
)
NOT_A_TABLE = ProblemKind(
    "table.not-a-table",
    "This is {found}, not a table.",
    "Open it in a spreadsheet program and save the list as XLSX, ODS or CSV.",
)
MISLABELLED = ProblemKind(
    "table.mislabelled",
    "The file is named like {named}, but inside it is {found}.",
    "Open it in a spreadsheet program and save it again as XLSX, ODS or CSV.",
)
PASSWORD = ProblemKind(
    "table.password",
    "The workbook is protected by a password and cannot be read.",
    "Save a copy without the password and send that copy by a safe way.",
)
OLD_EXCEL = ProblemKind(
    "table.old-excel",
    "This is a workbook of the old XLS kind, which can carry macros.",
    "Open it in a spreadsheet program and save it as XLSX.",
)
MACROS = ProblemKind(
    "table.macros",
    "The workbook holds macros (program code).",
    "Save it as XLSX without macros, or as CSV.",
)
BOMB = ProblemKind(
    "table.bomb",
    "The file unpacks to far more than a case list can need ({reason}).",
    "Copy the list alone into a new workbook and save that.",
)
UNSAFE_XML = ProblemKind(
    "table.unsafe-xml",
    "The workbook declares its own document type or entities, as no spreadsheet program does.",
    "Copy the list into a new workbook and save that.",
)
DAMAGED = ProblemKind(
    "table.damaged",
    "The file is damaged or is not what its first bytes say: it could not be read.",
    "Open it in a spreadsheet program, save it again and try that copy.",
)
READER_STOPPED = ProblemKind(
    "table.reader-stopped",
    "The file was given up: reading it {reason}.",
    "Copy the list alone into a new workbook, or save it as CSV, and try that. A stray cell far down or far to the "
    "right is enough to do this.",
)
SHEET_CHOSEN = ProblemKind(
    "table.sheet-chosen",
    "The workbook has several sheets; only “{sheet}” was read.",
    "If the list is on another sheet, put that sheet first.",
    Severity.WARNING,
)
HIDDEN_SHEET = ProblemKind(
    "table.hidden-sheet",
    "The workbook has a hidden sheet, which was not read.",
    "Take hidden sheets out before sending a workbook to anyone: they can hold what nobody meant to send.",
    Severity.WARNING,
)
FORMULAS = ProblemKind(
    "table.formulas",
    "Some cells hold formulas; what was calculated last was read, and what never was is read as blank.",
    "Copy the cells and paste them as values, so that the list says what it means.",
    Severity.WARNING,
)
NO_SHEET = ProblemKind("table.no-sheet", "No visible sheet holds anything.", "Put the list on a visible sheet.")
TOO_MANY_ROWS = ProblemKind(
    "table.too-many-rows",
    "There are more than {limit} rows below the heading.",
    "Keep only the cases that could be inspected.",
)
TOO_MANY_COLUMNS = ProblemKind(
    "table.too-many-columns",
    "There are more than {limit} columns.",
    "Keep only the columns of the case-list template.",
)
CELL_TOO_LONG = ProblemKind(
    "table.cell-too-long",
    "A cell holds more than {limit} characters.",
    "Shorten it; a quotation mark left open can also run many cells into one.",
)
RAGGED = ProblemKind(
    "table.ragged",
    "This row has another number of cells than the heading, which has {expected}.",
    "Look for a missing or extra separator, or a comma inside a value that needs quotation marks.",
)
QUOTES = ProblemKind(
    "table.quotes",
    "A quotation mark is opened and not closed, or stands inside a value.",
    "Write a quotation mark inside a value twice, and close each one.",
)
NUL = ProblemKind(
    "table.nul",
    "The text holds NUL characters, so it is not plain text.",
    "Save the list again as CSV in UTF-8.",
)
NOT_DECODABLE = ProblemKind(
    "table.not-decodable",
    "The text is in no character set read here (UTF-8, UTF-16, Windows-1252).",
    "Save the list again as CSV in UTF-8.",
)
READ_AS_WINDOWS = ProblemKind(
    "table.read-as-windows-1252",
    "The text is not UTF-8, so it was read as Windows-1252.",
    "Look at letters with accents; if they are wrong, save the list again as CSV in UTF-8.",
    Severity.WARNING,
)
NO_HEADING = ProblemKind(
    "table.no-heading",
    "The first row is empty.",
    "Put the headings in row 1.",
)
NO_ROWS = ProblemKind("table.no-rows", "There is no row below the heading.", "Add one row for each case.")

CATALOGUE = (
    EMPTY_FILE,
    FILE_TOO_LARGE,
    NOT_A_TABLE,
    MISLABELLED,
    PASSWORD,
    OLD_EXCEL,
    MACROS,
    BOMB,
    UNSAFE_XML,
    DAMAGED,
    READER_STOPPED,
    SHEET_CHOSEN,
    HIDDEN_SHEET,
    FORMULAS,
    NO_SHEET,
    TOO_MANY_ROWS,
    TOO_MANY_COLUMNS,
    CELL_TOO_LONG,
    RAGGED,
    QUOTES,
    NUL,
    NOT_DECODABLE,
    READ_AS_WINDOWS,
    NO_HEADING,
    NO_ROWS,
)
