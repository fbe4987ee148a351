"""A committee report as a value: every block of the council's template, in its order. Nothing in it is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from aboveline.domain.committee_entry import Entry, Prose
from aboveline.domain.committee_figures import FigureBindings
from aboveline.domain.committee_finance import Finance
from aboveline.domain.framework import Source
from aboveline.domain.sentences import Sentence


class ReportStatus(StrEnum):
    DRAFT = "draft"
    CLEARED = "cleared"
    PUBLISHED = "published"


STATUS_WORDS: Mapping[ReportStatus, Sentence] = {
    ReportStatus.DRAFT: Sentence.of("draft"),
    ReportStatus.CLEARED: Sentence.of("cleared"),
    ReportStatus.PUBLISHED: Sentence.of("published"),
}


class BodyKind(StrEnum):
    """Who receives the report. Notice periods bind meetings, so they differ between an individual and a body."""

    EXECUTIVE_MEMBER = "executive_member"
    EXECUTIVE = "executive"
    SCRUTINY = "scrutiny"
    COMMITTEE = "committee"
    COUNCIL = "council"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Submission:
    """One body the report goes to, on one date, under one agenda number."""

    body: str
    kind: BodyKind
    meets_on: date
    agenda_number: str = ""


@dataclass(frozen=True, slots=True)
class Officer:
    """A post, and a name and contact details only where the writer gave them."""

    post: str
    name: str = ""
    telephone: str = ""
    email: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.name, self.post) if part)


class AccessClass(StrEnum):
    OPEN = "open"
    PART_EXEMPT = "part_exempt"
    EXEMPT = "exempt"
    CONFIDENTIAL = "confidential"


ACCESS_WORDS: Mapping[AccessClass, Sentence] = {
    AccessClass.OPEN: Sentence.of("open"),
    AccessClass.PART_EXEMPT: Sentence.of("part exempt"),
    AccessClass.EXEMPT: Sentence.of("exempt"),
    AccessClass.CONFIDENTIAL: Sentence.of("confidential"),
}


@dataclass(frozen=True, slots=True)
class Access:
    """Whether the public may read the report; exempt needs paragraphs of Schedule 12A and a public-interest test."""

    kind: AccessClass = AccessClass.OPEN
    paragraphs: tuple[int, ...] = ()
    public_interest: Entry[Prose] = field(default_factory=Entry)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a body is asked to do. `addressed_to` names it where the report goes to several bodies."""

    text: Prose
    addressed_to: str = ""


@dataclass(frozen=True, slots=True)
class KeyDecision:
    is_key: bool
    reason: Prose = ()


class Impact(StrEnum):
    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Objective:
    """One aim of a council, known by its code; councils renumber their aims from paper to paper."""

    code: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ObjectiveList:
    """One version of a council's corporate objectives."""

    id: str
    council: str
    title: str
    objectives: tuple[Objective, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveImpact:
    """The marks put against one objective: rightly exactly one."""

    code: str
    marks: tuple[Impact, ...]


@dataclass(frozen=True, slots=True)
class BackgroundPaper:
    """A document relied on. In law published works are not background papers (SI 2012/2089 reg 2; LGA 1972 s100D)."""

    title: str
    location: str = ""
    published_work: bool = False


@dataclass(frozen=True, slots=True)
class Commitment:
    """What was said would be done or reported back, to which body, by when."""

    what: str
    owner: str
    to_body: str
    due: date
    due_words: str = ""


class ActionStatus(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


class OutcomeStatus(StrEnum):
    """Whether an action worked: a separate fact from whether it was done."""

    NOT_YET_MEASURABLE = "not_yet_measurable"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One row of the improvement plan. Baseline, target and progress are text, with unit and date as measured."""

    recommendation: str
    action: str
    lead: str
    due: date
    action_status: ActionStatus
    outcome_status: OutcomeStatus
    baseline: str = ""
    target: str = ""
    progress: str = ""
    due_words: str = ""


@dataclass(frozen=True, slots=True)
class Clearance:
    """An officer's clearance of the report. None in `on` means not yet given."""

    officer: Officer
    on: date | None = None
    reference: str = ""


def _blank() -> "Entry[Prose]":
    return Entry()


@dataclass(frozen=True)
class CommitteeReport:
    council: str
    subject: str
    submissions: tuple[Submission, ...]
    report_of: Officer
    contact: Officer
    wards: Entry[tuple[str, ...]] = field(default_factory=Entry)
    access: Access = field(default_factory=Access)
    purpose: Entry[Prose] = field(default_factory=_blank)
    figures: FigureBindings = field(default_factory=FigureBindings)
    reason_decision_required: Entry[Prose] = field(default_factory=_blank)
    recommendations: tuple[Recommendation, ...] = ()
    key_decision: KeyDecision | None = None
    forward_plan: Entry[Prose] = field(default_factory=_blank)
    commitments: tuple[Commitment, ...] = ()
    implementation_date: Entry[Prose] = field(default_factory=_blank)
    alternative_options: Entry[Prose] = field(default_factory=_blank)
    budget_policy_framework: Entry[Prose] = field(default_factory=_blank)
    finance: Finance = field(default_factory=Finance)
    legal: Entry[Prose] = field(default_factory=_blank)
    risk_assessment: Entry[Prose] = field(default_factory=_blank)
    asset_management: Entry[Prose] = field(default_factory=_blank)
    objective_list: ObjectiveList | None = None
    objectives: tuple[ObjectiveImpact, ...] = ()
    ensuring_integration: Entry[Prose] = field(default_factory=_blank)
    childrens_services_targets: Entry[Prose] = field(default_factory=_blank)
    background_papers: Entry[tuple[BackgroundPaper, ...]] = field(default_factory=Entry)
    background: Entry[Prose] = field(default_factory=_blank)
    improvement_plan: Entry[tuple[PlanAction, ...]] = field(default_factory=Entry)
    status: ReportStatus = ReportStatus.DRAFT
    finance_clearance: Clearance | None = None
    legal_clearance: Clearance | None = None
    rule_set: str = ""

    @property
    def is_draft(self) -> bool:
        return self.status is ReportStatus.DRAFT

    @property
    def dated(self) -> date:
        """The date of the report: that of the first body to receive it. Raises ValueError where none is named."""
        return min(submission.meets_on for submission in self.submissions)

    def entries(self) -> tuple[tuple[str, Entry[Prose]], ...]:
        """Every entry of prose with its name in a report file, in the order of the template."""
        return tuple((name, getattr(self, name)) for name in PROSE_ENTRIES)


#: the entries of prose, in template order: (name in a report file and on the value); headings are in `rendering`
PROSE_ENTRIES = (
    "purpose",
    "reason_decision_required",
    "forward_plan",
    "implementation_date",
    "alternative_options",
    "budget_policy_framework",
    "legal",
    "risk_assessment",
    "asset_management",
    "ensuring_integration",
    "childrens_services_targets",
    "background",
)
