"""The last day of each kind of work in an inspection."""

from aboveline.records.actions.meetings import record_meeting
from aboveline.records.models import MeetingRecord
from aboveline.records.queries import milestones
from tests.integration.records.parts import casework, publishing, reads
from tests.integration.records.parts.week import NOTES
from tests.integration.records.world import World


def met(w: World) -> MeetingRecord:
    kind = MeetingRecord.Kind.FEEDBACK
    found = w.drawn.meetings.filter(kind=kind).first()
    return found or record_meeting(inspection=w.drawn, kind=kind, values=NOTES, by=w.by)


def decided(w: World) -> None:
    if not publishing.point(w).outcome:
        publishing.settled(w, 1, "so it is")


OF_INSPECTION = {
    "milestones.last_handed_in": publishing.after(casework.submitted, lambda w: milestones.last_handed_in(w.drawn)),
    "milestones.last_judged": lambda w: milestones.last_judged(w.drawn),
    "milestones.last_settled": publishing.after(reads.adjudication, lambda w: milestones.last_settled(w.drawn)),
    "milestones.feedback_met": publishing.after(met, lambda w: milestones.feedback_met(w.drawn)),
    "milestones.signed_on": publishing.after(publishing.with_all, lambda w: milestones.signed_on(w.fresh)),
    "milestones.last_point_decided": publishing.after(decided, lambda w: milestones.last_point_decided(w.drawn)),
}
