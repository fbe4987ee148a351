"""The form with holes: filled with what a case has, and nothing else."""

import pytest
from django.utils import translation

from aboveline.exchange.frameworks import load_framework
from aboveline.web.presenters.case_form_stencil import Stencil, mark, stencil_of
from tests.builders import a_criterion, a_framework, a_question, a_section

CCI = load_framework("cci-2009")


def test_each_hole_takes_its_value_and_others_stay_empty():
    stencil = Stencil(f"<a>{mark('Q1', 'note')}</a><b>{mark('Q2', 'note')}</b>")
    assert stencil.fill({"Q1.note": "x", "elsewhere": "y"}) == "<a>x</a><b></b>"
    assert stencil.fill({}) == "<a></a><b></b>"


def test_a_value_that_looks_like_a_hole_is_only_text():
    stencil = Stencil(f"{mark('a')}{mark('b')}")
    assert stencil.fill({"a": str(mark("b")), "b": "x"}) == f"{mark('b')}x"


def test_every_question_and_fact_of_the_framework_is_there():
    names = stencil_of(CCI).names
    for question in CCI.questions:
        assert f"{question.id}.seen" in names
        assert f"{question.id}.answer.insufficient" in names
    for fact in CCI.case_facts:
        assert f"fact-{fact.id}.seen" in names
        assert {f"fact-{fact.id}.option.{option}" for option in fact.option_ids} <= set(names)


def test_it_is_drawn_once_for_a_framework_and_language():
    assert stencil_of(CCI) is stencil_of(CCI)
    with translation.override("cy"):
        welsh = stencil_of(CCI)
    assert welsh is not stencil_of(CCI)


@pytest.mark.parametrize("hostile", ["<script>x</script>", '" onclick="x', "{% now 'Y' %}", "[0:note]"])
def test_a_framework_s_words_are_only_words(hostile):
    question = a_question("Q1")
    object.__setattr__(question.text, "en", hostile)
    framework = a_framework([a_section("1", a_criterion("1.1", question))], id_=f"hostile-{hash(hostile)}")
    drawn = stencil_of(framework).fill({})
    assert "<script>x" not in drawn
    assert 'onclick="x' not in drawn
    assert "Q1" in drawn
