"""The replay of a power cut: what a trace says, what is on the disk after it, and that a lost save is counted."""

import random
import sqlite3
from contextlib import closing

import pytest

from benchmarks.power_cut import Disk, Step, cut, found_in, sectors, steps

DB, WAL = "aboveline.sqlite3", "aboveline.sqlite3-wal"
ACKNOWLEDGED = b'{"ok": true, "key": "n1"}'


def hexed(text: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text)


def line(call: str, name: str, rest: str, result: int | str, process: int = 7) -> str:
    return f"{process} {call}(5<{hexed(b'/home/' + name.encode())}>{rest}) = {result}\n"


def test_a_trace_is_read_in_order_and_of_the_database_s_files_only():
    trace = [
        line("pwrite64", DB, f', "{hexed(b"abc")}", 3, 4096', 3),
        line("pwrite64", "log", f', "{hexed(b"abc")}", 3, 0', 3),
        line("pwrite64", DB + "-shm", f', "{hexed(b"abc")}", 3, 0', 3),
        line("lseek", WAL, ", 32, SEEK_SET", 32),
        line("write", WAL, f', "{hexed(b"de")}", 2', 2),
        line("write", WAL, f', "{hexed(b"f")}", 1', 1),
        line("fdatasync", WAL, "", 0),
        line("fdatasync", DB, "", "-1 EIO"),
        line("ftruncate", WAL, ", 8", 0),
        f'7 unlink("{hexed(b"/home/" + WAL.encode())}") = 0\n',
        f'7 unlink("{hexed(b"/home/other")}") = 0\n',
        line("sendto", "socket", f', "{hexed(ACKNOWLEDGED)}", 30, 0, NULL, 0', 30),
    ]
    assert list(steps(trace, "/home")) == [
        Step("write", DB, 4096, b"abc"),
        Step("write", WAL, 32, b"de"),
        Step("write", WAL, 34, b"f"),
        Step("sync", WAL),
        Step("cut", WAL, 8),
        Step("remove", WAL),
        Step("saved", data=b"n1"),
    ]


def test_a_call_another_came_between_counts_when_it_returns():
    begun = line("fdatasync", WAL, "", "").replace(") = ", " <unfinished ...>")
    between = line("pwrite64", DB, f', "{hexed(b"a")}", 1, 0', 1, process=8)
    assert [s.kind for s in steps([begun, between, "7 <... fdatasync resumed>) = 0\n"], "")] == ["write", "sync"]


def test_a_write_that_strace_cut_short_is_no_evidence():
    with pytest.raises(ValueError, match="short"):
        list(steps([line("pwrite64", DB, f', "{hexed(b"abc")}"..., 9, 0', 9)], ""))


def test_what_was_synced_stays_and_the_rest_comes_sector_by_sector():
    disk = Disk({DB: bytearray(b"x" * 2048)})
    disk.take(Step("write", DB, 0, b"a" * 512))
    disk.take(Step("sync", WAL))
    assert {bytes(disk.after_cut(random.Random(n))[DB][:512]) for n in range(20)} == {b"x" * 512, b"a" * 512}
    disk.take(Step("sync", DB))
    disk.take(Step("write", DB, 256, b"b" * 1024))
    found = [bytes(disk.after_cut(random.Random(n))[DB]) for n in range(60)]
    assert all(content[:256] == b"a" * 256 and content[1280:] == b"x" * 768 for content in found)
    torn = {tuple(content[at] for at in (256, 512, 1024)) for content in found}
    assert len(torn) == 8, "each of the three sectors is there or not, by itself"


def test_a_write_is_parted_at_the_disk_s_own_sectors():
    assert [(one.at, len(one.data)) for one in sectors(Step("write", DB, 500, b"a" * 600))] == [
        (500, 12),
        (512, 512),
        (1024, 76),
    ]


def test_a_removal_and_a_cut_reach_the_disk_as_writes_do():
    disk = Disk({DB: bytearray(b"abcd"), WAL: bytearray(b"w")})
    for step in (Step("cut", DB, 2), Step("sync", DB), Step("remove", WAL), Step("sync", WAL)):
        disk.take(step)
    assert disk.after_cut(random.Random(1)) == {DB: b"ab"}


@pytest.fixture
def database(tmp_path):
    def content(*notes: str) -> bytes:
        path = tmp_path / "made"
        path.unlink(missing_ok=True)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("CREATE TABLE records_judgement (note TEXT)")
            connection.executemany("INSERT INTO records_judgement VALUES (?)", [(note,) for note in notes])
        return path.read_bytes()

    return content


def test_a_save_acknowledged_before_it_was_synced_is_counted_as_lost(database, tmp_path):
    before, after = database(), database("n1")
    write, sync, saved = Step("write", DB, 0, after), Step("sync", DB), Step("saved", data=b"n1")
    assert cut({DB: before}, [write, sync, saved], 60, tmp_path / "cut")[0] == 0
    assert cut({DB: before}, [saved, write, sync], 60, tmp_path / "cut")[0] > 20


def test_a_file_that_cannot_be_read_is_counted_apart(database, tmp_path):
    assert found_in({DB: database("a", "b")}, tmp_path / "cut") == {"a", "b"}
    assert found_in({DB: b"no database at all" * 100}, tmp_path / "cut") is None
    assert found_in({}, tmp_path / "cut") is None
