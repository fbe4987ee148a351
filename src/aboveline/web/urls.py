"""Every route, joined from the journeys."""

from aboveline.web.routes import (
    alerts,
    assessments,
    caseloads,
    casework,
    concluding,
    discussions,
    health,
    inspections,
    people,
    reports,
    rounds,
    second_reads,
    week,
)

urlpatterns = [
    *people.urlpatterns,
    *inspections.urlpatterns,
    *caseloads.urlpatterns,
    *assessments.urlpatterns,
    *casework.urlpatterns,
    *discussions.urlpatterns,
    *alerts.urlpatterns,
    *reports.urlpatterns,
    *rounds.urlpatterns,
    *second_reads.urlpatterns,
    *concluding.urlpatterns,
    *week.urlpatterns,
    *health.urlpatterns,
]
