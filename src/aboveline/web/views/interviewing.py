"""The interviews of a week: shown, one's own as a calendar file, arranged, adjusted by hand and put on record."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aboveline.domain.interviews import Interview, Meeting
from aboveline.domain.problems import ProblemsFound
from aboveline.jobs.interviewing import (
    MOST_INTERVIEWS,
    Interviewing,
    arranged,
    clashes,
    default_sessions,
    how_many,
    interviewing_of,
    put_on_record,
    sessions_of,
)
from aboveline.jobs.planning import fieldwork_days
from aboveline.records.actions.arranging import end_absence, note_absence, set_interview_week
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Inspection
from aboveline.records.queries.arranging import absence_in, absences_in
from aboveline.rendering.icalendar import MEDIA_TYPE, CalendarWords, interviews_calendar
from aboveline.web.components import Crumb
from aboveline.web.forms.arranging import AbsenceForm, InterviewsForm, InterviewWeekForm
from aboveline.web.forms.keyed import Confirm
from aboveline.web.forms.numbers import number_sent
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters.arranging import left_out, meetings_table, people_links, wrong_words
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.wording import day_of, inspection_name, said, told
from aboveline.web.views.kept import page_in, show_or_save
from aboveline.web.views.requests import SignedInRequest


def _to_interviews(inspection: Inspection) -> tuple[Crumb, ...]:
    return (*to_inspection(inspection), Crumb(_("Interviews"), reverse("interviews", args=[inspection.pk])))


def _outside(request: SignedInRequest, inspection: Inspection, found: ProblemsFound) -> HttpResponse:
    messages.error(request, " ".join(told(problem) for problem in found.problems))
    return redirect("week", inspection.pk)


@inspection_page(Action.SEE_ALLOCATION)
def interviews(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The timetable of everybody, or of one person with `?person=`."""
    try:
        found = interviewing_of(inspection)
    except ProblemsFound as outside:
        return _outside(request, inspection, outside)
    people = people_links(inspection, found)
    place = number_sent(request.GET.get("person", ""))
    person = people[place - 1][0] if 0 < place <= len(people) else ""
    shown = [one for one in found.told if not person or person in one.interview.people]
    wrong = found.wrong.intersection(shown)
    context = {
        "crumbs": _to_interviews(inspection) if person else to_inspection(inspection),
        "person": person,
        "table": meetings_table(shown, wrong=wrong),
        "wrong": wrong_words(len(wrong)),
        "people": people,
        "own": found.label_of(request.user),
        "may_arrange": may(request.standing, Action.ALLOCATE),
    }
    return _render(request, inspection, "interviews", context)


@inspection_page(Action.SEE_ALLOCATION)
def own_calendar(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """One's own interviews as a calendar file: those that are still right. No case stands in it."""
    try:
        found = interviewing_of(inspection)
    except ProblemsFound as outside:
        return _outside(request, inspection, outside)
    title = _("Interviews, {inspection}").format(inspection=inspection_name(inspection))
    content = interviews_calendar(
        [one for one in found.told if one not in found.wrong],
        person=found.label_of(request.user),
        words=CalendarWords(title, {}, said),
        inspection=str(inspection.pk),
        key=str(settings.SECRET_KEY).encode(),
        made_at=timezone.now(),
    )
    name = 'attachment; filename="interviews.ics"'
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={"Content-Disposition": name})


@inspection_page(Action.ALLOCATE)
def interview_week(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    try:
        found, days = interviewing_of(inspection), fieldwork_days(inspection)
    except ProblemsFound as outside:
        return _outside(request, inspection, outside)
    form = InterviewWeekForm(request.POST or None, days=days, initial=_week_now(found, days))
    page = page_in(
        inspection,
        heading=_("Time for interviews"),
        crumbs=_to_interviews(inspection),
        back=reverse("arrange-interviews", args=[inspection.pk]),
        saved=_("The time for interviews is saved"),
        template="web/arranging/time.html",
    )

    def act(data: dict[str, Any]) -> object:
        return set_interview_week(
            inspection=inspection, values=form.values, expected_version=data["version"], by=request.user
        )

    return show_or_save(request, form, page, act)


def _week_now(found: Interviewing, days: Any) -> dict[str, Any]:
    """What the form begins with: the plan on record, or a morning and an afternoon on each day."""
    week, plan = found.week, found.plan
    initial: dict[str, Any] = {
        "version": found.version, "minutes": week.minutes, "further": week.further, "pause": week.pause,
        "step": week.step, "rooms": ", ".join(week.rooms),
    }  # fmt: skip
    for day, start, end in sessions_of(plan) if plan else default_sessions(found.inspection):
        if day in days:
            part = "am" if start.hour < 12 else "pm"
            name = f"{part}{days.index(day)}"
            initial |= {f"{name}_from": start, f"{name}_to": end}
    return initial


@inspection_page(Action.ALLOCATE)
def absences(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """Who is away when; an entry is added or taken back."""
    try:
        found = interviewing_of(inspection)
    except ProblemsFound as outside:
        return _outside(request, inspection, outside)
    form = AbsenceForm(request.POST or None, people=_people(found))
    rows = [(one, _absence_words(one), Confirm(auto_id=f"absence{one.pk}_%s")) for one in absences_in(inspection)]
    page = page_in(
        inspection,
        heading=_("Who is away"),
        crumbs=_to_interviews(inspection),
        back=reverse("interview-absences", args=[inspection.pk]),
        saved=_("The absence is noted"),
        button=_("Add"),
        intro=_("Why somebody is away is nobody's business here."),
        template="web/arranging/absences.html",
        more={"rows": rows, "inspection": inspection},
    )

    def act(data: dict[str, Any]) -> object:
        who, _colon, name = data["person"].partition(":")
        person = {"user": found.users[name]} if who == "user" else {"staff_code": name}
        times = {"day": data["day"], "starts": data["starts"], "ends": data["ends"]}
        return note_absence(inspection=inspection, by=request.user, **person, **times)

    return show_or_save(request, form, page, act)


def _people(found: Interviewing) -> list[tuple[str, str]]:
    """Everybody who takes part; a case manager without an account by what the case list calls them."""
    return [(f"user:{one}" if one in found.users else f"code:{found.codes[one]}", one) for one in found.everybody]


def _absence_words(one: Any) -> str:
    who = one.user.name if one.user else one.staff_code
    if one.starts:
        return _("{who}: {day}, {start} to {end}").format(
            who=who, day=day_of(one.day), start=f"{one.starts:%H:%M}", end=f"{one.ends:%H:%M}"
        )
    return _("{who}: {day}, all day").format(who=who, day=day_of(one.day))


@inspection_page(Action.ALLOCATE)
def take_back(request: SignedInRequest, inspection: Inspection, absence_id: int) -> HttpResponse:
    one = absence_in(inspection, absence_id)
    if request.method == "POST" and one:
        end_absence(absence=one, by=request.user)
        messages.success(request, _("The absence is taken back"))
    return redirect("interview-absences", inspection.pk)


@inspection_page(Action.ALLOCATE)
def arrange(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The form stands on what people are told of; asked for, on a proposal that keeps it; and is saved whole."""
    try:
        found = interviewing_of(inspection)
    except ProblemsFound as outside:
        return _outside(request, inspection, outside)
    if (wished := how_many(found)) > MOST_INTERVIEWS:
        return _page(request, found, None, [_too_many(wished)])
    tried = arranged(found)
    if tried.value is None:
        return _page(request, found, None, [told(problem) for problem in tried.problems])
    proposing = "propose" in request.GET or request.method == "POST"
    wanted: list[tuple[Interview, Meeting | None]] = [
        (one.interview, one if proposing or one.fixed else None) for one in tried.value.meetings
    ]
    wanted += [(one.interview, None) for one in tried.value.unplaced]
    if request.method == "POST":
        return _save(request, found, InterviewsForm(request.POST, found=found, wanted=wanted))
    form = InterviewsForm(found=found, wanted=wanted)
    notes = [told(problem) for problem in tried.problems] if proposing or found.told else []
    return _page(request, found, form, notes=notes)


def _too_many(count: int) -> str:
    words = _("These are {count} interviews, and {most} can be arranged here. Join the cases of the same two people.")
    return words.format(count=count, most=MOST_INTERVIEWS)


def _save(request: SignedInRequest, found: Interviewing, form: InterviewsForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, found, form)
    chosen = form.meetings
    if problems := clashes(found, chosen):
        return _page(request, found, form, [told(problem) for problem in problems])

    def act() -> dict[str, Any]:
        version = form.cleaned_data["version"]
        return {"version": put_on_record(found, chosen, expected_version=version, by=request.user).version}

    try:
        once(by=request.user, key=form.cleaned_data["key"], body=form.given | {"page": request.path}, act=act)
    except KeyReused:
        form.renew_key()
        return _page(request, found, form)
    except Stale as stale:
        again = InterviewsForm(found=found, wanted=_as_chosen(form))
        who = stale.current.changed_by.name if stale.current else ""
        more = {"conflict": True, "who": who, "theirs": meetings_table(found.told)}
        return _page(request, found, again, status=HTTPStatus.CONFLICT, **more)
    messages.success(request, _("The interview timetable is on record. Tell everybody"))
    return redirect("interviews", found.inspection.pk)


def _as_chosen(form: InterviewsForm) -> list[tuple[Interview, Meeting | None]]:
    chosen = {meeting.interview: meeting for meeting in form.meetings}
    return [(interview, chosen.get(interview)) for interview in form.interviews.values()]


def _page(
    request: SignedInRequest,
    found: Interviewing,
    form: InterviewsForm | None,
    problems: Any = (),
    *,
    notes: Any = (),
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    wrong = request.method == "POST" and (problems or (form and form.errors))
    context = {
        "form": form,
        "problems": problems,
        "notes": notes,
        "left_out": left_out(found),
        "needed": len(found.needed),
        "proposed": "propose" in request.GET,
        "told": found.told,
        "crumbs": _to_interviews(found.inspection),
    } | more
    code = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else status
    return _render(request, found.inspection, "arrange", context, code)


def _render(
    request: SignedInRequest, inspection: Inspection, name: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    own = {"inspection": inspection, "service_name": inspection.service.name, "caption": inspection_name(inspection)}
    return render(request, f"web/arranging/{name}.html", own | context, status=status)
