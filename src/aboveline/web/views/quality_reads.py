"""Early quality reads: who has had one, and recording one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aboveline.domain.access import reach_of
from aboveline.domain.workflow import Stage
from aboveline.jobs.quality_reading import FirstCases, first_cases_in
from aboveline.records.actions.quality_reads import save_quality_read
from aboveline.records.models import Inspection, QualityRead
from aboveline.records.queries.quality_reads import quality_read_of
from aboveline.web.components import Crumb
from aboveline.web.forms.week import QualityReadForm
from aboveline.web.policies import Action, inspection_page, may, within_reach
from aboveline.web.presenters.crumbs import to_inspection
from aboveline.web.presenters.quality_reads import not_read_words, reads_table, seen_words
from aboveline.web.presenters.work import Link
from aboveline.web.views.kept import page_in, show_or_save
from aboveline.web.views.meetings import list_page
from aboveline.web.views.requests import SignedInRequest


def _of_others(request: SignedInRequest, inspection: Inspection) -> list[FirstCases]:
    """The assessors whose first cases this person may look at: everybody's but their own."""
    return [one for one in first_cases_in(inspection) if one.assessor != request.user]


def quality_reads_beside(request: SignedInRequest, inspection: Inspection) -> dict[str, Any]:
    """For the page of a week: who has had no early quality read, for whoever looks; what was seen of one's own first
    cases, for an assessor."""
    own = quality_read_of(inspection, request.user) if reach_of(request.standing, Action.LIST_CASES) else None
    looks = may(request.standing, Action.QUALITY_READ) and Stage(inspection.stage).order <= Stage.FIELDWORK.order
    return {
        "not_read": not_read_words(_of_others(request, inspection)) if looks else "",
        "own_read": own,
        "own_read_words": seen_words(own) if own else "",
    }


@inspection_page(Action.QUALITY_READ)
@require_safe
def quality_reads(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    return list_page(
        request,
        inspection,
        heading=_("Early quality reads"),
        intro=_(
            "Look at the first cases of each assessor while there is time to align, and record what you saw. Each sees "
            "what is said of their own cases, and nobody else’s."
        ),
        table=reads_table(inspection, _of_others(request, inspection)),
        empty_title=_("No assessor has a case in hand yet"),
        empty_text=_("Assessors stand here once the cases are shared out."),
    )


@inspection_page(Action.QUALITY_READ)
def quality_read(request: SignedInRequest, inspection: Inspection, assessor_id: int) -> HttpResponse:
    """One assessor: their first cases to read, and what was seen of them."""
    found = next((one for one in _of_others(request, inspection) if one.assessor.pk == assessor_id), None)
    if found is None:
        raise Http404
    back = reverse("quality-reads", args=[inspection.pk])
    shown = within_reach(request.user, inspection, Action.SEE_CASES)
    cases = [Link(one, reverse("case", args=[inspection.pk, one])) for one in found.numbers if shown(one)]
    page = page_in(
        inspection,
        heading=_("Early quality read of {name}").format(name=found.assessor.name),
        crumbs=(*to_inspection(inspection), Crumb(_("Early quality reads"), back)),
        back=back,
        saved=_("What you saw is on record"),
        template="web/week/quality_read.html",
        more={"cases": cases},
    )

    def act(data: dict[str, Any]) -> object:
        return save_quality_read(
            inspection=inspection,
            assessor=found.assessor,
            seen=QualityRead.Seen(data["seen"]),
            note=data["note"],
            expected_version=data["version"],
            by=request.user,
        )

    form = QualityReadForm(request.POST or None, initial=QualityReadForm.initial_of(found.read))
    return show_or_save(request, form, page, act)
