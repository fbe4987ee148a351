"""Signing in: second factor, single sign-on, sessions, letters. What an installation chooses is in its environment."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from aboveline.config.settings.proxies import Network

APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
]
PASSWORD_RESET_TIMEOUT = 60 * 60
INVITATION_SECONDS = 7 * 24 * 60 * 60

ACCOUNT_ADAPTER = "aboveline.web.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# Our own guard counts tries (web/throttling): the library's counts would let a guesser shut an account's owner out.
ACCOUNT_RATE_LIMITS = False

MFA_ADAPTER = "aboveline.web.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "Aboveline"
# One step early or late, for phones whose clock is off; a step once used is spent (records/actions/second_factor).
MFA_TOTP_TOLERANCE = 1
#: true only for made-up cases on one's own machine, see settings/local
SECOND_FACTOR_WAIVED = False

#: seconds without a request, and seconds since sign-in, after which a session ends; and how long before to warn
SESSION_IDLE_SECONDS = 30 * 60
SESSION_LONGEST_SECONDS = 12 * 60 * 60
SESSION_WARN_SECONDS = 5 * 60
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS

#: OpenID Connect, where an issuer is named: only for people who already have an account
OIDC_ISSUER = os.environ.get("ABOVELINE_OIDC_ISSUER", "").rstrip("/")
OIDC_NAME = os.environ.get("ABOVELINE_OIDC_NAME", "your organisation")
#: some providers of one organisation do not say that they verified an address; trust theirs only where it is so
OIDC_TRUSTS_EMAIL = os.environ.get("ABOVELINE_OIDC_TRUSTS_EMAIL") == "yes"
SOCIALACCOUNT_ADAPTER = "aboveline.web.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_LOGIN_ON_GET = False


def providers(issuer: str, name: str, client: str, secret: str) -> dict[str, object]:
    """The library's settings of one provider: authorization code with PKCE."""
    app = {"provider_id": "organisation", "name": name, "client_id": client, "secret": secret}
    settings = {"server_url": issuer, "oauth_pkce_enabled": True}
    return {"openid_connect": {"APPS": [{**app, "settings": settings}]}}


def origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


SOCIALACCOUNT_PROVIDERS = (
    providers(
        OIDC_ISSUER, OIDC_NAME, os.environ["ABOVELINE_OIDC_CLIENT_ID"], os.environ["ABOVELINE_OIDC_CLIENT_SECRET"]
    )
    if OIDC_ISSUER
    else {}
)
#: where a form may lead besides this site: the page of single sign-on
FORM_TARGETS = [origin(OIDC_ISSUER)] if OIDC_ISSUER else []

#: letters go out by SMTP where a host is named
EMAIL_HOST = os.environ.get("ABOVELINE_SMTP_HOST", "")
EMAIL_HOST_USER = os.environ.get("ABOVELINE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("ABOVELINE_SMTP_PASSWORD", "")
SMTP_SECURITY = os.environ.get("ABOVELINE_SMTP_SECURITY", "starttls" if EMAIL_HOST else "none")
if SMTP_SECURITY not in {"starttls", "tls", "none"}:
    raise ImproperlyConfigured("ABOVELINE_SMTP_SECURITY must be starttls, tls or none.")
if SMTP_SECURITY == "none" and EMAIL_HOST_PASSWORD:
    raise ImproperlyConfigured("ABOVELINE_SMTP_PASSWORD would be sent in the clear: set starttls or tls.")
EMAIL_USE_TLS = SMTP_SECURITY == "starttls"
EMAIL_USE_SSL = SMTP_SECURITY == "tls"
EMAIL_PORT = int(os.environ.get("ABOVELINE_SMTP_PORT", {"starttls": "587", "tls": "465", "none": "25"}[SMTP_SECURITY]))
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("ABOVELINE_MAIL_FROM", "aboveline@localhost")
#: what links in letters begin with; never taken from a request
SITE_ADDRESS = os.environ.get("ABOVELINE_ADDRESS", "http://localhost:8000").rstrip("/")
#: true behind one proxy of our own: the last address it wrote down is the client's; and where that proxy speaks from
BEHIND_PROXY = False
PROXIES: tuple[Network, ...] = ()
