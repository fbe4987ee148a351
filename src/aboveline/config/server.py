"""Settings of gunicorn on a server: `gunicorn --config python:aboveline.config.server aboveline.config.wsgi`.

What a command line says, `--bind` and `--workers` above all, goes before these.
"""

import os

from aboveline.config.json_log import log_settings

bind = "127.0.0.1:8000"
workers = 2
threads = 4
#: seconds that requests under way have to end when the server stops or takes up a new version
graceful_timeout = 30
# Whether a request came by HTTPS is decided in one place, settings/production, and not by the server too.
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
logconfig_dict = log_settings(os.environ.get("ABOVELINE_LOG_LEVEL", "INFO"))
