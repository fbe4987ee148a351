"""Words of a week: roles, stages, the states of its steps, and what the pages of its planning choose from."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from aboveline.domain.roles import Role
from aboveline.domain.timetable import StepState
from aboveline.domain.workflow import Stage
from aboveline.records.models import EarlierRecommendation, MeetingRecord, QualityRead, ReplacementRequest, Supply

OWNER_WORDS: Mapping[str, object] = {
    Role.LEAD_INSPECTOR: gettext_lazy("Lead inspector"),
    Role.INSPECTOR: gettext_lazy("Inspectors"),
    Role.HEAD_OF_SERVICE: gettext_lazy("Head of service"),
    Role.QUALITY_MANAGER: gettext_lazy("Quality manager"),
}
STAGE_WORDS: Mapping[str, object] = {
    Stage.SET_UP: gettext_lazy("Being set up"),
    Stage.FIELDWORK: gettext_lazy("Fieldwork"),
    Stage.MODERATION: gettext_lazy("Moderation"),
    Stage.SIGNED: gettext_lazy("Signed off"),
    Stage.WITH_SERVICE: gettext_lazy("With the service"),
    Stage.PUBLISHED: gettext_lazy("Published"),
}
STEP_WORDS: Mapping[StepState, object] = {
    StepState.DONE: gettext_lazy("Done"),
    StepState.LATE: gettext_lazy("Late"),
    StepState.NEXT: gettext_lazy("Next"),
    StepState.WAITING: gettext_lazy("Waiting"),
}
STATE_WORDS: Mapping[str, object] = {
    Supply.State.ASKED.value: gettext_lazy("Asked for, not here yet"),
    Supply.State.SUPPLIED.value: gettext_lazy("Supplied"),
    Supply.State.NOT_NEEDED.value: gettext_lazy("Not needed any more"),
}
MEETING_WORDS: Mapping[str, object] = {
    MeetingRecord.Kind.DAILY.value: gettext_lazy("Daily team meeting"),
    MeetingRecord.Kind.FEEDBACK.value: gettext_lazy("Feedback meeting with the service"),
}
TO_WORDS: Mapping[str, object] = {
    EarlierRecommendation.To.SERVICE.value: gettext_lazy("The service"),
    EarlierRecommendation.To.BOARD.value: gettext_lazy("The management board"),
    EarlierRecommendation.To.PARTNER.value: gettext_lazy("A partner"),
}
PROGRESS_WORDS: Mapping[str, object] = {
    EarlierRecommendation.Progress.NOT_ASSESSED.value: gettext_lazy("Not assessed yet"),
    EarlierRecommendation.Progress.NONE.value: gettext_lazy("No progress"),
    EarlierRecommendation.Progress.SOME.value: gettext_lazy("Some progress"),
    EarlierRecommendation.Progress.SUFFICIENT.value: gettext_lazy("Sufficient progress"),
    EarlierRecommendation.Progress.ACHIEVED.value: gettext_lazy("Achieved"),
}
SEEN_WORDS: Mapping[str, object] = {
    QualityRead.Seen.IN_LINE.value: gettext_lazy("In line"),
    QualityRead.Seen.TO_TALK.value: gettext_lazy("To be talked about"),
}
SIDE_WORDS: Mapping[str, object] = {
    ReplacementRequest.Side.SERVICE.value: gettext_lazy("The service"),
    ReplacementRequest.Side.TEAM.value: gettext_lazy("The inspectors"),
}
ANSWER_WORDS: Mapping[str, object] = {
    ReplacementRequest.Answer.AGREED.value: gettext_lazy("Agreed"),
    ReplacementRequest.Answer.OBJECTED.value: gettext_lazy("Objected"),
}
OUTCOME_WORDS: Mapping[str, object] = {
    ReplacementRequest.Outcome.REPLACED.value: gettext_lazy("Replaced by the next reserve"),
    ReplacementRequest.Outcome.KEPT.value: gettext_lazy("Kept in the sample"),
}
