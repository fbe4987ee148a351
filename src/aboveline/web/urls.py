"""Every route, joined from the journeys."""

from aboveline.web.routes import (
    alerts,
    assessments,
    caseloads, casework,
    health,
    inspections,
    people,
    reports,
    second_reads,
    rounds,
    week,
)

urlpatterns = [
    *people.urlpatterns,
    *inspections.urlpatterns,
    *caseloads.urlpatterns,
    *assessments.urlpatterns,
    *casework.urlpatterns,
    *alerts.urlpatterns,
    *reports.urlpatterns,
    *rounds.urlpatterns,
    *second_reads.urlpatterns,
    *week.urlpatterns,
    *health.urlpatterns,
]
