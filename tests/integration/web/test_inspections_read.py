"""Reading an inspection: from the headline down to the judgement, and that every opening of a case is on record."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.records.actions.assessments import AnswerChange, FindingChange, import_answers, save_assessment
from aboveline.records.models import AuditEvent, Inspection, Role
from tests.inspection_builders import a_judged_inspection, a_pair, judged, with_cases
from tests.records_builders import a_service, a_user, an_inspection, in_team, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return a_service(area="Sefton")


@pytest.fixture
def manager(service):
    return with_role(a_user(), service)


@pytest.fixture
def client(manager):
    return signed_in(manager)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def text_of(client, name, *args, query="", status=200):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def test_a_reinspection_is_summed_up_first_and_set_beside_the_first(client, manager, service):
    _first, second = a_pair(manager, service)
    page = text_of(client, "inspection", second.pk)
    assert page.index("times in ten") < page.index('class="ab-score"')
    assert "themes are better than in June 2009" in page
    assert "regression to the mean" in page
    assert "may be the lowest of the comparator set" in page
    assert "advised against close comparison" in page
    assert "as at 18 January 2011" in page
    assert "Not recorded yet" in page
    assert "There is a later re-inspection" in text_of(client, "inspection", _first.pk)


def test_the_comparison_that_the_page_leads_to_is_of_the_same_inspection_and_day(client, manager, service):
    _first, second = a_pair(manager, service)
    inspection_page = client.get(reverse("inspection", args=[second.pk])).context["page"]
    answer = client.get(inspection_page.note.address)
    assert answer.status_code == 200
    assert answer.context["form"].chosen == second
    assert answer.context["page"].as_at == inspection_page.note.as_at == "18 January 2011"


def test_criteria_come_weakest_first_and_sort_by_address(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=8)
    shown = client.get(reverse("inspection", args=[inspection.pk])).context["page"].criteria
    shares = [row[1].order for row in shown.rows]
    assert shares == sorted(shares)
    other = client.get(reverse("inspection", args=[inspection.pk]), {"sort": "-score"}).context["page"].criteria
    assert [row[1].order for row in other.rows] == sorted(shares, reverse=True)


def test_questions_are_the_weakest_few_until_asked_for_all_or_narrowed(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=2)
    address = reverse("inspection", args=[inspection.pk])

    def shown(**asked):
        part = client.get(address, asked).context["page"].questions
        return len(part.table.rows), part.total, bool(part.more)

    assert shown() == (12, 92, True)
    assert shown(show="all") == (92, 92, False)
    assert shown(criterion="1.1")[0] == 14
    assert 0 < shown(find="risk", theme="roh")[0] < shown(find="risk")[0]
    assert shown(find="no such words") == (0, 92, False)
    assert "No question fits" in text_of(client, "inspection", inspection.pk, query="?find=nothing-like-it")


def test_an_inspection_without_cases_says_what_to_do_next(client, service):
    inspection = an_inspection(service)
    page = text_of(client, "inspection", inspection.pk)
    assert "No scores yet" in page
    assert reverse("caseload", args=[inspection.pk]) in page
    assert "ab-score" not in page


def test_answers_still_missing_are_counted_and_the_score_is_so_far(client, manager, service):
    inspection = judged(with_cases(an_inspection(service), manager, 4), manager, cases=2, questions=10)
    page = text_of(client, "inspection", inspection.pk)
    assert "So far, work was good enough" in page
    assert "Cases finished: 0 of 4" in page
    assert "Only 2 cases were assessed" in page


def test_saving_one_answer_more_changes_the_score_at_once(client, manager, service):
    inspection = with_cases(an_inspection(service), manager, 3)
    case = inspection.cases.first()
    for version, answer, percent in ((0, "insufficient", 0), (1, "sufficient", 100)):
        change = AnswerChange("Q1.1.1", answer, version)
        save_assessment(case=case, answers=[change], findings=[], key=f"k{version}", by=manager)
        scores = json.loads(client.get(reverse("scores-json", args=[inspection.pk])).content)
        assert next(q for q in scores["questions"] if q["id"] == "Q1.1.1")["percent"] == percent


def test_a_changed_framework_is_said(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=2, framework_digest="0" * 64)
    page = text_of(client, "inspection", inspection.pk)
    assert "no longer those this inspection was set up with" in page


def test_the_way_down_and_back(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=3)
    criterion = text_of(client, "criterion", inspection.pk, "1.1")
    assert reverse("question", args=[inspection.pk, "Q1.1.1"]) in criterion
    assert reverse("criterion", args=[inspection.pk, "1.2"]) in criterion
    assert reverse("inspection", args=[inspection.pk]) in criterion
    question = text_of(client, "question", inspection.pk, "Q1.1.2")
    assert reverse("case", args=[inspection.pk, "C001"]) in question
    assert reverse("question", args=[inspection.pk, "Q1.1.1"]) in question
    assert reverse("criterion", args=[inspection.pk, "1.1"]) in question
    case = text_of(client, "case", inspection.pk, "C002")
    assert reverse("case", args=[inspection.pk, "C001"]) in case
    assert reverse("case", args=[inspection.pk, "C003"]) in case
    assert reverse("judge-case", args=[inspection.pk, "C002"]) in case


@pytest.mark.parametrize(("name", "wrong"), [("criterion", "9.9"), ("question", "Q9"), ("case", "C999")])
def test_what_is_not_there_is_not_found(client, manager, service, name, wrong):
    inspection = a_judged_inspection(manager, service, cases=1)
    text_of(client, name, inspection.pk, wrong, status=404)


def test_cases_stand_under_their_answer_with_what_was_written(client, manager, service):
    inspection = with_cases(an_inspection(service), manager, 5)
    answers = ("sufficient", "insufficient", "not_applicable", "not_applicable")
    for case, answer in zip(inspection.cases.all(), answers, strict=False):
        reason = {"C003": "too_early", "C004": "case_facts"}.get(case.number, "")
        change = AnswerChange("Q1.1.1", answer, 0, reason=reason, note=f"note on {case.number}", improvement="a date")
        import_answers(case=case, answers=[change], by=manager)
    groups = client.get(reverse("question", args=[inspection.pk, "Q1.1.1"])).context["groups"]
    assert [(group.words, [case.number for case in group.cases]) for group in groups] == [
        ("Insufficient (below the line)", ["C002"]),
        ("Sufficient (above the line)", ["C001"]),
        ("Not applicable", ["C003"]),
        ("Not applicable: the facts of the case rule it out", ["C004"]),
        ("Not answered", ["C005"]),
    ]
    page = text_of(client, "question", inspection.pk, "Q1.1.1")
    assert "note on C002" in page
    assert "Too early in the sentence to judge" in page
    assert "What would have made it sufficient:</strong> a date" in page


def test_notes_are_escaped(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=1, note="<script>alert(1)</script>")
    for name, args in (("question", ["Q1.1.1"]), ("case", ["C001"])):
        page = text_of(client, name, inspection.pk, *args)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_opening_a_case_or_a_questions_cases_is_on_record(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=1)
    before = AuditEvent.objects.count()
    text_of(client, "case", inspection.pk, "C001")
    text_of(client, "question", inspection.pk, "Q1.1.1")
    events = list(AuditEvent.objects.order_by("sequence")[before:])
    assert [(event.verb, event.actor, event.reason) for event in events] == [
        ("case.read", manager, ""),
        ("answers.read", manager, "Q1.1.1"),
    ]


def test_a_page_that_cannot_be_recorded_is_not_shown(client, manager, service, monkeypatch):
    inspection = a_judged_inspection(manager, service, cases=1)

    def broken(**_):
        raise RuntimeError("no audit")

    monkeypatch.setattr("aboveline.web.views.cases_read.note_case_read", broken)
    with pytest.raises(RuntimeError, match="no audit"):
        client.get(reverse("case", args=[inspection.pk, "C001"]))


def test_the_services_reference_is_shown_only_when_asked_and_that_is_on_record(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=1)
    address = reverse("case", args=[inspection.pk, "C001"])
    assert "REF0000" not in client.get(address).content.decode()
    shown = client.post(address).content.decode()
    assert "REF0000" in shown
    assert AuditEvent.objects.order_by("-sequence").first().verb == "reference.shown"
    assert "REF0000" not in client.get(address).content.decode()


def test_a_case_shows_what_was_listed_and_what_was_found(client, manager, service):
    inspection = with_cases(an_inspection(service), manager, 1)
    case = inspection.cases.first()
    save_assessment(case=case, answers=[], findings=[FindingChange("mappa", "level_2", 0)], key="k", by=manager)
    page = text_of(client, "case", inspection.pk, "C001")
    assert "12 January 2009" in page
    assert "Referral order" in page
    assert "What the assessor found" in page
    assert "Nothing is judged yet" in page


def test_whoever_sees_scores_but_no_cases_gets_counts_only(manager, service):
    inspection = a_judged_inspection(manager, service, cases=5, note="about one child")
    officer = signed_in(with_role(a_user("Officer"), service, Role.DEMOCRATIC_SERVICES))
    before = AuditEvent.objects.count()
    page = text_of(officer, "question", inspection.pk, "Q1.1.1")
    assert "C001" not in page
    assert "about one child" not in page
    assert "of 5 judgements" in page
    assert AuditEvent.objects.count() == before
    text_of(officer, "case", inspection.pk, "C001", status=404)
    assert "Import judgements" not in text_of(officer, "inspection", inspection.pk)


def test_another_services_inspection_is_not_there(client):
    strange = an_inspection()
    for name, args in (("inspection", []), ("criterion", ["1.1"]), ("question", ["Q1.1.1"]), ("scores-csv", [])):
        text_of(client, name, strange.pk, *args, status=404)
    text_of(client, "service", strange.service.slug, status=404)


def test_scores_as_files_hold_every_level_unrounded(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=3)
    document = json.loads(client.get(reverse("scores-json", args=[inspection.pk])).content)
    assert document["inspection"]["area"] == "Sefton"
    assert [len(document[level]) for level in ("themes", "sections", "criteria", "questions")] == [3, 3, 8, 92]
    response = client.get(reverse("scores-csv", args=[inspection.pk]))
    assert response["Content-Disposition"].endswith('-2009-06-core-scores.csv"')
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 106
    theme = document["themes"][0]
    assert rows[0]["id"] == theme["id"]
    assert float(rows[0]["share"]) == theme["share"]


def test_a_list_narrows_by_address(client, manager, service):
    an_inspection(service)
    an_inspection(service, kind=Inspection.Kind.LOCAL_AUDIT, held_on=date(2011, 3, 1))
    assert "June 2009 core inspection" in text_of(client, "inspections")
    narrowed = text_of(client, "inspections", query="?kind=local_audit")
    assert "March 2011 local audit" in narrowed
    assert "June 2009" not in narrowed
    assert "No inspection fits" in text_of(client, "inspections", query="?kind=reinspection")


def test_an_assessor_sees_only_the_inspections_of_their_team(manager, service):
    inspection, other = an_inspection(service), an_inspection(service, held_on=date(2011, 3, 1))
    assessor = signed_in(in_team(a_user("Assessor"), inspection))
    listed = text_of(assessor, "inspections")
    assert "June 2009" in listed
    assert "March 2011" not in listed
    text_of(assessor, "inspection", other.pk, status=404)
