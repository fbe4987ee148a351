"""What can be wrong with choosing cases for a second read, with finding its reader and with settling two answers."""

from aboveline.domain.problems import ProblemKind, Severity

SHARE_OUT_OF_RANGE = ProblemKind(
    "second-read.share-out-of-range",
    "The share of cases to read twice must be from 0 to 100%.",
    "Give a share such as 20%; with 0%, only cases named by hand are read twice.",
)
NO_SEED = ProblemKind(
    "second-read.no-seed", "The choice has no seed.", "Give any text, settled before anybody read a case."
)
SEED_NOT_TEXT = ProblemKind(
    "second-read.seed-not-text",
    "The seed holds bytes that are no text.",
    "Give any text, settled before anybody read a case.",
)
CASE_UNKNOWN = ProblemKind(
    "second-read.case-unknown", "There is no such case to read twice.", "Choose a case that has a first reader."
)
NOT_ALLOCATED = ProblemKind(
    "second-read.not-allocated",
    "{count} of {cases} cases under assessment have nobody to read them first yet: {numbers}.",
    "Allocate them first. The choice is made once, and a case without a first reader could never be chosen.",
)
NO_SECOND_READER = ProblemKind(
    "second-read.no-second-reader",
    "Nobody can read {case} again: every reader read it first or has a conflict of interest.",
    "Add a reader from elsewhere, or leave the case out and say so with the figures.",
    Severity.WARNING,
)
NOTHING_TO_SETTLE = ProblemKind(
    "adjudication.nothing-to-settle",
    "The two readers agree here.",
    "Leave it as it is; a shared answer is changed in moderation, not here.",
)
NOT_BOTH_ANSWERED = ProblemKind(
    "adjudication.not-both-answered",
    "One of the two readers has not answered this question yet.",
    "Wait for the answer; only two answers can be settled.",
)
ALREADY_THERE = ProblemKind(
    "adjudication.already-there", "This is how it stands already.", "Nothing to do, or choose another outcome."
)
NOT_AN_OUTCOME = ProblemKind(
    "adjudication.not-an-outcome",
    "Whether two readers agree follows from their answers and cannot be chosen.",
    "Choose the first answer, the second, another one, or leave the difference open.",
)
READER_CANNOT_SETTLE = ProblemKind(
    "adjudication.reader-cannot-settle",
    "The person settling this read the case.",
    "Ask somebody who read it neither first nor second.",
)
NO_REASON = ProblemKind(
    "adjudication.no-reason", "No reason is given.", "Write what in the record decides it, without names."
)
REASON_TOO_LONG = ProblemKind(
    "adjudication.reason-too-long",
    "The reason has {found} characters; {limit} is the most.",
    "Shorten it to what decides the question.",
)
NO_ANSWER = ProblemKind(
    "adjudication.no-answer",
    "Another answer was chosen and none is given.",
    "Give the answer that neither reader gave.",
)
ANSWER_OF_A_READER = ProblemKind(
    "adjudication.answer-of-a-reader",
    "That is the answer of one of the two readers.",
    "Choose that reader's answer as the outcome instead.",
)
ANSWER_NOT_WANTED = ProblemKind(
    "adjudication.answer-not-wanted",
    "This outcome takes no answer of its own.",
    "Leave the answer out, or choose another answer as the outcome.",
)

CATALOGUE: tuple[ProblemKind, ...] = (
    SHARE_OUT_OF_RANGE,
    NO_SEED,
    SEED_NOT_TEXT,
    CASE_UNKNOWN,
    NOT_ALLOCATED,
    NO_SECOND_READER,
    NOTHING_TO_SETTLE,
    NOT_BOTH_ANSWERED,
    ALREADY_THERE,
    NOT_AN_OUTCOME,
    READER_CANNOT_SETTLE,
    NO_REASON,
    REASON_TOO_LONG,
    NO_ANSWER,
    ANSWER_OF_A_READER,
    ANSWER_NOT_WANTED,
)
