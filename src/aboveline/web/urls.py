"""Every route, joined from the journeys."""

from aboveline.web.routes import alerts, assessments, caseloads, health, inspections, people, reports

urlpatterns = [
    *people.urlpatterns,
    *inspections.urlpatterns,
    *caseloads.urlpatterns,
    *assessments.urlpatterns,
    *alerts.urlpatterns,
    *reports.urlpatterns,
    *health.urlpatterns,
]
