"""100 assessors at once: a save every 10 seconds and a page every 5 each, sent whether or not the last was answered.

    python -m benchmarks load            ABOVELINE_LOAD_MINUTES (10) and ABOVELINE_LOAD_ASSESSORS (100) bound it

Each has a case of their own, in the middle of an inspectorate's week, and opens its form (six pages of ten), the list
of cases (two) and Home (two). The generator runs beside the server. Arrivals are drawn beforehand, and a request's time
counts from when it was due, so that a slow server cannot make its own figures better by being asked less. Wanted: 95 of
100 saves within 250 ms and pages within 500 ms, no answer of 500 or above, every confirmed save stored. On SQLite, or
what DATABASE_URL names.
"""

import http.client
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks._served import Served
from benchmarks.first_start import ROOT

SAVE_EVERY, PAGE_EVERY = 10.0, 5.0
SAVE, FORM, LIST, HOME = "save", "form", "list", "home"
#: of ten pages
PAGES = (FORM,) * 6 + (LIST,) * 2 + (HOME,) * 2
FIGURES = {SAVE: 0.25, "page": 0.5}
THREADS = 40


@dataclass(frozen=True)
class Due:
    """A request: when it is due (s from the start), who sends it, what, and which of theirs it is."""

    at: float
    assessor: int
    what: str
    turn: int = 0

    @property
    def note(self) -> str:
        """What a save writes, told apart from all others."""
        return f"load {self.assessor}.{self.turn}"


#: the token of an answer as its assessor's page shows it, by assessor and question
Seen = dict[tuple[int, str], str]


@dataclass(frozen=True)
class Done:
    due: Due
    status: int
    seconds: float


def main(minutes: float | None = None, assessors: int | None = None, *, times: float = 1.0) -> int:
    """`times` the figures is what is borne: a test that others run beside is no measurement."""
    minutes = minutes or float(os.environ.get("ABOVELINE_LOAD_MINUTES", "10"))
    assessors = assessors or int(os.environ.get("ABOVELINE_LOAD_ASSESSORS", "100"))
    with tempfile.TemporaryDirectory() as home:
        served = Served(Path(home), assessors, world="week")
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(collect, cwd=ROOT, env=served.environment, check=True)
        with served:
            served.wait()
            for _ in range(4):  # both workers draw the form once before anything counts
                page(served, FORM, 0)
            before, own = served.cpu(), time.process_time()
            done = offered(served, arrivals(60 * minutes, assessors, "load"))
            taken = served.cpu() - before, time.process_time() - own
        stored = served.read()
    print(f"{stored['database']}: {assessors} assessors for {minutes:g} minutes; load average {os.getloadavg()[0]:.1f}")
    print("of one core: server {:.2f}, generator {:.2f}".format(*(one / (60 * minutes) for one in taken)))
    notes, questions = {note for *_, note in stored["answers"]}, len(served.world["questions"])
    return told(done, lost(done, notes, questions), times, stored["chain"])


def arrivals(seconds: float, assessors: int, seed: str) -> list[Due]:
    """Each assessor's requests at the times of a Poisson process, all of them in order."""
    chance, found = random.Random(seed), []
    for assessor in range(assessors):
        for whats, every in (((SAVE,), SAVE_EVERY), (PAGES, PAGE_EVERY)):
            at, turn = chance.expovariate(1 / every), 0
            while at < seconds:
                found.append(Due(at, assessor, chance.choice(whats), turn))
                at, turn = at + chance.expovariate(1 / every), turn + 1
    return sorted(found, key=lambda due: due.at)


def offered(served: Served, dues: Sequence[Due]) -> list[Done]:
    start, seen = time.monotonic() + 0.5, Seen()
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(lambda due: sent(served, start, due, seen), dues))


def sent(served: Served, start: float, due: Due, seen: Seen) -> Done:
    """Send a request when it is due, never before; status 0 is no answer."""
    time.sleep(max(0.0, start + due.at - time.monotonic()))
    try:
        status = save(served, due, seen) if due.what == SAVE else page(served, due.what, due.assessor)
    except (OSError, http.client.HTTPException, ValueError):
        status = 0
    return Done(due, status, time.monotonic() - start - due.at)


def save(served: Served, due: Due, seen: Seen) -> int:
    """An assessor answers question after question, then goes through them again, each as the page showed it last."""
    world, turn = served.world, served.world["answered"] + due.turn
    address, question = world["addresses"][due.assessor], world["questions"][turn % len(world["questions"])]
    token = seen.get((due.assessor, question)) or (world["answer_seen"] if turn >= len(world["questions"]) else "")
    status, said = served.person(due.assessor).once(address, question, due.note, due.note, token)
    if status == 200:
        seen[due.assessor, question] = said["seen"][question]
    return status


def page(served: Served, what: str, assessor: int) -> int:
    address = served.world["addresses"][assessor] if what == FORM else served.world[what]
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    connection.request("GET", address, headers={"Cookie": served.person(assessor).cookies})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


def lost(done: Sequence[Done], stored: set[str], questions: int) -> list[str]:
    """The confirmed saves that no answer holds, but for those over which the same assessor went again."""
    saves = [one.due for one in done if one.due.what == SAVE and one.status == 200]
    last = {(due.assessor, due.turn % questions): due.note for due in sorted(saves, key=lambda due: due.turn)}
    return sorted(set(last.values()) - stored)


def told(done: Sequence[Done], lost_saves: Sequence[str], times: float = 1.0, chain: str = "") -> int:
    """Print every figure; 1 where one is missed. Each has a case of their own, so a conflict is a failure too."""
    statuses = Counter((SAVE if one.due.what == SAVE else "page", one.status) for one in done)
    failed = sum(count for (_, status), count in statuses.items() if status != 200)
    print(f"{len(done)} requests, {failed} failed, {len(lost_saves)} confirmed saves lost; {chain or 'chain whole'}")
    print("answers: " + ", ".join(f"{count} {what}s {status}" for (what, status), count in sorted(statuses.items())))
    missed = bool(failed or lost_saves or chain)
    for kind in (SAVE, "page", FORM, LIST, HOME):
        found = sorted(one.seconds for one in done if one.due.what in {"page": PAGES}.get(kind, (kind,)))
        if not found:
            continue
        half, most, nearly = (found[min(len(found) - 1, int(len(found) * share))] * 1000 for share in (0.5, 0.95, 0.99))
        wanted = f"; wanted p95 under {FIGURES[kind] * 1000:.0f}" if kind in FIGURES else ""
        print(f"{kind}: {len(found)}, p50 {half:.0f} ms, p95 {most:.0f}, p99 {nearly:.0f}{wanted}")
        missed |= most >= FIGURES.get(kind, float("inf")) * times * 1000
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
