"""The project's own published data, and one test a problem code of such files."""

from collections import Counter
from datetime import date

import pytest

from aboveline.domain import published_problems
from aboveline.domain.published import Measure, Status
from aboveline.exchange.published import (
    FOLDER,
    load_published,
    load_ratings,
    published_frameworks,
    read_conflicts,
    read_results,
    read_tables,
)
from tests.builders import a_framework

RESULTS = "area,region,kind,published,status,cases,roh,roh_words,source\n"
TABLES = "printed,report,roh_lowest,roh_highest,roh_average,source\n"

PLANTED = {
    "published.missing": "A,North,core,2010,published,,60,,\n",
    "published.not-a-choice": "A,North,cor,2010,published,,60,,s\n",
    "published.bad-date": "A,North,core,spring 2010,published,,60,,s\n",
    "published.bad-percent": "A,North,core,2010,published,,160,,s\n",
    "published.bad-count": "A,North,core,2010,published,many,60,,s\n",
    "published.status-contradicted": "A,North,core,2010,withheld,,60,,s\n",
    "published.repeated": "A,North,core,2010,published,,60,,s\n" * 2,
}


@pytest.mark.parametrize("code", PLANTED)
def test_each_code_has_a_file(code: str) -> None:
    found = read_results((RESULTS + PLANTED[code]).encode(), file="results.csv", framework=a_framework())
    assert [problem.code for problem in found.problems] == [code]
    assert found.value is None


def test_a_table_out_of_order_is_refused() -> None:
    data = (TABLES + "2010,a report,80,85,62,s\n2011,a report,,85,62,s\n").encode()
    found = read_tables(data, file="t.csv", framework=a_framework())
    assert [(p.code, p.place.row) for p in found.problems] == [("published.table-disordered", 2)]


def test_no_code_is_without_a_test() -> None:
    assert {kind.code for kind in published_problems.CATALOGUE} == PLANTED.keys() | {"published.table-disordered"}


def test_near_misses_are_offered() -> None:
    row = "A,North,core,2010,wordsonly,,,drastik,s\n"
    found = read_results((RESULTS + row).encode(), file="results.csv", framework=a_framework())
    assert {problem.nearest for problem in found.problems} >= {"words_only", "drastic"}


def test_a_conflict_needs_both_figures() -> None:
    head = "area,published,theme,used,used_source,other,other_source,reading\n"
    found = read_conflicts((head + "A,2009,roh,36,s,,s,r\n").encode(), file="c.csv", framework=a_framework())
    assert [(p.code, p.place.column) for p in found.problems] == [("published.missing", "other")]


class TestOwnData:
    data = load_published("cci-2009")

    def test_every_row_is_kept_whatever_was_published(self) -> None:
        assert len(self.data.results) == 50
        assert Counter(r.status for r in self.data.results) == {
            Status.PUBLISHED: 32,
            Status.WORDS_ONLY: 17,
            Status.WITHHELD: 1,
        }
        assert [r.area for r in self.data.results if r.status is Status.WITHHELD] == ["Rochdale"]

    def test_sefton_twice(self) -> None:
        sefton = {r.kind: r for r in self.data.results if r.area == "Sefton"}
        assert sefton["core"].percents == {"safeguarding": 38, "roh": 36, "lor": 50}
        assert sefton["reinspection"].percents == {"safeguarding": 75, "roh": 70, "lor": 81}
        assert sefton["core"].words == {"safeguarding": "drastic", "roh": "drastic", "lor": "substantial"}
        assert sefton["core"].counts_from == date(2009, 12, 31)

    def test_words_are_kept_where_numbers_were_not_published(self) -> None:
        oxfordshire = next(r for r in self.data.results if r.area == "Oxfordshire")
        assert (oxfordshire.percents, oxfordshire.cases) == ({}, 62)
        assert oxfordshire.words["roh"] == "substantial"

    def test_every_fact_has_its_source_and_no_file_name_stands_for_one(self) -> None:
        sources = [x.source for x in (*self.data.results, *self.data.tables, *load_ratings())]
        assert len(sources) == 50 + 16 + 73
        assert all("://" in source or "council" in source.lower() for source in sources)

    def test_the_table_of_the_committee_report(self) -> None:
        printed = next(t for t in self.data.tables if t.printed == "2010-12 / 2011-01")
        cells = [[printed.cells[theme, m] for m in Measure] for theme in ("safeguarding", "roh", "lor")]
        assert cells == [[38, 91, 67], [36, 85, 62], [50, 87, 69]]

    def test_conflicts_name_both_figures(self) -> None:
        assert [(c.theme, c.used, c.other) for c in self.data.conflicts] == [("safeguarding", 38, 28), ("roh", 36, 29)]

    def test_a_service_without_resettlement_cases_stays_unrated(self) -> None:
        reading = next(r for r in load_ratings() if r.service.startswith("Reading"))
        assert (reading.rating, reading.overall_rating) == ("not rated", "Inadequate")

    def test_frameworks_without_results_are_empty(self) -> None:
        assert published_frameworks() == ("cci-2009",)
        assert load_published("none-such").results == ()

    def test_the_licence_and_the_caution_stand_beside_the_data(self) -> None:
        text = (FOLDER / "README.md").read_text()
        assert "Crown\ncopyright" in text
        assert "Open Government Licence v3.0" in text
        assert "not a fair sample" in text
