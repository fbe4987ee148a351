"""What can be wrong with the scores given for a comparison: the catalogue of codes compare.…"""

from aboveline.domain.problems import ProblemKind, Severity

UNKNOWN_THEME = ProblemKind("compare.unknown-theme", "The framework has no theme “{value}”.", "Use one of: {allowed}.")
REPEATED_THEME = ProblemKind("compare.repeated-theme", "Theme “{value}” is given twice.", "Give each theme once.")
BAD_SCORE = ProblemKind(
    "compare.bad-score",
    "“{value}” is not theme=score.",
    "Write for example safeguarding=75: a whole percent, 0 to 100.",
)
NO_SCORES = ProblemKind("compare.no-scores", "No score was given.", "Give at least one theme=score.")
NO_AREA = ProblemKind("compare.no-area", "No area was named.", "Name the area whose scores these are.")
AREA_SPELLING = ProblemKind(
    "compare.area-spelling",
    "No published result names the area “{value}”.",
    "If it is spelled differently there, its own earlier scores are not recognised.",
    Severity.WARNING,
)
NOT_PUBLISHED = ProblemKind(
    "compare.nothing-published",
    "Nothing has been published under framework {value}.",
    "Compare under a framework whose results come with the product, such as {known}.",
)

CATALOGUE: tuple[ProblemKind, ...] = (
    UNKNOWN_THEME,
    REPEATED_THEME,
    BAD_SCORE,
    NO_SCORES,
    NO_AREA,
    AREA_SPELLING,
    NOT_PUBLISHED,
)
