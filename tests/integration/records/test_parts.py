"""What belongs to an inspection or a case, worked out from the models."""

from aboveline.records.models import (
    Allocation,
    Assessment,
    AuditEvent,
    Case,
    DrawnCase,
    Inspection,
    Judgement,
    Report,
    Service,
    ServiceRole,
    TeamRole,
    User,
)
from aboveline.records.parts import ways_to


def test_the_way_from_each_part_to_its_inspection_is_the_shortest():
    ways = ways_to(Inspection)
    assert ways[Case] == ways[TeamRole] == ways[Allocation] == "inspection"
    assert ways[Assessment] == "case__inspection"
    assert ways[Judgement] == "assessment__case__inspection"
    assert ways[DrawnCase] in {"case__inspection", "draw__inspection"}


def test_what_an_inspection_is_part_of_is_no_part_of_it():
    assert {Service, User, ServiceRole, Report, AuditEvent, Inspection}.isdisjoint(ways_to(Inspection))


def test_the_parts_of_a_case_are_parts_of_its_inspection():
    assert {Assessment, Judgement, DrawnCase, Allocation} <= set(ways_to(Case)) <= set(ways_to(Inspection))
