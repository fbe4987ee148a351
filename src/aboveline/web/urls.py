"""Every route. URLs say what they hold, never a child's name or a service's own case reference."""

from django.urls import path

from aboveline.web.views import accounts, home

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
]
