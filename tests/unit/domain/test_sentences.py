"""A sentence is its English, and still knows what it was made from: also after a file, a copy or a process."""

import copy
import json
import pickle
from datetime import date

import pytest

from aboveline.domain.framework import Text
from aboveline.domain.problems import Place, ProblemKind, problem_carried
from aboveline.domain.sentences import Sentence, carried, uncarried

TIE = ("Shared with {count} area.", "Shared with {count} areas.")
INNER = Sentence.of("an address")
OUTER = Sentence.of("“{heading}” looks like {kind}, seen on {day}.", heading="x", kind=INNER, day=date(2009, 11, 30))


def test_it_is_the_english_text():
    assert OUTER == "“x” looks like an address, seen on 30 November 2009."
    assert json.dumps([OUTER]) == json.dumps([str(OUTER)])


def test_it_keeps_its_template_and_words():
    assert OUTER.template == "“{heading}” looks like {kind}, seen on {day}."
    assert dict(OUTER.words)["kind"] is INNER
    assert dict(OUTER.words)["day"] == date(2009, 11, 30)


@pytest.mark.parametrize(
    ("count", "text"), [(0, "Shared with 0 areas."), (1, "Shared with 1 area."), (2, "Shared with 2 areas.")]
)
def test_it_counts(count, text):
    made = Sentence.counted(*TIE, count=count)
    assert made == text
    assert (made.template, made.many) == TIE


def test_parts_that_are_joined_stay_what_they_are():
    made = Sentence.joined(["", INNER, "as given"], "; ")
    assert made == "an address; as given"
    assert [word for _name, word in made.words] == [INNER, "as given"]
    assert Sentence.joined([]) == ""


def test_a_template_without_words_is_not_filled():
    assert Sentence.of("a {brace}") == "a {brace}"


WAYS = {
    "a copy": copy.deepcopy,
    "another process": lambda made: pickle.loads(pickle.dumps(made)),
    "a file": lambda made: uncarried(json.loads(json.dumps(carried(made)))),
}


@pytest.mark.parametrize("again", WAYS.values(), ids=WAYS)
def test_it_survives(again):
    found = again(OUTER)
    assert (found, found.template, found.words) == (OUTER, OUTER.template, OUTER.words)
    assert dict(found.words)["kind"].template == "an address"


def test_a_wording_of_a_framework_is_carried_in_both_languages():
    made = Sentence.of("{name} is withheld.", name=Text("Safeguarding", "Diogelu"))
    assert dict(uncarried(json.loads(json.dumps(carried(made)))).words)["name"].in_language("cy") == "Diogelu"


def test_plain_text_is_carried_as_it_is():
    assert (carried("as given"), uncarried("as given"), carried(None)) == ("as given", "as given", None)
    with pytest.raises(KeyError):
        uncarried({"text": "of nobody"})


KIND = ProblemKind("x.y", "{count} cells hold {kind}.", "Use one of: {allowed}.", one="{count} cell holds {kind}.")


def test_a_problem_says_sentences_and_counts():
    one, two = (KIND.at(count=n, kind=INNER, allowed="red", nearest="red green") for n in (1, 2))
    assert (one.message, two.message) == ("1 cell holds an address.", "2 cells hold an address.")
    assert one.remedy == "Use one of: red. Did you mean “red green”?"
    assert (one.message.template, one.message.many) == (KIND.one, KIND.message)


def test_a_problem_is_carried_whole():
    made = KIND.at(Place(row=3, column="age"), file="a.csv", value="red", count=2, kind=INNER, allowed="blue")
    found = problem_carried(json.loads(json.dumps(made.carried())))
    assert found == made
    assert (found.message.template, found.place) == (made.message.template, made.place)
    assert made.as_dict()["message"] == str(made.message)


def test_a_place_is_in_words():
    assert Place(sheet="List", row=3, column="age").words() == "sheet List, row 3, column age"
    assert Place().words() == ""
