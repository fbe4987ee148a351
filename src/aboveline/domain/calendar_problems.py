"""What can be wrong with a day that working days are counted from."""

from aboveline.domain.problems import ProblemKind, Severity

OUTSIDE = ProblemKind(
    "calendar.outside",
    "Working days cannot be counted to {day}: the bank holidays of {year} are not in the product's calendar.",
    "Use a day from {first} to {last}, or have the year added to the calendar once it is proclaimed.",
)
PROVISIONAL = ProblemKind(
    "calendar.provisional",
    "The bank holidays of {year} are listed, and a proclamation may still move or add one.",
    "Look again once the year is proclaimed; dates that fall in it may shift by a day.",
    Severity.WARNING,
)

CATALOGUE: tuple[ProblemKind, ...] = (OUTSIDE, PROVISIONAL)
