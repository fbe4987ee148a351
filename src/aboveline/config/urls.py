"""Root URLs."""

from django.urls import include, path

urlpatterns = [path("", include("aboveline.web.urls"))]

handler400 = "aboveline.web.views.errors.bad_request"
handler403 = "aboveline.web.views.errors.forbidden"
handler404 = "aboveline.web.views.errors.not_found"
handler500 = "aboveline.web.views.errors.server_error"
