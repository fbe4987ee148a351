"""What a published version's files say of sentences that are on record with their parts."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace

from aboveline.domain.sentences import Sentence, carried
from aboveline.web.presenters.published_files import as_json

SENTENCE = Sentence.counted("{count} case.", "{count} cases.", count=2)


def test_a_sentence_on_record_is_plain_english_in_the_file():
    snapshot = {"notes": [carried(SENTENCE), "as it was"], "scores": [{"no_interval": carried(SENTENCE), "low": None}]}
    kept = SimpleNamespace(
        ordinal=1, publish_at=datetime(2026, 1, 1, tzinfo=UTC), content_hash="", reason="", snapshot=snapshot
    )
    told = json.loads(as_json(kept))
    assert told["notes"] == ["2 cases.", "as it was"]
    assert told["scores"] == [{"no_interval": "2 cases.", "low": None}]
