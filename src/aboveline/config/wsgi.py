"""The WSGI application a server runs, whole in memory before the first request."""

import gc
import os

# What is loaded here is there for good, so the collector need not go through it: not now, as it grows, nor ever after.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()

# Django must be set up before anything of ours that reads settings. The pages too are loaded now: else the first
# request to each worker would wait for them.
from aboveline.config import urls  # noqa: E402, F401
from aboveline.jobs.database_fitness import look_before_serving  # noqa: E402

look_before_serving()
gc.freeze()
gc.enable()
