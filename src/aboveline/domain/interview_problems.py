"""What can be wrong with arranging the interviews of a week."""

from aboveline.domain.problems import ProblemKind, Severity

NO_SESSION = ProblemKind(
    "interviews.no-session", "No time is set aside for interviews.", "Give at least one session: a day, from and to."
)
BAD_MINUTES = ProblemKind(
    "interviews.bad-minutes",
    "{minutes} minutes cannot be the {what}.",
    "Give whole minutes: at least 1 for lengths and the grid, 0 or more otherwise.",
)
REPEATED_CASE = ProblemKind("interviews.repeated-case", "Case {case} is given twice.", "Give each case once.")
NO_CASE_MANAGER = ProblemKind(
    "interviews.no-case-manager", "Case {case} has no case manager to interview.", "Say who holds the case."
)
NO_ASSESSOR = ProblemKind(
    "interviews.no-assessor", "Case {case} has no assessor.", "Allocate the case before interviews are arranged."
)
OWN_CASE = ProblemKind(
    "interviews.own-case",
    "{case_manager} holds case {case} and would interview themselves about it.",
    "Give the case to another assessor.",
)
TOO_LONG = ProblemKind(
    "interviews.too-long",
    "An interview of {minutes} minutes fits into no session; the longest has {longest}.",
    "Shorten the interview or lengthen a session.",
    Severity.WARNING,
)
NO_COMMON_TIME = ProblemKind(
    "interviews.no-common-time",
    "{case_manager} could start at {manager_starts} of {starts} times, {assessors} at {assessor_starts}, never both.",
    "Ask whether an absence can move, or add a session.",
    Severity.WARNING,
)
ALL_TAKEN = ProblemKind(
    "interviews.all-taken",
    "{case_manager} and {assessors} could both start at {both} of {starts} times; other interviews take them all.",
    "Add a session or a room, or let one assessor interview fewer.",
    Severity.WARNING,
)
FIXED_NOT_NEEDED = ProblemKind(
    "interviews.fixed-not-needed",
    "The fixed interview of {case_manager} on {day} at {at} is no longer needed as it stands.",
    "Tell both that it does not take place; what is still needed was arranged anew.",
    Severity.WARNING,
)
FIXED_AWAY = ProblemKind(
    "interviews.fixed-away",
    "The fixed interview of {case_manager} on {day} at {at} cannot be held: {person} is away then.",
    "Tell both; it was arranged anew where there was room.",
    Severity.WARNING,
)
FIXED_CLASH = ProblemKind(
    "interviews.fixed-clash",
    "The fixed interview of {case_manager} on {day} at {at} clashes with another fixed one.",
    "Tell both; it was arranged anew where there was room.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (
    NO_SESSION,
    BAD_MINUTES,
    REPEATED_CASE,
    NO_CASE_MANAGER,
    NO_ASSESSOR,
    OWN_CASE,
    TOO_LONG,
    NO_COMMON_TIME,
    ALL_TAKEN,
    FIXED_NOT_NEEDED,
    FIXED_AWAY,
    FIXED_CLASH,
)
