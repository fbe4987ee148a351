"""Every table, by what it records. Nothing but records/actions writes them."""

from aboveline.records.models.assessment import Assessment, CaseFinding, Judgement
from aboveline.records.models.audit import AuditEvent, AuditHead, AuditValue
from aboveline.records.models.caseload import Case, Caseload, CaseloadUpload, Draw, DrawnCase
from aboveline.records.models.inspection import Inspection
from aboveline.records.models.people import Role, Service, ServiceRole, TeamRole, User
from aboveline.records.models.report import Report
from aboveline.records.models.saving import SavedRequest

__all__ = [
    "Assessment",
    "AuditEvent",
    "AuditHead",
    "AuditValue",
    "Case",
    "CaseFinding",
    "Caseload",
    "CaseloadUpload",
    "Draw",
    "DrawnCase",
    "Inspection",
    "Judgement",
    "Report",
    "Role",
    "SavedRequest",
    "Service",
    "ServiceRole",
    "TeamRole",
    "User",
]
