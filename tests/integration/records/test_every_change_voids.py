"""Every action that writes what is signed makes its writer an author and voids the sign-off; no other need be known.

Each action is run as in test_every_action. Just before it, nobody is an author and a sign-off stands; just after it,
the digests and the tables it wrote say whether it changed anything that is signed.
"""

import re
import sys
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aboveline.domain.signing import content_hash
from aboveline.records import actions
from aboveline.records.actions.planning import PlanValues, plan_fieldwork
from aboveline.records.models import Authorship, Inspection, SignOff, User
from aboveline.records.queries.signing import contents_of, digests_of_parts, sign_off_of
from tests.integration.records.parts.publishing import signed
from tests.integration.records.test_every_action import ACTS
from tests.integration.records.world import a_world

pytestmark = pytest.mark.django_db

#: what writes what is signed, and makes an author
WRITES = {
    "assessments.import_answers",
    "assessments.save_assessment",
    "assessments.save_settled",
    "draws.replace_case",
    "findings.add_finding",
    "findings.save_finding",
    "findings.save_statement",
    "inspections.record_first_plan",
    "judgement_imports.import_judgements",
    "meetings.add_recommendation",
    "meetings.save_progress",
    "moderation.decide_override",
    "moderation.mark_score",
    "moderation.propose_override",
    "replacements.decide_replacement",
    "second_reads.adjudicate",
}
#: what is given before anybody judges: it voids, but a head who supplies the list or sets the day may sign in the end
GIVES = {"caseloads.confirm_caseload", "draws.record_draw", "rounds.save_round"}
#: it would find the sign-off that the test put there, and refuses
SIGNS = {"signing.sign_off"}
#: of these rows only what is in the digests counts: the rest is moved on by much that says nothing of the result
SEEN_BY_DIGEST = {
    "records_inspection", "records_case", "records_secondread", "records_assessment", "records_auditround",
    "records_draw",
}  # fmt: skip


def tables(pattern, queries):
    return {table for query in queries for table in re.findall(pattern, query["sql"])}


class Watch:
    """One action in place of itself, wherever it is called from."""

    def __init__(self, world, act):
        self.world, self.act = world, act
        self.signer = User.objects.create(email="signer@example.org", name="Signer")
        self.found = None

    def __call__(self, *args, **given):
        Authorship.objects.all().delete()
        inspections = [self.world.drawn.pk, self.world.fresh.pk]
        before = {pk: self.signed(pk) for pk in inspections}
        with CaptureQueriesContext(connection) as ran:
            outcome = self.act(*args, **given)
        written = tables(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(records_\w+)"', ran.captured_queries)
        after = {pk: digests_of_parts(Inspection.objects.get(pk=pk)) for pk in inspections}
        changed = {(pk, part) for pk in inspections for part in after[pk] if after[pk][part] != before[pk][part]}
        authors = set(Authorship.objects.filter(user=self.world.by).values_list("inspection", "part"))
        standing = set(SignOff.objects.filter(voided_at=None).values_list("inspection", flat=True))
        self.found = written, changed, authors, set(inspections) - standing
        return outcome

    def signed(self, pk):
        parts = digests_of_parts(Inspection.objects.get(pk=pk))
        SignOff.objects.filter(inspection=pk, voided_at=None).update(voided_at=timezone.now(), voided_why="anew")
        SignOff.objects.create(
            inspection_id=pk, content_hash=content_hash(parts), parts=parts, signed_by=self.signer,
            signed_at=timezone.now(),
        )  # fmt: skip
        return parts


@pytest.mark.parametrize("name", sorted(set(ACTS) - SIGNS))
def test_what_writes_what_is_signed_voids_it_and_makes_an_author(name, monkeypatch):
    world = a_world()
    with CaptureQueriesContext(connection) as read:
        contents_of(world.drawn)
    content = tables(r'(?:FROM|JOIN) "(records_\w+)"', read.captured_queries) - SEEN_BY_DIGEST
    module, _, function = name.rpartition(".")
    act = getattr(import_module(f"{actions.__name__}.{module}"), function)
    watch = Watch(world, act)
    for known in [one for key, one in sys.modules.items() if key.startswith(("aboveline.", "tests."))]:
        for attribute in [key for key, value in vars(known).items() if value is act]:
            monkeypatch.setattr(known, attribute, watch)
    ACTS[name].do(world)
    written, changed, authors, voided = watch.found
    assert bool(written & content or changed) is (name in WRITES | GIVES), (written & content, changed)
    assert {pk for pk, _ in changed} <= voided
    if name in WRITES:
        assert changed <= authors
        assert authors
        assert voided


def test_another_day_voids_too():
    world = a_world()
    signed(world.fresh, world.by)
    values = PlanValues(world.fresh.held_on + timedelta(days=1))
    plan_fieldwork(inspection=world.fresh, values=values, expected_version=0, by=world.by)
    row = sign_off_of(Inspection.objects.get(pk=world.fresh.pk)).row
    assert row.voided_why == "the day of the inspection was changed"


def test_control_the_tables_of_what_is_signed_are_seen():
    world = a_world()
    with CaptureQueriesContext(connection) as read:
        contents_of(world.drawn)
    assert len(tables(r'(?:FROM|JOIN) "(records_\w+)"', read.captured_queries) - SEEN_BY_DIGEST) >= 9
