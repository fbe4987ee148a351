"""What a page that stays open after a save needs to save again."""

from collections.abc import Mapping
from typing import Any

from aboveline.domain.sentences import uncarried
from aboveline.jobs.assessing import given_of
from aboveline.records.models import CaseFinding, Judgement
from aboveline.web.forms.case_form import FACT_PREFIX, seen_token, shown_values
from aboveline.web.presenters.wording import said


def problems_said(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The problems of a save, this one or an earlier one of the same key, in the reader's language."""
    return [
        problem | {part: said(uncarried(problem[part])) for part in ("message", "remedy")}
        for problem in outcome["problems"]
    ]


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
