"""What the benchmarks of saving are about, in the database of the environment: made, and read back.

    python -m benchmarks._world make 25     migrate, and make two people and unjudged cases; says how to reach them
    python -m benchmarks._world week 100    the same with an inspector for each case, in an inspectorate's programme
    python -m benchmarks._world read        every answer stored, every save on record, whether the chain is whole

In a process of its own, so that one benchmark's database is not another's. Both answer in JSON.
"""

import json
import secrets
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

PEOPLE = ("Anna Bell", "Ben Cole")
#: answers that each case of a week has already, and what they say
ANSWERED, NOTE = 40, "Seen in the plan."


def make(cases: int) -> dict[str, Any]:
    from aboveline.records.actions import people
    from aboveline.records.models import Role

    service = _service()
    users = _users(service, PEOPLE)
    for user in users:
        people.give_service_role(user=user, service=service, role=Role.QUALITY_MANAGER, by=None)
    return _said(_inspection(service, cases, users[0]), users)


def week(cases: int) -> dict[str, Any]:
    """The middle of a week: each inspector has one case, and has answered a part of it."""
    from aboveline.records.actions import allocation, assessments, people
    from aboveline.records.models import Role

    service = _service()
    users = _users(service, [f"Inspector {number}" for number in range(cases)])
    programme = people.add_programme(slug=service.slug, name=service.name, framework_id="cci-2009", by=None)
    inspection = _inspection(service, cases, users[0], programme)
    questions = _framework().questions[:ANSWERED]
    answers = [assessments.AnswerChange(one.id, "sufficient", 0, note=NOTE) for one in questions]
    for user, case in zip(users, inspection.cases.all(), strict=True):
        people.join_team(user=user, inspection=inspection, role=Role.INSPECTOR, by=None)
        allocation.allocate(case=case, assessor=user, by=users[0])
        assessments.save_assessment(case=case, answers=answers, findings=[], key=case.number, by=user)
    return _said(inspection, users)


def _framework() -> Any:
    from aboveline.jobs.frameworks import load_framework

    return load_framework("cci-2009")


def _service() -> Any:
    from django.core.management import call_command

    from aboveline.records.actions import people

    call_command("migrate", verbosity=0)
    name = f"bench-{secrets.token_hex(4)}"
    return people.add_service(slug=name, name=name, area=name, by=None)


def _users(service: Any, names: Sequence[str]) -> list[Any]:
    from aboveline.records.actions import people

    emails = {f"{service.slug}-{number}@example.org": name for number, name in enumerate(names)}
    return [people.add_user(email=email, name=name, password="x" * 15, by=None) for email, name in emails.items()]


def _inspection(service: Any, cases: int, by: Any, programme: Any = None) -> Any:
    from aboveline.records.actions import caseloads, inspections
    from aboveline.records.models import Inspection

    inspection = inspections.set_up_inspection(
        service=service, framework_id=_framework().id, framework_digest=_framework().digest,
        kind=Inspection.Kind.CORE, held_on=date(2009, 6, 1), by=by, programme=programme,
    )  # fmt: skip
    rows = [caseloads.CaseRow(f"R{i}", {"order_type": "referral_order"}) for i in range(cases)]
    caseloads.confirm_caseload(inspection=inspection, rows=rows, digest="d", exclusions=[], by=by)
    return inspection


def _said(inspection: Any, users: Sequence[Any]) -> dict[str, Any]:
    """How to reach it all, over HTTP."""
    from django.urls import reverse

    from aboveline.web.forms.case_form import seen_token

    return {
        "addresses": [reverse("judge-case", args=[inspection.pk, case.number]) for case in inspection.cases.all()],
        "list": reverse("cases", args=[inspection.pk]),
        "home": reverse("home"),
        "questions": [question.id for question in _framework().questions],
        "nothing_seen": seen_token(0, ("", "", "", "")),
        "answered": ANSWERED,
        "answer_seen": seen_token(1, ("sufficient", "", NOTE, "", "", "")),
        "cookies": [_cookies(user) for user in users],
    }


def _cookies(user: Any) -> str:
    """What a browser of this person, signed in, would send."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}; csrftoken={'c' * 32}"


def read() -> dict[str, Any]:
    from django.db import connection
    from django.urls import reverse

    from aboveline.records.audit import verify
    from aboveline.records.models import AuditEvent, Judgement

    verdict = verify()
    rows = Judgement.objects.select_related("assessment__case", "author")
    cases = [(row, row.assessment.case) for row in rows]
    return {
        "answers": [
            [reverse("judge-case", args=[case.inspection_id, case.number]), row.question, row.version, row.note]
            for row, case in cases
        ],
        "saves": AuditEvent.objects.filter(verb="judgement.saved").count(),
        "chain": "" if verdict.sound else verdict.why,
        "database": connection.vendor,
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    worlds = {"make": make, "week": week}
    print(json.dumps(worlds[sys.argv[1]](int(sys.argv[2])) if sys.argv[1] in worlds else read()))
