"""What can be wrong with a CSV file before its meaning is looked at: the catalogue of codes csv.…"""

from aboveline.domain.problems import ProblemKind, Severity

EMPTY = ProblemKind(
    "csv.empty",
    "The file holds no rows.",
    "Put the headings in row 1 and one entry in each row below.",
)
TOO_LARGE = ProblemKind("csv.too-large", "The file is larger than {limit}.", "Give one inspection in one file.")
TOO_MANY_ROWS = ProblemKind(
    "csv.too-many-rows", "The file has more than {limit} rows.", "Give one inspection in one file."
)
ENCODING = ProblemKind(
    "csv.encoding",
    "The file is not text in UTF-8, UTF-16 or Windows-1252.",
    "Save it as “CSV UTF-8 (comma delimited)” and try again.",
)
ENCODING_GUESSED = ProblemKind(
    "csv.encoding-guessed",
    "The file is not UTF-8; it was read as Windows-1252.",
    "Check accented letters, or save it as “CSV UTF-8 (comma delimited)”.",
    Severity.WARNING,
)
NUL = ProblemKind(
    "csv.nul",
    "The file holds NUL characters, so it is not plain text.",
    "Save the sheet as CSV; do not rename a workbook.",
)
MALFORMED = ProblemKind(
    "csv.malformed",
    "The row cannot be read: its quotation marks do not pair up, or a cell is longer than {limit} characters.",
    "Put a cell that holds a comma or a line break in double quotes, and double every quote inside it.",
)
HEADING_MISSING = ProblemKind(
    "csv.heading-missing", "There is no column headed “{column}”.", "Row 1 must hold the headings {expected}."
)
HEADING_TWICE = ProblemKind(
    "csv.heading-twice", "Two columns are headed “{column}”.", "Keep one of them; give the other a different heading."
)
HEADING_UNKNOWN = ProblemKind(
    "csv.heading-unknown",
    "The column headed “{value}” was not read.",
    "Columns are {expected}.",
    Severity.WARNING,
)
RAGGED = ProblemKind(
    "csv.ragged",
    "The row has {found} cells; the heading row has {expected}.",
    "Put a cell that holds a comma in double quotes, and give every row as many cells as the headings.",
)
TOO_MANY_COLUMNS = ProblemKind(
    "csv.too-many-columns",
    "The file has more than {limit} columns.",
    "Keep only the columns {expected}.",
)
READER_STOPPED = ProblemKind(
    "csv.reader-stopped",
    "The file was given up: reading it {reason}.",
    "Copy the rows into a new sheet and save that as CSV; give one inspection in one file.",
)
CATALOGUE: tuple[ProblemKind, ...] = (
    EMPTY,
    TOO_LARGE,
    TOO_MANY_ROWS,
    ENCODING,
    ENCODING_GUESSED,
    NUL,
    MALFORMED,
    HEADING_MISSING,
    HEADING_TWICE,
    HEADING_UNKNOWN,
    RAGGED,
    TOO_MANY_COLUMNS,
    READER_STOPPED,
)
