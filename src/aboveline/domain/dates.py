"""Dates in sentences for people; codes, files and JSON write them as ISO."""

from datetime import date


def day_words(day: date) -> str:
    """For example "30 November 2009"."""
    return f"{day.day} {day:%B} {day.year}"
