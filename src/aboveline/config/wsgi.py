"""The WSGI application a server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aboveline.config.settings.production")
application = get_wsgi_application()

# Django must be set up before anything of ours that reads settings.
from aboveline.jobs.database_fitness import look_before_serving  # noqa: E402

look_before_serving()
