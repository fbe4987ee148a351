"""The stages of an inspection and the moves between them. A move that may not be made says why, as a person would ask.

The table is total: every stage has its row, and a stage that is not in a row cannot be reached from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aboveline.domain.sentences import Sentence


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
    """What a move depends on: counts of one inspection and what stands of its sign-off.

    `answer_until` is the last day on which the service may still answer the draft, where publication would come before
    it is over and the service has not said that it has said everything.
    """

    sampled: int = 0
    submitted: int = 0
    unsettled_reads: int = 0
    open_alerts: int = 0
    signed: bool = False
    open_points: int = 0
    answer_until: date | None = None
    correction_reason: str = ""


class MoveRefused(ValueError):
    """Raised where an inspection may not go to a stage; `reason` says what is to be done first."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def can_move(now: Stage, to: Stage, progress: Progress) -> bool:
    try:
        check_move(now, to, progress)
    except MoveRefused:
        return False
    return True


def check_move(now: Stage, to: Stage, progress: Progress) -> None:
    """Raise MoveRefused unless an inspection at `now` may go `to` with this progress."""
    if to not in MOVES[now]:
        raise MoveRefused(Sentence.of("an inspection in “{now}” cannot go to “{to}”", now=words(now), to=words(to)))
    needs = _NEEDS.get((now, to))
    if needs and (reason := needs(progress)):
        raise MoveRefused(reason)


def words(stage: Stage) -> str:
    return stage.value.replace("_", " ")


def _to_fieldwork(progress: Progress) -> str:
    return "" if progress.sampled else Sentence.of("no case is under assessment yet: draw the sample first")


def _to_moderation(progress: Progress) -> str:
    missing = progress.sampled - progress.submitted
    if not missing:
        return ""
    return Sentence.counted(
        "{count} of {sampled} cases is not submitted yet",
        "{count} of {sampled} cases are not submitted yet",
        count=missing,
        sampled=progress.sampled,
    )


def _complete(progress: Progress) -> str:
    """What is still open of the work itself: what is signed, sent or published is finished, at every one of them."""
    unsettled, alerts = progress.unsettled_reads, progress.open_alerts
    if missing := _to_moderation(progress):
        return missing
    if unsettled:
        return Sentence.counted(
            "{count} second read is not settled yet", "{count} second reads are not settled yet", count=unsettled
        )
    if alerts:
        return Sentence.counted(
            "{count} alert is still open: follow it to its close",
            "{count} alerts are still open: follow them to their close",
            count=alerts,
        )
    return ""


def check_complete(progress: Progress) -> None:
    """Raise MoveRefused where something of the work is still open, so that it can be neither signed nor published."""
    if reason := _complete(progress):
        raise MoveRefused(reason)


def _to_signed(progress: Progress) -> str:
    if open_ := _complete(progress):
        return open_
    return "" if progress.signed else Sentence.of("nobody has signed it off")


def _to_published(progress: Progress) -> str:
    points = progress.open_points and Sentence.counted(
        "{count} point of fact or challenge has no outcome yet",
        "{count} points of fact or challenges have no outcome yet",
        count=progress.open_points,
    )
    answer = progress.answer_until and Sentence.of(
        "the service has until {day} to answer the draft: publish it after that day, or once the service says that its "
        "answer is complete",
        day=progress.answer_until,
    )
    signed = progress.signed or Sentence.of("the sign-off was voided by a later change: sign it off again")
    return Sentence.joined((_complete(progress), points, answer, "" if signed is True else signed), "; ")


def _to_correction(progress: Progress) -> str:
    if progress.correction_reason:
        return ""
    return Sentence.of("a published inspection is changed only as a correction, with a reason")


_NEEDS: Mapping[tuple[Stage, Stage], Callable[[Progress], str]] = {
    (Stage.SET_UP, Stage.FIELDWORK): _to_fieldwork,
    (Stage.FIELDWORK, Stage.MODERATION): _to_moderation,
    (Stage.MODERATION, Stage.SIGNED): _to_signed,
    (Stage.SIGNED, Stage.WITH_SERVICE): _to_published,
    (Stage.WITH_SERVICE, Stage.PUBLISHED): _to_published,
    (Stage.PUBLISHED, Stage.MODERATION): _to_correction,
}
