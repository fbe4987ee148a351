"""What was seen in an assessor's first cases."""

from django.db import transaction

from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.quality_reads import save_quality_read
from aboveline.records.models import Allocation, QualityRead, User
from aboveline.records.queries import quality_reads
from tests.integration.records.parts import Act, Edit
from tests.integration.records.world import World
from tests.records_builders import a_user, in_team


def assessor(w: World) -> User:
    held = Allocation.objects.filter(case=w.case, ended_at=None).first()
    return held.assessor if held else in_hand(w)


def in_hand(w: World) -> User:
    reader = in_team(a_user("Reader"), w.drawn)
    allocate(case=w.case, assessor=reader, by=w.by)
    return reader


def saved(w: World, seen: int, text: str) -> QualityRead:
    return save_quality_read(
        inspection=w.drawn, assessor=assessor(w), seen=QualityRead.Seen.TO_TALK, note=text, expected_version=seen,
        by=w.by,
    )  # fmt: skip


def first(w: World) -> QualityRead:
    return quality_reads.quality_read_of(w.drawn, assessor(w)) or saved(w, 0, "first")


def saved_after(w: World, seen: int, text: str) -> QualityRead:
    first(w)
    return saved(w, seen, text)


def recorded(w: World) -> QualityRead:
    """As one action alone: whoever has the case is put there without an event."""
    with transaction.atomic():
        reader = User.objects.create(email=f"reader@{w.service.slug}.example", name="Reader")
        return save_quality_read(
            inspection=w.drawn, assessor=reader, seen=QualityRead.Seen.TO_TALK, note="Plans", expected_version=0,
            by=w.by,
        )  # fmt: skip


ACTS = {
    "quality_reads.save_quality_read": Act(recorded, ("quality_read.saved",), {"seen": "to_talk", "note": "Plans"}),
}
EDITS = {"QualityRead": Edit("QualityRead", saved_after, first)}
OF_INSPECTION = {
    "quality_reads.quality_read_of": first,
    "quality_reads.quality_reads_in": lambda w: first(w) and quality_reads.quality_reads_in(w.drawn),
    "quality_reads.cases_by_assessor": lambda w: first(w) and quality_reads.cases_by_assessor(w.drawn),
}
OF_SERVICE = {
    "quality_reads.to_be_talked_about_with": lambda w: first(w) and quality_reads.to_be_talked_about_with(assessor(w)),
}
