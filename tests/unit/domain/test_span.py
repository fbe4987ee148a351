"""Stretches of a day."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.span import Span

DAY = date(2026, 11, 30)


@st.composite
def spans(draw) -> Span:
    start = draw(st.integers(0, 1430))
    end = draw(st.integers(start + 1, 1439))
    return Span(DAY, time(start // 60, start % 60), time(end // 60, end % 60))


@given(spans(), spans())
def test_overlap_is_mutual_and_means_a_shared_minute(one: Span, other: Span) -> None:
    shared = min(one.end, other.end) > max(one.start, other.start)
    assert one.overlaps(other) == other.overlaps(one) == shared


def test_spans_that_touch_or_lie_on_other_days_do_not_overlap() -> None:
    morning = Span(DAY, time(9), time(12))
    assert not morning.overlaps(Span(DAY, time(12), time(13)))
    assert not morning.overlaps(Span(date(2026, 12, 1), time(9), time(12)))
    assert morning.overlaps(Span.whole_day(DAY))


@given(spans(), st.integers(1, 120), st.integers(1, 60))
def test_starts_lie_inside_on_the_grid_and_none_is_missing(session: Span, minutes: int, step: int) -> None:
    found = list(session.within(minutes, step))
    assert all(s.minutes == minutes and session.start <= s.start and s.end <= session.end for s in found)
    assert len(found) == max(0, (session.minutes - minutes) // step + 1)
    assert [Span(DAY, session.start, s.start).minutes for s in found[1:]] == [step * n for n in range(1, len(found))]


def test_a_pause_widens_as_far_as_the_day_goes() -> None:
    assert Span(DAY, time(9), time(10)).with_pause(15) == Span(DAY, time(8, 45), time(10, 15))
    assert Span(DAY, time(0, 5), time(23, 50)).with_pause(15) == Span(DAY, time(0), time.max)


def test_a_span_must_end_after_it_starts() -> None:
    with pytest.raises(ValueError, match="not after its start"):
        Span(DAY, time(10), time(10))
