"""The case form beside the same page of Django's default widgets, and saving beside an update_or_create loop.

    python -m benchmarks case_form

Both pages show one case of `cci-2009` with every question answered, from the same reads and inside the same base page;
both are timed as the whole answer to a request. Both ways of saving write every answer and fact of an unjudged case,
each with its audit event, in one transaction. The database is a file with the product's own settings.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter
from types import SimpleNamespace
from typing import Any

PAGE_FIGURE, SAVE_FIGURE = 8, 5
PAGE_RUNS, SAVE_RUNS = 15, 9


def main() -> int:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"ABOVELINE_HOME": home, "DJANGO_SETTINGS_MODULE": "aboveline.config.settings.test"}
        start(home)
        world = made_world(2 * SAVE_RUNS + 2)
        rows = [("page", *_pages(world), PAGE_FIGURE), ("save", *_saves(world), SAVE_FIGURE)]
    print(f"{'':6}{'Django (ms)':>12}{'ours (ms)':>11}{'ratio':>7}{'wanted':>8}")
    for name, theirs, ours, wanted in rows:
        print(f"{name:6}{theirs * 1000:12.1f}{ours * 1000:11.1f}{theirs / ours:7.1f}{wanted:8}")
    return int(any(theirs / ours < wanted for _name, theirs, ours, wanted in rows))


def start(home: str) -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DATABASES["default"]["NAME"] = f"{home}/bench.sqlite3"
    django.setup()
    connection.close()  # another benchmark of the same run may have left it open on its own file
    call_command("migrate", verbosity=0)


def made_world(cases: int) -> SimpleNamespace:
    """A service, its quality manager, and an inspection of so many cases, none of them judged."""
    from datetime import date

    from aboveline.jobs.frameworks import load_framework
    from aboveline.records.actions import caseloads, inspections, people
    from aboveline.records.models import Inspection, Role

    framework = load_framework("cci-2009")
    by = people.add_user(email="one@example.org", name="One", password="x" * 12, by=None)
    service = people.add_service(slug="one", name="One", area="One", by=by)
    people.give_service_role(user=by, service=service, role=Role.QUALITY_MANAGER, by=by)
    inspection = inspections.set_up_inspection(
        service=service,
        framework_id=framework.id,
        framework_digest=framework.digest,
        kind=Inspection.Kind.CORE,
        held_on=date(2009, 6, 1),
        by=by,
    )
    rows = [caseloads.CaseRow(f"R{i}", {"order_type": "referral_order"}) for i in range(cases)]
    caseloads.confirm_caseload(inspection=inspection, rows=rows, digest="d", exclusions=[], by=by)
    return SimpleNamespace(framework=framework, by=by, inspection=inspection, cases=list(inspection.cases.all()))


# ---- the page


def _pages(world: SimpleNamespace) -> tuple[float, float]:
    from django.test import Client, override_settings
    from django.urls import path, reverse

    from aboveline.web import urls

    case = world.cases.pop()
    _ours(world, case, "page")
    theirs = SimpleNamespace(
        urlpatterns=[path("plain/<int:inspection_id>/<str:number>/", _plain_view(), name="plain"), *urls.urlpatterns]
    )
    sys.modules["benchmarks._plain_urls"] = theirs  # type: ignore[assignment]
    client = Client()
    client.force_login(world.by)
    with override_settings(ROOT_URLCONF="benchmarks._plain_urls"):
        pair = [reverse(name, args=[world.inspection.pk, case.number]) for name in ("plain", "judge-case")]
        return _timed_pair(*(lambda address=address: _got(client, address) for address in pair), runs=PAGE_RUNS)


def _got(client: Any, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    assert response.content.count(b"<textarea") == 2 * 92, "the page does not hold every question"


def _plain_view() -> Callable[..., Any]:
    """The page a Django developer writes first: one form, default widgets, `{{ form }}`."""
    from django.http import HttpResponse
    from django.template import engines

    from aboveline.jobs.inspections import framework_of
    from aboveline.records.actions.reading import note_case_read
    from aboveline.records.queries.cases import answers_of, case_by_number, findings_of
    from aboveline.web.policies import Action, inspection_page

    template = engines["django"].from_string(
        '{% extends "base.html" %}{% block content %}<form method="post">{% csrf_token %}{{ form }}'
        "<button>Save</button></form>{% endblock %}"
    )

    @inspection_page(Action.JUDGE)
    def plain(request: Any, inspection: Any, number: str) -> HttpResponse:
        case = case_by_number(inspection.pk, number)
        framework = framework_of(inspection)
        note_case_read(case=case, by=request.user)
        form = _plain_form(framework, answers_of(case), findings_of(case))
        return HttpResponse(template.render({"form": form}, request))

    return plain


def _plain_form(framework: Any, answers: Any, findings: Any) -> Any:
    from django import forms
    from django.forms.renderers import DjangoTemplates

    fields: dict[str, forms.Field] = {}
    initial: dict[str, str] = {}
    reasons = [("", "Choose a reason"), *((r.id, r.name) for r in framework.not_applicable_reasons)]
    given = [(answer, words) for answer, words in framework.answers.items()]
    for fact in framework.case_facts:
        options = [("", "Not known yet"), *((o.id, o.name) for o in fact.options)]
        fields[fact.id] = forms.ChoiceField(label=str(fact.name), choices=options, required=False)
        initial[fact.id] = findings[fact.id].option if fact.id in findings else ""
    for question in framework.questions:
        name, row = question.id, answers.get(question.id)
        help_text = f"Sufficient when: {question.sufficient_when} Insufficient when: {question.insufficient_when}"
        fields |= {
            f"{name}-answer": forms.ChoiceField(
                label=str(question.text), help_text=help_text, choices=given, widget=forms.RadioSelect, required=False
            ),
            f"{name}-reason": forms.ChoiceField(label="Why not", choices=reasons, required=False),
            f"{name}-note": forms.CharField(label="Note", widget=forms.Textarea, required=False),
            f"{name}-improvement": forms.CharField(label="Improvement", widget=forms.Textarea, required=False),
        }
        for one in ("answer", "reason", "note", "improvement"):
            initial[f"{name}-{one}"] = getattr(row, one) if row else ""
    return type("PlainForm", (forms.Form,), fields)(initial=initial, renderer=DjangoTemplates())


# ---- saving


def _saves(world: SimpleNamespace) -> tuple[float, float]:
    cases = iter(world.cases)
    return _timed_pair(
        lambda: _loop(world, next(cases)), lambda: _ours(world, next(cases), str(perf_counter())), runs=SAVE_RUNS
    )


def _ours(world: SimpleNamespace, case: Any, key: str) -> None:
    """Through everything a save goes through: settled against the facts, checked, once for its key, audited."""
    from aboveline.domain.applicability import Given
    from aboveline.domain.judgement import Answer
    from aboveline.jobs.assessing import Sent, SentAnswer, SentFinding, save_case

    answers = {
        q.id: SentAnswer(Given(Answer.INSUFFICIENT, "", "seen", "more of it"), 0) for q in world.framework.questions
    }
    findings = {fact.id: SentFinding(_option(fact), 0) for fact in world.framework.case_facts}
    sent = Sent(answers, findings)
    outcome = save_case(case=case, framework=world.framework, sent=sent, key=key, by=world.by)
    assert len(outcome["saved"]) == len(answers) + len(findings), outcome


def _loop(world: SimpleNamespace, case: Any) -> None:
    """One update_or_create for each answer and fact, and the same audit event for each."""
    from django.db import transaction
    from django.utils import timezone

    from aboveline.records.audit import Happened, record
    from aboveline.records.models import Assessment, CaseFinding, Judgement

    at, service_id = timezone.now(), world.inspection.service_id
    stamp = {"version": 1, "author": world.by, "saved_at": at}
    with transaction.atomic():
        assessment, _ = Assessment.objects.get_or_create(case=case, defaults={"assessor": world.by, "started_at": at})
        for fact in world.framework.case_facts:
            values = {"option": _option(fact)}
            CaseFinding.objects.update_or_create(assessment=assessment, fact=fact.id, defaults=values | stamp)
            kept = {"fact": fact.id, "version": 1, **values}
            record([Happened("casefinding.saved", assessment, kept, service_id=service_id)], by=world.by)
        for question in world.framework.questions:
            values = {"answer": "insufficient", "reason": "", "note": "seen", "improvement": "more of it"}
            Judgement.objects.update_or_create(assessment=assessment, question=question.id, defaults=values | stamp)
            kept = {"question": question.id, "version": 1, **values}
            record([Happened("judgement.saved", assessment, kept, service_id=service_id)], by=world.by)


def _option(fact: Any) -> str:
    """A first option that calls for every question: `yes`, a class of medium, eligible, in custody."""
    wanted = ("medium", "yes", "level_2", "young_offender_institution")
    if fact.id == "too_early":
        return "no"
    return next((option for option in wanted if option in fact.option_ids), fact.option_ids[0])


def _timed_pair(theirs: Callable[[], None], ours: Callable[[], None], *, runs: int) -> tuple[float, float]:
    """Median seconds of each, turn about, after one of each to warm up (the plain page's first is as warm as ours)."""
    found: tuple[list[float], list[float]] = ([], [])
    for run in range(runs):
        for times, act in zip(found, (theirs, ours), strict=True):
            before = perf_counter()
            act()
            if run:
                times.append(perf_counter() - before)
    return median(found[0]), median(found[1])


if __name__ == "__main__":
    sys.exit(main())
