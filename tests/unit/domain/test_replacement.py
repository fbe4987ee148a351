from aboveline.domain.replacement import REASONS, Replacement, current_sample, replace_case
from aboveline.domain.sampling import draw
from tests.caseload_builders import a_caseload

DRAW = draw(a_caseload(30).entries, size=6, seed=1, reserves=2)
FIRST, SECOND = DRAW.case_refs[:2]


def taken_out(case_ref, done=(), reason="transferred", explanation="moved in May"):
    return replace_case(DRAW, done, case_ref, reason, explanation)


def test_a_case_taken_out_gives_its_place_to_the_next_reserve():
    one = taken_out(FIRST).expect()
    assert one == Replacement(FIRST, DRAW.reserves[0], "transferred", "moved in May")
    two = taken_out(SECOND, [one]).expect()
    assert two.reserve == DRAW.reserves[1]
    assert current_sample(DRAW, [one, two]) == tuple(sorted({*DRAW.case_refs[2:], *DRAW.reserves}))


def test_a_reserve_that_came_in_can_be_replaced_and_a_case_gone_cannot():
    one = taken_out(FIRST).expect()
    assert taken_out(one.reserve, [one]).expect().reserve == DRAW.reserves[1]
    assert [q.code for q in taken_out(FIRST, [one]).problems] == ["draw.not-in-sample"]


def test_a_reason_and_its_explanation_are_needed():
    found = taken_out(FIRST, reason="transfered", explanation=" ")
    assert [q.code for q in found.problems] == ["draw.no-reason", "draw.no-explanation"]
    assert found.problems[0].nearest == "transferred"
    assert all(taken_out(FIRST, reason=reason).ok for reason in REASONS)


def test_when_reserves_run_out_nothing_is_replaced():
    done = [taken_out(FIRST).expect()]
    done.append(taken_out(SECOND, done).expect())
    assert [q.code for q in taken_out(DRAW.case_refs[2], done).problems] == ["draw.no-reserve-left"]
