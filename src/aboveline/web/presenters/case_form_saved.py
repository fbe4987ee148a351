"""What a page that stays open after a save needs to save again."""

from collections.abc import Mapping

from aboveline.jobs.assessing import given_of
from aboveline.records.models import CaseFinding, Judgement
from aboveline.web.forms.case_form import FACT_PREFIX, seen_token, shown_values


def seen_after(
    saved: Mapping[str, int], answers: Mapping[str, Judgement], findings: Mapping[str, CaseFinding]
) -> dict[str, str]:
    """The token of each saved question and fact, by field name. One saved again by someone else meanwhile has none,
    so that the next save of it meets a conflict, as it must."""
    tokens = {}
    for id, version in saved.items():
        if id in findings and findings[id].version == version:
            tokens[FACT_PREFIX + id] = seen_token(version, (findings[id].option,))
        elif id in answers and answers[id].version == version:
            tokens[id] = seen_token(version, shown_values(given_of(answers[id])))
    return tokens
