"""Two people and one report: what only one of them changed is kept, what both changed comes back with both texts."""

from aboveline.web.presenters.reports_conflict import merged

BASE = {"council": "C", "legal": ["L"], "purpose": ["P"]}


def test_what_only_they_changed_is_taken_over_and_named():
    both = merged(BASE, BASE | {"legal": ["Theirs."]}, BASE | {"purpose": ["Mine."]})
    assert both.tree == {"council": "C", "legal": ["Theirs."], "purpose": ["Mine."]}
    assert both.clashes == ()
    assert both.taken == ("Legal",)


def test_what_both_changed_shows_both_and_keeps_yours():
    both = merged(BASE, BASE | {"legal": ["Theirs."]}, BASE | {"legal": ["Mine."]})
    (clash,) = both.clashes
    assert clash.heading == "Legal"
    assert ("Legal", "Theirs.") in clash.theirs
    assert ("Legal", "Mine.") in clash.yours
    assert both.tree["legal"] == ["Mine."]


def test_the_same_change_twice_is_no_clash():
    assert merged(BASE, BASE | {"legal": ["N"]}, BASE | {"legal": ["N"]}).clashes == ()


def test_something_taken_out_stays_out():
    gone = {key: value for key, value in BASE.items() if key != "legal"}
    assert "legal" not in merged(BASE, gone, BASE).tree
    assert "legal" not in merged(BASE, BASE, gone).tree


def test_without_the_text_both_began_with_every_difference_comes_back():
    both = merged(None, BASE | {"legal": ["Theirs."]}, BASE)
    assert [clash.key for clash in both.clashes] == ["legal"]
