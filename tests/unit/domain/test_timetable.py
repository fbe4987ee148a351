"""The steps of an inspection and the days they are due."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.framework import Text
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.timetable import Step, StepState, Timetable, check_timetable, due_dates, standing
from tests.builders import OWN
from tests.unit.domain.test_calendar import CALENDAR

MONDAY = date(2026, 4, 13)


def a_step(id_: str, offset: int, *needs: str) -> Step:
    return Step(id_, Text(id_.title()), offset, "lead_inspector", needs, OWN)


def a_timetable(*steps: Step) -> Timetable:
    return Timetable("test", 1, Text("Test"), ("core",), steps)


WEEK = a_timetable(
    a_step("drawn", -6),
    a_step("allocated", -2, "drawn"),
    a_step("opened", 0, "allocated"),
    a_step("closed", 4, "opened"),
)


def due(**moved: date) -> dict[str, date]:
    return {s.step.id: s.due for s in due_dates(WEEK, MONDAY, CALENDAR, moved=moved).expect()}


def states(as_at: date, **done: date) -> dict[str, str]:
    steps = due_dates(WEEK, MONDAY, CALENDAR).expect()
    return {s.due_step.step.id: str(s.state) for s in standing(steps, done, as_at, CALENDAR)}


def test_due_days_are_counted_over_easter() -> None:
    assert due() == {
        "drawn": date(2026, 4, 1),
        "allocated": date(2026, 4, 9),
        "opened": MONDAY,
        "closed": date(2026, 4, 17),
    }


def test_a_step_moved_by_hand_moves_alone_and_says_so() -> None:
    steps = due_dates(WEEK, MONDAY, CALENDAR, moved={"allocated": date(2026, 4, 8)}).expect()
    assert [(s.step.id, s.due) for s in steps if s.moved] == [("allocated", date(2026, 4, 8))]
    assert steps[1].computed == date(2026, 4, 9)


@given(st.dates(date(2026, 3, 1), date(2027, 10, 1)), st.permutations(range(-15, 15)))
def test_whatever_the_first_day_each_step_is_due_on_a_working_day_after_what_it_needs(first, offsets) -> None:
    ordered = sorted(offsets[:6])
    chain = [a_step(f"s{n}", offset, *([f"s{n - 1}"] if n else [])) for n, offset in enumerate(ordered)]
    first = CALENDAR.next_working_day(first)
    steps = due_dates(a_timetable(*chain), first, CALENDAR).expect()
    assert check_timetable(a_timetable(*chain)) == ()
    assert all(CALENDAR.is_working_day(s.due) for s in steps)
    assert [s.due for s in steps] == sorted(s.due for s in steps)
    assert [CALENDAR.count(first, s.due) for s in steps] == ordered


def test_everything_wrong_with_the_days_is_said_at_once() -> None:
    moved = {"opend": MONDAY, "closed": date(2026, 4, 18), "drawn": date(2026, 4, 10)}
    found = due_dates(WEEK, date(2026, 4, 6), CALENDAR, moved=moved)
    assert found.value is None
    assert [problem.code.removeprefix("timetable.") for problem in found.problems] == [
        "first-day-closed",
        "unknown-step",
        "moved-to-closed-day",
        "before-what-it-needs",
    ]
    first, unknown, closed, order = found.problems
    assert first.message == "Fieldwork cannot begin on 6 April 2026, which is Easter Monday."
    assert unknown.nearest == "opened"
    assert "which is a Saturday" in closed.message
    assert "Use 20 April 2026" in closed.remedy
    assert "“Allocated” would be due on 1 April 2026, before “Drawn” is due on 10 April 2026" in order.message


def test_a_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ProblemsFound, match="2025"):
        due_dates(WEEK, date(2026, 1, 5), CALENDAR)


def test_a_timetable_that_reaches_a_provisional_year_is_drawn_up_with_a_warning() -> None:
    found = due_dates(WEEK, date(2027, 3, 1), CALENDAR)
    assert found.ok
    assert [problem.code for problem in found.problems] == ["calendar.provisional"]


@pytest.mark.parametrize(
    ("as_at", "done", "expected"),
    [
        (date(2026, 4, 1), {}, ["next", "waiting", "waiting", "waiting"]),
        (date(2026, 4, 2), {}, ["late", "waiting", "waiting", "waiting"]),
        (date(2026, 4, 2), {"drawn": date(2026, 4, 2)}, ["done", "next", "waiting", "waiting"]),
        (date(2026, 4, 1), {"drawn": date(2026, 4, 2)}, ["next", "waiting", "waiting", "waiting"]),
        (date(2026, 4, 18), {"drawn": date(2026, 4, 1), "opened": MONDAY}, ["done", "late", "done", "next"]),
        (date(2026, 4, 20), {"drawn": date(2026, 4, 1), "opened": MONDAY}, ["done", "late", "done", "late"]),
    ],
)
def test_what_is_late_next_or_done_as_at_a_day(as_at, done, expected) -> None:
    assert list(states(as_at, **done).values()) == expected


def test_lateness_is_counted_in_working_days_to_the_day_it_was_done() -> None:
    steps = due_dates(WEEK, MONDAY, CALENDAR).expect()
    found = standing(steps, {"drawn": date(2026, 4, 8)}, date(2026, 4, 10), CALENDAR)
    assert [(s.days_late, s.waits_for) for s in found[:3]] == [(3, ()), (1, ()), (0, ("allocated",))]
    assert found[0].done_on == date(2026, 4, 8)


@given(
    st.sets(st.sampled_from(["drawn", "allocated", "opened", "closed"])), st.dates(date(2026, 3, 1), date(2026, 5, 1))
)
def test_every_step_has_one_state_and_only_ready_steps_are_next(done: set[str], as_at: date) -> None:
    steps = due_dates(WEEK, MONDAY, CALENDAR).expect()
    for found in standing(steps, dict.fromkeys(done, date(2026, 2, 2)), as_at, CALENDAR):
        needs = set(found.due_step.step.needs)
        assert (found.state is StepState.DONE) == (found.due_step.step.id in done)
        assert set(found.waits_for) == needs - done
        if found.state is StepState.NEXT:
            assert needs <= done
            assert found.due_step.due >= as_at
        if found.state is StepState.LATE:
            assert found.due_step.due < as_at


def test_on_the_saturday_and_sunday_after_its_day_nothing_is_late_yet() -> None:
    assert states(date(2026, 4, 18))["closed"] == states(date(2026, 4, 19))["closed"] == "waiting"
    assert states(date(2026, 4, 20))["closed"] == "late"


def test_days_agreed_elsewhere_stand_and_what_follows_falls_as_long_after_but_not_after_the_next() -> None:
    agreed = {"allocated": date(2026, 4, 11), "closed": date(2026, 4, 14)}
    steps = due_dates(WEEK, MONDAY, CALENDAR, agreed=agreed).expect()
    assert {s.step.id: s.due for s in steps} == {"drawn": date(2026, 4, 1), "opened": date(2026, 4, 14), **agreed}
    assert not any(s.moved for s in steps)
