"""What a person must do next, and how each of their services stands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from aboveline.domain.access import Standing
from aboveline.jobs.inspections import ScoredInspection, framework_of, progress_of
from aboveline.records.models import Inspection, Service
from aboveline.records.queries.overview import stage_of
from aboveline.web.presenters.services import told
from aboveline.web.presenters.summary import headline_list
from aboveline.web.presenters.wording import inspection_name
from aboveline.web.presenters.work import next_step

#: how many of a person's newest inspections are looked through for things to do
LOOKED_THROUGH = 12


@dataclass(frozen=True, slots=True)
class Task:
    text: str
    href: str
    inspection: str
    service: str


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
            found.append(Task(step.text, step.href, inspection_name(inspection), inspection.service.name))
    return tuple(found)


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
