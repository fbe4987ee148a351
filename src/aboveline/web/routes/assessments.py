"""Judging a case, and judgements from a file."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
