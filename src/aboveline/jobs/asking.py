"""Ask something of the other side of an inspection, and write to whoever may answer."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from aboveline.domain.access import Action
from aboveline.domain.letters import LetterKind
from aboveline.jobs.letters import post_to_all
from aboveline.records.actions.planning import WantedSupply, ask_supplies
from aboveline.records.actions.replacements import answer_replacement, ask_replacement
from aboveline.records.models import DrawnCase, Inspection, ReplacementRequest, Supply, User


def answering(side: str) -> Action:
    """The right of the side that is to answer, where this one asked for a case to be replaced."""
    return Action.DRAW if side == ReplacementRequest.Side.SERVICE else Action.SUPPLY_CASELOAD


@transaction.atomic
def ask_for(*, inspection: Inspection, wanted: Sequence[WantedSupply], by: User) -> list[Supply]:
    """Ask the service for things."""
    asked = ask_supplies(inspection=inspection, wanted=wanted, by=by)
    post_to_all(LetterKind.SUPPLIES, Action.SUPPLY_CASELOAD, inspection, by=by)
    return asked


@transaction.atomic
def ask_to_replace(*, drawn: DrawnCase, by: User, **asked: Any) -> ReplacementRequest:
    """Ask that a case leave the sample. Takes and raises what `ask_replacement` does."""
    request = ask_replacement(drawn=drawn, by=by, **asked)
    post_to_all(LetterKind.REPLACEMENT, answering(request.side), drawn.draw.inspection, by=by, request=request)
    return request


@transaction.atomic
def answer_to_replace(*, request: ReplacementRequest, by: User, **answer: Any) -> ReplacementRequest:
    """The other side answers; whoever decides is told. Takes and raises what `answer_replacement` does."""
    answered = answer_replacement(request=request, by=by, **answer)
    inspection = answered.drawn.draw.inspection
    post_to_all(LetterKind.REPLACEMENT, Action.DRAW, inspection, by=by, request=answered)
    return answered
