"""What can be wrong with a case form as it comes back: the catalogue of codes assessment.…

The place of each is the question or case fact (path) and the field of it (column).
"""

from aboveline.domain.problems import ProblemKind

ANSWER_UNKNOWN = ProblemKind(
    "assessment.answer-unknown",
    "{path}: this is not an answer the form offers.",
    "Choose sufficient, insufficient, not applicable or not answered.",
)
REASON_MISSING = ProblemKind(
    "assessment.reason-missing",
    "{path}: it is not applicable, but no reason is given.",
    "Choose why it does not apply in this case.",
)
REASON_UNKNOWN = ProblemKind(
    "assessment.reason-unknown",
    "{path}: the framework has no such reason.",
    "Choose one of the reasons listed.",
)
OVERRIDE_UNEXPLAINED = ProblemKind(
    "assessment.override-unexplained",
    "{path}: it is judged although the case facts say that it does not apply.",
    "Say why in the note, correct the case facts, or clear the answer.",
)
TEXT_TOO_LONG = ProblemKind(
    "assessment.text-too-long",
    "{path}: this text has {found} characters; there is room for {limit}.",
    "Shorten it. Nothing of it was cut off.",
)
OPTION_UNKNOWN = ProblemKind(
    "assessment.option-unknown",
    "{path}: this is not an answer the form offers.",
    "Choose one of the options listed.",
)
THING_UNKNOWN = ProblemKind(
    "assessment.thing-unknown",
    "The framework has no question or case fact “{value}”, so what was sent for it is not kept.",
    "Open the case again and answer the questions shown there.",
)
NOT_SEEN = ProblemKind(
    "assessment.not-seen",
    "{path}: the page did not say which version of the answer it showed.",
    "Open the case again, then save.",
)
CHOICE_MISSING = ProblemKind(
    "assessment.choice-missing",
    "{path}: someone saved another answer; you have not yet chosen between the two.",
    "Choose to keep theirs or to use yours.",
)

CATALOGUE: tuple[ProblemKind, ...] = (
    ANSWER_UNKNOWN,
    REASON_MISSING,
    REASON_UNKNOWN,
    OVERRIDE_UNEXPLAINED,
    TEXT_TOO_LONG,
    OPTION_UNKNOWN,
    THING_UNKNOWN,
    NOT_SEEN,
    CHOICE_MISSING,
)
