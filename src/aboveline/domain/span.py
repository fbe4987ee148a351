"""A stretch of one day by the clock on the wall: a session, a meeting, an absence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

_HOUR = 60


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to but without `end`, in local time. Raises ValueError where it does not end after it starts."""

    day: date
    start: time
    end: time

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a span of time ends at {self.end}, not after its start at {self.start}")

    @classmethod
    def whole_day(cls, day: date) -> "Span":
        """The day up to its last minute."""
        return cls(day, time.min, time.max)

    @property
    def minutes(self) -> int:
        return _minutes(self.end) - _minutes(self.start)

    def overlaps(self, other: "Span") -> bool:
        return self.day == other.day and self.start < other.end and other.start < self.end

    def within(self, minutes: int, step: int) -> Iterator["Span"]:
        """The spans of so many minutes that fit into this one, starting every `step` minutes."""
        first, last = _minutes(self.start), _minutes(self.end) - minutes
        for start in range(first, last + 1, step):
            yield Span(self.day, _time(start), _time(start + minutes))

    def with_pause(self, minutes: int) -> "Span":
        """This span with so many minutes around it, as far as the day goes."""
        before, after = _minutes(self.start) - minutes, _minutes(self.end) + minutes
        return Span(self.day, _time(max(0, before)), _time(after) if after < 24 * _HOUR else time.max)


def _minutes(at: time) -> int:
    return at.hour * _HOUR + at.minute


def _time(minutes: int) -> time:
    return time(minutes // _HOUR, minutes % _HOUR)
