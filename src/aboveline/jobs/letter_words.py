"""What a letter says, made from what it is about at the moment it is sent, and whether anybody still needs it.

Links begin with the configured address, whatever a request said of itself. No letter names a child, a case or a place:
mail is not private.
"""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from aboveline.domain.alerts import ToldAs
from aboveline.domain.letters import LetterKind, too_late
from aboveline.records.identity import link_token, token_digest
from aboveline.records.models import Alert, AlertTold, Inspection, Invitation, Letter, ReplacementRequest
from aboveline.records.queries.accounts import user_by_email
from aboveline.records.queries.alerts import told_of
from aboveline.records.queries.planning import supplies_wanted


class Unwritable(ValueError):
    """Raised where a letter cannot be written any more: its link was made under another secret."""


def link_to(name: str, *parts: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=parts)}"


def needed(letter: Letter) -> bool:
    """Whether what a letter is about still waits for whoever it goes to."""
    now, kind = timezone.now(), LetterKind(letter.kind)
    if letter.invitation:
        open_still = not (letter.invitation.accepted_at or letter.invitation.withdrawn_at)
        return open_still and letter.invitation.expires_at > now
    if letter.told:
        return letter.told.alert.closed_at is None
    if letter.request:
        return letter.request.open
    if kind is LetterKind.SUPPLIES and letter.inspection:
        return supplies_wanted(letter.inspection)
    return not too_late(kind, letter.written_at, now)


def words_of(letter: Letter) -> tuple[str, str]:
    """The subject and the text. Raises Unwritable."""
    if letter.invitation:
        subject, lines = _invitation(letter.invitation)
    elif letter.told:
        subject, lines = _alert(letter.told)
    elif letter.inspection:
        subject, lines = _waiting(LetterKind(letter.kind), letter.inspection, letter.request)
    else:
        subject, lines = _new_password(letter.to)
    return subject, "\n\n".join(lines) + "\n"


def _invitation(invitation: Invitation) -> tuple[str, list[str]]:
    token = link_token(invitation.seed)
    if token_digest(token) != invitation.token_digest:
        raise Unwritable("the secret of the installation has changed since")
    until = timezone.localtime(invitation.expires_at)
    return _("You are invited to Aboveline"), [
        _("You are invited to work with Aboveline."),
        _("Open this link to accept. It works once, until {day}:").format(day=f"{until:%d/%m/%Y %H:%M}"),
        link_to("invitation", token),
        _("If you did not expect this, do nothing."),
    ]


def _new_password(email: str) -> tuple[str, list[str]]:
    """A link to set a new password or, where nobody has this address, a letter that says so: who asked learns nothing
    from the page, from the time it takes, or from whether a letter is sent."""
    subject, user = _("Your password at Aboveline"), user_by_email(email)
    if user is None or not user.is_active:
        return subject, [
            _("Someone asked for a new password at Aboveline for this address. There is no account with it."),
            _("If it was you, ask whoever manages people in your service for an invitation. If not, do nothing."),
        ]
    number = urlsafe_base64_encode(force_bytes(user.pk))
    return subject, [
        _("Someone asked for a new password at Aboveline for this address."),
        _("Open this link to set one. It works once, for one hour:"),
        link_to("new-password", number, default_token_generator.make_token(user)),
        _("If it was not you, do nothing: your password stays as it is."),
    ]


def _alert(told: AlertTold) -> tuple[str, list[str]]:
    """That an alert waits. Somebody without an account is told whom to ask."""
    alert = told.alert
    if told.user_id:
        where = _("Open it now:") + " " + link_to("alert", str(alert.case.inspection_id), str(alert.pk))
    else:
        where = _("Ask now: {who}.").format(who=_who_can_tell(alert))
    return _("An alert waits for you at Aboveline"), [
        _("An alert was raised at Aboveline: somebody may be at risk now. It waits for you."),
        where,
        _("This letter does not replace a safeguarding referral or an emergency call."),
    ]


def _who_can_tell(alert: Alert) -> str:
    """A lead inspector or, where there is none, whoever raised it."""
    lead = next((one for one in told_of(alert) if one.told_as == ToldAs.LEAD), None)
    return f"{lead.name}, {lead.email}" if lead else f"{alert.raised_by.name}, {alert.raised_by.email}"


def _waiting(kind: LetterKind, inspection: Inspection, request: ReplacementRequest | None) -> tuple[str, list[str]]:
    if request:
        where = link_to("replacement", str(inspection.pk), str(request.pk))
    else:
        where = link_to("draft" if kind is LetterKind.DRAFT else "week", str(inspection.pk))
    return _("Something waits for you at Aboveline"), [
        _("Somebody you work with has asked something of you at Aboveline. It waits here:"),
        where,
        _("What it is about is said there only: mail is not private."),
    ]
