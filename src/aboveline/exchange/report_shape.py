"""The shape of a committee report file. Each class mirrors one mapping of the file; unknown keys are refused."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from aboveline.domain.committee import AccessClass, ActionStatus, BodyKind, Impact, OutcomeStatus, ReportStatus
from aboveline.domain.committee_entry import Entry, Paragraph, Prose
from aboveline.domain.committee_finance import FinancialYear

LIMIT_ITEMS = 500
LIMIT_TEXT = 20_000
LIMIT_POUNDS = 10**12

Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=LIMIT_TEXT)]
Line: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Optional: TypeAlias = Annotated[str, StringConstraints(max_length=500)]


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("day", "a date is written as 2011-01-18") from None
    return value


def _number_words(value: object) -> object:
    return str(value) if type(value) is int else value


def _year(value: object) -> FinancialYear:
    try:
        return FinancialYear.parse(str(value))
    except ValueError:
        raise PydanticCustomError("year", "a financial year is written as 2010/11") from None


def _prose(value: object) -> Prose:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(t, str) and t.strip() for t in texts):
        raise PydanticCustomError("prose", "write a text, or a list of paragraphs")
    if len(texts) > LIMIT_ITEMS or any(len(t) > LIMIT_TEXT for t in texts):
        raise PydanticCustomError("prose_long", "the text is too long")
    return tuple(Paragraph.parse(t) for t in texts)


def _entry(value: object) -> Entry[Prose]:
    if value is None or value == "" or value == []:
        return Entry()
    if isinstance(value, dict):
        return state_of(value)
    return Entry.answered(_prose(value))


def state_of(value: dict[str, object]) -> Entry[Prose]:
    """Read `{not_applicable: reason}` or `{not_considered: reason or nothing}`."""
    if len(value) != 1 or next(iter(value)) not in {"not_applicable", "not_considered"}:
        raise PydanticCustomError("entry", "write a text, {{not_applicable: reason}} or {{not_considered: reason}}")
    ((state, reason),) = value.items()
    if reason is not None and not isinstance(reason, str):
        raise PydanticCustomError("entry_reason", "the reason is a text")
    words = (reason or "").strip()
    return Entry.not_applicable(words) if state == "not_applicable" else Entry.not_considered(words)


Day: TypeAlias = Annotated[date, Strict(), BeforeValidator(_day)]
Year: TypeAlias = Annotated[FinancialYear, PlainValidator(_year)]
ProseText: TypeAlias = Annotated[Prose, PlainValidator(_prose)]
ProseEntry: TypeAlias = Annotated[Entry[Prose], PlainValidator(_entry)]
Pounds: TypeAlias = Annotated[int, Strict(), Field(ge=-LIMIT_POUNDS, le=LIMIT_POUNDS)]
Amounts: TypeAlias = dict[Year, Pounds | None]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_empty(cls, data: object) -> object:
        """A key with nothing after it is as good as left out."""
        if not isinstance(data, dict):
            return data
        known = {field.alias or name for name, field in cls.model_fields.items()}
        return {key: value for key, value in data.items() if value is not None or key not in known}


class SubmissionShape(Shape):
    body: Line
    kind: BodyKind
    date: Day
    agenda_number: Annotated[Optional, BeforeValidator(_number_words)] = ""


class OfficerShape(Shape):
    post: Line
    name: Optional = ""
    telephone: Optional = ""
    email: Optional = ""


class ClearanceShape(Shape):
    post: Line
    name: Optional = ""
    date: Day | None = None
    reference: Optional = ""


class ClearancesShape(Shape):
    finance: ClearanceShape | None = None
    legal: ClearanceShape | None = None


class AccessShape(Shape):
    kind: AccessClass = Field(default=AccessClass.OPEN, alias="class")
    paragraphs: list[Annotated[int, Strict()]] = Field(default=[], max_length=20)
    public_interest: ProseEntry = Entry()


class BoundShape(Shape):
    digest: Annotated[str, StringConstraints(pattern=r"^(sha256:[0-9a-f]{64})?$")] = ""


class BoundScoresShape(BoundShape):
    inspection: Line


class BoundComparatorShape(BoundShape):
    set: Line


class FiguresShape(Shape):
    scores: BoundScoresShape | None = None
    original: BoundScoresShape | None = None
    comparator: BoundComparatorShape | None = None


class RecommendationShape(Shape):
    text: ProseText
    addressed_to: Optional = ""


class KeyDecisionShape(Shape):
    is_key: Annotated[bool, Strict()]
    reason: ProseText = ()


class CommitmentShape(Shape):
    what: Text
    owner: Line
    to_body: Line
    due: Day
    due_words: Optional = ""


class CapitalShape(Shape):
    gross: Amounts = {}
    own: Amounts = {}
    specific: Amounts = {}


class RevenueShape(Shape):
    gross: Amounts = {}
    own: Amounts = {}
    external: Amounts = {}


class ExternalShape(Shape):
    expires: Annotated[bool, Strict()] | None = None
    when: Day | None = None
    afterwards: ProseEntry = Entry()


class FinanceShape(Shape):
    statement: ProseEntry = Entry()
    years: list[Year] = Field(default=[], max_length=10)
    capital: CapitalShape = CapitalShape()
    revenue: RevenueShape = RevenueShape()
    external_funding: ExternalShape = ExternalShape()


class ObjectivesShape(Shape):
    list: Line
    impacts: dict[str, Impact | tuple[Impact, ...]] = {}


class PaperShape(Shape):
    title: Line
    location: Optional = ""
    published_work: Annotated[bool, Strict()] = False


class ActionShape(Shape):
    recommendation: Text
    action: Text
    lead: Line
    due: Day
    due_words: Optional = ""
    action_status: ActionStatus
    outcome_status: OutcomeStatus
    baseline: Optional = ""
    target: Optional = ""
    progress: Optional = ""


def _listed(value: object) -> object:
    """Let null or `{not_applicable: ...}` stand where a list may; a list goes on to its own check."""
    if value is None or value == []:
        return Entry()
    return state_of(value) if isinstance(value, dict) else value


Wards: TypeAlias = Annotated[Entry[Prose] | list[Line], BeforeValidator(_listed)]
Papers: TypeAlias = Annotated[Entry[Prose] | list[PaperShape], BeforeValidator(_listed)]
Plan: TypeAlias = Annotated[Entry[Prose] | list[ActionShape], BeforeValidator(_listed)]


class ReportShape(Shape):
    council: Line
    subject: Line
    status: ReportStatus = ReportStatus.DRAFT
    rule_set: Line
    report_to: list[SubmissionShape] = Field(max_length=20)
    wards: Wards = Entry()
    report_of: OfficerShape
    contact_officer: OfficerShape
    access: AccessShape = AccessShape()
    clearance: ClearancesShape = ClearancesShape()
    figures: FiguresShape = FiguresShape()
    purpose: ProseEntry = Entry()
    reason_decision_required: ProseEntry = Entry()
    recommendations: list[RecommendationShape] = Field(default=[], max_length=LIMIT_ITEMS)
    key_decision: KeyDecisionShape | None = None
    forward_plan: ProseEntry = Entry()
    commitments: list[CommitmentShape] = Field(default=[], max_length=LIMIT_ITEMS)
    implementation_date: ProseEntry = Entry()
    alternative_options: ProseEntry = Entry()
    budget_policy_framework: ProseEntry = Entry()
    financial: FinanceShape = FinanceShape()
    legal: ProseEntry = Entry()
    risk_assessment: ProseEntry = Entry()
    asset_management: ProseEntry = Entry()
    corporate_objectives: ObjectivesShape | None = None
    ensuring_integration: ProseEntry = Entry()
    childrens_services_targets: ProseEntry = Entry()
    background_papers: Papers = Entry()
    background: ProseEntry = Entry()
    improvement_plan: Plan = Entry()
