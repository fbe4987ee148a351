"""Every query answers for its owner alone: what another service or another inspection has changes nothing in it."""

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest
from django.db.models import Model, QuerySet

from aboveline.domain.access import NOBODY
from aboveline.domain.judgement import InspectionJudgements
from aboveline.records import queries
from aboveline.records.models import DrawnCase
from aboveline.records.queries import assessing, caseloads, cases, inspections, overview, people, services, trail
from tests.integration.records.parts import gathered
from tests.integration.records.world import World, a_world
from tests.records_builders import a_user, in_team

pytestmark = pytest.mark.django_db

#: what is asked of one inspection, by "module.function"
OF_INSPECTION: Mapping[str, Callable[[World], object]] = {
    "assessing.case_counts": lambda w: assessing.case_counts(w.drawn),
    "assessing.known_cases": lambda w: assessing.known_cases(w.drawn),
    "assessing.answers_in": lambda w: assessing.answers_in(w.drawn),
    "caseloads.caseload_on_record": lambda w: caseloads.caseload_on_record(w.drawn),
    "caseloads.digests_of": lambda w: caseloads.digests_of(w.drawn),
    "caseloads.cases_on": lambda w: caseloads.cases_on(w.draw.caseload),
    "caseloads.set_up_at": lambda w: caseloads.set_up_at(w.drawn),
    "caseloads.assessment_began": lambda w: caseloads.assessment_began(w.drawn),
    "caseloads.draws_of": lambda w: caseloads.draws_of(w.drawn),
    "caseloads.draw_by_ordinal": lambda w: caseloads.draw_by_ordinal(w.drawn, 1),
    "caseloads.places_in": lambda w: caseloads.places_in(w.draw),
    "caseloads.drawn_case": lambda w: caseloads.drawn_case(w.draw, w.place.pk),
    "cases.case_by_number": lambda w: cases.case_by_number(w.drawn.pk, w.case.number),
    "cases.answers_of": lambda w: cases.answers_of(w.case),
    "cases.findings_of": lambda w: cases.findings_of(w.case),
    "cases.reference_of": lambda w: cases.reference_of(w.case),
    "cases.open_upload": lambda w: cases.open_upload(w.fresh),
    "cases.content_of": lambda w: cases.content_of(w.upload),
    "cases.drawn_cases": lambda w: cases.drawn_cases(w.draw, DrawnCase.Place.SAMPLE),
    "inspections.inspection_by_id": lambda w: inspections.inspection_by_id(w.drawn.pk),
    "inspections.sampled_cases": lambda w: inspections.sampled_cases(w.drawn),
    "inspections.draw_in_force": lambda w: inspections.draw_in_force(w.drawn),
    "inspections.judgements_of": lambda w: inspections.judgements_of(w.drawn),
    "inspections.answers_to": lambda w: inspections.answers_to(w.drawn, "Q1.1.1"),
    "overview.stage_of": lambda w: overview.stage_of(w.drawn),
    "overview.cases_under_assessment": lambda w: overview.cases_under_assessment(w.drawn),
    "overview.marks_of": lambda w: overview.marks_of(w.drawn),
    "overview.findings_in": lambda w: overview.findings_in(w.drawn),
    "overview.answer_counts": lambda w: overview.answer_counts(w.drawn, ["Q1.1.1", "Q1.1.2"]),
    "overview.answered_in": lambda w: overview.answered_in(w.drawn, [w.case.number]),
    "people.roles_in": lambda w: people.roles_in(w.by, w.drawn),
    "services.report_by_id": lambda w: services.report_by_id(w.report.pk),
    "services.report_as_saved": lambda w: services.report_as_saved(w.report, 1),
    "trail.events_on": lambda w: trail.events_on(w.drawn),
}
#: what is asked of a service or of a person
OF_SERVICE: Mapping[str, Callable[[World], object]] = {
    "inspections.inspections_at": lambda w: inspections.inspections_at(w.service),
    "inspections.inspections_of": lambda w: inspections.inspections_of(w.by),
    "overview.inspections_matching": lambda w: overview.inspections_matching(w.by, kind="core"),
    "people.roles_at": lambda w: people.roles_at(w.by, w.service),
    "people.services_of": lambda w: people.services_of(w.by),
    "services.service_by_slug": lambda w: services.service_by_slug(w.service.slug),
    "services.reports_of": lambda w: services.reports_of(w.by),
    "trail.events_at": lambda w: trail.events_at(w.service),
    "trail.search_events": lambda w: trail.search_events(w.service, verb="report.added"),
    "trail.verbs_at": lambda w: trail.verbs_at(w.service),
    "trail.newest_changes": lambda w: trail.newest_changes([w.service]),
    "trail.objects_of": lambda w: trail.objects_of(trail.events_at(w.service)),
}
OF_INSPECTION = {**OF_INSPECTION, **gathered("OF_INSPECTION")}
OF_SERVICE = {**OF_SERVICE, **gathered("OF_SERVICE")}
#: nobody's: whether there is anyone at all, no event, and re-inspections (tested below: a world has none)
OTHERS = {*gathered("OTHERS"), "people.anybody", "trail.no_events", "inspections.later_reinspection"}


def plain(found: object) -> object:
    """Any answer as plain values: rows by their kind and number."""
    if isinstance(found, Model):
        return type(found).__name__, found.pk
    if isinstance(found, InspectionJudgements):
        return repr(found)
    if isinstance(found, Mapping):
        return {key: plain(value) for key, value in found.items()}
    if isinstance(found, QuerySet | list | tuple):
        return [plain(one) for one in found]
    if is_dataclass(found):
        return {one.name: plain(getattr(found, one.name)) for one in fields(found)}
    return found


@pytest.fixture
def world():
    return a_world()


def test_no_query_is_left_out():
    modules = [import_module(f"{queries.__name__}.{one.name}") for one in pkgutil.iter_modules(queries.__path__)]
    public = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == OF_INSPECTION.keys() | OF_SERVICE.keys() | OTHERS


@pytest.mark.parametrize("name", [*OF_INSPECTION, *OF_SERVICE])
def test_another_service_changes_nothing_in_an_answer(world, name):
    ask = (OF_INSPECTION | OF_SERVICE)[name]
    before = plain(ask(world))
    assert before, "an empty answer would prove nothing"
    a_world()
    assert plain(ask(world)) == before


@pytest.mark.parametrize("name", OF_INSPECTION)
def test_another_inspection_of_the_service_changes_nothing_in_an_answer(world, name):
    ask = OF_INSPECTION[name]
    before = plain(ask(world))
    a_world(world.service)
    assert plain(ask(world)) == before


def test_a_case_of_another_inspection_is_not_found_by_the_place_it_has_there(world):
    other = a_world()
    assert caseloads.drawn_case(world.draw, other.place.pk) is None
    assert caseloads.draw_by_ordinal(world.fresh, 1) is None


def test_a_team_member_sees_the_service_of_the_inspection_and_no_other(world):
    other = a_world()
    guest = in_team(a_user("Guest"), world.drawn)
    assert list(people.services_of(guest)) == [world.service]
    assert list(inspections.inspections_of(guest)) == [world.drawn]
    assert people.roles_in(guest, world.drawn) == {"inspector"}
    assert people.roles_in(guest, world.fresh) == frozenset()
    assert people.roles_at(guest, world.service) == frozenset()
    assert people.standing_around(guest, other.service) == NOBODY


def test_someone_with_several_roles_sees_each_thing_once(world):
    in_team(world.by, world.fresh)
    assert list(people.services_of(world.by)) == [world.service]
    assert inspections.inspections_of(world.by).count() == 2
    assert services.reports_of(world.by).count() == 1
