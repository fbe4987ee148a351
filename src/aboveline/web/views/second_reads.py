"""Second reads: chosen and given out, read blind, handed in, set side by side and settled."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aboveline.domain.second_reading import HowChosen
from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.second_reading import choose, compared, missing_of, states_of, submit, usual_percent
from aboveline.records.actions.allocation import CannotHold
from aboveline.records.actions.second_reads import (
    AlreadyChosen,
    adjudicate,
    give_second_read,
    note_compared,
    note_second_read,
)
from aboveline.records.models import Case, Inspection, SecondRead
from aboveline.records.queries.arranging import sampled_numbers, team_of
from aboveline.records.queries.cases import answers_of, case_by_number, findings_of
from aboveline.records.queries.second_reads import (
    adjudications_of,
    choice_of,
    comparisons_of,
    first_readers,
    read_first,
    second_read_of,
)
from aboveline.web.components import Crumb
from aboveline.web.forms.keyed import Confirm
from aboveline.web.forms.second_reads import ChooseForm, GiveForm, SettleForm, decided_before
from aboveline.web.policies import Action, case_page, inspection_page, may, within_reach
from aboveline.web.presenters.crumbs import to_cases, to_inspection
from aboveline.web.presenters.second_reads import choice_rows, compared_rows, facts_table, overview, reads_table
from aboveline.web.presenters.wording import inspection_name, said
from aboveline.web.views.assessments import case_form
from aboveline.web.views.kept import FormPage, page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest


def to_reads(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Second reads"), reverse("second-reads", args=[inspection.pk])))


@inspection_page(Action.SECOND_READ)
@require_safe
def second_reads(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Which cases are read twice, by whom, and how far each has come."""
    framework, choice = framework_asked(inspection), choice_of(inspection)
    shown = within_reach(request.user, inspection, Action.SECOND_READ)
    states = [state for state in states_of(inspection, framework) if shown(state.number)]
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "name": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "choice": choice_rows(choice) if choice else (),
        "summary": overview(states, bool(choice)),
        "table": reads_table(inspection, states) if states else None,
        "readers": bool(first_readers(inspection)),
    }
    return render(request, "web/second_reads/second_reads.html", context)


@inspection_page(Action.SECOND_READ)
def choose_reads(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    form = ChooseForm(request.POST or None, initial={"percent": usual_percent(inspection)})
    page = _page_in(inspection, _("Choose the cases to read twice"), _("The cases are chosen and given out"), "")

    def act(data: dict[str, Any]) -> None:
        choose(inspection=inspection, percent=data["percent"], by=request.user)

    try:
        return show_or_save(request, form, page, act)
    except AlreadyChosen:
        messages.info(request, _("The cases were chosen before. A second choice would not be random"))
        return redirect("second-reads", inspection.pk)


def _page_in(inspection: Inspection, heading: str, saved: str, intro: str) -> FormPage:
    back = reverse("second-reads", args=[inspection.pk])
    return page_in(inspection, heading=heading, crumbs=to_reads(inspection), back=back, saved=saved, intro=intro)


@inspection_page(Action.SECOND_READ)
def give(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Add a case by hand, or give one to another second reader."""
    shown = within_reach(request.user, inspection, Action.SECOND_READ)
    numbers = [number for number in sampled_numbers(inspection) if shown(number)]
    form = GiveForm(
        request.POST or None,
        numbers=numbers,
        people=team_of(inspection),
        initial={"number": request.GET.get("case", "")},
    )
    words = _(
        "A case that the seed did not choose says nothing about the others, so it is left out of the figures of "
        "agreement. What another second reader wrote stays on record and out of use."
    )
    page = _page_in(inspection, _("Give a case to a second reader"), _("The case is given"), words)

    def act(data: dict[str, Any]) -> None:
        case, choice = case_by_number(inspection.pk, data["number"]), choice_of(inspection)
        if case is None:
            raise Http404
        how = HowChosen(choice.chosen.get(case.number, HowChosen.BY_HAND)) if choice else HowChosen.BY_HAND
        give_second_read(case=case, reader=form.chosen_reader, how=how, by=request.user)

    try:
        return show_or_save(request, form, page, act)
    except CannotHold as refused:
        form.add_error("reader", refusal_words(refused))
        return show_or_save(request, form, page, act)


def refusal_words(refused: CannotHold) -> str:
    """Why a person may not be given a case for a second read."""
    return {
        "the second read of this case is submitted": _("The second read of this case is handed in; it stays"),
        "they read this case first": _("They had a part in the first read of this case. Choose somebody else"),
        "they already have this case for another read": _("They have this case for its first read"),
        "they manage this case": _("They manage this case, and nobody judges their own work"),
        "they are not in the inspection's team": _("They are not in the team any more"),
    }.get(str(refused), _("The conflict register keeps them from this case"))


def _own_read(case: Case, request: SignedInRequest) -> SecondRead:
    read = second_read_of(case)
    if read is None or read.reader != request.user:
        raise Http404
    return read


@case_page(Action.READ_AGAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def read_again(request: SignedInRequest, case: Case) -> HttpResponse:
    """The same form as for a first read, on the second reader's own answers; once handed in it no longer opens."""
    read = _own_read(case, request)
    if read.submitted_at is not None:
        return redirect("submit-second-read", case.inspection.pk, case.number)
    return case_form(request, case, read)


@case_page(Action.READ_AGAIN)
@require_http_methods(["GET", "HEAD", "POST"])
def submit_read(request: SignedInRequest, case: Case) -> HttpResponse:
    read, framework = _own_read(case, request), framework_asked(case.inspection)
    status = 200
    if request.method == "POST":
        if not submit(read=read, framework=framework, by=request.user):
            messages.success(request, _("Your read is handed in"))
            return redirect(request.path)
        status = 422
    note_second_read(read=read, by=request.user)
    missing = () if read.submitted_at else missing_of(read, framework)
    context = {
        "case": case,
        "inspection": case.inspection,
        "service_name": case.inspection.service.name,
        "name": inspection_name(case.inspection),
        "crumbs": to_cases(case.inspection),
        "read": read,
        "missing": [framework.question_by_id[one] for one in missing],
        "refused": status != 200,
        "form": Confirm(),
    }
    return render(request, "web/second_reads/submit.html", context, status=status)


@case_page(Action.SETTLE)
@require_safe
def side_by_side(request: SignedInRequest, case: Case) -> HttpResponse:
    """Both reads of one case, once the second is handed in. Seeing them is on record, and from then on the first is no
    longer blind."""
    read, framework = second_read_of(case), framework_asked(case.inspection)
    if read is None or read.submitted_at is None:
        return _waiting(request, case)
    note_compared(read=read, by=request.user)
    answers = answers_of(case), answers_of(case, read)
    found = compared(read, framework)
    differ_only = request.GET.get("show") != "all"
    context = {
        "case": case,
        "inspection": case.inspection,
        "service_name": case.inspection.service.name,
        "name": inspection_name(case.inspection),
        "crumbs": _above(request, case.inspection),
        "read": read,
        "first_reader": first_readers(case.inspection).get(case.number),
        "own": request.user == read.reader or read_first(request.user, case),
        "differ_only": differ_only,
        "rows": compared_rows(framework, case, found, answers, adjudications_of(read), differ_only=differ_only),
        "facts": facts_table(framework, findings_of(case), findings_of(case, read)),
        "agreed": sum(one.agrees is True for one in found),
        "questions": len(found),
        "open": sum(not one.decided for one in found),
    }
    return render(request, "web/second_reads/side_by_side.html", context)


def _waiting(request: SignedInRequest, case: Case) -> HttpResponse:
    context = {
        "case": case,
        "service_name": case.inspection.service.name,
        "name": inspection_name(case.inspection),
        "crumbs": _above(request, case.inspection),
    }
    return render(request, "web/second_reads/waiting.html", context)


def _above(request: SignedInRequest, inspection: Inspection) -> tuple[Crumb, ...]:
    """The list of second reads for those who choose them: others settle one without knowing which cases are read
    twice."""
    return to_reads(inspection) if may(request.standing, Action.SECOND_READ) else to_cases(inspection)


@case_page(Action.SETTLE)
def settle(request: SignedInRequest, case: Case, question: str) -> HttpResponse:
    """Decide on one question where the readers differ; where there is nothing to decide, back to both reads."""
    read, framework = second_read_of(case), framework_asked(case.inspection)
    if question not in framework.question_by_id:
        raise Http404
    own = read is None or request.user == read.reader or read_first(request.user, case)
    if read is None or own or comparisons_of(read, [question])[0].agrees is not False:
        return redirect("side-by-side", case.inspection.pk, case.number)
    (found,), earlier = comparisons_of(read, [question]), adjudications_of(read).get(question)
    form = SettleForm(
        request.POST or None, framework=framework, comparison=found, initial=decided_before(earlier, found)
    )
    back = reverse("side-by-side", args=[case.inspection.pk, case.number])
    rows = compared_rows(framework, case, [found], (answers_of(case), answers_of(case, read)), {}, differ_only=False)
    note_compared(read=read, by=request.user)
    page = page_in(
        case.inspection,
        heading=_("Case {number}: question {question}").format(number=case.number, question=question),
        crumbs=(*_above(request, case.inspection), Crumb(_("Case {number}").format(number=case.number), back)),
        back=back,
        saved=_("The decision is on record"),
        intro=said(framework.question_by_id[question].text),
        template="web/second_reads/settle.html",
        more={"rows": rows},
    )

    def act(data: dict[str, Any]) -> None:
        to, answer = form.wish
        adjudicate(
            read=read,
            question=question,
            to=to,
            answer=answer,
            reason=data["reason"],
            expected_version=data["version"],
            by=request.user,
        )

    return show_or_save(request, form, page, act)
