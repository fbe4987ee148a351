"""Checks over a whole committee report: blanks, money, objectives, law and commitments. Prose is `committee_prose`."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from aboveline.domain import committee_problems as kinds
from aboveline.domain.committee import (
    ACCESS_WORDS,
    STATUS_WORDS,
    AccessClass,
    ActionStatus,
    CommitteeReport,
    OutcomeStatus,
)
from aboveline.domain.committee_entry import Entry, EntryState
from aboveline.domain.committee_figures import Figures
from aboveline.domain.committee_finance import SECTIONS, FinancialYear, MoneyRow, MoneySection, pounds
from aboveline.domain.committee_headings import HEADINGS
from aboveline.domain.governance_rules import RuleSet, rules_on
from aboveline.domain.problems import Place, Problem, nearest_of
from aboveline.domain.sentences import Sentence

_FRIDAY, _SUNDAY = 5, 7
_CLEARANCES = (("finance", Sentence.of("finance")), ("legal", Sentence.of("legal")))
SUBJECT_LIMIT = 250
_OPEN = {ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS}


def check_report(report: CommitteeReport, rule_sets: Sequence[RuleSet]) -> tuple[Problem, ...]:
    """Return everything wrong with a report apart from its prose and figures; places are paths in a report file."""
    if not report.submissions:
        return (kinds.NO_SUBMISSION.at(Place(path="report_to")),)
    return (
        *_subject(report),
        *_blanks(report),
        *_recommendations(report),
        *_dates(report),
        *_clearances(report),
        *_objectives(report),
        *_finance(report),
        *_law(report, rule_sets),
        *_commitments(report),
        *_background_papers(report),
    )


def check_completion(report: CommitteeReport, figures: Figures) -> Iterator[Problem]:
    """Yield a problem for each bound inspection that is not finished; an error once the report is no draft."""
    kind = kinds.NOT_FINISHED if report.is_draft else kinds.UNFINISHED_IN_FINAL
    bound = (
        ("scores", Sentence.of("inspection"), figures.scores),
        ("original", Sentence.of("original inspection"), figures.original),
    )
    for name, which, scores in bound:
        if scores and scores.completion and not scores.completion.complete:
            place = Place(path=f"figures.{name}")
            yield kind.at(place, status=STATUS_WORDS[report.status], which=which, progress=scores.completion.words)


def _subject(report: CommitteeReport) -> Iterator[Problem]:
    found = len(report.subject)
    if found > SUBJECT_LIMIT:
        yield kinds.SUBJECT_LONG.at(Place(path="subject"), found=found, limit=SUBJECT_LIMIT)


def _blanks(report: CommitteeReport) -> Iterator[Problem]:
    asked: list[tuple[str, Entry[Any]]] = [
        ("wards", report.wards),
        *report.entries(),
        ("background_papers", report.background_papers),
        ("financial.statement", report.finance.statement),
    ]
    blank = [name for name, entry in asked if entry.state is EntryState.BLANK]
    if report.key_decision is None:
        blank.append("key_decision")
    if report.objective_list is None:
        blank.append("corporate_objectives")
    kind = kinds.LEFT_BLANK if report.is_draft else kinds.BLANK_IN_FINAL
    for name in blank:
        yield kind.at(Place(path=name), heading=HEADINGS[name], status=STATUS_WORDS[report.status])
    yield from _reasons([*asked, *_asked_where_it_matters(report)])


def _asked_where_it_matters(report: CommitteeReport) -> Iterator[tuple[str, Entry[Any]]]:
    yield "financial.external_funding.afterwards", report.finance.external.afterwards
    yield "access.public_interest", report.access.public_interest
    yield "improvement_plan", report.improvement_plan


def _reasons(entries: Sequence[tuple[str, Entry[Any]]]) -> Iterator[Problem]:
    for name, entry in entries:
        if entry.state is EntryState.NOT_APPLICABLE and not entry.reason.strip():
            yield kinds.NO_REASON.at(Place(path=f"{name}.not_applicable"))


def _recommendations(report: CommitteeReport) -> Iterator[Problem]:
    if not report.recommendations:
        yield kinds.NO_RECOMMENDATION.at(Place(path="recommendations"))
    for index, recommendation in enumerate(report.recommendations):
        yield from _body(report, recommendation.addressed_to, f"recommendations.{index}.addressed_to")


def _body(report: CommitteeReport, body: str, path: str) -> Iterator[Problem]:
    bodies = [submission.body for submission in report.submissions]
    if body and body not in bodies:
        yield kinds.BODY_UNKNOWN.at(Place(path=path), body=body, value=body, nearest=nearest_of(body, bodies))


def _dates(report: CommitteeReport) -> Iterator[Problem]:
    for index, submission in enumerate(report.submissions):
        day = submission.meets_on
        if day.isoweekday() > _FRIDAY:
            place = Place(path=f"report_to.{index}.date")
            yield kinds.NOT_A_WEEKDAY.at(
                place,
                value=day,
                day=day,
                name=_weekend_day(day),
            )


def _weekend_day(day: date) -> Sentence:
    return Sentence.of("Sunday") if day.isoweekday() == _SUNDAY else Sentence.of("Saturday")


def _clearances(report: CommitteeReport) -> Iterator[Problem]:
    for kind, name in _CLEARANCES:
        clearance = getattr(report, f"{kind}_clearance")
        place = Place(path=f"clearance.{kind}")
        if clearance is None or clearance.on is None:
            if not report.is_draft:
                yield kinds.NOT_CLEARED.at(place, status=STATUS_WORDS[report.status], kind=name)
        elif clearance.on > report.dated:
            yield kinds.CLEARED_LATE.at(place, value=clearance.on, kind=name, day=clearance.on)


def _objectives(report: CommitteeReport) -> Iterator[Problem]:
    if report.objective_list is None:
        return
    known = [objective.code for objective in report.objective_list.objectives]
    marked = {impact.code: impact for impact in report.objectives}
    for code in marked:
        if code not in known:
            place = Place(path=f"corporate_objectives.impacts.{code}")
            yield kinds.UNKNOWN_OBJECTIVE.at(
                place, value=code, code=code, allowed=", ".join(known), nearest=nearest_of(code, known)
            )
    for code in known:
        count = len(marked[code].marks) if code in marked else 0
        if count != 1:
            place = Place(path=f"corporate_objectives.impacts.{code}")
            yield kinds.NOT_ONE_MARK.at(place, code=code, count=count)


def _finance(report: CommitteeReport) -> Iterator[Problem]:
    finance = report.finance
    own = FinancialYear.of(report.dated)
    years = finance.years or FinancialYear.four_from(report.dated)
    words: dict[str, Any] = {"found": ", ".join(map(str, years)), "own": own}
    if all(year < own for year in years):
        yield kinds.YEARS_PAST.at(Place(path="financial.years"), **words)
    elif years != FinancialYear.four_from(report.dated):
        yield kinds.YEARS_WRONG.at(Place(path="financial.years"), **words)
    for year in sorted({year for (_, year), amount in finance.amounts.items() if amount is not None} - set(years)):
        yield kinds.YEAR_NOT_SHOWN.at(Place(path="financial"), value=str(year), year=year, found=words["found"])
    if finance.empty and finance.statement.state is not EntryState.NOT_APPLICABLE:
        yield kinds.FINANCE_EMPTY.at(Place(path="financial"))
    for section in SECTIONS:
        for year in years:
            yield from _sum(report, section, year)
    yield from _external(report)


def _sum(report: CommitteeReport, section: MoneySection, year: FinancialYear) -> Iterator[Problem]:
    gross = report.finance.amount(section.gross, year)
    funding = report.finance.funded(section, year)
    known = [amount for amount in funding if amount is not None]
    place = Place(path=f"financial.{section.gross}.{year}")
    if gross is None or len(known) < len(funding):
        if gross is not None or known:
            yield kinds.FUNDING_INCOMPLETE.at(place, year=year, section=section.name)
    elif sum(known) != gross:
        yield kinds.FUNDING_SUM.at(
            place, year=year, section=section.name, funded=pounds(sum(known)), gross=pounds(gross)
        )


def _external(report: CommitteeReport) -> Iterator[Problem]:
    external = report.finance.external
    has_money = any(amount for (row, _), amount in report.finance.amounts.items() if row is MoneyRow.REVENUE_EXTERNAL)
    if (has_money and external.expires is None) or (external.expires and external.when is None):
        yield kinds.EXPIRY_MISSING.at(Place(path="financial.external_funding"))
    if external.expires and external.afterwards.state is EntryState.BLANK:
        yield kinds.AFTER_EXPIRY_MISSING.at(Place(path="financial.external_funding.afterwards"))


def _law(report: CommitteeReport, rule_sets: Sequence[RuleSet]) -> Iterator[Problem]:
    rules = next((r for r in rule_sets if r.id == report.rule_set), None)
    if rules is None:
        ids = [r.id for r in rule_sets]
        yield kinds.UNKNOWN_RULE_SET.at(
            Place(path="rule_set"),
            value=report.rule_set,
            name=report.rule_set,
            allowed=", ".join(ids),
            nearest=nearest_of(report.rule_set, ids),
        )
        return
    if not rules.in_force_on(report.dated):
        right = rules_on(rule_sets, rules.jurisdiction, report.dated)
        yield kinds.RULE_SET_DATE.at(
            Place(path="rule_set"),
            name=rules.id,
            day=report.dated,
            right=right.id if right else Sentence.of("another rule set"),
        )
    yield from _key_decision(report, rules)
    yield from _access(report, rules)


def _key_decision(report: CommitteeReport, rules: RuleSet) -> Iterator[Problem]:
    if report.key_decision is None or not report.key_decision.is_key:
        return
    if not rules.has_key_decisions:
        yield kinds.NO_KEY_DECISIONS.at(Place(path="key_decision"), name=rules.title)
        return
    if not report.key_decision.reason:
        yield kinds.KEY_WITHOUT_REASON.at(Place(path="key_decision"))
    if report.forward_plan.state is not EntryState.ANSWERED:
        yield kinds.KEY_WITHOUT_PLAN.at(Place(path="forward_plan"))


def _access(report: CommitteeReport, rules: RuleSet) -> Iterator[Problem]:
    access = report.access
    if access.kind in {AccessClass.EXEMPT, AccessClass.PART_EXEMPT}:
        if not access.paragraphs:
            yield kinds.EXEMPT_WITHOUT_GROUNDS.at(Place(path="access.paragraphs"), what=Sentence.of("its grounds"))
        if access.public_interest.state is not EntryState.ANSWERED:
            yield kinds.EXEMPT_WITHOUT_GROUNDS.at(
                Place(path="access.public_interest"), what=Sentence.of("the public-interest test")
            )
    elif access.paragraphs:
        yield kinds.GROUNDS_BUT_OPEN.at(Place(path="access.paragraphs"), kind=ACCESS_WORDS[access.kind])
    for index, number in enumerate(access.paragraphs):
        if number not in rules.paragraph_numbers:
            allowed = ", ".join(map(str, rules.paragraph_numbers))
            place = Place(path=f"access.paragraphs.{index}")
            yield kinds.WRONG_PARAGRAPH.at(place, value=number, number=number, name=rules.title, allowed=allowed)


_WILL_REPORT = ("report on progress", "report back", "will report", "to report", "progress report", "further report")


def _commitments(report: CommitteeReport) -> Iterator[Problem]:
    for index, commitment in enumerate(report.commitments):
        if commitment.due < report.dated:
            yield kinds.COMMITMENT_PAST.at(Place(path=f"commitments.{index}.due"), value=commitment.due)
    planned = " ".join(p.typed for p in report.forward_plan.value or ()).lower()
    if not report.commitments and any(words in planned for words in _WILL_REPORT):
        yield kinds.UNTRACKED_COMMITMENT.at(Place(path="forward_plan"))
    for index, action in enumerate(report.improvement_plan.value or ()):
        missed = action.outcome_status is OutcomeStatus.NOT_ACHIEVED
        if action.action_status is ActionStatus.COMPLETE and missed and not action.progress.strip():
            yield kinds.DONE_NOT_ACHIEVED.at(Place(path=f"improvement_plan.{index}"))
        if action.due < report.dated and action.action_status in _OPEN:
            yield kinds.ACTION_OVERDUE.at(Place(path=f"improvement_plan.{index}"), value=action.due, due=action.due)


def _background_papers(report: CommitteeReport) -> Iterator[Problem]:
    papers = report.background_papers.value
    if papers and all(paper.published_work for paper in papers):
        yield kinds.PUBLISHED_WORKS_ONLY.at(Place(path="background_papers"))
