"""Readings of a fieldwork week, made from a letter an answer."""

from datetime import date, timedelta

from aboveline.domain.leniency import Reading
from tests.builders import LETTERS

MONDAY = date(2026, 11, 16)


def a_reading(assessor: str, case: str, answers: str, day: int = 1) -> list[Reading]:
    """One case read on the day-th day of the week; 'si-' answers questions q1, q2 and q3."""
    when = MONDAY + timedelta(days=day - 1)
    return [Reading(assessor, case, f"q{n}", when, LETTERS[letter]) for n, letter in enumerate(answers, start=1)]


def readings(*cases: tuple[str, str, int]) -> list[Reading]:
    """Cases in order as (assessor, answers, day), numbered C001 and on."""
    return [
        reading
        for number, (assessor, answers, day) in enumerate(cases, start=1)
        for reading in a_reading(assessor, f"C{number:03}", answers, day)
    ]
