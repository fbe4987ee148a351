"""What the environment says of mail, as a server would load it: nothing goes in the clear by a slip of the pen."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from aboveline.config.settings import accounts
names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_TIMEOUT", "EMAIL_BACKEND"]
print(json.dumps([getattr(accounts, name) for name in names]))
"""
SMTP, CONSOLE = (f"django.core.mail.backends.{name}.EmailBackend" for name in ("smtp", "console"))


def load(**environment):
    told = {f"ABOVELINE_SMTP_{name}": value for name, value in environment.items()}
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": "src"}
    return subprocess.run([sys.executable, "-c", ASK], env=base | told, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, ["", 25, False, False, 10, CONSOLE]),
        ({"HOST": "mail.example.org"}, ["mail.example.org", 587, True, False, 10, SMTP]),
        ({"HOST": "m", "SECURITY": "tls"}, ["m", 465, False, True, 10, SMTP]),
        ({"HOST": "m", "SECURITY": "none"}, ["m", 25, False, False, 10, SMTP]),
        ({"HOST": "m", "PORT": "2525"}, ["m", 2525, True, False, 10, SMTP]),
    ],
)
def test_what_is_set(environment, found):
    done = load(**environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == found


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"HOST": "m", "SECURITY": "STARTTLS"}, "must be starttls, tls or none"),
        ({"HOST": "m", "SECURITY": "none", "PASSWORD": "x"}, "would be sent in the clear"),
    ],
)
def test_what_is_refused(environment, words):
    done = load(**environment)
    assert done.returncode != 0
    assert words in done.stderr
