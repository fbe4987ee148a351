"""The timetables that come with the product."""

from datetime import date

import pytest

from aboveline.domain.framework import INSPECTION_KINDS
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.timetable import due_dates
from aboveline.exchange.calendars import load_calendar
from aboveline.exchange.timetables import load_timetables, read_timetable, timetable_for
from aboveline.records.models import Role

BROKEN = """
id: broken
version: 1
title: Broken
kinds: [core]
steps:
  - {id: a, name: A, offset: 0, owner: assessor, source: made up, certainty: own}
  - {id: a, name: A again, offset: 1, owner: assessor, source: made up, certainty: own}
  - {id: b, name: B, offset: 1, owner: assessor, needs: [aa, c, b], source: made up, certainty: own}
  - {id: c, name: C, offset: 2, owner: assessor, needs: [a], source: made up, certainty: own}
"""


def test_every_kind_of_inspection_has_exactly_one_timetable() -> None:
    kinds = [kind for timetable in load_timetables() for kind in timetable.kinds]
    assert sorted(kinds) == sorted(INSPECTION_KINDS)
    assert timetable_for("core").id == "fieldwork-week"
    assert len(timetable_for("local_audit").steps) < len(timetable_for("core").steps) / 2


def test_an_unknown_kind_has_none() -> None:
    with pytest.raises(LookupError, match="joint"):
        timetable_for("joint")


@pytest.mark.parametrize("timetable", load_timetables(), ids=lambda timetable: timetable.id)
def test_steps_are_owned_by_roles_graded_and_counted_from_a_first_day(timetable) -> None:
    assert {step.owner for step in timetable.steps} <= {role.value for role in Role}
    assert all(step.source.text and step.source.certainty for step in timetable.steps)
    assert [step.offset for step in timetable.steps] == sorted(step.offset for step in timetable.steps)
    assert 0 in {step.offset for step in timetable.steps}


def test_fieldwork_is_one_week_and_reading_2024_would_have_been_published_in_the_same_week() -> None:
    """Reading: fieldwork 9-13 September 2024, published 3 December 2024."""
    due = {s.step.id: s.due for s in due_dates(timetable_for("core"), date(2024, 9, 9), load_calendar()).expect()}
    assert (due["fieldwork_opened"], due["scores_moderated"]) == (date(2024, 9, 9), date(2024, 9, 13))
    assert abs(load_calendar().count(due["published"], date(2024, 12, 3))) <= 5


def test_a_broken_timetable_says_everything_at_once() -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_timetable(BROKEN.encode(), file="broken.yaml")
    found = [(problem.code.removeprefix("timetable."), problem.place.path) for problem in caught.value.problems]
    assert found == [
        ("repeated-step", "steps[1]"),
        ("unknown-need", "steps[2]"),
        ("needs-later-step", "steps[2]"),
        ("needs-later-step", "steps[2]"),
    ]
    assert caught.value.problems[1].nearest == "a"
    assert {problem.file for problem in caught.value.problems} == {"broken.yaml"}
