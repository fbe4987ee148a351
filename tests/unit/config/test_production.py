"""Production settings, as a server would load them: nothing weak by default."""

import json
import os
import subprocess
import sys

import pytest

ASK = """
import json
from django.conf import settings
names = ["DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SESSION_COOKIE_NAME", "SESSION_COOKIE_HTTPONLY", "ALLOWED_HOSTS", "SYNTHETIC", "SECURE_PROXY_SSL_HEADER",
         "SECOND_FACTOR_WAIVED", "SITE_ADDRESS", "EMAIL_BACKEND", "BEHIND_PROXY", "USE_X_FORWARDED_HOST",
         "SESSION_IDLE_SECONDS", "SESSION_LONGEST_SECONDS", "PASSWORD_HASHERS"]
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def load(tmp_path, **environment):
    base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.production"}
    base |= {"ABOVELINE_HOME": str(tmp_path), "PYTHONPATH": "src"} | environment
    return subprocess.run([sys.executable, "-c", ASK], env=base, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    done = load(tmp_path_factory.mktemp("home"), ABOVELINE_HOSTS="inspect.example.org")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", False),
        ("SECURE_SSL_REDIRECT", True),
        ("SESSION_COOKIE_SECURE", True),
        ("CSRF_COOKIE_SECURE", True),
        ("SESSION_COOKIE_HTTPONLY", True),
        ("SESSION_COOKIE_NAME", "__Host-session"),
        ("ALLOWED_HOSTS", ["inspect.example.org"]),
        ("SYNTHETIC", False),
        ("SECURE_PROXY_SSL_HEADER", None),
        ("SECOND_FACTOR_WAIVED", False),
        ("SITE_ADDRESS", "https://inspect.example.org"),
        ("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
        ("BEHIND_PROXY", False),
        ("USE_X_FORWARDED_HOST", False),
        ("SESSION_IDLE_SECONDS", 1800),
        ("SESSION_LONGEST_SECONDS", 43200),
        ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.Argon2PasswordHasher"]),
    ],
)
def test_a_setting(production, name, value):
    assert production[name] == value


def test_strict_transport_for_a_year(production):
    assert production["SECURE_HSTS_SECONDS"] >= 31_536_000


def test_no_host_no_start(tmp_path):
    done = load(tmp_path)
    assert done.returncode != 0
    assert "ABOVELINE_HOSTS" in done.stderr


def test_the_waiver_of_the_second_factor_stops_the_start(tmp_path):
    done = load(tmp_path, ABOVELINE_HOSTS="a.example.org", ABOVELINE_SYNTHETIC="yes")
    assert done.returncode != 0
    assert "waives the second factor" in done.stderr


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    load(tmp_path, ABOVELINE_HOSTS="a.example.org")
    first = (tmp_path / "secret-key").read_text()
    load(tmp_path, ABOVELINE_HOSTS="a.example.org")
    assert (tmp_path / "secret-key").read_text() == first
    assert len(first) > 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
