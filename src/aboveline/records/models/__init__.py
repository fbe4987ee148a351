"""Every table, by what it records. Nothing but records/actions writes them."""

from aboveline.domain.access import Role
from aboveline.records.models.assessment import Assessment, CaseFinding, Judgement
from aboveline.records.models.audit import AuditEvent, AuditHead, AuditValue
from aboveline.records.models.caseload import Case, Caseload, CaseloadUpload, Draw, DrawnCase
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import Programme, ProgrammeRole, Service, ServiceRole, TeamRole, User
from aboveline.records.models.report import Report
from aboveline.records.models.saving import SavedRequest
from aboveline.records.models.team import Allocation, Conflict

__all__ = [
    "Allocation",
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "AuditValue",
    "Case",
    "CaseFinding",
    "Caseload",
    "CaseloadUpload",
    "Conflict",
    "Draw",
    "DrawnCase",
    "Inspection",
    "Judgement",
    "Programme",
    "ProgrammeRole",
    "Report",
    "Role",
    "SavedRequest",
    "Service",
    "ServiceRole",
    "TeamRole",
    "User",
]
