"""Do we judge alike? Agreement between two readers, leniency over the week, and what severity adds."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aboveline.domain.agreement import Scale
from aboveline.jobs.agreement import reliability_of
from aboveline.jobs.inspections import framework_asked
from aboveline.records.models import Inspection
from aboveline.web.policies import Action, inspection_page
from aboveline.web.presenters.agreement import (
    agreement_sentence,
    agreement_table,
    days_table,
    left_out,
    leniency_chart,
    leniency_sentence,
    leniency_table,
    unequal,
)
from aboveline.web.presenters.wording import inspection_name, said
from aboveline.web.views.requests import SignedInRequest
from aboveline.web.views.second_reads import to_reads


@inspection_page(Action.SECOND_READ)
@require_safe
def agreement(request: SignedInRequest, inspection: Inspection) -> HttpResponse:
    """On all answers or, where the address asks for it, only on which side of the line."""
    framework = framework_asked(inspection)
    scale = Scale.LINE if request.GET.get("scale") == Scale.LINE else Scale.ANSWERS
    found = reliability_of(inspection, framework, scale)
    agreed, lenient = found.agreement, found.leniency.assessors
    context = {
        "inspection": inspection,
        "service_name": inspection.service.name,
        "name": inspection_name(inspection),
        "crumbs": to_reads(inspection),
        "sentence": agreement_sentence(found),
        "line": scale is Scale.LINE,
        "notes": [note for note in (*map(said, agreed.whole.notes), unequal(found)) if note],
        "left_out": left_out(found),
        "criteria": agreement_table("criteria", _("By criterion"), _("Criterion"), [agreed.whole, *agreed.criteria]),
        "assessors": agreement_table("assessors", _("By first reader"), _("First reader"), agreed.assessors)
        if agreed.assessors
        else None,
        "lenient": leniency_sentence(lenient) if lenient else "",
        "chart": leniency_chart(framework, lenient),
        "leniency": leniency_table(lenient, found.drifts) if lenient else None,
        "days": days_table(found.leniency.days) if found.leniency.days else None,
        "cautions": [said(note) for note in found.leniency.notes],
        "severity": said(found.severity.words),
    }
    return render(request, "web/second_reads/agreement.html", context)
