"""The benchmarks of saving in small, against the real server on SQLite: races, saves sent again, two kills, a load."""

from types import SimpleNamespace

import pytest

from benchmarks import kill, load, races


@pytest.fixture(autouse=True)
def _on_a_file_of_its_own(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)


def test_racing_pairs_have_one_winner_each_and_saves_sent_again_one_effect(capsys):
    assert races.main(pairs=25, retried=25) == 0, capsys.readouterr().out
    assert "25 racing pairs, 25 saves sent four times; wrong: 0" in capsys.readouterr().out


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(capsys):
    assert kill.main(kills=2, limit=60) == 0, capsys.readouterr().out
    assert "lost or doubled: 0" in capsys.readouterr().out


def test_every_assessor_is_answered_and_every_confirmed_save_stored(capsys):
    assert load.main(minutes=0.1, assessors=5, times=100) == 0, capsys.readouterr().out
    said = capsys.readouterr().out
    assert "0 failed, 0 confirmed saves lost; chain whole" in said
    assert "server " in said


class TestControlsOfTheLoad:
    def done(self, what="save", status=200, seconds=0.01, turn=0):
        return load.Done(load.Due(0.0, 1, what, turn), status, seconds)

    def test_what_is_quick_and_whole_passes(self):
        assert load.told([self.done(), self.done("form", seconds=0.49)], []) == 0

    @pytest.mark.parametrize(
        "done", [("save", 200, 0.25), ("form", 200, 0.5), ("home", 200, 0.5), ("list", 502, 0.1), ("save", 409, 0.1)]
    )
    def test_a_slow_or_failed_answer_misses(self, done):
        assert load.told([self.done(*done)], []) == 1

    def test_a_lost_save_and_a_broken_chain_miss(self):
        assert load.told([self.done()], ["load 1.0"]) == 1
        assert load.told([self.done()], [], chain="event 3 is missing") == 1

    def test_a_save_is_lost_unless_stored_or_saved_over(self):
        first, over = self.done(turn=0), self.done(turn=92)
        assert load.lost([first], set(), 92) == ["load 1.0"]
        assert load.lost([first, over], {"load 1.92"}, 92) == []
        assert load.lost([over, first], {"load 1.0"}, 92) == ["load 1.92"]
        assert load.lost([self.done(status=409), self.done("form")], set(), 92) == []

    def test_arrivals_are_drawn_alike_each_time_in_order_and_as_often_as_said(self):
        dues = load.arrivals(600, 100, "load")
        assert dues == load.arrivals(600, 100, "load")
        assert dues == sorted(dues, key=lambda due: due.at)
        saves = sum(due.what == "save" for due in dues)
        assert 5_700 < saves < 6_300
        assert 11_500 < len(dues) - saves < 12_500


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
