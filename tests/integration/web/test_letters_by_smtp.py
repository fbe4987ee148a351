"""Letters over a real connection: what goes out, encrypted and not, and what happens where the server is not there."""

import base64
import ssl
import time

import pytest

from aboveline.domain.letters import LetterKind, LetterState
from aboveline.jobs.letters import send
from aboveline.records.actions.letters import Draft, write_letter
from tests.mail_sink import a_certificate, mail_sink

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "localhost", 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings


def sent():
    letter = write_letter(draft=Draft(LetterKind.NEW_PASSWORD, "lee@example.org"), by=None)
    send(letter)
    letter.refresh_from_db()
    return letter.state == LetterState.SENT


def test_a_letter_arrives(by_smtp):
    with mail_sink() as sink:
        by_smtp.EMAIL_PORT = sink.port
        assert sent()
    assert len(sink.letters) == 1
    assert "To: lee@example.org" in sink.letters[0]
    assert "There is no account with it." in sink.letters[0]


def test_an_encrypted_letter_with_a_password(by_smtp, tmp_path, monkeypatch):
    certificate, context = a_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_sink(context=context) as sink:
        by_smtp.EMAIL_PORT, by_smtp.EMAIL_USE_TLS = sink.port, True
        by_smtp.EMAIL_HOST_USER, by_smtp.EMAIL_HOST_PASSWORD = "aboveline", "pass word"
        assert sent()
    assert len(sink.letters) == 1
    known = base64.b64encode(b"\0aboveline\0pass word").decode()
    assert sink.heard.index("STARTTLS") < sink.heard.index(f"AUTH PLAIN {known}")


def test_a_server_that_cannot_prove_who_it_is_gets_neither_letter_nor_password(by_smtp, tmp_path):
    _certificate, context = a_certificate(tmp_path)
    with mail_sink(context=context) as sink:
        by_smtp.EMAIL_PORT, by_smtp.EMAIL_USE_TLS = sink.port, True
        by_smtp.EMAIL_HOST_USER, by_smtp.EMAIL_HOST_PASSWORD = "aboveline", "pass word"
        assert not sent()
    assert sink.letters == []
    assert [words for words in sink.heard if words.startswith("AUTH")] == []


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(by_smtp):
    with mail_sink() as sink:
        by_smtp.EMAIL_PORT, by_smtp.EMAIL_USE_TLS = sink.port, True
        assert not sent()
    assert sink.letters == []


@pytest.mark.parametrize("how", [{"refuses": True}, {"silent": True}])
def test_a_server_that_takes_nothing_is_told_and_not_waited_for(by_smtp, how, caplog):
    start = time.monotonic()
    with mail_sink(**how) as sink:
        by_smtp.EMAIL_PORT = sink.port
        assert not sent()
    assert time.monotonic() - start < 5
    assert sink.heard
    assert "a letter could not be sent" in caplog.text
    assert "lee@example.org" not in caplog.text


def test_no_server_at_all(by_smtp):
    with mail_sink() as sink:
        by_smtp.EMAIL_PORT = sink.port
    assert not sent()


def test_the_sink_encrypts(tmp_path):
    """The control of what is said of encryption: the made certificate is one a client could trust."""
    certificate, _context = a_certificate(tmp_path)
    assert ssl.create_default_context(cafile=certificate).cert_store_stats()["x509"] == 1
