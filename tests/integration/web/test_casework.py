"""Handing a case in: what is missing is said with links, a case handed in is closed to change until it is reopened."""

from uuid import uuid4

import pytest
from django.urls import reverse

from aboveline.domain.roles import Role
from aboveline.exchange.frameworks import load_framework
from aboveline.records.actions.allocation import allocate
from aboveline.records.actions.assessments import AnswerChange, FindingChange, import_answers, save_assessment
from aboveline.records.actions.casework import CaseSubmitted, NotesValues, save_case_notes
from aboveline.records.models import CaseNotes, Judgement, Submission
from tests.integration.web.test_alerts import Week, as_

pytestmark = pytest.mark.django_db


class Work(Week):
    """The week with its case in the assessor's hands."""

    def __init__(self, programme=True):
        super().__init__(programme)
        allocate(case=self.case, assessor=self.assessor, by=self.lead)

    def at(self, page):
        return reverse(page, args=[self.inspection.pk, self.case.number])

    def judged(self):
        """Everything answered, every fact given."""
        framework = load_framework("cci-2009")
        answers = [AnswerChange(q.id, "sufficient", 0, note="seen") for q in framework.questions]
        findings = [FindingChange(fact.id, fact.options[0].id, 0) for fact in framework.case_facts]
        save_assessment(case=self.case, answers=answers, findings=findings, key="all", by=self.assessor)
        return self

    def checked(self):
        values = NotesValues("Said little", "sound", "")
        save_case_notes(case=self.case, values=values, expected_version=0, by=self.assessor)
        return self

    def post(self, user, page, **fields):
        return as_(user).post(self.at(page), {"key": str(uuid4())} | fields, follow=True)

    def submitted(self):
        self.judged().checked().post(self.assessor, "submit-case")
        assert Submission.objects.count() == 1
        return self


@pytest.fixture
def work():
    return Work()


def test_a_case_with_answers_missing_is_refused_with_a_link_to_each(work):
    answer = work.post(work.assessor, "submit-case")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"{work.at('judge-case')}#Q1.1.1-answer" in page
    assert f"{work.at('judge-case')}#fact-rosh_recorded-option" in page
    assert f"{work.at('case-notes')}#id_integrity" in page
    assert "govuk-error-summary" in page
    assert not Submission.objects.exists()


def test_the_check_of_the_record_is_asked_for_by_inspectorates_only(work):
    assert work.judged().post(work.assessor, "submit-case").status_code == 422
    audit = Work(programme=False).judged()
    assert audit.post(audit.assessor, "submit-case").status_code == 200
    assert [one.case for one in Submission.objects.all()] == [audit.case]


def test_classes_as_recorded_and_as_found_stand_side_by_side(work):
    findings = [FindingChange("rosh_recorded", "low", 0), FindingChange("rosh_should_be", "high", 0)]
    save_assessment(case=work.case, answers=[], findings=findings, key="f", by=work.assessor)
    assert "Not agreed" in as_(work.assessor).get(work.at("submit-case")).content.decode()


class TestSubmitted:
    @pytest.fixture
    def work(self, work):
        return work.submitted()

    def test_sent_twice_it_is_handed_in_once(self, work):
        work.post(work.assessor, "submit-case")
        assert Submission.objects.count() == 1

    def test_its_form_gives_way_to_what_stands(self, work):
        answer = as_(work.assessor).get(work.at("judge-case"))
        assert answer.status_code == 302
        assert answer.url == work.at("submit-case")

    def test_a_page_still_open_saves_nothing_and_keeps_what_was_typed(self, work):
        row = Judgement.objects.get(question="Q1.1.1")
        sent = {"Q1.1.1-answer": "insufficient", "Q1.1.1-note": "My new words", "Q1.1.1-seen": "1.0"}
        answer = work.post(work.assessor, "judge-case", **sent)
        assert answer.status_code == 409
        assert "My new words" in answer.content.decode()
        row.refresh_from_db()
        assert (row.answer, row.version) == ("sufficient", 1)

    def test_a_script_is_told_too(self, work):
        sent = {"Q1.1.1-answer": "insufficient", "Q1.1.1-seen": "1.0", "key": "k"}
        answer = as_(work.assessor).post(work.at("judge-case"), sent, headers={"Accept": "application/json"})
        assert (answer.status_code, answer.json()["error"]) == (403, "submitted")

    def test_nor_does_a_file_change_it(self, work):
        with pytest.raises(CaseSubmitted):
            import_answers(case=work.case, answers=[AnswerChange("Q1.1.1", "insufficient", 0)], by=work.lead)

    def test_nor_do_notes(self, work):
        sent = {"interview": "My later words", "integrity": "sound", "version": 1}
        answer = work.post(work.assessor, "case-notes", **sent)
        assert answer.status_code == 409
        assert "My later words" in answer.content.decode()
        assert CaseNotes.objects.get().version == 1

    def test_the_list_of_cases_says_so(self, work):
        assert "Submitted (1)" in as_(work.lead).get(reverse("cases", args=[work.inspection.pk])).content.decode()

    def test_only_the_lead_reopens_it_and_says_why(self, work):
        assert as_(work.assessor).get(work.at("reopen-case")).status_code == 404
        assert work.post(work.lead, "reopen-case", why="").status_code == 422
        work.post(work.lead, "reopen-case", why="One answer was doubtful")
        assert as_(work.assessor).get(work.at("judge-case")).status_code == 200
        page = as_(work.assessor).get(work.at("submit-case")).content.decode()
        assert "One answer was doubtful" in page
        assert work.post(work.assessor, "submit-case").status_code == 200
        assert Submission.objects.count() == 2

    def test_a_second_reopening_is_told_and_keeps_its_words(self, work):
        work.post(work.lead, "reopen-case", why="First")
        answer = work.post(work.lead, "reopen-case", why="My own reason")
        assert answer.status_code == 409
        assert "My own reason" in answer.content.decode()


class TestNotes:
    SENT = {"interview": "Said little", "integrity": "sound", "version": 0}

    def test_they_show_where_the_case_is_read(self, work):
        work.post(work.assessor, "case-notes", **self.SENT)
        page = as_(work.assessor).get(work.at("case")).content.decode()
        assert "Said little" in page
        assert "No late or antedated entries" in page

    @pytest.mark.parametrize("wrong", ["late", "antedated"])
    def test_entries_not_made_in_time_are_described(self, work, wrong):
        assert work.post(work.assessor, "case-notes", **self.SENT | {"integrity": wrong}).status_code == 422
        sent = self.SENT | {"integrity": wrong, "integrity_words": "Three visits"}
        assert work.post(work.assessor, "case-notes", **sent).status_code == 200
        assert CaseNotes.objects.get().integrity_words == "Three visits"

    def test_of_two_at_once_the_second_sees_both(self, work):
        work.post(work.assessor, "case-notes", **self.SENT)
        answer = work.post(work.lead, "case-notes", **self.SENT | {"interview": "Quite another word"})
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Said little" in page
        assert "Quite another word" in page
        assert "Asha Assessor" in page


def test_a_local_assessor_of_another_case_opens_none_of_it(work):
    work.assessor.team_roles.update(role=Role.LOCAL_ASSESSOR)
    other = work.inspection.cases.exclude(pk=work.case.pk).first()
    for page in ("case-notes", "submit-case"):
        address = reverse(page, args=[work.inspection.pk, other.number])
        assert as_(work.assessor).get(address).status_code == 404


class TestEvidence:
    SENT = {
        "Q1.1.1-answer": "sufficient",
        "Q1.1.1-evidence": "Contact of 3 May",
        "Q1.1.1-flag": "good",
        "Q1.1.1-seen": "0.0",
    }

    def test_it_is_saved_with_the_answer_and_shows_where_the_case_is_read(self, work):
        work.post(work.assessor, "judge-case", **self.SENT)
        row = Judgement.objects.get(question="Q1.1.1")
        assert (row.evidence, row.flag) == ("Contact of 3 May", "good")
        form = as_(work.assessor).get(work.at("judge-case")).content.decode()
        assert "Contact of 3 May</textarea>" in form
        assert '<option value="good" selected>' in form
        page = as_(work.assessor).get(work.at("case")).content.decode()
        assert "Contact of 3 May" in page
        assert "Good practice" in page

    def test_a_file_that_cannot_say_it_leaves_it(self, work):
        work.post(work.assessor, "judge-case", **self.SENT)
        import_answers(case=work.case, answers=[AnswerChange("Q1.1.1", "insufficient", 0)], by=work.lead)
        row = Judgement.objects.get(question="Q1.1.1")
        assert (row.answer, row.evidence, row.flag, row.version) == ("insufficient", "Contact of 3 May", "good", 2)
