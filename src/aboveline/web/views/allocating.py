"""Who reads which case: shown, proposed, adjusted by hand and put on record."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.allocation import Readers
from aboveline.jobs.allocating import Sharing, checked, proposed, put_on_record, sharing_of, weighed
from aboveline.jobs.inspections import framework_of
from aboveline.records.actions.allocation import CannotHold
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Inspection
from aboveline.records.queries.arranging import interviews_no_longer_right
from aboveline.web.components import Crumb
from aboveline.web.forms.arranging import SharingForm, TeamForm
from aboveline.web.policies import Action, inspection_page, may
from aboveline.web.presenters.arranging import loads_table, readers_table, remarks_of, spread_table, unread, wrong_words
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.wording import inspection_name, told
from aboveline.web.views.requests import SignedInRequest


@inspection_page(Action.SEE_ALLOCATION)
def allocation(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    sharing = sharing_of(inspection)
    context = {
        "table": readers_table(sharing, framework_of(inspection)),
        "loads": loads_table(weighed(sharing, sharing.kept)) if sharing.people and sharing.cases else None,
        "left": unread(sharing, sharing.kept),
        "plan": sharing.plan,
        "wrong": wrong_words(len(interviews_no_longer_right(inspection))),
        "may_allocate": may(request.standing, Action.ALLOCATE),
        "crumbs": to_inspection(inspection),
    }
    return _render(request, inspection, "allocation", context)


@inspection_page(Action.ALLOCATE)
def allocate(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """The form stands on what is on record; asked for, on a proposal; and is saved whole."""
    sharing = sharing_of(inspection)
    if request.method == "POST":
        return _save(request, inspection, sharing)
    asked = TeamForm(request.GET if "propose" in request.GET else None, sharing=sharing)
    readers: Readers = sharing.kept
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    if asked.is_bound and asked.is_valid():
        sharing = asked.changed_sharing
        found = proposed(sharing)
        problems = tuple(told(problem) for problem in found.problems)
        if found.value:
            readers, remarks = found.value.readers, remarks_of(found.value)
    form = SharingForm(sharing=sharing, readers=readers)
    return _page(request, sharing, form, readers, asked=asked, problems=problems, remarks=remarks)


def _save(request: SignedInRequest, inspection: Inspection, sharing: Sharing) -> HttpResponse:
    asked = TeamForm(request.POST, sharing=sharing)
    if asked.is_valid():
        sharing = asked.changed_sharing
    form = SharingForm(request.POST, sharing=sharing, readers=sharing.kept)
    if not (asked.is_valid() and form.is_valid()):
        return _page(request, sharing, form, sharing.kept, asked=asked)
    readers, errors = form.readers, []
    errors = [problem for problem in checked(sharing, readers) if problem.severity == "error"]
    if errors:
        return _page(request, sharing, form, readers, asked=asked, problems=[told(one) for one in errors])

    def act() -> dict[str, Any]:
        version = form.cleaned_data["version"]
        return {"version": put_on_record(sharing, readers, expected_version=version, by=request.user).version}

    try:
        once(by=request.user, key=form.cleaned_data["key"], body=form.given | {"page": request.path}, act=act)
    except KeyReused:
        form.renew_key()
        return _page(request, sharing, form, readers, asked=asked)
    except CannotHold as refused:
        return _page(request, sharing, form, readers, asked=asked, problems=[_refused(refused)])
    except Stale as stale:
        return _beside(request, sharing, form, readers, asked, stale.current)
    messages.success(request, _("Who reads which case is on record"))
    return redirect("allocation", inspection.pk)


def _refused(refused: CannotHold) -> str:
    return _("Not saved: {why}.").format(why=str(refused))


def _beside(
    request: SignedInRequest, sharing: Sharing, form: SharingForm, readers: Readers, asked: TeamForm, current: Any
) -> HttpResponse:
    """Both allocations, case by case, where they differ; what was chosen stands in the form."""
    both = [
        (number, ", ".join(sharing.kept.get(number, ())) or "–", ", ".join(readers.get(number, ())) or "–")
        for number in sharing.cases
        if set(sharing.kept.get(number, ())) != set(readers.get(number, ())) and number not in sharing.authors
    ]
    again = SharingForm(sharing=sharing, readers=readers)
    more = {"both": both, "who": current.changed_by.name if current else "", "conflict": True}
    return _page(request, sharing, again, readers, asked=asked, status=HTTPStatus.CONFLICT, **more)


def _page(
    request: SignedInRequest,
    sharing: Sharing,
    form: SharingForm,
    readers: Readers,
    *,
    asked: TeamForm,
    problems: Any = (),
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    inspection, framework = sharing.inspection, framework_of(sharing.inspection)
    weight = weighed(sharing, readers) if sharing.people and sharing.cases else None
    context = {
        "sharing": sharing,
        "form": form,
        "asked": asked,
        "carried": [(one.html_name, "" if one.value() is None else one.value()) for one in asked],
        "problems": problems,
        "loads": loads_table(weight) if weight else None,
        "spread": spread_table(weight, framework) if weight else None,
        "left": unread(sharing, readers),
        "proposed": "propose" in request.GET and not problems and request.method == "GET" and asked.is_valid(),
        "crumbs": (
            *to_inspection(inspection), Crumb(_("Who reads which case"), reverse("allocation", args=[inspection.pk])),
        ),
    } | more  # fmt: skip
    wrong = form.errors or asked.errors or (problems and request.method == "POST")
    return _render(request, inspection, "allocate", context, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else status)


def _render(
    request: SignedInRequest, inspection: Inspection, name: str, context: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    own = {"inspection": inspection, "service_name": inspection.service.name, "caption": inspection_name(inspection)}
    return render(request, f"web/arranging/{name}.html", own | context, status=status)
