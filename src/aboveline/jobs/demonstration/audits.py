"""A year of monthly audits at a third made-up service: the same short question set, eight cases a round.

Everything of it is invented, by the actions of a user; the last months come out better than the first.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from aboveline.domain.applicability import Given
from aboveline.domain.caseload import FIELDS, months_before
from aboveline.domain.judgement import Answer
from aboveline.domain.question_set import QuestionSet
from aboveline.domain.sampling import Method
from aboveline.jobs.assessing import Sent, SentAnswer, save_case
from aboveline.jobs.casework import confirm, stage
from aboveline.jobs.demonstration.odds import Odds
from aboveline.jobs.drawing import make_draw
from aboveline.jobs.inspections import framework_asked
from aboveline.jobs.rounds import RoundWish, close, guess_round, set_up_round
from aboveline.records.actions.people import add_service, add_user, give_service_role
from aboveline.records.actions.rounds import RoundValues, mark_feedback
from aboveline.records.models import Caseload, Inspection, Role, Service, User
from aboveline.records.queries.inspections import sampled_cases
from aboveline.records.queries.services import service_by_slug

SLUG, FRAMEWORK, ROUNDS, CASES, LISTED = "monthly-audits", "audit-2021", 12, 8, 150
ASKED = QuestionSet("Monthly short set", ("Q1.1.1", "Q1.1.2", "Q1.2.1", "Q1.3.1"))
TEAMS = {"North": 50.0, "South": 40.0, "Out of court": 10.0}
MANAGERS = (("CM-1", "Case manager North"), ("CM-2", "Case manager South"))
#: how often work was good enough in the first round and in the last, and how much harder each question is (in shares)
FROM, TO = 0.45, 0.8
HARDER = {"Q1.1.2": 0.1, "Q1.3.1": 0.15}
NOTES = (
    (
        "The record does not show how the child’s own view shaped this.",
        "The child’s words, and what was done with them.",
    ),
    (
        "Partners were not asked, so part of the picture is missing.",
        "A call to school and health before it was signed.",
    ),
    ("What was planned was not looked at again when things changed.", "A short review within a week of the change."),
)


def hold_audits(by: User, password: str, today: date) -> None:
    """Make the service, its people and its rounds; nothing where it is there already."""
    if service_by_slug(SLUG):
        return
    name = "Service with monthly audits (made up)"
    service = add_service(slug=SLUG, name=name, area="Audited", region="North West", synthetic=True, by=by)
    give_service_role(user=by, service=service, role=Role.QUALITY_MANAGER, by=by)
    auditors = [by, *(_case_manager(service, code, name, password, by) for code, name in MANAGERS)]
    caseload: Caseload | None = None
    for number in range(ROUNDS):
        first = months_before(today.replace(day=1), ROUNDS - number)
        inspection = _round(service, first, auditors, caseload, by)
        if caseload is None:
            caseload = _list_supplied(inspection, today, by)
        _judge(inspection, number, auditors)
        if number < ROUNDS - 1:
            for code, _name in MANAGERS:
                mark_feedback(inspection=inspection, case_manager=code, by=by)
            held = inspection.audit_round
            close(inspection, held.version, held.moderation or held.inspection.held_on, by)


def _case_manager(service: Service, code: str, name: str, password: str, by: User) -> User:
    user = add_user(email=f"{code.lower()}@example.org", name=name, password=password, by=by)
    give_service_role(user=user, service=service, role=Role.CASE_MANAGER, staff_code=code, by=by)
    return user


def _round(service: Service, first: date, auditors: Sequence[User], caseload: Caseload | None, by: User) -> Inspection:
    days = guess_round(service, None, first, by)
    values = RoundValues(
        title=f"Audit of {days.held_on:%B %Y}",
        set_title=ASKED.title,
        questions=ASKED.question_ids,
        cases=CASES,
        files_close=days.values.files_close,
        audits_due=days.values.audits_due,
        moderation=days.values.moderation,
    )
    wish = RoundWish(FRAMEWORK, days.held_on, values, auditors, caseload)
    return set_up_round(service=service, wish=wish, by=by, may_draw=True)


def _list_supplied(inspection: Inspection, today: date, by: User) -> Caseload:
    """The first round's list, which every later one takes over: orders of two years."""
    upload = stage(inspection=inspection, content=_list_csv(today), file_name="list.csv", by=by).expect()
    confirmed = confirm(upload=upload, expected_version=upload.version, by=by)
    inspection.refresh_from_db()
    make_draw(
        inspection=inspection, caseload=confirmed, method=Method.CUBE, size=CASES, reason="", expected_draws=0, by=by
    ).expect()
    return confirmed


def _list_csv(today: date) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\r\n", restval="")
    writer.writeheader()
    for number in range(LISTED):
        odds = Odds("audits", str(number))
        start = today - timedelta(days=100 + 700 * number // LISTED)
        writer.writerow(
            {
                "case_ref": f"M{10_000 + 37 * number}",
                "order_type": odds.choice({"referral_order": 60.0, "youth_rehabilitation_order": 40.0}),
                "order_start": start.isoformat(),
                "age": 12 + odds.below(6),
                "sex": odds.choice({"male": 80.0, "female": 20.0}),
                "risk_of_harm": odds.choice({"low": 40.0, "medium": 45.0, "high": 15.0}),
                "team": odds.choice(TEAMS),
                "case_manager": odds.choice({code: 50.0 for code, _name in MANAGERS}),
            }
        )
    return text.getvalue().encode()


def _judge(inspection: Inspection, number: int, auditors: Sequence[User]) -> None:
    """Every case by one auditor. The last round is left half judged: it is still going on."""
    framework, share = framework_asked(inspection), FROM + (TO - FROM) * number / (ROUNDS - 1)
    cases = list(sampled_cases(inspection))
    for place, case in enumerate(cases if number < ROUNDS - 1 else cases[: CASES // 2]):
        odds = Odds("audits", str(number), case.number)
        own = odds.normal(0.12)
        answers = {q: SentAnswer(_given(odds, share + own - HARDER.get(q, 0)), 0) for q in ASKED.question_ids}
        managing = [user for user in auditors[1:] if user.name == dict(MANAGERS)[case.attributes["case_manager"]]]
        able = [user for user in auditors if user not in managing]
        save_case(
            case=case, framework=framework, sent=Sent(answers), key=f"audit-{case.pk}", by=able[place % len(able)]
        )


def _given(odds: Odds, share: float) -> Given:
    if odds.happens(min(max(share, 0.05), 0.95)):
        return Given(Answer.SUFFICIENT)
    note, improvement = NOTES[odds.below(len(NOTES))]
    return Given(Answer.INSUFFICIENT, "", note, improvement)
