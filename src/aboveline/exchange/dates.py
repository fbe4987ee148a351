"""Dates as people write them in Britain: ISO, or day first with a four-digit year."""

import re
from datetime import date

_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_UK = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_WORDS = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3})[a-z]{0,6}[ -](\d{4})$", re.IGNORECASE)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def read_date(text: str) -> date | None:
    """Return the date, or None where the text is none of: 2009-06-03, 3/6/2009, 3.6.2009, 3-6-2009, 3 June 2009."""
    if iso := _ISO.match(text):
        return _date(iso[1], iso[2], iso[3])
    if uk := _UK.match(text):
        return _date(uk[3], uk[2], uk[1])
    if words := _WORDS.match(text):
        month = words[2].lower()
        return _date(words[3], str(_MONTHS.index(month) + 1), words[1]) if month in _MONTHS else None
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
