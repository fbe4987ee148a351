"""Events in words: who, what and where, told together by day, and never a value."""

from datetime import UTC, datetime

import pytest

from aboveline.records.models import (
    Assessment,
    AuditEvent,
    Case,
    Caseload,
    CaseloadUpload,
    Draw,
    DrawnCase,
    Report,
    Service,
    ServiceRole,
    TeamRole,
    User,
)
from aboveline.records.queries.trail import Changes
from aboveline.web.presenters.trail import happenings, named, trail_table, verb_words
from tests.scored_builders import an_unsaved_inspection, texts

INSPECTION = an_unsaved_inspection()
ROBIN, ALEX = User(pk=1, name="Robin"), User(pk=2, name="Alex")
CASE = Case(pk=3, number="C001", inspection=INSPECTION)
EXAMPLESHIRE = Service(pk=4, slug="exampleshire", name="Exampleshire service")
OBJECTS = {
    ("assessment", "1"): Assessment(pk=1, case=CASE),
    ("case", "3"): CASE,
    ("caseload", "1"): Caseload(pk=1, inspection=INSPECTION),
    ("caseloadupload", "1"): CaseloadUpload(pk=1, inspection=INSPECTION),
    ("draw", "1"): Draw(pk=1, inspection=INSPECTION),
    ("inspection", "7"): INSPECTION,
    ("report", "5"): Report(pk=5, title="To the committee"),
    ("drawncase", "2"): DrawnCase(pk=2, case=CASE),
    ("service", "4"): EXAMPLESHIRE,
    ("servicerole", "9"): ServiceRole(pk=9, service=EXAMPLESHIRE),
    ("teamrole", "8"): TeamRole(pk=8, inspection=INSPECTION),
}


def event(
    sequence=1,
    verb="judgement.saved",
    on=("assessment", "1"),
    by=ROBIN,
    at=datetime(2010, 9, 13, 9, 5, tzinfo=UTC),
    **more,
):
    return AuditEvent(sequence=sequence, verb=verb, object_type=on[0], object_id=on[1], actor=by, at=at, **more)


@pytest.mark.parametrize(
    ("on", "name", "href"),
    [
        (("assessment", "1"), "C001, June 2009 core inspection", "/inspections/7/cases/C001/"),
        (("case", "3"), "C001, June 2009 core inspection", "/inspections/7/cases/C001/"),
        (("caseload", "1"), "June 2009 core inspection", "/inspections/7/"),
        (("caseloadupload", "1"), "June 2009 core inspection", "/inspections/7/"),
        (("draw", "1"), "June 2009 core inspection", "/inspections/7/"),
        (("inspection", "7"), "June 2009 core inspection", "/inspections/7/"),
        (("report", "5"), "To the committee", "/reports/"),
        (("service", "4"), "Exampleshire service", "/services/exampleshire/"),
        (("drawncase", "2"), "C001, June 2009 core inspection", "/inspections/7/cases/C001/"),
        (("servicerole", "9"), "Exampleshire service", "/services/exampleshire/"),
        (("teamrole", "8"), "June 2009 core inspection", "/inspections/7/"),
        (("case", "gone"), "", ""),
    ],
)
def test_a_thing_is_named_and_leads_to_its_page(on, name, href):
    assert named(event(on=on), OBJECTS) == (name, href)


def test_the_trail_is_a_line_an_event_with_the_names_of_values_only():
    row = trail_table([event(12, commitments={"note": "x1", "answer": "x2"})], OBJECTS).rows[0]
    assert [str(cell.text) for cell in row] == [
        "12", "13 September 2010, 10:05", "Robin", "saved judgements", "C001, June 2009 core inspection", "–"
    ]  # fmt: skip
    assert row[3].detail == "answer, note"
    assert row[4].href == "/inspections/7/cases/C001/"


def test_nobody_is_the_system_and_what_is_gone_keeps_its_number():
    (row,) = texts(trail_table([event(by=None, on=("case", "99"), reason="conflict")], OBJECTS))
    assert (row[2], row[4], row[5]) == ("The system", "case 99", "conflict")


def test_a_verb_without_words_is_said_as_it_is_stored():
    assert verb_words("thing.was_done") == "thing was done"


def test_what_one_person_did_on_one_day_in_one_inspection_is_told_together():
    changes = [Changes(event(3), 1_200), Changes(event(2, on=("case", "3"))), Changes(event(1))]
    (line,) = happenings(changes, OBJECTS, 10)
    assert (line.words, line.name, line.href) == (
        "Robin saved judgements (1,202)",
        "June 2009 core inspection",
        "/inspections/7/",
    )
    assert line.when == "13 September 2010, 10:05"


@pytest.mark.parametrize(
    "other",
    [
        {"by": ALEX},
        {"verb": "casefinding.saved"},
        {"at": datetime(2010, 9, 12, 9, 5, tzinfo=UTC)},
        {"on": ("report", "5")},
    ],
)
def test_another_person_act_day_or_place_is_a_line_of_its_own(other):
    assert len(happenings([Changes(event(2)), Changes(event(1, **other))], OBJECTS, 10)) == 2


def test_a_day_ends_at_midnight_here_not_in_greenwich():
    late, next_ = datetime(2010, 6, 1, 22, 59, tzinfo=UTC), datetime(2010, 6, 1, 23, 1, tzinfo=UTC)
    assert len(happenings([Changes(event(2, at=next_)), Changes(event(1, at=late))], OBJECTS, 10)) == 2


def test_no_more_lines_than_asked_the_newest_first():
    changes = [Changes(event(n, on=("report", str(n)))) for n in range(9, 0, -1)]
    lines = happenings(changes, {("report", str(n)): Report(pk=n, title=f"R{n}") for n in range(10)}, 2)
    assert [line.name for line in lines] == ["R9", "R8"]
    assert {line.words for line in lines} == {"Robin saved judgements"}
