"""One service with something of everything in it, for tests that go over every action or every query."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from aboveline.records.actions.assessments import AnswerChange, FindingChange, save_assessment
from aboveline.records.actions.caseloads import stage_upload
from aboveline.records.actions.reports import add_report
from aboveline.records.models import Case, CaseloadUpload, Draw, DrawnCase, Inspection, Report, Role, Service, User
from tests.records_builders import a_draw, a_service, a_user, an_inspection, in_team, with_role

#: what stands in an uploaded file in place of a child's name: it may appear nowhere but sealed
CANARY = "Zebedee Quillfeather"
CONTENT = f"case_ref,name\nREF001,{CANARY}\n".encode()


@dataclass(frozen=True)
class World:
    """`drawn` has a list of five, three of them drawn and one of these begun; `fresh` has an open upload only."""

    by: User
    service: Service
    drawn: Inspection
    fresh: Inspection
    draw: Draw
    case: Case
    place: DrawnCase
    upload: CaseloadUpload
    report: Report


def a_world(service: Service | None = None) -> World:
    service = service or a_service()
    by = with_role(a_user("Robin Manager"), service, Role.QUALITY_MANAGER)
    drawn, fresh = an_inspection(service), an_inspection(service)
    in_team(by, drawn)
    draw = a_draw(drawn, by)
    places = list(draw.drawn.filter(place="sample"))
    answers = [AnswerChange("Q1.1.1", "sufficient", 0, note="seen")]
    findings = [FindingChange("custody", "yes", 0)]
    case = places[0].case
    save_assessment(case=case, answers=answers, findings=findings, key="first", by=by)
    upload = stage_upload(inspection=fresh, content=CONTENT, kind="csv", mapping={}, by=by)
    report = add_report(service=service, title="To the committee", document="subject: x", by=by)
    return World(by, service, drawn, fresh, draw, case, places[1], upload, report)


def everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table of records, by model name."""
    models = apps.get_app_config("records").get_models()
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def as_stored() -> str:
    """Every table of the database as someone reads it who has only the file."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [repr([_plain(value) for value in row]) for row in cursor.fetchall()]
    return "\n".join(found)


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
