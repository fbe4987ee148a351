"""The second factor of an account: an authenticator app's codes (RFC 6238), and codes to be used once without it."""

import time
from collections.abc import Iterator

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from aboveline.records.actions.accounts import end_sessions
from aboveline.records.audit import Happened, record
from aboveline.records.models import User

PERIOD = 30


@transaction.atomic
def set_up_second_factor(*, secret: str, code: str, by: User, keep: str) -> list[str] | None:
    """Make an app with this secret the person's second factor in place of any other, and return new recovery codes.

    None, and nothing done, where the code is not the app's. Sessions but the one of the key `keep` end.
    """
    step = next(_steps(secret, code), None)
    if step is None:
        return None
    Authenticator.objects.filter(user=by).delete()
    app = TOTP.activate(by, secret).instance
    app.data["last_step"] = step
    app.save(update_fields=["data"])
    record([Happened("second_factor.set_up", by)], by=by)
    end_sessions(user=by, by=by, keep=keep)
    return new_recovery_codes(by=by)


@transaction.atomic
def new_recovery_codes(*, by: User) -> list[str]:
    """Return codes to be used once; those given before are worth nothing from now on."""
    Authenticator.objects.filter(user=by, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(by)
    codes.mark_as_viewed()
    record([Happened("recovery_codes.given", by)], by=by)
    given: list[str] = codes.generate_codes()
    return given


@transaction.atomic
def spend_code(*, by: User, code: str) -> bool:
    """Whether a code is right and not spent: an app's code of a step after the last one used, or a recovery code."""
    given = "".join(code.split())
    held = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=by)}
    app = held.get(Authenticator.Type.TOTP)
    if app is None:
        return False
    last = app.data.get("last_step", -1)
    step = next((one for one in _steps(get_adapter().decrypt(app.data["secret"]), given) if one > last), None)
    if step is not None:
        app.data["last_step"] = step
        app.save(update_fields=["data"])
        return True
    codes = held.get(Authenticator.Type.RECOVERY_CODES)
    if codes is None or not codes.wrap().validate_code(given):
        return False
    record([Happened("recovery_code.used", by)], by=by)
    return True


@transaction.atomic
def take_second_factor_away(*, user: User, by: User | None) -> None:
    """For somebody who lost the app and the codes: they set a new one up when they next sign in. Their sessions end."""
    Authenticator.objects.filter(user=user).delete()
    record([Happened("second_factor.taken_away", user)], by=by)
    end_sessions(user=user, by=by)


def _steps(secret: str, code: str) -> Iterator[int]:
    """The time steps, of those now taken, at which this is the app's code."""
    now = int(time.time()) // PERIOD
    for step in range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), code):
            yield step
