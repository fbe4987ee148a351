"""The power cut at 500 moments of the real server's writing to SQLite: no acknowledged save may be lost.

    python -m benchmarks.power_cut      (needs strace, from Debian's package of that name)

The server runs under strace while saves come in. What it wrote is then replayed up to a moment chosen at random: what
was synced is there whole; of what was written since, each sector of 512 bytes is there or not, at random. The database
is opened from that, and every save acknowledged before the moment must be in it. The control, the same server with
synchronous=NORMAL, must lose some: else the replay would prove nothing.

What it takes for granted: a synced file keeps its name, a sector is written whole or not at all, the disk keeps what it
says it has synced. It covers one process of one thread.
"""

import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._served import LOCAL, Served

CUTS, SAVES, SECTOR, SEED = 500, 400, 512, 20261123
DATABASE = "aboveline.sqlite3"
CALLS = "pwrite64,write,lseek,fsync,fdatasync,ftruncate,unlink,sendto"
LINE = re.compile(r"^\d+ +(\w+)\((?:(\d+)<(.*?)>)?(.*)\) += (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the server did: wrote to a file, synced it, cut it to a length, removed it, or acknowledged a save."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Files as they would be found after a power cut: what was synced, and what was written since in order."""

    synced: dict[str, bytearray]
    pending: dict[str, list[Step]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        if step.kind == "sync":
            for one in self.pending.pop(step.file, []):
                apply(self.synced, one)
        elif step.kind != "saved":
            self.pending.setdefault(step.file, []).append(step)

    def after_cut(self, chance: random.Random) -> dict[str, bytearray]:
        files = {name: bytearray(content) for name, content in self.synced.items()}
        for step in (one for pending in self.pending.values() for one in pending):
            for part in sectors(step):
                if chance.random() < 0.5:
                    apply(files, part)
        return files


def apply(files: dict[str, bytearray], step: Step) -> None:
    if step.kind == "remove":
        files.pop(step.file, None)
        return
    content = files.setdefault(step.file, bytearray())
    if step.kind == "cut":
        del content[step.at :]
    end = step.at + len(step.data)
    content.extend(bytes(max(0, end - len(content))))
    content[step.at : end] = step.data


def sectors(step: Step) -> Iterator[Step]:
    """The parts of a write that reach the disk each by itself."""
    at, end = step.at, step.at + len(step.data)
    if step.kind != "write":
        yield step
        return
    while at < end:
        stop = min(end, (at // SECTOR + 1) * SECTOR)
        yield Step("write", step.file, at, step.data[at - step.at : stop - step.at])
        at = stop


def steps(trace: Iterable[str], home: str) -> Iterator[Step]:
    """What strace saw of the database's files under `home`, and the acknowledgements sent."""
    places: dict[tuple[str, str], int] = {}
    for line in whole(trace):
        found = LINE.match(line)
        if not found or found[5].startswith("-"):
            continue
        call, number, path, rest, result = found.groups()
        name = Path(unhexed(path or "").decode(errors="replace")).name
        if call == "sendto":
            data = text_of(rest)
            if data.startswith(b"HTTP/1.1 200") or b'"ok": true' in data:
                yield from (Step("saved", data=key) for key in re.findall(rb'"key": "(\w+)"', data))
        elif call == "unlink":
            gone = Path(text_of(rest).decode(errors="replace")).name
            if gone.startswith(DATABASE):
                yield Step("remove", gone)
        elif name.startswith(DATABASE) and not name.endswith("-shm"):
            handle = (number or "", name)
            if call == "lseek":
                places[handle] = int(result)
            elif call in {"pwrite64", "write"}:
                at = int(rest.rpartition(", ")[2]) if call == "pwrite64" else places.get(handle, 0)
                places[handle] = at + int(result)
                yield Step("write", name, at, text_of(rest)[: int(result)])
            elif call == "ftruncate":
                yield Step("cut", name, int(rest.rpartition(", ")[2]))
            else:
                yield Step("sync", name)


def whole(trace: Iterable[str]) -> Iterator[str]:
    """Lines of calls, those put together that another thread's call came between. A call counts when it returns."""
    begun: dict[str, str] = {}
    for line in trace:
        process = line.partition(" ")[0]
        if line.rstrip().endswith("<unfinished ...>"):
            begun[process] = line.rpartition("<unfinished ...>")[0]
        elif "resumed>" in line[:60]:
            yield begun.pop(process, "") + line.partition("resumed>")[2]
        else:
            yield line


def text_of(arguments: str) -> bytes:
    found = TEXT.search(arguments)
    if found and found[2]:
        raise ValueError("strace cut a write short")
    return unhexed(found[1]) if found else b""


def unhexed(text: str) -> bytes:
    return re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), text.encode())


def cut(files: Mapping[str, bytes], did: Sequence[Step], cuts: int, folder: Path) -> tuple[int, int]:
    """How many of the cuts lost an acknowledged save, and how many left a database that cannot be read."""
    chance, disk = random.Random(SEED), Disk({name: bytearray(content) for name, content in files.items()})
    moments = sorted(chance.choices(range(1, len(did) + 1), k=cuts))
    lost = broken = done = 0
    acknowledged: set[str] = set()
    for moment in moments:
        for step in did[done:moment]:
            disk.take(step)
            if step.kind == "saved":
                acknowledged.add(step.data.decode())
        done = moment
        stored = found_in(disk.after_cut(chance), folder)
        broken += stored is None
        lost += bool(acknowledged - (stored or set()))
    return lost, broken


def found_in(files: Mapping[str, bytes], folder: Path) -> set[str] | None:
    """The saves in a database opened from these files; None where it is corrupt."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        try:
            (sound,) = connection.execute("PRAGMA quick_check").fetchone()
            rows = connection.execute("SELECT note FROM records_judgement").fetchall()
        except sqlite3.DatabaseError:
            return None
    return {note for (note,) in rows} if sound == "ok" else None


def traced(settings: str, saves: int, folder: Path) -> tuple[dict[str, bytes], list[Step], str]:
    """The database before, what a server under strace did with it while so many saves came in, and its journal."""
    out, home = folder / "trace", folder / "home"
    home.mkdir()
    strace = ["strace", "-f", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(out)]
    served = Served(home, 1 + saves // 80, settings=settings, workers=1, before=strace)
    with closing(sqlite3.connect(home / DATABASE)) as connection:
        journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = {DATABASE: (home / DATABASE).read_bytes()}
    places = [(a, q) for a in served.world["addresses"] for q in served.world["questions"][:80]][:saves]
    with served:
        person = served.person()
        for number, (address, question) in enumerate(places):
            status, said = person.save(address, question, f"n{number}", f"n{number}")
            assert status == 200, said
        with out.open(errors="replace") as trace:
            did = list(steps(trace, str(home)))
    return before, did, journal


def main(cuts: int = CUTS, saves: int = SAVES) -> int:
    if not shutil.which("strace"):
        print("this needs strace:  sudo apt-get install -y strace")
        return 1
    os.environ.pop("DATABASE_URL", None)
    outcomes = {}
    for name, settings in (("FULL", LOCAL), ("NORMAL", "benchmarks._normal")):
        with tempfile.TemporaryDirectory() as folder:
            before, did, journal = traced(settings, saves, Path(folder))
            seen = sum(step.kind == "saved" for step in did)
            syncs = sum(step.kind == "sync" for step in did)
            outcomes[name] = cut(before, did, cuts, Path(folder) / "cut")
            lost, broken = outcomes[name]
            print(f"synchronous={name}, journal {journal}: {seen} acknowledgements and {syncs} syncs traced;", end=" ")
            print(f"of {cuts} cuts {lost} lost an acknowledged save, {broken} left a corrupt database")
            if seen < saves:
                print("not every acknowledgement was traced, so this proves nothing")
                return 1
    return int(outcomes["FULL"] != (0, 0) or outcomes["NORMAL"][0] == 0)


if __name__ == "__main__":
    sys.exit(main())
