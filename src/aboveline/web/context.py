"""What every page's header and navigation need."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from aboveline.web.sessions import ending_of

#: url name of each part of the navigation, in order, and what it is called
PARTS = (("home", _("Home")), ("inspections", _("Inspect")), ("comparison", _("Compare")), ("reports", _("Decide")))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Add the navigation, whether everything here is made up, and when the session ends if nothing more is asked."""
    return {"navigation": PARTS, "synthetic": settings.SYNTHETIC, "session_ending": ending_of(request)}
