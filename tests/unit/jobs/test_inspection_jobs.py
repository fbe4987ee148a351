"""What pages ask of an inspection: scores never stale, progress by the facts of a case, what a save settles."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from aboveline.domain.applicability import CASE_FACTS, Given
from aboveline.domain.comparator import Basis
from aboveline.domain.judgement import Answer, Judgement
from aboveline.jobs import inspections as jobs
from aboveline.jobs.assessing import Sent, SentAnswer, SentFinding, settle_case
from aboveline.jobs.drawing import seed_of
from aboveline.jobs.inspections import comparison_of, progress_of, scores_of, settled
from aboveline.jobs.judgement_import import _change
from aboveline.jobs.service_report_figures import RecordFigures, reference_to
from aboveline.jobs.service_report_start import figures_of
from aboveline.records.actions.assessments import AnswerChange, FindingChange, import_answers, save_assessment
from aboveline.records.models import CaseFinding, User
from aboveline.records.models import Judgement as JudgementRow
from tests.builders import a_framework
from tests.inspection_builders import a_judged_inspection, a_pair, judged, with_cases
from tests.records_builders import a_draw, a_service, a_user, an_inspection

FRAMEWORK = a_framework()


@pytest.fixture
def by(db):
    cache.clear()
    return a_user()


def answer(case, by, given="sufficient", question="Q1.1.1"):
    import_answers(case=case, answers=[AnswerChange(question, given, 0)], by=by)


class TestScores:
    def test_a_judgement_saved_shows_at_once(self, by):
        inspection = with_cases(an_inspection(), by, 3)
        assert scores_of(inspection).scores.cases == 0
        answer(inspection.cases.first(), by)
        assert scores_of(inspection).scores.question_by_id["Q1.1.1"].sufficient == 1
        answer(inspection.cases.first(), by, "insufficient")
        assert scores_of(inspection).scores.question_by_id["Q1.1.1"].sufficient == 0

    def test_what_has_not_changed_is_scored_once(self, by, monkeypatch):
        inspection = judged(with_cases(an_inspection(), by, 2), by)
        first = scores_of(inspection)
        monkeypatch.setattr(jobs, "_score", lambda *_args: pytest.fail("it was scored again"))
        assert scores_of(inspection).scores == first.scores

    def test_a_draw_changes_the_scores_that_are_kept(self, by):
        inspection = with_cases(an_inspection(), by, 3)
        case = inspection.cases.last()
        scores_of(inspection)
        a_draw(inspection, by, size=2)
        answer(case, by)
        assert scores_of(inspection).scores.cases == 0

    @pytest.mark.parametrize(("size", "known"), [(None, None), (2, None), (3, 3), (9, 9), (0, None)])
    def test_a_caseload_smaller_than_its_sample_is_unknown(self, by, size, known):
        inspection = judged(with_cases(an_inspection(), by, 3), by, questions=2)
        inspection.caseload_size = size
        assert scores_of(inspection).scores.caseload_size == known

    def test_scores_are_settled_once_every_case_is_begun(self, by):
        inspection = with_cases(an_inspection(), by, 2)
        first, second = inspection.cases.all()
        assert not settled(scores_of(inspection))
        answer(first, by)
        assert not settled(scores_of(inspection))
        answer(second, by)
        assert settled(scores_of(inspection))

    def test_a_comparison_is_as_at_a_day_and_on_a_basis(self, by):
        scored = scores_of(a_judged_inspection(by, a_service(area="Sefton"), cases=3))
        found = comparison_of(scored, date(2011, 1, 18), Basis.ROWS)
        assert (found.area, found.comparator.as_at, found.comparator.basis) == ("Sefton", date(2011, 1, 18), Basis.ROWS)
        assert comparison_of(scored, date(2011, 1, 18)).comparator.basis is Basis.PRINTED


class TestProgress:
    def test_a_question_the_facts_rule_out_is_not_outstanding(self, by):
        inspection = with_cases(an_inspection(), by, 1)
        case = inspection.cases.get()
        framework = jobs.framework_of(inspection)
        before = progress_of(inspection, framework)
        assert (before.outstanding, before.finished, before.complete) == (len(framework.questions), 0, False)
        save_assessment(case=case, answers=[], findings=[FindingChange("custody", "none", 0)], key="k", by=by)
        assert progress_of(inspection, framework).outstanding < before.outstanding

    def test_answers_count_and_what_was_taken_back_does_not(self, by):
        inspection = with_cases(an_inspection(), by, 2)
        answer(inspection.cases.first(), by)
        framework = jobs.framework_of(inspection)
        assert [case.answered for case in progress_of(inspection, framework).cases] == [1, 0]
        answer(inspection.cases.first(), by, "not_answered")
        assert [case.answered for case in progress_of(inspection, framework).cases] == [0, 0]

    def test_what_is_answered_is_not_outstanding_in_a_case_half_done(self, by):
        inspection = judged(with_cases(an_inspection(), by, 3), by, cases=2, questions=90)
        answer(inspection.cases.first(), by, "not_answered")
        framework = jobs.framework_of(inspection)
        progress = progress_of(inspection, framework)
        assert [case.answered for case in progress.cases] == [89, 90, 0]
        assert [case.outstanding for case in progress.cases] == [3, 2, len(framework.questions)]

    def test_an_inspection_is_complete_when_each_of_its_cases_is(self, by):
        inspection = judged(with_cases(an_inspection(), by, 2), by)
        progress = progress_of(inspection, jobs.framework_of(inspection))
        assert (progress.complete, progress.finished, progress.outstanding) == (True, 2, 0)
        assert not jobs.Progress(()).complete


def stored(given="sufficient", version=2, **more):
    return JudgementRow(answer=given, version=version, author=User(), **more)


class TestSettle:
    """1.1.2 applies only where there is a victim."""

    FACTED = replace(FRAMEWORK, case_facts=jobs.load_framework("cci-2009").case_facts)

    def settle(self, sent, answers=(), findings=()):
        return settle_case(self.FACTED, sent, dict(answers), dict(findings))

    def changes(self, *args, **kwargs):
        return {c.question: (c.answer, c.expected_version) for c in self.settle(*args, **kwargs).answers}

    def test_an_answer_sent_is_written_on_the_version_it_was_seen(self):
        sent = Sent(answers={"1.1.1": SentAnswer(Given(Answer.SUFFICIENT), 4)})
        assert self.changes(sent) == {"1.1.1": ("sufficient", 4)}

    def test_an_answer_that_is_stored_already_is_not_written(self):
        sent = Sent(answers={"1.1.1": SentAnswer(Given(Answer.SUFFICIENT), 1)})
        assert self.changes(sent, {"1.1.1": stored()}) == {}

    def test_a_wrong_answer_is_named_and_the_rest_goes_on(self):
        sent = Sent(
            answers={
                "1.1.1": SentAnswer(Given(Answer.NOT_APPLICABLE, "made up"), 0),
                "1.2.1": SentAnswer(Given(Answer.SUFFICIENT), 0),
            }
        )
        assert self.changes(sent) == {"1.2.1": ("sufficient", 0)}
        (problem,) = self.settle(sent).told["problems"]
        assert problem["place"]["path"] == "1.1.1"

    def test_a_fact_that_is_none_is_named_and_changes_nothing(self):
        found = self.settle(Sent(findings={"mappa": SentFinding("made up", 0)}))
        assert found.findings == []
        assert len(found.told["problems"]) == 1

    @pytest.mark.parametrize(("version", "by_rule"), [(2, {"1.1.2": ("not_applicable", 5)}), (1, {})])
    def test_facts_rule_out_only_where_they_will_stand(self, version, by_rule):
        """A fact sent against an older version waits for a person; the newer one decides meanwhile."""
        findings = {"victim": CaseFinding(option="yes", version=2)}
        framework = jobs.load_framework("cci-2009")
        fact = replace(framework.case_facts[0], id="victim", options=tuple(
            replace(framework.case_facts[0].options[0], id=option) for option in ("yes", "no")
        ))  # fmt: skip
        facted = replace(FRAMEWORK, case_facts=(fact,))
        answers = {"1.1.2": stored("not_answered", 5)}
        found = settle_case(facted, Sent(findings={"victim": SentFinding("no", version)}), answers, findings)
        assert {c.question: (c.answer, c.expected_version) for c in found.answers} == by_rule
        assert {c.reason for c in found.answers} <= {CASE_FACTS}
        assert [(c.fact, c.option, c.expected_version) for c in found.findings] == [("victim", "no", version)]


BEFORE = SimpleNamespace(answer="insufficient", reason="", note="old", improvement="more", version=3)
RULED = SimpleNamespace(answer="not_applicable", reason="too_early", note="", improvement="", version=1)


@pytest.mark.parametrize(
    ("given", "note", "before", "what", "change"),
    [
        (Answer.NOT_ANSWERED, "", None, "blank", None),
        (Answer.NOT_ANSWERED, "n", None, "new", ("not_answered", 0, "", "n", "")),
        (Answer.SUFFICIENT, "n", None, "new", ("sufficient", 0, "", "n", "")),
        (Answer.INSUFFICIENT, "old", BEFORE, "same", None),
        (Answer.INSUFFICIENT, "", BEFORE, "same", None),
        (Answer.NOT_ANSWERED, "", BEFORE, "kept", None),
        (Answer.SUFFICIENT, "", BEFORE, "replaced", ("sufficient", 3, "", "old", "more")),
        (Answer.NOT_ANSWERED, "new", BEFORE, "replaced", ("insufficient", 3, "", "new", "more")),
        (Answer.NOT_APPLICABLE, "n", RULED, "replaced", ("not_applicable", 1, "too_early", "n", "")),
        (Answer.SUFFICIENT, "", RULED, "replaced", ("sufficient", 1, "", "", "")),
    ],
)
def test_what_a_row_of_a_file_changes(given, note, before, what, change):
    made, tally = _change(Judgement("C1", "Q1.1.1", given, note=note), before)
    assert tally == what
    found = made and (made.answer, made.expected_version, made.reason, made.note, made.improvement)
    assert found == change


def test_a_later_draw_has_a_seed_that_follows_from_the_first():
    inspection = SimpleNamespace(seed="abc")
    assert [seed_of(inspection, ordinal) for ordinal in (1, 2, 3)] == ["abc", "abc-2", "abc-3"]


class TestFigures:
    def test_an_inspection_has_its_own_the_first_ones_and_what_was_published_by_then(self, by):
        first, second = a_pair(by, a_service(area="Sefton"), cases=2)
        found = figures_of(second)
        assert found["scores"]["inspection"] == reference_to(second)
        assert found["original"]["inspection"] == reference_to(first)
        assert found["comparator"]["set"] == "printed:cci-2009@2011-01-18"
        assert set(figures_of(first)) == {"scores", "comparator"}

    def test_each_set_is_bound_to_what_it_is_now(self, by):
        _, second = a_pair(by, a_service(area="Sefton"), cases=2)
        source = RecordFigures(second.service)
        found = figures_of(second)
        own = source.scores(found["scores"]["inspection"])
        assert found["scores"]["digest"] == own.source_digest
        comparator = source.comparator(found["comparator"]["set"], own)
        assert found["comparator"]["digest"] == comparator.source_digest
