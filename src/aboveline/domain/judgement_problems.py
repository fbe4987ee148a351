"""What can be wrong with judgements and with scoring them: the catalogue of codes judgement.…"""

from aboveline.domain.problems import ProblemKind, Severity

CASELOAD_SMALLER = ProblemKind(
    "judgement.caseload-smaller",
    "The caseload is said to hold {value} cases, but {cases} were assessed.",
    "Give the number of all eligible cases, read or not, or leave it out if it is not known.",
)
CASE_MISSING = ProblemKind("judgement.case-missing", "The case is blank.", "Give the reference of the case judged.")
CASE_SPELLING = ProblemKind(
    "judgement.case-spelling",
    "This case differs from the one in row {first} only by capital letters, so it counts as another case.",
    "If they are one case, write its reference the same way in every row.",
    Severity.WARNING,
)
CASE_UNANSWERED = ProblemKind(
    "judgement.case-unanswered",
    "This case has no answer at all. It is listed, so it counts as a case in which nothing applied.",
    "Answer its questions, or leave the case out of the file if it was not assessed.",
    Severity.WARNING,
)
QUESTION_MISSING = ProblemKind(
    "judgement.question-missing", "The question is blank.", "Give the id of the question judged."
)
QUESTION_UNKNOWN = ProblemKind(
    "judgement.question-unknown", "The framework has no question “{value}”.", "Use a question of framework {framework}."
)
ANSWER_UNKNOWN = ProblemKind(
    "judgement.answer-unknown",
    "“{value}” is not an answer.",
    "Use sufficient, insufficient, not_applicable or not_answered (or yes, no, n/a, blank).",
)
REPEATED = ProblemKind(
    "judgement.repeated",
    "This case already has an answer to question {value}, in row {first}.",
    "Keep one row for each case and question.",
)
NOT_APPLICABLE_ALWAYS = ProblemKind(
    "judgement.not-applicable-always",
    "Question {value} applies to every case, but is answered not applicable here.",
    "Check the answer; it leaves the score unchanged but the question unjudged.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (
    CASELOAD_SMALLER,
    CASE_MISSING,
    CASE_SPELLING,
    CASE_UNANSWERED,
    QUESTION_MISSING,
    QUESTION_UNKNOWN,
    ANSWER_UNKNOWN,
    REPEATED,
    NOT_APPLICABLE_ALWAYS,
)
