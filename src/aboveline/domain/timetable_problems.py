"""What can be wrong with a timetable, and with the days a person puts its steps on."""

from aboveline.domain.problems import ProblemKind

REPEATED_STEP = ProblemKind("timetable.repeated-step", "Step “{step}” is given twice.", "Give each step its own id.")
UNKNOWN_NEED = ProblemKind(
    "timetable.unknown-need",
    "Step “{step}” needs “{need}”, which is not a step of this timetable.",
    "Use the id of one of its steps.",
)
NEEDS_LATER_STEP = ProblemKind(
    "timetable.needs-later-step",
    "Step “{step}” needs “{need}”, which does not come before it in the timetable.",
    "Put a step after all that it needs, and give it no earlier day.",
)
FIRST_DAY_CLOSED = ProblemKind(
    "timetable.first-day-closed",
    "Fieldwork cannot begin on {day}, which is {why}.",
    "Begin on {next}, or another working day.",
)
UNKNOWN_STEP = ProblemKind(
    "timetable.unknown-step", "The timetable has no step “{value}”.", "Use one of its steps: {known}."
)
MOVED_TO_CLOSED_DAY = ProblemKind(
    "timetable.moved-to-closed-day",
    "“{step}” cannot be due on {day}, which is {why}.",
    "Use {next}, or another working day.",
)
BEFORE_WHAT_IT_NEEDS = ProblemKind(
    "timetable.before-what-it-needs",
    "“{step}” would be due on {day}, before “{need}” is due on {need_day}.",
    "Move one of the two, so that what is needed comes first.",
)

CATALOGUE: tuple[ProblemKind, ...] = (
    REPEATED_STEP,
    UNKNOWN_NEED,
    NEEDS_LATER_STEP,
    FIRST_DAY_CLOSED,
    UNKNOWN_STEP,
    MOVED_TO_CLOSED_DAY,
    BEFORE_WHAT_IT_NEEDS,
)
