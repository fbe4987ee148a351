"""The stages of an inspection: where each may lead, and what is to be done first."""

from dataclasses import replace
from datetime import date

import pytest

from aboveline.domain.workflow import MOVES, MoveRefused, Progress, Stage, can_move, check_move

DONE = Progress(sampled=3, submitted=3, signed=True, correction_reason="a figure was wrong")


def test_the_table_is_total_and_every_stage_is_reached():
    assert set(MOVES) == set(Stage)
    reached = {Stage.SET_UP}
    for _ in Stage:
        reached |= {to for stage in reached for to in MOVES[stage]}
    assert reached == set(Stage)


def test_stages_stand_in_order():
    assert [stage.order for stage in Stage] == list(range(len(Stage)))


@pytest.mark.parametrize("now", Stage)
@pytest.mark.parametrize("to", Stage)
def test_a_move_is_made_just_where_the_table_has_it(now, to):
    assert can_move(now, to, DONE) is (to in MOVES[now])


@pytest.mark.parametrize(
    ("now", "to", "progress", "why"),
    [
        (Stage.SET_UP, Stage.FIELDWORK, Progress(), "draw the sample first"),
        (Stage.FIELDWORK, Stage.MODERATION, Progress(sampled=5, submitted=3), "2 of 5 cases are not submitted yet"),
        (Stage.MODERATION, Stage.SIGNED, Progress(signed=True, unsettled_reads=2), "2 second reads are not settled"),
        (Stage.MODERATION, Stage.SIGNED, Progress(signed=True, open_alerts=1), "1 alert is still open"),
        (Stage.MODERATION, Stage.SIGNED, Progress(), "nobody has signed it off"),
        (Stage.SIGNED, Stage.WITH_SERVICE, Progress(), "sign it off again"),
        (Stage.WITH_SERVICE, Stage.PUBLISHED, Progress(signed=True, open_points=1), "1 point of fact or challenge has"),
        (Stage.WITH_SERVICE, Stage.PUBLISHED, replace(DONE, answer_until=date(2010, 9, 24)), "until 24 Sept"),
        (Stage.WITH_SERVICE, Stage.PUBLISHED, Progress(), "the sign-off was voided"),
        (Stage.PUBLISHED, Stage.MODERATION, Progress(signed=True), "only as a correction, with a reason"),
        (Stage.SET_UP, Stage.PUBLISHED, DONE, "“set up” cannot go to “published”"),
    ],
)
def test_a_move_that_may_not_be_made_says_why(now, to, progress, why):
    with pytest.raises(MoveRefused, match=why):
        check_move(now, to, progress)
    assert not can_move(now, to, progress)


def test_published_leads_back_to_moderation_only():
    assert MOVES[Stage.PUBLISHED] == {Stage.MODERATION}
