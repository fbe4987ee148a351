"""From a share to what is said of it: the whole percent, and the band (improvement required, or rating) it is in."""

from fractions import Fraction

from aboveline.domain.framework import Band, Framework


def whole_percent(share: Fraction) -> int:
    """Return the share as a whole percent, halves up, on the exact fraction (a float would round 0.285 down)."""
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)


def band_of(framework: Framework, percent: int | None) -> Band | None:
    """Return the band of a rounded percent, or None for a group that is not scored."""
    return None if percent is None else framework.band_for(percent)
