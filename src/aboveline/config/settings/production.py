"""Behind HTTPS. Names of hosts come from the environment; nothing here has a default that weakens it."""

import os

from aboveline.config.settings import base
from aboveline.config.settings.secrets import secret

# The database, the cache and what is exported hold case records: what this process makes is for its owner alone.
os.umask(0o077)
globals().update({name: value for name, value in vars(base).items() if name.isupper()})

SECRET_KEY = secret(base.HOME)
ALLOWED_HOSTS = os.environ["ABOVELINE_HOSTS"].split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("ABOVELINE_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
