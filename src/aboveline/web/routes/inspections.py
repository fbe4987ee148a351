"""Home, services, inspections and the way from a score down to its judgements."""

from django.urls import path

from aboveline.web.views import (
    cases_read,
    comparison,
    criteria,
    downloads,
    frameworks,
    home,
    inspections,
    services,
    trail,
)

ONE = "inspections/<int:inspection_id>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("accessibility/", home.accessibility, name="accessibility"),
    path("services/<slug:slug>/", services.service, name="service"),
    path("services/<slug:slug>/trail/", trail.trail, name="trail"),
    path("services/<slug:slug>/trail.csv", trail.trail_csv, name="trail-csv"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/new/", inspections.set_up, name="set-up-inspection"),
    path(ONE, inspections.inspection, name="inspection"),
    path(f"{ONE}trail/", trail.inspection_trail, name="inspection-trail"),
    path(f"{ONE}trail.csv", trail.inspection_trail_csv, name="inspection-trail-csv"),
    path(f"{ONE}first-plan/", inspections.first_plan, name="first-plan"),
    path(f"{ONE}scores.csv", downloads.scores_csv, name="scores-csv"),
    path(f"{ONE}scores.json", downloads.scores_json, name="scores-json"),
    path(f"{ONE}criteria/<str:criterion>/", criteria.criterion, name="criterion"),
    path(f"{ONE}questions/<str:question>/", criteria.question, name="question"),
    path(f"{ONE}cases/<str:number>/", cases_read.case, name="case"),
    path("compare/", comparison.comparison, name="comparison"),
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path("frameworks/<slug:framework_id>/", frameworks.framework, name="framework"),
]
