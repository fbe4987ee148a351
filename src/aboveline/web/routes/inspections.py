"""Home, services, inspections and the way from a score down to its judgements."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
