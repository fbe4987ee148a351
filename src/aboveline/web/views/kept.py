"""Showing and saving a form on something that has a version: one way for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from aboveline.domain.problems import ProblemsFound
from aboveline.records.actions.saving import KeyReused, Stale, once
from aboveline.records.models import Inspection
from aboveline.web.components import Crumb
from aboveline.web.forms.kept import KeptForm, TwoValues
from aboveline.web.forms.keyed import KeyedForm
from aboveline.web.presenters.caseloads import moment
from aboveline.web.presenters.wording import inspection_name, told
from aboveline.web.views.requests import SignedInRequest


@dataclass(frozen=True)
class FormPage:
    """What stands around a form: its heading, what it is for, where it leads, and what is said once it is saved."""

    heading: str
    caption: str
    crumbs: Sequence[Crumb]
    back: str
    saved: str
    button: str = ""
    intro: str = ""
    service_name: str = ""
    template: str = "web/week/form.html"
    more: dict[str, Any] = field(default_factory=dict)


def page_in(inspection: Inspection, **about: Any) -> FormPage:
    """A form page of an inspection."""
    return FormPage(caption=inspection_name(inspection), service_name=inspection.service.name, **about)


def show_or_save(
    request: SignedInRequest, form: KeyedForm, page: FormPage, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show the form, or carry out `act` once with what was sent and go back.

    What `act` raises as ProblemsFound comes back beside the form (422); Stale with both values (409).
    """
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, page)

    def acting() -> dict[str, Any]:
        act(form.cleaned_data)
        return {}

    try:
        body = form.given | {"page": request.path}
        once(by=request.user, key=form.cleaned_data["key"], body=body, act=acting)
    except KeyReused:
        form.renew_key()
    except ProblemsFound as found:
        for problem in found.problems:
            form.add_error(None, told(problem))
    except Stale as stale:
        if isinstance(form, KeptForm):
            return _beside(request, form, page, stale.current)
        raise
    else:
        messages.success(request, page.saved)
        return redirect(page.back)
    return _form(request, form, page)


def _beside(request: SignedInRequest, form: KeptForm, page: FormPage, current: Any) -> HttpResponse:
    """Both values; where they are the same, what was wanted is saved already."""
    values = form.beside(current)
    if not values:
        messages.info(request, _("This was saved already. It was not saved twice"))
        return redirect(page.back)
    form.send_on(current)
    return _form(request, form, page, current=current, values=values, status=HTTPStatus.CONFLICT)


def _form(
    request: SignedInRequest,
    form: KeyedForm,
    page: FormPage,
    *,
    current: Any = None,
    values: Sequence[TwoValues] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "form": form,
        "page": page,
        "crumbs": page.crumbs,
        "service_name": page.service_name,
        "values": values,
        "who": current.changed_by.name if current else "",
        "when": moment(current.changed_at) if current else "",
        **page.more,
    }
    return render(request, page.template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else status)
