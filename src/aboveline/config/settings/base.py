"""Settings shared by every way of running. Deny by default; what differs is in demo, test and production."""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from aboveline import __version__
from aboveline.config import sqlite
from aboveline.config.database import database
from aboveline.config.json_log import log_settings
from aboveline.config.settings import accounts

# Django and mypy look for every setting by name, here and in the modules that follow this one.
from aboveline.config.settings.accounts import (  # noqa: F401
    ACCOUNT_ADAPTER,
    ACCOUNT_EMAIL_VERIFICATION,
    ACCOUNT_LOGIN_METHODS,
    ACCOUNT_RATE_LIMITS,
    ACCOUNT_SIGNUP_FIELDS,
    ACCOUNT_USER_MODEL_USERNAME_FIELD,
    AUTH_PASSWORD_VALIDATORS,
    BEHIND_PROXY,
    DEFAULT_FROM_EMAIL,
    EMAIL_BACKEND,
    EMAIL_HOST,
    EMAIL_HOST_PASSWORD,
    EMAIL_HOST_USER,
    EMAIL_PORT,
    EMAIL_TIMEOUT,
    EMAIL_USE_SSL,
    EMAIL_USE_TLS,
    INVITATION_SECONDS,
    MFA_ADAPTER,
    MFA_RECOVERY_CODE_DIGITS,
    MFA_RECOVERY_CODES_SHOW_ONCE,
    MFA_SUPPORTED_TYPES,
    MFA_TOTP_ISSUER,
    MFA_TOTP_TOLERANCE,
    OIDC_ISSUER,
    OIDC_NAME,
    OIDC_TRUSTS_EMAIL,
    PASSWORD_RESET_TIMEOUT,
    PROXIES,
    SECOND_FACTOR_WAIVED,
    SESSION_COOKIE_AGE,
    SESSION_IDLE_SECONDS,
    SESSION_LONGEST_SECONDS,
    SESSION_WARN_SECONDS,
    SITE_ADDRESS,
    SOCIALACCOUNT_ADAPTER,
    SOCIALACCOUNT_AUTO_SIGNUP,
    SOCIALACCOUNT_EMAIL_AUTHENTICATION,
    SOCIALACCOUNT_LOGIN_ON_GET,
    SOCIALACCOUNT_PROVIDERS,
    SOCIALACCOUNT_STORE_TOKENS,
)

PACKAGE = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("ABOVELINE_HOME", "var")).resolve()

DEBUG = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *accounts.APPS,
    "aboveline.records",
    "aboveline.web",
]
MIDDLEWARE = [
    "aboveline.web.client_address.OwnProxyOnly",
    "aboveline.web.request_log.RequestsNoted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "aboveline.web.middleware.PrivatePages",
    "aboveline.web.middleware.BodiesLimited",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "aboveline.web.sessions.SessionsEnd",
    "aboveline.web.middleware.SignInRequired",
    "aboveline.web.sessions.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "aboveline.web.context.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "aboveline.web.forms.renderer.DesignSystemRenderer"
ROOT_URLCONF = "aboveline.config.urls"
WSGI_APPLICATION = "aboveline.config.wsgi.application"

SQLITE = sqlite.install()
DATABASES = {"default": database(HOME, os.environ.get("DATABASE_URL", ""), SQLITE)}
# The role that serves, where another one owns the tables: it gets its rights again after every migration.
APPLICATION_ROLE = os.environ.get("ABOVELINE_APPLICATION_ROLE", "")
# Where heads of the audit chain are noted down, a file or a folder, apart from the database. Empty: nowhere.
ANCHOR = os.environ.get("ABOVELINE_ANCHOR", "")
# Shared by all workers, or the guard against guessing passwords would count each worker's tries apart.
# Under the version's name, or a newer version would read what an older one kept.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": HOME / "cache",
        "KEY_PREFIX": __version__,
        # Past this many a third is thrown away at random: with the usual 300, a few hundred tries lost their counts.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# Work that nobody waits for: kept in the same database, worked off by `manage.py work`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "records.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "aboveline.web.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *accounts.FORM_TARGETS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# A case form has about 100 questions with four fields each, and a version beside every one.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# The largest file taken in is a case list of 5 MB; a form's other fields come on top.
MAX_BODY_BYTES = 6 * 1024 * 1024

LANGUAGE_CODE = "en-gb"
# Welsh joins when its catalogue has been reviewed: a page must not call English text Welsh.
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGGING = log_settings(os.environ.get("ABOVELINE_LOG_LEVEL", "WARNING"))
# True only where every case is made up: lets pages say so.
SYNTHETIC = False
