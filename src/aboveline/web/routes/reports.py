"""Committee reports."""

from django.urls import path

from aboveline.web.views import reports, reports_edit

ONE = "reports/<int:report_id>/"

urlpatterns = [
    path("reports/", reports.reports, name="reports"),
    path("reports/new/", reports.new_report, name="new-report"),
    path(ONE, reports.report, name="report"),
    path(f"{ONE}edit/", reports_edit.edit, name="edit-report"),
    path(f"{ONE}source/", reports_edit.source, name="report-source"),
    path(f"{ONE}bind/", reports.bind, name="bind-report"),
    path(f"{ONE}report.<str:form>", reports.report_file, name="report-file"),
]
