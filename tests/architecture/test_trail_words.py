"""Every verb that is recorded has words a person can read on the trail."""

import re

from aboveline.web.presenters.trail import VERBS
from tests.architecture.source import Module, modules

RECORDED = re.compile(r'(?:Happened\(\s*|verb: str = |verb = |else )"([a-z_]+\.[a-z_.]+|signed_in)"')
#: recorded with the model's own name: see records/actions/assessments.py
BY_MODEL = {"casefinding.saved", "judgement.saved", "secondfinding.saved", "secondjudgement.saved"}


def recorded(found: list[Module]) -> set[str]:
    return {verb for m in found if m.package == "records" for verb in RECORDED.findall(m.text)} | BY_MODEL


def test_every_recorded_verb_has_words():
    assert len(recorded(modules())) > 20
    assert recorded(modules()) - set(VERBS) == set()


def test_no_words_for_a_verb_nobody_records():
    assert set(VERBS) - recorded(modules()) == set()


def test_control_a_verb_without_words_is_named():
    planted = Module("records.actions.planted", 'record([Happened("thing.done", thing)], by=by)')
    assert recorded([planted]) - set(VERBS) == {"thing.done"}
