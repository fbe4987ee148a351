"""What can be wrong with a YAML file before its meaning is looked at."""

from aboveline.domain.problems import ProblemKind

TOO_LARGE = ProblemKind(
    "yaml.too-large",
    "The file is larger than {limit} bytes.",
    "Split it, or take out what does not belong.",
)
NOT_UTF8 = ProblemKind(
    "yaml.not-utf8",
    "The file is not text in UTF-8.",
    "Save it again as UTF-8 text.",
)
SYNTAX = ProblemKind(
    "yaml.syntax",
    "The file cannot be read as YAML: {reason}.",
    "Correct this line; look for a missing space after a colon, a tab, or an unclosed quotation mark.",
)
EMPTY = ProblemKind("yaml.empty", "The file is empty.", "Give it content, or take the file away.")
SEVERAL_DOCUMENTS = ProblemKind(
    "yaml.several-documents",
    "The file holds more than one document.",
    "Keep one document in a file: take out the line “---” and what follows it.",
)
DUPLICATE_KEY = ProblemKind(
    "yaml.duplicate-key",
    "“{key}” is given twice in one place.",
    "Keep one of them.",
)
KEY_NOT_TEXT = ProblemKind("yaml.key-not-text", "A key here is not plain text.", "Use a word as the key.")
ALIAS = ProblemKind(
    "yaml.alias",
    "Anchors (&name) and aliases (*name) are not accepted.",
    "Write the value out where it is needed.",
)
TAG = ProblemKind("yaml.tag", "The tag {tag} is not accepted.", "Take the tag out and write a plain value.")
TOO_DEEP = ProblemKind(
    "yaml.too-deep",
    "Values are nested more than {limit} levels deep.",
    "Flatten this part of the file.",
)
TOO_MANY_VALUES = ProblemKind(
    "yaml.too-many-values",
    "The file holds more than {limit} values.",
    "Split it, or take out what does not belong.",
)
NOT_FINITE = ProblemKind(
    "yaml.not-finite",
    "This is not a number that can be used (infinite, not a number, or more than 18 digits).",
    "Write an ordinary number, or put the text in quotation marks.",
)
NO_SUCH_DAY = ProblemKind(
    "yaml.no-such-day",
    "There is no such day in the calendar.",
    "Write the date as year-month-day, for example 2009-04-01.",
)
READER_STOPPED = ProblemKind(
    "yaml.reader-stopped",
    "The file was given up: reading it {reason}.",
    "Write it again as a plain YAML file; if an ordinary file ends like this, split it.",
)

CATALOGUE: tuple[ProblemKind, ...] = (
    TOO_LARGE,
    NOT_UTF8,
    SYNTAX,
    EMPTY,
    SEVERAL_DOCUMENTS,
    DUPLICATE_KEY,
    KEY_NOT_TEXT,
    ALIAS,
    TAG,
    TOO_DEEP,
    TOO_MANY_VALUES,
    NOT_FINITE,
    NO_SUCH_DAY,
    READER_STOPPED,
)
