"""What can be wrong with giving cases to assessors."""

from aboveline.domain.problems import ProblemKind, Severity

NO_ASSESSOR = ProblemKind(
    "allocation.no-assessor", "Nobody in the team is there to read cases.", "Add an assessor, or raise a capacity."
)
NO_CASE = ProblemKind("allocation.no-case", "There is no case to allocate.", "Draw the sample first.")
REPEATED_CASE = ProblemKind("allocation.repeated-case", "Case {case} is given twice.", "Give each case once.")
REPEATED_ASSESSOR = ProblemKind(
    "allocation.repeated-assessor", "Assessor {assessor} is given twice.", "Give each assessor once."
)
BAD_CAPACITY = ProblemKind(
    "allocation.bad-capacity",
    "The capacity of {assessor} is {capacity}.",
    "Give a percentage of a full load, 0 (away) to 200.",
)
BAD_READERS = ProblemKind(
    "allocation.bad-readers", "Case {case} asks for {readers} assessors.", "Ask for 1, or 2 where a pair is wanted."
)
NOBODY_MAY_TAKE = ProblemKind(
    "allocation.nobody-may-take",
    "Nobody may take case {case}: {barred} of the team have a conflict and {away} are away.",
    "Add an assessor without an interest in the case, or replace the case.",
)
TOO_FEW_FOR_PAIR = ProblemKind(
    "allocation.too-few-for-pair",
    "Case {case} asks for {readers} assessors and only {able} may take it.",
    "Ask for one assessor, or add one without an interest in the case.",
)
IN_CONFLICT = ProblemKind(
    "allocation.in-conflict",
    "{assessor} may not read case {case}: there is a conflict of interest.",
    "Give the case to somebody else.",
)
NOT_IN_TEAM = ProblemKind(
    "allocation.not-in-team",
    "{assessor} has case {case} and is not in the team.",
    "Use an assessor of this inspection.",
)
TWICE_ON_CASE = ProblemKind(
    "allocation.twice-on-case", "{assessor} is named twice on case {case}.", "Name two different assessors."
)
UNREAD = ProblemKind(
    "allocation.unread",
    "Case {case} has {count} of the {readers} assessors it needs.",
    "Give it to somebody before fieldwork begins.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (
    NO_ASSESSOR,
    NO_CASE,
    REPEATED_CASE,
    REPEATED_ASSESSOR,
    BAD_CAPACITY,
    BAD_READERS,
    NOBODY_MAY_TAKE,
    TOO_FEW_FOR_PAIR,
    IN_CONFLICT,
    NOT_IN_TEAM,
    TWICE_ON_CASE,
    UNREAD,
)
