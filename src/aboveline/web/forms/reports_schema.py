"""The form of a committee report: every block of the template, in its order, under the headings it is printed with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aboveline.jobs.service_reports import rule_sets
from aboveline.web.forms.reports_finance import Finance
from aboveline.web.forms.reports_groups import Entry, Group, Objectives, Rows
from aboveline.web.forms.reports_nodes import Choice, Day, Flag, Line, Lines, Node, Numbers, Prose, Text, YesNo

BODIES = (
    ("executive_member", _("A member of the executive")),
    ("executive", _("The executive or cabinet")),
    ("scrutiny", _("A scrutiny committee")),
    ("committee", _("Another committee")),
    ("council", _("Full council")),
    ("board", _("A board")),
)
STATUSES = (("draft", _("Draft")), ("cleared", _("Cleared")), ("published", _("Published")))
ACCESS = (
    ("open", _("Open to the public")),
    ("part_exempt", _("Exempt in part")),
    ("exempt", _("Exempt")),
    ("confidential", _("Confidential")),
)
ACTIONS = (
    ("not_started", _("Not started")),
    ("in_progress", _("In progress")),
    ("complete", _("Complete")),
    ("overdue", _("Overdue")),
    ("cancelled", _("Cancelled")),
)
OUTCOMES = (
    ("not_yet_measurable", _("Not yet measurable")),
    ("on_track", _("On track")),
    ("at_risk", _("At risk")),
    ("achieved", _("Achieved")),
    ("not_achieved", _("Not achieved")),
)


@dataclass(frozen=True)
class Section:
    """A heading of the form and the top-level keys of the report under it."""

    id: str
    heading: Any
    nodes: Mapping[str, Node]


def _officer(label: Any) -> Group:
    nodes: dict[str, Node] = {"post": Line(_("Post")), "name": Line(_("Name (may stay empty)"))}
    return Group(label, {**nodes, "telephone": Line(_("Telephone"), width="20"), "email": Line(_("Email"))})


def _clearance(label: Any) -> Group:
    nodes: dict[str, Node] = {"post": Line(_("Officer’s post")), "name": Line(_("Name (may stay empty)"))}
    return Group(label, {**nodes, "date": Day(_("Date of clearance")), "reference": Line(_("Reference"), width="10")})


def _prose(label: Any, hint: Any = "") -> Entry:
    return Entry(label, Prose(label), hint)


_BODY: dict[str, Node] = {
    "body": Line(_("Body")),
    "kind": Choice(_("What it is"), BODIES),
    "date": Day(_("Date of the meeting")),
    "agenda_number": Line(_("Agenda number"), width="5"),
}
_RECOMMENDATION: dict[str, Node] = {
    "text": Prose(_("What it is asked to do"), rows=3),
    "addressed_to": Line(_("Body it is asked of")),
}
_COMMITMENT: dict[str, Node] = {
    "what": Text(_("What will be done or reported")),
    "owner": Line(_("Who")),
    "to_body": Line(_("To which body")),
    "due": Day(_("By when")),
    "due_words": Line(_("By when, as it is printed"), _("For example, September 2011. Empty prints the date"), "20"),
}
_PAPER: dict[str, Node] = {
    "title": Line(_("Title")),
    "location": Line(_("Where it can be read")),
    "published_work": Flag(_("It is a published work")),
}
_ACTION: dict[str, Node] = {
    "recommendation": Text(_("Recommendation")),
    "action": Text(_("Action")),
    "lead": Line(_("Lead")),
    "due": Day(_("Due")),
    "due_words": Line(_("Due, as it is printed"), width="20"),
    "action_status": Choice(_("Is the action done?"), ACTIONS),
    "outcome_status": Choice(_("Did it work?"), OUTCOMES),
    "baseline": Line(_("Baseline")),
    "target": Line(_("Target")),
    "progress": Line(_("Progress")),
}
_ACCESS = Group(
    _("Exempt or confidential"),
    {
        "class": Choice(_("Who may read it"), ACCESS),
        "paragraphs": Numbers(_("Paragraphs of Schedule 12A"), _("Numbers with commas between"), "5"),
        "public_interest": Entry(_("Public-interest test"), Prose(_("Public-interest test"), rows=2)),
    },
)


def sections() -> tuple[Section, ...]:
    rules = [(rules.id, rules.title) for rules in rule_sets()]
    front: dict[str, Node] = {
        "council": Line(_("Council")),
        "subject": Line(_("Subject")),
        "status": Choice(_("Status"), STATUSES, _("Only a draft may have blanks")),
        "rule_set": Choice(_("Rules that apply"), rules),
        "report_to": Rows(_("Report to"), _("Body"), Group(_("Body"), _BODY), blank=1),
        "wards": Entry(_("Wards affected"), Lines(_("Wards affected, one a line"), rows=2)),
        "report_of": _officer(_("Report of")),
        "contact_officer": _officer(_("Contact officer")),
        "access": _ACCESS,
    }
    return (
        Section("front", _("About this report"), front),
        Section("summary", _("Purpose and summary"), {"purpose": _prose(_("Purpose and summary"))}),
        Section("decision", _("What is to be decided"), _decision()),
        Section("implications", _("Implications"), _implications()),
        Section(
            "objectives", _("Corporate objectives"), {"corporate_objectives": Objectives(_("Corporate objectives"))}
        ),
        Section("links", _("Links and background"), _links()),
        Section("plan", _("Improvement plan"), {"improvement_plan": _plan()}),
        Section("clearance", _("Clearances"), {"clearance": _clearances()}),
    )


def _decision() -> dict[str, Node]:
    key: dict[str, Node] = {
        "is_key": YesNo(_("Is it a key decision?")),
        "reason": Prose(_("Which test is met, where it is"), rows=2),
    }
    recommendation = Group(_("Recommendation"), _RECOMMENDATION)
    commitment = Group(_("Commitment"), _COMMITMENT)
    return {
        "reason_decision_required": _prose(_("Reason why decision required")),
        "recommendations": Rows(_("Recommendations"), _("Recommendation"), recommendation, blank=1),
        "key_decision": Group(_("Key decision"), key),
        "forward_plan": _prose(_("Forward plan")),
        "commitments": Rows(_("Commitments to report back"), _("Commitment"), commitment, blank=1),
        "implementation_date": _prose(_("Implementation date")),
        "alternative_options": _prose(_("Alternative options")),
    }


def _implications() -> dict[str, Node]:
    return {
        "budget_policy_framework": _prose(_("Budget and policy framework")),
        "financial": Finance(),
        "legal": _prose(_("Legal")),
        "risk_assessment": _prose(_("Risk assessment")),
        "asset_management": _prose(_("Asset management")),
    }


def _links() -> dict[str, Node]:
    papers = Rows(_("Papers"), _("Paper"), Group(_("Paper"), _PAPER), blank=1)
    return {
        "ensuring_integration": _prose(_("Links to ensuring integration")),
        "childrens_services_targets": _prose(_("Impact on children’s services targets and priorities")),
        "background_papers": Entry(_("Background papers relied upon"), papers),
        "background": _prose(_("Background")),
    }


def _plan() -> Entry:
    return Entry(_("Improvement plan"), Rows(_("Actions"), _("Action"), Group(_("Action"), _ACTION), blank=1))


def _clearances() -> Group:
    return Group(_("Clearances"), {"finance": _clearance(_("Finance")), "legal": _clearance(_("Legal"))})


def top_nodes() -> dict[str, Node]:
    """Every part by its top-level key, in the order of the form."""
    return {key: node for section in sections() for key, node in section.nodes.items()}
