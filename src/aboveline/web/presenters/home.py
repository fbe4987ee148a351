"""What a person must do next, and how each of their services stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from aboveline.domain.access import Action, Standing, may
from aboveline.jobs.inspections import ScoredInspection, framework_of, progress_of
from aboveline.jobs.service_reports import LookedAt
from aboveline.records.models import BandOverride, Inspection, Report, Service
from aboveline.records.queries.overview import stage_of
from aboveline.records.queries.planning import requests_of
from aboveline.web.presenters.replacements import state_of, waits_for
from aboveline.web.presenters.reports import state_words
from aboveline.web.presenters.services import told
from aboveline.web.presenters.summary import headline_list
from aboveline.web.presenters.wording import inspection_name, said
from aboveline.web.presenters.work import Task, next_step

#: how many of a person's newest inspections, and of their newest reports, are looked through for things to do
LOOKED_THROUGH = 12


@dataclass(frozen=True, slots=True)
class LatestScores:
    """A service and its latest scored inspection; the last three are empty where nothing is scored."""

    service: str
    href: str
    inspection: str = ""
    inspection_href: str = ""
    scores: str = ""


def tasks(inspections: Iterable[Inspection], standing_of: Callable[[Inspection], Standing]) -> tuple[Task, ...]:
    """The next step of each inspection that waits for this person, newest inspection first."""
    found = []
    for inspection in inspections:
        stage = stage_of(inspection)
        progress = progress_of(inspection, framework_of(inspection)) if stage.begun else None
        step = next_step(stage, progress, standing_of(inspection))
        if step:
            found.append(Task(step.text, step.href, f"{inspection_name(inspection)}, {inspection.service.name}"))
    return tuple(found)


def request_tasks(
    inspections: Iterable[Inspection], standing_of: Callable[[Inspection], Standing], today: date
) -> tuple[Task, ...]:
    """Each request to replace a case that waits for this person to answer or decide."""
    return tuple(
        Task(
            _("Answer whether case {number} is replaced").format(number=one.drawn.case.number),
            reverse("replacement", args=[inspection.pk, one.pk]),
            f"{inspection_name(inspection)}, {inspection.service.name}. {state_of(one)}",
        )
        for inspection in inspections
        if inspection.programme_id
        for one in requests_of(inspection)
        if waits_for(one, standing_of(inspection), today)
    )


def band_tasks(proposed: Iterable[BandOverride], standing_of: Callable[[Inspection], Standing]) -> tuple[Task, ...]:
    """Each proposed band that waits for this person as the second."""
    return tuple(
        Task(
            _("Confirm or decline another band for {score}").format(score=one.target),
            reverse("decide-band", args=[one.inspection_id, one.pk]),
            f"{inspection_name(one.inspection)}, {one.inspection.service.name}",
        )
        for one in proposed
        if may(standing_of(one.inspection), Action.DECIDE_BAND)
    )


def report_tasks(reports: Iterable[tuple[Report, LookedAt]]) -> tuple[Task, ...]:
    """Each report not yet published that cannot be made, with how much is wrong and the first thing that is."""
    return tuple(
        Task(
            _("Correct the committee report “{title}”").format(title=report.title),
            reverse("report", args=[report.pk]),
            ". ".join([report.service.name, state_words(looked), *(said(p.message) for p in looked.errors[:1])]),
        )
        for report, looked in reports
        if not looked.may_be_made and looked.tree.get("status") != "published"
    )


def latest_scores(service: Service, inspections: Iterable[ScoredInspection]) -> LatestScores:
    href = reverse("service", args=[service.slug])
    known = told(list(inspections))
    if not known:
        return LatestScores(service.name, href)
    latest = known[-1]
    return LatestScores(
        service.name,
        href,
        inspection_name(latest.inspection),
        reverse("inspection", args=[latest.inspection.pk]),
        headline_list(latest.scores),
    )
