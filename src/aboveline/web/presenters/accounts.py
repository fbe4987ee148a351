"""Where a person is signed in, as they would know it."""

import re
from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))


def device_words(user_agent: str) -> str:
    """The browser and system a browser says it is; what it says cannot be proved."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), "")
    system = next((name for mark, name in (*SYSTEMS, ("Linux", "Linux")) if mark in user_agent), "")
    if browser and system:
        return _("{browser} on {system}").format(browser=browser, system=system)
    return browser or system or _("Not known")


def rough_address(address: str) -> str:
    """The address without its last part: enough to know one's own network by."""
    if ":" in address:
        return ":".join(re.split(":+", address)[:3]) + ":…"
    return address.rpartition(".")[0] + ".…"


def sessions_table(sessions: Iterable[UserSession], own_key: str) -> list[dict[str, object]]:
    """Each session: what it is called, whether it is this one, and its number to end it by."""
    return [
        {
            "id": session.pk,
            "device": device_words(session.user_agent),
            "address": rough_address(str(session.ip)),
            "begun": date_format(localtime(session.created_at), "j F, H:i"),
            "seen": date_format(localtime(session.last_seen_at), "j F, H:i"),
            "this": session.session_key == own_key,
        }
        for session in sessions
    ]
