"""An audit round by its pages: set up at once, judged by its questions alone, told by team and to case managers."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.domain.question_set import NOT_COMPARABLE
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.inspections import CaseProgress, progress_of, scores_of
from aboveline.jobs.planning import week_of
from aboveline.jobs.team_results import kept_back
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.models import AuditEvent, AuditRound, FeedbackGiven, Inspection, Role
from aboveline.records.queries.arranging import first_readers
from aboveline.records.queries.inspections import inspection_by_id, sampled_cases
from aboveline.web.presenters.round_results import fix_first
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 1)
SHORT = ("Q1.1.1", "Q1.1.2", "Q1.2.1")


def a_list(number=12):
    """Cases of two managers in two teams, two cases in the smaller."""
    return [
        CaseRow(
            f"REF{i:03d}",
            {
                "order_type": "referral_order",
                "order_start": (DAY - timedelta(days=220)).isoformat(),
                "age": 15,
                "team": "South" if i < 2 else "North",
                "case_manager": "CM-1" if i % 3 else "CM-2",
            },
        )
        for i in range(number)
    ]


class House:
    """A service with an audit's list on record, its quality manager and a case manager who audits too."""

    def __init__(self):
        self.service = a_service()
        self.manager = with_role(a_user("Quinn Quality"), self.service)
        self.peer = with_role(a_user("Casey Manager"), self.service, Role.CASE_MANAGER, staff_code="CM-1")
        self.earlier = an_inspection(
            self.service, framework_id="audit-2021", kind=Inspection.Kind.LOCAL_AUDIT, held_on=DAY
        )
        confirm_caseload(inspection=self.earlier, rows=a_list(), digest="d", exclusions=[], by=self.manager)
        self.address = reverse("new-round", args=[self.service.slug])

    def client(self, user=None):
        client = Client()
        client.force_login(user or self.manager)
        return client

    def send(self, client=None, **changes):
        sent = {
            "title": "October", "held_on_day": "1", "held_on_month": "10", "held_on_year": "2026",
            "asks": "choose", "set_title": "Short", "questions": list(SHORT), "source": "last", "how_many": "all",
            "auditors": [str(self.manager.pk), str(self.peer.pk)], "key": "k1",
        } | changes  # fmt: skip
        return (client or self.client()).post(f"{self.address}?framework=audit-2021", sent)

    def made(self):
        self.send()
        return inspection_by_id(AuditRound.objects.latest("pk").inspection_id)

    def judge(self, inspection, answer="sufficient"):
        for place, case in enumerate(sampled_cases(inspection)):
            given = answer if place % 2 else "insufficient"
            changes = [AnswerChange(q, given, 0, note="seen in the file", improvement="more") for q in SHORT]
            import_answers(case=case, answers=changes, by=self.manager)


@pytest.fixture
def house():
    return House()


def text(response, status=200):
    assert response.status_code == status, response.content.decode()[:3000]
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def test_one_page_makes_the_round_with_its_draw_and_readers(house):
    assert house.send().status_code == 302
    held = AuditRound.objects.get()
    assert (held.title, held.set_title, held.questions) == ("October", "Short", list(SHORT))
    assert sampled_cases(held.inspection).count() == 12
    readers = first_readers(held.inspection)
    assert len(readers) == 12
    own = set(held.inspection.cases.filter(attributes__case_manager="CM-1").values_list("number", flat=True))
    assert all(row.assessor != house.peer for number in own for row in readers[number])
    assert held.inspection.kind == Inspection.Kind.LOCAL_AUDIT


def test_sent_twice_it_is_one_round(house):
    first, second = house.send(), house.send()
    assert first["Location"] == second["Location"]
    assert AuditRound.objects.count() == 1
    assert house.send(title="Another").status_code == 422


def test_a_draw_takes_so_many_and_more_than_there_are_is_refused_whole(house):
    house.send(how_many="draw", cases="4")
    assert sampled_cases(AuditRound.objects.get().inspection).count() == 4
    assert "only 12 are eligible" in text(house.send(how_many="draw", cases="13", key="k2"), 422)
    assert AuditRound.objects.count() == 1


def test_everything_wrong_is_said_at_once(house):
    told = text(
        house.send(
            title="", held_on_day="", questions=[], set_title="", how_many="draw", auditors=[],
            files_close_day="9", files_close_month="10", files_close_year="2026",
            audits_due_day="8", audits_due_month="10", audits_due_year="2026",
        ), 422
    )  # fmt: skip
    for words in (
        "names no question",
        "has no title",
        "how many cases to draw",
        "at least one person",
        "Files close first",
    ):
        assert words in told
    assert not AuditRound.objects.exists()


def test_the_next_round_is_filled_in_like_the_last(house):
    house.send(how_many="draw", cases="4", audits_due_day="15", audits_due_month="10", audits_due_year="2026")
    told = text(house.client().get(house.address))
    assert "Filled in like “October”, a month later" in told
    assert re.search(r'value="set-1"[^>]*checked', told)
    assert re.search(r'name="cases" value="4"', told)
    assert "Audit of " in told
    assert told.count("checked") >= 5


def test_only_the_questions_of_the_set_are_asked_counted_and_scored(house):
    inspection = house.made()
    number = sampled_cases(inspection).first().number
    told = text(house.client().get(reverse("judge-case", args=[inspection.pk, number])))
    assert "Q1.1.1-answer" in told
    assert "Q1.1.3-answer" not in told
    assert "Q1.4.1" not in told
    house.judge(inspection)
    assert progress_of(inspection, load_framework("audit-2021")).outstanding == 0
    scores = scores_of(inspection).scores
    assert scores.partly_asked
    assert NOT_COMPARABLE in text(house.client().get(reverse("inspection", args=[inspection.pk])))


def test_teams_of_few_cases_are_kept_from_others_with_the_next(house):
    inspection = house.made()
    house.judge(inspection)
    address = reverse("round-results", args=[inspection.pk])
    own = text(house.client().get(address))
    assert "What to fix first" in own
    assert "Too few to show" not in own
    assert "Too few to show" in text(house.client(house.peer).get(address))


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"A": 9, "B": 5}, set()),
        ({"A": 9, "B": 4, "C": 7}, {"B", "C"}),
        ({"A": 4, "B": 3, "C": 7}, {"A", "B"}),
        ({"A": 4}, {"A"}),
        ({}, set()),
    ],
)
def test_a_team_kept_back_cannot_be_worked_out_from_the_rest(sizes, hidden):
    assert kept_back(sizes) == hidden


def test_a_case_manager_reads_the_feedback_of_their_own_cases_alone(house):
    inspection = house.made()
    house.judge(inspection)
    stranger = with_role(a_user("Other Manager"), house.service, Role.CASE_MANAGER, staff_code="CM-2")
    address = reverse("manager-feedback", args=[inspection.pk])
    client = house.client(stranger)
    assert "CM-1" not in text(client.get(address))
    told = text(client.get(address, {"manager": "CM-2"}))
    assert "seen in the file" in told
    assert "Feedback given" not in told
    assert client.get(address, {"manager": "CM-1"}).status_code == 404
    assert client.post(f"{address}?manager=CM-2").status_code == 404
    read = AuditEvent.objects.filter(verb="case.read", actor=stranger)
    assert read.count() == 4


def test_the_mark_of_feedback_given_is_made_once_and_taken_back(house):
    inspection = house.made()
    address = reverse("manager-feedback", args=[inspection.pk])
    client = house.client()
    early = text(client.post(f"{address}?manager=CM-1", follow=True))
    assert "Feedback can be marked as given once every case is agreed" in early
    assert "This case is not judged to the end yet" in text(client.get(address, {"manager": "CM-1"}))
    assert not FeedbackGiven.objects.exists()
    house.judge(inspection)
    for _twice in range(2):
        client.post(f"{address}?manager=CM-1")
    assert FeedbackGiven.objects.filter(ended_at=None).count() == 1
    assert "feedback given, noted by Quinn Quality" in text(client.get(address))
    client.post(f"{address}?manager=CM-1", {"done": "no"})
    assert not FeedbackGiven.objects.filter(ended_at=None).exists()
    assert client.post(f"{address}?manager=CM-9").status_code == 404


def test_the_history_is_a_chart_with_its_table_and_words(house):
    inspection = house.made()
    house.judge(inspection)
    address = reverse("rounds", args=[house.service.slug])
    told = text(house.client().get(address))
    assert "October" in told
    assert "Too few rounds to look for a pattern: 1 scored round" in told
    assert "The figures in this chart" in told
    narrowed = text(house.client().get(address, {"measure": "criterion-1.2", "framework": "audit-2021"}))
    assert '<option value="criterion-1.2" selected' in narrowed
    assert "Nothing to show of this measure yet" in text(house.client().get(address, {"framework": "cci-2009"}))


def test_a_round_that_is_only_begun_is_no_part_of_the_history(house):
    inspection = house.made()
    for case in sampled_cases(inspection):
        import_answers(case=case, answers=[AnswerChange("Q1.1.1", "insufficient", 0)], by=house.manager)
    told = text(house.client().get(reverse("rounds", args=[house.service.slug]), {"framework": "audit-2021"}))
    assert "Nothing to show of this measure yet" in told
    page = text(house.client().get(reverse("question", args=[inspection.pk, "Q1.1.2"])))
    assert "Not scored yet: no answer that counts, and not every question is answered" in page


def test_a_few_cases_decide_no_more_than_they_can(house):
    inspection = house.made()
    for place, case in enumerate(sampled_cases(inspection)):
        answers = [
            AnswerChange("Q1.1.1", "insufficient" if place < 11 else "sufficient", 0),
            AnswerChange("Q1.1.2", "sufficient", 0),
            AnswerChange(
                "Q1.2.1", "not_applicable" if place else "insufficient", 0, reason="too_early" if place else ""
            ),
        ]
        import_answers(case=case, answers=answers, by=house.manager)
    first = fix_first(scores_of(inspection))
    assert [one.name[:6] for one in first] == ["Q1.1.1", "Q1.2.1"]
    few = text(house.client().get(reverse("criterion", args=[inspection.pk, "1.2"])))
    assert "(judged in 1 case). So few cases say little." in few
    enough = text(house.client().get(reverse("criterion", args=[inspection.pk, "1.1"])))
    assert "(judged in 12 cases)." in enough
    assert "So few cases" not in enough
    page = text(house.client().get(reverse("inspection", args=[inspection.pk])))
    assert "lowest: Q1.2.1, in 1 case: too few to say much" in page
    assert "lowest: Q1.1.1, in 12 cases" in page


def test_a_service_without_rounds_is_told_how_to_begin():
    service = a_service()
    client = Client()
    client.force_login(with_role(a_user(), service))
    assert "No audit round yet" in text(client.get(reverse("rounds", args=[service.slug])))
    told = text(client.get(reverse("new-round", args=[service.slug])))
    assert "A new one, uploaded next" in told
    assert "The last one" not in told


def test_an_auditor_who_is_no_manager_opens_only_what_they_were_given(house):
    inspection = house.made()
    in_team(a_user(), inspection)
    mine = {number for number, rows in first_readers(inspection).items() if rows[0].assessor == house.peer}
    told = text(house.client(house.peer).get(reverse("cases", args=[inspection.pk])))
    assert mine
    assert all(number in told for number in mine)


def test_a_case_manager_who_audits_cannot_open_their_own_case_to_judge_it_and_still_hears_of_it(house):
    inspection = house.made()
    house.judge(inspection)
    client = house.client(house.peer)
    own = inspection.cases.filter(attributes__case_manager="CM-1").first().number
    given = next(number for number, rows in first_readers(inspection).items() if rows[0].assessor == house.peer)
    judge = {number: reverse("judge-case", args=[inspection.pk, number]) for number in (own, given)}
    assert client.get(judge[own]).status_code == 404
    assert client.post(judge[own]).status_code == 404
    assert client.get(judge[given]).status_code == 200
    listed = text(client.get(reverse("cases", args=[inspection.pk])))
    assert judge[given] in listed
    assert judge[own] not in listed
    feedback = text(client.get(reverse("manager-feedback", args=[inspection.pk]), {"manager": "CM-1"}))
    assert own in feedback
    assert "seen in the file" in feedback


def test_a_quality_manager_who_manages_a_case_does_not_judge_or_settle_it(house):
    inspection = house.made()
    own = inspection.cases.filter(attributes__case_manager="CM-2").first().number
    pages = [reverse(name, args=[inspection.pk, own]) for name in ("judge-case", "side-by-side")]
    assert house.client().get(pages[0]).status_code == 200
    with_role(house.manager, house.service, Role.CASE_MANAGER, staff_code="CM-2")
    assert [house.client().get(page).status_code for page in pages] == [404, 404]
    assert house.client().get(reverse("case", args=[inspection.pk, own])).status_code == 200


class TestClosing:
    def test_the_timetable_has_the_days_of_the_round(self):
        house = House()
        house.send(**{f"audits_due_{k}": v for k, v in (("day", 15), ("month", 10), ("year", 2026))})
        week = week_of(inspection_by_id(AuditRound.objects.get().inspection_id), date(2026, 10, 16))
        (step,) = [one for one in week.steps if one.due_step.step.id == "assessments_submitted"]
        assert (step.due_step.due, step.state, step.days_late) == (date(2026, 10, 15), "late", 1)

    def test_a_finished_round_is_closed_by_the_quality_manager_and_is_late_no_more(self, monkeypatch):
        monkeypatch.setattr(CaseProgress, "finished", True)
        house = House()
        inspection = house.made()
        house.judge(inspection)
        address = reverse("close-round", args=[inspection.pk])
        week = reverse("week", args=[inspection.pk])
        assert address in house.client().get(week).text
        assert self.press(house, address).status_code == 302
        page = house.client().get(week).text
        assert "The round was closed on" in page
        assert "late" not in page.split("<main")[1].replace("template", "")
        assert self.press(house, address).status_code == 302
        assert AuditRound.objects.get().closed_on is None
        verbs = list(AuditEvent.objects.filter(verb__startswith="round.").values_list("verb", flat=True))
        assert verbs[-2:] == ["round.closed", "round.opened_again"]

    def test_an_unfinished_round_is_not_closed_and_says_why(self):
        house = House()
        address = reverse("close-round", args=[house.made().pk])
        answer = self.press(house, address)
        assert answer.status_code == 422
        assert "cases are not submitted yet" in answer.text
        assert AuditRound.objects.get().closed_on is None

    def press(self, house, address):
        form = house.client().get(address).context["form"]
        return house.client().post(address, {field.name: field.value() for field in form.hidden_fields()})
