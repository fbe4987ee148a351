"""Setting an inspection up, recording what was found of the first plan, home, the story, comparison and the trail."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aboveline.jobs.frameworks import load_framework
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.inspections import record_first_plan
from aboveline.records.actions.judgement_imports import import_judgements
from aboveline.records.models import AuditEvent, Inspection, Role
from aboveline.records.queries.overview import marks_of
from tests.inspection_builders import a_judged_inspection, a_pair, judged, with_cases
from tests.records_builders import a_service, a_user, an_inspection, with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return a_service(area="Sefton")


@pytest.fixture
def manager(service):
    return with_role(a_user(), service)


@pytest.fixture
def client(manager):
    client = Client()
    client.force_login(manager)
    return client


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def round_of(service, **changes):
    held = changes.pop("held_on", date(2009, 6, 1))
    given = {"service": service.slug, "kind": "core", "original": "", "framework": "cci-2009", "key": "k1"}
    return given | day("held_on", held) | changes


def errors_of(response):
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}


def test_an_inspection_is_set_up_once_however_often_the_form_is_sent(client, service):
    address = reverse("set-up-inspection")
    responses = [client.post(address, round_of(service)) for _ in range(2)]
    made = Inspection.objects.get()
    assert [response.url for response in responses] == [reverse("inspection", args=[made.pk])] * 2
    assert (made.kind, made.held_on, len(made.seed)) == ("core", date(2009, 6, 1), 32)
    assert AuditEvent.objects.filter(verb="inspection.set_up").count() == 1


def test_the_same_page_with_other_values_is_asked_to_be_sent_again(client, service):
    address = reverse("set-up-inspection")
    client.post(address, round_of(service))
    again = client.post(address, round_of(service, held_on=date(2010, 6, 1)))
    assert again.status_code == 422
    assert Inspection.objects.count() == 1
    key = again.context["form"]["key"].value()
    assert key != "k1"
    assert client.post(address, round_of(service, held_on=date(2010, 6, 1), key=key)).status_code == 302
    assert Inspection.objects.count() == 2


def test_every_problem_of_the_form_at_once(client, service):
    response = client.post(reverse("set-up-inspection"), {"key": "k"})
    assert response.status_code == 422
    assert set(errors_of(response)) == {"service", "kind", "framework", "held_on"}
    assert response.content.decode().count("govuk-error-summary__list") == 1


def test_a_reinspection_follows_an_earlier_one_of_the_same_service(client, service):
    address, first = reverse("set-up-inspection"), an_inspection(service)
    without = client.post(address, round_of(service, kind="reinspection", held_on=date(2010, 9, 1)))
    assert "original" in errors_of(without)
    early = client.post(address, round_of(service, kind="reinspection", original=first.pk))
    assert "must be after 1 June 2009" in errors_of(early)["held_on"][0]
    needless = client.post(address, round_of(service, original=first.pk, held_on=date(2010, 9, 1)))
    assert "original" in errors_of(needless)
    right = round_of(service, kind="reinspection", original=first.pk, held_on=date(2010, 9, 1))
    assert client.post(address, right).status_code == 302
    assert Inspection.objects.get(kind="reinspection").original == first


def test_another_services_inspection_cannot_be_followed_or_set_up(client, service):
    strange = an_inspection()
    follow = round_of(service, kind="reinspection", original=strange.pk, held_on=date(2010, 9, 1))
    assert "original" in errors_of(client.post(reverse("set-up-inspection"), follow))
    assert "service" in errors_of(client.post(reverse("set-up-inspection"), round_of(strange.service)))


def test_only_a_local_audit_may_lie_outside_the_frameworks_time(client, service):
    address, late = reverse("set-up-inspection"), date(2026, 11, 1)
    refused = client.post(address, round_of(service, held_on=late))
    assert "choose a local audit" in errors_of(refused)["held_on"][0]
    assert "framework was in force from 1 April 2009 to 31 May 2012" in client.get(address).content.decode()
    made = client.post(address, round_of(service, held_on=late, kind="local_audit"), follow=True)
    assert "to 31 May 2012; it is used here for fieldwork of 1 November 2026" in made.content.decode()
    within = reverse("inspection", args=[an_inspection(service).pk])
    assert "31 May 2012" not in client.get(within).content.decode()


def test_a_second_local_audit_is_set_against_the_first_whatever_the_day(client, service, manager):
    address = reverse("set-up-inspection")
    assert "no inspection yet that one can follow" in client.get(address).content.decode()
    first = a_judged_inspection(manager, service, kind="local_audit", held_on=date(2026, 3, 2))
    again = round_of(service, kind="reinspection", original=first.pk, held_on=date(2026, 11, 2))
    assert client.post(address, again).status_code == 302
    second = Inspection.objects.get(kind="reinspection")
    assert second.local
    judged(with_cases(second, manager), manager, seed=9)
    page = client.get(reverse("inspection", args=[second.pk])).content.decode()
    assert "re-inspection of March 2026" in page
    assert "March 2026 local audit" in page


def test_publication_is_not_before_fieldwork(client, service):
    given = round_of(service) | day("published_on", date(2009, 5, 1))
    assert "published_on" in errors_of(client.post(reverse("set-up-inspection"), given))


def test_whoever_may_not_set_up_does_not_find_the_page(service):
    client = Client()
    client.force_login(with_role(a_user("Officer"), service, Role.DEMOCRATIC_SERVICES))
    assert client.get(reverse("set-up-inspection")).status_code == 404
    assert "Set up an inspection" not in client.get(reverse("inspections")).content.decode()


@pytest.fixture
def reinspection(service):
    first = an_inspection(service)
    return an_inspection(service, kind="reinspection", original=first, held_on=date(2010, 9, 13))


def plan(inspection, outcome="partly", note="Two of five actions done", version=None):
    return {"outcome": outcome, "note": note, "version": inspection.version if version is None else version}


def test_what_was_found_of_the_first_plan_is_recorded(client, reinspection):
    address = reverse("first-plan", args=[reinspection.pk])
    response = client.post(address, plan(reinspection), follow=True)
    page = response.content.decode()
    assert "Partly carried out" in page
    assert "Two of five actions done" in page
    assert "checked" in client.get(address).content.decode()


def test_a_newer_value_is_never_overwritten_and_both_are_shown(client, reinspection, service):
    address = reverse("first-plan", args=[reinspection.pk])
    other = with_role(a_user("Other"), service)
    record_first_plan(
        inspection=reinspection, outcome=Inspection.FirstPlan.CARRIED_OUT, note="All done", expected_version=1, by=other
    )
    response = client.post(address, plan(reinspection, version=1))
    assert response.status_code == 409
    page = response.content.decode()
    assert "All done" in page
    assert "Two of five actions done" in page
    reinspection.refresh_from_db()
    assert (reinspection.first_plan, reinspection.version) == ("carried_out", 2)
    client.post(address, plan(reinspection, version=response.context["form"]["version"].value()))
    reinspection.refresh_from_db()
    assert (reinspection.first_plan, reinspection.version) == ("partly", 3)


def test_the_same_value_sent_twice_is_no_conflict(client, reinspection):
    address = reverse("first-plan", args=[reinspection.pk])
    assert [client.post(address, plan(reinspection, version=1)).status_code for _ in range(2)] == [302, 302]


def test_a_first_plan_needs_an_answer_and_a_reinspection(client, reinspection):
    response = client.post(reverse("first-plan", args=[reinspection.pk]), plan(reinspection, outcome=""))
    assert response.status_code == 422
    original = reinspection.original.pk
    assert client.get(reverse("first-plan", args=[original])).url == reverse("inspection", args=[original])


def test_home_says_what_waits_for_whom(client, manager, service, reinspection):
    home = client.get("/").content.decode()
    assert home.count("Upload the case list") == 2
    with_cases(reinspection, manager, 2)
    assert "Draw the sample" in client.get("/").content.decode()
    judged(reinspection, manager, cases=1)
    assert "Finish 1 case" in client.get("/").content.decode()
    officer = Client()
    officer.force_login(with_role(a_user("Officer"), service, Role.DEMOCRATIC_SERVICES))
    page = officer.get("/").content.decode()
    assert "Nothing waits for you" in page
    assert "What changed" not in page


def test_home_tells_changes_in_runs_and_leaves_reading_out(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=2)
    client.get(reverse("case", args=[inspection.pk, "C001"]))
    changes = client.get("/").context["changes"]
    assert [change.words for change in changes] == [
        "Quality Manager saved judgements (184)",
        "Quality Manager confirmed a case list",
    ]
    assert {change.name for change in changes} == {"June 2009 core inspection"}


def test_home_tells_an_import_as_one_line_which_crowds_nothing_out(client, manager, service):
    inspection = with_cases(an_inspection(service), manager, 9)
    framework = load_framework("cci-2009")
    given = [AnswerChange(question.id, "sufficient", 0, "", "", "") for question in framework.questions]
    cases = list(inspection.cases.all())
    import_answers(case=cases[0], answers=given[:2], by=manager)
    import_judgements(
        inspection=inspection,
        answers={case.pk: given for case in cases[1:]},
        of_new_cases={},
        digest="d",
        expected_marks=marks_of(inspection),
        key="k",
        by=manager,
    )
    assert AuditEvent.objects.count() > 700
    assert [change.words for change in client.get("/").context["changes"]] == [
        "Quality Manager took over judgements from a file",
        "Quality Manager saved judgements (2)",
        "Quality Manager confirmed a case list",
    ]


def test_a_person_with_no_role_is_told_what_to_do():
    client = Client()
    client.force_login(a_user())
    assert "Nothing is shared with you yet" in client.get("/").content.decode()


def test_a_story_joins_only_what_is_settled(client, manager, service):
    a_pair(manager, service, cases=3)
    judged(
        with_cases(an_inspection(service, kind="local_audit", held_on=date(2011, 5, 1)), manager, 3), manager, cases=1
    )
    response = client.get(reverse("service", args=[service.slug]))
    charts = response.context["charts"]
    assert [len(chart.rows) for chart in charts] == [2, 2, 2]
    page = response.content.decode()
    for chart in charts:
        assert f'<h3 class="govuk-heading-s">{chart.title}</h3>' in page
    assert "At the September 2010 re-inspection, work was good enough" in page
    assert "May 2011 local audit" in page


def test_comparison_opens_with_the_newest_published_and_refuses_rank(client, manager, service):
    a_pair(manager, service, cases=3)
    page = client.get(reverse("comparison")).content.decode()
    assert "Sefton beside the others" in page
    assert "As at 18 January 2011" in page
    assert "No rank and no quartile: a printed table" in page
    assert "The lowest score of the set is Sefton" in page


def compared(client, **asked):
    given = {"basis": "printed", "area": "Sefton", "percent-safeguarding": "75"} | day("as_at", date(2011, 1, 18))
    return client.get(reverse("comparison"), given | asked)


def test_percents_from_elsewhere_are_compared_without_verdict(client):
    response = compared(client)
    theme = response.context["page"].themes[0]
    assert (theme.percent, theme.verdict) == (75, "Not testable")
    rows = compared(client, basis="rows").content.decode()
    assert "areas in this set" in rows or "area in this set" in rows
    assert "of 157 in the programme" in rows


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"area": ""}, "area"),
        ({"percent-safeguarding": ""}, "percent-safeguarding"),
        ({"percent-safeguarding": "175"}, "percent-safeguarding"),
        ({"as_at_month": "13"}, "as_at"),
        ({"basis": "guess"}, "basis"),
    ],
)
def test_a_comparison_that_cannot_be_made_says_why(client, asked, wrong):
    response = compared(client, **asked)
    assert response.status_code == 422
    assert set(errors_of(response)) == {wrong}


def test_nobody_compares_another_services_inspection(client, manager):
    strange = a_judged_inspection(manager, a_service(slug="strange"), cases=1)
    assert "inspection" in errors_of(compared(client, inspection=strange.pk))


def test_comparison_without_any_inspection_is_an_empty_form(client):
    response = client.get(reverse("comparison"))
    assert response.status_code == 200
    assert response.context["page"] is None
    assert "govuk-error-summary__title" not in response.content.decode()


def test_the_trail_is_searched_and_shows_no_value(client, manager, service):
    inspection = a_judged_inspection(manager, service, cases=1, note="about one child")
    client.get(reverse("case", args=[inspection.pk, "C001"]))
    address = reverse("trail", args=[service.slug])
    page = client.get(address)
    assert page.context["page"].paginator.num_pages == 2
    assert "about one child" not in page.content.decode()
    opened = client.get(address, {"verb": "case.read", "who": "quality"})
    assert [row[4].text for row in opened.context["table"].rows] == ["C001, June 2009 core inspection"]
    assert client.get(address, {"who": "nobody"}).context["page"].paginator.count == 0
    assert client.get(address, day("until", date(2009, 1, 1))).context["page"].paginator.count == 0
    wrong = client.get(address, day("since", date(2010, 1, 1)) | day("until", date(2009, 1, 1)))
    assert wrong.status_code == 422
    assert "must not be before the first" in wrong.content.decode()


def test_a_framework_is_shown_with_how_sure_its_sources_are(client):
    page = client.get(reverse("framework", args=["cci-2009"])).content.decode()
    assert "Q1.1.1" in page
    assert "Inferred from sources" in page
    assert client.get(reverse("framework", args=["no-such"])).status_code == 404
    assert "Core Case Inspection" in client.get(reverse("frameworks")).content.decode()


def test_the_accessibility_statement_is_public():
    assert Client().get(reverse("accessibility")).status_code == 200
