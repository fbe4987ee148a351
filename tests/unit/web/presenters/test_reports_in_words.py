"""Committee reports as the list and the page show them: state, meetings, problems, figures, history, rows."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from aboveline.domain.committee_figures import Binding
from aboveline.domain.problems import Place, Problem, Severity
from aboveline.jobs.service_reports import LookedAt
from aboveline.records.models import AuditEvent, Report, Service, User
from aboveline.rendering.outline import Heading, Outline
from aboveline.web.forms.reports import ReportForm, flat_of
from aboveline.web.presenters.reports import history, preview, reports_table, sets_shown, shown, state_words
from aboveline.web.presenters.reports_conflict import merged
from aboveline.web.presenters.reports_form import cautions, drawn_sections, input_at
from tests.report_builders import clean_tree, opened
from tests.scored_builders import texts

ROBIN = User(name="Robin")
REPORT = Report(
    pk=5, title="To the committee", service=Service(name="Exampleshire service"), changed_by=ROBIN,
    changed_at=datetime(2010, 9, 13, 9, 5, tzinfo=UTC),
)  # fmt: skip
BUILT = opened().value


def problem(code="report.left-blank", path="legal", severity=Severity.ERROR, line=None):
    return Problem(code, severity, "the message", "the remedy", place=Place(path=path, line=line))


def looked(*problems, built=BUILT, tree=None):
    return LookedAt(built, problems, tree or {})


def of_status(status):
    return SimpleNamespace(report=SimpleNamespace(status=status))


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (looked(problem()), "Cannot be made: 1 problem"),
        (looked(problem(), problem(), problem(severity=Severity.WARNING)), "Cannot be made: 2 problems"),
        (looked(built=None), "Cannot be made: 1 problem"),
        (looked(problem(severity=Severity.WARNING), built=of_status("draft")), "Draft"),
        (looked(built=of_status("cleared")), "Cleared"),
        (looked(built=of_status("published")), "Published"),
    ],
)
def test_a_report_says_whether_it_can_be_made_and_how_far_it_is(at, words):
    assert state_words(at) == words


def test_the_list_says_where_a_report_goes_and_sorts_by_its_first_meeting():
    meetings = [
        {"body": "Scrutiny", "date": date(2011, 2, 1)},
        {"body": "Cabinet", "date": date(2011, 1, 18)},
        {"body": "Nobody"},
        "nonsense",
    ]
    warned = looked(problem(severity=Severity.WARNING), tree={"report_to": meetings})
    table = reports_table([(REPORT, warned), (REPORT, looked(tree={"report_to": "x"}))], several=True)
    assert [one.key for one in table.columns] == ["title", "to", "state", "service", "changed"]
    first, second = table.rows
    assert first[1].text == "Scrutiny, 1 February 2011; Cabinet, 18 January 2011"
    assert first[1].order == date(2011, 1, 18)
    assert (second[1].text, second[1].order) == ("No meeting given", None)
    assert (first[2].detail, second[2].detail) == ("1 warning", "")
    assert (first[0].href, first[3].text) == ("/reports/5/", "Exampleshire service")
    assert (first[4].text, first[4].detail) == ("13 September 2010, 10:05", "Robin")


def test_one_services_list_does_not_name_it():
    table = reports_table([(REPORT, looked())], several=False)
    assert [one.key for one in table.columns] == ["title", "to", "state", "changed"]
    assert len(texts(table)[0]) == 4


class TestProblems:
    FORM = ReportForm(flat_of(clean_tree()))

    def one(self, found, *, previewed=True):
        return shown([found], REPORT, self.FORM, previewed=previewed)[0]

    def test_a_problem_leads_to_its_heading_and_to_its_input(self):
        found = self.one(problem(line=12))
        assert (found.message, found.remedy, found.line) == ("the message", "the remedy", 12)
        assert found.see == "#report-legal"
        assert found.correct == f"/reports/5/edit/#{input_at(self.FORM, 'legal')}"
        assert self.one(problem(path="recommendations[1]")).see == "#report-recommendations"

    def test_blank_headings_are_told_as_one_by_their_printed_names(self):
        found = [problem(path="wards"), problem("report.no-reason"), problem(path="childrens_services_targets")]
        other, blank = shown(found, REPORT, self.FORM, previewed=True)
        assert (other.message, blank.message) == ("the message", "2 headings are blank.")
        names = [part.message for part in blank.parts]
        assert names == ["Wards affected", "Impact on children’s services targets and priorities"]
        assert [part.see for part in blank.parts] == [
            "#report-title",
            "#report-impact-on-children-s-services-targets-and-priorities",
        ]

    def test_without_a_preview_there_is_nothing_to_see(self):
        assert self.one(problem(), previewed=False).see == ""

    def test_what_has_no_heading_leads_to_the_top_and_what_has_no_input_to_the_file(self):
        found = self.one(problem(path="nowhere"))
        assert (found.see, found.correct) == ("#report-title", "/reports/5/source/")

    def test_figures_are_put_right_by_binding(self):
        found = self.one(problem("report.figure-changed", "figures.original"))
        assert found.correct == "/reports/5/bind/"
        assert found.message == (
            "Scores of the first inspection: the figures are no longer those this report was written on."
        )
        assert found.remedy.startswith("Read the report against the new figures")

    @pytest.mark.parametrize(("code", "path"), [("report.figure-changed", "figures.else"), ("other", "figures.scores")])
    def test_any_other_problem_of_figures_keeps_its_own_words(self, code, path):
        assert self.one(problem(code, path)).message == "the message"

    def test_a_warning_leads_to_its_input_where_the_form_has_one(self):
        found = cautions(self.FORM, (problem(), problem(path="nowhere")))
        assert [one.target for one in found] == [input_at(self.FORM, "legal"), ""]
        assert {(one.words, one.remedy) for one in found} == {("the message", "the remedy")}


@dataclass
class OneInspection:
    """Figures of which only the new scores are an inspection on record."""

    def inspection(self, reference):
        return SimpleNamespace(pk=7) if reference == "fake:new" else None


class TestFigures:
    def sets(self, **digests):
        figures = BUILT.report.figures
        changed = {name: replace(getattr(figures, name), digest=digest) for name, digest in digests.items()}
        built = SimpleNamespace(figures=BUILT.figures, report=SimpleNamespace(figures=replace(figures, **changed)))
        return {one.name: one for one in sets_shown(LookedAt(built), OneInspection())}

    def test_a_set_bound_as_it_is_matches_and_leads_to_its_inspection(self):
        found = self.sets()["Scores"]
        assert (found.state, found.matches, found.href) == ("As it was bound", True, "/inspections/7/")
        assert found.figures[0] == ("Safeguarding", "75%")
        assert found.title == "Northmoor new, May 2024"

    def test_a_published_set_leads_to_the_comparison_with_its_day(self):
        found = self.sets()["Comparison"]
        assert found.href == "/compare/"
        assert found.title.endswith(", 1 June 2024")
        assert self.sets()["Scores of the first inspection"].href == ""

    @pytest.mark.parametrize(
        ("digest", "state"), [("", "Not bound yet"), ("sha256:other", "Changed since it was bound")]
    )
    def test_a_set_that_is_not_as_bound_does_not_match(self, digest, state):
        found = self.sets(scores=digest)["Scores"]
        assert (found.state, found.matches) == (state, False)

    def test_a_set_that_is_not_there_is_named_by_its_reference(self):
        built = SimpleNamespace(
            figures=replace(BUILT.figures, scores=None),
            report=SimpleNamespace(figures=replace(BUILT.report.figures, scores=Binding("gone:1", ""))),
        )
        found = next(one for one in sets_shown(LookedAt(built), OneInspection()) if one.name == "Scores")
        assert (found.title, found.state, found.matches, found.figures) == (
            "gone:1",
            "Not there: nothing on record has this name",
            False,
            (),
        )


def test_history_says_who_did_what_and_set_up_where_nobody_did():
    at = datetime(2010, 9, 13, 9, 5, tzinfo=UTC)
    events = [
        AuditEvent(verb="report.saved", actor=ROBIN, at=at),
        AuditEvent(verb="report.added", at=at),
        AuditEvent(verb="thing.done", at=at),
    ]
    assert [(one.when, one.who, one.words) for one in history(events)] == [
        ("13 September 2010, 10:05", "Robin", "saved the report"),
        ("13 September 2010, 10:05", "set-up", "began the report"),
        ("13 September 2010, 10:05", "set-up", "thing.done"),
    ]


def test_a_preview_stands_one_level_down_with_ids_of_its_own():
    outline = Outline("T", "A council", blocks=(Heading(2, "Legal", "legal"),))
    html = preview(outline)
    assert '<h2 id="report-title">' in html
    assert '<h3 id="report-legal">' in html
    assert "<h1" not in html


class TestForm:
    def drawn(self, tree):
        form = ReportForm(flat_of(tree))
        return {part.name: part for section in drawn_sections(form) for part in section.parts}

    def test_rows_are_numbered_from_one(self):
        rows = self.drawn({"report_to": [{"body": "A"}, {"body": "B"}]})["report_to"]
        assert [part.label.rpartition(" ")[2] for part in rows.parts] == ["1", "2"]
        assert [part.name for part in rows.parts] == ["report_to-0", "report_to-1"]

    def test_a_section_counts_its_own_errors(self):
        form = ReportForm(flat_of(clean_tree() | {"status": "made up"}))
        form.is_valid()
        counts = [section.errors for section in drawn_sections(form)]
        assert sum(counts) == len(form.errors)


class TestConflict:
    def test_without_the_text_both_began_with_every_difference_clashes(self):
        both = merged(None, {"council": "A", "legal": ["T"]}, {"council": "B", "legal": ["T"]})
        assert [clash.key for clash in both.clashes] == ["council"]
        assert both.tree == {"council": "B", "legal": ["T"]}
        assert both.taken == ()

    def test_what_only_you_changed_is_neither_a_clash_nor_taken(self):
        both = merged({"council": "A"}, {"council": "A"}, {"council": "B"})
        assert (both.tree, both.clashes, both.taken) == ({"council": "B"}, (), ())

    def test_a_clash_shows_dates_as_dates_and_choices_in_words(self):
        base = {"report_to": [{"body": "A", "date": date(2011, 1, 18), "kind": "executive"}]}
        mine = {"report_to": [{"body": "B", "date": date(2011, 1, 19), "kind": "executive"}]}
        theirs = {"report_to": [{"body": "C", "date": date(2011, 1, 20), "kind": "executive"}]}
        (clash,) = merged(base, theirs, mine).clashes
        values = [words for _label, words in clash.theirs]
        assert "C" in values
        assert "20 1 2011" in values
        assert "executive" not in values
        assert "19 1 2011" in [words for _label, words in clash.yours]
