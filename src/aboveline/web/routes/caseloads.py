"""A case list in, a sample out."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
