"""Behind HTTPS. Names of hosts come from the environment; nothing here has a default that weakens it."""

import os

from django.core.exceptions import ImproperlyConfigured

from aboveline.config.json_log import log_settings
from aboveline.config.settings import accounts, base
from aboveline.config.settings.proxies import proxies
from aboveline.config.settings.secrets import secret

# The database, the cache and what is exported hold case records: what this process makes is for its owner alone.
os.umask(0o077)
globals().update({name: value for name, value in vars(base).items() if name.isupper()})

if os.environ.get("ABOVELINE_SYNTHETIC"):
    raise ImproperlyConfigured("ABOVELINE_SYNTHETIC waives the second factor: only the demonstration may have it.")
SECRET_KEY = secret(base.HOME)
ALLOWED_HOSTS = os.environ["ABOVELINE_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
# A monitor on the server itself asks without TLS; these two pages tell nothing.
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SITE_ADDRESS = os.environ.get("ABOVELINE_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = accounts.EMAIL_HOST or "localhost"
PROXIES = proxies(os.environ.get("ABOVELINE_BEHIND_PROXY", ""))
BEHIND_PROXY = bool(PROXIES)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
LOGGING = log_settings(os.environ.get("ABOVELINE_LOG_LEVEL", "INFO"))
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
