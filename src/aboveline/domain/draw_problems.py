"""What can be wrong with the wish for a draw, with replacing a case and with a certificate."""

from aboveline.domain.problems import ProblemKind, Severity

NO_CASE_ELIGIBLE = ProblemKind(
    "draw.no-case-eligible",
    "No case in the list is eligible as at {as_at}: orders must have started from {earliest} to {latest}.",
    "Give the date that belongs to the list; its newest order started on {newest}.",
)
SIZE_TOO_SMALL = ProblemKind("draw.size-too-small", "A sample needs at least one case.", "Give a size of 1 or more.")
SIZE_TOO_LARGE = ProblemKind(
    "draw.size-too-large",
    "{size} cases were asked for and only {eligible} are eligible.",
    "Ask for {eligible} or fewer; all of them means that every eligible case is read.",
)
UNKNOWN_METHOD = ProblemKind("draw.unknown-method", "There is no such method of drawing.", "Use one of: {allowed}.")
UNKNOWN_VARIABLE = ProblemKind(
    "draw.unknown-variable", "A draw cannot be balanced or stratified on this.", "Use any of: {allowed}."
)
NO_SEED = ProblemKind("draw.no-seed", "The draw has no seed.", "Give any text, settled before the list was seen.")
SEED_NOT_TEXT = ProblemKind(
    "draw.seed-not-text", "The seed holds bytes that are no text.", "Give any text, settled before the list was seen."
)
AS_AT_ASSUMED = ProblemKind(
    "draw.as-at-assumed",
    "No date was given, so eligibility was taken as at {as_at}.",
    "Give --as-at to choose the date.",
    Severity.WARNING,
)
FEW_RESERVES = ProblemKind(
    "draw.few-reserves",
    "Only {count} cases are left to stand in reserve.",
    "Nothing to do; know that few cases can be replaced.",
    Severity.WARNING,
    one="Only {count} case is left to stand in reserve.",
)
EARLIER_DRAW_KEPT = ProblemKind(
    "draw.earlier-draw-kept",
    "The folder already held a different draw; it was kept as {kept}.",
    "Say in the report that the sample was drawn again, and why.",
    Severity.WARNING,
)
CANNOT_WRITE = ProblemKind(
    "draw.cannot-write", "The files cannot be written there: {reason}.", "Give a folder that you may write to."
)
NOT_IN_SAMPLE = ProblemKind(
    "draw.not-in-sample", "This case is not in the sample now.", "Choose a case that is in the sample."
)
NO_REASON = ProblemKind("draw.no-reason", "Replacing a case needs a reason from the list.", "Use one of: {allowed}.")
NO_EXPLANATION = ProblemKind(
    "draw.no-explanation", "Replacing a case needs a sentence that explains it.", "Write what happened, without names."
)
NO_RESERVE_LEFT = ProblemKind(
    "draw.no-reserve-left",
    "Every reserve has been used.",
    "Carry on with one case fewer; the scores then count the cases read.",
)
CERTIFICATE_UNREADABLE = ProblemKind(
    "certificate.unreadable",
    "This is not a certificate of a draw: {reason}.",
    "Give the certificate.json that was written with the sample.",
)
CERTIFICATE_VERSION = ProblemKind(
    "certificate.version",
    "The certificate is of version {found}; this program reads version {known}.",
    "Check it with the program that made it.",
)
DIFFERENT_FRAMEWORK = ProblemKind(
    "certificate.different-framework",
    "The certificate was made with {found}, and this is {given} or another state of it.",
    "Use the framework the certificate names.",
)
DIFFERENT_LIST = ProblemKind(
    "certificate.different-list",
    "The case list is not the one the certificate was made from.",
    "Use the list as it was when the sample was drawn.",
)
DOES_NOT_AGREE = ProblemKind(
    "certificate.does-not-agree",
    "Drawing again gives a different {part} than the certificate holds.",
    "Do not use this sample before it is known who changed what.",
)
CERTIFICATE_TOO_LARGE = ProblemKind(
    "certificate.too-large",
    "The file is larger than {limit} MB, and no certificate is.",
    "Give the certificate.json that was written with the sample.",
)
OTHER_SETTINGS = ProblemKind(
    "certificate.other-settings",
    "The draw agrees, but it was {done} on {found}, and the framework says {expected}.",
    "Ask whoever drew the sample why; anything else than the framework’s own belongs in the report.",
    Severity.WARNING,
)
OTHER_LOOK_BACK = ProblemKind(
    "certificate.other-look-back",
    "The draw agrees, but this inspection looked back {months} months, which is not the framework’s own rule.",
    "The certificate gives the reason; it belongs in the report.",
    Severity.WARNING,
)

CATALOGUE = (
    NO_CASE_ELIGIBLE,
    SIZE_TOO_SMALL,
    SIZE_TOO_LARGE,
    UNKNOWN_METHOD,
    UNKNOWN_VARIABLE,
    NO_SEED,
    SEED_NOT_TEXT,
    AS_AT_ASSUMED,
    FEW_RESERVES,
    EARLIER_DRAW_KEPT,
    CANNOT_WRITE,
    NOT_IN_SAMPLE,
    NO_REASON,
    NO_EXPLANATION,
    NO_RESERVE_LEFT,
    CERTIFICATE_UNREADABLE,
    CERTIFICATE_VERSION,
    DIFFERENT_FRAMEWORK,
    DIFFERENT_LIST,
    DOES_NOT_AGREE,
    CERTIFICATE_TOO_LARGE,
    OTHER_SETTINGS,
    OTHER_LOOK_BACK,
)
