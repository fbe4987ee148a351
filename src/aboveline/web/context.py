"""What every page's header and navigation need."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

#: url name of each part of the navigation, in order, and what it is called
PARTS = (("home", _("Home")), ("inspections", _("Inspect")), ("comparison", _("Compare")), ("reports", _("Decide")))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Add the navigation and whether everything here is made up."""
    return {"navigation": PARTS, "synthetic": settings.SYNTHETIC}
