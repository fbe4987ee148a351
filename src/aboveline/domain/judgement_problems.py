"""What can be wrong with judgements and with scoring them: the catalogue of codes JUD-..."""

from aboveline.domain.problems import ProblemKind, Severity

CASELOAD_SMALLER = ProblemKind(
    "JUD-CASELOAD-SMALLER",
    "The caseload is said to hold {value} cases, but {cases} were assessed.",
    "Give the number of all eligible cases, read or not, or leave it out if it is not known.",
)
EMPTY = ProblemKind(
    "JUD-EMPTY",
    "The file holds no judgements.",
    "Put one judgement in each row under case,question,answer.",
)
TOO_LARGE = ProblemKind(
    "JUD-TOO-LARGE", "The file is larger than {limit}.", "Give one inspection in one file, with shorter notes."
)
TOO_MANY_ROWS = ProblemKind(
    "JUD-TOO-MANY-ROWS", "The file has more than {limit} rows.", "Give one inspection in one file, one row a judgement."
)
ENCODING = ProblemKind(
    "JUD-ENCODING",
    "The file is not text in UTF-8, UTF-16 or Windows-1252.",
    "Save it as “CSV UTF-8 (comma delimited)” and try again.",
)
ENCODING_GUESSED = ProblemKind(
    "JUD-ENCODING-GUESSED",
    "The file is not UTF-8; it was read as Windows-1252.",
    "Check accented letters in the notes, or save it as “CSV UTF-8 (comma delimited)”.",
    Severity.WARNING,
)
NUL = ProblemKind(
    "JUD-NUL",
    "The file holds NUL characters, so it is not plain text.",
    "Save the sheet as CSV; do not rename a workbook.",
)
MALFORMED = ProblemKind(
    "JUD-MALFORMED",
    "The row cannot be read: its quotation marks do not pair up, or a cell is longer than {limit} characters.",
    "Put a cell that holds a comma or a line break in double quotes, and double every quote inside it.",
)
HEADING_MISSING = ProblemKind(
    "JUD-HEADING-MISSING", "There is no column headed “{column}”.", "Row 1 must hold case,question,answer."
)
HEADING_TWICE = ProblemKind(
    "JUD-HEADING-TWICE", "Two columns are headed “{column}”.", "Keep one of them; give the other a different heading."
)
HEADING_UNKNOWN = ProblemKind(
    "JUD-HEADING-UNKNOWN",
    "The column headed “{value}” was not read.",
    "Columns are case, question, answer, assessor and note.",
    Severity.WARNING,
)
RAGGED = ProblemKind(
    "JUD-RAGGED",
    "The row has {found} cells; the heading row has {expected}.",
    "Put a cell that holds a comma in double quotes, and give every row as many cells as the headings.",
)
CASE_MISSING = ProblemKind("JUD-CASE-MISSING", "The case is blank.", "Give the reference of the case judged.")
CASE_SPELLING = ProblemKind(
    "JUD-CASE-SPELLING",
    "This case differs from the one in row {first} only by capital letters, so it counts as another case.",
    "If they are one case, write its reference the same way in every row.",
    Severity.WARNING,
)
CASE_UNANSWERED = ProblemKind(
    "JUD-CASE-UNANSWERED",
    "This case has no answer at all, so it is not counted as assessed.",
    "Answer its questions, or leave the case out.",
    Severity.WARNING,
)
QUESTION_MISSING = ProblemKind("JUD-QUESTION-MISSING", "The question is blank.", "Give the id of the question judged.")
QUESTION_UNKNOWN = ProblemKind(
    "JUD-QUESTION-UNKNOWN", "The framework has no question “{value}”.", "Use a question of framework {framework}."
)
ANSWER_UNKNOWN = ProblemKind(
    "JUD-ANSWER-UNKNOWN",
    "“{value}” is not an answer.",
    "Use sufficient, insufficient, not_applicable or not_answered (or yes, no, n/a, blank).",
)
REPEATED = ProblemKind(
    "JUD-REPEATED",
    "This case already has an answer to question {value}, in row {first}.",
    "Keep one row for each case and question.",
)
NOT_APPLICABLE_ALWAYS = ProblemKind(
    "JUD-NOT-APPLICABLE-ALWAYS",
    "Question {value} applies to every case, but is answered not applicable here.",
    "Check the answer; it leaves the score unchanged but the question unjudged.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (
    CASELOAD_SMALLER,
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
    CASE_MISSING,
    CASE_SPELLING,
    CASE_UNANSWERED,
    QUESTION_MISSING,
    QUESTION_UNKNOWN,
    ANSWER_UNKNOWN,
    REPEATED,
    NOT_APPLICABLE_ALWAYS,
)
