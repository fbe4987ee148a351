"""Judging a case, and judgements from a file."""

from django.urls import path

from aboveline.web.views import assessments, judgement_import

urlpatterns = [
    path("inspections/<int:inspection_id>/cases/", assessments.cases, name="cases"),
    path("inspections/<int:inspection_id>/cases/<str:number>/judge/", assessments.judge_case, name="judge-case"),
    path(
        "inspections/<int:inspection_id>/judgements/import/",
        judgement_import.import_judgements,
        name="import-judgements",
    ),
]
