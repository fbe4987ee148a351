"""An area beside the others, as at a day."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aboveline.domain.comparator import Basis
from aboveline.domain.comparison import AreaScore, Comparison, compare
from aboveline.jobs.comparing import published_comparator
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.inspections import compared_frameworks, comparison_of, scores_of
from aboveline.records.models import Inspection
from aboveline.records.queries.overview import inspections_matching
from aboveline.web.forms.comparison import ComparisonForm
from aboveline.web.policies import Action, allowed, signed_in
from aboveline.web.presenters.comparison import comparison_page
from aboveline.web.presenters.crumbs import to_home
from aboveline.web.views.requests import SignedInRequest


@signed_in
def comparison(request: SignedInRequest) -> HttpResponse:
    """Without anything asked: a newest inspection that has a score, as at its publication or today."""
    known = compared_frameworks()
    asked = request.GET.get("framework", "")
    framework = load_framework(asked if asked in known else known[0])
    inspections = allowed(
        request.user, inspections_matching(request.user, framework_id=framework.id), Action.SEE_SCORES
    )
    data = request.GET if "basis" in request.GET else _newest(inspections)
    form = ComparisonForm(data, framework=framework, inspections=inspections, initial={"basis": Basis.PRINTED.value})
    page, status = None, HTTPStatus.OK
    if form.is_valid():
        page = comparison_page(framework, _compare(form))
    elif data is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "framework": framework, "page": page, "crumbs": to_home()}
    return render(request, "web/comparison/comparison.html", context, status=status)


def _compare(form: ComparisonForm) -> Comparison:
    data, framework = form.cleaned_data, form.framework
    basis = Basis(data["basis"])
    if form.chosen:
        return comparison_of(scores_of(form.chosen), data["as_at"], basis)
    scores = {theme: AreaScore.of_percent(percent) for theme, percent in form.percents.items()}
    return compare(framework, data["area"], scores, published_comparator(framework, data["as_at"], basis))


def _newest(inspections: list[Inspection]) -> dict[str, str] | None:
    """What the form would say for the newest published inspection with a score, else the newest with one, or None."""
    published_first = sorted(inspections, key=lambda one: one.published_on is None)
    newest = next((one for one in published_first if scores_of(one).scores.cases), None)
    if newest is None:
        return None
    day = newest.published_on or timezone.localdate()
    parts = {"as_at_day": str(day.day), "as_at_month": str(day.month), "as_at_year": str(day.year)}
    return {"inspection": str(newest.pk), "basis": Basis.PRINTED.value, **parts}
