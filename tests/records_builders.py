"""Records for tests, made through the actions as a person's would be, with sensible defaults."""

from datetime import date
from itertools import count

from aboveline.exchange.frameworks import load_framework
from aboveline.records.actions.caseloads import CaseRow, confirm_caseload
from aboveline.records.actions.draws import record_draw
from aboveline.records.actions.inspections import set_up_inspection
from aboveline.records.actions.people import add_programme, add_service, add_user, give_service_role, join_team
from aboveline.records.models import Caseload, Draw, Inspection, Programme, Role, Service, User

_numbers = count(1)
PASSWORD = "correct horse battery"


def a_user(name="Quality Manager", **changes) -> User:
    email = changes.pop("email", f"person{next(_numbers)}@example.org")
    return add_user(email=email, name=name, password=PASSWORD, by=None)


def a_service(name="Exampleshire youth justice service", **changes) -> Service:
    slug = changes.pop("slug", f"service-{next(_numbers)}")
    return add_service(slug=slug, name=name, area=changes.pop("area", "Exampleshire"), by=None, **changes)


def with_role(user: User, service: Service, role: Role = Role.QUALITY_MANAGER, staff_code: str = "") -> User:
    give_service_role(user=user, service=service, role=role, by=None, staff_code=staff_code)
    return user


def a_programme(**changes) -> Programme:
    given = {"slug": f"programme-{next(_numbers)}", "name": "Core case inspection", "framework_id": "cci-2009"}
    return add_programme(**given | changes, by=None)


def in_team(user: User, inspection: Inspection, role: Role = Role.INSPECTOR) -> User:
    join_team(user=user, inspection=inspection, role=role, by=None)
    return user


def an_inspection(service: Service | None = None, **changes) -> Inspection:
    settings = {
        "framework_id": "cci-2009",
        "framework_digest": "",
        "kind": Inspection.Kind.CORE,
        "held_on": date(2009, 6, 1),
        "by": None,
    } | changes
    if not settings["framework_digest"]:
        settings["framework_digest"] = load_framework(settings["framework_id"]).digest
    return set_up_inspection(service=service or a_service(), **settings)


def rows(number=5) -> list[CaseRow]:
    attributes = {"order_type": "referral_order", "order_start": "2009-01-12", "age": 15, "team": "North"}
    return [CaseRow(f"REF{i:03d}", attributes) for i in range(number)]


def a_caseload(inspection: Inspection, by: User, number=5) -> Caseload:
    return confirm_caseload(inspection=inspection, rows=rows(number), digest=f"d{number}", exclusions=[], by=by)


def a_draw(inspection: Inspection, by: User, size=3, number=5) -> Draw:
    caseload = inspection.caseloads.last() or a_caseload(inspection, by, number)
    cases = list(inspection.cases.all())
    return record_draw(
        inspection=inspection,
        caseload=caseload,
        method="simple",
        seed=inspection.seed,
        certificate={"seed": inspection.seed},
        sample=cases[:size],
        reserves=cases[size:],
        by=by,
        expected_draws=inspection.draws.count(),
    )
