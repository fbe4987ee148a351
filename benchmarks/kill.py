"""The whole server killed with SIGKILL while people save, ten times: nothing acknowledged is lost, and it is soon back.

    python -m benchmarks.kill        on SQLite; on PostgreSQL where DATABASE_URL names an empty database

Four people save without a pause and note down every acknowledgement. A save under way when the server dies is sent
again with its key. At the end every acknowledged save must be in the database and on record exactly once, and the
chain must verify. 0 lost of n means, by the rule of three, a share under 3/n at 95 %.
"""

import os
import random
import sys
import tempfile
import time
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks._served import Served

KILLS, SAVERS = 10, 4
BACK = {"sqlite": 3.0, "postgresql": 10.0}


class Saver(Thread):
    """Saves the questions of a case of its own, round after round, each on the version it was told last."""

    def __init__(self, served: Served, number: int, stop: Event) -> None:
        super().__init__(daemon=True)
        self.person, self.stop, self.number = served.person(number % 2), stop, number
        self.address, self.questions = served.world["addresses"][number], served.world["questions"][:40]
        self.acknowledged: dict[str, int] = {}
        self.times: list[float] = []
        self.wrong: list[str] = []

    def run(self) -> None:
        seen: dict[str, str] = {}
        while not self.stop.is_set():
            for question in self.questions:
                if self.stop.is_set():
                    return
                version = self.acknowledged.get(question, 0) + 1
                key = f"{self.number}-{question}-{version}"
                status, said = self.person.save(self.address, question, f"v{version}", key, seen.get(question, ""))
                if status != 200 or said["versions"].get(question) != version:
                    self.wrong.append(f"{key}: {status} {said}")
                    return
                self.acknowledged[question], seen[question] = version, said["seen"][question]
                self.times.append(time.monotonic())


def main(kills: int = KILLS, limit: float | None = None, seed: int = 20261123) -> int:
    chance, stop = random.Random(seed), Event()
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder), cases=SAVERS) as served:
        savers = [Saver(served, number, stop) for number in range(SAVERS)]
        for saver in savers:
            saver.start()
        back = [killed(served, savers, chance) for _ in range(kills)]
        stop.set()
        for saver in savers:
            saver.join(timeout=90)
        stored = served.read()
    wrong = [fault for saver in savers for fault in saver.wrong] + lost(stored, savers)
    wrong += ["the chain is broken: " + stored["chain"]] if stored["chain"] else []
    saves, limit = sum(len(saver.times) for saver in savers), limit or BACK[stored["database"]]
    print(f"{stored['database']}: {kills} kills, {saves} acknowledged saves; lost or doubled: {len(wrong)}")
    seconds, taken = (max(column) for column in zip(*back, strict=True))
    print(f"from the kill to the next acknowledged save: {seconds:.2f} s at most (target: {limit:.0f} s)", end=", ")
    print(f"in which the server took {taken:.2f} s of processor time at most; load average {os.getloadavg()[0]:.1f}")
    print("\n".join(wrong[:10]))
    return int(bool(wrong) or seconds > limit)


def killed(served: Served, savers: list[Saver], chance: random.Random) -> tuple[float, float]:
    """Kill the server amid saves and start it anew. Return the seconds until the next save is acknowledged, and the
    processor time that the new server has taken by then."""
    count = sum(len(saver.times) for saver in savers)
    while sum(len(saver.times) for saver in savers) < count + 40 and not any(saver.wrong for saver in savers):
        time.sleep(0.01)
    time.sleep(chance.random())
    at = time.monotonic()
    served.end()
    dead = time.monotonic()
    served.start()
    while not (since := [t for saver in savers for t in saver.times if t > dead]):
        if time.monotonic() > dead + 60:
            return 60.0, served.cpu()
        time.sleep(0.005)
    return min(since) - at, served.cpu()


def lost(stored: Any, savers: list[Saver]) -> list[str]:
    """Every acknowledged version that is not in the database, or not on record exactly once."""
    versions = {(address, question): (version, note) for address, question, version, note in stored["answers"]}
    wrong = []
    for saver in savers:
        for question, version in saver.acknowledged.items():
            found = versions.get((saver.address, question), (0, ""))
            if found != (version, f"v{version}"):
                wrong.append(f"{saver.address} {question}: version {version} was acknowledged, {found} is stored")
    written = sum(version for version, _ in versions.values())
    return wrong + ([f"{stored['saves']} saves on record for {written} written"] if stored["saves"] != written else [])


if __name__ == "__main__":
    sys.exit(main())
