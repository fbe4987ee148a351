"""For proxies and monitors, not for people."""

from django.urls import path

from aboveline.web.views import health

urlpatterns = [
    path("health/live/", health.live, name="health"),
    path("health/ready/", health.ready, name="ready"),
]
