"""What can be wrong between a file of judgements and the inspection it is for: the catalogue of codes import.…"""

from aboveline.domain.problems import ProblemKind

CASE_UNKNOWN = ProblemKind(
    "import.case-unknown",
    "This case is not on the inspection's case list, neither by our number nor by your own reference.",
    "Correct the reference, or leave the case out.",
)
CASE_NOT_SAMPLED = ProblemKind(
    "import.case-not-sampled",
    "This case is on the case list but not in the sample.",
    "Leave it out: only cases of the sample are judged.",
)
CASE_AMBIGUOUS = ProblemKind(
    "import.case-ambiguous",
    "This is our number of one case and your own reference of another.",
    "Use our numbers, or your own references, throughout the file.",
)
CASE_TWICE = ProblemKind(
    "import.case-twice",
    "This is the same case as the one first named in row {first}, by its other name.",
    "Name each case in one way only.",
)
NOTE_TOO_LONG = ProblemKind(
    "import.note-too-long",
    "A note of question {value} in this case has {found} characters; there is room for {limit}.",
    "Shorten it. Nothing is cut off silently.",
)

CATALOGUE: tuple[ProblemKind, ...] = (CASE_UNKNOWN, CASE_NOT_SAMPLED, CASE_AMBIGUOUS, CASE_TWICE, NOTE_TOO_LONG)
