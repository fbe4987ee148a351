"""Alerts."""

from django.urls import path

from aboveline.web.views import alerts

INSPECTION = "inspections/<int:inspection_id>/"

urlpatterns = [
    path(f"{INSPECTION}cases/<str:number>/alert/", alerts.raise_on_case, name="raise-alert"),
    path(f"{INSPECTION}alerts/", alerts.listed, name="alerts"),
    path(f"{INSPECTION}alerts/<int:alert_id>/", alerts.alert, name="alert"),
    path(f"{INSPECTION}director/", alerts.director, name="director"),
]
