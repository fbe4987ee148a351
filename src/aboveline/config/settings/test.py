"""Tests: a fixed secret, quick password hashing, plain static files. The database options stay the real ones."""

from aboveline.config.settings.base import *  # noqa: F403  the documented way for Django settings to build on others
from aboveline.config.settings.base import DATABASES, HOME

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# A file, not memory: the live server of the journeys writes from another thread, with the real journal.
DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
