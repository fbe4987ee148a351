"""Beside a case's answers: notes, handing in and reopening."""

from django.urls import path

from aboveline.web.views import casework

CASE = "inspections/<int:inspection_id>/cases/<str:number>/"

urlpatterns = [
    path(f"{CASE}notes/", casework.notes, name="case-notes"),
    path(f"{CASE}submit/", casework.submit_page, name="submit-case"),
    path(f"{CASE}reopen/", casework.reopen, name="reopen-case"),
]
