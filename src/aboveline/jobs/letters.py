"""Letters by e-mail. Links in them begin with the configured address, whatever a request says of itself."""

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from aboveline.records.models import Invitation
from aboveline.records.queries.accounts import user_by_email

LOGGER = logging.getLogger(__name__)


def link_to(name: str, *parts: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=parts)}"


def send_invitation(invitation: Invitation, token: str) -> bool:
    """Send an invitation's link; return whether the letter went out. The place is not named: mail is not private."""
    lines = [
        _("You are invited to work with Aboveline."),
        _("Open this link to accept. It works once, for 7 days:"),
        link_to("invitation", token),
        _("If you did not expect this, do nothing."),
    ]
    return _send(invitation.email, _("You are invited to Aboveline"), lines)


def send_new_password_link(email: str) -> bool:
    """Send a link to set a new password or, where nobody has this address, a letter that says so: the one who asked
    learns nothing from the page, from the time it takes, or from whether a letter was sent."""
    user = user_by_email(email)
    if user is None or not user.is_active:
        lines = [
            _("Someone asked for a new password at Aboveline for this address. There is no account with it."),
            _("If it was you, ask whoever manages people in your service for an invitation. If not, do nothing."),
        ]
    else:
        number = urlsafe_base64_encode(force_bytes(user.pk))
        lines = [
            _("Someone asked for a new password at Aboveline for this address."),
            _("Open this link to set one. It works once, for one hour:"),
            link_to("new-password", number, default_token_generator.make_token(user)),
            _("If it was not you, do nothing: your password stays as it is."),
        ]
    return _send(email.strip().lower(), _("Your password at Aboveline"), lines)


def send_alert(email: str, path: Sequence[str], ask: str) -> bool:
    """Say that an alert waits, and nothing of what it says: mail is not private. `path` names the page and its parts;
    where it is empty the person has no account, and `ask` is who can tell them."""
    where = _("Open it now:") + " " + link_to(*path) if path else _("Ask now: {who}.").format(who=ask)
    lines = [
        _("An alert was raised at Aboveline: somebody may be at risk now. It waits for you."),
        where,
        _("This letter does not replace a safeguarding referral or an emergency call."),
    ]
    return _send(email, _("An alert waits for you at Aboveline"), lines)


def _send(to: str, subject: str, lines: list[str]) -> bool:
    try:
        send_mail(subject, "\n\n".join(lines) + "\n", None, [to])
    except (OSError, SMTPException) as error:
        LOGGER.warning("a letter could not be sent: %s", type(error).__name__)
        return False
    return True
