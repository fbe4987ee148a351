"""100 assessors at once: a save every 10 seconds and a page every 5 each, sent whether or not the last was answered.

    python -m benchmarks load            ABOVELINE_LOAD_MINUTES (10) and ABOVELINE_LOAD_ASSESSORS (100) bound it

The generator runs beside the server. Arrivals are drawn beforehand, and a request's time counts from when it was due,
so that a slow server cannot make its own figures better by being asked less. Wanted: 95 of 100 saves within 250 ms and
pages within 500 ms, no answer of 500 or above, every confirmed save stored. On SQLite, or what DATABASE_URL names.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks._served import Served
from benchmarks.first_start import ROOT

SAVE_EVERY, PAGE_EVERY = 10.0, 5.0
SAVE_FIGURE, PAGE_FIGURE = 0.25, 0.5
THREADS = 40


@dataclass(frozen=True)
class Due:
    """A request: when it is due (s from the start), who sends it, and whether it is a save."""

    at: float
    assessor: int
    saves: bool


@dataclass(frozen=True)
class Done:
    saves: bool
    status: int
    seconds: float
    note: str


def main() -> int:
    minutes = float(os.environ.get("ABOVELINE_LOAD_MINUTES", "10"))
    assessors = int(os.environ.get("ABOVELINE_LOAD_ASSESSORS", "100"))
    with tempfile.TemporaryDirectory() as home, Served(Path(home), assessors) as served:
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=served.environment, check=True)
        served.end(signal.SIGTERM)
        served.start()
        served.person().save(served.world["addresses"][0], served.world["questions"][0], "first", "first")
        done = offered(served, arrivals(60 * minutes, assessors, "load"))
        stored = {note for _address, _question, _version, note in served.read()["answers"]}
        return told(done, lost(done, stored), served.read()["database"])


def arrivals(seconds: float, assessors: int, seed: str) -> list[Due]:
    """Each assessor's requests at the times of a Poisson process, all of them in order."""
    chance, found = random.Random(seed), []
    for assessor in range(assessors):
        for saves, every in ((True, SAVE_EVERY), (False, PAGE_EVERY)):
            at = chance.expovariate(1 / every)
            while at < seconds:
                found.append(Due(at, assessor, saves))
                at += chance.expovariate(1 / every)
    return sorted(found, key=lambda due: due.at)


def offered(served: Served, dues: Sequence[Due]) -> list[Done]:
    start = time.monotonic() + 0.5
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda numbered: sent(served, start, *numbered), enumerate(dues)))


def sent(served: Served, start: float, number: int, due: Due) -> Done:
    """Send a request when it is due, never before; status 0 is no answer. Each save is of a question of its own."""
    time.sleep(max(0.0, start + due.at - time.monotonic()))
    person, address = served.person(due.assessor % 2), served.world["addresses"][due.assessor]
    questions, note = served.world["questions"], f"load {number}"
    try:
        if due.saves:
            status, _answer = person.once(address, questions[number % len(questions)], note, f"load-{number}")
        else:
            status = page(served, address, person.cookies)
    except (OSError, http.client.HTTPException, ValueError):
        status = 0
    return Done(due.saves, status, time.monotonic() - start - due.at, note)


def page(served: Served, address: str, cookies: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", address, headers={"Cookie": cookies})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def lost(done: Sequence[Done], stored: set[str]) -> list[str]:
    return [one.note for one in done if one.saves and one.status == 200 and one.note not in stored]


def told(done: Sequence[Done], lost_saves: Sequence[str], database: str) -> int:
    failed = [one.status for one in done if one.status == 0 or one.status >= 500]
    missed = bool(failed or lost_saves)
    print(f"{database}: {len(done)} requests, {len(failed)} failed, {len(lost_saves)} confirmed saves lost")
    for name, saves, figure in (("save", True, SAVE_FIGURE), ("page", False, PAGE_FIGURE)):
        times = sorted(one.seconds for one in done if one.saves is saves)
        if times:
            half, most = (times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95))
            told_times = f"median {half * 1000:.0f} ms, p95 {most * 1000:.0f} ms, wanted {figure * 1000:.0f}"
            print(f"{name}: {len(times)}, {told_times}")
            missed |= most >= figure
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
