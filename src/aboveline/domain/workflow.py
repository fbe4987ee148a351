"""The stages of an inspection and the moves between them. A move that may not be made says why, as a person would ask.

The table is total: every stage has its row, and a stage that is not in a row cannot be reached from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where an inspection is, in order."""

    SET_UP = "set_up"
    FIELDWORK = "fieldwork"
    MODERATION = "moderation"
    SIGNED = "signed"
    WITH_SERVICE = "with_service"
    PUBLISHED = "published"

    @property
    def order(self) -> int:
        """Position among the stages, from 0."""
        return _ORDER[self]


_ORDER: Mapping[Stage, int] = {stage: place for place, stage in enumerate(Stage)}

#: where each stage may lead. Back is open until publication; what was published changes only by a correction.
MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.SET_UP: frozenset({Stage.FIELDWORK}),
    Stage.FIELDWORK: frozenset({Stage.SET_UP, Stage.MODERATION}),
    Stage.MODERATION: frozenset({Stage.FIELDWORK, Stage.SIGNED}),
    Stage.SIGNED: frozenset({Stage.MODERATION, Stage.WITH_SERVICE}),
    Stage.WITH_SERVICE: frozenset({Stage.MODERATION, Stage.PUBLISHED}),
    Stage.PUBLISHED: frozenset({Stage.MODERATION}),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What a move depends on: counts of one inspection and what stands of its sign-off."""

    sampled: int = 0
    submitted: int = 0
    unsettled_reads: int = 0
    open_alerts: int = 0
    signed: bool = False
    open_points: int = 0
    correction_reason: str = ""


class MoveRefused(ValueError):
    """Raised where an inspection may not go to a stage; the message says what is to be done first."""


def can_move(now: Stage, to: Stage, progress: Progress) -> bool:
    try:
        check_move(now, to, progress)
    except MoveRefused:
        return False
    return True


def check_move(now: Stage, to: Stage, progress: Progress) -> None:
    """Raise MoveRefused unless an inspection at `now` may go `to` with this progress."""
    if to not in MOVES[now]:
        raise MoveRefused(f"an inspection in “{words(now)}” cannot go to “{words(to)}”")
    needs = _NEEDS.get((now, to))
    if needs and (reason := needs(progress)):
        raise MoveRefused(reason)


def words(stage: Stage) -> str:
    return stage.value.replace("_", " ")


def _to_fieldwork(progress: Progress) -> str:
    return "" if progress.sampled else "no case is under assessment yet: draw the sample first"


def _to_moderation(progress: Progress) -> str:
    missing = progress.sampled - progress.submitted
    return f"{missing} of {progress.sampled} cases are not submitted yet" if missing else ""


def _to_signed(progress: Progress) -> str:
    if progress.unsettled_reads:
        return f"{progress.unsettled_reads} second reads are not settled yet"
    return "" if progress.signed else "nobody has signed it off"


def _to_published(progress: Progress) -> str:
    if progress.open_points:
        return f"{progress.open_points} points of fact or challenges have no outcome yet"
    return "" if progress.signed else "the sign-off was voided by a later change: sign it off again"


def _to_correction(progress: Progress) -> str:
    return "" if progress.correction_reason else "a published inspection is changed only as a correction, with a reason"


_NEEDS: Mapping[tuple[Stage, Stage], Callable[[Progress], str]] = {
    (Stage.SET_UP, Stage.FIELDWORK): _to_fieldwork,
    (Stage.FIELDWORK, Stage.MODERATION): _to_moderation,
    (Stage.MODERATION, Stage.SIGNED): _to_signed,
    (Stage.SIGNED, Stage.WITH_SERVICE): _to_published,
    (Stage.WITH_SERVICE, Stage.PUBLISHED): _to_published,
    (Stage.PUBLISHED, Stage.MODERATION): _to_correction,
}
