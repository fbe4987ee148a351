"""The tables of a sample, its certificate and its case list: every cell in its place."""

from datetime import UTC, datetime

import pytest

from aboveline.domain.sampling import BalanceRow
from aboveline.exchange.frameworks import load_framework
from aboveline.jobs.drawing import make_draw, numbered
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.actions.draws import replace_case
from aboveline.records.models import Draw, User
from aboveline.records.queries.caseloads import cases_on, draws_of, places_in
from aboveline.web.presenters.caseloads import caseload_page, orders_table, problems_sentence, seed_sentence
from aboveline.web.presenters.certificates import certificate_page
from aboveline.web.presenters.sample_size import size_page, usual_size
from aboveline.web.presenters.samples import NOTICED, balance_as_table, balance_sentence, draws_table, sample_page
from tests.caseload_builders import caseload_framework
from tests.records_builders import a_user, an_inspection
from tests.scored_builders import an_unsaved_inspection, column, pairs, texts

CCI = load_framework("cci-2009")
ATTRIBUTES = {"order_type": "referral_order", "order_start": "2008-11-12", "age": 15, "risk_of_harm": "high"}
CANARY = "Zebedee Quillfeather"


@pytest.fixture
def drawn(db):
    """Twelve cases, one of them too late; six drawn, two standing by."""
    inspection, by = an_inspection(), a_user("Robin Manager")
    rows = [CaseRow(f"REF{n:03}", ATTRIBUTES | {"team": "north" if n % 2 else ""}) for n in range(11)]
    late = CaseRow("REF011", ATTRIBUTES | {"order_start": "2009-05-31"}, "started_too_late")
    excluded = [{"reason": "started_too_late", "words": "w", "count": 1}]
    caseload = confirm_caseload(inspection=inspection, rows=[*rows, late], digest="d", exclusions=excluded, by=by)
    wish = {"method": "simple", "size": 6, "reason": "", "expected_draws": 0}
    return make_draw(inspection=inspection, caseload=caseload, by=by, **wish).expect()


def page(draw, **options):
    frame = [entry for entry in numbered(draw.caseload).entries if entry.order_start.year == 2008]
    return sample_page(draw, list(draws_of(draw.inspection)), list(places_in(draw)), frame, CCI, **options)


def replaced(draw):
    places = places_in(draw)
    out = places.filter(place="sample").first()
    put_in = replace_case(
        drawn=out, reason="transferred", note="moved away", expected_version=out.version, by=draw.drawn_by
    )
    return out.case.number, put_in.case.number


def test_the_sentence_counts_and_says_who_drew_when_and_how(drawn):
    drawn.drawn_at = datetime(2010, 6, 1, 12, 30, tzinfo=UTC)
    assert page(drawn).sentence == (
        "6 cases of 11 eligible were drawn on 1 June 2010, 13:30 by Robin Manager. Method: simple."
    )


def test_the_sample_stands_by_number_and_leads_to_each_case(drawn):
    table = page(drawn).sample
    numbers = column(table, "case")
    assert numbers == sorted(numbers)
    assert [row[0].href for row in table.rows] == [f"/inspections/{drawn.inspection_id}/cases/{n}/" for n in numbers]
    assert [one.key for one in table.columns] == ["case", "order", "started", "risk", "safety", "team"]
    assert [one.numeric for one in table.columns] == [False] * 6
    row = texts(table)[0]
    assert row[1:5] == ["Referral order", "12\xa0Nov\xa02008", "High", "Not assessed"]
    assert {row[5] for row in texts(table)} <= {"north", "–"}


def test_references_stand_beside_numbers_only_where_they_are_given(drawn):
    numbers = column(page(drawn).sample, "case")
    table = page(drawn, references={numbers[0]: CANARY}).sample
    assert column(table, "reference") == [CANARY, "–", "–", "–", "–", "–"]
    assert [one.key for one in table.columns][:2] == ["case", "reference"]
    assert CANARY not in repr(page(drawn))


def test_a_case_can_be_replaced_only_by_who_may_and_while_a_reserve_is_left(drawn):
    table = page(drawn, change="replace-case").sample
    number = column(table, "case")[0]
    place = places_in(drawn).get(case__number=number)
    assert table.rows[0][-1].text == f'Replace<span class="govuk-visually-hidden"> {number}</span>'
    assert table.rows[0][-1].href == f"/inspections/{drawn.inspection_id}/sample/replace/{place.pk}/"
    assert "replace" not in [one.key for one in page(drawn).sample.columns]
    replaced(drawn)
    replaced(drawn)
    assert page(drawn).reserves is None
    assert "replace" not in [one.key for one in page(drawn, change="replace-case").sample.columns]


def test_reserves_stand_in_the_order_in_which_they_come_in(drawn):
    first, second = list(places_in(drawn).filter(place="reserve"))
    rows = texts(page(drawn).reserves)
    assert [row[:3] for row in rows] == [
        ["1", first.case.number, "Referral order"],
        ["2", second.case.number, "Referral order"],
    ]


def test_a_replaced_case_is_told_with_its_reason_and_its_successor_says_whose_place_it_took(drawn):
    assert page(drawn).replaced is None
    out, put_in = replaced(drawn)
    made = page(drawn)
    assert texts(made.replaced) == [[out, put_in, "The case was transferred to another area", "moved away"]]
    came = {str(row[0].text): row[0].detail for row in made.sample.rows}
    assert came.pop(put_in) == f"took the place of {out}"
    assert set(came.values()) == {""}
    assert made.sentence.endswith("Since then one case was replaced by the next reserve.")
    replaced(drawn)
    assert page(drawn).sentence.endswith("Since then two cases were replaced by the next reserve.")


def test_the_newest_draw_is_in_force_and_each_has_its_certificate(drawn):
    again = Draw(inspection=drawn.inspection, ordinal=2, method="cube", size=1, reason="cut short")
    again.drawn_by, again.drawn_at = User(name="Alex"), drawn.drawn_at
    table = draws_table([again, drawn])
    assert [(row[0].text, row[0].detail) for row in table.rows] == [
        ("Draw 2: certificate", "in force"),
        ("Draw 1: certificate", ""),
    ]
    assert [row[0].href for row in table.rows] == [
        f"/inspections/{drawn.inspection_id}/draws/{n}/certificate/" for n in (2, 1)
    ]
    assert [row[2:] for row in texts(table)] == [["Cube, 1 case", "cut short"], ["Simple, 6 cases", "–"]]


class TestCertificate:
    def test_what_it_was_made_from_is_all_there(self, drawn):
        made = certificate_page(drawn, CCI, [])
        facts = dict(pairs(made.made_from))
        assert facts["Cases listed"] == "12"
        assert facts["Eligible"] == "11 as at 1 June 2009: orders that started from 1 June 2008 to 1 March 2009"
        assert facts["Not eligible"] == "The order started after 1 March 2009: 1"
        digests = [
            facts[f"Digest of the {what}"].replace("<wbr>", "") for what in ("list", "eligible cases", "framework")
        ]
        certificate = drawn.certificate
        assert digests == [
            certificate["caseload"]["digest"],
            certificate["draw"]["frame_digest"],
            certificate["framework"]["digest"],
        ]

    def test_how_it_was_drawn_is_all_there(self, drawn):
        how = dict(pairs(certificate_page(drawn, CCI, []).how))
        assert how["Method"] == "Simple"
        assert how["Size"] == "6 of 11"
        assert how["Each case's chance"] == "0.5455"
        assert how["Seed"].replace("<wbr>", "") == drawn.seed
        assert how["Generator"] == drawn.certificate["draw"]["generator"]
        assert how["Made with"].startswith("aboveline ")

    @pytest.mark.parametrize(
        ("settings", "row"),
        [
            ({"balance_on": ["order_type", "sex"], "stratify_by": None}, ("Balanced on", "order type and sex")),
            ({"balance_on": [], "stratify_by": "order_type"}, ("Stratified by", "order type")),
        ],
    )
    def test_balance_and_strata_are_told_where_there_are_some(self, drawn, settings, row):
        drawn.certificate["draw"] |= settings
        how = pairs(certificate_page(drawn, CCI, []).how)
        assert row in how
        assert len({"Balanced on", "Stratified by"} & dict(how).keys()) == 1

    def test_it_says_of_whom_it_is(self, drawn):
        about = dict(pairs(certificate_page(drawn, CCI, []).about))
        assert about["Inspection"] == "June 2009 core inspection"
        assert about["Draw"] == "number 1 of this inspection"
        assert "Why it was drawn again" not in about
        drawn.reason = "cut short"
        assert dict(pairs(certificate_page(drawn, CCI, []).about))["Why it was drawn again"] == "cut short"

    def test_its_cases_are_those_drawn_and_those_replaced_are_told(self, drawn):
        out, put_in = replaced(drawn)
        gone = places_in(drawn).filter(place="replaced")
        made = certificate_page(drawn, CCI, gone)
        assert (list(made.sample), list(made.reserves)) == (drawn.certificate["sample"], drawn.certificate["reserves"])
        assert made.replaced == (f"{out} by {put_in}: The case was transferred to another area",)
        assert made.command == ".venv/bin/aboveline sample caseload.csv --framework cci-2009 --verify certificate.json"
        assert "REF0" not in repr(made)

    def test_another_kind_of_certificate_is_not_read(self, drawn):
        drawn.certificate["version"] = "another"
        assert certificate_page(drawn, CCI, []) is None


class TestList:
    def test_a_list_on_record_is_counted_and_dated(self, drawn):
        caseload = drawn.caseload
        caseload.confirmed_at = datetime(2010, 6, 1, 12, 30, tzinfo=UTC)
        made = caseload_page(drawn.inspection, CCI, caseload, list(cases_on(caseload)))
        assert made.sentence == "12 cases on record, of which 11 can be drawn."
        assert pairs(made.facts) == [
            ("Confirmed", "1 June 2010, 13:30 by Robin Manager"),
            ("Eligible as at", "1 June 2009"),
        ]
        assert texts(made.exclusions) == [["The order started after 1 March 2009", "1"]]
        assert texts(made.orders) == [["Referral order", "12", "11"]]

    def test_no_list_is_a_sentence_and_nothing_else(self):
        made = caseload_page(an_unsaved_inspection(), CCI, None, [])
        assert (made.facts, made.exclusions, made.orders) == ((), None, None)

    def test_orders_stand_the_most_frequent_first(self):
        listed = [("referral_order", True), ("own", False), ("own", True)]
        assert texts(orders_table(CCI, listed)) == [["own", "2", "1"], ["Referral order", "1", "1"]]

    def test_a_seed_without_its_moment_claims_none(self):
        sentence = seed_sentence(an_unsaved_inspection(seed="abc"), None)
        assert sentence == "The seed of the draw is abc."

    @pytest.mark.parametrize(
        ("errors", "rows", "words"),
        [(1, 1, "1 problem to put"), (2, 1, "2 problems to put"), (3, 2, "3 problems in 2 rows to put")],
    )
    def test_how_much_is_wrong(self, errors, rows, words):
        assert problems_sentence(errors, rows).startswith(words)


class TestSize:
    @pytest.mark.parametrize(
        ("typical", "eligible", "size"), [((62, 38, 50), 200, 50), ((38,), 200, 38), ((), 30, 30), ((38, 50), 0, 1)]
    )
    def test_the_usual_size_is_the_middle_one_of_those_named(self, typical, eligible, size):
        framework = caseload_framework()
        object.__setattr__(framework.sample, "typical_sizes", typical)
        assert usual_size(framework, eligible) == size

    def test_margins_are_percentage_points_and_shrink_to_nothing_when_all_are_read(self):
        rows = {row[0]: row[1:] for row in texts(size_page(200, 38).table)}
        assert rows["38"][0] == "19%"
        assert rows["38"][1] == "±9.3"
        assert rows["38"][2] == "±6.6"
        last = size_page(40, 40).table.rows[-1]
        assert [str(cell.text) for cell in last][:3] == ["40", "100%", "±0.0"]


@pytest.mark.parametrize(
    ("sample", "close", "shown"),
    [(0.5 + (NOTICED - 0.6) / 100, True, f"+{NOTICED - 1}"), (0.5 + (NOTICED - 0.4) / 100, False, f"+{NOTICED}")],
)
def test_only_a_difference_worth_noticing_is_spoken_of_and_it_is_the_one_shown(sample, close, shown):
    rows = [BalanceRow("sex", "male", 50, 5, 0.5, sample), BalanceRow("sex", "female", 50, 5, 0.5, 0.5)]
    assert texts(balance_as_table(CCI, rows))[0][-1] == shown
    assert ("No share of the sample differs" in balance_sentence(CCI, rows)) is close


def test_a_smaller_share_can_be_the_widest_difference():
    rows = [BalanceRow("sex", "male", 50, 5, 0.5, 0.6), BalanceRow("sex", "female", 50, 1, 0.5, 0.1)]
    assert balance_sentence(CCI, rows) == (
        "The widest difference: sex, female, is 50% of the caseload and 10% of the sample."
    )
    assert balance_sentence(CCI, []) == ""


def test_a_team_is_written_as_the_service_writes_it():
    rows = [BalanceRow("team", "North", 50, 1, 0.5, 0.1)]
    assert balance_sentence(CCI, rows).startswith("The widest difference: team, North, is 50%")
