"""The demonstration and one's own machine: loopback only, plain HTTP, a secret of its own in HOME."""

import os

from aboveline.config.settings import base
from aboveline.config.settings.secrets import secret

# The database, the cache and what is exported hold case records: what this process makes is for its owner alone.
os.umask(0o077)
globals().update({name: value for name, value in vars(base).items() if name.isupper()})

SECRET_KEY = secret(base.HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SYNTHETIC = os.environ.get("ABOVELINE_SYNTHETIC") == "yes"
# Everybody here is on this machine, and every case is made up: nobody needs a phone to look around.
SECOND_FACTOR_WAIVED = SYNTHETIC
