"""The form of a report holds all a report holds, keeps what was typed, and says where each problem is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aboveline.domain.problems import Place, Problem, Severity
from aboveline.web.forms.reports import ReportForm, flat_of, lost, rows_named, tree_from, with_row, without_row
from aboveline.web.forms.reports_finance import MONEY
from aboveline.web.forms.reports_groups import Entry
from aboveline.web.forms.reports_nodes import (
    ABSENT,
    Choice,
    Day,
    Flag,
    Lines,
    Numbers,
    Prose,
    Years,
    YesNo,
    whole_or_text,
)
from tests.report_builders import clean_tree


def saved(tree, **changes):
    """The tree after its form was changed and saved."""
    return tree_from(flat_of(tree) | changes, tree)


def same(tree):
    """Texts written alone and in a list are the same to a reader of the report."""
    if isinstance(tree, dict):
        return {key: same(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return same(tree[0]) if len(tree) == 1 and isinstance(tree[0], str) else [same(value) for value in tree]
    return tree


def test_saving_the_complete_report_unchanged_changes_nothing():
    tree = clean_tree()
    assert lost(tree) == []
    assert same(saved(tree)) == same(tree)


def test_a_second_saving_changes_nothing_more():
    once = saved(clean_tree())
    assert saved(once) == once


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("unheard_of", "x", "unheard_of"),
        ("purpose", {"maybe": "x"}, "purpose.maybe"),
        ("wards", "All", "wards"),
        ("financial", {"capital": {"gross": {"soon": {"deep": 5}}}}, "financial.capital.gross.soon.deep"),
        ("status", "secret", "status"),
        ("commitments", [{"what": "x", "colour": "red"}], "commitments.0.colour"),
        (
            "corporate_objectives",
            {"list": "sefton-2009", "impacts": {"moon": "positive"}},
            "corporate_objectives.impacts.moon",
        ),
    ],
)
def test_what_the_form_cannot_hold_is_named_before_it_could_be_dropped(key, value, path):
    assert path in lost(clean_tree() | {key: value})


def test_figures_are_shown_not_changed():
    tree = clean_tree()
    assert saved(tree, **{"figures-scores-digest": "forged"})["figures"] == tree["figures"]


def test_a_new_row_is_saved_an_empty_one_is_not():
    flat = with_row(with_row(flat_of(clean_tree()), "recommendations"), "recommendations")
    flat |= {"recommendations-2-text": "Ask again."}
    rows = tree_from(flat, clean_tree())["recommendations"]
    assert [row["text"] for row in rows] == [["Note the result of {{score.roh}}."], ["Ask again."]]


def test_a_row_taken_out_moves_the_others_up_with_their_dates():
    flat = without_row(flat_of(clean_tree()), "report_to", 0)
    assert tree_from(flat, {})["report_to"] == [{"body": "Scrutiny", "kind": "scrutiny", "date": date(2024, 7, 2)}]


def test_rows_inside_an_entry_can_be_added_too():
    assert rows_named("background_papers-text")
    assert rows_named("recommendations")
    assert not rows_named("purpose-text")
    assert not rows_named("figures")


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"legal-state": "not_applicable", "legal-text": "", "legal-reason": "no law"}, {"not_applicable": "no law"}),
        ({"legal-state": "not_considered", "legal-text": ""}, {"not_considered": ""}),
        ({"legal-state": "", "legal-text": ""}, None),
        ({"legal-state": "", "legal-text": "Typed all the same."}, ["Typed all the same."]),
        ({"legal-state": "answered", "legal-text": "One.\r\n\r\nTwo."}, ["One.", "Two."]),
    ],
)
def test_the_four_states_of_an_entry(changes, value):
    assert saved(clean_tree(), **changes).get("legal") == value


@pytest.mark.parametrize(
    "changes", [{"legal-state": "not_applicable", "legal-text": "x"}, {"legal-state": "", "legal-reason": "x"}]
)
def test_an_answer_or_reason_that_saving_would_drop_is_refused(changes):
    form = ReportForm(flat_of(clean_tree()) | changes)
    assert not form.is_valid()
    assert form.contradictions == ["legal-state"]


def test_a_date_that_is_none_stays_as_typed_and_an_amount_too():
    changes = {"commitments-0-due_day": "31", "commitments-0-due_month": "13", "financial-revenue-own-2024/25": "lots"}
    tree = saved(clean_tree(), **changes)
    assert tree["commitments"][0]["due"] == "2024-13-31"
    assert tree["financial"]["revenue"]["own"]["2024/25"] == "lots"
    assert flat_of(tree)["commitments-0-due_month"] == "13"
    assert lost(tree) == []


def test_nothing_in_a_box_is_not_stated_and_nought_is_nought():
    tree = saved(clean_tree(), **{"financial-revenue-own-2024/25": "", "financial-revenue-own-2025/26": "0"})
    assert tree["financial"]["revenue"]["own"] == {"2024/25": None, "2025/26": 0, "2026/27": 0, "2027/28": 0}


@given(st.lists(st.text("ab -\n.", min_size=1, max_size=12).map(str.strip).filter(bool), max_size=5))
@settings(max_examples=150, deadline=None)
def test_prose_reads_back_what_it_wrote(parts):
    node = Prose("Answer")
    once = node.read("x", node.flatten("x", parts or None))
    assert node.read("x", node.flatten("x", once)) == once
    assert "".join("".join(once or []).split()) == "".join("".join(parts).split())


@given(st.dates())
def test_every_day_reads_back(day):
    node = Day("Due")
    assert node.read("x", node.flatten("x", day)) == day


@pytest.mark.parametrize(
    ("text", "value"), [("£1,250", 1250), ("-40", -40), ("0", 0), ("1e5", "1e5"), ("٣", "٣"), ("9" * 19, "9" * 19)]
)
def test_amounts(text, value):
    assert whole_or_text(text) == value


def test_numbers_keep_what_is_no_number():
    assert Numbers("Paragraphs").read("x", {"x": "3, 5; b"}) == [3, 5, "b"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("purpose.3", "purpose-text"),
        ("legal.not_applicable", "legal-reason"),
        ("improvement_plan.not_applicable", "improvement_plan-reason"),
        ("background_papers.not_applicable", "background_papers-reason"),
        ("financial.external_funding.afterwards.not_applicable", "financial-external_funding-afterwards-reason"),
        ("commitments.0.due", "commitments-0-due"),
        ("commitments", "commitments-0-what"),
        ("background_papers.0.title", "background_papers-text-0-title"),
        ("financial.capital.gross.2024/25", "financial-capital-gross-2024/25"),
        ("financial.external_funding.afterwards.0", "financial-external_funding-afterwards-text"),
        ("corporate_objectives.impacts.safe_communities", "corporate_objectives-impacts-safe_communities"),
        ("clearance.legal", "clearance-legal-post"),
        ("report_to[0].date", "report_to-0-date"),
        ("figures.scores", ""),
        ("", ""),
    ],
)
def test_each_place_leads_to_its_input(path, name):
    assert ReportForm(flat_of(clean_tree())).name_at(path) == name


def test_errors_stand_beside_their_inputs_warnings_do_not_and_the_rest_is_handed_back():
    form = ReportForm(flat_of(clean_tree()))
    assert form.is_valid()
    problems = [
        Problem("a", Severity.ERROR, "Wrong.", "Right it.", place=Place(path="legal.0")),
        Problem("b", Severity.WARNING, "Odd.", "Look.", place=Place(path="purpose")),
        Problem("c", Severity.ERROR, "Changed.", "Bind.", place=Place(path="figures.scores")),
    ]
    assert [p.code for p in form.show(problems)] == ["c"]
    assert dict(form.errors) == {"legal-text": ["Wrong. Right it."]}


def test_the_count_of_rows_has_a_limit_and_survives_nonsense():
    for sent in ("9999999", "-1", "x", "²"):
        assert len(ReportForm(flat_of(clean_tree()) | {"commitments-count": sent}).fields) < 500


def test_an_entry_that_is_no_entry_keeps_its_state_blank():
    assert Entry("Legal", Prose("Legal")).flatten("legal", None)["legal-state"] == ""


@pytest.mark.parametrize(
    "parts", [("18", "1", "11"), ("18", "1", "011"), ("1_8", "1", "2011"), ("٣", "1", "2011"), ("31", "2", "2011")]
)
def test_a_day_of_a_report_is_written_as_in_any_other_form(parts):
    sent = dict(zip(("d_day", "d_month", "d_year"), parts, strict=True))
    assert Day("Day").read("d", sent) == "-".join(reversed(parts))


class TestYears:
    """Which years a table of amounts shows."""

    def test_those_named_stand_even_before_any_meeting(self):
        assert MONEY.years_of({"years": ["2024/25", "2025-26"]}, None) == ["2024/25", "2025/26"]

    @pytest.mark.parametrize("named", [None, "2024/25", []])
    def test_else_four_from_the_first_meeting(self, named):
        years = ["2010/11", "2011/12", "2012/13", "2013/14"]
        assert MONEY.years_of({"years": named}, date(2011, 1, 18)) == years
        assert MONEY.years_of({"years": named}, None) == []

    def test_a_year_with_an_amount_is_never_left_out(self):
        value = {"years": ["2024/25"], "revenue": {"own": {"2026/27": 0, "2027/28": None}}}
        assert MONEY.years_of(value, None) == ["2024/25", "2026/27"]


@pytest.mark.parametrize(
    ("node", "value", "flat"),
    [
        (YesNo("x"), True, {"x": "yes"}),
        (YesNo("x"), False, {"x": "no"}),
        (YesNo("x"), None, {"x": ""}),
        (Flag("x"), True, {"x": "on"}),
        (Flag("x"), False, {}),
        (Years("x"), ["2024/25", "2025/26"], {"x": "2024/25, 2025/26"}),
        (Years("x"), "2024/25", {}),
        (Lines("x"), ["a", "b"], {"x": "a\nb"}),
        (Day("x"), None, {}),
        (Day("x"), "2011-13-40", {"x_day": "40", "x_month": "13", "x_year": "2011"}),
        (Day("x"), "soon", {"x_day": "", "x_month": "", "x_year": "soon"}),
    ],
)
def test_a_value_is_shown_as_it_is_and_nothing_where_there_is_none(node, value, flat):
    assert node.flatten("x", value) == flat


@pytest.mark.parametrize(
    ("node", "sent", "value"),
    [
        (YesNo("x"), {"x": "yes"}, True),
        (YesNo("x"), {"x": "no"}, False),
        (YesNo("x"), {"x": "perhaps"}, ABSENT),
        (Flag("x"), {"x": "on"}, True),
        (Flag("x"), {}, ABSENT),
        (Years("x"), {"x": "2024/25;2025/26 x"}, ["2024/25", "2025/26", "x"]),
        (Years("x"), {"x": " , "}, ABSENT),
        (Lines("x"), {"x": " a \n\n b"}, ["a", "b"]),
        (Choice("x", [("a", "A")]), {"x": "a"}, "a"),
        (Choice("x", [("a", "A")]), {"x": "b"}, ABSENT),
        (Day("x"), {"x_day": " "}, ABSENT),
    ],
)
def test_what_was_sent_is_read_or_is_absent(node, sent, value):
    assert node.read("x", sent) == value
