"""What can be wrong with a case list that was kept for looking at."""

from aboveline.domain.problems import ProblemKind

KEPT_FILE_UNREADABLE = ProblemKind(
    "upload.unreadable",
    "The file that was kept cannot be opened: this installation's secret has changed since it was uploaded.",
    "Discard it and upload the list again.",
)

CATALOGUE = (KEPT_FILE_UNREADABLE,)
