"""What an inspection waits for, who is told so, and how far it has come."""

import pytest

from aboveline.domain.access import Standing
from aboveline.domain.roles import Role
from aboveline.jobs.inspections import CaseProgress, Progress
from aboveline.records.models import Inspection
from aboveline.records.queries.overview import Stage
from aboveline.web.presenters.inspection_list import inspections_table
from aboveline.web.presenters.work import next_step, stage_words, week_links, work_links
from tests.scored_builders import an_unsaved_inspection, texts


def with_roles(*roles):
    return Standing(frozenset(roles))


EVERY = with_roles(*Role)
REINSPECTION = {"kind": "reinspection", "original": Inspection(pk=1)}
HEAD, QUALITY, DEMOCRATIC = Role.HEAD_OF_SERVICE, Role.QUALITY_MANAGER, Role.DEMOCRATIC_SERVICES
LEAD, INSPECTOR, LOCAL = Role.LEAD_INSPECTOR, Role.INSPECTOR, Role.LOCAL_ASSESSOR


def stage(listed=0, draws=0, sampled=0, begun=0, **changes):
    return Stage(an_unsaved_inspection(**changes), listed, draws, sampled, begun)


def progress(*outstanding):
    return Progress(tuple(CaseProgress(f"C{n:03}", 3, left) for n, left in enumerate(outstanding)))


@pytest.mark.parametrize(
    ("at", "done", "text", "page"),
    [
        (stage(), None, "Upload the case list", "/caseload/"),
        (stage(5), None, "Draw the sample", "/sample/"),
        (stage(5, 1, 3), None, "Judge 3 cases", "/cases/"),
        (stage(5, 1, 1), progress(4), "Judge 1 case", "/cases/"),
        (stage(5, 1, 3, 1), progress(0, 2, 4), "Finish 2 cases", "/cases/"),
        (stage(5, 0, 5, 5), progress(0, 1), "Finish 1 case", "/cases/"),
        (
            stage(5, 1, 3, 3, **REINSPECTION),
            progress(0),
            "Record whether the first plan was carried out",
            "/first-plan/",
        ),
    ],
)
def test_the_next_step_is_one_and_leads_to_its_page(at, done, text, page):
    step = next_step(at, done, EVERY)
    assert (step.text, step.href) == (text, f"/inspections/7{page}")


@pytest.mark.parametrize(
    ("at", "done"),
    [
        (stage(5, 1, 3, 3), progress(0, 0)),
        (stage(5, 1, 3, 3, **REINSPECTION, first_plan="partly"), progress(0)),
    ],
)
def test_nothing_waits_where_all_is_done_or_only_others_can_go_on(at, done):
    assert next_step(at, done, EVERY) is None


@pytest.mark.parametrize(
    ("at", "done", "who"),
    [
        (stage(), None, {HEAD, QUALITY}),
        (stage(5), None, {QUALITY, LEAD}),
        (stage(5, 1, 3), None, {QUALITY, LEAD, INSPECTOR, LOCAL}),
        (stage(5, 1, 3, 1), progress(1), {QUALITY, LEAD, INSPECTOR, LOCAL}),
        (stage(5, 1, 3, 3, **REINSPECTION), progress(0), {QUALITY, LEAD}),
    ],
)
def test_a_step_is_told_only_to_those_who_may_take_it(at, done, who):
    assert {role for role in Role if next_step(at, done, with_roles(role))} == who


#: the links that this test says who sees; others have their own tests
TOLD = ["Where it is in its week", "Case list", "Sample", "Cases", "Import judgements", "Committee reports"]


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (QUALITY, TOLD),
        (HEAD, [text for text in TOLD if text != "Import judgements"]),
        (DEMOCRATIC, ["Where it is in its week", "Committee reports"]),
        (INSPECTOR, TOLD[:4]),
    ],
)
def test_links_are_those_a_role_may_open(role, links):
    shown = [link.text for link in work_links(an_unsaved_inspection(), with_roles(role))]
    assert [text for text in shown if text in TOLD] == links


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (LEAD, {"Who reads which case", "Interviews", "Requests to replace a case", "Meetings"}),
        (HEAD, {"Who reads which case", "Interviews", "Requests to replace a case"}),
        (Role.CASE_MANAGER, {"Who reads which case", "Interviews"}),
        (DEMOCRATIC, set()),
    ],
)
def test_links_of_a_week_are_those_a_role_may_open(role, links):
    shown = {link.text for link in week_links(an_unsaved_inspection(), with_roles(role))}
    asked = {"Who reads which case", "Interviews", "Requests to replace a case", "Meetings"}
    assert shown & asked == links


@pytest.mark.parametrize("links_of", [work_links, week_links])
def test_each_link_leads_to_a_page_of_its_own(links_of):
    hrefs = [link.href for link in links_of(an_unsaved_inspection(), EVERY)]
    assert len(set(hrefs)) == len(hrefs) > 5
    assert all(href.startswith("/inspections/7/") for href in hrefs if href != "/reports/")


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (stage(), "No case list yet"),
        (stage(5), "Case list confirmed"),
        (stage(5, 1, 3), "Sample drawn"),
        (stage(5, 1, 3, 2), "2 of 3 cases begun"),
        (stage(1, 1, 1, 1), "1 of 1 case begun"),
    ],
)
def test_how_far_an_inspection_has_come(at, words):
    assert stage_words(at) == words


def test_the_list_of_inspections_names_the_service_only_among_several():
    at = stage(5, 1, 3, 2, framework_id="cci-2009")
    (alone,) = texts(inspections_table([at], several=False))
    title = "Core Case Inspection of youth offending work"
    assert alone == ["June 2009 core inspection", "1 June 2009", title, "2 of 3 cases begun"]
    (among,) = texts(inspections_table([at], several=True))
    assert among == [alone[0], "Exampleshire service", *alone[1:]]
    table = inspections_table([at], several=True)
    assert [one.key for one in table.columns] == ["inspection", "service", "held", "framework", "stage"]
    assert table.rows[0][0].href == "/inspections/7/"
