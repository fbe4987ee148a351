"""Tests: a fixed secret, quick password hashing, plain static files. The database options stay the real ones."""

import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from aboveline.config.database import postgresql
from aboveline.config.settings import base

globals().update({name: value for name, value in vars(base).items() if name.isupper()})

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# What a second factor asks is tested where it is switched on; everywhere else people are simply signed in.
SECOND_FACTOR_WAIVED = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A file, not memory: the live server of the journeys writes from another thread, with the real journal.
# One for each run, so that two runs at once do not share it. The cluster of PostgreSQL is made by tests/postgresql.py.
PLACE = Path(tempfile.gettempdir())
CLUSTER = PLACE / f"aboveline-cluster-{os.getpid()}"
FILE = PLACE / f"aboveline-test-{os.getpid()}.sqlite3"
ON_POSTGRESQL = os.environ.get("ABOVELINE_TEST_DATABASE", "sqlite") == "postgresql"
if ON_POSTGRESQL:
    address = f"postgresql://aboveline@/postgres?host={quote(str(CLUSTER), safe='')}"
    base.DATABASES["default"] = postgresql(address) | {"TEST": {"NAME": "aboveline"}}
else:
    base.DATABASES["default"] |= {"NAME": FILE, "TEST": {"NAME": FILE}}
