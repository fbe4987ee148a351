"""The printed heading of each part of a committee report that must be answered, by its path in a report file."""

from collections.abc import Mapping

from aboveline.domain.sentences import Sentence

HEADINGS: Mapping[str, str] = {
    "wards": Sentence.of("Wards affected"),
    "purpose": Sentence.of("Purpose and summary"),
    "reason_decision_required": Sentence.of("Reason why decision required"),
    "key_decision": Sentence.of("Key decision"),
    "forward_plan": Sentence.of("Forward plan"),
    "implementation_date": Sentence.of("Implementation date"),
    "alternative_options": Sentence.of("Alternative options"),
    "budget_policy_framework": Sentence.of("Budget and policy framework"),
    "financial.statement": Sentence.of("Financial"),
    "legal": Sentence.of("Legal"),
    "risk_assessment": Sentence.of("Risk assessment"),
    "asset_management": Sentence.of("Asset management"),
    "corporate_objectives": Sentence.of("Corporate objective monitoring"),
    "ensuring_integration": Sentence.of("Links to ensuring integration"),
    "childrens_services_targets": Sentence.of("Impact on children’s services targets and priorities"),
    "background_papers": Sentence.of("Background papers relied upon"),
    "background": Sentence.of("Background"),
}
