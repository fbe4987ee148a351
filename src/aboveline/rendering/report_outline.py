"""A committee report as an outline: every block of the template in its order, with the figures it was bound to."""

from collections.abc import Iterator
from datetime import date

from aboveline.domain.committee import AccessClass, BackgroundPaper, Clearance, CommitteeReport, Officer, PlanAction
from aboveline.domain.committee_entry import Entry, Prose
from aboveline.domain.committee_figures import Figures
from aboveline.rendering.outline import Block, Facts, Grid, Heading, Items, Outline, Para, printable
from aboveline.rendering.report_figures import figure_blocks, figure_sources, sources_line
from aboveline.rendering.report_money import money_blocks


def report_outline(report: CommitteeReport, figures: Figures) -> Outline:
    """Return the outline of a report. Raises ValueError where the report names no submission."""
    builder = _Builder(report, figures)
    return Outline(
        title=printable(report.subject),
        organisation=printable(report.council),
        blocks=tuple(builder.blocks()),
        watermark="DRAFT" if report.is_draft else "",
        footer=printable(". ".join(_footer(report))),
    )


def _footer(report: CommitteeReport) -> Iterator[str]:
    """What stands on every page; a report the public may not read says so there (LGA 1972 s100B(5))."""
    yield f"{report.council}: report of {day_words(report.dated)}"
    if report.access.kind is not AccessClass.OPEN:
        yield _RESTRICTION[report.access.kind]


def day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


_RESTRICTION = {
    AccessClass.PART_EXEMPT: "Exempt in part: not for publication in full",
    AccessClass.EXEMPT: "Exempt: not for publication",
    AccessClass.CONFIDENTIAL: "Confidential: not for publication",
}


class _Builder:
    def __init__(self, report: CommitteeReport, figures: Figures) -> None:
        self.report, self.figures = report, figures

    def blocks(self) -> Iterator[Block]:
        report = self.report
        yield self._front()
        yield from self._entry(2, "Purpose and summary", report.purpose)
        yield from figure_blocks(self.figures)
        yield from self._entry(2, "Reason why decision required", report.reason_decision_required)
        yield from self._recommendations()
        yield from self._key_decision()
        yield from self._entry(2, "Forward plan", report.forward_plan)
        yield from self._commitments()
        yield from self._entry(2, "Implementation date", report.implementation_date)
        yield from self._entry(2, "Alternative options", report.alternative_options)
        yield _heading(2, "Implications")
        yield from self._entry(3, "Budget and policy framework", report.budget_policy_framework)
        yield from self._entry(3, "Financial", report.finance.statement)
        yield from money_blocks(report, self._words)
        yield from self._entry(3, "Legal", report.legal)
        yield from self._entry(3, "Risk assessment", report.risk_assessment)
        yield from self._entry(3, "Asset management", report.asset_management)
        yield from self._objectives()
        yield from self._entry(2, "Links to ensuring integration", report.ensuring_integration)
        targets = "Impact on children’s services targets and priorities"
        yield from self._entry(2, targets, report.childrens_services_targets)
        yield from self._background_papers()
        yield from self._entry(2, "Background", report.background)
        yield from self._improvement_plan()
        yield from figure_sources(self.figures)

    def _front(self) -> Facts:
        report = self.report
        wards = ", ".join(report.wards.value) if report.wards.value else report.wards.words
        rows = (
            ("Report to and date", tuple(self._submissions())),
            ("Agenda item", tuple(self._agenda_items())),
            ("Subject", (report.subject,)),
            ("Wards affected", (wards,)),
            ("Report of", (report.report_of.words,)),
            ("Contact officer", tuple(_contact(report.contact))),
            ("Exempt or confidential", tuple(self._access())),
            ("Finance clearance", (_clearance(report.finance_clearance),)),
            ("Legal clearance", (_clearance(report.legal_clearance),)),
            ("Status", ("Draft, not for publication" if report.is_draft else report.status.capitalize(),)),
            *([("Cases", ("Made up, for demonstration only",))] if self.figures.synthetic else []),
        )
        return Facts("About this report", tuple((label, tuple(map(printable, lines))) for label, lines in rows))

    def _submissions(self) -> Iterator[str]:
        for submission in self.report.submissions:
            yield f"{submission.body}: {day_words(submission.meets_on)}"

    def _agenda_items(self) -> Iterator[str]:
        if not any(submission.agenda_number for submission in self.report.submissions):
            yield "Number to be given"
            return
        for submission in self.report.submissions:
            yield f"{submission.body}: {submission.agenda_number or 'number to be given'}"

    def _access(self) -> Iterator[str]:
        access = self.report.access
        yield {
            AccessClass.OPEN: "No",
            AccessClass.PART_EXEMPT: "Exempt in part",
            AccessClass.EXEMPT: "Exempt",
            AccessClass.CONFIDENTIAL: "Confidential",
        }[access.kind]
        if access.paragraphs:
            yield f"Schedule 12A, paragraph {', '.join(map(str, access.paragraphs))}"
        if access.public_interest.value:
            yield from (f"Public interest: {self._text(p.spans)}" for p in access.public_interest.value)

    def _text(self, spans: tuple[object, ...]) -> str:
        """Return a paragraph's words with each figure printed; an unbound reference shows as such, never as nothing."""
        known = (s if isinstance(s, str) else self.figures.words_for(s) or f"[no figure {s}]" for s in spans)  # type: ignore[arg-type]
        return printable("".join(known))

    def _words(self, prose: Prose) -> Iterator[Block]:
        bullets: list[str] = []
        for paragraph in prose:
            if paragraph.bullet:
                bullets.append(self._text(paragraph.spans))
                continue
            if bullets:
                yield Items(tuple(bullets))
                bullets = []
            yield Para(self._text(paragraph.spans))
        if bullets:
            yield Items(tuple(bullets))
        used = {ref.kind for paragraph in prose for ref in paragraph.references}
        if used:
            yield Para(sources_line(self.figures, used), quiet=True)

    def _entry(self, level: int, heading: str, entry: Entry[Prose]) -> Iterator[Block]:
        yield _heading(level, heading)
        yield from self._answer(entry)

    def _answer(self, entry: Entry[Prose]) -> Iterator[Block]:
        if entry.value is None:
            yield Para(printable(entry.words), quiet=True)
        else:
            yield from self._words(entry.value)

    def _recommendations(self) -> Iterator[Block]:
        yield _heading(2, "Recommendations")
        if not self.report.recommendations:
            yield Para("Not yet completed", quiet=True)
            return
        yield Items(
            tuple(
                (f"{printable(r.addressed_to)}: " if r.addressed_to else "")
                + " ".join(self._text(p.spans) for p in r.text)
                for r in self.report.recommendations
            ),
            numbered=True,
        )
        used = {ref.kind for r in self.report.recommendations for p in r.text for ref in p.references}
        if used:
            yield Para(sources_line(self.figures, used), quiet=True)

    def _key_decision(self) -> Iterator[Block]:
        key = self.report.key_decision
        yield _heading(2, "Key decision")
        if key is None:
            yield Para("Not yet completed", quiet=True)
            return
        yield Para("Yes" if key.is_key else "No")
        yield from self._words(key.reason)

    def _commitments(self) -> Iterator[Block]:
        yield _heading(2, "Commitments to report back")
        if not self.report.commitments:
            yield Para("None recorded", quiet=True)
            return
        rows = tuple((c.what, c.owner, c.to_body, c.due_words or day_words(c.due)) for c in self.report.commitments)
        yield _grid(
            "What will be reported back", ("What", "Who", "To which body", "By when"), rows, (0.4, 0.2, 0.22, 0.18)
        )

    def _objectives(self) -> Iterator[Block]:
        yield _heading(2, "Corporate objective monitoring")
        listed = self.report.objective_list
        if listed is None:
            yield Para("Not yet completed", quiet=True)
            return
        marks = {impact.code: impact.marks for impact in self.report.objectives}
        rows = tuple(
            (f"{o.number}. {o.name}", " and ".join(m.capitalize() for m in marks.get(o.code, ())) or "Not marked")
            for o in listed.objectives
        )
        caption = f"Impact on each objective: {listed.title}"
        yield _grid(caption, ("Corporate objective", "Impact"), rows, (0.8, 0.2))

    def _background_papers(self) -> Iterator[Block]:
        yield _heading(2, "Background papers relied upon")
        entry = self.report.background_papers
        if entry.value is None:
            yield Para(printable(entry.words), quiet=True)
            return
        yield Items(tuple(printable(_paper(paper)) for paper in entry.value), numbered=True)

    def _improvement_plan(self) -> Iterator[Block]:
        yield _heading(2, "Improvement plan")
        plan = self.report.improvement_plan
        if plan.value is None:
            yield Para(printable(plan.words), quiet=True)
            return
        headings = (
            "Recommendation",
            "Action and lead",
            "Due",
            "Action status",
            "Outcome status",
            "Baseline, target and progress",
        )
        widths = (0.2, 0.22, 0.12, 0.12, 0.14, 0.2)
        yield _grid(
            "Action done and outcome achieved are separate facts", headings, tuple(map(_action, plan.value)), widths
        )


def _action(action: PlanAction) -> tuple[str, ...]:
    measures = (("Baseline", action.baseline), ("Target", action.target), ("Progress", action.progress))
    measured = "; ".join(f"{name}: {value}" for name, value in measures if value) or "not stated"
    return (
        action.recommendation,
        f"{action.action.rstrip('.')}. Lead: {action.lead}.",
        action.due_words or day_words(action.due),
        action.action_status.replace("_", " ").capitalize(),
        action.outcome_status.replace("_", " ").capitalize(),
        measured,
    )


def _paper(paper: BackgroundPaper) -> str:
    where = f", {paper.location}" if paper.location else ""
    note = " (published work: named for information, not a background paper in law)" if paper.published_work else ""
    return f"{paper.title}{where}{note}"


def _contact(officer: Officer) -> Iterator[str]:
    yield officer.words
    if officer.telephone:
        yield f"Telephone: {officer.telephone}"
    if officer.email:
        yield f"Email: {officer.email}"


def _clearance(clearance: Clearance | None) -> str:
    if clearance is None:
        return "Not yet given"
    when = f", {day_words(clearance.on)}" if clearance.on else ", not yet given"
    return f"{clearance.officer.words}{when}" + (f" ({clearance.reference})" if clearance.reference else "")


def _heading(level: int, text: str) -> Heading:
    return Heading(level, text, "".join(c if c.isalnum() else "-" for c in text.lower()))


def _grid(
    caption: str, headings: tuple[str, ...], rows: tuple[tuple[str, ...], ...], widths: tuple[float, ...]
) -> Grid:
    return Grid(printable(caption), headings, tuple(tuple(map(printable, row)) for row in rows), widths)
