"""Put the committee report on the re-inspection beside the inspections, its figures bound to them, ready to open."""

from aboveline.exchange.demonstration import seed_report
from aboveline.jobs.demonstration.judgements import CannotReach
from aboveline.jobs.demonstration.people import Cast
from aboveline.jobs.service_report_start import figures_of
from aboveline.jobs.service_reports import look_at, text_of, title_of, tree_of
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Inspection, Report, Role


def add_committee_report(cast: Cast, inspection: Inspection) -> Report:
    """The report of 2011 in our words, on this inspection's own scores. Raises CannotReach where it has an error."""
    tree = {**tree_of(seed_report()).expect(), "figures": figures_of(inspection)}
    document = text_of(tree)
    errors = look_at(document, cast.service).errors
    if errors:
        raise CannotReach(f"the committee report would not open: {errors[0].message}")
    by = cast.first(Role.QUALITY_MANAGER)
    return add_report(service=cast.service, title=title_of(tree), document=document, by=by)
