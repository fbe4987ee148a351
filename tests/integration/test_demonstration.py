"""The demonstration as loaded: made by the code of a user, whole or not at all, and what its pages rest on.

A Django test case, because it loads once for the whole class.
"""

import re
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.test import TestCase

from aboveline.domain.comparator import Basis
from aboveline.domain.judgement import Answer
from aboveline.domain.timetable import StepState
from aboveline.exchange.calendars import load_calendar
from aboveline.exchange.demonstration import demonstration_plan
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs import demonstration
from aboveline.jobs.demonstration import PASSWORD, SIGN_IN, load_demonstration
from aboveline.jobs.demonstration.judgements import CannotReach
from aboveline.jobs.demonstration.week import first_day
from aboveline.jobs.drawing import check_recorded
from aboveline.jobs.inspections import change_between, comparison_of, progress_of, scores_of
from aboveline.jobs.planning import week_of
from aboveline.jobs.service_reports import look_at
from aboveline.records import audit
from aboveline.records.models import AuditEvent, Conflict, Inspection, Judgement, Role, User
from aboveline.records.queries.arranging import first_readers, interviews_in, sampled_numbers
from aboveline.records.queries.inspections import draw_in_force, inspections_at, sampled_cases
from aboveline.records.queries.people import roles_in
from aboveline.records.queries.planning import requests_of
from aboveline.records.queries.services import service_by_slug

FRAMEWORK = load_framework("cci-2009")
PLANS = demonstration_plan().inspections


def another_plan(**changes):
    """The same plan for another service and other people, beside the one loaded."""
    plan = demonstration_plan()
    people = tuple(p.model_copy(update={"email": "another." + p.email}) for p in plan.people)
    service = plan.service.model_copy(update={"slug": "another"})
    return plan.model_copy(update={"service": service, "people": people, **changes})


def everything_judged(inspection: Inspection) -> list[tuple[str, ...]]:
    rows = Judgement.objects.filter(assessment__case__inspection=inspection)
    fields = ("assessment__case__number", "question", "answer", "reason", "note", "improvement")
    return sorted(rows.values_list(*fields))


class TestLoaded(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.said: list[str] = []
        assert not demonstration.demonstration_is_loaded()
        load_demonstration(say=cls.said.append)
        cls.service = service_by_slug("demonstration")
        cls.second, cls.first = inspections_at(cls.service)
        cls.both = (cls.first, cls.second)

    def test_it_says_what_it_does(self):
        assert [line.split(":")[0].strip() for line in self.said[:2]] == ["June 2009", "September 2010"]

    def test_service_and_inspections_are_marked_as_made_up(self):
        assert self.service.synthetic
        assert "Demonstration" in self.service.name
        assert all(inspection.synthetic for inspection in self.both)

    def test_the_second_is_the_re_inspection_of_the_first(self):
        assert [i.kind for i in self.both] == ["core", "reinspection"]
        assert self.second.original == self.first
        assert [f"{i.held_on:%B %Y}" for i in self.both] == ["June 2009", "September 2010"]
        assert self.second.first_plan == Inspection.FirstPlan.CARRIED_OUT

    def test_headline_scores_are_the_published_ones(self):
        for inspection, percents, cases in ((self.first, [38, 36, 50], 40), (self.second, [75, 70, 81], 38)):
            scores = scores_of(inspection).scores
            assert [theme.percent for theme in scores.themes] == percents
            assert scores.cases == cases
            assert all(theme.interval.low < theme.share < theme.interval.high for theme in scores.themes)

    def test_seven_of_eight_criteria_needed_substantial_or_drastic_improvement(self):
        bands = [criterion.band.id for criterion in scores_of(self.first).scores.criteria]
        assert sum(band in {"substantial", "drastic"} for band in bands) == 7

    def test_every_theme_is_better_and_says_so(self):
        change = change_between(*(scores_of(inspection) for inspection in self.both))
        assert {theme.verdict for theme in change.themes} == {"better"}

    def test_comparators_are_there_as_at_publication(self):
        compared = comparison_of(scores_of(self.second), self.second.published_on, Basis.PRINTED)
        found = [(t.lowest.percent, t.highest.percent, t.average.percent) for t in compared.themes]
        assert found == [(38, 91, 67), (36, 85, 62), (50, 87, 69)]

    def test_every_case_is_complete(self):
        assert all(progress_of(inspection, FRAMEWORK).complete for inspection in self.both)

    def test_anyone_can_draw_the_samples_again(self):
        for inspection, plan in zip(self.both, PLANS, strict=True):
            assert check_recorded(draw_in_force(inspection), FRAMEWORK).problems == ()
            assert inspection.cases.count() == plan.listed
            assert inspection.caseload_size == inspection.cases.filter(not_eligible="").count() < plan.listed

    def test_one_case_was_replaced_by_the_first_reserve_with_its_reason(self):
        first, second = (draw_in_force(inspection) for inspection in self.both)
        assert not first.drawn.filter(place="replaced").exists()
        replaced = second.drawn.get(place="replaced")
        assert (replaced.reason, replaced.replaced_by.place) == ("transferred", "sample")
        assert replaced.note
        assert not hasattr(replaced.case, "assessment")

    def test_judged_cases_are_those_of_the_sample_each_by_one_assessor(self):
        for inspection in self.both:
            judged = inspection.cases.filter(assessment__isnull=False)
            assert set(judged) == set(sampled_cases(inspection))
            assert judged.values("assessment__assessor").distinct().count() == 4

    def test_insufficient_work_is_explained_for_the_most_part(self):
        weak = Judgement.objects.filter(answer=Answer.INSUFFICIENT)
        assert 0.6 < weak.exclude(note="").count() / weak.count() < 0.95
        assert weak.exclude(note="").values("note").distinct().count() > 100

    def test_what_the_facts_rule_out_is_recorded_as_such_and_the_rest_has_a_reason(self):
        left_out = Judgement.objects.filter(answer=Answer.NOT_APPLICABLE)
        by_facts = left_out.filter(reason="case_facts").count()
        assert 0 < left_out.count() - by_facts < 0.1 * by_facts
        assert not left_out.filter(reason="").exists()

    def test_the_person_to_sign_in_as_is_the_quality_manager(self):
        user = User.objects.get(email=SIGN_IN)
        assert user.check_password(PASSWORD)
        assert roles_in(user, self.second) == {Role.QUALITY_MANAGER}

    def test_every_role_of_a_week_is_held_by_a_post_at_an_address_that_cannot_exist(self):
        users = User.objects.all()
        held = {role for user in users for one in Inspection.objects.all() for role in roles_in(user, one)}
        assert held >= set(Role) - {Role.ANALYST, Role.MONITOR}
        assert all(user.email.endswith("@example.org") for user in users)
        assert all(re.fullmatch(r"[A-Z][a-z]+( [A-Za-z]+)*", user.name) for user in users)

    def test_the_audit_chain_is_sound_and_names_who_did_what(self):
        assert audit.verify().sound
        nameless = set(AuditEvent.objects.filter(actor=None).values_list("verb", flat=True))
        assert nameless == {"user.added"}

    def test_its_committee_report_may_be_made_and_rests_on_both_inspections(self):
        looked = look_at(self.service.reports.get().document, self.service)
        assert looked.may_be_made
        figures = looked.built.figures
        assert figures.scores.reference == f"inspection:{self.second.pk}"
        assert figures.original.reference == f"inspection:{self.first.pk}"
        assert {score.theme: score.percent for score in figures.scores.scores} == dict(PLANS[1].themes)
        assert "Made-up cases" in figures.scores.source
        assert {row.lowest for row in figures.comparator.comparators} == {38, 36, 50}

    def test_a_week_is_going_on_at_a_neighbouring_service(self):
        week = Inspection.objects.get(service__slug="neighbour", kind="reinspection")
        assert week.stage == "fieldwork"
        assert week.held_on.weekday() == 0 or not load_calendar().is_working_day(week.held_on - timedelta(1))
        assert set(first_readers(week)) == set(sampled_numbers(week))
        apart = Conflict.objects.get(case__inspection=week)
        assert first_readers(week)[apart.case.number][0].assessor != apart.user
        assert len(interviews_in(week)) == 24
        assert [one.open for one in requests_of(week)] == [True]
        assert not any(one.state == StepState.LATE for one in week_of(week, week.held_on).steps)

    def test_outside_the_calendar_the_week_begins_on_the_day_given_for_it(self):
        planned = demonstration_plan().week
        assert first_day(planned, date(2031, 5, 7)) == planned.otherwise_on
        assert first_day(planned, date(2026, 11, 26)) == date(2026, 11, 23)
        assert first_day(planned, date(2026, 12, 29)) == date(2026, 12, 29), "Monday 28 December is a holiday"

    def test_loading_it_again_does_nothing(self):
        before = AuditEvent.objects.count()
        load_demonstration(say=self.said.append)
        assert AuditEvent.objects.count() == before

    def test_it_is_the_same_under_another_secret(self):
        """Case numbers come from a keyed hash; what is shown of each number must not depend on the key."""
        only_first = another_plan(inspections=PLANS[:1])
        with (
            self.settings(SECRET_KEY="another-secret-" + "y" * 40),
            patch.object(demonstration, "demonstration_plan", return_value=only_first),
        ):
            load_demonstration(say=str)
        other = inspections_at(service_by_slug("another")).get()
        assert len(everything_judged(other)) == 40 * len(FRAMEWORK.questions)
        assert everything_judged(other) == everything_judged(self.first)
        assert draw_in_force(other).certificate["sample"] == draw_in_force(self.first).certificate["sample"]

    def test_stopped_half_way_it_leaves_nothing_behind(self):
        before = AuditEvent.objects.count(), Inspection.objects.count()
        broken = another_plan(
            inspections=(PLANS[1].model_copy(update={"kind": "core", "themes": {"safeguarding": 99}}),)
        )
        with (
            patch.object(demonstration, "demonstration_plan", return_value=broken),
            pytest.raises(CannotReach),
        ):
            load_demonstration(say=str)
        assert (AuditEvent.objects.count(), Inspection.objects.count()) == before
        assert service_by_slug("another") is None
        assert audit.verify().sound
