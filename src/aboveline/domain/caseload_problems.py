"""What can be wrong with a case list, with a draw from it and with a certificate."""

from aboveline.domain.problems import ProblemKind, Severity

NOT_A_CASE_LIST = ProblemKind(
    "caseload.not-a-case-list",
    "Row 1 does not hold the headings of a case list.",
    "Start from the blank template; row 1 holds its headings (case_ref, order_type, order_start, age and the rest).",
)
MISSING_COLUMN = ProblemKind(
    "caseload.missing-column",
    "There is no column for {field}.",
    "Add a column headed {field}, or say which column holds it.",
)
OPTIONAL_COLUMN = ProblemKind(
    "caseload.optional-column-missing",
    "There is no column for {field}, so a draw cannot be balanced on it.",
    "Add a column headed {field} if you hold it.",
    Severity.WARNING,
)
COLUMN_TWICE = ProblemKind(
    "caseload.column-twice",
    "Two columns could both be {field}.",
    "Keep one of them, or say which one holds it.",
)
GUESSED_COLUMN = ProblemKind(
    "caseload.guessed-column",
    "The column “{heading}” was read as {field}.",
    "If that is wrong, rename the heading.",
    Severity.WARNING,
)
UNUSED_COLUMN = ProblemKind(
    "caseload.unused-column",
    "The column “{heading}” is not used.",
    "Take it out: a case list should hold only what the sample needs.",
    Severity.WARNING,
)
UNNAMED_COLUMN = ProblemKind(
    "caseload.unnamed-column",
    "A column has values and no heading.",
    "Give it a heading of the template or take it out.",
)
IDENTIFYING_COLUMN = ProblemKind(
    "caseload.identifying-column",
    "The column “{heading}” looks like {kind}.",
    "Take the column out of the file and send the list again; cases are known by reference only.",
)
IDENTIFYING_VALUE = ProblemKind(
    "caseload.identifying-value",
    "{count} cells of this column hold what looks like {kind}: rows {rows}.",
    "Look at these rows and take out what could identify a child or lead to one.",
    Severity.WARNING,
    one="{count} cell of this column holds what looks like {kind}: row {rows}.",
)
REFERENCE_LIKE_NAME = ProblemKind(
    "caseload.reference-like-name",
    "The case reference looks like a person's name.",
    "Use a reference that does not identify the child outside the service.",
    Severity.WARNING,
)
MISSING_VALUE = ProblemKind("caseload.missing-value", "{field} is blank.", "Fill it in.")
BLANK_READ_AS = ProblemKind(
    "caseload.blank-read-as",
    "{field} is blank in {count} rows and was read as “{read_as}”.",
    "Fill it in where you know it.",
    Severity.WARNING,
    one="{field} is blank in {count} row and was read as “{read_as}”.",
)
BAD_REFERENCE = ProblemKind(
    "caseload.bad-reference",
    "The case reference {reason}.",
    "Use letters, digits, spaces, / . _ and -, at most 40 characters, beginning with a letter or digit.",
)
REPEATED_REFERENCE = ProblemKind(
    "caseload.repeated-reference",
    "The case reference is the same as in row {first}.",
    "Give each case one row: keep the order that is to be inspected.",
)
REPEATED_ROW = ProblemKind("caseload.repeated-row", "The row repeats row {first}.", "Take one of them out.")
UNKNOWN_CODE = ProblemKind("caseload.unknown-code", "This is not a value of {field}.", "Use one of: {allowed}.")
ORDER_DID_NOT_EXIST = ProblemKind(
    "caseload.order-did-not-exist",
    "{name} could not be made on that date ({dates}).",
    "Correct the order type or the start date.",
)
BAD_DATE = ProblemKind(
    "caseload.bad-date",
    "{field} is not a date.",
    "Write it as 2009-06-03 or 03/06/2009 (day first, four-digit year).",
)
IMPLAUSIBLE_DATE = ProblemKind(
    "caseload.implausible-date",
    "{field} is not the date of an order: the year is before 2000 or after 2099.",
    "Look whether a date of birth stands here by mistake.",
)
ENDS_BEFORE_START = ProblemKind(
    "caseload.ends-before-start",
    "The order ends before it starts.",
    "Correct one of the two dates.",
)
BAD_AGE = ProblemKind(
    "caseload.bad-age",
    "The age is not a whole number of years from 10 to 18.",
    "Give the age at the start of the order in whole years.",
)
BAD_STAFF_CODE = ProblemKind(
    "caseload.bad-text",
    "{field} {reason}.",
    "Use a short code of at most 60 characters that begins with a letter or digit.",
)
SAME_LIST = ProblemKind(
    "caseload.same-list",
    "This is the list that was brought in before: every case and value is the same.",
    "Nothing to do, unless you meant to send a newer list.",
    Severity.WARNING,
)

CATALOGUE = (
    NOT_A_CASE_LIST,
    MISSING_COLUMN,
    OPTIONAL_COLUMN,
    COLUMN_TWICE,
    GUESSED_COLUMN,
    UNUSED_COLUMN,
    UNNAMED_COLUMN,
    IDENTIFYING_COLUMN,
    IDENTIFYING_VALUE,
    REFERENCE_LIKE_NAME,
    MISSING_VALUE,
    BLANK_READ_AS,
    BAD_REFERENCE,
    REPEATED_REFERENCE,
    REPEATED_ROW,
    UNKNOWN_CODE,
    ORDER_DID_NOT_EXIST,
    BAD_DATE,
    IMPLAUSIBLE_DATE,
    ENDS_BEFORE_START,
    BAD_AGE,
    BAD_STAFF_CODE,
    SAME_LIST,
)
