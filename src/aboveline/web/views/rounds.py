"""A service's audit rounds: their history, setting one up, results by team, feedback to case managers."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aboveline.domain.framework import Framework
from aboveline.domain.problems import ProblemsFound
from aboveline.domain.question_set import QuestionSet
from aboveline.domain.roles import Role
from aboveline.jobs.frameworks import all_frameworks
from aboveline.jobs.inspections import framework_asked, scores_of
from aboveline.jobs.rounds import RoundGuess, RoundWish, close, eligible_on, guess_round, set_up_round
from aboveline.jobs.second_reading import agreed_record
from aboveline.jobs.team_results import team_results
from aboveline.records.actions.reading import note_case_read
from aboveline.records.actions.rounds import mark_feedback, take_mark_back
from aboveline.records.actions.saving import KeyReused, once
from aboveline.records.models import AuditRound, Caseload, Inspection, Service
from aboveline.records.queries.people import standing_in
from aboveline.records.queries.rounds import (
    audits_at,
    cases_by,
    feedback_given,
    last_list_at,
    last_round_at,
    possible_auditors,
    round_at,
    round_of,
    rounds_at,
)
from aboveline.web.forms.concluding import ActForm
from aboveline.web.forms.keyed import Confirm
from aboveline.web.forms.rounds import ALL, DRAW, LAST, NEW, FrameworkChoice, HistoryFilter, RoundForm
from aboveline.web.policies import Action, inspection_page, may, own_cases_page, service_page, within_reach
from aboveline.web.presenters.crumbs import to_inspection, to_service
from aboveline.web.presenters.round_results import case_feedback, fix_first, team_name, teams_table
from aboveline.web.presenters.rounds import measures, rounds_history, rounds_table, to_rounds
from aboveline.web.presenters.wording import day_of, inspection_name, month_of, told
from aboveline.web.views.concluding import step
from aboveline.web.views.kept import page_in
from aboveline.web.views.requests import SignedInRequest

#: the framework a first round is offered, and how many rounds a history tells
FIRST_FRAMEWORK, TOLD = "audit-2021", 36
#: who sees the result of a team however small it is
SEES_SMALL = {Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER}


@service_page(Action.SEE_SERVICE)
@require_safe
def rounds(request: SignedInRequest, service: Service) -> HttpResponse:
    """The history of one measure under one framework; both are in the address."""
    audits = [one for one in audits_at(service)[:TOLD] if may(standing_in(request.user, one), Action.SEE_SCORES)]
    framework = _framework(request.GET.get("framework", ""), audits[0].framework_id if audits else "")
    choices = measures(framework)
    measure = request.GET.get("measure", "")
    measure = measure if measure in dict(choices) else choices[0][0]
    asked = {"framework": framework.id, "measure": measure}
    scored = [scores_of(one) for one in audits if one.framework_id == framework.id]
    name = dict(choices)[measure]
    context = {
        "service": service,
        "service_name": service.name,
        "crumbs": to_service(service),
        "filter": HistoryFilter(asked, frameworks=all_frameworks(), measures=choices),
        "history": rounds_history(scored, measure, name),
        "table": rounds_table(scored, measure, name) if scored else None,
        "any": bool(audits),
        "may_set_up": may(request.standing, Action.SET_UP),
        "last": last_round_at(service),
    }
    return render(request, "web/rounds/rounds.html", context)


def _framework(asked: str, otherwise: str) -> Framework:
    """The framework asked for, else this one, else the first that a round is offered."""
    known = {one.id: one for one in all_frameworks()}
    return known.get(asked) or known.get(otherwise) or known.get(FIRST_FRAMEWORK) or next(iter(known.values()))


@service_page(Action.SET_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: SignedInRequest, service: Service) -> HttpResponse:
    """One page with everything, filled in as the last round was."""
    earlier = list(rounds_at(service)[:TOLD])
    like = request.GET.get("like", "")
    last = (round_at(service, int(like)) if like.isdigit() else None) or (earlier[0] if earlier else None)
    framework = _framework(request.GET.get("framework", ""), last.inspection.framework_id if last else "")
    same = last if last and last.inspection.framework_id == framework.id else None
    guess = guess_round(service, same, timezone.localdate(), request.user)
    caseload, sets = last_list_at(service, framework.id), _sets(earlier, framework)
    form = RoundForm(
        request.POST or None,
        framework=framework,
        sets=sets,
        people=possible_auditors(service),
        last_list=_list_words(caseload, framework, guess) if caseload else "",
        initial=_as_guessed(guess, sets, caseload),
    )
    if form.is_valid():
        made = _set_up(request, service, form, caseload)
        if made:
            messages.success(request, _("The round is set up"))
            return redirect("inspection", made)
    context = {
        "form": form,
        "service": service,
        "service_name": service.name,
        "crumbs": to_rounds(service),
        "framework": framework,
        "framework_choice": FrameworkChoice({"framework": framework.id}, frameworks=all_frameworks()),
        "same_as": same,
        "questions_open": bool({"questions", "set_title"} & set(form.errors)) or "questions" in request.POST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "web/rounds/new.html", context, status=status)


def _sets(earlier: list[AuditRound], framework: Framework) -> list[QuestionSet]:
    """The short sets that earlier rounds under this framework asked, each once, the newest of a name first."""
    found: dict[str, QuestionSet] = {}
    for one in earlier:
        known = all(question in framework.question_by_id for question in one.questions)
        if one.questions and known and one.inspection.framework_id == framework.id:
            found.setdefault(one.set_title, QuestionSet(one.set_title, tuple(one.questions)))
    return list(found.values())


def _list_words(caseload: Caseload, framework: Framework, guess: RoundGuess) -> str:
    count = len(eligible_on(caseload, framework, guess.held_on).entries)
    words = _("The last one, confirmed on {day}: {count} cases can be audited on {first}")
    day = day_of(timezone.localdate(caseload.confirmed_at))
    return words.format(day=day, count=count, first=day_of(guess.held_on))


def _as_guessed(guess: RoundGuess, sets: list[QuestionSet], caseload: Caseload | None) -> dict[str, Any]:
    values = guess.values
    titles = {one.title: f"set-{n}" for n, one in enumerate(sets, start=1)}
    return {
        "title": _("Audit of {month}").format(month=month_of(guess.held_on)),
        "held_on": guess.held_on,
        "asks": titles.get(values.set_title, ALL),
        "source": LAST if caseload else NEW,
        "how_many": DRAW if values.cases else ALL,
        "cases": values.cases,
        "auditors": [str(one.pk) for one in guess.auditors],
        "files_close": values.files_close,
        "audits_due": values.audits_due,
        "moderation": values.moderation,
    }


def _set_up(request: SignedInRequest, service: Service, form: RoundForm, caseload: Caseload | None) -> int | None:
    """The number of the round set up; None where it cannot be, which the form then says."""
    data = form.cleaned_data
    wish = RoundWish(
        framework_id=form.framework.id,
        held_on=data["held_on"],
        values=form.values,
        auditors=form.chosen_people,
        caseload=caseload if data["source"] == LAST else None,
    )
    may_draw = may(request.standing, Action.DRAW)

    def act() -> dict[str, Any]:
        return {"inspection": set_up_round(service=service, wish=wish, by=request.user, may_draw=may_draw).pk}

    body = {name: str(value) for name, value in form.given.items()} | {"framework": form.framework.id}
    try:
        return int(once(by=request.user, key=data["key"], body=body, act=act)["inspection"])
    except KeyReused:
        form.renew_key()
    except ProblemsFound as found:
        for problem in found.problems:
            form.add_error("cases", told(problem))
    return None


@inspection_page(Action.SEE_SCORES)
@require_safe
def round_results(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Results by question and team, and what to fix first."""
    scored = scores_of(inspection)
    teams = team_results(inspection, every=bool(request.standing.roles & SEES_SMALL))
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "name": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "first": fix_first(scored),
        "teams": [(team_name(one), one.cases) for one in teams],
        "kept_back": any(one.scores is None for one in teams),
        "table": teams_table(scored, teams) if scored.scores.cases else None,
        "partly_asked": scored.scores.partly_asked,
    }
    return render(request, "web/rounds/results.html", context)


@inspection_page(Action.PLAN)
def close_it(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Close a finished round, or open a closed one again."""
    held = round_of(inspection)
    if held is None:
        raise Http404
    opens = held.closed_on is not None
    page = page_in(
        inspection,
        heading=_("Open the round again") if opens else _("Close the round"),
        crumbs=to_inspection(inspection),
        back=reverse("week", args=[inspection.pk]),
        saved=_("The round goes on") if opens else _("The round is closed"),
        button=_("Open it again") if opens else _("Close the round"),
        intro=_("A closed round is over: nothing of it is late any more. You can open it again."),
    )
    form = ActForm(request.POST or None, initial={"version": held.version})
    day = None if opens else timezone.localdate()
    return step(request, form, page, lambda data: close(inspection, int(data["version"]), day, request.user))


@own_cases_page(Action.SEE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def manager_feedback(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Case managers with their cases, or with `manager` what was said of the cases of one."""
    shown = within_reach(request.user, inspection, Action.SEE_CASES)
    found = {
        name: [case for case in cases if shown(case.number)]
        for name, cases in cases_by(inspection, "case_manager").items()
        if name
    }
    found = {name: cases for name, cases in found.items() if cases}
    manager = request.GET.get("manager", "")
    framework = framework_asked(inspection)
    records = [(case, agreed_record(case, framework)) for case in found.get(manager, ())]
    waits = any(record.waits for _case, record in records)
    if request.method == "POST":
        return _mark(request, inspection, manager, known=manager in found, waits=waits)
    marks = feedback_given(inspection)
    context: dict[str, Any] = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "name": inspection_name(inspection),
        "crumbs": to_inspection(inspection),
        "managers": [(name, len(cases), marks.get(name)) for name, cases in found.items()],
        "may_mark": may(request.standing, Action.MODERATE),
    }
    if not manager:
        return render(request, "web/rounds/managers.html", context)
    if manager not in found:
        raise Http404
    for case in found[manager]:
        note_case_read(case=case, by=request.user)
    told_of = [case_feedback(framework, *each) for each in records]
    context |= {"manager": manager, "cases": told_of, "waits": waits, "mark": marks.get(manager), "confirm": Confirm()}
    return render(request, "web/rounds/manager.html", context)


def _mark(request: SignedInRequest, inspection: Inspection, manager: str, *, known: bool, waits: bool) -> HttpResponse:
    """Say that the feedback was given, or take that back; twice has the effect of once. Nothing is said to be given
    while a case `waits` to be agreed."""
    if not known or not may(request.standing, Action.MODERATE):
        raise Http404
    if request.POST.get("done") == "no":
        mark = feedback_given(inspection).get(manager)
        if mark:
            take_mark_back(mark=mark, by=request.user)
    elif waits:
        messages.warning(request, _("Feedback can be marked as given once every case is agreed."))
    else:
        mark_feedback(inspection=inspection, case_manager=manager, by=request.user)
    return redirect("manager-feedback", inspection.pk)
