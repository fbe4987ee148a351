"""Signing in and out, and the page that says what needs doing."""

from django.urls import path

from aboveline.web.views import accounts

urlpatterns = [
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
]
