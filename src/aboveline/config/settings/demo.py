"""The demonstration and local use: loopback only, plain HTTP, a secret of its own in HOME."""

from aboveline.config.settings.base import *  # noqa: F403  the documented way for Django settings to build on others
from aboveline.config.settings.base import HOME
from aboveline.config.settings.secrets import secret

SECRET_KEY = secret(HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SYNTHETIC = True
