"""Every route, joined from the journeys."""

from aboveline.web.routes import alerts, assessments, caseloads, health, inspections, people, reports, rounds, week

urlpatterns = [
    *people.urlpatterns,
    *inspections.urlpatterns,
    *caseloads.urlpatterns,
    *assessments.urlpatterns,
    *alerts.urlpatterns,
    *reports.urlpatterns,
    *rounds.urlpatterns,
    *week.urlpatterns,
    *health.urlpatterns,
]
