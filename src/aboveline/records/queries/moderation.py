"""What moderation decided of an inspection's scores."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from aboveline.records.models import BandOverride, Inspection, ScoreMark, User


def score_marks(inspection: Inspection) -> Mapping[str, ScoreMark]:
    """The marks by score, also those lifted again."""
    return {row.target: row for row in ScoreMark.objects.filter(inspection=inspection).select_related("changed_by")}


def overrides_of(inspection: Inspection) -> QuerySet[BandOverride]:
    """Every override, the newest first."""
    return BandOverride.objects.filter(inspection=inspection).select_related("proposed_by", "decided_by", "changed_by")


def overrides_waiting(inspections: Iterable[Inspection], user: User) -> QuerySet[BandOverride]:
    """The proposed bands of these inspections that somebody else than this person proposed."""
    rows = BandOverride.objects.filter(inspection__in=list(inspections), outcome=BandOverride.Outcome.PROPOSED)
    return rows.exclude(proposed_by=user).select_related("inspection__service")


def override_in(inspection: Inspection, pk: int) -> BandOverride | None:
    return overrides_of(inspection).filter(pk=pk).first()


def bands_put_in_place(inspection: Inspection) -> Mapping[str, BandOverride]:
    """The confirmed overrides by score."""
    return {row.target: row for row in overrides_of(inspection).filter(outcome=BandOverride.Outcome.CONFIRMED)}
