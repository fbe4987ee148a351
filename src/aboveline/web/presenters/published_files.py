"""A published version as files: its scores as CSV and ODS, the whole of it as JSON, and what each column means.

The id of a row never changes: inspection, level and the framework's own id of what is scored.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from aboveline.domain.sentences import uncarried
from aboveline.records.models import Publication
from aboveline.rendering.spreadsheet_ods import ods
from aboveline.web.presenters.spreadsheet import inert

#: each column of the scores file, and what it means
DICTIONARY: Mapping[str, object] = {
    "row_id": gettext_lazy("Inspection, level and id, joined; the same in every version"),
    "inspection": gettext_lazy("Number of the inspection"),
    "version": gettext_lazy("Number of the published version, from 1"),
    "service": gettext_lazy("Youth justice service that was inspected"),
    "area": gettext_lazy("Area it covers"),
    "kind": gettext_lazy("core, reinspection or local_audit"),
    "held_on": gettext_lazy("First day of fieldwork, as year-month-day"),
    "framework": gettext_lazy("Id of the framework; its pages hold every question and band"),
    "level": gettext_lazy("theme, section, criterion or question"),
    "id": gettext_lazy("The framework’s id of what is scored"),
    "name": gettext_lazy("Its name in English"),
    "sufficient": gettext_lazy("Judgements that found the work sufficient; empty where withheld"),
    "applicable": gettext_lazy("Judgements that found it sufficient or insufficient; empty where withheld"),
    "percent": gettext_lazy("Sufficient of applicable as a whole percent; empty where not scored or withheld"),
    "interval_low": gettext_lazy("Lower limit of the 95% interval, in percent"),
    "interval_high": gettext_lazy("Upper limit of the 95% interval, in percent"),
    "no_interval": gettext_lazy("Why there is no interval or score"),
    "band": gettext_lazy("Id of the band"),
    "computed_band": gettext_lazy("Id of the computed band, where two people put another in its place"),
    "withheld": gettext_lazy("Why the score is withheld; empty where it is not"),
    "provisional": gettext_lazy("Why the score is provisional; empty where it is not"),
}


def rows_of(publication: Publication) -> Iterable[Sequence[object]]:
    about = publication.snapshot["inspection"]
    for score in publication.snapshot["scores"]:
        yield (
            f"{about['id']}-{score['level']}-{score['id']}", about["id"], publication.ordinal, about["service"],
            about["area"], about["kind"], about["held_on"], about["framework"], score["level"], score["id"],
            score["name"]["en"], score["sufficient"], score["applicable"], score["percent"], score["low"],
            score["high"], uncarried(score["no_interval"]), score["band"], score["computed_band"], score["withheld"],
            score["provisional"],
        )  # fmt: skip


def as_csv(publication: Publication) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(DICTIONARY)
    writer.writerows([inert(cell) for cell in row] for row in rows_of(publication))
    # The mark at the start makes spreadsheets read the file as Unicode.
    return ("\ufeff" + out.getvalue()).encode()


def as_ods(publication: Publication) -> bytes:
    """The scores and, on a second sheet, what each column means. Text is typed as text, so that none runs."""
    dictionary = [("column", "meaning"), *((name, str(words)) for name, words in DICTIONARY.items())]
    return ods({"scores": [tuple(DICTIONARY), *rows_of(publication)], "columns": dictionary})


def as_json(publication: Publication) -> bytes:
    content: dict[str, Any] = {
        "version": publication.ordinal,
        "published_at": publication.publish_at.isoformat(),
        "content_hash": publication.content_hash,
        "correction": publication.reason,
        "columns": {name: str(words) for name, words in DICTIONARY.items()},
        **plain(publication.snapshot),
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def plain(kept: Any) -> Any:
    """What is on record with every sentence in it as its English text."""
    if isinstance(kept, dict):
        return uncarried(kept) if "template" in kept else {name: plain(part) for name, part in kept.items()}
    return [plain(part) for part in kept] if isinstance(kept, list) else kept
