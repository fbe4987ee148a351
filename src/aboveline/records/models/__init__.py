"""Every table, by what it records. Nothing but records/actions writes them."""

from aboveline.domain.roles import Role
from aboveline.records.models.accounts import Invitation
from aboveline.records.models.alerts import Alert, AlertStep, AlertTold, Director
from aboveline.records.models.arranging import AllocationPlan, InterviewAbsence, InterviewPlan, PlannedInterview
from aboveline.records.models.assessment import Assessment, CaseFinding, Judgement
from aboveline.records.models.audit import AuditEvent, AuditHead, AuditValue
from aboveline.records.models.caseload import Case, Caseload, CaseloadUpload, Draw, DrawnCase
from aboveline.records.models.casework import CaseNotes, Submission
from aboveline.records.models.discussions import Comment, Discussion
from aboveline.records.models.findings import Authorship, Finding, Statement
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.letters import Letter
from aboveline.records.models.moderation import BandOverride, ScoreMark
from aboveline.records.models.people import Programme, ProgrammeRole, Service, ServiceRole, TeamRole, User
from aboveline.records.models.planning import (
    EarlierRecommendation,
    FieldworkPlan,
    MeetingRecord,
    Supply,
    TimetableStep,
)
from aboveline.records.models.publication import DraftPoint, DraftToService, PartRead, Publication, SignOff
from aboveline.records.models.quality_reads import QualityRead
from aboveline.records.models.replacement import ReplacementRequest
from aboveline.records.models.report import Report
from aboveline.records.models.rounds import AuditRound, FeedbackGiven
from aboveline.records.models.saving import SavedRequest
from aboveline.records.models.second_reads import (
    Adjudication,
    SecondFinding,
    SecondJudgement,
    SecondRead,
    SecondReadChoice,
)
from aboveline.records.models.team import Allocation, Conflict

__all__ = [
    "Adjudication",
    "Alert",
    "AlertStep",
    "AlertTold",
    "Allocation",
    "AllocationPlan",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "AuditRound",
    "AuditValue",
    "Authorship",
    "BandOverride",
    "Case",
    "CaseFinding",
    "CaseNotes",
    "Caseload",
    "CaseloadUpload",
    "Comment",
    "Conflict",
    "Director",
    "Discussion",
    "DraftPoint",
    "DraftToService",
    "Draw",
    "DrawnCase",
    "EarlierRecommendation",
    "FeedbackGiven",
    "FieldworkPlan",
    "Finding",
    "Inspection",
    "InterviewAbsence",
    "InterviewPlan",
    "Invitation",
    "Judgement",
    "Letter",
    "MeetingRecord",
    "PartRead",
    "PlannedInterview",
    "Programme",
    "ProgrammeRole",
    "Publication",
    "QualityRead",
    "ReplacementRequest",
    "Report",
    "Role",
    "SavedRequest",
    "ScoreMark",
    "SecondFinding",
    "SecondJudgement",
    "SecondRead",
    "SecondReadChoice",
    "Service",
    "ServiceRole",
    "SignOff",
    "Statement",
    "Submission",
    "Supply",
    "TeamRole",
    "TimetableStep",
    "User",
]
