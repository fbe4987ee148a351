"""A committee report file is opened with every problem at once: one spoiled file for each code of the catalogue."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aboveline.domain import committee_problems
from aboveline.domain.committee_figures import Completion
from aboveline.domain.problems import Severity
from tests.report_builders import COMPARATOR, ORIGINAL, SCORES, opened, score_set

Tree = dict[str, Any]


def put(path: str, value: object) -> Callable[[Tree], None]:
    """A spoiler that sets one value; None takes the key away."""

    def spoil(tree: Tree) -> None:
        parts = re.split(r"/(?!\d\d$)", path)
        *above, last = [int(part) if part.isdigit() else part for part in parts]
        node: Any = tree
        for part in above:
            node = node[part]
        if value is None:
            del node[last]
        else:
            node[last] = value

    return spoil


def finance(years: list[str] | None = None, **rows: dict[str, int | None]) -> Callable[[Tree], None]:
    def spoil(tree: Tree) -> None:
        tree["financial"] = {"statement": "Money.", "capital": {}, "revenue": rows}
        if years:
            tree["financial"]["years"] = years

    return spoil


def no_commitment(tree: Tree) -> None:
    tree["forward_plan"] = "The service is to report on progress in the autumn."
    del tree["commitments"]


def done(tree: Tree) -> None:
    tree["improvement_plan"][0]["progress"] = ""


def late(tree: Tree) -> None:
    tree["improvement_plan"][0] |= {"due": "2024-06-10", "action_status": "in_progress"}


#: code, what spoils the file, the path the problem names
CASES: tuple[tuple[str, Callable[[Tree], None], str], ...] = (
    ("unknown-key", put("recomendations", []), "recomendations"),
    ("missing-key", put("subject", None), "subject"),
    ("wrong-shape", put("report_to/0/date", "11 June"), "report_to.0.date"),
    ("no-reason", put("legal", {"not_applicable": ""}), "legal.not_applicable"),
    ("no-reason", put("improvement_plan", {"not_applicable": None}), "improvement_plan.not_applicable"),
    (
        "no-reason",
        put("financial/external_funding/afterwards", {"not_applicable": None}),
        "financial.external_funding.afterwards.not_applicable",
    ),
    ("bad-character", put("legal", "The duty\u202e is plain."), "legal"),
    ("mixed-script", put("legal", "The Averag\u0435 duty."), "legal"),
    ("mixed-script", put("legal", "The Averag \u0435 duty."), "legal"),
    ("unknown-figures", put("figures/scores/inspection", "fake:none"), "figures.scores"),
    ("figure-changed", put("figures/scores/digest", "sha256:" + "0" * 64), "figures.scores"),
    ("figures-not-pinned", put("figures/comparator/digest", None), "figures.comparator"),
    ("unknown-reference", put("background", "It was {{score.safeguardin}}."), "background.0"),
    ("bad-percent", put("background", "It was 81%0."), "background.0"),
    ("typed-figure", put("background", "It was 70 per cent."), "background.0"),
    ("contradicts-figure", put("background", "Safeguarding was at 78%."), "background.0"),
    ("rank-claim", put("background", "We are in the top quartile."), "background.0"),
    ("rank-claim", put("background", "We are among the best in the country."), "background.0"),
    ("rank-claim", put("subject", "Now a top quartile service"), "subject"),
    ("reference-out-of-place", put("subject", "Safeguarding at {{score.safeguarding}}"), "subject"),
    ("reference-out-of-place", put("legal", {"not_applicable": "{{score.roh}}"}), "legal.not_applicable"),
    ("not-a-weekday", put("report_to/1/date", "2024-06-30"), "report_to.1.date"),
    ("cleared-late", put("clearance/legal/date", "2024-06-12"), "clearance.legal"),
    ("band-claim", put("background", "The improvements required are minimal."), "background.0"),
    ("blank-in-final", put("legal", None), "legal"),
    ("subject-long", put("subject", "x" * 251), "subject"),
    ("no-submission", put("report_to", []), "report_to"),
    ("no-recommendation", put("recommendations", []), "recommendations"),
    ("not-cleared", put("clearance/legal", None), "clearance.legal"),
    ("body-unknown", put("recommendations/0/addressed_to", "Cabnet"), "recommendations.0.addressed_to"),
    ("commitment-past", put("commitments/0/due", "2023-01-01"), "commitments.0.due"),
    ("untracked-commitment", no_commitment, "forward_plan"),
    ("done-not-achieved", done, "improvement_plan.0"),
    ("action-overdue", late, "improvement_plan.0"),
    ("published-works-only", put("background_papers/0/published_work", True), "background_papers"),
    ("unknown-objective-list", put("corporate_objectives/list", "sefton-2010"), "corporate_objectives.list"),
    ("unknown-objective", put("corporate_objectives/impacts/jobs", "neutral"), "corporate_objectives.impacts.jobs"),
    (
        "not-one-mark",
        put("corporate_objectives/impacts/safe_communities", ["positive", "negative"]),
        "corporate_objectives.impacts.safe_communities",
    ),
    (
        "funding-sum",
        finance(gross={"2024/25": 10}, own={"2024/25": 4}, external={"2024/25": 5}),
        "financial.revenue.gross.2024/25",
    ),
    (
        "funding-incomplete",
        finance(gross={"2024/25": 10}, own={"2024/25": 10}, external={"2024/25": None}),
        "financial.revenue.gross.2024/25",
    ),
    ("finance-empty", finance(), "financial"),
    ("years-past", finance(["2020/21", "2021/22", "2022/23", "2023/24"]), "financial.years"),
    ("years-wrong", finance(["2023/24", "2024/25", "2025/26", "2026/27"]), "financial.years"),
    ("year-not-shown", put("financial/revenue/own/2030/31", 9), "financial"),
    ("expiry-missing", put("financial/external_funding", None), "financial.external_funding"),
    (
        "after-expiry-missing",
        put("financial/external_funding/afterwards", None),
        "financial.external_funding.afterwards",
    ),
    ("unknown-rule-set", put("rule_set", "england-2011"), "rule_set"),
    ("rule-set-date", put("rule_set", "england-2000"), "rule_set"),
    ("key-without-reason", put("key_decision", {"is_key": True}), "key_decision"),
    ("key-without-plan", put("forward_plan", {"not_considered": None}), "forward_plan"),
    ("no-key-decisions", put("rule_set", "wales-2021"), "key_decision"),
    ("exempt-without-grounds", put("access/public_interest", None), "access.public_interest"),
    ("grounds-but-open", put("access/class", "confidential"), "access.paragraphs"),
    ("wrong-paragraph", put("access/paragraphs", [12]), "access.paragraphs.0"),
)


def test_the_complete_file_has_no_problem() -> None:
    assert opened().problems == ()


@pytest.mark.parametrize(("code", "spoil", "path"), CASES, ids=[case[0] for case in CASES])
def test_each_fault_is_found_where_it_is(code: str, spoil: Callable[[Tree], None], path: str) -> None:
    found = [problem for problem in opened(spoil).problems if problem.code == f"report.{code}"]
    assert [problem.place.path for problem in found][:1] == [path]
    assert found[0].file == "report.yaml"
    assert found[0].place.line
    assert "{" not in found[0].message.replace("{{", "")


def test_every_code_of_the_catalogue_has_its_case() -> None:
    codes = {kind.code for kind in committee_problems.CATALOGUE}
    elsewhere = {
        "build-stopped",
        "left-blank",
        "themes-differ",
        "letter-not-in-font",
        "not-finished",
        "unfinished-in-final",
    }
    assert codes == {f"report.{code}" for code in elsewhere | {code for code, _, _ in CASES}}


def test_a_blank_entry_is_a_warning_in_a_draft() -> None:
    def spoil(tree: Tree) -> None:
        tree["status"] = "draft"
        del tree["legal"]
        del tree["clearance"]

    result = opened(spoil)
    assert [(p.code, p.severity) for p in result.problems] == [("report.left-blank", Severity.WARNING)]
    assert result.value is not None


def test_a_change_of_the_source_stops_the_report_and_rewording_does_not() -> None:
    changed = score_set("fake:new", (76, 70, 81), ("Minimum", "Moderate", "Minimum"))
    result = opened(fake_new=changed)
    assert result.value is None
    assert changed.source_digest in result.errors[0].remedy
    assert opened(fake_new=replace(SCORES, title="Reworded"), fake_set=replace(COMPARATOR, caution="")).ok


def test_figures_of_another_framework_are_refused() -> None:
    other = replace(ORIGINAL, scores=ORIGINAL.scores[:2])

    def spoil(tree: Tree) -> None:
        tree["figures"]["original"]["digest"] = other.source_digest

    codes = [problem.code for problem in opened(spoil, fake_old=other).errors]
    assert codes == ["report.themes-differ"]


UNFINISHED = Completion(12, 10, 158)


def test_an_unfinished_inspection_is_a_warning_in_a_draft() -> None:
    draft = opened(put("status", "draft"), fake_new=replace(SCORES, completion=UNFINISHED))
    (problem,) = draft.problems
    assert (problem.code, problem.severity) == ("report.not-finished", Severity.WARNING)
    assert problem.message == "The inspection is not finished: 10 of 12 cases finished, 158 answers missing."
    assert "10 of 12 cases finished, 158 answers missing" in str(draft.expect().outline)


def test_a_report_that_is_final_stops_while_an_inspection_is_not_finished() -> None:
    both = opened(
        fake_new=replace(SCORES, completion=UNFINISHED), fake_old=replace(ORIGINAL, completion=Completion(2, 1, 1))
    )
    assert [(p.code, p.place.path) for p in both.errors] == [
        ("report.unfinished-in-final", "figures.scores"),
        ("report.unfinished-in-final", "figures.original"),
    ]
    assert both.errors[1].message.endswith(
        "the original inspection is not finished: 1 of 2 cases finished, 1 answer missing."
    )


def test_a_finished_inspection_says_so_with_its_figures() -> None:
    result = opened(fake_new=replace(SCORES, completion=Completion(12, 12, 0)))
    assert result.problems == ()
    assert "May 2024 (12 of 12 cases finished)" in str(result.expect().outline)


def test_a_letter_the_pdf_cannot_show_is_named() -> None:
    result = opened(put("background", "The family speaks 漢 and Łódź."))
    assert [(p.code, p.value) for p in result.problems] == [("report.letter-not-in-font", "漢")]
    assert result.ok


def test_faults_of_every_sort_come_together() -> None:
    def spoil(tree: Tree) -> None:
        tree["rule_set"] = "england-2000"
        tree["legal"] = "Averag\u0435"
        tree["background"] = "We are top quartile, at 81%0."
        tree["figures"]["scores"]["digest"] = ""
        del tree["clearance"]

    codes = {problem.code.removeprefix("report.") for problem in opened(spoil).problems}
    assert codes == {"mixed-script", "rule-set-date", "not-cleared", "figures-not-pinned", "rank-claim", "bad-percent"}


def test_a_near_miss_is_named() -> None:
    problem = next(p for p in opened(put("recomendations", [])).problems if p.code == "report.unknown-key")
    assert problem.nearest == "recommendations"
    nested = next(p for p in opened(put("commitments/0/ownr", "x")).problems if p.code == "report.unknown-key")
    assert nested.nearest == "owner"
    reference = opened(put("background", "{{score.safeguardin}}")).problems[0]
    assert reference.nearest == "score.safeguarding"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("wards", 5, "write a list"),
        ("access", "open", "write keys and values"),
        ("legal", 7, "write a text, or a list of paragraphs"),
        ("subject", True, "write a text (put quotation marks around a number)"),
        ("status", "Draft", "write 'draft', 'cleared' or 'published'"),
        ("corporate_objectives/impacts/safe_communities", "X", "write 'positive', 'neutral' or 'negative'"),
        ("financial/revenue/gross", {"2024/25": "5"}, "write a whole number, without pence, signs or quotation marks"),
    ],
)
def test_a_wrong_type_is_told_once_in_plain_words(path: str, value: object, words: str) -> None:
    problems = [p for p in opened(put(path, value)).problems if p.code == "report.wrong-shape"]
    assert [problem.message for problem in problems] == [f"This cannot be read: {words}."]


def test_a_key_with_nothing_after_it_is_left_out() -> None:
    def spoil(tree: Tree) -> None:
        tree["status"] = "draft"
        for key in ("recommendations", "commitments", "clearance", "financial", "access", "figures", "purpose"):
            tree[key] = None

    result = opened(spoil)
    assert result.ok
    assert "report.left-blank" in {problem.code for problem in result.problems}
    assert "report.unknown-key" in {p.code for p in opened(lambda tree: tree.update(recomendations=None)).problems}


def test_an_agenda_number_may_be_a_number() -> None:
    report = opened(put("report_to/0/agenda_number", 12)).expect().report
    assert report.submissions[0].agenda_number == "12"
