"""The benchmarks of saving in small, against the real server on SQLite: races, saves sent again, two kills."""

from types import SimpleNamespace

import pytest

from benchmarks import kill, races


@pytest.fixture(autouse=True)
def _on_a_file_of_its_own(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_racing_pairs_have_one_winner_each_and_saves_sent_again_one_effect(capsys):
    assert races.main(pairs=25, retried=25) == 0, capsys.readouterr().out
    assert "25 racing pairs, 25 saves sent four times; wrong: 0" in capsys.readouterr().out


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(capsys):
    assert kill.main(kills=2, limit=60) == 0, capsys.readouterr().out
    assert "lost or doubled: 0" in capsys.readouterr().out


def test_control_a_lost_or_doubled_save_is_found():
    saver = SimpleNamespace(address="/case/", acknowledged={"Q1": 2})
    stored = {"answers": [["/case/", "Q1", 2, "v2"]], "saves": 2}
    assert kill.lost(stored, [saver]) == []
    assert kill.lost(stored | {"saves": 3}, [saver]) == ["3 saves on record for 2 written"]
    for version, note in ((1, "v1"), (2, "v1"), (3, "v3")):
        assert kill.lost({"answers": [["/case/", "Q1", version, note]], "saves": version}, [saver])
    assert kill.lost({"answers": [], "saves": 0}, [saver])


def test_control_a_loser_that_is_not_told_both_values_is_found():
    conflict = {"yours": {"note": "mine"}, "theirs": {"note": "theirs"}, "author": "Anna"}
    answer = {"ok": False, "conflicts": [conflict]}
    assert races.told((409, answer), "mine", "theirs")
    assert not races.told((200, answer), "mine", "theirs")
    assert not races.told((409, {"ok": False}), "mine", "theirs")
    for missing in ({"author": ""}, {"theirs": {"note": ""}}, {"yours": {"note": "theirs"}}):
        assert not races.told((409, {"ok": False, "conflicts": [conflict | missing]}), "mine", "theirs")
