"""Letters through the queue: written with the act, sent once, tried again, and found again where a worker dies."""

import os
import re
import signal
import subprocess
import sys
import time
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings as configured
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aboveline.config.json_log import JsonLines
from aboveline.domain.letters import LATE, LOST, LetterKind, LetterState
from aboveline.jobs import letters, working
from aboveline.jobs.letters import post, send
from aboveline.records.actions.letters import Draft, write_letter
from aboveline.records.audit import verify
from aboveline.records.models import AuditEvent, Letter
from tests.architecture.source import ROOT
from tests.integration.records.test_races import at_once
from tests.letter_builders import time_passes
from tests.mail_sink import mail_sink

pytestmark = pytest.mark.django_db(transaction=True)
#: seconds within which a worker of its own has started and done its part, on however busy a machine
LONG = 180
#: what must stand in no queue and in no log
ADDRESS = "zebedee.quillfeather@example.org"


def write(count=1):
    post([Draft(LetterKind.NEW_PASSWORD, f"{number}.{ADDRESS}") for number in range(count)], by=None)


def work():
    call_command("work", "--once")


def states():
    return [(one.state, one.tried) for one in Letter.objects.order_by("id")]


def age(by: timedelta):
    """The next try of every letter that waits came so long ago."""
    Letter.objects.filter(state=LetterState.WAITS).update(next_try_at=timezone.now() - by - timedelta(seconds=1))


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "localhost", 5
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings


@pytest.fixture
def environment(tmp_path):
    """That of a worker of its own on the database of this test; `port` of the mail server comes on top."""
    without = {name: value for name, value in os.environ.items() if not name.startswith("ABOVELINE_")}
    if configured.ON_POSTGRESQL:
        without["DATABASE_URL"] = f"postgresql://aboveline@/aboveline?host={quote(str(configured.CLUSTER), safe='')}"
    else:
        without.pop("DATABASE_URL", None)
        (tmp_path / "aboveline.sqlite3").symlink_to(connection.settings_dict["NAME"])
    return without | {
        "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.local",
        "ABOVELINE_HOME": str(tmp_path),
        "ABOVELINE_SECRET_KEY": configured.SECRET_KEY,
        "ABOVELINE_SMTP_HOST": "localhost",
        "ABOVELINE_SMTP_SECURITY": "none",
    }


@pytest.fixture
def worker(environment):
    """Starts a worker of its own; none outlives its test."""
    started = []

    def start(*words, port):
        command = [sys.executable, str(ROOT / "manage.py"), "work", *words]
        started.append(subprocess.Popen(command, env=environment | {"ABOVELINE_SMTP_PORT": str(port)}))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


def until(holds, seconds=LONG):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)


class TestWithTheAct:
    def test_a_letter_is_sent_once_however_often_the_worker_comes(self):
        write()
        assert mail.outbox == [], "nobody waits for a mail server"
        for _ in range(3):
            work()
        assert len(mail.outbox) == 1
        assert states() == [("sent", 1)]

    def test_an_act_that_is_undone_writes_to_nobody(self):
        def act():
            with transaction.atomic():
                write()
                raise LookupError

        with pytest.raises(LookupError):
            act()
        work()
        assert (Letter.objects.count(), DBTaskResult.objects.count(), len(mail.outbox)) == (0, 0, 0)

    def test_where_the_queue_cannot_be_written_the_act_stands_and_the_letter_leaves_later(self, monkeypatch):
        with monkeypatch.context() as patched:
            patched.setattr(letters, "send_letter", None)
            write()
        work()
        assert mail.outbox == [], "it is not lost yet"
        age(LOST)
        work()
        assert len(mail.outbox) == 1

    def test_alerts_go_before_everything_else(self):
        write(2)
        write_letter(draft=Draft(LetterKind.ALERT, ADDRESS), by=None)
        letters._ask_to_send(Letter.objects.latest("id"))
        first = DBTaskResult.objects.ready().first()
        assert first.args_kwargs["args"] == [Letter.objects.latest("id").pk]


class TestMailServerDown:
    def test_it_arrives_once_when_the_server_is_back(self, by_smtp):
        with mail_sink() as gone:
            by_smtp.EMAIL_PORT = gone.port
        write()
        work()
        assert states() == [("waits", 1)]
        with mail_sink() as sink:
            by_smtp.EMAIL_PORT = sink.port
            work()
            assert sink.letters == [], "not before its time"
            age(LOST)
            work()
            work()
        assert len(sink.letters) == 1
        assert states() == [("sent", 2)]

    def test_the_next_try_is_in_the_queue_for_its_time(self, by_smtp):
        by_smtp.EMAIL_PORT = 9
        write()
        work()
        again = DBTaskResult.objects.get(status="READY")
        assert again.run_after == Letter.objects.get().next_try_at > timezone.now()

    def test_one_that_nobody_would_still_wait_for_is_given_up(self, by_smtp):
        by_smtp.EMAIL_PORT = 9
        write()
        Letter.objects.update(written_at=timezone.now() - timedelta(minutes=59, seconds=30))
        work()
        assert states() == [("given_up", 1)]

    def test_one_asked_for_long_ago_is_not_sent_at_all(self):
        write()
        Letter.objects.update(written_at=timezone.now() - timedelta(hours=1))
        work()
        assert (states(), mail.outbox) == ([("not_needed", 0)], [])


class TestSeveralWorkers:
    def test_two_that_take_the_same_letter_send_it_once(self, by_smtp):
        write()
        letter = Letter.objects.get()
        with mail_sink() as sink:
            by_smtp.EMAIL_PORT = sink.port
            assert at_once(lambda: send(letter), lambda: send(letter)) == [None, None]
        assert len(sink.letters) == 1
        assert states() == [("sent", 1)]

    def test_two_processes_share_the_work_and_send_each_letter_once(self, worker):
        write(12)
        for letter in Letter.objects.all():
            letters._ask_to_send(letter)  # each twice in the queue
        with mail_sink() as sink:
            both = [worker("--once", port=sink.port) for _ in range(2)]
            assert [one.wait(LONG) for one in both] == [0, 0]
        assert sorted(re.search(r"To: (\d+)\.", one)[1] for one in sink.letters) == sorted(map(str, range(12)))
        assert states() == [("sent", 1)] * 12
        assert verify().sound


class TestKilled:
    def test_in_the_middle_of_a_letter_it_is_sent_by_the_next_worker(self, worker, by_smtp):
        write()
        with mail_sink(silent=True) as silent:
            one = worker(port=silent.port)
            until(lambda: silent.heard)
            one.send_signal(signal.SIGKILL)
            one.wait(LONG)
        assert (states(), silent.letters) == ([("waits", 1)], [])
        with mail_sink() as sink:
            by_smtp.EMAIL_PORT = sink.port
            work()
            assert sink.letters == [], "it might still be under way"
            age(LOST)
            work()
        assert len(sink.letters) == 1
        assert states() == [("sent", 2)]
        assert "letter.tried" in AuditEvent.objects.values_list("verb", flat=True)

    def test_after_the_letter_left_and_before_that_is_on_record_it_is_sent_again_under_the_same_name(
        self, by_smtp, monkeypatch
    ):
        class Killed(BaseException):
            pass

        def killed(**_):
            raise Killed

        write()
        with mail_sink() as sink:
            by_smtp.EMAIL_PORT = sink.port
            with monkeypatch.context() as patched:
                patched.setattr(letters, "note_sent", killed)
                with pytest.raises(Killed):
                    send(Letter.objects.get())
            age(LOST)
            work()
        names = {re.search(r"Message-ID: (\S+)", letter)[1] for letter in sink.letters}
        assert (len(sink.letters), len(names)) == (2, 1)
        assert states() == [("sent", 2)]

    def test_told_to_stop_it_stops(self, worker):
        with mail_sink() as sink:
            one = worker(port=sink.port)
            write()
            until(lambda: sink.letters)
            one.terminate()
            assert one.wait(LONG) == 0

    def test_it_ends_with_the_process_that_started_it(self, environment):
        starts = "import os, subprocess, sys; subprocess.Popen([*sys.argv[1:], str(os.getpid())])"
        write()
        with mail_sink() as sink:
            command = [sys.executable, "-c", starts, sys.executable, str(ROOT / "manage.py"), "work", "--parent"]
            sent = environment | {"ABOVELINE_SMTP_PORT": str(sink.port)}
            # Its parent ends at once; the pipe ends when the worker does.
            subprocess.run(command, env=sent, stdout=subprocess.PIPE, timeout=LONG, check=True)


class TestNothingIsSaid:
    def test_the_queue_holds_the_letters_number_and_no_more(self):
        write()
        task = DBTaskResult.objects.get()
        assert task.args_kwargs == {"args": [Letter.objects.get().pk], "kwargs": {}}
        work()
        task.refresh_from_db()
        assert (task.status, task.return_value, task.traceback) == ("SUCCESSFUL", None, "")

    def test_an_error_nobody_thought_of_is_kept_and_logged_without_its_words(self, monkeypatch, caplog):
        def fail(letter):
            raise RuntimeError(f"cannot write to {letter.to}")

        monkeypatch.setattr(letters, "send", fail)
        write()
        work()
        task = DBTaskResult.objects.get()
        assert (task.status, task.exception_class_path, task.traceback) == ("FAILED", "builtins.RuntimeError", "")
        assert states() == [("waits", 0)]
        logged = "".join(map(JsonLines().format, caplog.records))
        assert "RuntimeError" in logged
        assert ADDRESS not in logged

    def test_a_refusal_that_repeats_the_address_is_logged_by_its_kind(self, by_smtp, caplog):
        write()
        with mail_sink(refuses=True) as sink:
            by_smtp.EMAIL_PORT = sink.port
            work()
        assert "SMTPRecipientsRefused" in caplog.text
        assert ADDRESS not in caplog.text


class TestLookedAfter:
    def test_the_monitor_is_told_when_nobody_works(self):
        def told():
            return Client().get("/health/ready/").json()["letters"]

        assert told() == "on time"
        write()
        assert told() == "on time"
        age(LATE)
        assert told() == "late"
        work()
        assert told() == "on time"

    def test_what_ended_a_week_ago_is_not_kept(self):
        write(2)
        kept, killed = DBTaskResult.objects.all()
        work()
        old = timezone.now() - working.KEPT - timedelta(hours=1)
        DBTaskResult.objects.filter(pk=killed.pk).update(status="RUNNING", started_at=old, finished_at=None)
        working._tidy()
        assert [task.pk for task in DBTaskResult.objects.all()] == [kept.pk]
        assert Letter.objects.count() == 2
        Letter.objects.update(settled_at=old)
        DBTaskResult.objects.update(finished_at=old)
        working._tidy()
        assert (DBTaskResult.objects.count(), Letter.objects.count()) == (0, 0)
        assert AuditEvent.objects.filter(verb="letter.erased").count() == 2


def test_time_passes_is_what_makes_a_letter_due(by_smtp):
    """The control of the waits above."""
    by_smtp.EMAIL_PORT = 9
    write()
    work()
    assert not letters.lost_letters(timezone.now())
    time_passes()
    assert letters.lost_letters(timezone.now() + LOST * 2)
