"""From parsed files to a framework: inheritance, languages, conditions by name, digests, and nothing raised."""

import copy
from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveline.domain.framework import Certainty, Condition, RatingRule, Text
from aboveline.domain.framework_reader import digest_of, read_framework_documents
from aboveline.exchange.yaml_reader import read_yaml
from tests.framework_builders import THREE_QUESTIONS


@dataclass
class Parsed:
    tree: object
    lines: dict = field(default_factory=dict)


TREES = {
    path.name: read_yaml(path.read_bytes(), file=path.name).expect().tree for path in THREE_QUESTIONS.glob("*.yaml")
}


def documents(**trees: object) -> dict[str, Parsed]:
    """The small framework's files, some replaced: `manifest=...` stands for manifest.yaml."""
    given = {f"{name.replace('_', '-')}.yaml": tree for name, tree in trees.items()}
    return {name: Parsed(copy.deepcopy(tree)) for name, tree in {**TREES, **given}.items()}


def changed(file: str, *path: str | int, to: object) -> dict[str, Parsed]:
    found = documents()
    inner = found[file].tree
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return found


def test_a_warning_leaves_the_value():
    extra = {"words": "never named", "all": [{"custody": ["no"]}]}
    checked = read_framework_documents(changed("facts.yaml", "conditions", "extra", to=extra))
    assert [p.code for p in checked.problems] == ["framework.unused-condition"]
    assert checked.ok


def test_a_question_takes_its_source_from_the_nearest_above():
    own = {"text": "a report", "certainty": "seen"}
    at = ("section-1.yaml", "criteria", 0, "questions", 0, "source")
    questions = read_framework_documents(changed(*at, to=own)).expect().questions
    assert [q.source.certainty for q in questions] == [Certainty.SEEN, Certainty.OWN, Certainty.OWN]
    at = ("section-1.yaml", "criteria", 0, "source")
    questions = read_framework_documents(changed(*at, to=own)).expect().questions
    assert [q.source.certainty for q in questions] == [Certainty.SEEN, Certainty.SEEN, Certainty.OWN]


def test_a_question_without_any_source_is_refused():
    found = documents()
    del found["section-1.yaml"].tree["source"]
    assert {p.code for p in read_framework_documents(found).problems} == {"framework.missing-key"}


def test_welsh_is_kept_and_english_is_required():
    assert read_framework_documents(documents()).expect().title == Text("Three questions", "Tri chwestiwn")
    problems = read_framework_documents(changed("manifest.yaml", "title", to={"cy": "Tri chwestiwn"})).problems
    assert [(p.code, p.place.path) for p in problems] == [("framework.missing-key", "title")]


def test_several_conditions_must_all_hold_and_their_words_join():
    facts = copy.deepcopy(TREES["facts.yaml"])
    facts["conditions"]["either"] = {"words": "anything at all", "all": [{"custody": ["yes", "no"]}]}
    section = copy.deepcopy(TREES["section-1.yaml"])
    section["criteria"][0]["questions"][1]["applies"] = ["custody", "either", "custody"]
    framework = read_framework_documents(documents(facts=facts, section_1=section)).expect()
    yes, both = frozenset({"yes"}), frozenset({"yes", "no"})
    words = Text("the child was in custody; and anything at all; and the child was in custody")
    assert framework.questions[1].applies == Condition(((("custody", yes),), (("custody", both),)), words)


def test_section_files_come_in_the_order_of_their_names():
    second = {**copy.deepcopy(TREES["section-1.yaml"]), "id": "2"}
    for criterion in second["criteria"]:
        criterion["id"] = criterion["id"].replace("1.", "2.", 1)
        for question in criterion["questions"]:
            question["id"] = question["id"].replace("Q1", "Q2")
    found = dict(reversed(documents(section_2=second).items()))
    assert [s.id for s in read_framework_documents(found).expect().sections] == ["1", "2"]


def test_the_digest_changes_with_a_word_and_not_with_the_order_of_keys():
    first = digest_of(documents())
    shuffled = {name: Parsed(dict(reversed(tree.items()))) for name, tree in TREES.items()}
    assert digest_of(shuffled) == first
    assert digest_of(changed("manifest.yaml", "band_word", to="grade")) != first
    assert digest_of(changed("manifest.yaml", "review_by", to=date(2028, 1, 1))) != first
    assert read_framework_documents(documents()).expect().digest == first


@pytest.mark.parametrize("id", ["Q1 1", "Q1/1", "Q1\n", "-Q1", "Q" * 61, "é"])
def test_an_id_is_short_and_plain(id):
    problems = read_framework_documents(changed("section-1.yaml", "id", to=id)).problems
    assert [p.code for p in problems] == ["framework.bad-id"]


@pytest.mark.parametrize(
    ("file", "path"),
    [("manifest.yaml", ("programme_areas",)), ("orders.yaml", ("sample", "reserve_share"))],
)
def test_true_is_not_a_number(file, path):
    problems = read_framework_documents(changed(file, *path, to=True)).problems
    assert [(p.code, p.value) for p in problems] == [("framework.wrong-type", "True")]


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.dates(),
    st.just([]),
    st.just({}),
    st.just([{}]),
    st.just({"id": []}),
)


def paths(tree: object, at: tuple = ()):
    steps = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for step, inner in steps:
        yield (*at, step)
        yield from paths(inner, (*at, step))


EVERYWHERE = [(name, *path) for name, tree in TREES.items() for path in paths(tree)]
#: what a framework need not have: how it rates, prompts, an order's own window
SPARE = {
    "manifest.yaml": {"rating": {"criteria": "pooled_share", "source": {"text": "made up", "certainty": "own"}}},
    "section-1.yaml": {
        "criteria": {0: {"questions": {0: {"prompts": ["Was it read?", {"en": "Why?", "cy": "Pam?"}]}}}}
    },
    "orders.yaml": {
        "order_types": {
            0: {
                "eligibility": {
                    "start_months_min": 3,
                    "start_months_max": 5,
                    "source": {"text": "made up", "certainty": "own"},
                }
            }
        }
    },
}


def spare_documents() -> dict[str, Parsed]:
    """The small framework's files with everything in `SPARE` put in."""

    def put(into, spare):
        for step, value in spare.items():
            if isinstance(step, int) or step in into:
                put(into[step], value)
            else:
                into[step] = copy.deepcopy(value)

    found = documents()
    for name, spare in SPARE.items():
        put(found[name].tree, spare)
    return found


def test_a_framework_may_say_how_it_rates_prompt_and_give_an_order_its_window():
    framework = read_framework_documents(spare_documents()).expect()
    assert framework.rating.rule is framework.rating_rule is RatingRule.POOLED_SHARE
    assert framework.questions[0].prompts == (Text("Was it read?"), Text("Why?", "Pam?"))
    order, other = framework.order_types[:2]
    assert (framework.eligibility_of(order).start_months_max, framework.eligibility_of(other).start_months_max) == (
        5,
        12,
    )


SPARE_PATHS = [(name, *path) for name, doc in spare_documents().items() for path in paths(doc.tree)]


@given(st.sampled_from([path for path in SPARE_PATHS if path not in EVERYWHERE]), JUNK)
def test_nothing_put_in_place_of_what_is_optional_raises(place, junk):
    found = spare_documents()
    inner = found[place[0]].tree
    for step in place[1:-1]:
        inner = inner[step]
    inner[place[-1]] = junk
    checked = read_framework_documents(found)
    assert checked.ok == (not checked.errors)


@given(st.sampled_from(EVERYWHERE), JUNK)
def test_nothing_put_anywhere_raises(place, junk):
    checked = read_framework_documents(changed(*place, to=junk))
    assert checked.ok == (not checked.errors)


@pytest.mark.parametrize("place", EVERYWHERE, ids=lambda place: ".".join(map(str, place)))
def test_a_key_that_does_not_belong_is_refused_wherever_it_stands(place):
    found = documents()
    inner = found[place[0]].tree
    for step in place[1:]:
        inner = inner[step]
    if not isinstance(inner, dict) or place[-1] == "conditions":
        return
    inner["zzz"] = ["yes"]
    assert read_framework_documents(found).errors
