"""Put the committee report on the re-inspection beside the inspections, ready to open."""

from aboveline.exchange.demonstration import seed_report
from aboveline.jobs.demonstration.people import Cast
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Report, Role

TITLE = "Re-inspection of youth offending work"


def add_committee_report(cast: Cast) -> Report:
    return add_report(service=cast.service, title=TITLE, document=seed_report(), by=cast.first(Role.QUALITY_MANAGER))
