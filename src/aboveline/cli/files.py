"""Files named on the command line: what cannot be read or written ends as a problem, never as a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aboveline.cli.output import Format, end_with_problems
from aboveline.domain.problems import ProblemKind

UNUSABLE_FILE = ProblemKind(
    "file.unusable",
    "The file cannot be read or written: {reason}.",
    "Give a file that you may read, or a place where you may write.",
)
CATALOGUE = (UNUSABLE_FILE,)

#: more than any reader accepts, so that each can say that a file is too large
LIMIT_BYTES = 10_000_000


@contextmanager
def files_or_end(form: Format) -> Iterator[None]:
    """End with a problem where a file in here cannot be read or written."""
    try:
        yield
    except OSError as error:
        name = str(error.filename or "") or None
        end_with_problems(form, [UNUSABLE_FILE.at(file=name, reason=error.strerror or "unknown")])


def bytes_of(form: Format, file: Path) -> bytes:
    """No more of a file than decides that it is too large."""
    with files_or_end(form), file.open("rb") as stream:
        return stream.read(LIMIT_BYTES)


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it is there whole or, where that fails, as it was before. Raises OSError."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
