"""The printed heading of each part of a committee report that must be answered, by its path in a report file."""

from collections.abc import Mapping

HEADINGS: Mapping[str, str] = {
    "wards": "Wards affected",
    "purpose": "Purpose and summary",
    "reason_decision_required": "Reason why decision required",
    "key_decision": "Key decision",
    "forward_plan": "Forward plan",
    "implementation_date": "Implementation date",
    "alternative_options": "Alternative options",
    "budget_policy_framework": "Budget and policy framework",
    "financial.statement": "Financial",
    "legal": "Legal",
    "risk_assessment": "Risk assessment",
    "asset_management": "Asset management",
    "corporate_objectives": "Corporate objective monitoring",
    "ensuring_integration": "Links to ensuring integration",
    "childrens_services_targets": "Impact on children’s services targets and priorities",
    "background_papers": "Background papers relied upon",
    "background": "Background",
}
