"""The trail as a file, one event a line: who did what to what, when. Never the values."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC

from aboveline.records.models import AuditEvent
from aboveline.web.presenters.spreadsheet import inert
from aboveline.web.presenters.trail import Objects, named, verb_words

#: the hash lets a reader compare with printed heads
HEADINGS = (
    "number", "at", "who", "verb", "what", "on", "object", "object_id", "reason", "fields", "request", "hash",
)  # fmt: skip


def trail_lines(pieces: Iterable[tuple[Sequence[AuditEvent], Objects]]) -> Iterator[str]:
    """CSV text, piece by piece. `at` is UTC; `fields` are the names of the values that were saved."""
    yield "\ufeff" + _text([HEADINGS])
    for events, objects in pieces:
        yield _text(_row(event, objects) for event in events)


def _row(event: AuditEvent, objects: Objects) -> tuple[object, ...]:
    return (
        event.sequence,
        event.at.astimezone(UTC).isoformat(timespec="seconds"),
        str(event.actor or ""),
        event.verb,
        verb_words(event.verb),
        named(event, objects)[0],
        event.object_type,
        event.object_id,
        event.reason,
        " ".join(sorted(event.commitments)),
        event.request_id,
        event.hash,
    )


def _text(rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([inert(cell) for cell in row] for row in rows)
    return text.getvalue()
