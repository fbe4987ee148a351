"""Second reads over HTTP: chosen, read blind, handed in, set side by side, settled, and scored."""

from itertools import count

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aboveline.domain.signing import Part
from aboveline.domain.workflow import Stage
from aboveline.jobs.agreement import reliability_of
from aboveline.jobs.allocating import proposed as proposed_readers
from aboveline.jobs.allocating import put_on_record, sharing_of
from aboveline.jobs.inspections import computed_scores_of, framework_of, scores_of
from aboveline.jobs.second_reading import NOT_FINISHED, NOT_SETTLED, AgreedRecord, agreed_record, unsettled_reads
from aboveline.records.actions.allocation import CannotHold, allocate, end_allocation
from aboveline.records.actions.assessments import AnswerChange, save_assessment
from aboveline.records.actions.draws import replace_case
from aboveline.records.actions.moderation import propose_override
from aboveline.records.models import (
    Adjudication,
    AuditEvent,
    Inspection,
    Judgement,
    Role,
    SecondJudgement,
    SecondRead,
    SecondReadChoice,
    SignOff,
)
from aboveline.records.queries.inspections import judgements_of
from aboveline.records.queries.signing import authored_parts
from aboveline.web.policies import Action, within_reach
from tests.inspection_builders import with_cases
from tests.integration.web.test_assessments import fields_of
from tests.records_builders import a_draw, a_programme, a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
QUESTION = "Q1.1.1"
KEYS = count()


class Week:
    """An inspection by a programme: a lead, two inspectors and a local assessor; Ann reads every case first."""

    def __init__(self, cases=3, run_by_the_service=False):
        self.service = a_service()
        self.inspection = an_inspection(self.service, programme=None if run_by_the_service else a_programme())
        self.lead = in_team(a_user("Lena Lead"), self.inspection, Role.LEAD_INSPECTOR)
        with_cases(self.inspection, self.lead, cases)
        self.ann = in_team(a_user("Ann"), self.inspection)
        self.bob = in_team(a_user("Bob"), self.inspection)
        self.local = in_team(a_user("Lou Local"), self.inspection, Role.LOCAL_ASSESSOR)
        for case in self.inspection.cases.all():
            allocate(case=case, assessor=self.ann, by=self.lead)
        self.framework = framework_of(self.inspection)

    def case(self, number="C001"):
        return self.inspection.cases.get(number=number)

    def address(self, name, *more):
        return reverse(name, args=[self.inspection.pk, *more])

    def get(self, user, name, *more, query=""):
        return browser(user).get(self.address(name, *more) + query)

    def post(self, user, name, *more, **values):
        return browser(user).post(self.address(name, *more), {"key": str(next(KEYS)), **values})

    def give(self, reader, number="C001"):
        answer = self.post(self.lead, "give-second-read", number=number, reader=reader.pk)
        assert answer.status_code == 302
        return SecondRead.objects.get(case__number=number, allocation__ended_at=None)

    def first(self, answer="sufficient", number="C001", **changes):
        rows = {row.question: row.version for row in Judgement.objects.filter(assessment__case=self.case(number))}
        wanted = {question.id: answer for question in self.framework.questions} | changes
        answers = [AnswerChange(q, given, rows.get(q, 0)) for q, given in wanted.items()]
        save_assessment(case=self.case(number), answers=answers, findings=[], key=f"first {next(KEYS)}", by=self.ann)

    def second(self, reader, number="C001", **changes):
        """Fill the form in as a browser without scripts does, all sufficient but for the changes, and hand it in."""
        browser_of = browser(reader)
        fields = fields_of(browser_of.get(self.address("second-read", number)))
        for question in self.framework.questions:
            fields[f"{question.id}-answer"] = changes.get(question.id, "sufficient")
        answer = browser_of.post(self.address("second-read", number), fields)
        assert answer.status_code == 303, answer.content.decode()[:3000]
        return browser_of.post(self.address("submit-second-read", number), {"key": "in"})

    def differ(self, number="C001"):
        """Ann and Bob agree on all but one question."""
        read = self.give(self.bob, number)
        self.first(number=number)
        assert self.second(self.bob, number, **{QUESTION: "insufficient"}).status_code == 302
        read.refresh_from_db()
        return read

    def settle(self, user=None, outcome="second", version=0, question=QUESTION, **more):
        values = {"outcome": outcome, "reason": "The plan was signed late", "version": version, **more}
        return self.post(user or self.lead, "settle", "C001", question, **values)

    def agreed(self, question=QUESTION):
        return next(j.answer for j in judgements_of(self.inspection).judgements if j.question == question)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def week():
    return Week()


class TestChoosing:
    def test_the_seed_chooses_once_and_every_case_gets_a_reader_who_is_blind(self, week):
        assert week.post(week.lead, "choose-second-reads", percent=100).status_code == 302
        reads = SecondRead.objects.all()
        assert {read.case.number for read in reads} == {"C001", "C002", "C003"}
        assert {read.reader for read in reads} <= {week.bob, week.local}
        again = week.post(week.lead, "choose-second-reads", percent=50)
        assert again.status_code == 302
        assert SecondRead.objects.count() == 3
        page = week.get(week.lead, "second-reads").content.decode()
        assert f"{week.inspection.seed}:second-reads" in page
        assert "Choose cases by the seed" not in page

    def test_a_share_that_is_none_is_asked_for_again(self, week):
        answer = week.post(week.lead, "choose-second-reads", percent=0)
        assert answer.status_code == 422
        assert not SecondRead.objects.exists()

    def test_before_anybody_has_a_case_nothing_can_be_chosen(self, week):
        for held in week.inspection.allocations.all():
            end_allocation(allocation=held, why="again", by=week.lead)
        assert "Nobody is to read a case first yet" in week.get(week.lead, "second-reads").content.decode()

    def test_nobody_reads_again_what_they_read_first(self, week):
        answer = week.post(week.lead, "give-second-read", number="C001", reader=week.ann.pk)
        assert answer.status_code == 422
        assert "They had a part in the first read of this case" in answer.content.decode()

    def test_another_reader_begins_anew_and_nothing_is_lost(self, week):
        first = week.give(week.bob)
        fields = fields_of(week.get(week.bob, "second-read", "C001")) | {f"{QUESTION}-answer": "insufficient"}
        browser(week.bob).post(week.address("second-read", "C001"), fields)
        answer = week.post(week.lead, "give-second-read", number="C001", reader=week.local.pk)
        assert answer.status_code == 302
        assert SecondJudgement.objects.filter(assessment=first, question=QUESTION).exists()
        page = week.get(week.local, "second-read", "C001")
        assert fields_of(page).get(f"{QUESTION}-answer") in (None, "")
        assert week.get(week.bob, "second-read", "C001").status_code == 404


class TestBlindness:
    def test_the_second_reader_opens_their_own_form_and_not_the_first_read(self, week):
        week.first()
        week.give(week.bob)
        assert week.get(week.bob, "second-read", "C001").status_code == 200
        assert week.get(week.bob, "case", "C001").status_code == 404
        assert week.get(week.bob, "judge-case", "C001").status_code == 404
        assert week.get(week.bob, "case", "C002").status_code == 200

    def test_after_handing_in_the_first_read_opens_and_the_second_is_closed(self, week):
        week.differ()
        assert week.get(week.bob, "case", "C001").status_code == 200
        assert week.get(week.bob, "judge-case", "C001").status_code == 404
        answer = week.get(week.bob, "second-read", "C001")
        assert answer.headers["Location"] == week.address("submit-second-read", "C001")

    def test_a_question_s_page_leaves_the_case_out_for_its_second_reader(self, week):
        week.first()
        week.give(week.bob)
        shown = within_reach(week.bob, week.inspection, Action.SEE_CASES)
        assert [number for number in ("C001", "C002") if shown(number)] == ["C002"]
        assert within_reach(week.lead, week.inspection, Action.SEE_CASES)("C001")

    def test_nobody_else_opens_the_second_read(self, week):
        week.give(week.bob)
        for user in (week.ann, week.local, week.lead):
            assert week.get(user, "second-read", "C001").status_code == 404
            assert week.get(user, "submit-second-read", "C001").status_code == 404

    def test_a_local_assessor_reads_again_too_and_never_judges_the_first(self, week):
        week.give(week.local)
        assert week.get(week.local, "second-read", "C001").status_code == 200
        assert week.get(week.local, "judge-case", "C001").status_code == 404
        page = week.get(week.local, "cases").content.decode()
        assert week.address("second-read", "C001") in page

    def test_side_by_side_waits_for_the_second_reader(self, week):
        week.first()
        week.give(week.bob)
        page = week.get(week.lead, "side-by-side", "C001").content.decode()
        assert "not handed in yet" in page
        assert QUESTION not in page
        assert week.settle().status_code == 302
        assert not Adjudication.objects.exists()
        assert week.get(week.bob, "side-by-side", "C001").status_code == 404

    def test_what_the_second_reader_writes_is_not_in_the_first_read(self, week):
        week.differ()
        assert Judgement.objects.get(question=QUESTION).answer == "sufficient"
        assert SecondJudgement.objects.get(question=QUESTION).answer == "insufficient"
        assert SecondJudgement.objects.get(question=QUESTION).author == week.bob


class TestHandingIn:
    def test_what_is_missing_is_named_and_nothing_is_handed_in(self, week):
        read = week.give(week.bob)
        answer = week.post(week.bob, "submit-second-read", "C001")
        assert answer.status_code == 422
        assert f"#{QUESTION}-answer" in answer.content.decode()
        read.refresh_from_db()
        assert read.submitted_at is None

    def test_a_page_left_open_saves_nothing_after_it_was_handed_in(self, week):
        week.give(week.bob)
        fields = fields_of(week.get(week.bob, "second-read", "C001"))
        week.first()
        week.second(week.bob)
        client = browser(week.bob)
        client.post(week.address("second-read", "C001"), fields | {f"{QUESTION}-answer": "insufficient"})
        assert SecondJudgement.objects.get(question=QUESTION).answer == "sufficient"


class TestSettling:
    def test_both_reads_are_shown_and_seeing_them_is_on_record(self, week):
        read = week.differ()
        page = week.get(week.lead, "side-by-side", "C001").content.decode()
        assert QUESTION in page
        assert "Q1.1.2" not in page
        assert "Q1.1.2" in week.get(week.lead, "side-by-side", "C001", query="?show=all").content.decode()
        assert AuditEvent.objects.filter(verb="second_read.compared", actor=week.lead).exists()
        read.refresh_from_db()
        assert read.compared_at

    def test_the_scores_follow_what_was_settled(self, week):
        week.differ()
        before = scores_of(week.inspection).scores.question_by_id[QUESTION].sufficient
        assert week.agreed() == "sufficient"
        assert week.settle().status_code == 302
        assert week.agreed() == "insufficient"
        assert scores_of(week.inspection).scores.question_by_id[QUESTION].sufficient == before - 1
        assert "Settled after two reads" in week.get(week.lead, "case", "C001").content.decode()

    def test_a_third_answer_and_leaving_it_conflicted(self, week):
        week.differ()
        assert unsettled_reads(week.inspection, week.framework) == 1
        assert week.settle(outcome="other").status_code == 302
        assert week.agreed() == "not_applicable"
        assert unsettled_reads(week.inspection, week.framework) == 0
        assert week.settle(outcome="conflicted", version=1).status_code == 302
        assert week.agreed() == "sufficient"
        assert unsettled_reads(week.inspection, week.framework) == 0
        assert "left conflicted" in week.get(week.lead, "side-by-side", "C001").content.decode()

    def test_a_decision_falls_when_the_first_reader_changes_the_answer(self, week):
        week.differ()
        week.settle(outcome="other")
        week.first(answer="sufficient", **{QUESTION: "not_applicable"})
        assert week.agreed() == "not_applicable"
        assert unsettled_reads(week.inspection, week.framework) == 1
        page = week.get(week.lead, "side-by-side", "C001").content.decode()
        assert "An earlier decision fell" in page
        assert week.settle(outcome="second", version=1).status_code == 302
        assert week.agreed() == "insufficient"

    def test_a_decision_on_an_old_page_comes_back_with_both(self, week):
        week.differ()
        week.settle(outcome="first")
        answer = week.settle(outcome="second", reason="Another view")
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "The plan was signed late" in page
        assert "Another view" in page
        assert Adjudication.objects.get().standing == "first"

    def test_sent_twice_it_is_one_decision(self, week):
        week.differ()
        assert [week.settle(key="same").status_code for _ in range(2)] == [302, 302]
        assert Adjudication.objects.get().version == 1

    def test_a_decision_needs_a_reason(self, week):
        week.differ()
        assert week.settle(reason=" ").status_code == 422
        assert not Adjudication.objects.exists()

    def test_a_lead_who_read_the_case_settles_nothing(self, week):
        lead = in_team(a_user("Second lead"), week.inspection, Role.LEAD_INSPECTOR)
        week.give(lead)
        week.first()
        week.second(lead, **{QUESTION: "insufficient"})
        assert "somebody else has to settle" in week.get(lead, "side-by-side", "C001").content.decode()
        week.settle(user=lead)
        assert not Adjudication.objects.exists()
        week.settle()
        assert Adjudication.objects.get().changed_by == week.lead

    def test_a_question_on_which_they_agree_is_not_settled(self, week):
        week.differ()
        week.settle(question="Q1.1.2")
        assert not Adjudication.objects.exists()
        assert week.settle(question="Q9.9.9").status_code == 404


class TestAgreement:
    def test_nobody_has_read_anything(self, week):
        page = week.get(week.lead, "agreement").content.decode()
        assert "Nothing can be said of agreement yet" in page
        assert "Nobody has judged anything yet" in page

    def test_cases_chosen_by_hand_are_left_out_and_counted(self, week):
        week.differ()
        found = reliability_of(week.inspection, week.framework)
        assert (found.cases, found.by_hand, found.agreement.whole.pairs) == (0, 1, 0)
        assert "1 case chosen by hand" in week.get(week.lead, "agreement").content.decode()

    def test_the_seed_s_cases_are_compared_as_they_were_before_anybody_saw_both(self, week):
        week.post(week.lead, "choose-second-reads", percent=10)
        read = SecondRead.objects.get()
        number = read.case.number
        week.first(number=number)
        week.second(read.reader, number, **{QUESTION: "insufficient"})
        questions = len(week.framework.questions)
        whole = reliability_of(week.inspection, week.framework).agreement.whole
        assert (whole.cases, whole.pairs, whole.agreeing) == (1, questions, questions - 1)
        week.get(week.lead, "side-by-side", number)
        week.first(number=number, **{QUESTION: "insufficient"})
        found = reliability_of(week.inspection, week.framework)
        assert found.not_blind == 1
        assert found.agreement.whole.pairs == questions - 1
        page = week.get(week.lead, "agreement", query="?scale=line")
        assert page.status_code == 200
        assert "AC1" in page.content.decode()

    def test_it_is_the_lead_s_alone(self, week):
        for user in (week.ann, week.bob, week.local):
            assert week.get(user, "agreement").status_code == 404
            assert week.get(user, "second-reads").status_code == 404


class TestFeedback:
    """Who manages a case is told what two readers agreed on, and before that nothing."""

    FIRST, SECOND = "the plan came in time", "the plan was signed late"

    @pytest.fixture
    def managed(self, week):
        """C001 of CM-1, read twice; on one question the readers differ, each with a note."""
        case = week.case()
        type(case).objects.filter(pk=case.pk).update(attributes=case.attributes | {"case_manager": "CM-1"})
        Inspection.objects.filter(pk=week.inspection.pk).update(stage=Stage.WITH_SERVICE)
        week.manager = with_role(a_user("Casey"), week.service, Role.CASE_MANAGER, staff_code="CM-1")
        week.differ()
        notes = ((Judgement, self.FIRST, "nothing"), (SecondJudgement, self.SECOND, "sign it in time"))
        for rows, note, improvement in notes:
            rows.objects.filter(question=QUESTION).update(note=note, improvement=improvement)
        return week

    def told(self, week):
        """What the case manager reads: the feedback and the case's own page."""
        pages = (
            week.get(week.manager, "manager-feedback", query="?manager=CM-1"),
            week.get(week.manager, "case", "C001"),
        )
        assert [page.status_code for page in pages] == [200, 200]
        return [page.text for page in pages]

    def test_while_it_is_not_settled_nothing_is_said_and_that_is_said_plainly(self, managed):
        for page in self.told(managed):
            assert "not settled it yet" in page
            assert "stands here once it is agreed" in page
            assert "questions good enough" not in page
            assert self.FIRST not in page
            assert managed.framework.question_by_id["Q1.1.2"].text.en not in page

    def test_the_answer_settled_on_stands_with_what_its_reader_wrote(self, managed):
        assert managed.settle(outcome="second").status_code == 302
        for page in self.told(managed):
            assert self.SECOND in page
            assert "sign it in time" in page
            assert self.FIRST not in page
        feedback = self.told(managed)[0]
        total = len(managed.framework.questions)
        assert f"{total - 1} of {total} questions good enough" in feedback

    def test_settled_to_the_first_answer_it_is_the_first_reader_s_word(self, managed):
        assert managed.settle(outcome="first").status_code == 302
        feedback = self.told(managed)[0]
        total = len(managed.framework.questions)
        assert f"{total} of {total} questions good enough" in feedback
        assert self.FIRST in feedback
        assert self.SECOND not in feedback

    def test_a_question_left_conflicted_is_named_as_such_and_counts_as_nothing(self, managed):
        assert managed.settle(outcome="conflicted").status_code == 302
        feedback = self.told(managed)[0]
        total = len(managed.framework.questions)
        assert f"{total - 1} of {total - 1} questions good enough" in feedback
        assert "it was left unsettled: no answer is agreed" in feedback
        assert self.FIRST not in feedback
        assert self.SECOND not in feedback

    def test_a_case_given_to_a_second_reader_waits_for_them(self, managed):
        managed.give(managed.bob, "C002")
        case = managed.case("C002")
        assert agreed_record(case, managed.framework) == AgreedRecord({}, waits=NOT_SETTLED)

    def test_of_a_case_that_is_not_judged_to_the_end_nothing_is_said(self, managed):
        managed.first(number="C003", **{QUESTION: "not_answered"})
        assert agreed_record(managed.case("C003"), managed.framework) == AgreedRecord({}, waits=NOT_FINISHED)

    def test_a_case_read_once_is_told_of_at_once(self, managed):
        managed.first(number="C003", **{QUESTION: "insufficient"})
        record = agreed_record(managed.case("C003"), managed.framework)
        assert (record.waits, record.answers[QUESTION].answer) == ("", "insufficient")


class TestWhatGivesTheFirstReadAway:
    """Whoever is to read a case again learns nothing of the first read, and what was not blind is not counted so."""

    @pytest.fixture
    def own(self):
        """The service's own exercise: Ann read C001 alone, Bob is to read it again; a monitor looks on."""
        week = Week(cases=6, run_by_the_service=True)
        week.first("insufficient")
        week.give(week.bob)
        return week

    @pytest.mark.parametrize(
        ("page", "more"),
        [("scores-csv", ()), ("question", (QUESTION,)), ("criterion", ("1.1",)), ("round-results", ())],
    )
    def test_no_score_gives_the_first_read_away(self, own, page, more):
        monitor = with_role(a_user("Mona Monitor"), own.service, Role.MONITOR)
        assert [own.get(who, page, *more).status_code for who in (own.bob, monitor)] == [404, 404]
        assert own.get(own.lead, page, *more).status_code == 200
        for number in ("C002", "C003", "C004", "C005"):
            own.first(number=number)
        assert own.get(monitor, page, *more).status_code == 200
        assert own.get(own.bob, page, *more).status_code == 404
        own.second(own.bob)
        assert own.get(own.bob, page, *more).status_code == 200

    def test_the_pages_that_stay_say_when_scores_come(self, own):
        monitor = with_role(a_user("Mona Monitor"), own.service, Role.MONITOR)
        assert "once 5 cases are begun" in own.get(monitor, "inspection").content.decode()
        assert "handed in the cases that you are to read" in own.get(own.bob, "inspection").content.decode()

    def test_the_list_of_cases_tells_no_counts_of_the_first_read(self, own):
        counted = f"{len(own.framework.questions)} of"
        assert counted in own.get(own.ann, "cases").content.decode()
        page = own.get(own.bob, "cases").content.decode()
        assert counted not in page
        assert own.address("second-read", "C001") in page
        assert (
            own.address("second-read", "C001")
            not in own.get(own.bob, "cases", query="?state=complete").content.decode()
        )

    def test_a_read_whose_reader_had_opened_the_first_is_not_counted_as_blind(self, week):
        week.first()
        assert week.get(week.bob, "case", "C001").status_code == 200
        week.give(week.bob)
        week.second(week.bob)
        SecondRead.objects.update(how="random")
        found = reliability_of(week.inspection, week.framework)
        assert (found.cases, found.had_seen) == (0, 1)
        page = week.get(week.lead, "agreement").content.decode()
        assert "1 case whose second reader had opened the first read before" in page

    def test_a_lead_who_looks_before_handing_in_is_not_blind_and_one_who_looks_after_is(self, week):
        week.first()
        for number in ("C001", "C002"):
            week.give(week.lead, number)
            week.first(number=number)
        week.get(week.lead, "case", "C001")
        for number in ("C001", "C002"):
            week.second(week.lead, number)
        SecondRead.objects.update(how="random")
        week.get(week.lead, "case", "C002")
        found = reliability_of(week.inspection, week.framework)
        assert (found.cases, found.had_seen) == (1, 1)

    def test_who_opened_a_case_is_not_proposed_to_read_it_again(self, week):
        week.get(week.bob, "case", "C002")
        week.post(week.lead, "choose-second-reads", percent=100)
        assert {read.reader for read in SecondRead.objects.filter(case__number="C002")} == {week.local}

    def test_a_case_given_by_hand_that_the_seed_chooses_too_counts_as_chosen(self, week):
        week.give(week.bob, "C001")
        week.give(week.bob, "C002")
        week.post(week.lead, "choose-second-reads", percent=100)
        chosen = SecondReadChoice.objects.get().chosen
        assert {read.case.number: read.how for read in SecondRead.objects.all()} == chosen
        assert "by_hand" not in chosen.values()

    def test_the_page_says_which_cases_had_a_higher_chance(self, week):
        week.first()
        week.give(week.bob)
        week.second(week.bob)
        SecondRead.objects.update(how="for_the_reader")
        assert "had a higher chance of being chosen" in week.get(week.lead, "agreement").content.decode()


class TestNothingWaitsForEver:
    def test_a_chosen_case_that_left_the_sample_is_waited_for_no_more(self):
        week = Week(cases=5)
        draw = a_draw(week.inspection, week.lead, size=3, number=5)
        for case in week.inspection.cases.filter(drawn__draw=draw):
            if case.number not in {held.case.number for held in week.inspection.allocations.all()}:
                allocate(case=case, assessor=week.ann, by=week.lead)
        week.post(week.lead, "choose-second-reads", percent=100)
        before = unsettled_reads(week.inspection, week.framework)
        out = draw.drawn.filter(place="sample").first()
        replace_case(drawn=out, reason="transferred", note="x", expected_version=out.version, by=week.lead)
        assert unsettled_reads(week.inspection, week.framework) == before - 1
        page = week.get(week.lead, "second-reads").content.decode()
        assert out.case.number in page
        assert "Left the sample: nothing waits for it" in page
        assert f"?case={out.case.number}" not in page

    def test_no_choice_is_made_while_a_case_has_no_first_reader(self):
        week = Week(cases=10)
        for held in week.inspection.allocations.filter(case__number__gt="C002"):
            end_allocation(allocation=held, why="again", by=week.lead)
        answer = week.post(week.lead, "choose-second-reads", percent=10)
        assert answer.status_code == 422
        assert "8 of 10 cases under assessment have nobody to read them first yet: C003" in answer.content.decode()
        assert not SecondReadChoice.objects.exists()

    def test_an_inspector_settles_a_case_that_the_only_lead_read(self, week):
        held = week.inspection.allocations.get(case__number="C001")
        end_allocation(allocation=held, why="again", by=week.lead)
        allocate(case=week.case(), assessor=week.lead, by=week.lead)
        read = week.differ()
        Judgement.objects.filter(assessment__case=week.case()).update(author=week.lead)
        third = in_team(a_user("Ida"), week.inspection)
        assert "Two people read this case and differ: settle it" in week.get(third, "case", "C001").content.decode()
        assert week.get(third, "side-by-side", "C001").status_code == 200
        assert week.get(third, "settle", "C001", QUESTION).status_code == 200
        for reader in (week.bob, week.local):
            assert week.get(reader, "side-by-side", "C001").status_code == 404
        week.settle(user=week.lead)
        assert not Adjudication.objects.exists()
        assert week.settle(user=third).status_code == 302
        assert Adjudication.objects.get(read=read).changed_by == third

    def test_an_inspector_confirms_the_band_that_the_only_lead_proposed(self, week):
        week.first()
        band = propose_override(
            inspection=week.inspection,
            target="1.1",
            computed=now(week, "1.1"),
            band="drastic",
            reason="r",
            by=week.lead,
        )
        address = week.address("decide-band", band.pk)
        assert week.get(week.ann, "decide-band", band.pk).status_code == 404
        moderated(week)
        assert address in browser(week.ann).get("/").content.decode()
        assert address not in browser(week.lead).get("/").content.decode()
        week.post(week.lead, "decide-band", band.pk, outcome="confirmed", version=1)
        band.refresh_from_db()
        assert band.outcome == "proposed"
        assert week.post(week.ann, "decide-band", band.pk, outcome="confirmed", version=1).status_code == 302
        band.refresh_from_db()
        assert (band.outcome, band.decided_by) == ("confirmed", week.ann)

    def test_a_band_lapses_with_the_score_it_was_decided_on(self, week):
        week.first("insufficient")
        then = now(week, "1.1")
        other = next(one.id for one in week.framework.bands if one.id not in (then, "minimum"))
        band = proposed(week, other)
        moderated(week)
        week.first("sufficient")
        assert now(week, "1.1") not in (then, other)
        answer = week.post(week.ann, "decide-band", band.pk, outcome="confirmed", version=1)
        assert answer.status_code == 422
        assert "The computed band is another one now, so this cannot be confirmed" in answer.content.decode()
        week.first("insufficient")
        assert week.post(week.ann, "decide-band", band.pk, outcome="confirmed", version=1).status_code == 302
        assert scores_of(week.inspection).scores.criterion_by_id["1.1"].band.id == other
        week.first("sufficient")
        assert scores_of(week.inspection).scores.criterion_by_id["1.1"].band.id == now(week, "1.1")
        assert "Lapsed: the computed band is another one now" in week.get(week.lead, "moderation").content.decode()


def moderated(week):
    Inspection.objects.filter(pk=week.inspection.pk).update(stage=Stage.MODERATION)


def proposed(week, band):
    change = {"computed": now(week, "1.1"), "band": band, "reason": "close to the line"}
    return propose_override(inspection=week.inspection, target="1.1", by=week.lead, **change)


def now(week, target):
    """The band as computed now."""
    return computed_scores_of(week.inspection).scores.criterion_by_id[target].band.id


def test_a_second_reader_signs_nothing_and_the_database_stands_behind_it(week):
    week.differ()
    assert authored_parts(week.bob, week.inspection) == {Part.JUDGEMENTS}
    with pytest.raises(DatabaseError), transaction.atomic():
        SignOff.objects.create(
            inspection=week.inspection, content_hash="h", parts={}, signed_by=week.bob, signed_at=timezone.now()
        )


def test_a_second_reader_is_not_proposed_as_first_reader_and_the_refusal_names_case_and_person(week):
    week.give(week.bob, "C001")
    sharing = sharing_of(week.inspection)
    assert ("Bob", "C001") in sharing.conflicts
    away = sharing.changed({"Ann": 0, "Lena Lead": 0}, ())
    assert "Bob" not in proposed_readers(away).expect().readers["C001"]
    with pytest.raises(CannotHold, match=r"C001 \(Bob\)"):
        put_on_record(sharing, {"C001": ("Bob",)}, expected_version=sharing.version, by=week.lead)
