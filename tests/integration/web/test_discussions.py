"""The discussion of an answer: who sees and joins it, resolving and reopening, two people at once, where it stands."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.roles import Role
from aboveline.domain.workflow import Stage
from aboveline.records.actions.allocation import allocate, end_allocation
from aboveline.records.actions.conflicts import record_conflict
from aboveline.records.actions.people import end_role
from aboveline.records.models import AuditEvent, Comment, Conflict, Discussion, Inspection, Submission
from tests.integration.web.test_casework import Work
from tests.integration.web.test_second_reads import Week
from tests.records_builders import a_user, in_team, with_role

pytestmark = pytest.mark.django_db

QUESTION = "Q1.1.1"
DOUBT = "Is the screening of 3 May not enough?"
REPLY = "It was signed in June."


def browser(user):
    client = Client()
    client.force_login(user)
    return client


class Talk(Work):
    """The week with its case in the assessor's hands, and words about one of its answers."""

    def page(self, user, name="home"):
        own = {"home": [], "discussions": [self.inspection.pk], "inspection": [self.inspection.pk]}
        own |= {"week": [self.inspection.pk], "sign-off": [self.inspection.pk]}
        args = own.get(name, [self.inspection.pk, self.case.number])
        return browser(user).get(reverse(name, args=args))

    def discussion_at(self, question=QUESTION, case=None):
        return reverse("discussion", args=[self.inspection.pk, (case or self.case).number, question])

    def says(self, user, words, seen, do="said", question=QUESTION, key=""):
        sent = {"words": words, "version": seen, "do": do, "key": key or str(uuid4())}
        return browser(user).post(self.discussion_at(question), sent, follow=True)

    def opened(self):
        assert self.says(self.lead, DOUBT, 0).status_code == 200
        return self

    def said(self):
        return list(Comment.objects.values_list("did", "words", "by__name"))


@pytest.fixture
def talk():
    return Talk()


class TestFromOpenToResolved:
    def test_opened_by_the_lead_it_stands_beside_the_answer_and_at_home_for_the_assessor(self, talk):
        assert "Open discussion" not in talk.page(talk.assessor, "judge-case").text
        talk.opened()
        for name in ("judge-case", "case"):
            page = talk.page(talk.assessor, name).text
            assert page.count("Open discussion<") == 1, name
            assert talk.discussion_at() in page
        assert f"Case {talk.case.number}: an answer is being discussed" in talk.page(talk.assessor).text
        assert "is being discussed" not in talk.page(talk.lead).text, "the last word was the lead's"
        page = browser(talk.assessor).get(talk.discussion_at()).text
        assert DOUBT in page
        assert "Lee Lead" in page

    def test_an_answer_by_the_assessor_waits_for_the_lead(self, talk):
        talk.opened().says(talk.assessor, REPLY, 1)
        assert f"Case {talk.case.number}: an answer is being discussed" in talk.page(talk.lead).text
        assert talk.said() == [("said", DOUBT, "Lee Lead"), ("said", REPLY, "Asha Assessor")]

    def test_resolved_it_leaves_home_and_says_who_and_when_and_reopened_it_is_back(self, talk):
        talk.opened().says(talk.lead, "", 1, "resolved")
        assert "is being discussed" not in talk.page(talk.assessor).text
        assert "Discussed and resolved" in talk.page(talk.assessor, "judge-case").text
        page = browser(talk.assessor).get(talk.discussion_at()).text
        assert "by Lee Lead" in page.partition("Resolved")[2]
        talk.says(talk.assessor, "I found another entry", 2, "reopened")
        assert "Open discussion<" in talk.page(talk.lead, "case").text
        assert [did for did, *_ in talk.said()] == ["said", "resolved", "reopened"]
        assert "is being discussed" in talk.page(talk.lead).text

    def test_every_reading_and_writing_is_on_record(self, talk):
        talk.opened().says(talk.assessor, REPLY, 1)
        talk.says(talk.lead, "", 2, "resolved")
        talk.says(talk.lead, "Once more", 3, "reopened")
        events = AuditEvent.objects.filter(verb__startswith="discussion.").order_by("sequence")
        assert [event.verb.partition(".")[2] for event in events] == [
            "opened", "read", "continued", "read", "resolved", "read", "reopened", "read",
        ]  # fmt: skip
        assert {(event.object_type, event.object_id) for event in events} == {("case", str(talk.case.pk))}

    def test_the_words_stand_on_no_other_page(self, talk):
        talk.opened()
        for name in ("home", "discussions", "inspection", "week", "case", "judge-case", "submit-case"):
            assert DOUBT not in talk.page(talk.lead, name).text, name

    def test_an_open_one_keeps_the_question_unfolded_where_the_facts_rule_it_out(self, talk):
        talk.judged()
        folded = talk.page(talk.lead, "judge-case").text.count('<details class="cf-fold" open')
        talk.says(talk.lead, DOUBT, 0, question="Q1.1.9")
        assert talk.page(talk.lead, "judge-case").text.count('<details class="cf-fold" open') >= folded
        part = talk.page(talk.lead, "judge-case").text.partition('id="Q1.1.9"')[2].partition("cf-fold__why")[0]
        assert 'class="cf-fold" open' in part


class TestTwoAtOnce:
    def test_who_opens_second_sees_what_was_said_and_keeps_their_words(self, talk):
        talk.opened()
        answer = talk.says(talk.assessor, REPLY, 0)
        assert answer.status_code == 409
        assert DOUBT in answer.text
        assert f"{REPLY}</textarea>" in answer.text
        assert 'name="version" value="1"' in answer.text
        assert talk.said() == [("said", DOUBT, "Lee Lead")]
        assert talk.says(talk.assessor, REPLY, 1).status_code == 200

    def test_only_what_came_meanwhile_is_marked_as_new(self, talk):
        talk.opened().says(talk.assessor, REPLY, 1)
        page = talk.says(talk.lead, "Then it is late", 1).text
        assert page.count('class="ab-new"') == 1
        assert REPLY in page.partition('class="ab-new"')[2]

    def test_a_comment_on_what_was_resolved_meanwhile_is_told_and_not_sent(self, talk):
        talk.opened().says(talk.lead, "", 1, "resolved")
        answer = talk.says(talk.assessor, REPLY, 1)
        assert answer.status_code == 409
        assert f"{REPLY}</textarea>" in answer.text
        assert "Reopen the discussion" in answer.text
        assert Discussion.objects.get().resolved

    def test_of_two_who_resolve_it_the_second_is_told(self, talk):
        talk.opened().says(talk.lead, "", 1, "resolved")
        answer = talk.says(talk.assessor, "", 1, "resolved")
        assert answer.status_code == 409
        assert "govuk-error-summary" not in answer.text
        assert len(talk.said()) == 2

    def test_sent_twice_it_is_said_once(self, talk):
        for _ in range(2):
            assert talk.says(talk.lead, DOUBT, 0, key="double click").status_code == 200
        assert talk.said() == [("said", DOUBT, "Lee Lead")]

    def test_a_key_used_for_other_words_sends_nothing(self, talk):
        talk.says(talk.lead, DOUBT, 0, key="k")
        assert talk.says(talk.lead, "Quite another thing", 1, key="k").status_code == 422
        assert talk.said() == [("said", DOUBT, "Lee Lead")]


class TestWrong:
    @pytest.mark.parametrize("words", ["", "  \n "])
    def test_a_comment_without_words_is_asked_for(self, talk, words):
        answer = talk.says(talk.lead, words, 0)
        assert answer.status_code == 422
        assert "Write your comment" in answer.text
        assert 'href="#id_words"' in answer.text
        assert not Discussion.objects.exists()

    def test_reopening_asks_for_its_reason(self, talk):
        talk.opened().says(talk.lead, "", 1, "resolved")
        answer = talk.says(talk.lead, "", 2, "reopened")
        assert answer.status_code == 422
        assert "Say why it is open again" in answer.text

    def test_what_is_not_begun_cannot_be_resolved(self, talk):
        assert talk.says(talk.lead, "", 0, "resolved").status_code == 422
        assert not Discussion.objects.exists()

    def test_markup_and_length_are_taken_as_text(self, talk):
        talk.says(talk.lead, "<script>alert(1)</script>", 0)
        assert "&lt;script&gt;" in browser(talk.lead).get(talk.discussion_at()).text
        assert talk.says(talk.lead, "x" * 5001, 1).status_code == 422
        assert talk.says(talk.lead, "x" * 5000, 1).status_code == 200

    def test_a_question_that_is_none_and_a_version_that_is_none(self, talk):
        assert browser(talk.lead).get(talk.discussion_at("Q9.9.9")).status_code == 404
        assert browser(talk.lead).post(talk.discussion_at(), {"words": DOUBT, "key": "k"}).status_code == 422
        assert not Discussion.objects.exists()

    def test_no_discussion_begins_on_a_case_that_is_not_under_assessment(self, talk):
        reserve = talk.inspection.draws.get().drawn.filter(place="reserve").first().case
        assert browser(talk.lead).get(talk.discussion_at(case=reserve)).status_code == 404


class TestWhoMay:
    def test_the_service_sees_none_of_it_even_with_the_draft_before_it(self, talk):
        talk.opened()
        Inspection.objects.filter(pk=talk.inspection.pk).update(stage=Stage.WITH_SERVICE)
        assert talk.page(talk.head, "case").status_code == 200
        assert talk.discussion_at() not in talk.page(talk.head, "case").text
        assert browser(talk.head).get(talk.discussion_at()).status_code == 404
        assert talk.page(talk.head, "discussions").status_code == 404
        assert "iscussion" not in talk.page(talk.head, "inspection").text

    def test_a_local_assessor_sees_those_of_their_own_cases(self, talk):
        talk.opened()
        local = in_team(a_user("Lou Local"), talk.inspection, Role.LOCAL_ASSESSOR)
        assert browser(local).get(talk.discussion_at()).status_code == 404
        assert talk.discussion_at() not in talk.page(local, "discussions").text
        assert "open discussion" not in talk.page(local, "inspection").text
        allocate(case=talk.case, assessor=local, by=talk.lead)
        assert talk.discussion_at() in talk.page(local, "discussions").text
        assert "1 open discussion" in talk.page(local, "inspection").text

    def test_a_conflict_takes_it_away_from_every_page(self, talk):
        talk.opened()
        record_conflict(user=talk.assessor, tie=Conflict.Tie.MANAGED, case=talk.case, by=talk.lead)
        assert browser(talk.assessor).get(talk.discussion_at()).status_code == 404
        assert talk.says(talk.assessor, REPLY, 1).status_code == 404
        assert talk.discussion_at() not in talk.page(talk.assessor, "discussions").text
        assert "is being discussed" not in talk.page(talk.assessor).text

    def test_a_role_that_ended_takes_it_away_from_the_next_request(self, talk):
        talk.opened()
        end_role(held=talk.assessor.team_roles.get(), by=talk.lead)
        assert talk.says(talk.assessor, REPLY, 1).status_code == 404
        assert "is being discussed" not in talk.page(talk.assessor).text

    def test_it_goes_with_the_case_to_its_next_assessor(self, talk):
        talk.opened()
        other = in_team(a_user("Omar Other"), talk.inspection)
        end_allocation(allocation=talk.inspection.allocations.get(), why="away", by=talk.lead)
        allocate(case=talk.case, assessor=other, by=talk.lead)
        assert "is being discussed" in talk.page(other).text
        assert "is being discussed" not in talk.page(talk.assessor).text


class TestBlindness:
    """A second reader neither sees nor opens a discussion of the first read before handing their own in."""

    @pytest.fixture
    def week(self):
        week = Week()
        week.first()
        week.give(week.bob)
        answer = week.post(week.lead, "discussion", "C001", QUESTION, words=DOUBT, version=0, do="said")
        assert answer.status_code == 302
        return week

    def test_nothing_of_it_shows_before(self, week):
        assert week.get(week.bob, "discussion", "C001", QUESTION).status_code == 404
        assert week.post(week.bob, "discussion", "C001", QUESTION, words=REPLY, version=1).status_code == 404
        assert week.post(week.bob, "discussion", "C001", "Q1.1.2", words=REPLY, version=0).status_code == 404
        form = week.get(week.bob, "second-read", "C001").text
        assert "/discussions/" not in form
        assert "C001" not in week.get(week.bob, "discussions").text
        for name in ("inspection", "week"):
            assert "open discussion" not in week.get(week.bob, name).text, name
        assert "is being discussed" not in browser(week.bob).get("/").text
        assert Comment.objects.count() == 1

    def test_other_cases_are_open_to_them(self, week):
        assert week.get(week.bob, "discussion", "C002", QUESTION).status_code == 200

    def test_who_had_a_word_before_being_given_the_case_has_it_at_home_no_more(self, week):
        for user, version in ((week.bob, 0), (week.ann, 1)):
            week.post(user, "discussion", "C002", QUESTION, words=REPLY, version=version, do="said")
        assert "Case C002: an answer is being discussed" in browser(week.bob).get("/").text
        week.give(week.bob, "C002")
        assert "is being discussed" not in browser(week.bob).get("/").text

    def test_it_shows_once_their_own_read_is_handed_in(self, week):
        assert week.second(week.bob).status_code == 302
        assert DOUBT in week.get(week.bob, "discussion", "C001", QUESTION).text
        assert "1 open discussion" in week.get(week.bob, "week").text

    def test_who_chooses_second_reads_sees_it_all_the_same(self, week):
        assert DOUBT in week.get(week.lead, "discussion", "C001", QUESTION).text


class TestWhereTheyStand:
    def test_the_open_ones_are_listed_and_counted_and_the_resolved_apart(self, talk):
        assert "No discussion is open" in talk.page(talk.lead, "discussions").text
        talk.opened().says(talk.lead, DOUBT, 0, question="Q1.1.2")
        for name in ("inspection", "week"):
            assert "2 open discussions" in talk.page(talk.lead, name).text, name
        assert f"Case {talk.case.number}: 2 answers are being discussed" in talk.page(talk.assessor).text
        talk.says(talk.lead, "", 1, "resolved", question="Q1.1.2")
        page = talk.page(talk.lead, "discussions").text
        assert f"{talk.case.number}: Q1.1.1" in page
        assert f"{talk.case.number}: Q1.1.2" not in page
        assert "Asha Assessor" in page
        address = reverse("discussions", args=[talk.inspection.pk])
        assert f"{talk.case.number}: Q1.1.2" in browser(talk.lead).get(f"{address}?state=resolved").text

    def test_an_open_one_is_shown_before_handing_in_and_does_not_hold_it_up(self, talk):
        talk.judged().checked().opened()
        page = talk.page(talk.assessor, "submit-case").text
        assert "Answers still under discussion" in page
        assert talk.discussion_at() in page
        talk.post(talk.assessor, "submit-case")
        assert Submission.objects.count() == 1
        assert "Change the answer" not in browser(talk.lead).get(talk.discussion_at()).text

    def test_before_signing_the_signer_is_told_with_a_way_to_them_where_they_have_one(self):
        audit = Talk(programme=False).opened()
        Inspection.objects.filter(pk=audit.inspection.pk).update(stage="moderation")
        assert "1 answer is still under discussion" in audit.page(audit.lead, "sign-off").text
        assert reverse("discussions", args=[audit.inspection.pk]) in audit.page(audit.lead, "sign-off").text
        told = audit.page(audit.head, "sign-off").text
        assert "1 answer is still under discussion" in told
        assert reverse("discussions", args=[audit.inspection.pk]) not in told

    def test_a_quality_manager_discusses_in_the_services_own_audit(self):
        audit = Talk(programme=False)
        manager = with_role(a_user("Quinn Quality"), audit.service)
        assert audit.says(manager, DOUBT, 0).status_code == 200
        assert "is being discussed" in audit.page(audit.assessor).text
