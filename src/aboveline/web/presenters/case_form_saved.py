"""What a page that stays open after a save needs to save again."""

from collections.abc import Mapping
from typing import Any

from aboveline.domain.sentences import uncarried
from aboveline.jobs.assessing import given_of
from aboveline.records.models.assessment import FindingFields, JudgementFields
from aboveline.web.forms.case_form import ANSWER_FIELDS, FACT_PREFIX, seen_token, shown_values
from aboveline.web.presenters.case_form import CaseForm
from aboveline.web.presenters.case_form_words import saved_words
from aboveline.web.presenters.wording import said


def problems_said(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The problems of a save, this one or an earlier one of the same key, in the reader's language."""
    return [
        problem | {part: said(uncarried(problem[part])) for part in ("message", "remedy")}
        for problem in outcome["problems"]
    ]


def seen_after(
    saved: Mapping[str, int], answers: Mapping[str, JudgementFields], findings: Mapping[str, FindingFields]
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


def conflicts_said(outcome: Mapping[str, Any], form: CaseForm) -> list[dict[str, Any]]:
    """Each conflict with what an open page needs to let its reader choose: the newest values as a page shows them,
    their token, and both values in words. Where someone saved once more meanwhile, the newest are the later ones."""
    return [conflict | _newest(conflict["id"], form) for conflict in outcome["conflicts"]]


def _newest(id: str, form: CaseForm) -> dict[str, Any]:
    finding, answer = form.findings.get(id), form.answers.get(id)
    if id in form.fact_by_id:
        shown = {"option": finding.option if finding else ""}
    else:
        shown = dict(zip(ANSWER_FIELDS, shown_values(given_of(answer)), strict=True))
    row = finding if id in form.fact_by_id else answer
    token = seen_token(row.version if row else 0, tuple(shown.values()))
    when = saved_words(row) if row else ""
    return {
        "name": form.name(id),
        "shown": shown,
        "seen": token,
        "when": when,
        "notice": form.notice(id) if row else "",
    }
