"""What can be wrong with a framework's files, and with the rules between its parts."""

from collections.abc import Iterable

from aboveline.domain.problems import ProblemKind, ProblemsFound, Severity, nearest_of

UNKNOWN_FRAMEWORK = ProblemKind(
    "framework.unknown",
    "There is no framework “{name}”. There are: {allowed}.",
    "Give the id of one of these.",
)
NOT_A_FOLDER = ProblemKind(
    "framework.not-a-folder",
    "This is not a folder that can be read.",
    "Give the folder that holds manifest.yaml.",
)
FILE_MISSING = ProblemKind(
    "framework.file-missing",
    "The framework has no file {name}.",
    "Add it; every framework has manifest.yaml, facts.yaml, orders.yaml and a section-….yaml for each section.",
)
FILE_UNEXPECTED = ProblemKind(
    "framework.file-unexpected",
    "A framework has manifest.yaml, facts.yaml, orders.yaml and section-….yaml files, and this is none of them.",
    "Rename it or take it away.",
)
UNKNOWN_KEY = ProblemKind(
    "framework.unknown-key",
    "“{key}” does not belong here. Keys here: {allowed}.",
    "Correct the key or take it out.",
)
MISSING_KEY = ProblemKind("framework.missing-key", "“{key}” is missing.", "Add it.")
WRONG_TYPE = ProblemKind(
    "framework.wrong-type",
    "Expected {expected}, found {found}.",
    "Write {expected} here.",
)
UNQUOTED_ID = ProblemKind(
    "framework.unquoted-id",
    "An id must be text, and this was read as {found}.",
    "Put it in quotation marks.",
)
BAD_ID = ProblemKind(
    "framework.bad-id",
    "An id may hold letters, digits, full stops, hyphens and underscores only, at most 60 of them.",
    "Choose another id.",
)
EMPTY_TEXT = ProblemKind("framework.empty-text", "The text is empty.", "Write it.")
EMPTY_LIST = ProblemKind("framework.empty-list", "The list is empty.", "Give at least one item.")
NOT_A_CHOICE = ProblemKind(
    "framework.not-a-choice",
    "This is not one of the words that may stand here: {allowed}.",
    "Use one of these.",
)
OUT_OF_RANGE = ProblemKind(
    "framework.out-of-range",
    "The number is outside {low} to {high}.",
    "Write a number from {low} to {high}.",
)
UNKNOWN_CONDITION = ProblemKind(
    "framework.unknown-condition",
    "No condition “{name}” is defined in facts.yaml.",
    "Define it there, or use “always”.",
)
UNKNOWN_FACT = ProblemKind(
    "framework.unknown-fact",
    "A condition names the case fact “{name}”, which is not defined.",
    "Define it in facts.yaml or correct the name.",
)
UNKNOWN_OPTION = ProblemKind(
    "framework.unknown-option",
    "The case fact “{fact}” has no option “{name}”. Its options: {allowed}.",
    "Use one of these.",
)
TOO_MANY_CLAUSES = ProblemKind(
    "framework.too-many-clauses",
    "The condition has more than {limit} parts, which no assessor could follow.",
    "Make it simpler.",
)
UNUSED_CONDITION = ProblemKind(
    "framework.unused-condition",
    "No question uses the condition “{name}”.",
    "Use it or take it out.",
    Severity.WARNING,
)
DUPLICATE_ID = ProblemKind(
    "framework.duplicate-id",
    "Two {things} have the id “{id}”.",
    "Give one of them another id.",
)
BANDS_GAP = ProblemKind(
    "framework.bands-gap",
    "No band covers {percents}.",
    "Widen a band so that every whole percent from 0 to 100 has exactly one.",
)
BANDS_OVERLAP = ProblemKind(
    "framework.bands-overlap",
    "Two bands cover {percents}.",
    "Narrow one so that every whole percent from 0 to 100 has exactly one.",
)
UNKNOWN_THEME = ProblemKind(
    "framework.unknown-theme",
    "The question feeds the theme “{name}”. The manifest defines: {allowed}.",
    "Use one of these, or define the theme in manifest.yaml.",
)
THEME_WITHOUT_QUESTIONS = ProblemKind(
    "framework.theme-without-questions",
    "No question feeds the theme “{id}”, so it could never be scored.",
    "Name the theme in its key questions, or take it out.",
)
NEVER_APPLIES = ProblemKind(
    "framework.never-applies",
    "The question can never apply: its conditions cannot all hold in one case.",
    "Correct what “applies” names.",
)
DATES_REVERSED = ProblemKind(
    "framework.dates-reversed",
    "The last date ({last}) is before the first ({first}).",
    "Correct one of them.",
)
REVIEW_TOO_EARLY = ProblemKind(
    "framework.review-too-early",
    "The review date ({review}) is before the framework came into force ({first}).",
    "Give the date by which someone must look at this framework again.",
)
WINDOW_REVERSED = ProblemKind(
    "framework.window-reversed",
    "The longest time since the start ({high} months) is shorter than the shortest ({low} months).",
    "Correct one of them.",
)
UNKNOWN_VARIABLE = ProblemKind(
    "framework.unknown-variable",
    "The sample rule names “{name}”. The columns it may name: {allowed}.",
    "Use one of these.",
)
NO_ELIGIBLE_ORDER = ProblemKind(
    "framework.no-eligible-order",
    "No order type is eligible, so no case could be sampled.",
    "Mark the orders under inspection with “eligible: true”.",
)
ORDER_OUT_OF_TIME = ProblemKind(
    "framework.order-out-of-time",
    "The order “{id}” is eligible but could not be made at any time this framework looks at.",
    "Correct its dates, or mark it “eligible: false”.",
)
REPEATED_WORDS = ProblemKind(
    "framework.repeated-words",
    "Two {things} are worded alike: “{words}”.",
    "Word them so that a reader can tell them apart.",
)
TOO_MANY_PROMPTS = ProblemKind(
    "framework.too-many-prompts",
    "The question has more than {limit} prompts, which no assessor will think through in every case.",
    "Keep those that decide the answer.",
)
LOWEST_OF_ONE = ProblemKind(
    "framework.lowest-of-one",
    "The criterion is rated by its lowest question but has only one.",
    "Add the others, or rate criteria by their pooled share.",
    Severity.WARNING,
)
WINDOW_UNUSED = ProblemKind(
    "framework.window-unused",
    "The order “{id}” has a window of eligibility of its own but is not eligible.",
    "Take the window out, or mark the order “eligible: true”.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (
    UNKNOWN_FRAMEWORK,
    NOT_A_FOLDER,
    FILE_MISSING,
    FILE_UNEXPECTED,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    UNQUOTED_ID,
    BAD_ID,
    EMPTY_TEXT,
    EMPTY_LIST,
    NOT_A_CHOICE,
    OUT_OF_RANGE,
    UNKNOWN_CONDITION,
    UNKNOWN_FACT,
    UNKNOWN_OPTION,
    TOO_MANY_CLAUSES,
    UNUSED_CONDITION,
    DUPLICATE_ID,
    BANDS_GAP,
    BANDS_OVERLAP,
    UNKNOWN_THEME,
    THEME_WITHOUT_QUESTIONS,
    NEVER_APPLIES,
    DATES_REVERSED,
    REVIEW_TOO_EARLY,
    WINDOW_REVERSED,
    UNKNOWN_VARIABLE,
    NO_ELIGIBLE_ORDER,
    ORDER_OUT_OF_TIME,
    REPEATED_WORDS,
    TOO_MANY_PROMPTS,
    LOWEST_OF_ONE,
    WINDOW_UNUSED,
)


class UnknownFramework(ProblemsFound):
    """Raised where a framework is asked for by an id that does not exist; carries the nearest one."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        ids = tuple(known)
        super().__init__(
            [UNKNOWN_FRAMEWORK.at(name=name, allowed=", ".join(ids), value=name, nearest=nearest_of(name, ids))]
        )
