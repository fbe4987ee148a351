"""Reports bound to the inspections on record: started, looked at, refused when a judgement changes, bound again."""

from datetime import date

import pytest

from aboveline.domain.committee_figures import FigureRef
from aboveline.jobs.service_report_figures import RecordFigures, reference_to
from aboveline.jobs.service_report_start import Beginning, jurisdictions, started
from aboveline.jobs.service_reports import (
    bound_as_now,
    build,
    figures_now,
    look_at,
    meetings_of,
    text_of,
    title_of,
    tree_of,
    unreadable,
)
from aboveline.records.actions.assessments import AnswerChange, import_answers
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Judgement
from aboveline.rendering.hidden_data import scan
from tests.inspection_builders import a_judged_inspection, a_pair
from tests.records_builders import a_service, a_user, an_inspection

pytestmark = pytest.mark.django_db
BEGINNING = Beginning(
    "Re-inspection", "Exampleshire Council", "england", "Cabinet", "executive", date(2011, 1, 18), "Director", "Head"
)


@pytest.fixture
def world():
    user, service = a_user(), a_service(area="Sefton")
    first, second = a_pair(user, service, cases=3)
    return user, service, first, second, started(BEGINNING, second)


def change_a_judgement(inspection, user):
    row = Judgement.objects.filter(assessment__case__inspection=inspection, answer="insufficient").first()
    import_answers(
        case=row.assessment.case, answers=[AnswerChange(row.question, "sufficient", row.version, note="")], by=user
    )


def codes(problems):
    return {problem.code for problem in problems}


def test_a_new_report_can_be_made_at_once_and_says_what_is_blank(world):
    _, service, first, second, document = world
    looked = look_at(document, service)
    assert looked.errors == ()
    blank = {p.place.path for p in looked.problems if p.code == "report.left-blank"}
    assert {"legal", "wards", "key_decision", "corporate_objectives", "background_papers"} <= blank
    assert "purpose" not in blank
    said = {p.message for p in looked.problems if p.code == "report.left-blank"}
    assert {"“Wards affected” is blank.", "“Impact on children’s services targets and priorities” is blank."} <= said
    assert not any("_" in words or words[1].islower() for words in said)
    bound = looked.tree["figures"]
    assert bound["scores"]["inspection"] == reference_to(second)
    assert bound["original"]["inspection"] == reference_to(first)
    assert bound["comparator"]["set"] == "printed:cci-2009@2011-01-18"


def test_its_table_has_four_years_of_nothing_stated(world):
    amounts = look_at(world[4], world[1]).tree["financial"]["revenue"]["gross"]
    assert amounts == dict.fromkeys(["2010/11", "2011/12", "2012/13", "2013/14"])


def test_figures_carry_n_date_interval_and_band(world):
    _, service, _, second, _ = world
    second.caseload_size = 60
    second.save()
    scores = RecordFigures(service).scores(reference_to(second))
    safeguarding = scores.by_theme["safeguarding"]
    assert (scores.when, scores.area, safeguarding.cases) == ("September 2010", "Sefton", 3)
    assert safeguarding.interval.low < safeguarding.percent < safeguarding.interval.high
    assert safeguarding.band in {"Minimum", "Moderate", "Substantial", "Drastic"}
    assert "inspection" in scores.source


def test_each_theme_is_printed_with_its_own_judgements_and_cases(world):
    looked = look_at(world[4], world[1])
    for score in looked.built.figures.scores.scores:
        assert f"{score.sufficient} of {score.applicable} judgements in 3 cases" in str(looked.built.outline)


def test_a_report_on_an_unfinished_inspection_says_so(world):
    user, service, _, second, _ = world
    row = Judgement.objects.filter(assessment__case__inspection=second).first()
    import_answers(
        case=row.assessment.case, answers=[AnswerChange(row.question, "not_answered", row.version, note="")], by=user
    )
    document = started(BEGINNING, second)
    (warning,) = [p for p in look_at(document, service).warnings if p.code == "report.not-finished"]
    assert "2 of 3 cases finished, 1 answer missing" in warning.message
    final = look_at(document.replace("status: draft", "status: cleared"), service)
    assert "report.unfinished-in-final" in codes(final.errors)


def test_looking_again_finds_the_same_figures(world):
    assert figures_now(look_at(world[4], world[1])) == figures_now(look_at(world[4], world[1])) != ""


def test_the_comparison_takes_in_our_own_sampling_error(world):
    figures = look_at(world[4], world[1]).built.figures
    assert {row.verdict for row in figures.comparator.comparators} <= {"above", "below", "no clear difference"}
    assert not figures.has_rank


def test_a_judgement_that_changes_stops_the_report_until_it_is_bound_again(world):
    user, service, _, second, document = world
    report = add_report(service=service, title="R", document=document, by=user)
    assert build(report, "html").ok
    change_a_judgement(second, user)
    refused = build(report, "pdf")
    assert refused.value is None
    assert codes(refused.errors) == {"report.figure-changed"}
    report.document = bound_as_now(look_at(document, service))
    assert build(report, "html").ok


def test_binding_again_keeps_every_word(world):
    _, service, _, _, document = world
    before, after = tree_of(document).value, tree_of(bound_as_now(look_at(document, service))).value
    assert before == after


def test_another_services_inspection_is_not_there(world):
    second, document = world[3:]
    other = a_service()
    assert RecordFigures(other).scores(reference_to(second)) is None
    looked = look_at(document, other)
    assert "report.unknown-figures" in codes(looked.errors)
    assert looked.built.figures.scores is None


@pytest.mark.parametrize(
    "reference", ["inspection:", "inspection:x", "inspection:-1", "inspection:99999999999999999999"]
)
def test_a_reference_that_names_nothing_finds_nothing(reference):
    assert RecordFigures(a_service()).scores(reference) is None


def test_published_figures_are_there_for_everybody():
    assert RecordFigures(a_service()).scores("published:sefton/2010-reinspection").by_theme["roh"].percent == 70


def test_an_inspection_nobody_has_judged_has_no_figures_to_print(world):
    scores = RecordFigures(world[1]).scores(reference_to(an_inspection(world[1])))
    assert {score.percent for score in scores.scores} == {None}


def test_made_up_cases_say_so_in_the_report():
    user, service = a_user(), a_service()
    inspection = a_judged_inspection(user, service, cases=2, synthetic=True)
    assert "Made-up" in RecordFigures(service).scores(reference_to(inspection)).source


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_each_file_is_made_and_hides_nothing(world, kind):
    user, service, *_, document = world
    made = build(add_report(service=service, title="R", document=document, by=user), kind)
    assert scan(f"report.{kind}", made.expect()) == ()


def test_the_opening_prints_bound_figures(world):
    looked = look_at(world[4], world[1])
    words = looked.built.figures.words_for(FigureRef("score", "roh"))
    assert any(f"Risk of Harm to others: {words}" in str(block) for block in looked.built.outline.blocks)


@pytest.mark.parametrize("document", ["", "a: [", "- 1", "purpose: &a x", "council: 5"])
def test_a_text_that_is_no_report_says_why(document):
    looked = look_at(document, a_service())
    assert looked.errors
    assert not looked.may_be_made


def test_what_can_be_read_is_checked_beside_what_cannot(world):
    tree = tree_of(world[4]).value
    tree["financial"]["revenue"]["gross"]["2010/11"] = "abc"
    tree["commitments"] = [{"what": "Report back", "owner": "Head"}]
    tree |= {"council": 5, "purpose": "{{score.nonsense}}", "legal": {"not_applicable": ""}}
    document = text_of(tree)
    looked = look_at(document, world[1])
    assert looked.built is None
    found = {(p.code.removeprefix("report."), p.place.path) for p in looked.errors}
    no_reason = ("no-reason", "legal.not_applicable")
    assert {("unknown-reference", "purpose.0"), no_reason, ("wrong-shape", "council")} <= found
    assert not any(path.startswith("financial") and code != "wrong-shape" for code, path in found)
    lines = document.splitlines()
    assert all("not_applicable" in lines[p.place.line - 1] for p in looked.errors if p.place.path == no_reason[1])


def test_warnings_do_not_wait_for_what_cannot_be_read_unless_they_may_be_about_it(world):
    tree = tree_of(world[4]).value | {"council": 5, "recommendations": []}
    tree["financial"]["revenue"]["gross"]["2010/11"] = "abc"

    def warned(tree):
        return {p.code.removeprefix("report.") for p in look_at(text_of(tree), world[1]).warnings}

    paths = {p.place.path for p in look_at(text_of(tree), world[1]).warnings}
    assert "no-recommendation" in warned(tree)
    assert not any(path.startswith("financial.revenue") or path == "financial" for path in paths)
    assert not warned(tree | {"status": 5})


def test_a_file_is_refused_for_its_shape_with_lines_but_not_for_what_it_says(world):
    document = world[4]
    (problem,) = unreadable((document + "odd: 1\n").encode())
    assert (problem.code, problem.place.line) == ("report.unknown-key", document.count("\n") + 1)
    assert unreadable(document.replace("status: draft", "status: cleared").encode()) == ()
    assert codes(unreadable(b"\xff\xfe")) == {"yaml.not-utf8"}


def test_a_title_is_one_line_that_can_be_listed():
    assert title_of({"subject": "A\x07\nB\u202eC"}) == "A BC"
    assert len(title_of({"subject": "x" * 900})) == 200
    assert title_of({"subject": None}) == "Report without a subject"


def test_meetings_are_read_as_far_as_they_can_be():
    rows = [{"body": "Cabinet", "date": date(2011, 1, 18)}, {"body": "Board", "date": "soon"}, "x"]
    assert meetings_of({"report_to": rows}) == (("Cabinet", date(2011, 1, 18)),)
    assert meetings_of({"report_to": "x"}) == ()


def test_every_country_has_a_name_on_the_page():
    from aboveline.web.forms.reports_new import COUNTRIES

    assert set(jurisdictions()) <= set(COUNTRIES)
