"""The use cases behind the score, compare and reinspect verbs, on the real framework and the real published results."""

from datetime import date
from pathlib import Path

import pytest

from aboveline.domain import comparison_problems
from aboveline.domain.comparator import Basis
from aboveline.domain.framework_problems import UnknownFramework
from aboveline.jobs.comparing import compare_area, published_comparator
from aboveline.jobs.frameworks import load_framework
from aboveline.jobs.scoring import JudgementFile, reinspect_files, score_file

HEAD = "case,question,answer\n"
SEED_DAY = date(2011, 1, 18)


def a_file(name: str, *answers: str, size: int | None = None) -> JudgementFile:
    """One case an answer, on the framework's first question."""
    question = load_framework("cci-2009").questions[0].id
    rows = "".join(f"C{n:03},{question},{answer}\n" for n, answer in enumerate(answers))
    return JudgementFile(name, (HEAD + rows).encode(), size)


def test_scoring_a_file() -> None:
    found = score_file(a_file("first.csv", "yes", "no", "yes", size=9), "cci-2009")
    assert (found.problems, found.value.questions[0].percent, found.value.caseload_size) == ((), 67, 9)


def test_every_problem_of_a_file_comes_back() -> None:
    found = score_file(JudgementFile("bad.csv", b"case,question,answer\nC1,nope,maybe\n"), "cci-2009")
    assert found.value is None
    assert [p.code for p in found.problems] == ["judgement.answer-unknown", "judgement.question-unknown"]


def test_a_caseload_smaller_than_the_sample() -> None:
    found = score_file(a_file("first.csv", "yes", "no", size=1), "cci-2009")
    assert (found.value, [p.code for p in found.problems]) == (None, ["judgement.caseload-smaller"])


def test_an_endless_file_is_not_read_to_its_end() -> None:
    endless = JudgementFile.at(Path("/dev/zero"))
    assert [p.code for p in score_file(endless, "cci-2009").problems] == ["csv.too-large"]


@pytest.mark.parametrize("area", ["sefton", " SEFTON "])
def test_an_area_is_known_in_any_letters(area: str) -> None:
    found = compare_area(area, "roh=70", SEED_DAY, "cci-2009")
    assert (found.problems, found.value.area) == ((), "Sefton")


def test_an_unknown_framework() -> None:
    with pytest.raises(UnknownFramework):
        score_file(a_file("first.csv", "yes"), "cci-2008")


def test_reinspection_gathers_the_problems_of_both_files() -> None:
    bad = [JudgementFile(name, (HEAD + "C1,nope,yes\n").encode()) for name in ("first.csv", "second.csv")]
    found = reinspect_files(*bad, "cci-2009")
    assert [(p.file, p.code) for p in found.problems] == [
        ("first.csv", "judgement.question-unknown"),
        ("second.csv", "judgement.question-unknown"),
    ]


def test_the_same_judgements_twice_are_noticed() -> None:
    files = a_file("first.csv", "yes", "no"), a_file("second.csv", "yes", "no")
    assert [p.code for p in reinspect_files(*files, "cci-2009").problems] == ["reinspection.same-file"]
    assert reinspect_files(files[0], a_file("second.csv", "yes", "yes"), "cci-2009").problems == ()


def test_the_table_of_the_committee_report() -> None:
    themes = compare_area("Sefton", "safeguarding=75,roh=70,lor=81", SEED_DAY, "cci-2009").expect().themes
    assert [(t.lowest.percent, t.highest.percent, t.average.percent) for t in themes] == [
        (38, 91, 67),
        (36, 85, 62),
        (50, 87, 69),
    ]
    assert all(t.lowest.holders == ("Sefton",) and t.standing.quartile is None for t in themes)


def test_rows_refuse_rank_because_most_areas_are_missing() -> None:
    found = compare_area("Sefton", "roh=70", date(2013, 1, 1), "cci-2009", Basis.ROWS).expect().theme_by_id["roh"]
    assert (found.standing.rank, found.verdict) == (None, "not_testable")
    assert any("of the programme's 157 areas" in reason for reason in found.reasons)


def test_reinspections_stay_out_of_the_core_set() -> None:
    """Bournemouth and Poole scored 36 when re-inspected; the lowest stayed 37."""
    comparator = published_comparator(load_framework("cci-2009"), date(2013, 1, 1), Basis.ROWS)
    assert "Bournemouth and Poole" not in [entry.area for entry in comparator.entries]
    assert ("Bournemouth and Poole", "kind “reinspection” is not counted by the framework") in comparator.left_out


PLANTED = {
    "compare.unknown-theme": ("Sefton", "safety=75"),
    "compare.repeated-theme": ("Sefton", "roh=70,roh=70"),
    "compare.bad-score": ("Sefton", "roh=101"),
    "compare.no-scores": ("Sefton", " , "),
    "compare.no-area": (" ", "roh=70"),
    "compare.area-spelling": ("Seftn", "roh=70"),
}


@pytest.mark.parametrize("code", PLANTED)
def test_each_code_has_a_case(code: str) -> None:
    found = compare_area(*PLANTED[code], SEED_DAY, "cci-2009")
    assert [problem.code for problem in found.problems] == [code]


def test_nothing_published_under_a_framework(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aboveline.exchange.published.published_frameworks", lambda: ())
    monkeypatch.setattr("aboveline.jobs.comparing.load_published", lambda _: _nothing())
    found = compare_area("Sefton", "roh=70", SEED_DAY, "cci-2009")
    assert [problem.code for problem in found.problems] == ["compare.nothing-published"]


def _nothing():
    from aboveline.domain.published import PublishedData

    return PublishedData((), ())


def test_no_code_is_without_a_test() -> None:
    assert {kind.code for kind in comparison_problems.CATALOGUE} == PLANTED.keys() | {"compare.nothing-published"}


@pytest.mark.parametrize("written", ["roh=", "roh", "=70", "roh=7O", "roh=-1", "roh=70.5", "roh=٧٠", "roh=0070"])
def test_what_is_not_a_score(written: str) -> None:
    assert [p.code for p in compare_area("Sefton", written, SEED_DAY, "cci-2009").problems] == ["compare.bad-score"]


def test_a_percent_sign_and_spaces_are_fine() -> None:
    found = compare_area("Sefton", " roh = 70% , lor=81 ", SEED_DAY, "cci-2009")
    assert [t.as_dict()["area"] for t in found.expect().themes] == [None, 70, 81]
