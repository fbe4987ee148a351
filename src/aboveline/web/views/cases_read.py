"""One case's judgements, to read. Every opening is on record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.second_reading import agreed_record, to_settle
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.showing import note_references_shown
from aboveline.records.models import Case
from aboveline.records.queries.cases import findings_of, reference_of
from aboveline.records.queries.casework import notes_of
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.second_reads import agreed_answers_of
from aboveline.web.policies import Action, case_page, may, within_reach
from aboveline.web.presenters.answers import criteria_of_case, found_facts, listed_facts
from aboveline.web.presenters.casework import notes_rows
from aboveline.web.presenters.crumbs import to_cases
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.views.discussions import marks_beside
from aboveline.web.views.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
@case_page(Action.SEE_CASES)
def case(request: SignedInRequest, found: Case) -> HttpResponse:
    """A post asks for the service's own reference, which is shown this once and is a reading of its own."""
    inspection, number = found.inspection, found.number
    note_case_read(case=found, by=request.user)
    reference = ""
    if request.method == "POST":
        note_references_shown(inspection=inspection, cases=[found], by=request.user)
        reference = reference_of(found)
    framework, judgements = framework_asked(inspection), agreed_answers_of(found)
    marks = marks_beside(request, found, framework)
    # Who manages the case hears what is agreed of it, and nothing before.
    waits = agreed_record(found, framework).waits if request.standing.manages else ""
    shown = within_reach(request.user, inspection, Action.SEE_CASES)
    numbers = [one.number for one in sampled_cases(inspection) if shown(one.number)]
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "crumbs": to_cases(inspection),
        "name": inspection_name(inspection),
        "case": found,
        "in_sample": number in numbers,
        "listed": listed_facts(framework, found),
        "found": found_facts(framework, findings_of(found)) if not waits else (),
        "criteria": criteria_of_case(framework, inspection, judgements, marks) if not waits else (),
        "waits": waits,
        "begun": bool(judgements) or any(mark.open for mark in marks.values()),
        "notes": notes_rows(notes_of(found)) if not waits else (),
        "reference": reference,
        "may_alert": may(request.standing, Action.RAISE_ALERT),
        "may_judge": may(request.standing, Action.JUDGE),
        "may_settle": may(request.standing, Action.SETTLE) and to_settle(found, framework),
        "previous": _beside(numbers, number, -1),
        "next": _beside(numbers, number, 1),
    }
    return render(request, "web/inspections/case.html", context)


def _beside(numbers: list[str], number: str, step: int) -> str:
    """The number of the case before (-1) or after (1) in the sample, or empty."""
    if number not in numbers:
        return ""
    place = numbers.index(number) + step
    return numbers[place] if 0 <= place < len(numbers) else ""
