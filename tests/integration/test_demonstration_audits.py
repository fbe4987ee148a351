"""The year of monthly audits in the demonstration: enough rounds for the rules of a run chart, and of what they are."""

from datetime import date

import pytest
from django.test import TestCase

from aboveline.domain.rounds import RoundScore, history
from aboveline.jobs.demonstration.audits import ASKED, CASES, ROUNDS, SLUG, hold_audits
from aboveline.jobs.inspections import scores_of, settled
from aboveline.records.queries.arranging import first_readers
from aboveline.records.queries.people import managed_case_numbers
from aboveline.records.queries.rounds import audits_at, feedback_given
from aboveline.records.queries.services import service_by_slug
from tests.records_builders import PASSWORD, a_user

pytestmark = pytest.mark.django_db


class TestAudits(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.by = a_user()
        hold_audits(cls.by, PASSWORD, date(2026, 11, 23))
        cls.service = service_by_slug(SLUG)
        cls.rounds = list(audits_at(cls.service))

    def test_a_round_a_month_the_last_still_going_on(self):
        assert [f"{one.held_on:%Y-%m}" for one in self.rounds][:2] == ["2026-10", "2026-09"]
        assert len(self.rounds) == ROUNDS
        assert [settled(scores_of(one)) for one in self.rounds] == [False, *[True] * (ROUNDS - 1)]

    def test_each_asks_the_short_set_of_eight_cases(self):
        for one in self.rounds[1:]:
            scores = scores_of(one).scores
            assert scores.cases == CASES
            assert scores.questions_asked == set(ASKED.question_ids)

    def test_the_history_has_enough_rounds_to_be_read(self):
        scored = [scores_of(one) for one in self.rounds[1:]]
        told = history(RoundScore.of(one.inspection.held_on, one.scores, one.scores.themes[0]) for one in scored)
        assert told.reading is not None
        assert told.other_series == 0

    def test_nobody_has_a_case_they_manage_and_every_earlier_round_had_its_feedback(self):
        for one in self.rounds:
            for number, readers in first_readers(one).items():
                assert all(number not in managed_case_numbers(row.assessor, one) for row in readers)
        assert [len(feedback_given(one)) for one in self.rounds] == [0, *[2] * (ROUNDS - 1)]

    def test_a_second_time_nothing_is_added(self):
        hold_audits(self.by, PASSWORD, date(2026, 11, 23))
        assert audits_at(self.service).count() == ROUNDS
