"""Replacing a case with the other side heard."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.problems import ProblemsFound
from aboveline.jobs.asking import answer_to_replace, answering, ask_to_replace
from aboveline.jobs.planning import working_days_after
from aboveline.records.actions.draws import NoReserveLeft
from aboveline.records.actions.replacements import AlreadyAsked, TooEarly, decide_replacement
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import DrawnCase, Inspection, ReplacementRequest
from aboveline.records.queries.caseloads import drawn_case
from aboveline.records.queries.inspections import draw_in_force
from aboveline.records.queries.planning import request_in, requests_of
from aboveline.web.components import Crumb
from aboveline.web.forms.replacements import AnswerForm, AskForm, DecideForm
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.replacements import request_rows, requests_table, state_of, waits_for
from aboveline.web.presenters.wording import day_of, inspection_name, told
from aboveline.web.views.kept import FormPage, page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest

#: working days the other side has to answer
DAYS_TO_ANSWER = 3
Side = ReplacementRequest.Side


@inspection_page(Action.SEE_SAMPLE)
def replacements(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "heading": _("Requests to replace a case"),
        "intro": _("Either side may ask that a case leave the sample. The other side is heard before it does."),
        "table": requests_table(inspection, requests_of(inspection)),
        "empty_title": _("Nobody has asked for a case to be replaced"),
        "empty_text": _("A request begins on the sample's page, beside the case."),
    }
    return render(request, "web/week/list.html", context)


@inspection_page(Action.SUPPLY_CASELOAD)
def ask(request: SignedInRequest, inspection: Inspection, drawn_id: int) -> HttpResponse:
    return ask_from(request, inspection, drawn_id, Side.SERVICE)


def ask_from(request: SignedInRequest, inspection: Inspection, drawn_id: int, side: Side) -> HttpResponse:
    """Ask the other side whether a case may be replaced."""
    draw = draw_in_force(inspection)
    drawn = drawn_case(draw, drawn_id) if draw else None
    if drawn is None:
        raise Http404
    if drawn.place != DrawnCase.Place.SAMPLE:
        messages.info(request, _("Case {number} is not in the sample now").format(number=drawn.case.number))
        return redirect("sample", inspection.pk)
    try:
        answer_by = working_days_after(timezone.localdate(), DAYS_TO_ANSWER)
    except ProblemsFound as found:
        messages.error(request, " ".join(told(problem) for problem in found.problems))
        return redirect("sample", inspection.pk)

    def act(data: dict[str, Any]) -> object:
        return ask_to_replace(
            drawn=drawn, side=side, reason=data["reason"], note=data["note"], answer_by=answer_by,
            expected_version=data["version"], by=request.user,
        )  # fmt: skip

    form = AskForm(request.POST or None, initial={"version": drawn.version})
    try:
        return show_or_save(request, form, _ask_page(inspection, drawn, answer_by), act)
    except AlreadyAsked as already:
        messages.info(request, _("A request about this case is open. It stands here"))
        return redirect("replacement", inspection.pk, already.request.pk)
    except Stale:
        messages.error(request, _("The case left the sample meanwhile. Nothing was asked"))
        return redirect("sample", inspection.pk)


def _ask_page(inspection: Inspection, drawn: DrawnCase, answer_by: Any) -> FormPage:
    intro = _("The other side has until {day} to agree or object. Then the lead inspector decides.")
    return page_in(
        inspection,
        heading=_("Ask for case {number} to be replaced").format(number=drawn.case.number),
        crumbs=(*to_inspection(inspection), Crumb(_("Sample"), reverse("sample", args=[inspection.pk]))),
        back=reverse("replacements", args=[inspection.pk]),
        saved=_("The other side is asked"),
        button=_("Ask"),
        intro=intro.format(day=day_of(answer_by)),
    )


@inspection_page(Action.SEE_SAMPLE)
def replacement(request: SignedInRequest, inspection: Inspection, request_id: int) -> HttpResponse:
    """One request: the other side answers it, the lead inspector decides, everybody else reads."""
    found = request_in(inspection, request_id)
    if found is None:
        raise Http404
    part = _part(request, found)
    if request.method != "POST":
        return _page(request, inspection, found, part)
    form = part(request.POST) if part else None
    if form is None or not form.is_valid():
        if form is None and not _takes_part(request):
            raise Http404
        return _page(request, inspection, found, part, form)
    try:
        once(
            by=request.user,
            key=form.cleaned_data["key"],
            body=form.given | {"page": request.path},
            act=lambda: _acted(request, found, form),
        )
    except KeyReused:
        form.renew_key()
        return _page(request, inspection, found, part, form)
    except (Stale, TooEarly):
        newest = request_in(inspection, request_id) or found
        return _page(request, inspection, newest, _part(request, newest), yours=form.cleaned_data["words"])
    except NoReserveLeft:
        messages.error(request, _("Every reserve has been used. Carry on with one case fewer"))
        return _page(request, inspection, found, part, form)
    messages.success(request, _("Your answer is on record"))
    return redirect("replacement", inspection.pk, found.pk)


def _takes_part(request: SignedInRequest) -> bool:
    return may(request.standing, Action.DRAW) or may(request.standing, Action.SUPPLY_CASELOAD)


def _part(request: SignedInRequest, found: ReplacementRequest) -> type[AnswerForm] | type[DecideForm] | None:
    """The form this person may send now, if any."""
    if not waits_for(found, request.standing, timezone.localdate()):
        return None
    return AnswerForm if not found.answer and may(request.standing, answering(found.side)) else DecideForm


def _acted(request: SignedInRequest, found: ReplacementRequest, form: AnswerForm | DecideForm) -> dict[str, Any]:
    data = form.cleaned_data
    own = {"request": found, "words": data["words"], "expected_version": data["version"], "by": request.user}
    if isinstance(form, AnswerForm):
        answer_to_replace(answer=ReplacementRequest.Answer(data["answer"]), **own)
    else:
        today = timezone.localdate()
        decide_replacement(outcome=ReplacementRequest.Outcome(data["outcome"]), today=today, **own)
    return {}


def _page(
    request: SignedInRequest,
    inspection: Inspection,
    found: ReplacementRequest,
    part: type[AnswerForm] | type[DecideForm] | None,
    form: AnswerForm | DecideForm | None = None,
    yours: str = "",
) -> HttpResponse:
    shown = form or (part(initial={"version": found.version}) if part else None)
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "caption": inspection_name(inspection),
        "crumbs": (
            *to_inspection(inspection),
            Crumb(_("Requests to replace a case"), reverse("replacements", args=[inspection.pk])),
        ),
        "heading": _("Replace case {number}?").format(number=found.drawn.case.number),
        "state": state_of(found) + ".",
        "rows": request_rows(found),
        "form": shown,
        "button": _("Decide") if part is DecideForm else _("Answer"),
        "waits": _("The other side still has time to answer.") if found.open and not found.answer else "",
        "stale": bool(yours),
        "yours": yours,
    }
    errors = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, "web/week/replacement.html", context, status=HTTPStatus.CONFLICT if yours else errors)
