"""Carry out one planned inspection by the same code as a user's: import, draw, replace, judge, and check the result."""

from aboveline.domain.framework import Framework
from aboveline.domain.sampling import Method
from aboveline.exchange.demonstration import PlannedInspection, note_library
from aboveline.jobs.assessing import Sent, SentAnswer, SentFinding, save_case
from aboveline.jobs.casework import confirm, stage
from aboveline.jobs.demonstration.case_list import case_list_csv, references
from aboveline.jobs.demonstration.findings import findings
from aboveline.jobs.demonstration.judgements import CannotReach, MadeCase, Sheet, made_cases
from aboveline.jobs.demonstration.notes import NoteWriter
from aboveline.jobs.demonstration.people import Cast, join
from aboveline.jobs.drawing import entry_of, make_draw
from aboveline.jobs.inspections import scores_of
from aboveline.records.actions.draws import replace_case
from aboveline.records.actions.inspections import record_first_plan, set_up_inspection
from aboveline.records.identity import reference_hash
from aboveline.records.models import DrawnCase, Inspection, Role
from aboveline.records.queries.cases import drawn_cases
from aboveline.records.queries.inspections import draw_in_force, inspection_by_id, sampled_cases

#: of eight criteria, how many were under 60% in the first inspection, as the area's own report of 2011 says
WEAK_AT_FIRST, WEAK_UNDER = 7, 60


def inspect(plan: PlannedInspection, framework: Framework, cast: Cast, original: Inspection | None) -> Inspection:
    """Carry out the inspection. Raises CannotReach where its scores are not those planned."""
    inspection = set_up_inspection(
        service=cast.service,
        framework_id=framework.id,
        framework_digest=framework.digest,
        kind=Inspection.Kind(plan.kind),
        held_on=plan.held_on,
        published_on=plan.published_on,
        original=original,
        seed=plan.seed,
        synthetic=True,
        by=cast.first(Role.QUALITY_MANAGER),
    )
    join(cast, inspection)
    bring_in_list(plan, framework, cast, inspection)
    replace(plan, cast, inspection)
    judge(plan, framework, cast, inspection)
    record_plan(plan, cast, inspection)
    found = inspection_by_id(inspection.pk)
    assert found
    check(plan, found)
    return found


def bring_in_list(plan: PlannedInspection, framework: Framework, cast: Cast, inspection: Inspection) -> None:
    """Upload, confirm and draw from the case list."""
    manager = cast.first(Role.QUALITY_MANAGER)
    data = case_list_csv(plan, framework, _in_order_of_numbers(plan, inspection))
    upload = stage(inspection=inspection, content=data, file_name="list.csv", by=manager).expect()
    confirmed = confirm(upload=upload, expected_version=upload.version, by=manager)
    make_draw(
        inspection=inspection,
        caseload=confirmed,
        method=Method.CUBE,
        size=plan.sample,
        reason="",
        expected_draws=0,
        by=cast.first(Role.LEAD_INSPECTOR),
    ).expect()


def _in_order_of_numbers(plan: PlannedInspection, inspection: Inspection) -> list[str]:
    """References so dealt that case 1 becomes C001 under any secret: numbers follow the order of keyed hashes."""
    return sorted(references(plan), key=lambda reference: reference_hash(inspection.pk, reference))


def replace(plan: PlannedInspection, cast: Cast, inspection: Inspection) -> None:
    """Take one case out of the sample, where the plan says so."""
    draw = draw_in_force(inspection)
    if plan.replaced is None or draw is None:
        return
    out = drawn_cases(draw, DrawnCase.Place.SAMPLE)[plan.replaced.position - 1]
    replace_case(
        drawn=out,
        reason=plan.replaced.reason,
        note=plan.replaced.note,
        expected_version=out.version,
        by=cast.first(Role.LEAD_INSPECTOR),
    )


def judge(plan: PlannedInspection, framework: Framework, cast: Cast, inspection: Inspection) -> None:
    """Save every sampled case's facts and answers, each case by one assessor."""
    cases = {case.number: case for case in sampled_cases(inspection)}
    entries = {number: entry_of(case) for number, case in cases.items()}
    facts = {number: findings(plan, entry) for number, entry in entries.items()}
    made = made_cases(plan, framework, facts, {number: entry.age for number, entry in entries.items()})
    sheet, writer = Sheet(plan, framework, made), NoteWriter(note_library(), plan.seed)
    sheet.meet()
    for place, made_case in enumerate(made):
        saved = save_case(
            case=cases[made_case.number],
            framework=framework,
            sent=_sent(sheet, writer, made_case),
            key=f"{inspection.pk}-{made_case.number}",
            by=cast.assessors[place % len(cast.assessors)],
        )
        if saved["problems"] or saved["conflicts"]:
            raise CannotReach(f"an answer was refused: {saved['problems'] or saved['conflicts']}")


def _sent(sheet: Sheet, writer: NoteWriter, case: MadeCase) -> Sent:
    """What the case form would send: the facts, and every answer the facts leave to the assessor."""
    answers = {}
    for question, (answer, reason) in sheet.answers(case).items():
        given = writer.write(case.number, question, answer, reason, none_made=sheet.none_made(case, question))
        answers[question] = SentAnswer(given, 0)
    return Sent(answers, {fact: SentFinding(option, 0) for fact, option in case.facts.items()})


def record_plan(plan: PlannedInspection, cast: Cast, inspection: Inspection) -> None:
    if plan.first_plan:
        record_first_plan(
            inspection=inspection,
            outcome=Inspection.FirstPlan(plan.first_plan.outcome),
            note=plan.first_plan.note.strip(),
            expected_version=inspection.version,
            by=cast.first(Role.LEAD_INSPECTOR),
        )


def check(plan: PlannedInspection, inspection: Inspection) -> None:
    """Score what was saved, as any page does. Raises CannotReach where a figure is not the published one."""
    scores = scores_of(inspection).scores
    reached = {theme.id: theme.percent for theme in scores.themes}
    weak = sum(c.percent is not None and c.percent < WEAK_UNDER for c in scores.criteria)
    if reached != dict(plan.themes) or (inspection.original is None and weak != WEAK_AT_FIRST):
        raise CannotReach(f"{plan.id} came out at {reached} with {weak} weak criteria")
