"""What can be wrong with files of published results: the catalogue of codes published.…"""

from aboveline.domain.problems import ProblemKind

MISSING = ProblemKind("published.missing", "{column} is blank.", "Fill it in; a published fact needs its source.")
NOT_A_CHOICE = ProblemKind("published.not-a-choice", "“{value}” is not a value of {column}.", "Use one of: {allowed}.")
BAD_DATE = ProblemKind(
    "published.bad-date",
    "“{value}” is not a date as printed.",
    "Write 2010-11 for a month, 2010 for a year, 2010-11-05 for a day or 2010-12 / 2011-01 for a range.",
)
BAD_PERCENT = ProblemKind(
    "published.bad-percent", "“{value}” is not a whole percent.", "Write a whole number, 0 to 100."
)
BAD_COUNT = ProblemKind("published.bad-count", "“{value}” is not a number of cases.", "Write a whole number above 0.")
STATUS_CONTRADICTED = ProblemKind(
    "published.status-contradicted",
    "The status is {value}, but {found}.",
    "A published row has at least one percent; a row withheld or in words only has none.",
)
TABLE_DISORDERED = ProblemKind(
    "published.table-disordered",
    "The lowest, average and highest of {column} are not in that order.",
    "Compare the row with its source.",
)
REPEATED = ProblemKind(
    "published.repeated", "This inspection is already in row {first}.", "Keep one row for each inspection."
)

CATALOGUE: tuple[ProblemKind, ...] = (
    MISSING,
    NOT_A_CHOICE,
    BAD_DATE,
    BAD_PERCENT,
    BAD_COUNT,
    STATUS_CONTRADICTED,
    TABLE_DISORDERED,
    REPEATED,
)
