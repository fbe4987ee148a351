"""What the benchmarks of saving are about, in the database of the environment: made, and read back.

    python -m benchmarks._world make 25     migrate, and make people and unjudged cases; says how to reach them
    python -m benchmarks._world read        every answer stored, every save on record, whether the chain is whole

In a process of its own, so that one benchmark's database is not another's. Both answer in JSON.
"""

import json
import secrets
import sys
from datetime import date
from typing import Any

PEOPLE = ("Anna Bell", "Ben Cole")


def make(cases: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.urls import reverse

    from aboveline.jobs.frameworks import load_framework
    from aboveline.records.actions import caseloads, inspections, people
    from aboveline.records.models import Inspection, Role
    from aboveline.web.forms.case_form import seen_token

    call_command("migrate", verbosity=0)
    name, framework = f"bench-{secrets.token_hex(4)}", load_framework("cci-2009")
    service = people.add_service(slug=name, name=name, area=name, by=None)
    users = [
        people.add_user(email=f"{name}-{i}@example.org", name=n, password="x" * 15, by=None)
        for i, n in enumerate(PEOPLE)
    ]
    for user in users:
        people.give_service_role(user=user, service=service, role=Role.QUALITY_MANAGER, by=None)
    inspection = inspections.set_up_inspection(
        service=service, framework_id=framework.id, framework_digest=framework.digest, kind=Inspection.Kind.CORE,
        held_on=date(2009, 6, 1), by=users[0],
    )  # fmt: skip
    rows = [caseloads.CaseRow(f"R{i}", {"order_type": "referral_order"}) for i in range(cases)]
    caseloads.confirm_caseload(inspection=inspection, rows=rows, digest="d", exclusions=[], by=users[0])
    return {
        "addresses": [reverse("judge-case", args=[inspection.pk, case.number]) for case in inspection.cases.all()],
        "questions": [question.id for question in framework.questions],
        "nothing_seen": seen_token(0, ("", "", "", "")),
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
    print(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else read()))
