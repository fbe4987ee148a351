"""Home: what needs doing, how each service stands, what changed. And the accessibility statement."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aboveline.domain.access import reach_of
from aboveline.domain.workflow import Stage
from aboveline.jobs.inspections import scores_of
from aboveline.jobs.service_reports import look_at
from aboveline.records.models import Inspection, QualityRead, Report, Service, User
from aboveline.records.queries.alerts import open_alerts_around
from aboveline.records.queries.discussions import discussions_waiting_for
from aboveline.records.queries.inspections import inspections_at
from aboveline.records.queries.moderation import overrides_waiting
from aboveline.records.queries.overview import inspections_matching
from aboveline.records.queries.people import services_of, standing_at, standing_in
from aboveline.records.queries.programmes import programmes_of
from aboveline.records.queries.quality_reads import to_be_talked_about_with
from aboveline.records.queries.services import reports_of
from aboveline.records.queries.trail import newest_changes, objects_of
from aboveline.web.policies import Action, allowed, may, public, signed_in, within_reach
from aboveline.web.presenters.alerts import alert_tasks
from aboveline.web.presenters.discussions import discussion_tasks
from aboveline.web.presenters.home import (
    LOOKED_THROUGH,
    LatestScores,
    band_tasks,
    latest_scores,
    report_tasks,
    request_tasks,
    tasks,
)
from aboveline.web.presenters.quality_reads import talk_tasks
from aboveline.web.presenters.trail import happenings
from aboveline.web.views.requests import SignedInRequest

CHANGES = 8
#: the newest inspections of a service among which its latest score is looked for
STOOD = 6


@signed_in
def home(request: SignedInRequest) -> HttpResponse:
    user = request.user
    services = list(services_of(user))
    newest = inspections_matching(user)[:LOOKED_THROUGH]
    audited = [service for service in services if may(standing_at(user, service), Action.SEE_TRAIL)]
    changes = newest_changes(audited, _unreadable(user, audited))
    context = {
        "services": [_latest(user, service) for service in services],
        "tasks": (
            *alert_tasks(open_alerts_around(user), lambda inspection: standing_in(user, inspection)),
            *discussion_tasks(discussions_waiting_for(user), _may_discuss(user)),
            *talk_tasks(_to_talk_about(user)),
            *tasks(newest, lambda inspection: standing_in(user, inspection)),
            *request_tasks(newest, lambda inspection: standing_in(user, inspection), timezone.localdate()),
            *band_tasks(
                overrides_waiting([one for one in newest if one.stage == Stage.MODERATION], user),
                lambda inspection: standing_in(user, inspection),
            ),
            *report_tasks((report, look_at(report.document, report.service)) for report in _reports(user, services)),
        ),
        "changes": happenings(changes, objects_of(one.newest for one in changes), CHANGES),
        "audited": audited,
        "programmes": programmes_of(user),
        "may_set_up": any(may(standing_at(user, service), Action.SET_UP) for service in services),
        "service_name": services[0].name if len(services) == 1 else "",
    }
    return render(request, "web/home/home.html", context)


def _to_talk_about(user: User) -> list[QualityRead]:
    """What is to be talked about with this person while there is still time to align."""
    return [
        read
        for read in to_be_talked_about_with(user)
        if Stage(read.inspection.stage).order <= Stage.FIELDWORK.order
        and reach_of(standing_in(user, read.inspection), Action.LIST_CASES)
    ]


def _may_discuss(user: User) -> Callable[[Inspection, str], bool]:
    """Whether this person may discuss a case, by its inspection and number; each inspection is looked up once."""
    found: dict[int, Callable[[str], bool]] = {}

    def may_discuss(inspection: Inspection, number: str) -> bool:
        if inspection.pk not in found:
            found[inspection.pk] = within_reach(user, inspection, Action.COMMENT)
        return found[inspection.pk](number)

    return may_discuss


def _unreadable(user: User, services: list[Service]) -> list[Inspection]:
    """The inspections whose own trail this person may not read, or not yet: Home tells nothing of them either."""
    every = [one for service in services for one in inspections_at(service)]
    readable = allowed(user, every, Action.SEE_TRAIL)
    return [one for one in every if one not in readable]


def _reports(user: User, services: list[Service]) -> list[Report]:
    """The newest reports that this person may correct."""
    own = {service.pk for service in services if may(standing_at(user, service), Action.EDIT_REPORT)}
    return [report for report in reports_of(user) if report.service_id in own][:LOOKED_THROUGH]


def _latest(user: User, service: Service) -> LatestScores:
    shown = [one for one in inspections_at(service)[:STOOD] if may(standing_in(user, one), Action.SEE_SCORES)]
    return latest_scores(service, [scores_of(one) for one in shown])


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home/accessibility.html")
